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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ShortProcessor;

import sc.fiji.glia.data.Watch;
import sc.fiji.glia.data.Preparation;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.ResidualNetwork;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.image.ImageStackSamples;
import sc.fiji.glia.model.Classification;
import sc.fiji.glia.worker.Launch;

/** Classification with networks whose output can be worked out by hand. */
class ClassifyImagesTest {

	/** Float arithmetic: a few units of the last of 24 bits, in logits of at most 20; probabilities change by a quarter of that. */
	private static final double ROUNDING = 1e-5;

	@TempDir
	Path folder;

	private static Values values(final Path model, final String options) {
		final Map<String, String> given = new LinkedHashMap<>(Map.of("image", "scans.tif", "model", model.toString()));
		given.putAll(MacroOptions.parse(options));
		return ClassifyImages.SETTINGS.parse(given);
	}

	private static ClassifyImages.Result run(final ImagePlus image, final Path model, final String options) {
		return ClassifyImages.run(values(model, options), Optional.of(image), Watch.NONE);
	}

	private ClassifyImages.Result folder(final Path images, final Path model, final String options) {
		return ClassifyImages.run(values(model, "folder=[" + images + "] " + options), Optional.empty(), Watch.NONE);
	}

	private Path model() {
		return Classifiers.brightness(folder.resolve("brightness.zip"));
	}

	private static ImagePlus scans() {
		return Classifiers.stack("scans.tif", new int[] { 50, 105, 200 });
	}

	private static List<String> column(final ResultsTable table, final String name) {
		return IntStream.range(0, table.size()).mapToObj(i -> table.getStringValue(name, i)).toList();
	}

	@Test
	void aRowForEachSlice() {
		final ResultsTable table = run(scans(), model(), "").table();
		assertEquals("Name\tClass\tConfidence\tProbability bright\tProbability dark", table.getColumnHeadings().strip());
		assertEquals(List.of("scans.tif:1", "scans.tif:2", "scans.tif:3"), column(table, "Name"));
		assertEquals(List.of("dark", "bright", "bright"), column(table, "Class"));
		final int[] means = { 50, 105, 200 };
		for (int i = 0; i < 3; i++) {
			final double p = Classifiers.bright(means[i]);
			assertEquals(p, table.getValue("Probability bright", i), ROUNDING);
			assertEquals(1 - p, table.getValue("Probability dark", i), ROUNDING);
			assertEquals(Math.max(p, 1 - p), table.getValue("Confidence", i), ROUNDING);
		}
	}

	@Test
	void confidencesHaveTheTemperatureOfTheModel() {
		final Path model = Classifiers.brightness(folder.resolve("warm.zip"), 1, new Classification("none", 4, 4, 2.5));
		assertEquals(1 / (1 + Math.exp(-0.5 / 2.5)), run(scans(), model, "").table().getValue("Confidence", 1), ROUNDING);
	}

	/** A bright pixel in the one corner of a large image counts as one of its 10 000: all of it is looked at. */
	@Test
	void imagesAreResizedAsAWhole() {
		final ByteProcessor ip = Classifiers.gray(100, 100, 100);
		ip.set(99, 99, 200);
		final ResultsTable table = run(new ImagePlus("scans.tif", ip), model(), "").table();
		assertEquals(Classifiers.bright(100.01), table.getValue("Probability bright", 0), ROUNDING);
	}

	@Test
	void imagesArePreparedAsInTheTraining() {
		final Path model = Classifiers.brightness(folder.resolve("breast.zip"), 1, new Classification("breast", 10, 10, 1));
		final ByteProcessor ip = Classifiers.gray(40, 60, 90);
		ip.setValue(130);
		ip.fill(new Roi(0, 0, 30, 60));
		final ImagePlus scan = new ImagePlus("scans.tif", ip);
		final Sample prepared = Preparation.BREAST.apply(new ImageStackSamples(scan, "all").get(0));
		final double mean = IntStream.range(0, 2400).mapToDouble(i -> prepared.channels()[0][i]).average().orElseThrow();
		assertTrue(mean < 115, "without preparation the mean is 120");
		assertEquals(Classifiers.bright(mean), run(scan, model, "").table().getValue("Probability bright", 0), ROUNDING);
	}

	// -- folders and files --

	private Path pictures() {
		final Path images = folder.resolve("images");
		Classifiers.save(images, "b.png", 20, 30, 190);
		Classifiers.save(images, "more/a.png", 3, 5, 20);
		return images;
	}

