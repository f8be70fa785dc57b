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
package sc.fiji.glia.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

import sc.fiji.glia.data.ClassBaselines;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.model.Classification;
import sc.fiji.glia.task.report.ClassificationReport;
import sc.fiji.glia.task.report.ClassificationReport.JudgedOn;
import sc.fiji.glia.task.report.ClassificationTables;

/** Judging networks whose output can be worked out by hand, and trained ones. */
class EvaluateClassificationTest {

	@TempDir
	Path folder;

	private static EvaluateClassification.Result run(final Optional<ImagePlus> image, final Path model, final String options) {
		final Map<String, String> given = new LinkedHashMap<>(Map.of("image", "scans.tif", "model", model.toString()));
		given.putAll(MacroOptions.parse(options));
		return EvaluateClassification.run(EvaluateClassification.SETTINGS.parse(given), image, Watch.NONE, Engine.preferred(2));
	}

	private static ClassificationReport report(final ImagePlus image, final Path model, final String options) {
		return run(Optional.of(image), model, options).report();
	}

	private static ClassificationReport report(final Path images, final Path model, final String options) {
		return run(Optional.empty(), model, "folder=[" + images + "] " + options).report();
	}

	private Path model() {
		return Classifiers.brightness(folder.resolve("brightness.zip"));
	}

	/** Two right of three dark, two right of two bright. */
	private static ImagePlus scans() {
		return Classifiers.stack("scans.tif", new int[] { 50, 60, 160, 150, 200 }, "dark", "dark", "dark", "bright", "bright");
	}

	private static String refused(final Runnable task) {
		return assertThrows(IllegalArgumentException.class, task::run).getMessage();
	}

	@Test
	void aStackWithLabels() {
		final EvaluateClassification.Result result = run(Optional.of(scans()), model(), "");
		final ClassificationReport r = result.report();
		assertEquals(JudgedOn.GIVEN, r.judgedOn());
		assertEquals(List.of("bright", "dark"), r.scores().classes(), "in the order of the network");
		assertEquals(List.of(List.of(2L, 0L), List.of(1L, 2L)), Stream.of(r.scores().confusion()).map(row -> List.of(row[0], row[1])).toList());
		assertEquals(0.8, r.metrics().get(0).value());
		assertEquals((1 + 2 / 3.0) / 2, r.scores().balancedAccuracy(), 1e-12);
		assertEquals(List.of("scans.tif:3"), r.mistakes().stream().map(m -> m.name()).toList());
		assertEquals(List.of(2, 3), r.counts().get(0).images());
		assertTrue(result.summary().contains("Accuracy on the 5 given images of 'scans.tif': 0.8000"), result.summary());
		assertEquals("accuracy", ClassificationTables.metrics(r).getStringValue("name", 0));
	}

	/** What can be known without images to train on: the most frequent class, and what the model's own baselines came to. */
	@Test
	void withoutATrainingSideTheBaselineIsTheMajority() {
		final ClassificationReport r = report(scans(), model(), "");
		assertEquals(List.of(new ClassBaselines.Score("majority class of these images", 0.6, 0.5)), r.baselines().scores());
		assertTrue(r.notes().stream().anyMatch(n -> n.contains("majority class: accuracy 0.625")), r.notes().toString());
	}

	@Test
	void withOneClassNothingIsCompared() throws IOException {
		final Path out = folder.resolve("out");
		final EvaluateClassification.Result all = run(Optional.of(Classifiers.stack("scans.tif", new int[] { 10, 20, 30 }, "dark", "dark", "dark")), model(),
			"results=[" + out + "]");
		assertEquals(1, all.report().metrics().get(0).value());
		assertEquals(List.of("All 3 given images are of class \u201cdark\u201d: the scores tell how many of them are found, not whether they can be told from others," +
			" and no baseline can be compared. Judge images of several classes."), all.report().verdict());
		assertFalse(all.summary().contains("no better"), all.summary());
		assertEquals(List.of(), all.report().baselines().scores());
		assertFalse(Files.readString(out.resolve("report.html")).contains("no better"));
		assertFalse(Files.exists(out.resolve("roc.png")), "not defined");
	}

