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

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Stroke;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import javax.swing.JPanel;

import sc.fiji.glia.task.report.ScoreRange;

/**
 * Curves over epochs: smooth lines, a legend, the best epoch marked by a line and a dot; values appear under the mouse. NaN values are gaps.
 * <p>
 * Used on the event thread only.
 */
final class CurveChart extends JPanel {

	/**
	 * One line of a chart.
	 *
	 * @param name name in the legend
	 * @param color colour of the line
	 * @param values value of each epoch, from epoch 1 on
	 */
	record Curve(String name, Color color, double[] values) {

		boolean isEmpty() {
			return values.length > 0 && IntStream.range(0, values.length).allMatch(i -> !Double.isFinite(values[i]));
		}

		double at(final int epoch) {
			return epoch >= 1 && epoch <= values.length ? values[epoch - 1] : Double.NaN;
		}
	}

	/** Up to how many epochs each value gets a dot of its own. */
	private static final int DOTS = 25;
	private static final Stroke DASHES = new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] { 4, 3 }, 0);

	private final String title;
	private final boolean unitRange;
	private List<Curve> curves = List.of();
	private int epochs = 10;
	private int best;
	private int hovered;
	private Axis xAxis = Axis.epochs(0, 10, 5);
	private Axis yAxis = Axis.exactly(0, 1, 5);
	private final Rectangle2D.Double plot = new Rectangle2D.Double();

	/**
	 * @param title name of what is drawn
	 * @param unitRange true for scores, whose axis ends at 1 and begins where {@link ScoreRange} says for {@code title}: an accuracy's at 0, 0.5,
	 *          0.8, 0.9, ... below the smallest; otherwise the axis follows the values
	 */
	CurveChart(final String title, final boolean unitRange) {
		this.title = title;
		this.unitRange = unitRange;
		setPreferredSize(new Dimension(Look.em(36), Look.em(19)));
		setMinimumSize(new Dimension(Look.em(18), Look.em(10)));
		getAccessibleContext().setAccessibleName(title);
		final MouseAdapter mouse = new MouseAdapter() {

			@Override
			public void mouseMoved(final MouseEvent e) {
				hover(e.getX());
			}

			@Override
			public void mouseExited(final MouseEvent e) {
				hover(-1);
			}
		};
		addMouseListener(mouse);
		addMouseMotionListener(mouse);
	}

	/**
	 * Shows curves instead of those before.
	 *
	 * @param shown the curves; the last one that has a value carries the dot of the best epoch
	 * @param maximum number of epochs at the most
	 * @param bestEpoch the epoch to mark, 0 for none
	 */
	void show(final List<Curve> shown, final int maximum, final int bestEpoch) {
		curves = List.copyOf(shown);
		epochs = maximum;
		best = bestEpoch;
		repaint();
	}

	private int done() {
		return curves.stream().mapToInt(c -> c.values().length).max().orElse(0);
	}

	private void hover(final int x) {
		final double fraction = (x - plot.x) / plot.width;
		final int epoch = (int) Math.round(xAxis.low() + fraction * (xAxis.high() - xAxis.low()));
		final int now = done() == 0 || fraction < -0.02 || fraction > 1.02 ? 0 : Math.max(1, Math.min(done(), epoch));
		if (now != hovered) repaint();
		hovered = now;
	}

	@Override
	protected void paintComponent(final Graphics graphics) {
		final Graphics2D g = Look.smooth((Graphics2D) graphics.create());
		try {
			g.setColor(Look.ground());
			g.fillRect(0, 0, getWidth(), getHeight());
			layOut(g);
			if (plot.width < 20 || plot.height < 20) return;
			paintAxes(g);
			paintHeading(g);
			if (best > 0) paintBestLine(g);
			for (final Curve curve : curves) paintCurve(g, curve);
			if (best > 0) paintBestDot(g);
			if (done() == 0) paintWaiting(g);
			if (hovered > 0 && hovered <= done()) paintHovered(g);
		}
		finally {
			g.dispose();
		}
	}

	private void layOut(final Graphics2D g) {
		final int em = Look.em(1);
		g.setFont(Look.font(0.9));
		final FontMetrics metrics = g.getFontMetrics();
		final double top = em * 2.6, bottom = metrics.getHeight() * 2 + em * 0.7;
		final double height = getHeight() - top - bottom;
		yAxis = valueAxis((int) Math.max(2, Math.min(7, height / (metrics.getHeight() * 1.6))));
		final int labels = yAxis.ticks().stream().mapToInt(t -> metrics.stringWidth(yAxis.text(t))).max().orElse(0);
		final double left = Math.max(labels, metrics.stringWidth("0.000")) + em * 1.2;
		plot.setRect(left, top, getWidth() - left - em * 1.4, height);
		xAxis = Axis.epochs(done(), epochs, (int) Math.max(2, plot.width / (em * 5)));
	}

	private Axis valueAxis(final int intervals) {
		final double[] values = curves.stream().flatMapToDouble(c -> Arrays.stream(c.values())).filter(Double::isFinite).toArray();
		if (unitRange) return Axis.exactly(ScoreRange.low(title, Arrays.stream(values)), 1, intervals);
		if (values.length == 0) return Axis.exactly(0, 1, intervals);
		final double low = Arrays.stream(values).min().getAsDouble(), high = Arrays.stream(values).max().getAsDouble();
		return Axis.around(low > 0 && low < 0.5 * high ? 0 : low, high, intervals);
	}

	private void paintAxes(final Graphics2D g) {
		final FontMetrics metrics = g.getFontMetrics();
		final int em = Look.em(1);
		for (final double tick : yAxis.ticks()) {
			final double y = y(tick);
			g.setColor(Look.grid());
			g.draw(new Line2D.Double(plot.x, y, plot.getMaxX(), y));
			g.setColor(Look.faintInk());
			final String text = yAxis.text(tick);
			g.drawString(text, (float) (plot.x - em * 0.5 - metrics.stringWidth(text)), (float) (y + metrics.getAscent() * 0.38));
		}
		final float base = (float) plot.getMaxY();
		for (final double tick : epochTicks()) {
			final double x = x(tick);
			g.setColor(Look.grid());
			g.draw(new Line2D.Double(x, plot.y, x, base));
			g.setColor(Look.frame());
			g.draw(new Line2D.Double(x, base, x, base + em * 0.3));
			g.setColor(Look.faintInk());
			final String text = xAxis.text(tick);
			g.drawString(text, (float) (x - metrics.stringWidth(text) / 2.0), base + em * 0.35f + metrics.getAscent());
		}
		g.setColor(Look.frame());
		g.draw(new Line2D.Double(plot.x, base, plot.getMaxX(), base));
		g.draw(new Line2D.Double(plot.x, plot.y, plot.x, base));
		g.setColor(Look.faintInk());
		g.drawString("epoch", (float) (plot.getCenterX() - metrics.stringWidth("epoch") / 2.0), base + em * 0.35f + metrics.getHeight() + metrics.getAscent());
	}

	/** Epoch 1 always has a tick. */
	private List<Double> epochTicks() {
		final List<Double> ticks = new ArrayList<>(xAxis.ticks());
		if (ticks.isEmpty() || ticks.get(0) - 1 >= xAxis.step() * 0.5) ticks.add(0, 1.0);
		return ticks;
	}

	private void paintHeading(final Graphics2D g) {
		final int em = Look.em(1);
		final float base = em * 1.6f;
		g.setFont(Look.font(1.05, Font.BOLD));
		g.setColor(Look.ink());
		g.drawString(title, (float) plot.x, base);
		g.setFont(Look.font(0.9));
		final FontMetrics metrics = g.getFontMetrics();
		double x = plot.getMaxX();
		for (int i = curves.size() - 1; i >= 0; i--) {
			final Curve curve = curves.get(i);
			final String text = curve.isEmpty() ? "no " + curve.name() : curve.name();
			x -= metrics.stringWidth(text);
			g.setColor(curve.isEmpty() ? Look.faintInk() : Look.ink());
			g.drawString(text, (float) x, base);
			x -= em * 0.4;
			if (!curve.isEmpty()) {
				x -= em * 1.5;
				g.setColor(curve.color());
				g.setStroke(new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
				final double y = base - metrics.getAscent() * 0.36;
				g.draw(new Line2D.Double(x, y, x + em * 1.5, y));
			}
			x -= em * 1.1;
		}
		g.setStroke(new BasicStroke(1));
	}

	private void paintCurve(final Graphics2D g, final Curve curve) {
		final Path2D path = new Path2D.Double();
		boolean drawing = false;
		for (int epoch = 1; epoch <= curve.values().length; epoch++) {
			final double value = curve.at(epoch);
			if (Double.isFinite(value)) {
				if (drawing) path.lineTo(x(epoch), y(value));
				else path.moveTo(x(epoch), y(value));
			}
			drawing = Double.isFinite(value);
		}
		g.setColor(curve.color());
		g.setStroke(new BasicStroke(1.9f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
		g.draw(path);
		g.setStroke(new BasicStroke(1));
		if (curve.values().length > DOTS) return;
		for (int epoch = 1; epoch <= curve.values().length; epoch++) dot(g, epoch, curve.at(epoch), 2.3, curve.color());
	}

	private void paintBestLine(final Graphics2D g) {
		g.setColor(Look.best());
		g.setStroke(DASHES);
		g.draw(new Line2D.Double(x(best), plot.y, x(best), plot.getMaxY()));
		g.setStroke(new BasicStroke(1));
		final String text = "best";
		final FontMetrics metrics = g.getFontMetrics();
		final double width = metrics.stringWidth(text), gap = Look.em(0.35);
		final boolean right = x(best) + gap + width < plot.getMaxX();
		// scores rise and losses fall: the word stands where the curves seldom are
		final double base = unitRange ? plot.getMaxY() - gap : plot.y + metrics.getAscent() * 0.9;
		g.drawString(text, (float) (right ? x(best) + gap : x(best) - gap - width), (float) base);
	}

	private void paintBestDot(final Graphics2D g) {
		for (int i = curves.size() - 1; i >= 0; i--) {
			final double value = curves.get(i).at(best);
			if (!Double.isFinite(value)) continue;
			dot(g, best, value, 6, Look.ground());
			dot(g, best, value, 4.5, Look.best());
			return;
		}
	}

	private void paintWaiting(final Graphics2D g) {
		final String text = "The curve begins after the first epoch";
		final FontMetrics metrics = g.getFontMetrics();
		final double x = plot.getCenterX() - metrics.stringWidth(text) / 2.0, y = plot.getCenterY() + metrics.getAscent() * 0.4;
		g.setColor(Look.ground());
		g.fill(new Rectangle2D.Double(x - Look.em(0.6), y - metrics.getAscent() * 1.2, metrics.stringWidth(text) + Look.em(1.2), metrics.getHeight() * 1.2));
		g.setColor(Look.faintInk());
		g.drawString(text, (float) x, (float) y);
	}

	private void paintHovered(final Graphics2D g) {
		g.setColor(Look.frame());
		g.draw(new Line2D.Double(x(hovered), plot.y, x(hovered), plot.getMaxY()));
		final List<Curve> there = curves.stream().filter(c -> Double.isFinite(c.at(hovered))).toList();
		for (final Curve curve : there) dot(g, hovered, curve.at(hovered), 3.5, curve.color());
		paintValues(g, "epoch " + hovered + (hovered == best ? ", best" : ""), there);
	}

	/** A box beside the mouse with the values of the epoch under it. */
	private void paintValues(final Graphics2D g, final String heading, final List<Curve> there) {
		final List<String> lines = there.stream().map(c -> c.name() + "  " + Look.number(c.at(hovered), 4)).toList();
		final FontMetrics metrics = g.getFontMetrics();
		final double pad = Look.em(0.5);
		final int widest = lines.stream().mapToInt(metrics::stringWidth).max().orElse(0);
		final double width = Math.max(widest, metrics.stringWidth(heading)) + 2 * pad + Look.em(0.9);
		final double height = (1 + lines.size()) * metrics.getHeight() + 2 * pad;
		final double beside = x(hovered) + pad + width <= plot.getMaxX() ? x(hovered) + pad : x(hovered) - pad - width;
		final Rectangle2D box = new Rectangle2D.Double(beside, plot.getCenterY() - height / 2, width, height);
		g.setComposite(AlphaComposite.SrcOver.derive(0.93f));
		g.setColor(Look.ground());
		g.fill(box);
		g.setComposite(AlphaComposite.SrcOver);
		g.setColor(Look.frame());
		g.draw(box);
		double y = box.getY() + pad + metrics.getAscent();
		g.setColor(Look.ink());
		g.drawString(heading, (float) (box.getX() + pad), (float) y);
		for (int i = 0; i < lines.size(); i++) {
			y += metrics.getHeight();
			g.setColor(there.get(i).color());
			g.fill(new Ellipse2D.Double(box.getX() + pad, y - metrics.getAscent() * 0.6, Look.em(0.5), Look.em(0.5)));
			g.setColor(Look.ink());
			g.drawString(lines.get(i), (float) (box.getX() + pad + Look.em(0.9)), (float) y);
		}
	}

	private void dot(final Graphics2D g, final int epoch, final double value, final double radius, final Color color) {
		if (!Double.isFinite(value)) return;
		g.setColor(color);
		g.fill(new Ellipse2D.Double(x(epoch) - radius, y(value) - radius, 2 * radius, 2 * radius));
	}

	private double x(final double epoch) {
		return plot.x + xAxis.fraction(epoch) * plot.width;
	}

	private double y(final double value) {
		return plot.getMaxY() - yAxis.fraction(value) * plot.height;
	}
}
