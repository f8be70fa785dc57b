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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.image.RoiResults;
import sc.fiji.glia.model.Classification;

/** Explanations of networks whose gradient can be worked out by hand. */
class ExplainClassificationTest {

	/**
	 * Relative, of values that are sums of 16 products of floats and are interpolated by weights below 1: 8 roundings of 2^-24 are the most on the way of
	 * one, and as many again.
	 */
	private static final double ROUNDING = 1e-6;

	/** Class bright has the logit 0.1 m - 10, class dark 0, for the mean m of 4x4 pixels: so dlogit/dv = 0.1 / 16 for each. */
	private static final double SLOPE = 0.1 / 16;

	@TempDir
	Path folder;

	private Path model() {
		return Classifiers.brightness(folder.resolve("brightness.zip"));
	}

	/** Of 12x8 pixels, so that the network's 4x4 have 3x2 of them: slice 1 is 50 with one block of 3x2 at 6,2 of 250; slice 2 is 10; slice 3 180. */
	private static ImagePlus scans() {
		final ImagePlus imp = IJ.createImage("scans.tif", "8-bit black", 12, 8, 3);
		final int[] values = { 50, 10, 180 };
		for (int z = 0; z < 3; z++) for (int i = 0; i < 96; i++) imp.getStack().getProcessor(z + 1).set(i, z == 0 && i % 12 / 3 == 2 && i / 24 == 1 ? 250
			: values[z]);
		return imp;
	}

	private static ExplainClassification.Result run(final ImagePlus image, final Path model, final String options) {
		return ExplainClassification.run(values(model, options), image, Watch.NONE);
	}

	private static Values values(final Path model, final String options) {
		final Map<String, String> given = new LinkedHashMap<>(Map.of("image", "scans.tif", "model", model.toString()));
		given.putAll(MacroOptions.parse(options));
		return ExplainClassification.SETTINGS.parse(given);
	}

	private static float at(final ImagePlus imp, final int slice, final int x, final int y) {
		return imp.getStack().getProcessor(slice).getf(x, y);
	}

	private static List<String> column(final ExplainClassification.Result result, final String name) {
		return IntStream.range(0, result.table().size()).mapToObj(i -> result.table().getStringValue(name, i)).toList();
	}

	@Test
	void gradCamIsTheSlopeTimesTheFeatureMap() {
		final ImagePlus image = scans();
		image.getCalibration().pixelWidth = 0.5;
		image.getStack().setSliceLabel("second", 2);
		final ImagePlus map = run(image, model(), "target=bright output=stack").output().orElseThrow();
		assertEquals("scans.tif-explanation", map.getTitle());
		assertEquals(List.of(12, 8, 1, 3, 1, 32), List.of(map.getWidth(), map.getHeight(), map.getNChannels(), map.getNSlices(), map.getNFrames(), map
			.getBitDepth()));
		assertEquals(0.5, map.getCalibration().pixelWidth);
		assertEquals("second", map.getStack().getSliceLabel(2));
		// the corners, which no neighbour is mixed into; the middle of a block of 3x2 has a quarter of the block above or below
		for (int z = 1; z <= 3; z++) assertEquals(SLOPE * new int[] { 50, 10, 180 }[z - 1], at(map, z, 0, 0), ROUNDING * SLOPE * 180);
		assertEquals(SLOPE * (0.75 * 250 + 0.25 * 50), at(map, 1, 7, 2), ROUNDING * SLOPE * 250);
		assertEquals(0, map.getDisplayRangeMin());
		assertEquals(at(map, 1, 7, 2), map.getDisplayRangeMax(), "the greatest value");
		assertNull(image.getOverlay(), "it was not asked for");
	}

	@Test
	void valuesOfAnotherRangeAreDoubted() {
		final ImagePlus deep = IJ.createImage("scans.tif", "16-bit black", 12, 8, 1);
		deep.getProcessor().set(0, 0, 60000);
		deep.getProcessor().set(1, 0, 60000);
		final List<String> notes = run(deep, model(), "").notes();
		assertEquals(1, notes.size());
		assertTrue(notes.get(0).startsWith("The values of these images go from 0 to "), notes.get(0));
		assertEquals(List.of(), run(scans(), model(), "").notes());
	}

	@Test
	void whatSpeaksForNothingIsZero() {
		final ImagePlus map = run(scans(), model(), "target=dark output=stack").output().orElseThrow();
		for (int z = 1; z <= 3; z++) assertArrayEquals(new float[96], (float[]) map.getStack().getPixels(z));
	}

