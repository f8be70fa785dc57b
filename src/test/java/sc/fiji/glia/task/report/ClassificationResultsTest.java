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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.measure.ResultsTable;

import sc.fiji.glia.data.ClassBaselines;
import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.data.score.Metric;
import sc.fiji.glia.data.score.Reliability;
import sc.fiji.glia.task.report.ClassificationReport.Calibration;
import sc.fiji.glia.task.report.ClassificationReport.ClassCounts;
import sc.fiji.glia.task.report.ClassificationReport.Evaluation;
import sc.fiji.glia.task.report.ClassificationReport.Fold;
import sc.fiji.glia.task.report.ClassificationReport.JudgedOn;

class ClassificationResultsTest {

	private static final Set<String> JUDGED = Set.of("metrics.csv", "confusion.csv", "predictions.csv", "confusion.png", "roc.png", "reliability.png",
		"mistakes.png", "report.html");
	private static final Set<String> TRAINED = Set.of("history.csv", "loss_curve.png", "accuracy_curve.png");

	private static final ClassificationReport TUMOUR = ClassificationReports.of(ClassificationReports.TUMOUR, 90, 2.2, 0.7, JudgedOn.TEST);

	@TempDir
	Path folder;

	@Test
	void aTrainingLeavesExactlyThePromisedFiles() throws IOException {
		final Path results = folder.resolve("a/b");
		Files.createDirectories(results);
		Files.writeString(results.resolve("metrics.csv"), "of an earlier run");
		Files.writeString(results.resolve("mine.png"), "of the user");
		ClassificationResults.write(results, TUMOUR);
		final Set<String> expected = new TreeSet<>(JUDGED);
		expected.addAll(TRAINED);
		expected.add("mine.png");
		assertEquals(expected, files(results));
		assertTrue(Files.readString(results.resolve("metrics.csv")).startsWith("name,value,low,high\naccuracy,0.9"));
		assertTrue(Files.readString(results.resolve("history.csv")).contains("validation_accuracy"));
	}

	@Test
	void anEvaluationHasNoCurvesAndLeavesThoseOfATraining() throws IOException {
		ClassificationResults.write(folder, ClassificationReports.evaluated(TUMOUR));
		assertEquals(new TreeSet<>(JUDGED), files(folder));
		Files.writeString(folder.resolve("history.csv"), "of a training");
		ClassificationResults.write(folder, ClassificationReports.evaluated(TUMOUR));
		assertEquals("of a training", Files.readString(folder.resolve("history.csv")));
		final String html = Files.readString(folder.resolve("report.html"));
		for (final String s : List.of("Evaluation report", "Evaluate Classification...", "tumour.zip", "new patients", "At training: validation accuracy",
			"How it was trained", "2026-02-03T04:05:06Z", "No trivial baselines were computed")) assertTrue(html.contains(s), s);
		assertFalse(html.contains("<h2>Curves</h2>"));
	}

	/** The network was trained on patients 0 to 299 and validated on the next 40; three images are of each. */
	@Test
	void anEvaluationTellsOfNamesThatWereTrainedOn() {
		final ClassificationReport r = ClassificationReports.evaluated(TUMOUR);
		assertEquals(List.of("90 of 90 images have the names of images or groups that this network was trained or validated on: if they are the same, the" +
			" scores are too good: 'patient 0', 'patient 1', 'patient 2' and 27 more."), r.verdict());
		assertEquals(List.of(), TUMOUR.verdict(), "of its own training this is in the split");
		final PredictedImage given = new PredictedImage("patient 339", "other", "", 0, new float[2]), test = new PredictedImage("patient 342", "x", "", 0,
			new float[2]);
		final String some = ClassificationReports.with(r, List.of(test, given)).verdict().get(0);
		assertTrue(some.startsWith("1 of 2 images") && some.endsWith(": 'patient 339'."), some);
		assertEquals(List.of(), ClassificationReports.with(r, List.of(test)).verdict(), "tested on, not trained on");
	}

	/** Mistakes and a curve that an earlier run had are not those of this one. */
	@Test
	void picturesOfAnEarlierRunDoNotStay() throws IOException {
		for (final String file : List.of("mistakes.png", "roc.png")) Files.writeString(folder.resolve(file), "old");
		ClassificationResults.write(folder, report(scores(new int[] { 0, 0 }, 0.9, 0.8), List.of("a", "b")));
		assertFalse(Files.exists(folder.resolve("mistakes.png")), "no mistakes");
		assertFalse(Files.exists(folder.resolve("roc.png")), "one class only");
		final String html = Files.readString(folder.resolve("report.html"));
		assertTrue(html.contains("None of the 2 images is given a wrong class."));
		assertFalse(html.contains("<h2>ROC</h2>"));
	}