	@Test
	void theResultsFolder() throws IOException {
		final Path out = folder.resolve("out");
		final ClassificationReport r = report(scans(), model(), "results=[" + out + "]");
		final List<String> metrics = Files.readAllLines(out.resolve("metrics.csv"));
		assertEquals("name,value,low,high", metrics.get(0));
		assertTrue(metrics.get(1).startsWith("accuracy,0.8,"), metrics.get(1));
		assertEquals(List.of("actual / predicted,bright,dark", "bright,2,0", "dark,1,2"), Files.readAllLines(out.resolve("confusion.csv")));
		assertEquals(6, Files.readAllLines(out.resolve("predictions.csv")).size());
		for (final String file : List.of("confusion.png", "roc.png", "reliability.png", "mistakes.png")) assertTrue(Files.size(out.resolve(file)) > 0, file);
		final String page = Files.readString(out.resolve("report.html"));
		assertTrue(page.contains("Evaluation report") && page.contains("brightness.zip") && page.contains("run(&quot;Evaluate Classification..."), page);
		assertFalse(Files.exists(out.resolve("history.csv")), "nothing was trained");
		assertEquals("scans.tif", r.title());
	}

	@Test
	void calibrationIsToldWithAndWithoutTheTemperature() {
		final Path warm = Classifiers.brightness(folder.resolve("warm.zip"), 1, new Classification("none", 4, 4, 4));
		final ClassificationReport r = report(scans(), warm, ""), plain = report(scans(), model(), "");
		assertTrue(plain.calibration().isEmpty());
		assertEquals(4, r.calibration().orElseThrow().temperature());
		assertEquals(plain.scores().reliability().error(), r.calibration().get().before().error(), 1e-6);
		assertEquals(plain.metrics().get(0), r.metrics().get(0), "classes stay");
		assertEquals(1 / (1 + Math.exp(-10 / 4.0)), r.scores().confidence(4), 1e-5);
	}

	// -- sources --

	@Test
	void aFolderWithATestSideIsJudgedOnThatAndFitsBaselinesToTheOther() {
		final Path images = folder.resolve("images");
		for (int i = 0; i < 4; i++) {
			Classifiers.save(images, "train/bright/" + i + ".png", 8, 8, 140 + 10 * i);
			Classifiers.save(images, "train/dark/" + i + ".png", 9, 9, 20 + 10 * i);
		}
		Classifiers.save(images, "test/bright/a.png", 8, 8, 155);
		Classifiers.save(images, "test/dark/b.png", 9, 9, 35);
		Classifiers.save(images, "test/dark/c.png", 8, 8, 120);
		final ClassificationReport r = report(images, model(), "");
		assertEquals(JudgedOn.TEST, r.judgedOn());
		assertEquals(3, r.scores().size());
		assertEquals(2 / 3.0, r.metrics().get(0).value());
		assertEquals(List.of("training", "test"), r.counts().stream().map(ClassificationReport.ClassCounts::part).toList());
		assertEquals(List.of(4, 4), r.counts().get(0).images());
		final Map<String, Double> baselines = r.baselines().scores().stream().collect(Collectors.toMap(ClassBaselines.Score::name, ClassBaselines.Score::accuracy));
		assertEquals(2 / 3.0, baselines.get("image size"), "c has the size of the bright ones");
		assertEquals(4, baselines.size(), baselines.toString());
	}

	@Test
	void withoutATestSideItIsTheValidation() {
		final Path images = folder.resolve("images");
		for (final String side : List.of("train", "val")) {
			Classifiers.save(images, side + "/bright/a.png", 8, 8, side.equals("val") ? 150 : 160);
			Classifiers.save(images, side + "/dark/b.png", 8, 8, side.equals("val") ? 170 : 30);
		}
		final ClassificationReport r = report(images, model(), "");
		assertEquals(JudgedOn.VALIDATION, r.judgedOn());
		assertEquals(List.of("val/bright/a.png", "val/dark/b.png"), r.predictions().stream().map(p -> p.name()).toList());
		assertEquals(0.5, r.metrics().get(0).value());
	}

	@Test
	void aTable() throws IOException {
		final Path images = folder.resolve("images"), table = folder.resolve("t.csv");
		Classifiers.save(images, "a.png", 8, 8, 30);
		Classifiers.save(images, "b.png", 8, 8, 180);
		Files.writeString(table, "file,kind,patient\na.png,dark,1\nb.png,dark,1\n");
		final ClassificationReport r = report(images, model(), "table=[" + table + "] classes=kind groups=patient");
		assertEquals(0.5, r.metrics().get(0).value());
		assertEquals(List.of("1", "1"), r.scores().groups());
		assertTrue(Double.isNaN(r.scores().perClass().get(0).recall()), "no bright ones: not defined");
		assertEquals(Map.of("Folder of images", images.toString(), "Table of classes", table.toString()), r.facts());
	}

