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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import sc.fiji.glia.data.Watch;

/** Segmentation with networks whose output can be worked out by hand. */
class SegmentStackTest {

	private static final int W = 13, H = 9;

	@TempDir
	Path folder;

	/** Slice 1: a square of 3x3 of value 200 at 2,2, a pixel of 120 at 8,2, a pixel of 200 at 8,6. Slice 2: empty, 20. Slice 3: 2x2 of 90 at 0,0. */
	private static ImagePlus image() {
		final ImagePlus imp = IJ.createImage("cells.tif", "8-bit black", W, H, 3);
		fill(imp, 1, 2, 2, 3, 3, 200);
		fill(imp, 1, 8, 2, 1, 1, 120);
		fill(imp, 1, 8, 6, 1, 1, 200);
		fill(imp, 2, 0, 0, W, H, 20);
		fill(imp, 3, 0, 0, 2, 2, 90);
		return imp;
	}

	private static void fill(final ImagePlus imp, final int slice, final int x, final int y, final int w, final int h, final int value) {
		final ImageProcessor ip = imp.getStack().getProcessor(slice);
		for (int v = y; v < y + h; v++) for (int u = x; u < x + w; u++) ip.set(u, v, value);
	}

	private Path bright() {
		return Handmade.threshold(folder.resolve("bright.zip"), 1, "all", 100);
	}

	private static SegmentStack.Result run(final ImagePlus image, final Path model, final String options) {
		final Map<String, String> given = new LinkedHashMap<>(Map.of("image", "cells.tif", "model", model.toString()));
		given.putAll(MacroOptions.parse(options));
		return SegmentStack.run(SegmentStack.SETTINGS.parse(given), image, Watch.NONE);
	}

	private static ImagePlus output(final ImagePlus image, final Path model, final String options) {
		return run(image, model, options).output().orElseThrow();
	}

	/** Pixels of value {@code v} of a slice. */
	private static int count(final ImagePlus imp, final int slice, final int v) {
		final ImageProcessor ip = imp.getStack().getProcessor(slice);
		return (int) IntStream.range(0, ip.getPixelCount()).filter(i -> ip.getf(i) == v).count();
	}

	@Test
	void masksAre0And255AndKeepWhatTheImageIs() {
		final ImagePlus image = image();
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().pixelDepth = 3;
		image.getCalibration().setUnit("um");
		image.getStack().setSliceLabel("second", 2);
		final ImagePlus mask = output(image, bright(), "");
		assertEquals("cells.tif-mask", mask.getTitle());
		assertEquals(8, mask.getBitDepth());
		assertEquals(List.of(W, H, 1, 3, 1), IntStream.of(mask.getDimensions()).boxed().toList());
		assertEquals(List.of(11, 0, 0), List.of(count(mask, 1, 255), count(mask, 2, 255), count(mask, 3, 255)));
		assertEquals(List.of(W * H - 11, W * H, W * H), List.of(count(mask, 1, 0), count(mask, 2, 0), count(mask, 3, 0)));
		assertEquals(255, mask.getStack().getProcessor(1).get(8, 6));
		assertEquals(List.of(0.5, 3.0), List.of(mask.getCalibration().pixelWidth, mask.getCalibration().pixelDepth));
		assertEquals("second", mask.getStack().getSliceLabel(2));
		assertNull(image.getOverlay(), "overlay was not asked for");
	}

	@Test
	void thresholdIsOfTheProbability() {
		// p(90) = 1 / (1 + e) = 0.269, p(120) = 0.881
		assertEquals(4, count(output(image(), bright(), "threshold=0.26"), 3, 255));
		assertEquals(0, count(output(image(), bright(), "threshold=0.27"), 3, 255));
		assertEquals(11, count(output(image(), bright(), "threshold=0.88"), 1, 255));
		assertEquals(10, count(output(image(), bright(), "threshold=0.89"), 1, 255));
		assertEquals(W * H, count(output(image(), bright(), "threshold=0"), 2, 255));
	}

	@Test
	void smallObjectsAreRemoved() {
		assertEquals(9, count(output(image(), bright(), "minimum=2"), 1, 255));
		assertEquals(9, count(output(image(), bright(), "minimum=9"), 1, 255));
		assertEquals(0, count(output(image(), bright(), "minimum=10"), 1, 255));
	}

