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

import java.util.ArrayList;
import java.util.List;

import ij.measure.ResultsTable;

import sc.fiji.glia.data.ClassBaselines;
import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.data.score.Metric;

/** The tables of a classification, as ImageJ shows them; {@link ClassificationResults} writes the same as files. */
public final class ClassificationTables {

	private ClassificationTables() {}

	/**
	 * Columns {@code name}, {@code value}, {@code low}, {@code high}: the metrics with their 95 % intervals, accuracy first, then calibration, folds
	 * and, as {@code baseline NAME accuracy} and {@code baseline NAME balanced_accuracy}, the baselines. NaN where there is no number.
	 */
	public static ResultsTable metrics(final ClassificationReport report) {
		return metricRows(report).table();
	}

	/** Numbers of images: a row for each class, a column for each predicted class. */
	public static ResultsTable confusion(final ClassificationScores scores) {
		return confusionRows(scores).table();
	}

	/** A row for each image: name, group, part, actual and predicted class, confidence, probability of each class. */
	public static ResultsTable predictions(final ClassificationReport report) {
		return predictionRows(report).table();
	}

	static Rows metricRows(final ClassificationReport report) {
		final List<List<Object>> rows = new ArrayList<>();
		for (final Metric m : report.metrics()) rows.add(List.of(m.name(), m.value(), m.low(), m.high()));
		report.calibration().ifPresent(c -> {
			rows.add(row("temperature", c.temperature()));
			rows.add(row("ece_before_temperature", c.before().error()));
		});
		for (final ClassificationReport.Fold f : report.folds()) {
			rows.add(row("fold " + f.number() + " accuracy", f.accuracy()));
			rows.add(row("fold " + f.number() + " balanced_accuracy", f.balancedAccuracy()));
		}
		for (final ClassBaselines.Score b : report.baselines().scores()) {
			rows.add(row("baseline " + b.name() + " accuracy", b.accuracy()));
			rows.add(row("baseline " + b.name() + " balanced_accuracy", b.balancedAccuracy()));
		}
		return new Rows(List.of("name", "value", "low", "high"), rows);
	}

	static Rows confusionRows(final ClassificationScores scores) {
		final List<String> header = new ArrayList<>(List.of("actual / predicted"));
		header.addAll(scores.classes());
		final long[][] counts = scores.confusion();
		final List<List<Object>> rows = new ArrayList<>();
		for (int c = 0; c < counts.length; c++) {
			final List<Object> row = new ArrayList<>(List.of(scores.classes().get(c)));
			for (final long n : counts[c]) row.add(n);
			rows.add(row);
		}
		return new Rows(header, rows);
	}

	static Rows predictionRows(final ClassificationReport report) {
		final List<String> classes = report.scores().classes(), header = new ArrayList<>(List.of("name", "group", "part", "actual", "predicted",
			"confidence"));
		classes.forEach(c -> header.add("probability " + c));
		final List<List<Object>> rows = new ArrayList<>();
		for (final PredictedImage p : report.predictions()) {
			final List<Object> row = new ArrayList<>(List.of(p.name(), p.group(), p.part(), classes.get(p.actual()), classes.get(p.predicted()), p
				.probabilities()[p.predicted()]));
			for (final float probability : p.probabilities()) row.add(probability);
			rows.add(row);
		}
		return new Rows(header, rows);
	}

	private static List<Object> row(final String name, final double value) {
		return List.of(name, value, Double.NaN, Double.NaN);
	}
}
