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
package sc.fiji.glia.task.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** Images that a network is wrong about, side by side, each with its name, its class, and the one it is given with the confidence in that. */
final class MistakesMontage {

	private static final int COLUMNS = 4, VIEW = 200, GAP = 18, LINE = 18, CAPTION = 3 * LINE + 6;
	private static final Color GROUND = new Color(0xeef1f3), TEXT = new Color(0x1d2329), SOFT = new Color(0x66707a);

	private MistakesMontage() {}

	/** Draws the first {@value ClassificationReport#MOST_MISTAKES} of the images. */
	static BufferedImage draw(final List<ClassifiedImage> mistakes) {
		final List<ClassifiedImage> shown = mistakes.subList(0, Math.min(ClassificationReport.MOST_MISTAKES, mistakes.size()));
		final int columns = Math.min(COLUMNS, shown.size()), rows = (shown.size() + COLUMNS - 1) / COLUMNS;
		final BufferedImage montage = new BufferedImage(columns * (VIEW + GAP) - GAP, rows * (VIEW + CAPTION + GAP) - GAP, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = montage.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, montage.getWidth(), montage.getHeight());
		Fitted.smooth(g);
		for (int k = 0; k < shown.size(); k++) tile(g, shown.get(k), k % COLUMNS * (VIEW + GAP), k / COLUMNS * (VIEW + CAPTION + GAP));
		g.dispose();
		return montage;
	}

	private static void tile(final Graphics2D g, final ClassifiedImage image, final int x, final int y) {
		g.setColor(GROUND);
		g.fillRect(x, y, VIEW, VIEW);
		final double scale = VIEW / (double) Math.max(image.width(), image.height());
		final int w = Math.max(1, (int) Math.round(image.width() * scale)), h = Math.max(1, (int) Math.round(image.height() * scale));
		final BufferedImage view = view(image);
		// NB small images are shown pixel by pixel
		g.drawImage(scale >= 1 ? view : view.getScaledInstance(w, h, Image.SCALE_AREA_AVERAGING), x + (VIEW - w) / 2, y + (VIEW - h) / 2, w, h, null);
		g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
		final FontMetrics metrics = g.getFontMetrics();
		g.setColor(SOFT);
		g.drawString(Fitted.end(metrics, image.name(), VIEW), x, y + VIEW + LINE);
		final String confidence = String.format(Locale.ROOT, " %.3f", image.confidence());
		line(g, "actual: ", image.actual(), "", ConfusionPicture.RIGHT, x, y + VIEW + 2 * LINE);
		line(g, "predicted: ", image.predicted(), confidence, ConfusionPicture.WRONG, x, y + VIEW + 3 * LINE);
	}

	private static void line(final Graphics2D g, final String what, final String name, final String end, final Color color, final int x, final int y) {
		final FontMetrics metrics = g.getFontMetrics();
		g.setColor(TEXT);
		g.drawString(what, x, y);
		final int used = metrics.stringWidth(what);
		final String fitted = Fitted.beginning(metrics, name, VIEW - used - metrics.stringWidth(end));
		g.setColor(color);
		g.drawString(fitted, x + used, y);
		g.setColor(TEXT);
		g.drawString(end, x + used + metrics.stringWidth(fitted), y);
	}

	private static BufferedImage view(final ClassifiedImage image) {
		final BufferedImage view = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
		final int[] gray = image.gray();
		for (int i = 0; i < gray.length; i++) view.setRGB(i % image.width(), i / image.width(), 0x010101 * gray[i]);
		return view;
	}
}