	@Test
	void objectsAreNumberedThroughTheStack() {
		final ImagePlus labels = output(image(), bright(), "output=labels threshold=0.2");
		assertEquals("cells.tif-labels", labels.getTitle());
		final List<Integer> seen = new ArrayList<>();
		for (int s = 1; s <= 3; s++) for (int v = 1; v <= 4; v++) if (count(labels, s, v) > 0) seen.add(100 * s + v);
		assertEquals(List.of(101, 102, 103, 304), seen);
		assertEquals(9, count(labels, 1, 1));
		assertEquals(4, count(labels, 3, 4));
	}

	@Test
	void probabilities() {
		final ImagePlus p = output(image(), bright(), "output=probability");
		assertEquals("cells.tif-probability", p.getTitle());
		assertEquals(32, p.getBitDepth());
		for (final int[] at : new int[][] { { 1, 8, 2, 120 }, { 1, 2, 2, 200 }, { 1, 0, 0, 0 }, { 2, 5, 5, 20 }, { 3, 0, 0, 90 } }) {
			// float arithmetic: a few units of the last of 24 bits, in the logit of at most 10
			assertEquals(1 / (1 + Math.exp(-(at[3] - 100) / 10.0)), p.getStack().getProcessor(at[0]).getf(at[1], at[2]), 1e-5);
		}
		assertEquals(1, p.getDisplayRangeMax());
	}

	@Test
	void severalClasses() {
		final Path model = Handmade.classes(folder.resolve("classes.zip"));
		final ImagePlus labels = output(image(), model, "output=labels");
		assertEquals(List.of(1, 10, 4), List.of(count(labels, 1, 1), count(labels, 1, 2), count(labels, 3, 1)));
		assertEquals(11, count(output(image(), model, ""), 1, 255), "a mask shows every class");
		final ImagePlus p = output(image(), model, "output=probability");
		assertEquals(List.of(2, 3), List.of(p.getNChannels(), p.getNSlices()));
		final double[] e = { 1, Math.exp(4), Math.exp(-2) };
		assertEquals(e[1] / (e[0] + e[1] + e[2]), p.getStack().getProcessor(p.getStackIndex(1, 3, 1)).getf(0, 0), 1e-5);
		assertEquals(e[2] / (e[0] + e[1] + e[2]), p.getStack().getProcessor(p.getStackIndex(2, 3, 1)).getf(0, 0), 1e-5);
		final SegmentStack.Result r = run(image(), model, "output=none manager");
		assertEquals(List.of("dim#1", "bright#1", "bright#2", "dim#2").stream().sorted().toList(), r.rois().stream().map(Roi::getName).sorted().toList());
		for (final Roi roi : r.rois()) assertEquals(roi.getName().startsWith("dim") ? 1 : 2, roi.getGroup());
	}

	@Test
	void overlayReplacesOnlyOurs() {
		final ImagePlus image = image();
		final Roi own = new Roi(1, 1, 2, 2);
		own.setName("mine");
		image.setOverlay(new Overlay(own));
		final SegmentStack.Result r = run(image, bright(), "overlay output=none");
		assertTrue(r.output().isEmpty());
		assertEquals(1 + 3, image.getOverlay().size());
		assertEquals(List.of(1, 1, 1), r.rois().stream().map(Roi::getPosition).toList());
		run(image, bright(), "overlay minimum=2");
		assertEquals(1 + 1, image.getOverlay().size());
		assertEquals("mine", image.getOverlay().get(0).getName());
		assertEquals("bright#1", image.getOverlay().get(1).getName());
		run(image, bright(), "minimum=2");
		assertEquals(1 + 1, image.getOverlay().size(), "without overlay it is left alone");
	}

	@Test
	void theTableHasARowForEachSlice() {
		final ImagePlus image = image();
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().pixelHeight = 2;
		image.getCalibration().setUnit("mm");
		final var table = run(image, bright(), "output=none").table();
		assertEquals(3, table.size());
		assertEquals(List.of(11.0, 0.0, 0.0), IntStream.range(0, 3).mapToObj(i -> table.getValue("Area (mm^2)", i)).toList());
		assertEquals(List.of(3.0, 0.0, 0.0), IntStream.range(0, 3).mapToObj(i -> table.getValue("Objects", i)).toList());
		assertTrue(Double.isNaN(table.getValue("Mean probability", 1)));
	}