	@Test
	void classesAreMatchedByName() {
		final Path model = model();
		assertEquals("classes: class 'brigth' of 1 images, as 'scans.tif:2', is none of the network's: bright, dark. Rename it, or leave these images out", refused(
			() -> report(Classifiers.stack("scans.tif", new int[] { 1, 200, 2 }, "dark", "brigth", "dark"), model, "")));
		assertEquals(1, report(Classifiers.stack("scans.tif", new int[] { 1, 2 }, "dark", "dark"), model, "").metrics().get(0).value());
	}

	@Test
	void aSegmentationNetworkIsRefused() {
		final Path pixels = Handmade.classes(folder.resolve("pixels.zip"));
		assertTrue(refused(() -> report(scans(), pixels, "")).startsWith("model: '" + pixels + "' holds a segmentation network"));
	}

	// -- trained networks --

	/** Discs, or none, of changing brightness: the classes. Every image is different. */
	private static ImagePlus discs(final int slices) {
		final ImageStack stack = new ImageStack(24, 24);
		final ImagePlus with = Discs.image("with", 24, 24, slices);
		for (int s = 1; s <= slices; s++) {
			final ImageProcessor ip = with.getStack().getProcessor(s);
			if (s % 2 == 0) ip.flipVertical();
			if (s % 2 == 0) ip.multiply(0.4);
			stack.addSlice(s % 2 == 0 ? "dim" : "bright", ip);
		}
		return new ImagePlus("scans.tif", stack);
	}

	private Path train(final String options) {
		final Path model = folder.resolve("trained.zip");
		final Map<String, String> given = new LinkedHashMap<>(Map.of("image", "scans.tif", "network", "Dense 10", "size", "8", "epochs", "3", "model", model.toString()));
		given.putAll(MacroOptions.parse(options));
		TrainClassification.run(TrainClassification.SETTINGS.parse(given), Optional.of(discs(24)), new Trainings.News(), Engine.preferred(2));
		return model;
	}

	private static Map<String, String> predictions(final Path results) throws IOException {
		return Files.readAllLines(results.resolve("predictions.csv")).stream().skip(1).map(l -> l.split(",")).collect(Collectors.toMap(c -> c[0], c -> List.of(c)
			.subList(3, c.length).toString()));
	}

	@Test
	void predictionsAreThoseOfTheTrainingToTheLastDigit() throws IOException {
		final Path trained = folder.resolve("trained"), judged = folder.resolve("judged");
		final Path model = train("groups=none validation=0.3 results=[" + trained + "]");
		report(discs(24), model, "groups=none results=[" + judged + "]");
		final Map<String, String> then = predictions(trained), now = predictions(judged);
		assertEquals(24, now.size());
		assertTrue(then.size() >= 6 && then.size() < 24, then.toString());
		then.forEach((name, row) -> assertEquals(row, now.get(name), name));
	}

	@Test
	void imagesOfTheTrainingAreRecognised() {
		final Path model = train("groups=none validation=0.3");
		final ClassificationReport part = report(discs(24), model, "groups=none");
		assertEquals(JudgedOn.GIVEN, part.judgedOn());
		assertTrue(part.verdict().stream().anyMatch(v -> v.matches("The network was trained on 1\\d of these 24 images, pixel for pixel: the scores are too good.")), part
			.verdict().toString());
		final ImagePlus others = discs(24);
		for (int s = 1; s <= 24; s++) others.getStack().getProcessor(s).set(0, 0, 99);
		final ClassificationReport named = report(others, model, "groups=none");
		assertTrue(named.warnings().isEmpty(), named.warnings().toString());
		assertTrue(named.verdict().stream().anyMatch(v -> v.contains("have the names of images or groups that this network was trained or validated on")), named.verdict().toString());
		assertEquals(JudgedOn.TRAINING, report(discs(24), train("groups=none validation=0"), "groups=none").judgedOn());
	}

	// -- progress --

	@ParameterizedTest
	@ValueSource(strings = { "classifying image", "finding intervals, resample" })
	void cancelledItLeavesNothing(final String phase) {
		final Path out = folder.resolve("out");
		final AtomicBoolean cancelled = new AtomicBoolean();
		final Told told = new Told(line -> cancelled.compareAndSet(false, line.startsWith("Glia: " + phase + " 1 of ")), share -> {}, cancelled::get);
		final Values values = EvaluateClassification.SETTINGS.parse(Map.of("image", "scans.tif", "model", model().toString(), "results", out.toString()));
		assertThrows(CancellationException.class, () -> EvaluateClassification.run(values, Optional.of(scans()), told));
		assertTrue(cancelled.get());
		assertFalse(Files.exists(out.resolve("report.html")));
	}
}
