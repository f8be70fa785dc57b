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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import sc.fiji.glia.data.ClassBaselines;
import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.data.score.Temperature;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.SplitNames;
import sc.fiji.glia.model.Training;
import sc.fiji.glia.task.report.ClassificationReport.Calibration;
import sc.fiji.glia.task.report.ClassificationReport.ClassCounts;
import sc.fiji.glia.task.report.ClassificationReport.Evaluation;
import sc.fiji.glia.task.report.ClassificationReport.JudgedOn;

/** Made-up reports of classifications for tests. */
final class ClassificationReports {

	static final List<String> TUMOUR = List.of("no_tumor", "tumor"), DIGITS = IntStream.range(0, 10).mapToObj(i -> "" + i).toList();

	private ClassificationReports() {}

	/**
	 * A report of a training.
	 *
	 * @param skill how much larger the logit of the right class is, in standard deviations of the logits
	 * @param neighbour accuracy of the best baseline
	 */
	static ClassificationReport of(final List<String> classes, final int images, final double skill, final double neighbour, final JudgedOn judged) {
		final float[][] logits = logits(classes.size(), images, skill);
		final byte[] labels = labels(classes.size(), images);
		final Temperature temperature = Temperature.fit(logits, labels);
		final List<String> groups = IntStream.range(0, images).mapToObj(i -> "patient " + i / 3).toList();
		final List<String> names = IntStream.range(0, images).mapToObj(i -> classes.get(labels[i]) + "/MR_2019_slice_" + (1000 + i) + ".jpg").toList();
		final ClassificationScores before = new ClassificationScores(classes, labels, probabilities(logits, Temperature.ONE), groups);
		final ClassificationScores scores = new ClassificationScores(classes, labels, probabilities(logits, temperature), groups);
		final List<ClassifiedImage> mistakes = Arrays.stream(scores.mistakes()).limit(24).mapToObj(i -> image(names.get(i), i, classes.get(labels[i]), classes
			.get(scores.predicted(i)), scores.confidence(i))).toList();
		final double chance = 1.0 / classes.size();
		return new ClassificationReport("Brain MRI: " + String.join(", ", classes), Optional.of(model(classes)), Optional.empty(), judged, scores, scores
			.metrics(1), baselines(chance, neighbour), List.of(), List.of("2 images could not be read and were left out: a.jpg, b.jpg"), PredictedImage.of(
				scores, names, judged.label()), mistakes, Optional.of(new Calibration(temperature.value(), before.reliability())), List.of(new ClassCounts(
					"training", counts(labels, classes.size(), 4)), new ClassCounts("validation", counts(labels, classes.size(), 1)), new ClassCounts("test",
						counts(labels, classes.size(), 1))), List.of(), Map.of("Folder", "braintumor"));
	}

	static ClassBaselines baselines(final double chance, final double neighbour) {
		return new ClassBaselines(List.of(new ClassBaselines.Score("majority class", chance, chance), new ClassBaselines.Score(
			"1-nearest neighbour (32x32 thumbnails)", neighbour, neighbour - 0.01), new ClassBaselines.Score("image size", chance + 0.05, chance + 0.04),
			new ClassBaselines.Score("mean intensity", chance + 0.1, chance + 0.1)));
	}

	/** The same, but as the judging of the model on images that it was given. */
	static ClassificationReport evaluated(final ClassificationReport r) {
		final Map<String, String> settings = new LinkedHashMap<>();
		settings.put("folder", "new patients");
		settings.put("model", "tumour.zip");
		return new ClassificationReport(r.title(), r.model(), Optional.of(new Evaluation("tumour.zip", settings, Map.of("Glia", "0.2.0"),
			"2026-02-03T04:05:06Z", "run(\"Evaluate Classification...\", \"folder=[new patients] model=tumour.zip\");")), JudgedOn.GIVEN, r.scores(), r
				.metrics(), new ClassBaselines(List.of()), r.warnings(), r.notes(), r.predictions(), r.mistakes(), Optional.empty(), List.of(new ClassCounts(
					"images", counts(r.scores().labels(), r.scores().classes().size(), 1))), List.of(), Map.of());
	}

	/** The same with other baselines. */
	static ClassificationReport with(final ClassificationReport r, final ClassBaselines baselines) {
		return new ClassificationReport(r.title(), r.model(), r.evaluation(), r.judgedOn(), r.scores(), r.metrics(), baselines, r.warnings(), r.notes(), r
			.predictions(), r.mistakes(), r.calibration(), r.counts(), r.folds(), r.facts());
	}

