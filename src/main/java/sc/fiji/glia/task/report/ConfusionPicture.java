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
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A confusion matrix: a row for each class, a column for each predicted class, shaded by the share of the row. What is right is blue, mistakes are
 * orange. Numbers are left out where cells are too small for them.
 */
final class ConfusionPicture {

	static final Color RIGHT = new Color(0x1f6fb4), WRONG = new Color(0xd9541e);
	private static final Color LINE = new Color(0xd5dadf), TEXT = new Color(0x1d2329), SOFT = new Color(0x66707a);
	/** Width of a matrix of many classes, in pixels. */
	private static final int WIDTH = 660;
	private static final int LARGEST_CELL = 120, SMALLEST_CELL = 9, WIDEST_NAME = 170, MARGIN = 12, TITLE = 26, GAP = 8, MOST_LINES = 3;
	/** Cells of this edge have numbers, those of the next also percentages. */
	private static final int COUNTS = 30, SHARES = 56;

	private final List<String> classes;
	private final long[][] counts;
	private final int cell, names, top;
	private final Font font;
	/** Lines of the longest name of a column; 0 if names stand upright. */
	private final int lines;

	private ConfusionPicture(final List<String> classes, final long[][] counts, final FontMetrics metrics) {
		this.classes = classes;
		this.counts = counts;
		cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, WIDTH / classes.size()));
		font = metrics.getFont();
		final int longest = Math.min(WIDEST_NAME, classes.stream().mapToInt(metrics::stringWidth).max().orElse(0));
		lines = lines(metrics);
		names = longest + GAP;
		top = MARGIN + TITLE + (lines == 0 ? longest : lines * metrics.getHeight()) + GAP;
	}

	/** Draws the matrix; counts are {@code [class][predicted class]}. */
	static BufferedImage draw(final List<String> classes, final long[][] counts) {
		final int cell = Math.max(SMALLEST_CELL, WIDTH / classes.size());
		final Font font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(8, Math.min(14, cell)));
		final Graphics2D any = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
		final FontMetrics metrics = any.getFontMetrics(font);
		any.dispose();
		return new ConfusionPicture(classes, counts, metrics).draw();
	}

	private BufferedImage draw() {
		final int left = left(), edge = cell * classes.size();
		final BufferedImage image = new BufferedImage(left + edge + MARGIN + 1, top + edge + MARGIN + 1, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, image.getWidth(), image.getHeight());
		Fitted.smooth(g);
		g.setFont(font);
		for (int c = 0; c < classes.size(); c++) {
			for (int p = 0; p < classes.size(); p++) cell(g, c, p);
			row(g, c);
			column(g, c);
		}
		g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
		g.setColor(TEXT);
		final FontMetrics metrics = g.getFontMetrics();
		g.drawString("Predicted", left + (edge - metrics.stringWidth("Predicted")) / 2, MARGIN + metrics.getAscent());
		turned(g, "Actual", MARGIN + metrics.getAscent(), top + (edge + metrics.stringWidth("Actual")) / 2);
		g.dispose();
		return image;
	}

	private int lines(final FontMetrics metrics) {
		int most = 0;
		for (final String name : classes) {
			final List<String> broken = Fitted.lines(metrics, name, cell - GAP);
			if (broken.size() > MOST_LINES || broken.stream().anyMatch(l -> metrics.stringWidth(l) > cell - GAP)) return 0;
			most = Math.max(most, broken.size());
		}
		return most;
	}

	private int left() {
		return MARGIN + TITLE + names;
	}

	private void cell(final Graphics2D g, final int c, final int p) {
		final int x = left() + p * cell, y = top + c * cell;
		final long n = counts[c][p], all = Arrays.stream(counts[c]).sum();
		final double share = all == 0 ? 0 : (double) n / all;
		g.setColor(n == 0 ? Color.WHITE : shade(c == p ? RIGHT : WRONG, share));
		g.fillRect(x, y, cell, cell);
		g.setColor(LINE);
		g.drawRect(x, y, cell, cell);
		if (cell < COUNTS) return;
		g.setColor(n == 0 ? SOFT : share > 0.55 ? Color.WHITE : TEXT);
		final boolean shares = cell >= SHARES && all > 0;
		final Font large = font.deriveFont(Font.BOLD, cell >= 80 ? 18f : cell >= SHARES ? 15f : 12f);
		centred(g, fitting(g, large, "" + n), "" + n, x, y + cell / 2 + (shares ? -2 : 5));
		if (shares) centred(g, font.deriveFont(12f), String.format(Locale.ROOT, share > 0 && share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share), x, y + cell /
			2 + 15);
		g.setFont(font);
	}

	/** The font, reduced until the number fits. */
	private Font fitting(final Graphics2D g, final Font large, final String number) {
		Font f = large;
		while (f.getSize() > 7 && g.getFontMetrics(f).stringWidth(number) > cell - 4) f = f.deriveFont(f.getSize() - 1f);
		return f;
	}

	private void centred(final Graphics2D g, final Font f, final String s, final int x, final int baseline) {
		g.setFont(f);
		g.drawString(s, x + (cell - g.getFontMetrics().stringWidth(s)) / 2, baseline);
	}

	private void row(final Graphics2D g, final int c) {
		final FontMetrics metrics = g.getFontMetrics();
		final String name = Fitted.beginning(metrics, classes.get(c), WIDEST_NAME);
		g.setColor(TEXT);
		g.drawString(name, left() - GAP - metrics.stringWidth(name), top + c * cell + (cell + metrics.getAscent() - metrics.getDescent()) / 2);
	}

	private void column(final Graphics2D g, final int p) {
		final FontMetrics metrics = g.getFontMetrics();
		g.setColor(TEXT);
		final int x = left() + p * cell;
		if (lines == 0) {
			turned(g, Fitted.beginning(metrics, classes.get(p), WIDEST_NAME), x + (cell + metrics.getAscent() - metrics.getDescent()) / 2, top - GAP);
			return;
		}
		final List<String> broken = Fitted.lines(metrics, classes.get(p), cell - GAP);
		for (int l = 0; l < broken.size(); l++) g.drawString(broken.get(l), x + (cell - metrics.stringWidth(broken.get(l))) / 2, top - GAP - metrics
			.getDescent() - (broken.size() - 1 - l) * metrics.getHeight());
	}

	/** Text that reads upwards. */
	private static void turned(final Graphics2D g, final String s, final int x, final int y) {
		final AffineTransform before = g.getTransform();
		g.rotate(-Math.PI / 2, x, y);
		g.drawString(s, x, y);
		g.setTransform(before);
	}

	/** From almost white to the colour; what occurs at all can be seen. */
	private static Color shade(final Color color, final double share) {
		final double t = 0.12 + 0.88 * share;
		return new Color(mix(color.getRed(), t), mix(color.getGreen(), t), mix(color.getBlue(), t));
	}

	private static int mix(final int value, final double t) {
		return (int) Math.round(255 + (value - 255) * t);
	}
}