	@Test
	void aSliceAloneIsTheSameAsInTheStack() throws Exception {
		final ImagePlus image = Discs.image("image", 23, 17, 4);
		final Path model = folder.resolve("model.zip");
		Trainings.run(model, Discs.image("image", 24, 24, 3), Discs.mask("mask", 24, 24, 3), "network=auto validation=0");
		final ImagePlus stack = output(image, model, "output=probability");
		for (int s = 1; s <= 4; s++) {
			final ImagePlus alone = new ImagePlus("alone", image.getStack().getProcessor(s).duplicate());
			assertArrayEquals((float[]) stack.getStack().getPixels(s), (float[]) output(alone, model, "output=probability").getProcessor().getPixels());
		}
	}

	@Test
	void tinyImages() {
		final Path model = folder.resolve("model.zip");
		Trainings.run(model, Discs.image("image", 24, 24, 1), Discs.mask("mask", 24, 24, 1), "");
		final ImagePlus one = new ImagePlus("one", new ByteProcessor(1, 1)), narrow = new ImagePlus("narrow", new ByteProcessor(3, 50));
		assertEquals(List.of(1, 1), List.of(output(one, model, "").getWidth(), output(one, model, "").getHeight()));
		assertEquals(List.of(3, 50), List.of(output(narrow, model, "").getWidth(), output(narrow, model, "").getHeight()));
	}

	// -- channels --

	private static ImagePlus rgb(final ImagePlus gray, final int place) {
		final ImageStack s = new ImageStack(W, H);
		for (int z = 1; z <= gray.getStackSize(); z++) {
			final byte[][] c = { new byte[W * H], new byte[W * H], new byte[W * H] };
			c[place] = (byte[]) gray.getStack().getPixels(z);
			final ColorProcessor ip = new ColorProcessor(W, H);
			ip.setRGB(c[0], c[1], c[2]);
			s.addSlice(ip);
		}
		return new ImagePlus("rgb", s);
	}

	@Test
	void theChannelTheModelWasTrainedOnIsTaken() {
		final Path second = Handmade.threshold(folder.resolve("second.zip"), 1, "2", 100);
		assertEquals(11, count(output(rgb(image(), 1), second, ""), 1, 255));
		assertEquals(0, count(output(rgb(image(), 0), second, ""), 1, 255));
		assertEquals(11, count(output(image(), second, ""), 1, 255), "an image of just that channel");
	}

	@Test
	void otherNumbersOfChannelsAreRefused() {
		final Path three = Handmade.threshold(folder.resolve("three.zip"), 3, "all", 100);
		assertEquals(11, count(output(rgb(image(), 0), three, ""), 1, 255));
		assertEquals("model: it was trained on images of 3 channels, image 'cells.tif' has 1. Segment images of the same kind", assertThrows(
			IllegalArgumentException.class, () -> run(image(), three, "")).getMessage());
		final Path fourth = Handmade.threshold(folder.resolve("fourth.zip"), 1, "4", 100);
		assertEquals("model: it was trained on channel 4 of its images, image 'rgb' has 3 channels. Segment images of the same kind, or give it just the " +
			"1 channel it takes", assertThrows(IllegalArgumentException.class, () -> run(rgb(image(), 0), fourth, "")).getMessage());
	}

	// -- progress --

	@Test
	void eachSliceIsTold() {
		final List<String> items = Collections.synchronizedList(new ArrayList<>());
		SegmentStack.run(SegmentStack.SETTINGS.parse(Map.of("image", "cells.tif", "model", bright().toString())), image(), (what, i, of) -> items.add(what + " " + i + " of " + of));
		assertEquals(List.of("segmenting slice 1 of 3", "segmenting slice 2 of 3", "segmenting slice 3 of 3"), items.stream().distinct().sorted().toList());
	}

	@Test
	void cancelledItLeavesTheImageAlone() {
		final ImagePlus image = image();
		final Values v = SegmentStack.SETTINGS.parse(Map.of("image", "cells.tif", "model", bright().toString(), "overlay", "true"));
		assertThrows(CancellationException.class, () -> SegmentStack.run(v, image, (what, i, of) -> {
			throw new CancellationException();
		}));
		assertNull(image.getOverlay());
		assertFalse(image.isLocked());
	}
}
