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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;

import org.junit.jupiter.api.Test;

class RoiLabelsTest {

	private static final byte I = (byte) 255;

	private final ImagePlus stack = IJ.createImage("s", "8-bit black", 6, 4, 3);

	private static Roi roi(final int x, final int y, final int w, final int h, final String name) {
		final Roi roi = new Roi(x, y, w, h);
		roi.setName(name);
		return roi;
	}

	private static Roi at(final int slice, final Roi roi) {
		roi.setPosition(slice);
		return roi;
	}

	private RoiLabels labels(final boolean complete, final Roi... rois) {
		return new RoiLabels(stack, rois, complete);
	}

	@Test
	void sparse() {
		final RoiLabels l = labels(false, at(2, roi(0, 0, 2, 1, "tumor")), at(2, roi(3, 0, 2, 1, "background")));
		assertFalse(l.isLabelled(0));
		assertTrue(l.isLabelled(1));
		assertEquals(List.of("tumor"), l.classes());
		assertArrayEquals(new byte[] { 1, 1, I, 0, 0, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I }, l.get(1));
		final LabelledStack s = new LabelledStack(new ImageStackSamples(stack, "all"), l);
		assertEquals(1, s.size());
		assertEquals("s:2", s.name(0));
		assertEquals(1, s.plane(0));
	}

	@Test
	void complete() {
		final RoiLabels l = labels(true, at(1, roi(0, 0, 2, 1, "a")), at(1, roi(1, 0, 2, 1, "ignore")));
		assertTrue(l.isLabelled(2));
		assertEquals(1, l.get(0)[0]);
		assertEquals(I, l.get(0)[1]);
		assertEquals(0, l.get(0)[3]);
		assertArrayEquals(new byte[24], l.get(2));
	}

	@Test
	void ignoreWinsWhereverItIsInTheList() {
		assertEquals(I, labels(true, roi(0, 0, 2, 2, "ignore#1"), roi(0, 0, 3, 3, "a")).get(0)[0]);
		assertEquals(2, labels(true, roi(0, 0, 2, 2, "a"), roi(0, 0, 3, 3, "b")).get(0)[0]);
	}

	@Test
	void onlyForegroundOrNothing() {
		final String message = assertThrows(IllegalArgumentException.class, () -> labels(false, roi(0, 0, 1, 1, "a"))).getMessage();
		assertTrue(message.contains("background") && message.contains("complete"), message);
		assertThrows(IllegalArgumentException.class, () -> labels(true));
		assertThrows(IllegalArgumentException.class, () -> labels(true, roi(0, 0, 1, 1, "ignore")));
		assertThrows(IllegalArgumentException.class, () -> labels(true, new TextRoi(0, 0, "hello")));
	}

	@Test
	void classesOfNamesAndGroups() {
		final Roi grouped = roi(0, 0, 1, 1, "whatever"), three = roi(1, 0, 1, 1, "edema#7");
		grouped.setGroup(2);
		three.setGroup(3);
		final RoiLabels l = labels(true, roi(2, 0, 1, 1, "edema#2"), three, grouped, roi(3, 0, 1, 1, "core"), roi(4, 0, 1, 1, "core-1"), roi(5, 0, 1, 1,
			"0012-0034"), roi(0, 1, 1, 1, null));
		assertEquals(List.of("group 2", "edema", "core", "foreground"), l.classes());
		assertArrayEquals(new byte[] { 1, 2, 2, 3, 3, 4, 4 }, Arrays.copyOf(l.get(0), 7));
	}

	@Test
	void withoutPositionOnEverySlice() {
		final RoiLabels l = labels(true, roi(0, 0, 1, 1, "a"));
		for (int p = 0; p < 3; p++) assertEquals(1, l.get(p)[0]);
	}

	@Test
	void positionsInHyperstacks() {
		final ImagePlus h = IJ.createHyperStack("h", 4, 4, 2, 3, 2, 8);
		final Roi z2t1 = roi(0, 0, 1, 1, "a"), allT = roi(1, 0, 1, 1, "a"), index = roi(2, 0, 1, 1, "a");
		z2t1.setPosition(1, 2, 1);
		allT.setPosition(0, 3, 0);
		index.setPosition(h.getStackIndex(2, 1, 2));
		final RoiLabels l = new RoiLabels(h, new Roi[] { z2t1, allT, index }, true);
		final StringBuilder planes = new StringBuilder();
		for (int p = 0; p < 6; p++) for (int x = 0; x < 3; x++) planes.append(l.get(p)[x]);
		// Planes z1t1 z2t1 z3t1 z1t2 z2t2 z3t2
		assertEquals("000" + "100" + "010" + "001" + "000" + "010", planes.toString());
	}

	@Test
	void outsideOfTheStack() {
		final String message = assertThrows(IllegalArgumentException.class, () -> labels(true, at(4, roi(0, 0, 1, 1, "a")))).getMessage();
		assertTrue(message.contains("'a'") && message.contains("slice 4"), message);
		assertEquals(1, labels(true, at(1, roi(4, 2, 50, 50, "a")), at(1, roi(-5, -5, 6, 6, "a"))).get(0)[0]);
	}

	@Test
	void holesStayOut() {
		final Roi ring = new ShapeRoi(new Roi(0, 0, 4, 4)).not(new ShapeRoi(new Roi(1, 1, 2, 2)));
		ring.setName("a");
		final byte[] l = labels(true, ring).get(0);
		int n = 0;
		for (final byte b : l) n += b;
		assertEquals(12, n);
		assertEquals(0, l[1 * 6 + 1]);
	}

	@Test
	void linesAndPoints() {
		final Line line = new Line(0, 1, 5, 1);
		line.setName("a");
		assertArrayEquals(new byte[] { 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0 }, Arrays.copyOf(labels(true, line).get(0), 13));
		line.setStrokeWidth(3);
		final byte[] wide = labels(true, line).get(0);
		for (int i = 0; i < 18; i++) assertEquals(1, wide[i], "pixel " + i);
		assertEquals(0, wide[18 + 3]);
		final PointRoi points = new PointRoi(new int[] { 1, 4 }, new int[] { 0, 2 }, 2);
		points.setName("a");
		final byte[] dots = labels(true, points).get(0);
		int n = 0;
		for (final byte b : dots) n += b;
		assertEquals(2, n);
		assertEquals(1, dots[1]);
		assertEquals(1, dots[2 * 6 + 4]);
	}

	@Test
	void pointsHavePositionsOfTheirOwn() {
		final PointRoi multi = new PointRoi();
		multi.setName("a");
		stack.setSlice(1);
		multi.addPoint(stack, 1, 0);
		stack.setSlice(3);
		multi.addPoint(stack, 4, 0);
		final RoiLabels l = labels(true, multi);
		assertEquals("10", "" + l.get(0)[1] + l.get(0)[4]);
		assertEquals("00", "" + l.get(1)[1] + l.get(1)[4]);
		assertEquals("01", "" + l.get(2)[1] + l.get(2)[4]);
	}

	@Test
	void overlayAndManager() {
		final Roi a = roi(0, 0, 1, 1, "a"), b = roi(0, 0, 1, 1, "b");
		assertArrayEquals(new Roi[] { b }, RoiLabels.rois(stack, new Roi[] { b }));
		stack.setOverlay(new Overlay(a));
		assertEquals(2, RoiLabels.rois(stack, new Roi[] { b }).length);
	}
}