	@Test
	void tablesByHand() {
		final ClassificationReport r = report(scores(new int[] { 0, 1, 1 }, 0.75, 0.25, 0.5), List.of("a,\"1\".png", "b\nc", "d"));
		assertEquals("actual / predicted,no,yes\nno,1,0\nyes,1,1\n", ClassificationTables.confusionRows(r.scores()).csv());
		assertEquals("name,group,part,actual,predicted,confidence,probability no,probability yes\n" + //
			"\"a,\"\"1\"\".png\",g0,test,no,no,0.75,0.75,0.25\n" + //
			"\"b\nc\",g1,test,yes,yes,0.75,0.25,0.75\n" + //
			"d,g2,test,yes,no,0.5,0.5,0.5\n", ClassificationTables.predictionRows(r).csv(), "a tie goes to the first class");
		assertEquals("""
			name,value,low,high
			accuracy,0.6666666666666666,0.5,0.75
			balanced_accuracy,0.75,NaN,NaN
			temperature,1.5,NaN,NaN
			ece_before_temperature,0.25,NaN,NaN
			fold 1 accuracy,0.5,NaN,NaN
			fold 1 balanced_accuracy,0.25,NaN,NaN
			baseline majority class accuracy,0.125,NaN,NaN
			baseline majority class balanced_accuracy,0.0625,NaN,NaN
			""", ClassificationTables.metricRows(r).csv());
	}

	@Test
	void imageJHasTheSameTables() {
		final ClassificationReport r = report(scores(new int[] { 0, 1, 1 }, 0.75, 0.25, 0.5), List.of("a", "b", "c"));
		final ResultsTable metrics = ClassificationTables.metrics(r), confusion = ClassificationTables.confusion(r.scores()), predictions =
			ClassificationTables.predictions(r);
		assertEquals("accuracy", metrics.getStringValue("name", 0));
		assertEquals(0.75, metrics.getValue("high", 0));
		assertTrue(Double.isNaN(metrics.getValue("low", 1)));
		assertEquals(1, confusion.getValue("no", 1));
		assertEquals("yes", confusion.getStringValue("actual / predicted", 1));
		assertEquals(3, predictions.size());
		assertEquals("no", predictions.getStringValue("predicted", 2));
		assertEquals(0.75, predictions.getValue("probability yes", 1));
	}

