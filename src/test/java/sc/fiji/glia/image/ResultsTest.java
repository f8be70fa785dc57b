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
package sc.fiji.glia.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import ij.process.LUT;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

	private final ImagePlus stack = IJ.createImage("brain.tif", "16-bit black", 6, 5, 2);

	ResultsTest() {
		stack.getCalibration().pixelWidth = 2;
		stack.getCalibration().pixelHeight = 3;
		stack.getCalibration().pixelDepth = 7;
		stack.getCalibration().xOrigin = 4;
		stack.getCalibration().setUnit("mm");
		stack.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { -5, 1 }, "HU");
		stack.getStack().setSliceLabel("first", 1);
	}

	/** From rows of digits. */
	private static byte[] plane(final String... rows) {
		final String all = String.join("", rows);
		final byte[] out = new byte[all.length()];
		for (int i = 0; i < out.length; i++) out[i] = (byte) (all.charAt(i) - '0');
		return out;
	}

	private static final byte[] RING_AND_DOT = plane("111000", "101000", "111002", "000100", "000000");
	private static final byte[] EMPTY = new byte[30];

	@Test
	void masksKeepCalibrationLabelsAndPosition() {
		stack.setSlice(2);
		final ImagePlus m = Masks.mask(stack, List.of(RING_AND_DOT, EMPTY));
		assertEquals("brain.tif-mask", m.getTitle());
		assertEquals(8, m.getBitDepth());
		assertEquals(2, m.getNSlices());
		assertFalse(m.isInvertedLut());
		assertEquals(255, m.getStack().getProcessor(1).get(0, 0));
		assertEquals(0, m.getStack().getProcessor(1).get(1, 1));
		assertEquals(255, m.getStack().getProcessor(1).get(5, 2));
		assertEquals("first", m.getStack().getSliceLabel(1));
		assertNull(m.getStack().getSliceLabel(2));
		assertEquals(3, m.getCalibration().pixelHeight);
		assertEquals(4, m.getCalibration().xOrigin);
		assertEquals("mm", m.getCalibration().getUnit());
		assertFalse(m.getCalibration().calibrated());
		assertTrue(stack.getCalibration().calibrated());
		assertEquals(2, m.getCurrentSlice());
		assertThrows(IllegalArgumentException.class, () -> Masks.mask(stack, List.of(EMPTY)));
	}

	@Test
	void hyperstackChannelsBecomeOne() {
		final ImagePlus h = IJ.createHyperStack("h", 2, 1, 3, 2, 2, 8);
		h.getStack().setSliceLabel("z2t1", h.getStackIndex(1, 2, 1));
		h.setPosition(2, 2, 1);
		final ImagePlus m = Masks.classes(h, List.of(new byte[] { 0, 1 }, new byte[] { 0, 2 }, new byte[] { 0, 3 }, new byte[] { 0, 4 }));
		assertArrayEquals(new int[] { 2, 1, 1, 2, 2 }, m.getDimensions());
		assertEquals("h-labels", m.getTitle());
		assertEquals("z2t1", m.getStack().getSliceLabel(2));
		assertEquals(2, m.getSlice());
		assertEquals(3, m.getStack().getProcessor(3).get(1, 0));
	}

	@Test
	void objectsUseAsManyBitsAsTheyNeed() {
		final ImagePlus one = IJ.createImage("a.b.png", "8-bit black", 2, 1, 1);
		final ImagePlus few = Masks.objects(one, List.of(new int[] { 0, 255 }));
		assertEquals("a.b.png-labels", few.getTitle());
		assertEquals(8, few.getBitDepth());
		assertEquals(255, few.getProcessor().get(1, 0));
		final ImagePlus many = Masks.objects(one, List.of(new int[] { 0, 256 }));
		assertEquals(16, many.getBitDepth());
		assertEquals(256, many.getProcessor().get(1, 0));
		assertEquals(256, many.getDisplayRangeMax());
		assertEquals(32, Masks.objects(one, List.of(new int[] { 0, 70000 })).getBitDepth());
	}

	@Test
	void probabilities() {
		final float[][] two = { new float[30], new float[30] };
		two[1][7] = 0.25f;
		final ImagePlus p = Masks.probability(stack, List.of(two, two));
		assertEquals("brain.tif-probability", p.getTitle());
		assertArrayEquals(new int[] { 6, 5, 2, 2, 1 }, p.getDimensions());
		assertEquals(0.25f, p.getStack().getProcessor(4).getf(7));
		assertEquals(0, p.getDisplayRangeMin());
		assertEquals(1, p.getDisplayRangeMax());
		assertArrayEquals(new int[] { 6, 5, 1, 2, 1 }, Masks.probability(stack, List.of(new float[1][30], new float[1][30])).getDimensions());
	}

	@Test
	void labelColorsDiffer() {
		final LUT lut = LabelColors.lut();
		assertEquals(0, lut.getRGB(0) & 0xffffff);
		final Set<Integer> colors = new HashSet<>();
		for (int i = 0; i < 256; i++) colors.add(lut.getRGB(i));
		assertEquals(256, colors.size());
		// The first few are far apart
		for (int i = 0; i <= 12; i++) for (int j = 0; j < i; j++) {
			final int a = lut.getRGB(i), b = lut.getRGB(j);
			final int d = Math.abs((a >> 16 & 255) - (b >> 16 & 255)) + Math.abs((a >> 8 & 255) - (b >> 8 & 255)) + Math.abs((a & 255) - (b & 255));
			assertTrue(d > 75, "colours " + i + " and " + j + " differ by " + d);
		}
		assertEquals(lut.getRGB(1), LabelColors.of(256).getRGB());
	}

	@Test
	void components() {
		final Components c = Components.of(RING_AND_DOT, 6, 5, 1);
		assertArrayEquals(new int[] { 9 }, c.areas()); // the diagonal pixel belongs to the ring
		final Components two = Components.of(plane("110011", "000001"), 6, 2, 1);
		assertArrayEquals(new int[] { 2, 3 }, two.areas());
		assertArrayEquals(new int[] { 1, 1, 0, 0, 2, 2, 0, 0, 0, 0, 0, 2 }, two.labels());
		final Components large = two.removeSmaller(3);
		assertArrayEquals(new int[] { 3 }, large.areas());
		assertArrayEquals(new int[] { 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1 }, large.labels());
		assertArrayEquals(plane("000011", "000001"), Components.removeSmaller(plane("110011", "020001"), 6, 2, 3));
		assertArrayEquals(plane("110011", "020001"), Components.removeSmaller(plane("110011", "020001"), 6, 2, 0));
	}

	/** Traced and painted again, all objects are as they were. */
	@Test
	void roisAreTheObjects() {
		final List<Roi> rois = RoiResults.trace(stack, List.of(EMPTY, RING_AND_DOT), List.of("core", "edema"));
		assertEquals(List.of("core#1", "edema#1"), rois.stream().map(Roi::getName).toList());
		assertEquals(List.of(1, 2), rois.stream().map(Roi::getGroup).toList());
		assertEquals(List.of(2, 2), rois.stream().map(Roi::getPosition).toList());
		assertFalse(rois.get(0).hasHyperStackPosition());
		assertEquals(LabelColors.of(2), rois.get(1).getStrokeColor());
		final RoiLabels painted = new RoiLabels(stack, rois.toArray(new Roi[0]), true);
		assertArrayEquals(RING_AND_DOT, painted.get(1));
		assertArrayEquals(EMPTY, painted.get(0));
		assertEquals(List.of("core", "edema"), painted.classes());
	}

	@Test
	void roisInHyperstacksHaveZAndT() {
		final ImagePlus h = IJ.createHyperStack("h", 2, 1, 2, 2, 2, 8);
		final Roi roi = RoiResults.trace(h, List.of(new byte[2], new byte[2], new byte[2], new byte[] { 1, 0 }), List.of("a")).get(0);
		assertTrue(roi.hasHyperStackPosition());
		assertArrayEquals(new int[] { 0, 2, 2 }, new int[] { roi.getCPosition(), roi.getZPosition(), roi.getTPosition() });
	}

	@Test
	void overlayKeepsWhatIsNotOurs() {
		final Roi mine = new Roi(0, 0, 1, 1);
		stack.setOverlay(new Overlay(mine));
		final List<Roi> rois = RoiResults.trace(stack, List.of(EMPTY, RING_AND_DOT), List.of("core", "edema"));
		RoiResults.overlay(stack, rois);
		assertEquals(3, stack.getOverlay().size());
		RoiResults.overlay(stack, rois.subList(0, 1));
		assertEquals(2, stack.getOverlay().size());
		assertEquals(mine, stack.getOverlay().get(0));
		assertEquals(2, stack.getOverlay().get(1).getPosition());
		RoiResults.overlay(stack, List.of());
		assertEquals(1, stack.getOverlay().size());
	}

	@Test
	void writesRoiSets(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("RoiSet.zip");
		Files.writeString(file, "old");
		RoiResults.write(RoiResults.trace(stack, List.of(EMPTY, RING_AND_DOT), List.of("a/b", "edema")), file);
		final List<Roi> read = new ArrayList<>();
		final List<String> entries = new ArrayList<>();
		try (InputStream in = Files.newInputStream(file); ZipInputStream zip = new ZipInputStream(in)) {
			for (var e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
				entries.add(e.getName());
				read.add(new RoiDecoder(zip.readAllBytes(), "x").getRoi());
			}
		}
		assertEquals(List.of("0001-a_b#1.roi", "0002-edema#1.roi"), entries);
		assertEquals(List.of("a/b#1", "edema#1"), read.stream().map(Roi::getName).toList());
		assertTrue(RoiResults.isOurs(read.get(0)));
		assertEquals(2, read.get(1).getPosition());
		assertEquals(2, read.get(1).getGroup());
		assertArrayEquals(RING_AND_DOT, new RoiLabels(stack, read.toArray(new Roi[0]), true).get(1));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(1, files.count());
		}
		assertThrows(UncheckedIOException.class, () -> RoiResults.write(List.of(), folder.resolve("none/RoiSet.zip")));
	}

	@Test
	void table() {
		final float[] p = new float[30];
		for (int i = 0; i < 30; i++) p[i] = RING_AND_DOT[i] == 1 ? 0.75f : 0;
		final List<double[]> means = List.of(new double[] { SegmentationTable.mean(p, RING_AND_DOT, 1) }, new double[] { SegmentationTable.mean(p, EMPTY, 1) });
		final ResultsTable t = SegmentationTable.of(stack, List.of(RING_AND_DOT, EMPTY), means, List.of("core"));
		assertEquals(2, t.size());
		assertEquals(9 * 6, t.getValue("Area (mm^2)", 0), 1e-9);
		assertEquals(1, t.getValue("Objects", 0));
		assertEquals(0.75, t.getValue("Mean probability", 0), 1e-6);
		assertEquals("first", t.getStringValue("Label", 0));
		assertEquals("brain.tif", t.getStringValue("Label", 1));
		assertEquals(2, t.getValue("Slice", 1));
		assertEquals(0, t.getValue("Area (mm^2)", 1));
		assertTrue(Double.isNaN(t.getValue("Mean probability", 1)));
		final ResultsTable two = SegmentationTable.of(IJ.createImage("x", 6, 5, 1, 8), List.of(RING_AND_DOT), List.of(), List.of("core", "edema"));
		assertEquals(1, two.getValue("edema Area (pixel^2)", 0));
		assertFalse(two.columnExists("core Mean probability"));
	}

	@Test
	void areasArePositiveWhereTheYAxisPointsUpwards() {
		final ImagePlus up = IJ.createImage("up", 6, 5, 1, 8);
		up.getCalibration().pixelWidth = 2;
		up.getCalibration().pixelHeight = -3;
		up.getCalibration().setUnit("mm");
		final ResultsTable t = SegmentationTable.of(up, List.of(RING_AND_DOT), List.of(), List.of("core"));
		assertEquals(9 * 6, t.getValue("Area (mm^2)", 0), 1e-9);
	}
}
