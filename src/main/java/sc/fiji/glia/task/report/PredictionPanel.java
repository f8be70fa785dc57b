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
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;

import sc.fiji.glia.data.Sample;

/** Three views of a {@link Preview} side by side: the input, the input with the label's outline, the input with the prediction's. */
final class PredictionPanel {

	static final Color LABEL = new Color(0x2ecc40), PREDICTION = new Color(0xff3df0);
	private static final int GAP = 8, CAPTION = 26, SMALLEST = 360;
	/** Widest picture, in pixels; larger ones are reduced. */
	private static final int WIDEST = 2400;
	/** A pixel of outline for so many pixels of a view, so that outlines show in the report. */
	private static final int VIEW = 300;

	private PredictionPanel() {}

	/** Draws the views; small images are enlarged by a whole number, large ones reduced. Ignored pixels of the label are hatched. */
	static BufferedImage draw(final Preview p) {
		final int zoom = Math.max(1, (int) Math.ceil(SMALLEST / (double) Math.max(p.width(), p.height())));
		final int w = p.width() * zoom, h = p.height() * zoom;
		final BufferedImage panel = new BufferedImage(3 * w + 2 * GAP, h + CAPTION, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = panel.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, panel.getWidth(), panel.getHeight());
		Fitted.smooth(g);
		g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
		final int[] gray = p.gray();
		final boolean[] label = new boolean[p.label().length], prediction = new boolean[p.foreground().length];
		for (int i = 0; i < label.length; i++) label[i] = p.label()[i] != 0 && p.label()[i] != Sample.IGNORE;
		for (int i = 0; i < prediction.length; i++) prediction[i] = p.foreground()[i] >= 0.5f;
		final String[] captions = { "Input", "Label", "Prediction" };
		for (int k = 0; k < captions.length; k++) {
			final int x = k * (w + GAP);
			g.drawImage(view(p, gray, zoom), x, CAPTION, null);
			if (k == 1 && label.length > 0) hatch(g, p, x, zoom);
			if (k == 1 && label.length > 0) outline(g, label, p, x, zoom, LABEL);
			if (k == 2) outline(g, prediction, p, x, zoom, PREDICTION);
			g.setColor(Color.DARK_GRAY);
			g.drawString(captions[k], x, CAPTION - 8);
		}
		g.dispose();
		return panel.getWidth() <= WIDEST ? panel : reduced(panel);
	}

	private static BufferedImage reduced(final BufferedImage panel) {
		final int height = Math.max(1, Math.round(panel.getHeight() * (WIDEST / (float) panel.getWidth())));
		final BufferedImage small = new BufferedImage(WIDEST, height, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = small.createGraphics();
		g.drawImage(panel.getScaledInstance(WIDEST, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
		g.dispose();
		return small;
	}

	private static BufferedImage view(final Preview p, final int[] gray, final int zoom) {
		final BufferedImage image = new BufferedImage(p.width() * zoom, p.height() * zoom, BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < image.getHeight(); y++) for (int x = 0; x < image.getWidth(); x++) image.setRGB(x, y, 0x010101 * gray[y / zoom * p.width() + x /
			zoom]);
		return image;
	}

	/** Lines along the edges between pixels inside and outside, drawn inside. */
	private static void outline(final Graphics2D g, final boolean[] inside, final Preview p, final int left, final int zoom, final Color color) {
		final int w = p.width(), h = p.height(), line = Math.max(1, Math.round(w * zoom / (float) VIEW));
		g.setColor(color);
		for (int y = 0; y < h; y++) {
			for (int x = 0; x < w; x++) {
				if (!inside[y * w + x]) continue;
				final int px = left + x * zoom, py = CAPTION + y * zoom;
				if (x == 0 || !inside[y * w + x - 1]) g.fillRect(px, py, line, zoom);
				if (x == w - 1 || !inside[y * w + x + 1]) g.fillRect(px + zoom - line, py, line, zoom);
				if (y == 0 || !inside[(y - 1) * w + x]) g.fillRect(px, py, zoom, line);
				if (y == h - 1 || !inside[(y + 1) * w + x]) g.fillRect(px, py + zoom - line, zoom, line);
			}
		}
	}

	private static void hatch(final Graphics2D g, final Preview p, final int left, final int zoom) {
		g.setColor(new Color(255, 200, 0, 110));
		for (int y = 0; y < p.height() * zoom; y++) {
			for (int x = (6 - y % 6) % 6; x < p.width() * zoom; x += 6) {
				if (p.label()[y / zoom * p.width() + x / zoom] == Sample.IGNORE) g.fillRect(left + x, CAPTION + y, 1, 1);
			}
		}
	}
}