	@Test
	void integratedGradientsAddUpToTheLogit() {
		final ImagePlus image = scans();
		final ExplainClassification.Result r = run(image, model(), "target=bright output=stack method=integrated-gradients");
		final ImagePlus map = r.output().orElseThrow();
		// slice 1 against 50: only the block of one network pixel counts; constant slices are their own baseline
		assertEquals(SLOPE * 200 * 0.75, at(map, 1, 7, 2), ROUNDING * SLOPE * 250);
		assertEquals(0, at(map, 1, 0, 0));
		assertArrayEquals(new float[96], (float[]) map.getStack().getPixels(3));
		assertEquals(SLOPE * 200, r.table().getValue("Sum of attributions", 0), ROUNDING * 10);
		assertEquals(SLOPE * 200, r.table().getValue("Logit difference", 0), ROUNDING * 10);
		assertEquals(-map.getDisplayRangeMax(), map.getDisplayRangeMin(), "0 is in the middle of the colours");
	}

	@Test
	void theTableHasARowForEachSlice() {
		final ExplainClassification.Result r = run(scans(), model(), "");
		assertEquals("Slice\tLabel\tClass\tConfidence\tTarget\tTarget probability", r.table().getColumnHeadings().strip());
		assertEquals(List.of("dark", "dark", "bright"), column(r, "Class"));
		assertEquals(column(r, "Class"), column(r, "Target"), "the class that the network gives");
		for (int i = 0; i < 3; i++) assertEquals(i + 1, r.table().getValue("Slice", i));
		final ExplainClassification.Result bright = run(scans(), model(), "target=Bright");
		assertEquals(List.of("bright", "bright", "bright"), column(bright, "Target"));
		assertEquals(Classifiers.bright(10), bright.table().getValue("Target probability", 1), 1e-5);
		assertEquals(1 - Classifiers.bright(10), bright.table().getValue("Confidence", 1), 1e-5);
	}

	@Test
	void confidenceIsCalibrated() {
		final Path model = Classifiers.brightness(folder.resolve("two.zip"), 1, new Classification("none", 4, 4, 2));
		final ExplainClassification.Result r = run(scans(), model, "");
		assertEquals(1 / (1 + Math.exp(-8 / 2.0)), r.table().getValue("Confidence", 2), 1e-5);
	}

	// -- the overlay --

	@Test
	void theOverlayKeepsWhatIsNoExplanation() {
		final ImagePlus image = scans();
		final Roi own = new Roi(1, 1, 2, 2);
		own.setName("mine");
		image.setOverlay(new Overlay(own));
		RoiResults.overlay(image, List.of(new Roi(0, 0, 1, 1)));
		assertTrue(run(image, model(), "").output().isEmpty());
		assertEquals(2 + 3, image.getOverlay().size());
		run(image, model(), "target=bright");
		assertEquals(2 + 3, image.getOverlay().size(), "in the place of those before");
		assertEquals("mine", image.getOverlay().get(3).getName(), "above the pictures");
		for (int z = 1; z <= 3; z++) {
			final ImageRoi roi = (ImageRoi) image.getOverlay().get(z - 1);
			assertEquals("bright", roi.getName());
			assertEquals(z, roi.getPosition());
			assertEquals(0.5, roi.getOpacity());
			assertTrue(roi.getZeroTransparent());
			assertTrue(RoiResults.isOurs(roi), "so that it is no label to train on");
			assertEquals(List.of(12, 8), List.of(roi.getProcessor().getWidth(), roi.getProcessor().getHeight()));
		}
		RoiResults.overlay(image, List.of());
		assertEquals(1 + 3, image.getOverlay().size(), "a segmentation leaves it alone");
	}

	@Test
	void coloursAreOfOneScaleForAllSlices() {
		final ImagePlus image = scans();
		run(image, model(), "target=bright");
		final Overlay overlay = image.getOverlay();
		final double most = 0.75 * 250 + 0.25 * 50;
		assertEquals(0xffff00, colour(overlay, 0, 7, 2), "the greatest value is yellow");
		assertEquals((int) Math.round(255 * 2 * 50 / most) << 16, colour(overlay, 0, 0, 0), "below half of it red");
		assertEquals(0, colour(overlay, 1, 0, 0), "below a tenth transparent");
		assertEquals(0xff0000 | (int) Math.round(255 * (2 * 180 / most - 1)) << 8, colour(overlay, 2, 5, 5));
	}

	private static int colour(final Overlay overlay, final int i, final int x, final int y) {
		return ((ImageRoi) overlay.get(i)).getProcessor().get(x, y) & 0xffffff;
	}