	@Test
	void picturesOfAFolderAndTheFile() throws IOException {
		final Path csv = folder.resolve("classes.csv");
		final ResultsTable table = folder(pictures(), model(), "save=[" + csv + "]").table();
		assertEquals(List.of("b.png", "more/a.png"), column(table, "Name"));
		assertEquals(List.of("bright", "dark"), column(table, "Class"));
		final List<String> lines = Files.readAllLines(csv);
		assertEquals("Name,Class,Confidence,Probability bright,Probability dark", lines.get(0));
		final String[] second = lines.get(2).split(",");
		assertEquals(List.of("more/a.png", "dark"), List.of(second[0], second[1]));
		assertEquals(Classifiers.bright(20), Double.parseDouble(second[3]), ROUNDING);
		assertEquals(3, lines.size());
	}

	@Test
	void unreadableFilesAreNamedAndLeftOutIfAsked() throws IOException {
		final Path images = pictures(), model = model();
		Files.write(images.resolve("empty.png"), new byte[0]);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> folder(images, model, "")).getMessage().contains("empty.png (0 bytes)"));
		final ClassifyImages.Result r = folder(images, model, "skip");
		assertEquals(2, r.table().size());
		assertEquals(List.of("1 unreadable picture left out: empty.png (0 bytes)"), r.notes());
	}

	@Test
	void anOverlayNeedsAnOpenImage() {
		final Path images = pictures(), model = model();
		assertTrue(assertThrows(IllegalArgumentException.class, () -> folder(images, model, "overlay")).getMessage().startsWith(
			"overlay: it is drawn on an open image"));
	}

	// -- overlay --

	private static List<String> texts(final ImagePlus image) {
		return Stream.of(image.getOverlay().toArray()).filter(TextRoi.class::isInstance).map(r -> ((TextRoi) r).getText().strip()).toList();
	}

	@Test
	void textsAreOnTheirSlicesInTheGroupOfTheirClass() {
		final ImagePlus image = scans();
		run(image, model(), "overlay");
		assertEquals(List.of("dark 0.993", "bright 0.622", "bright 1.000"), texts(image));
		final Roi[] rois = image.getOverlay().toArray();
		assertEquals(List.of(1, 2, 3), Stream.of(rois).map(Roi::getPosition).toList());
		assertEquals(List.of(2, 1, 1), Stream.of(rois).map(Roi::getGroup).toList());
		assertFalse(rois[0].getFillColor().equals(rois[1].getFillColor()));
		assertEquals(rois[2].getFillColor(), rois[1].getFillColor());
		run(scans(), model(), "");
		assertNull(scans().getOverlay());
	}

	@Test
	void textsOfHyperstacksAreOnAllChannels() {
		final ImagePlus image = IJ.createHyperStack("scans.tif", 12, 9, 2, 2, 3, 8);
		run(image, Classifiers.brightness(folder.resolve("two.zip"), 2, new Classification("none", 4, 4, 1)), "overlay");
		final Roi[] rois = image.getOverlay().toArray();
		assertEquals(6, rois.length);
		assertEquals(List.of(0, 2, 3), List.of(rois[5].getCPosition(), rois[5].getZPosition(), rois[5].getTPosition()));
	}

	@Test
	void onlyTheTextsOfAnEarlierClassificationAreReplaced() {
		final ImagePlus image = scans();
		final Roi own = new Roi(1, 1, 2, 2);
		final TextRoi note = new TextRoi(1, 1, "mine");
		image.setOverlay(new Overlay(own));
		image.getOverlay().add(note);
		run(image, model(), "overlay");
		assertEquals(5, image.getOverlay().size());
		SegmentStack.run(SegmentStack.SETTINGS.parse(Map.of("image", "scans.tif", "model", Handmade.threshold(folder.resolve("t.zip"), 1, "all", 100).toString(),
			"overlay", "true")), image, Watch.NONE);
		assertEquals(5 + 2, image.getOverlay().size(), "two slices are bright");
		run(image, model(), "overlay");
		assertEquals(5 + 2, image.getOverlay().size());
		assertEquals(List.of("mine", "dark 0.993", "bright 0.622", "bright 1.000"), texts(image));
		assertTrue(image.getOverlay().contains(own));
	}

	// -- one by one and all at once --

	private static ImagePlus noise(final int slices) {
		final Random random = new Random(3);
		final ImageStack stack = new ImageStack(17, 13);
		for (int s = 0; s < slices; s++) {
			final byte[] pixels = new byte[17 * 13];
			random.nextBytes(pixels);
			stack.addSlice(new ByteProcessor(17, 13, pixels));
		}
		return new ImagePlus("scans.tif", stack);
	}

	private static Map<String, Graph> networks() {
		final Map<String, Graph> networks = new LinkedHashMap<>();
		networks.put("dense", new DenseNetwork(1, 12, 12, 3, List.of(20), true, 0.2f).graph());
		networks.put("cnn", new Cnn(1, 12, 12, 3, List.of(8), List.of(16)).graph());
		networks.put("residual", new ResidualNetwork(1, 3, 8, 2, 1, 0.2f).graph());
		return networks;
	}

	/** Rows of the file, whose numbers are exact, without the name. */
	private List<String> rows(final ImagePlus image, final Path model, final Engine engine) throws IOException {
		final Path csv = folder.resolve("rows.csv");
		ClassifyImages.run(values(model, "save=[" + csv + "]"), Optional.of(image), Watch.NONE, engine);
		return Files.readAllLines(csv).stream().skip(1).map(l -> l.substring(l.indexOf(',') + 1)).toList();
	}

	private static Engine engine(final Engine.Where where) {
		return new Engine(where, true, Launch.standard(), 2);
	}

	private Path random(final String name, final Graph graph) {
		return Classifiers.write(folder.resolve(name + ".zip"), graph, Initialization.HE.weights(graph, 5), 1, List.of("a", "b", "c"), new Classification("none", 12,
			12, 1.25), 1 / 255.0);
	}

	/** 70 images are a batch of 64 and one of 6. */
	@TestFactory
	Stream<DynamicTest> anImageAloneIsTheSameAsInABatch() {
		return networks().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
			final Path model = random(e.getKey(), e.getValue());
			final ImagePlus image = noise(70);
			final List<String> together = rows(image, model, engine(Engine.Where.IN_PROCESS));
			assertEquals(70, together.stream().distinct().count(), "images differ");
			for (final int s : new int[] { 1, 2, 3, 31, 64, 65, 70 }) {
				final ImagePlus alone = new ImagePlus("alone", image.getStack().getProcessor(s));
				assertEquals(together.subList(s - 1, s), rows(alone, model, engine(Engine.Where.IN_PROCESS)), "slice " + s);
			}
		}));
	}

	@Test
	void aWorkerGivesTheSameBits() throws IOException {
		assumeTrue(KernelProvider.available().size() > 1, "the same kernels here and there");
		final Path model = random("cnn", networks().get("cnn"));
		assertEquals(rows(noise(70), model, engine(Engine.Where.IN_PROCESS)), rows(noise(70), model, engine(Engine.Where.WORKER)));
	}

	// -- what does not fit --

	private static String refused(final Runnable task) {
		return assertThrows(IllegalArgumentException.class, task::run).getMessage();
	}

	@Test
	void modelsOfAnotherKindAreRefused() {
		final Path segmentation = Handmade.classes(folder.resolve("pixels.zip")), classification = model();
		assertEquals("model: '" + segmentation + "' holds a segmentation network (background, dim, bright), which gives pixels a class; expected a classification " +
			"network. Use it with Segment with Network..., or choose a model that Train Classification Network... wrote", refused(() -> run(scans(), segmentation, "")));
		final String other = "'" + classification + "' holds a classification network (bright, dark), which gives whole images a class; expected a segmentation " +
			"network. Use it with Classify with Network..., or choose a model that Train Segmentation Network... wrote";
		assertEquals("model: " + other, refused(() -> SegmentStack.run(SegmentStack.SETTINGS.parse(Map.of("image", "scans.tif", "model", classification.toString())),
			scans(), Watch.NONE)));
		Trainings.open(Discs.mask("mask", 24, 24, 2));
		assertEquals("start: " + other, refused(() -> TrainSegmentation.run(Trainings.values(folder.resolve("new.zip"), "labels=mask start=[" + classification + "]"),
			Optional.of(Discs.image("image", 24, 24, 2)), new Trainings.News())));
	}

	private static ImagePlus rgb(final int r, final int g, final int b) {
		final ColorProcessor ip = new ColorProcessor(8, 8);
		ip.setRGB((byte[]) Classifiers.gray(8, 8, r).getPixels(), (byte[]) Classifiers.gray(8, 8, g).getPixels(), (byte[]) Classifiers.gray(8, 8, b).getPixels());
		return new ImagePlus("scans.tif", ip);
	}

	@Test
	void channelsAreThoseOfTheTraining() {
		final Path gray = model(), three = Classifiers.brightness(folder.resolve("three.zip"), 3, new Classification("none", 4, 4, 1));
		assertEquals(Classifiers.bright(105), run(rgb(105, 105, 105), gray, "").table().getValue("Probability bright", 0), ROUNDING);
		assertTrue(refused(() -> run(rgb(200, 100, 0), gray, "")).contains("'scans.tif:1': expected 1 channel, got 3"));
		assertEquals(Classifiers.bright(95), run(rgb(95, 200, 0), three, "").table().getValue("Probability bright", 0), ROUNDING);
		assertEquals(Classifiers.bright(105), run(Classifiers.stack("scans.tif", new int[] { 105 }), three, "").table().getValue("Probability bright", 0), ROUNDING);
	}

	/** Trained on colour, which the preparation averages: the network itself takes one channel. */
	/** As with 16 bits where there were 8, or values from 0 to 1. */
	@Test
	void valuesOfAnotherRangeAreDoubted() {
		final ValueRange trained = new ValueRange(0, 255);
		assertEquals(Optional.empty(), new ValueRange(0, 255).doubt(trained));
		assertEquals(Optional.empty(), new ValueRange(-20, 300).doubt(trained), "somewhat beyond");
		assertEquals(Optional.empty(), new ValueRange(10, 40).doubt(trained), "dark");
		assertEquals(Optional.empty(), new ValueRange(7, 7).doubt(trained), "empty");
		assertTrue(new ValueRange(0, 25500).doubt(trained).orElseThrow().startsWith(
			"The values of these images go from 0 to 25500, those that the network was trained on from 0 to 255: if the bit depth"));
		assertTrue(new ValueRange(0, 1).doubt(trained).isPresent());
		assertTrue(new ValueRange(-1024, 0).doubt(trained).isPresent());
		assertTrue(new ValueRange(3000, 3000).doubt(trained).isPresent());
		assertTrue(new ValueRange(0, 255).doubt(new ValueRange(0, 65535)).isPresent());
		assertEquals(Optional.empty(), ValueRange.NONE.doubt(trained));
		final ImageStack stack = new ImageStack(4, 4);
		stack.addSlice(new ShortProcessor(4, 4));
		stack.getProcessor(1).set(2, 2, 20_000);
		final ClassifyImages.Result result = run(new ImagePlus("deep", stack), model(), "");
		assertEquals(1, result.notes().size(), result.notes().toString());
		assertTrue(result.notes().get(0).startsWith("The values of these images go from 0 to 20000"), result.notes().get(0));
	}

	@Test
	void colourMayBePreparedAway() {
		final Path model = Classifiers.brightness(folder.resolve("breast.zip"), 3, new Classification("breast", 4, 4, 1));
		assertEquals(Classifiers.bright(100), run(rgb(200, 100, 0), model, "").table().getValue("Probability bright", 0), ROUNDING);
	}

	// -- progress --

	@Test
	void eachImageIsTold() {
		final List<String> told = Collections.synchronizedList(new ArrayList<>());
		ClassifyImages.run(values(model(), ""), Optional.of(scans()), (what, item, of) -> told.add(what + " " + item + " of " + of));
		assertEquals(Set.of("classifying image 1 of 3", "classifying image 2 of 3", "classifying image 3 of 3"), Set.copyOf(told));
	}

	@Test
	void cancelledItLeavesNothing() {
		final ImagePlus image = scans();
		final Path csv = folder.resolve("classes.csv");
		final Values values = values(model(), "overlay save=[" + csv + "]");
		for (int item = 1; item <= 3; item++) {
			final int last = item;
			assertThrows(CancellationException.class, () -> ClassifyImages.run(values, Optional.of(image), (what, i, of) -> {
				if (i == last) throw new CancellationException();
			}));
			assertNull(image.getOverlay());
			assertFalse(Files.exists(csv));
		}
	}

	@Test
	void cancelledWhilePicturesAreCheckedNoneIsClassified() {
		Classifiers.save(folder, "pictures/a.png", 9, 9, 80);
		Classifiers.save(folder, "pictures/b.png", 9, 9, 90);
		final List<String> told = Collections.synchronizedList(new ArrayList<>());
		assertThrows(CancellationException.class, () -> ClassifyImages.run(values(model(), "folder=[" + folder.resolve("pictures") + "]"), Optional.empty(), (what, i, of) -> {
			told.add(what);
			throw new CancellationException();
		}));
		assertEquals(Set.of("checking picture"), Set.copyOf(told));
	}

	@Test
	void operationsOfDenseLayersCount() {
		final Graph graph = new DenseNetwork(1, 12, 12, 3, List.of(20), false, 0).graph();
		assertEquals(2.0 * (144 * 20 + 20 * 3), Recommendation.operations(graph, 12, 12));
	}
}
