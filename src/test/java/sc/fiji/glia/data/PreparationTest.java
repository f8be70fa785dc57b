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
package sc.fiji.glia.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Holds each step of {@link Preparation#BREAST} against its definition, and all of them on a drawn mammogram. */
class PreparationTest {

	private static final byte[] NONE = {};

	@Test
	void keysAreReadBack() {
		assertEquals(List.of("none", "breast"), Preparation.keys());
		for (final String key : Preparation.keys()) assertEquals(key, Preparation.of(key).key());
		final String message = assertThrows(IllegalArgumentException.class, () -> Preparation.of("brest")).getMessage();
		assertTrue(message.contains("none or breast") && message.contains("'brest'"), message);
	}

	@Test
	void noneIsTheImageItself() {
		final Sample image = gray(2, 1, 3, 4);
		assertSame(image, Preparation.NONE.apply(image));
		assertEquals(3, Preparation.NONE.channels(3));
		assertEquals(1, Preparation.BREAST.channels(3));
	}

	@Test
	void medianIsTheThirteenthOf25() {
		final Random random = new Random(5);
		for (final int[] size : new int[][] { { 1, 1 }, { 3, 2 }, { 256, 5 }, { 257, 6 }, { 31, 40 } }) for (final int values : new int[] { 2, 5, 1000 }) {
			final int w = size[0], h = size[1];
			final float[] in = new float[w * h];
			for (int i = 0; i < in.length; i++) in[i] = random.nextInt(values) - values / 2;
			final float[] out = MedianFilter.of(in, w, h), around = new float[25];
			for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
				for (int k = 0; k < 25; k++) around[k] = in[clamp(y + k / 5 - 2, h) * w + clamp(x + k % 5 - 2, w)];
				Arrays.sort(around);
				assertEquals(around[12], out[y * w + x]);
			}
		}
	}

	@Test
	void otsuCutsWhereTheVarianceBetweenIsGreatest() {
		final Random random = new Random(3);
		for (int round = 0; round < 50; round++) {
			final float[] values = new float[200];
			for (int i = 0; i < values.length; i++) values[i] = 7 + (int) (random.nextInt(4) == 0 ? 150 + 20 * random.nextGaussian() : Math.abs(40 * random
				.nextGaussian()));
			double best = 0;
			float threshold = Float.NaN;
			for (float t = 0; t < 256; t++) if (between(values, t) > best * (1 + 1e-12)) {
				best = between(values, t);
				threshold = t;
			}
			final boolean[] above = Otsu.above(values);
			for (int i = 0; i < values.length; i++) assertEquals(values[i] > threshold, above[i]);
		}
	}

	private static double between(final float[] values, final float t) {
		final double[] sum = new double[2], n = new double[2];
		for (final float v : values) {
			sum[v > t ? 1 : 0] += v;
			n[v > t ? 1 : 0]++;
		}
		return n[0] == 0 || n[1] == 0 ? 0 : n[0] * n[1] * Math.pow(sum[0] / n[0] - sum[1] / n[1], 2);
	}

	@Test
	void otsuTakesValuesOfAnySizeAndNoneOfConstants() {
		assertArrayEquals(new boolean[] { false, true, false, true, true }, Otsu.above(new float[] { -1000, 60000, -900, 65535, 50000 }));
		assertArrayEquals(new boolean[] { true, false, false }, Otsu.above(new float[] { 3e-7f, 0, 1e-9f }));
		assertArrayEquals(new boolean[] { false, true, false }, Otsu.above(new float[] { -3e38f, 3e38f, -2e38f }));
		assertArrayEquals(new boolean[4], Otsu.above(new float[] { 5, 5, 5, 5 }));
	}

	/** The 11x11 ellipse of morphology as it is commonly drawn: as wide as the rows of {@link #ELLIPSE}. */
	@Test
	void aPointDilatesToTheEllipse() {
		final int w = 140, h = 30;
		for (final int[] at : new int[][] { { 10, 10 }, { 62, 15 }, { 66, 12 }, { 134, 24 } }) {
			final boolean[] ones = new boolean[w * h];
			ones[at[1] * w + at[0]] = true;
			final BinaryImage out = BinaryImage.of(ones, w, h).dilate(5);
			for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) assertEquals(inEllipse(x - at[0], y - at[1]), out.get(x, y));
		}
	}

	private static final String[] ELLIPSE = { "00000100000", "00111111100", "01111111110", "11111111111", "11111111111", "11111111111", "11111111111",
		"11111111111", "01111111110", "00111111100", "00000100000" };

	private static boolean inEllipse(final int dx, final int dy) {
		return Math.abs(dx) <= 5 && Math.abs(dy) <= 5 && ELLIPSE[dy + 5].charAt(dx + 5) == '1';
	}

	@Test
	void openingAndClosingAreUnionsOfEllipses() {
		final int w = 131, h = 40;
		final Random random = new Random(9);
		final boolean[] ones = new boolean[w * h];
		for (int blot = 0; blot < 60; blot++) {
			final int cx = random.nextInt(w), cy = random.nextInt(h), r = 1 + random.nextInt(6);
			for (int p = 0; p < ones.length; p++) if (Math.hypot(p % w - cx, p / w - cy) < r) ones[p] = true;
		}
		final BinaryImage image = BinaryImage.of(ones, w, h), opened = image.open(5), closed = image.close(5);
		final boolean[] zeros = new boolean[ones.length];
		for (int p = 0; p < ones.length; p++) zeros[p] = !ones[p];
		final boolean[] covered = covered(ones, w, h), gaps = covered(zeros, w, h);
		int changed = 0;
		for (int p = 0; p < ones.length; p++) {
			assertEquals(covered[p], opened.get(p % w, p / w));
			assertEquals(!gaps[p], closed.get(p % w, p / w));
			if (covered[p] != ones[p] || gaps[p] == ones[p]) changed++;
		}
		assertTrue(changed > 100, "the image shows nothing");
	}

	/** Pixels covered by an ellipse around any pixel of the image that, where it is inside the image, lies on ones only. */
	private static boolean[] covered(final boolean[] ones, final int w, final int h) {
		final boolean[] covered = new boolean[ones.length];
		for (int p = 0; p < ones.length; p++) {
			boolean fits = true;
			for (int q = 0; q < ones.length; q++) if (inEllipse(q % w - p % w, q / w - p / w) && !ones[q]) fits = false;
			for (int q = 0; fits && q < ones.length; q++) if (inEllipse(q % w - p % w, q / w - p / w)) covered[q] = true;
		}
		return covered;
	}

	@Test
	void theLargestComponentHasTheMostPixels() {
		final Random random = new Random(2);
		for (int round = 0; round < 40; round++) {
			final int w = 1 + random.nextInt(150), h = 1 + random.nextInt(12);
			final double share = 0.1 + 0.5 * random.nextDouble();
			final byte[] classes = new byte[w * h];
			final boolean[] ones = new boolean[w * h];
			for (int p = 0; p < ones.length; p++) classes[p] = (byte) ((ones[p] = random.nextDouble() < share) ? 1 : 0);
			final List<Integer> areas = ConnectedPixels.areas(new Sample("a", "g", w, h, new float[0][], classes));
			final BinaryImage largest = BinaryImage.of(ones, w, h).largestComponent();
			final byte[] kept = new byte[w * h];
			int area = 0;
			for (int p = 0; p < kept.length; p++) if (largest.get(p % w, p / w)) {
				assertTrue(ones[p]);
				kept[p] = 1;
				area++;
			}
			assertEquals(areas.stream().mapToInt(a -> a).max().orElse(0), area);
			assertEquals(areas.isEmpty() ? 0 : 1, ConnectedPixels.areas(new Sample("a", "g", w, h, new float[0][], kept)).size());
			assertEquals(areas.isEmpty(), largest.isEmpty());
		}
	}

	@Test
	void theBreastIsKeptAndTheLabelOfTheFilmIsNot() {
		for (final float scale : new float[] { 1, 257, 1e-3f }) {
			final Sample out = Preparation.BREAST.apply(mammogram(scale));
			final float[] values = out.channels()[0];
			assertEquals(120, out.width());
			assertEquals(160, out.height());
			int inside = 0;
			for (int y = 0; y < 160; y++) for (int x = 0; x < 120; x++) {
				final double d = Math.hypot(x, y - 80);
				// opening rounds what meets the edge of the image, and the median the edge itself, by no more than their size
				if (d < 60 - 8) assertEquals(100 * scale, values[y * 120 + x]);
				if (d > 60 + 3) assertEquals(0, values[y * 120 + x]);
				if (values[y * 120 + x] > 0) inside++;
			}
			assertEquals(Math.PI * 60 * 60 / 2, inside, 0.02 * Math.PI * 60 * 60 / 2);
		}
	}

	/** Resized pixels are no whole numbers, so a fitted range would be that of the data; /255 is given by its constants. */
	@Test
	void aMammogramBecomes50x50PixelsFromZeroToOne() {
		final Normalization by255 = new Normalization(Normalization.Method.RANGE, Normalization.Scope.DATASET, false, List.of(0.0), List.of(1 / 255.0));
		final Sample out = Resized.apply(mammogram(2.55f), Preparation.BREAST, 50, 50);
		final float[] values = by255.apply(out.channels())[0];
		assertEquals(50 * 50, values.length);
		assertEquals(0, values[0]);
		// 2.55 * 100 / 255, rounded to float three times
		assertEquals(1, values[25 * 50 + 2], 3 * 0x1p-24);
		assertEquals(0, values[5 * 50 + 42]);
		assertArrayEquals(new float[] { 0, 1 }, by255.apply(new float[][] { { 0, 255 } })[0]);
	}

	/** Half a disk at the left edge, a smaller and brighter sign on the right, a line of dust between, and single bright pixels. */
	private static Sample mammogram(final float scale) {
		final float[] values = new float[120 * 160];
		for (int y = 0; y < 160; y++) for (int x = 0; x < 120; x++) {
			float v = 4;
			if (Math.hypot(x, y - 80) < 60) v = 100;
			if (x > 90 && x < 115 && y > 10 && y < 30) v = 250;
			if (y == 50 && x > 40) v = 200;
			if (x % 17 == 5 && y % 13 == 3) v = 255;
			values[y * 120 + x] = v * scale;
		}
		return new Sample("film", "patient", 120, 160, new float[][] { values }, NONE);
	}

	@Test
	void channelsAreAveraged() {
		final float[] gray = mammogram(1).channels()[0], a = gray.clone(), b = gray.clone();
		for (int i = 0; i < gray.length; i++) {
			a[i] -= 3;
			b[i] += 3;
		}
		final Sample colored = new Sample("film", "patient", 120, 160, new float[][] { a, gray, b }, NONE), out = Preparation.BREAST.apply(colored);
		assertEquals(1, out.channels().length);
		assertArrayEquals(Preparation.BREAST.apply(mammogram(1)).channels()[0], out.channels()[0]);
		assertEquals("patient", out.group());
	}

	@Test
	void theImageGivenStaysAsItIs() {
		final Sample image = mammogram(1);
		Preparation.BREAST.apply(image);
		assertArrayEquals(mammogram(1).channels()[0], image.channels()[0]);
	}

	@Test
	void imagesWithoutAnObjectKeepTheirPixels() {
		final float[] constant = new float[30 * 20];
		Arrays.fill(constant, 7);
		assertArrayEquals(constant, Preparation.BREAST.apply(new Sample("a", "g", 30, 20, new float[][] { constant }, NONE)).channels()[0]);
		// a stripe that the median keeps and no ellipse fits into
		final float[] stripe = new float[30 * 20];
		for (int i = 0; i < stripe.length; i++) stripe[i] = i % 30 >= 10 && i % 30 < 16 ? 9 : 1;
		final float[] out = Preparation.BREAST.apply(new Sample("a", "g", 30, 20, new float[][] { stripe }, NONE)).channels()[0];
		assertArrayEquals(stripe, out);
		assertFalse(BinaryImage.of(Otsu.above(stripe), 30, 20).isEmpty());
		assertArrayEquals(new float[] { 3 }, Preparation.BREAST.apply(gray(1, 1, 3)).channels()[0]);
	}

	private static Sample gray(final int width, final int height, final float... values) {
		return new Sample("a", "g", width, height, new float[][] { values }, NONE);
	}

	private static int clamp(final int i, final int n) {
		return Math.max(0, Math.min(n - 1, i));
	}
}