	@Test
	void theOverlayIsSavedWithTheImage() {
		final ImagePlus image = scans();
		run(image, model(), "target=bright");
		final Path file = folder.resolve("saved.tif");
		new FileSaver(image).saveAsTiffStack(file.toString());
		final ImagePlus read = IJ.openImage(file.toString());
		assertEquals(3, read.getOverlay().size());
		for (int i = 0; i < 3; i++) {
			final ImageRoi roi = (ImageRoi) read.getOverlay().get(i);
			assertEquals(0.5, roi.getOpacity(), 1 / 255.0, "it is saved as a byte");
			assertEquals(List.of(true, i + 1), List.of(roi.getZeroTransparent(), roi.getPosition()));
			assertTrue(RoiResults.isOurs(roi));
			assertEquals(colour(image.getOverlay(), i, 7, 2), colour(read.getOverlay(), i, 7, 2));
		}
		run(read, model(), "target=bright");
		assertEquals(3, read.getOverlay().size(), "what was saved is replaced");
	}

	// -- images and networks of other kinds --

	@Test
	void smallImagesAndHyperstacks() {
		final ImagePlus small = new ImagePlus("small", new ByteProcessor(2, 1));
		small.getProcessor().set(1, 0, 200);
		final ImagePlus map = run(small, model(), "target=bright output=stack").output().orElseThrow();
		assertEquals(List.of(2, 1), List.of(map.getWidth(), map.getHeight()));
		final ImagePlus hyper = IJ.createHyperStack("hyper", 6, 6, 1, 2, 3, 8);
		run(hyper, model(), "");
		assertEquals(6, hyper.getOverlay().size());
		assertEquals(List.of(2, 3), List.of(hyper.getOverlay().get(5).getZPosition(), hyper.getOverlay().get(5).getTPosition()));
		assertEquals(6, run(hyper, model(), "output=stack").output().orElseThrow().getStackSize());
	}

	@Test
	void theBreastIsExplainedWhereItIs() {
		final ImagePlus image = new ImagePlus("mammogram", new FloatProcessor(64, 64));
		final ImageProcessor ip = image.getProcessor();
		for (int i = 0; i < 64 * 64; i++) ip.setf(i, i % 64 < 32 ? 200 : i % 64 > 60 && i / 64 < 3 ? 255 : 0);
		final Path model = Classifiers.brightness(folder.resolve("breast.zip"), 1, new Classification("breast", 32, 32, 1));
		final ImagePlus map = run(image, model, "target=bright output=stack").output().orElseThrow();
		assertTrue(at(map, 1, 10, 30) > 0);
		assertEquals(0, at(map, 1, 63, 0), "the label of the film was removed before");
	}

	@Test
	void networksWithoutConvolutionsNeedIntegratedGradients() {
		final Graph graph = new DenseNetwork(1, 4, 4, 2, List.of(3), false, 0).graph();
		final Path model = Classifiers.write(folder.resolve("dense.zip"), graph, Initialization.HE.weights(graph, 1), 1, List.of("a", "b"), new Classification(
			"none", 4, 4, 1), 1 / 255.0);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> run(scans(), model, "")).getMessage().endsWith(
			"has no convolutions, which grad-cam looks at. Take method=integrated-gradients, which explains any network"));
		assertEquals(3, run(scans(), model, "method=integrated-gradients").table().size());
	}

	@Test
	void mistakesAreTold() {
		assertEquals("target: the model has no class 'brigth'; did you mean 'bright'?\nIts classes are: bright, dark", assertThrows(
			IllegalArgumentException.class, () -> run(scans(), model(), "target=brigth")).getMessage());
		final Path segmentation = Handmade.threshold(folder.resolve("segmentation.zip"), 1, "all", 100);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> run(scans(), segmentation, "")).getMessage().contains("holds a segmentation network"));
	}

	@Test
	void progressRisesAndCancellingLeavesTheImageAlone() {
		final List<String> items = new ArrayList<>();
		final ImagePlus image = scans();
		ExplainClassification.run(values(model(), "output=stack"), image, (what, i, of) -> items.add(what + " " + i + " of " + of));
		assertEquals(List.of("explaining slice 1 of 3", "explaining slice 2 of 3", "explaining slice 3 of 3"), items.stream().distinct().toList());
		for (final String method : List.of("grad-cam", "integrated-gradients")) assertThrows(CancellationException.class, () -> ExplainClassification.run(values(
			model(), "method=" + method), image, (what, i, of) -> {
				throw new CancellationException();
			}));
		assertNull(image.getOverlay());
	}
}
