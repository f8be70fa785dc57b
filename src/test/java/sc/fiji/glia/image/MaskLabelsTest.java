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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;

import org.junit.jupiter.api.Test;

class MaskLabelsTest {

	/** 32-bit, one row per plane. */
	private static ImagePlus rows(final float[]... planes) {
		final ImageStack stack = new ImageStack(planes[0].length, 1);
		for (final float[] p : planes) stack.addSlice(new FloatProcessor(p.length, 1, p));
		return new ImagePlus("labels", stack);
	}

	private static MaskLabels labels(final LabelValues rule, final float[]... planes) {
		return new MaskLabels(rows(planes), rows(planes), rule);
	}

	private static float[] row(final int... v) {
		final float[] f = new float[v.length];
		for (int i = 0; i < v.length; i++) f[i] = v[i];
		return f;
	}

	@Test
	void masks() {
		final MaskLabels m = labels(LabelValues.AUTO, row(0, 255, 0), row(0, 0, 0));
		assertArrayEquals(new byte[] { 0, 1, 0 }, m.get(0));
		assertArrayEquals(new byte[] { 0, 0, 0 }, m.get(1));
		assertTrue(m.isLabelled(1));
		assertEquals(List.of("foreground"), m.classes());
		// Two values without 0: the lower is background
		assertArrayEquals(new byte[] { 0, 1, 0 }, labels(LabelValues.AUTO, row(1, 2, 1)).get(0));
	}

	@Test
	void invertedLutCountsRaw() {
		final ByteProcessor ip = new ByteProcessor(2, 1, new byte[] { 0, (byte) 255 });
		ip.invertLut();
		assertArrayEquals(new byte[] { 0, 1 }, new MaskLabels(rows(row(0, 0)), new ImagePlus("m", ip), LabelValues.AUTO).get(0));
	}

	@Test
	void classes() {
		final MaskLabels m = labels(LabelValues.CLASSES, row(0, 3, 1));
		assertArrayEquals(new byte[] { 0, 3, 1 }, m.get(0));
		assertEquals(3, m.classes().size());
		for (final float[] bad : new float[][] { { 0, 255 }, { 0, 1.5f }, { 0, -1 } }) {
			final String message = assertThrows(IllegalArgumentException.class, () -> labels(LabelValues.CLASSES, bad)).getMessage();
			assertTrue(message.contains("254") && message.contains("'labels'"), message);
		}
		assertEquals((byte) 254, labels(LabelValues.CLASSES, row(0, 254)).get(0)[1]);
	}

	@Test
	void objects() {
		final MaskLabels m = labels(LabelValues.OBJECTS, row(0, 3, 300));
		assertArrayEquals(new byte[] { 0, 1, 1 }, m.get(0));
		assertEquals(1, m.classes().size());
	}

	@Test
	void autoTellsClassesFromObjects() {
		// Class 1 in two separate regions (of three pixels, smaller ones count as specks)
		assertEquals(2, labels(LabelValues.AUTO, row(1, 1, 1, 0, 2, 2, 2, 0, 1, 1, 1)).classes().size());
		// Four small objects of three pixels in 1600
		final float[] cells = new float[1600];
		for (int k = 1; k <= 4; k++) for (int i = 0; i < 3; i++) cells[100 * k + i] = k;
		assertEquals(1, labels(LabelValues.AUTO, cells).classes().size());
		// The same, but large: classes
		final float[] areas = new float[1600];
		for (int k = 1; k <= 4; k++) for (int i = 0; i < 90; i++) areas[100 * k + i] = k;
		assertEquals(4, labels(LabelValues.AUTO, areas).classes().size());
		// A gap, or many values: objects
		assertEquals(1, labels(LabelValues.AUTO, row(0, 1, 1, 3, 3)).classes().size());
		assertEquals(1, labels(LabelValues.AUTO, row(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)).classes().size());
		assertEquals(1, labels(LabelValues.AUTO, new float[] { 0, 1, 1.5f, 2 }).classes().size());
	}

	@Test
	void sizesMustFit() {
		final String message = assertThrows(IllegalArgumentException.class, () -> new MaskLabels(rows(row(0, 1, 0)), rows(row(0, 1), row(0, 0)),
			LabelValues.AUTO)).getMessage();
		assertTrue(message.contains("2x1, 2 slices") && message.contains("3x1, 1 slice"), message);
	}

	@Test
	void noForeground() {
		for (final LabelValues rule : LabelValues.values()) {
			final float[] none = rule == LabelValues.INVERTED ? row(255, 255, 255) : row(0, 0, 0);
			final String message = assertThrows(IllegalArgumentException.class, () -> labels(rule, none)).getMessage();
			assertTrue(message.contains("no foreground"), message);
		}
	}

	@Test
	void invertedMask() {
		assertArrayEquals(new byte[] { 1, 0, 1 }, labels(LabelValues.INVERTED, row(0, 255, 0)).get(0));
	}

	@Test
	void colours() {
		final ImagePlus gray = new ImagePlus("g", new ColorProcessor(2, 1, new int[] { 0, 0xffffff }));
		assertArrayEquals(new byte[] { 0, 1 }, new MaskLabels(gray, gray, LabelValues.AUTO).get(0));
		final ImagePlus red = new ImagePlus("r", new ColorProcessor(2, 1, new int[] { 0, 0xff0000 }));
		assertThrows(IllegalArgumentException.class, () -> new MaskLabels(red, red, LabelValues.AUTO));
		final ImagePlus two = rows(row(0, 1), row(1, 0));
		two.setDimensions(2, 1, 1);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new MaskLabels(rows(row(0, 1)), two, LabelValues.AUTO)).getMessage().contains(
			"2 channels"));
	}

	@Test
	void valuesRule() {
		assertEquals(LabelValues.OBJECTS, LabelValues.parse("objects"));
		assertThrows(IllegalArgumentException.class, () -> LabelValues.parse("masks"));
	}

	@Test
	void pairsImageAndLabels() {
		final ImagePlus image = rows(row(5, 6), row(7, 8));
		final LabelledStack s = new LabelledStack(new ImageStackSamples(image, "all"), new MaskLabels(image, rows(row(0, 9), row(9, 0)), LabelValues.AUTO));
		assertEquals(2, s.size());
		assertArrayEquals(new float[] { 7, 8 }, s.get(1).channels()[0]);
		assertArrayEquals(new byte[] { 1, 0 }, s.get(1).labels());
		assertEquals("labels:2", s.get(1).name());
	}
}
