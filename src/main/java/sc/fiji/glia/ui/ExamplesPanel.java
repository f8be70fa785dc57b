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

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.event.MouseEvent;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import javax.swing.JPanel;
import javax.swing.ToolTipManager;

import sc.fiji.glia.task.report.ClassifiedImage;

/**
 * Validation images with the class that the network gives them: a tick and a green frame if it is right; a cross, an orange frame and the actual
 * class if it is wrong. The grid is the one that shows them largest. The probability stands beside the class, or below it if class names are long.
 * The name of an image appears under the mouse.
 * <p>
 * Used on the event thread only.
 */
final class ExamplesPanel extends JPanel {

	/** At most so many images are shown. */
	static final int MOST = 12;

	/** Lengths in em: between two cells, of a tick or cross, between it and the class. */
	private static final double GAP = 0.7, MARK = 0.65, SPACE = 0.35;
	private static final String ELLIPSIS = "\u2026";

	/** An image ready to draw. */
	private record Example(ClassifiedImage image, Picture picture) {}

	private List<Example> examples = List.of();
	private String summary = "";
	private ExampleGrid grid = new ExampleGrid(1, 1, 0, 0);
	private int lines = 2;
	private final Rectangle2D.Double area = new Rectangle2D.Double();

	ExamplesPanel() {
		setPreferredSize(new Dimension(Look.em(48), Look.em(24)));
		setMinimumSize(new Dimension(Look.em(20), Look.em(10)));
		getAccessibleContext().setAccessibleName("Examples");
		ToolTipManager.sharedInstance().registerComponent(this);
	}

	/**
	 * Shows images instead of those before.
	 *
	 * @param images the images; those after the first {@value #MOST} are left out
	 * @param epoch the epoch after which they were predicted
	 */
	void show(final List<ClassifiedImage> images, final int epoch) {
		final List<ClassifiedImage> some = images.stream().limit(MOST).toList();
		examples = IntStream.range(0, some.size()).mapToObj(i -> new Example(some.get(i), picture(i, some.get(i)))).toList();
		summary = String.format(Locale.ROOT, "validation images after epoch %d: %d of %d right", epoch, some.stream().filter(ClassifiedImage::isRight)
			.count(), some.size());
		getAccessibleContext().setAccessibleDescription(summary);
		repaint();
	}

	/** Shows no image, as before the first epoch. */
	void clear() {
		examples = List.of();
		repaint();
	}

	/** NB: in each epoch the images are the same, only their classes differ; the pictures are then used again. */
	private Picture picture(final int i, final ClassifiedImage image) {
		final Optional<Example> before = i < examples.size() ? Optional.of(examples.get(i)) : Optional.empty();
		return before.filter(b -> b.image().width() == image.width() && Arrays.equals(b.image().input(), image.input())).map(Example::picture).orElseGet(
			() -> {
				final int[] gray = image.gray();
				return Picture.of(image.width(), image.height(), p -> Picture.rgb(gray[p]));
			});
	}

	@Override
	public String getToolTipText(final MouseEvent e) {
		return at(e.getPoint()).map(ExamplesPanel::description).orElse(null);
	}

	@Override
	protected void paintComponent(final Graphics graphics) {
		final Graphics2D g = Look.smooth((Graphics2D) graphics.create());
		try {
			g.setColor(Look.ground());
			g.fillRect(0, 0, getWidth(), getHeight());
			g.setFont(Look.font(0.9));
			if (examples.isEmpty()) PreviewPanel.centered(g, "Validation images and their classes come after an epoch", 0, getWidth(), getHeight() / 2.0, Look
				.faintInk());
			else paintExamples(g);
		}
		finally {
			g.dispose();
		}
	}

	private void paintExamples(final Graphics2D g) {
		final FontMetrics metrics = g.getFontMetrics();
		final double gap = Look.em(0.8), footer = metrics.getHeight() + Look.em(0.3);
		area.setRect(gap, gap, getWidth() - 2 * gap, getHeight() - 2 * gap - footer);
		final int w = imageWidth(), h = imageHeight();
		// NB: the actual classes decide, as they are the same after each epoch
		final double longest = examples.stream().mapToDouble(e -> metrics.stringWidth(e.image().actual()) + besideName(metrics, ">99 %")).max().orElse(0);
		lines = 2;
		grid = grid();
		if (grid.cell() < longest) lines = 3;
		grid = grid();
		if (grid.scale() * Math.min(w, h) < 8) {
			grid = new ExampleGrid(1, 1, 0, 0);
			return;
		}
		for (int i = 0; i < examples.size(); i++) paintExample(g, examples.get(i), cell(i));
		PreviewPanel.centered(g, summary, 0, getWidth(), getHeight() - Look.em(0.6), Look.faintInk());
	}

	private ExampleGrid grid() {
		return ExampleGrid.of(examples.size(), imageWidth(), imageHeight(), area.width, area.height, Look.em(GAP), textHeight(), Look.em(6), Look.em(11));
	}