	@Test
	void rejectsWhatDoesNotFit() {
		final ClassificationScores s = scores(new int[] { 0, 1 }, 0.75, 0.25);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> PredictedImage.of(s, List.of("a"), "test")).getMessage().contains("2 images, got 1"));
		assertThrows(IllegalArgumentException.class, () -> report(s, List.of(), List.of(), List.of()), "no metrics");
		final List<Metric> metrics = List.of(new Metric("accuracy", 1, 1, 1));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> report(s, List.of(), metrics, List.of(new ClassCounts("training", List.of(1)))))
			.getMessage().contains("2 classes, got 1 of 'training'"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> report(s, List.of(new PredictedImage("x", "g", "", 0, new float[3])), metrics, List
			.of())).getMessage().contains("2 probabilities of 'x', got 3"));
	}

	// -- the page --

	@Test
	void pageStandsAloneAndTellsAll() {
		final String html = page(TUMOUR);
		assertFalse(html.matches("(?s).*(src|href)=\"(?!data:).*"), "nothing from outside");
		assertFalse(html.contains("http"), "no link");
		assertEquals(6, html.split("<img alt=\"[^\"]*\" src=\"data:image/png;base64,", -1).length - 1, "confusion, ROC, reliability, mistakes, two curves");
		for (final String s : List.of("Training report", "Accuracy of the 90 test images", "Baseline: mean intensity", "0.600", "AUC", "residual network of 14 layers",
			"Research software, not a medical device", "patient 341", "braintumor", "Train Classification Network...", "2 images could not be read",
			"No group is on two sides", "resampling whole groups", Html.text(BaselineMatch.RULE), "temperature scaling, fitted to validation images;")) assertTrue(html
				.contains(s), s);
		assertFalse(html.contains("class=\"warning\""), "nothing to warn of");
		assertFalse(html.contains(">NaN<") || html.contains("NaN to") || html.contains("to NaN"), "a dash instead, or nothing");
	}

	@Test
	void pageBeginsWithTheBaselineThatMatches() {
		final ClassificationReport r = TUMOUR;
		final String matched = first(page(ClassificationReports.with(r, new ClassBaselines(List.of(new ClassBaselines.Score("majority class", 0.99,
			0.99))))));
		assertTrue(matched.startsWith("This network (accuracy " + Html.score(r.metric("accuracy").value())), matched.substring(0, 80));
		assertTrue(matched.contains("is no better than the trivial baseline \u201cmajority class\u201d (0.990, 0.990): do not use it as it is."));
	}

	@Test
	void pageOfTenThousandImagesIsSmall() {
		final int n = 10_000;
		final int[] labels = IntStream.range(0, n).map(i -> i % 2).toArray();
		final double[] no = IntStream.range(0, n).mapToDouble(i -> (i * 7919 % n) / (double) n).toArray();
		final List<String> names = IntStream.range(0, n).mapToObj(i -> "an image with a long name, number " + i + ".png").toList();
		final ClassificationReport r = report(scores(labels, no), names);
		final String html = page(r);
		assertTrue(html.length() < 300_000, html.length() + " characters");
		assertTrue(html.contains("all in predictions.csv") || html.contains("They are in predictions.csv"));
		assertEquals(n + 1, ClassificationTables.predictionRows(r).csv().lines().count());
	}

	/** Every text that can come from a user is hostile here. */
	@Test
	void pageEscapesEverything() {
		final String evil = "<script>alert('1')</script>\"&";
		final ClassificationScores s = new ClassificationScores(List.of(evil, evil + 1), new byte[] { 0, 1 }, new float[][] { { 1, 0 }, { 1, 0 } }, List.of(
			evil, evil));
		final ClassBaselines baselines = new ClassBaselines(List.of(new ClassBaselines.Score(evil, 1, 1)));
		final ClassifiedImage mistake = new ClassifiedImage(evil, 2, 2, new float[4], evil, evil + 1, 1);
		final ClassificationReport trained = new ClassificationReport(evil, TUMOUR.model(), Optional.empty(), JudgedOn.TEST, s, List.of(new Metric(
			"accuracy", 0.5, 0, 1), new Metric(evil, 1, 0, 1)), baselines, List.of(evil), List.of(evil), PredictedImage.of(s, List.of(evil, evil), evil), List
				.of(mistake), Optional.empty(), List.of(new ClassCounts(evil, List.of(1, 1))), List.of(), Map.of(evil, evil));
		final ClassificationReport evaluated = new ClassificationReport(evil, trained.model(), Optional.of(new Evaluation(evil, Map.of(evil, evil), Map.of(
			evil, evil), evil, evil)), JudgedOn.GIVEN, s, trained.metrics(), baselines, List.of(evil), List.of(evil), trained.predictions(), List.of(mistake),
			Optional.empty(), trained.counts(), List.of(), Map.of(evil, evil));
		for (final ClassificationReport r : List.of(trained, evaluated)) {
			final String html = page(r);
			assertFalse(html.contains("<script") || html.contains("alert('"));
			assertTrue(html.split("&lt;script&gt;alert\\(&#39;1&#39;\\)&lt;/script&gt;&quot;&amp;", -1).length > 14, "all of it is there");
		}
	}

	@Test
	void foldsHaveMeanAndDeviation() {
		final String html = page(ClassificationReports.with(TUMOUR, List.of(), List.of(new Fold(1, 10, 0.7, 0.5), new Fold(2, 10, 0.8, 0.6), new Fold(3, 11,
			0.9, 0.7))));
		assertTrue(html.contains("0.800 \u00b1 0.100") && html.contains("0.600 \u00b1 0.100"), "the deviation of a sample");
	}

	/** Images of two classes that are given the first with these probabilities, each a group of its own. */
	static ClassificationScores scores(final int[] labels, final double... no) {
		final byte[] bytes = new byte[labels.length];
		for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) labels[i];
		final float[][] probabilities = Arrays.stream(no).mapToObj(p -> new float[] { (float) p, (float) (1 - p) }).toArray(float[][]::new);
		return new ClassificationScores(List.of("no", "yes"), bytes, probabilities, IntStream.range(0, labels.length).mapToObj(i -> "g" + i).toList());
	}

	private static ClassificationReport report(final ClassificationScores s, final List<String> names) {
		return report(s, PredictedImage.of(s, names, "test"), List.of(new Metric("accuracy", s.accuracy(), 0.5, 0.75), new Metric("balanced_accuracy", s
			.balancedAccuracy(), Double.NaN, Double.NaN)), List.of());
	}

	/** A reliability of one image that is right with a confidence of 0.75. */
	private static ClassificationReport report(final ClassificationScores s, final List<PredictedImage> predictions, final List<Metric> metrics,
		final List<ClassCounts> counts)
	{
		return new ClassificationReport("two classes", Optional.empty(), Optional.empty(), JudgedOn.TEST, s, metrics, new ClassBaselines(List.of(
			new ClassBaselines.Score("majority class", 0.125, 0.0625))), List.of(), List.of(), predictions, List.of(), Optional.of(new Calibration(1.5,
				Reliability.of(new double[] { 0.75 }, new boolean[] { true }))), counts, List.of(new Fold(1, 3, 0.5, 0.25)), Map.of());
	}

	private static String page(final ClassificationReport report) {
		return ClassificationResults.page(report);
	}

	private static String first(final String html) {
		return html.substring(html.indexOf("<main>")).replaceAll("<[^>]*>", " ").strip();
	}

	private static Set<String> files(final Path root) throws IOException {
		try (Stream<Path> files = Files.list(root)) {
			return files.map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
		}
	}
}
