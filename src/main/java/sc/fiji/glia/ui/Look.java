/*-
 * #%L
 * Glia: train neural networks on the images open in Fiji.
 * %%
 * Copyright (C) 2026 Glia developers.
 * %%
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 * 
 * 1. Redistributions of source code must retain the above copyright notice,
 *    this list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the documentation
 *    and/or other materials provided with the distribution.
 * 
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
 * AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
 * IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
 * ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS OR CONTRIBUTORS BE
 * LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR
 * CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF
 * SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
 * INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
 * CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
 * ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
 * POSSIBILITY OF SUCH DAMAGE.
 * #L%
 */
package sc.fiji.glia.ui;

import java.awt.Color;
import java.awt.Component;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.Locale;

import javax.swing.UIManager;

/** Colours, fonts and numbers of our windows, taken from the look and feel in use; legible on light and dark grounds and to the colour-blind. */
final class Look {

	/** What stands for a number that there is not. */
	static final String NONE = "\u2013";

	private Look() {}

	/** The ground of charts and text: that of lists. */
	static Color ground() {
		return color("List.background", Color.WHITE);
	}

	/** Text and lines on {@link #ground()}. */
	static Color ink() {
		return color("List.foreground", Color.BLACK);
	}

	/** Text of less weight, such as captions and ticks. */
	static Color faintInk() {
		return blend(ground(), ink(), 0.62);
	}

	/** Text on the ground of windows. */
	static Color label() {
		return color("Label.foreground", Color.BLACK);
	}

	/** Text of less weight on the ground of windows. */
	static Color faintLabel() {
		return blend(color("Panel.background", Color.LIGHT_GRAY), label(), 0.68);
	}

	/** Lines of a grid. */
	static Color grid() {
		return blend(ground(), ink(), 0.10);
	}

	/** Frames of charts and pictures. */
	static Color frame() {
		return blend(ground(), ink(), 0.30);
	}

	static Color training() {
		return isDark() ? new Color(0x6CB6F5) : new Color(0x2C72B8);
	}

	static Color validation() {
		return isDark() ? new Color(0xFFA45C) : new Color(0xD95F02);
	}

	static Color best() {
		return isDark() ? new Color(0x5FD38D) : new Color(0x1B8A4B);
	}

	/** What a network has right: bluish green, which the colour-blind tell from {@link #wrong()}. */
	static Color right() {
		return isDark() ? new Color(0x45D3A8) : new Color(0x00836A);
	}

	/** What a network has wrong: vermilion. */
	static Color wrong() {
		return isDark() ? new Color(0xFF8A5C) : new Color(0xCC3D0A);
	}

	/** The plain default font of labels, {@code scale} times its size. */
	static Font font(final double scale) {
		return font(scale, Font.PLAIN);
	}

	static Font font(final double scale, final int style) {
		final Font base = UIManager.getFont("Label.font");
		final Font font = base == null ? new Font(Font.SANS_SERIF, Font.PLAIN, 12) : base;
		return font.deriveFont(style, (float) (font.getSize2D() * scale));
	}

	/** A length in pixels that grows with the default font: {@code ems} times its size. */
	static int em(final double ems) {
		return (int) Math.round(font(1).getSize2D() * ems);
	}

	/** A number with {@code decimals} decimals, or {@link #NONE} for NaN. */
	static String number(final double value, final int decimals) {
		return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%." + decimals + "f", value);
	}

	/** Asks for smooth lines and text. */
	static Graphics2D smooth(final Graphics2D g) {
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
		return g;
	}

	/** Sets a component's font and colour and gives it back. */
	static <C extends Component> C styled(final C component, final Font font, final Color color) {
		component.setFont(font);
		component.setForeground(color);
		return component;
	}

	static Color blend(final Color a, final Color b, final double share) {
		return new Color(mix(a.getRed(), b.getRed(), share), mix(a.getGreen(), b.getGreen(), share), mix(a.getBlue(), b.getBlue(), share));
	}

	private static int mix(final int a, final int b, final double share) {
		return (int) Math.round(a + (b - a) * share);
	}

	private static boolean isDark() {
		final Color c = ground();
		return 0.299 * c.getRed() + 0.587 * c.getGreen() + 0.114 * c.getBlue() < 128;
	}

	private static Color color(final String key, final Color otherwise) {
		final Color color = UIManager.getColor(key);
		return color == null ? otherwise : new Color(color.getRGB());
	}
}