	private void paintExample(final Graphics2D g, final Example example, final Rectangle2D cell) {
		final ClassifiedImage image = example.image();
		final double boxHeight = cell.getHeight() - textHeight();
		final double scale = Math.min(imageWidth() * grid.scale() / image.width(), boxHeight / image.height());
		final double w = image.width() * scale, h = image.height() * scale;
		final Rectangle2D frame = new Rectangle2D.Double(cell.getCenterX() - w / 2, cell.getY() + boxHeight - h, w, h);
		example.picture().draw(g, frame);
		final Color color = image.isRight() ? Look.right() : Look.wrong();
		final double thick = Math.max(2, Look.em(0.16));
		g.setColor(color);
		g.setStroke(new BasicStroke((float) thick, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_MITER));
		g.draw(new Rectangle2D.Double(frame.getX() - thick / 2, frame.getY() - thick / 2, w + thick, h + thick));
		g.setStroke(new BasicStroke(1));
		final double base = frame.getMaxY() + Look.em(0.35) + g.getFontMetrics().getAscent();
		final int height = g.getFontMetrics().getHeight();
		final String percent = percent(image.confidence());
		paintPrediction(g, image, color, lines == 2 ? percent : "", cell, base);
		if (lines == 3) PreviewPanel.centered(g, percent, cell.getX(), cell.getWidth(), base + height, Look.faintInk());
		if (!image.isRight()) PreviewPanel.centered(g, fitting("is " + image.actual(), g.getFontMetrics(), cell.getWidth()), cell.getX(), cell
			.getWidth(), base + (lines - 1) * height, Look.ink());
	}

	/** A mark, the predicted class and what is said of it, in the middle of the cell; a long name is cut. */
	private static void paintPrediction(final Graphics2D g, final ClassifiedImage image, final Color color, final String beside,
		final Rectangle2D cell, final double base)
	{
		final FontMetrics metrics = g.getFontMetrics();
		final double mark = Look.em(MARK), space = Look.em(SPACE), others = besideName(metrics, beside);
		final String name = fitting(image.predicted(), metrics, cell.getWidth() - others);
		double x = cell.getCenterX() - (others + metrics.stringWidth(name)) / 2;
		g.setColor(color);
		g.setStroke(new BasicStroke((float) Math.max(1.8, Look.em(0.17)), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
		g.draw(mark(image.isRight(), x, base - mark, mark));
		g.setStroke(new BasicStroke(1));
		x += mark + space;
		g.setColor(Look.ink());
		g.drawString(name, (float) x, (float) base);
		g.setColor(Look.faintInk());
		g.drawString(beside, (float) (x + metrics.stringWidth(name) + space), (float) base);
	}

	/** Width of what stands left and right of a class. */
	private static double besideName(final FontMetrics metrics, final String text) {
		return Look.em(MARK) + Look.em(SPACE) + (text.isEmpty() ? 0 : Look.em(SPACE) + metrics.stringWidth(text));
	}

	/** A tick or a cross in a square. */
	private static Path2D mark(final boolean right, final double x, final double y, final double size) {
		final Path2D path = new Path2D.Double();
		if (right) {
			path.moveTo(x, y + size * 0.55);
			path.lineTo(x + size * 0.36, y + size * 0.92);
			path.lineTo(x + size, y + size * 0.08);
		}
		else {
			path.moveTo(x + size * 0.08, y + size * 0.08);
			path.lineTo(x + size * 0.92, y + size * 0.92);
			path.moveTo(x + size * 0.92, y + size * 0.08);
			path.lineTo(x + size * 0.08, y + size * 0.92);
		}
		return path;
	}

	/** A probability in whole percent; 100 only if nothing is missing. */
	static String percent(final double probability) {
		if (Double.isNaN(probability)) return Look.NONE;
		final long rounded = Math.round(100 * probability);
		return rounded == 100 && probability < 1 ? ">99 %" : rounded + " %";
	}

	/** The text, or so much of it that it is not wider than {@code width}, with dots for the rest. */
	static String fitting(final String text, final FontMetrics metrics, final double width) {
		if (metrics.stringWidth(text) <= width) return text;
		int length = text.length();
		while (length > 1 && metrics.stringWidth(text.substring(0, length).stripTrailing() + ELLIPSIS) > width) length--;
		return text.substring(0, length).stripTrailing() + ELLIPSIS;
	}

	private static String description(final ClassifiedImage image) {
		final String predicted = String.format(Locale.ROOT, "%s: %s, probability %s", image.name(), image.predicted(), Look.number(image.confidence(), 3));
		return image.isRight() ? predicted : predicted + "; is " + image.actual();
	}

	private Optional<ClassifiedImage> at(final Point point) {
		return IntStream.range(0, examples.size()).filter(i -> cell(i).contains(point)).mapToObj(i -> examples.get(i).image()).findFirst();
	}

	/** Where an image and its text are; the cells together are in the middle of the area. */
	private Rectangle2D cell(final int i) {
		final double gap = Look.em(GAP), height = imageHeight() * grid.scale() + textHeight();
		final double left = area.getCenterX() - (grid.columns() * (grid.cell() + gap) - gap) / 2;
		final double top = area.getCenterY() - (grid.rows() * (height + gap) - gap) / 2;
		return new Rectangle2D.Double(left + i % grid.columns() * (grid.cell() + gap), top + i / grid.columns() * (height + gap), grid.cell(), height);
	}

	private int imageWidth() {
		return examples.stream().mapToInt(e -> e.image().width()).max().orElse(1);
	}

	private int imageHeight() {
		return examples.stream().mapToInt(e -> e.image().height()).max().orElse(1);
	}

	private int textHeight() {
		return lines * getFontMetrics(Look.font(0.9)).getHeight() + Look.em(0.35);
	}
}
