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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import ij.gui.Plot;

import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.data.score.Reliability;
import sc.fiji.glia.data.score.RocCurve;

/** The plots of a classification, as ImageJ shows them; {@link ClassificationResults} writes the same as pictures. */
public final class ClassificationPlots {

	/** Curves in one plot, at most. */
	static final int MOST_CURVES = 10;
	private static final int SIZE = 560, FONT = 15, LONGEST_NAME = 30;
	/** So much the axes go on, so that the frame does not hide what lies on it. */
	private static final double EDGE = 0.015;
	private static final Color CHANCE = new Color(0x999999), SHARE = new Color(0xb4bcc4), BEFORE = new Color(0xd9541e), AFTER = new Color(0x1f6fb4);
	private static final Color[] COLORS = IntStream.of(0x1f6fb4, 0xd9541e, 0x2f9e44, 0x8c4fc4, 0xc9950c, 0x17a2b8, 0xc2255c, 0x6b5344, 0x52606d, 0x7cb518)
		.mapToObj(Color::new).toArray(Color[]::new);

	private ClassificationPlots() {}

	/**
	 * Receiver operating characteristic of each class against all others; of two classes, where both curves are the same mirrored, of the last one;
	 * of more than {@value #MOST_CURVES}, of those with the smallest areas. Classes that all or none of the images have are left out.
	 */
	public static Plot roc(final ClassificationScores scores) {
		final List<Curve> curves = curves(scores);
		final Plot plot = plot("ROC", "False positive rate (1 - specificity)", "True positive rate (sensitivity)");
		diagonal(plot, "chance");
		for (int k = 0; k < curves.size(); k++) {
			line(plot, COLORS[k], "line", curves.get(k).x, curves.get(k).y, String.format(Locale.ROOT,
				"%s, AUC %.3f", shortened(curves.get(k).name), curves.get(k).auc));
		}
		return finished(plot, Plot.BOTTOM_RIGHT);
	}

	/**
	 * Accuracy against confidence, in bins: on the diagonal, confidence tells the chance of being right. Bars show the share of images in each bin.
	 *
	 * @param before the same without temperature scaling
	 */
	public static Plot reliability(final Reliability reliability, final Optional<Reliability> before) {
		final Plot plot = plot("Reliability", "Confidence", "Accuracy");
		final List<Reliability.Bin> all = reliability.bins();
		final double images = all.stream().mapToLong(Reliability.Bin::count).sum();
		line(plot, SHARE, "bar", all.stream().mapToDouble(b -> (b.from() + b.to()) / 2).toArray(), all.stream().mapToDouble(b -> b.count() == 0
			? Double.NaN : b.count() / images).toArray(), "share of images");
		diagonal(plot, "confidence = accuracy");
		before.ifPresent(b -> bins(plot, BEFORE, b, "before scaling"));
		bins(plot, AFTER, reliability, before.isPresent() ? "after scaling" : "network");
		return finished(plot, Plot.AUTO_POSITION);
	}

	private static void bins(final Plot plot, final Color color, final Reliability reliability, final String name) {
		final List<Reliability.Bin> bins = reliability.bins().stream().filter(b -> b.count() > 0).toList();
		line(plot, color, "connected circle", bins.stream().mapToDouble(Reliability.Bin::confidence).toArray(), bins.stream().mapToDouble(
			Reliability.Bin::accuracy).toArray(), String.format(Locale.ROOT, "%s, ECE %.3f", name, reliability.error()));
	}

	private record Curve(String name, double auc, double[] x, double[] y) {}

	private static List<Curve> curves(final ClassificationScores scores) {
		final int classes = scores.classes().size();
		final List<Curve> curves = new ArrayList<>();
		for (int c = classes == 2 ? 1 : 0; c < classes; c++) {
			final RocCurve roc = scores.roc(c);
			if (Double.isNaN(roc.auc())) continue;
			final int[] kept = corners(roc);
			curves.add(new Curve(scores.classes().get(c), roc.auc(), IntStream.of(kept).mapToDouble(i -> roc.falsePositiveRate()[i]).toArray(), IntStream.of(
				kept).mapToDouble(i -> roc.truePositiveRate()[i]).toArray()));
		}
		if (curves.size() <= MOST_CURVES) return curves;
		return curves.stream().sorted(Comparator.comparingDouble(Curve::auc)).limit(MOST_CURVES).toList();
	}

	/** Points where the curve turns: thousands of images make many steps in one direction. */
	private static int[] corners(final RocCurve roc) {
		final double[] x = roc.falsePositiveRate(), y = roc.truePositiveRate();
		return IntStream.range(0, x.length).filter(i -> i == 0 || i == x.length - 1 || !(x[i - 1] == x[i] && x[i] == x[i + 1] || y[i - 1] == y[i] && y[i] ==
			y[i + 1])).toArray();
	}

	private static Plot plot(final String title, final String x, final String y) {
		final Plot plot = new Plot(title, x, y);
		plot.setBackgroundColor(Color.WHITE);
		plot.setSize(SIZE, SIZE);
		plot.setFont(Font.PLAIN, FONT);
		plot.setAxisLabelFont(Font.PLAIN, FONT + 1);
		return plot;
	}

	private static void diagonal(final Plot plot, final String name) {
		plot.setColor(CHANCE);
		plot.setLineWidth(1);
		plot.add("line", new double[] { 0, 1 }, new double[] { 0, 1 });
		plot.setLabel(-1, name);
	}

	private static void line(final Plot plot, final Color color, final String kind, final double[] x, final double[] y, final String name) {
		plot.setColor(color, color);
		plot.setLineWidth(2);
		plot.add(kind, x, y);
		plot.setLabel(-1, name);
	}

	/** NB: in a legend, a tab would end the label and a line break begin the next. */
	private static String shortened(final String name) {
		final String line = name.replaceAll("[\\t\\r\\n]", " ");
		return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME - 1) + "\u2026";
	}

	private static Plot finished(final Plot plot, final int corner) {
		plot.setLimits(-EDGE, 1 + EDGE, -EDGE, 1 + EDGE);
		plot.setColor(Color.BLACK);
		plot.setLineWidth(1);
		plot.setLegend("", Plot.LEGEND_TRANSPARENT | corner);
		return plot;
	}
}