	/** The same with other predictions. */
	static ClassificationReport with(final ClassificationReport r, final List<PredictedImage> predictions) {
		return new ClassificationReport(r.title(), r.model(), r.evaluation(), r.judgedOn(), r.scores(), r.metrics(), r.baselines(), r.warnings(), r.notes(),
			predictions, r.mistakes(), r.calibration(), r.counts(), r.folds(), r.facts());
	}

	/** The same with warnings and folds. */
	static ClassificationReport with(final ClassificationReport r, final List<String> warnings, final List<ClassificationReport.Fold> folds) {
		return new ClassificationReport(r.title(), r.model(), r.evaluation(), r.judgedOn(), r.scores(), r.metrics(), r.baselines(), warnings, r.notes(), r
			.predictions(), r.mistakes(), r.calibration(), r.counts(), folds, r.facts());
	}

	private static Model model(final List<String> classes) {
		final Model m = Reports.model(30, 0.1);
		final Training t = m.training();
		final Map<String, String> settings = new LinkedHashMap<>();
		settings.put("folder", "braintumor");
		settings.put("network", "auto");
		settings.put("size", "128");
		settings.put("rate", "0.001");
		settings.put("groups", "");
		final Map<String, Double> scores = new LinkedHashMap<>();
		scores.put("validation accuracy", 0.9375);
		return new Model(m.graph(), m.weights(), m.preprocessing(), m.classes(), new Training(settings, List.of(
			"network: residual network of 14 layers, since there are 3000 images of 2 classes", "size: 128, since the median image is 240 x 240 pixels"), t
				.fingerprint(), new SplitNames(patients(0, 300), patients(300, 340), patients(340, 343)), t.history(), t.bestEpoch(), scores, Map.of(), t
					.versions(), t.date(), "run(\"Train Classification Network...\", \"folder=braintumor " + classes.size() + "\");", 1, 1234));
	}

	private static List<String> patients(final int from, final int to) {
		return IntStream.range(from, to).mapToObj(i -> "patient " + i).toList();
	}

	private static List<Integer> counts(final byte[] labels, final int classes, final int times) {
		final Integer[] counts = new Integer[classes];
		Arrays.fill(counts, 0);
		for (final byte l : labels) counts[l] += times;
		return List.of(counts);
	}

	/** The first classes are more frequent. */
	private static byte[] labels(final int classes, final int images) {
		final SplittableRandom random = new SplittableRandom(5);
		final byte[] labels = new byte[images];
		for (int i = 0; i < images; i++) labels[i] = (byte) (i < classes ? i : classes * Math.pow(random.nextDouble(), 1.2));
		return labels;
	}

	/** Too sure. Of normal scores with deviation 1 whose means differ by {@code skill}, {@code skill} times the scores are the right logits. */
	private static float[][] logits(final int classes, final int images, final double skill) {
		final byte[] labels = labels(classes, images);
		final SplittableRandom random = new SplittableRandom(7);
		final float[][] logits = new float[images][classes];
		for (int i = 0; i < images; i++) for (int c = 0; c < classes; c++) logits[i][c] = (float) (3 * skill * (normal(random) + (labels[i] == c ? skill : 0)));
		return logits;
	}

	private static double normal(final SplittableRandom random) {
		double sum = -6;
		for (int i = 0; i < 12; i++) sum += random.nextDouble();
		return sum;
	}

	private static float[][] probabilities(final float[][] logits, final Temperature temperature) {
		return Arrays.stream(logits).map(temperature::apply).toArray(float[][]::new);
	}

	private static ClassifiedImage image(final String name, final int i, final String actual, final String predicted, final double confidence) {
		final int[][] sizes = { { 96, 96 }, { 28, 28 }, { 160, 100 }, { 300, 420 } };
		final int w = sizes[i % 4][0], h = sizes[i % 4][1];
		final float[] input = new float[w * h];
		for (int p = 0; p < input.length; p++) {
			final double x = (p % w - w / 2.0) / w, y = (p / w - h / 2.0) / h, r = Math.hypot(x, y);
			input[p] = (float) (r < 0.42 ? 0.5 + 0.2 * Math.sin(20 * x + i) * Math.cos(17 * y) + (Math.hypot(x - 0.15, y + 0.1) < 0.08 ? 0.5 : 0) : 0);
		}
		return new ClassifiedImage(name, w, h, input, actual, predicted, confidence);
	}
}
