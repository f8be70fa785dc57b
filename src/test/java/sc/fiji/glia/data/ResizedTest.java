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
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Holds {@link Resized} against what the definition says of small images, and against a slow sum over the plane. */
class ResizedTest {

	private static final byte[] NONE = {};

	@Test
	void shrinkingByWholeNumbersAverages() {
		final float[] in = { 1, 3, 10, 20, //
			5, 7, 30, 40 };
		assertArrayEquals(new float[] { 4, 25 }, resize(in, 4, 2, 2, 1));
	}

	@Test
	void shrinkingCountsPartsOfPixels() {
		// 3 -> 2: the first new pixel covers all of the first and half of the second
		assertArrayEquals(new float[] { (6 + 12 / 2f) / 1.5f, (12 / 2f + 3) / 1.5f }, resize(new float[] { 6, 12, 3 }, 3, 1, 2, 1));
		assertArrayEquals(new float[] { 8, 6 }, resize(new float[] { 6, 12, 3 }, 1, 3, 1, 2));
	}

	@Test
	void growingInterpolatesBetweenMiddles() {
		// 2 -> 4: middles at -0.25, 0.25, 0.75, 1.25 of the old pixels
		assertArrayEquals(new float[] { 0, 1, 3, 4 }, resize(new float[] { 0, 4 }, 2, 1, 4, 1));
		assertArrayEquals(new float[] { 0, 1, 3, 4 }, resize(new float[] { 0, 4 }, 1, 2, 1, 4));
		assertArrayEquals(new float[] { 5, 5, 5 }, resize(new float[] { 5 }, 1, 1, 3, 1));
	}

	@Test
	void oneAxisMayGrowWhileTheOtherShrinks() {
		final float[] in = { 0, 4, //
			2, 6 };
		assertArrayEquals(new float[] { 1, 2, 4, 5 }, resize(in, 2, 2, 4, 1));
	}

	@Test
	void constantsStayExactly() {
		for (final float value : new float[] { 0.1f, -1e-30f, 16777217f, 3.3e38f }) for (final int[] size : new int[][] { { 7, 11, 3, 5 }, { 7, 11, 13,
			29 }, { 240, 240, 96, 96 }, { 511, 63, 50, 50 } }) {
			final float[] in = new float[size[0] * size[1]];
			Arrays.fill(in, value);
			for (final float v : resize(in, size[0], size[1], size[2], size[3])) assertEquals(value, v);
		}
	}

	@Test
	void equalsASumOverThePlane() {
		for (final int[] s : new int[][] { { 17, 13, 5, 4 }, { 5, 4, 17, 13 }, { 9, 30, 20, 7 }, { 6, 6, 6, 3 } }) {
			final float[] in = random(s[0] * s[1]);
			final float[] out = resize(in, s[0], s[1], s[2], s[3]);
			for (int y = 0; y < s[3]; y++) for (int x = 0; x < s[2]; x++) {
				double sum = 0;
				for (int v = 0; v < s[1]; v++) for (int u = 0; u < s[0]; u++) sum += weight(s[0], s[2], x, u) * weight(s[1], s[3], y, v) * in[v * s[0] + u];
				// one rounding to float of values up to 1; the doubles differ by far less
				assertEquals(sum, out[y * s[2] + x], 0x1p-24);
			}
		}
	}

	/** Weight of old pixel {@code u} in new pixel {@code x}, from the definitions: overlap, or a tent around the middle. */
	private static double weight(final int length, final int resized, final int x, final int u) {
		final double scale = (double) length / resized;
		if (resized <= length) return Math.max(0, Math.min((x + 1) * scale, u + 1) - Math.max(x * scale, u)) / scale;
		final double at = Math.min(length - 1, Math.max(0, (x + 0.5) * scale - 0.5));
		return Math.max(0, 1 - Math.abs(at - u));
	}

	@Test
	void theMeanStaysWhereBothAxesShrink() {
		final float[] in = random(37 * 23);
		final double before = mean(in), after = mean(resize(in, 37, 23, 10, 9));
		assertEquals(before, after, 0x1p-24);
	}

	@Test
	void channelsAndLabelsGoAlong() {
		final Sample image = new Sample("a", "g", 2, 2, new float[][] { { 0, 4, 0, 4 }, { 8, 8, 0, 0 } }, SampleList.bytes(0, 1, 2, 255));
		final Sample out = Resized.apply(image, Preparation.NONE, 4, 4);
		assertEquals("a", out.name());
		assertEquals("g", out.group());
		assertEquals(2, out.channels().length);
		assertArrayEquals(new float[] { 0, 1, 3, 4 }, Arrays.copyOf(out.channels()[0], 4));
		assertArrayEquals(new float[] { 8, 8, 8, 8 }, Arrays.copyOf(out.channels()[1], 4));
		assertArrayEquals(SampleList.bytes(0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 255, 255, 2, 2, 255, 255), out.labels());
	}

	@Test
	void theViewGivesWhatTheStaticFunctionGives() {
		final Sample a = new Sample("a", "g", 5, 7, new float[][] { random(35) }, NONE), b = new Sample("b", "h", 9, 3, new float[][] { random(27) }, NONE);
		final Resized view = new Resized(SampleList.of(a, b), Preparation.BREAST, 4, 6);
		assertEquals(2, view.size());
		assertEquals("b", view.name(1));
		assertEquals("h", view.group(1));
		for (int i = 0; i < 2; i++) {
			final Sample one = Resized.apply(i == 0 ? a : b, Preparation.BREAST, 4, 6), other = view.get(i);
			assertEquals(4, other.width());
			assertEquals(6, other.height());
			assertArrayEquals(one.channels()[0], other.channels()[0]);
		}
	}

	@Test
	void nothingIsDoneToAnImageOfThatSize() {
		final Sample image = new Sample("a", "g", 3, 2, new float[][] { random(6) }, NONE);
		assertSame(image, Resized.apply(image, Preparation.NONE, 3, 2));
	}

	@Test
	void saysWhatIsWrong() {
		final Sample image = new Sample("a", "g", 1, 1, new float[][] { { 1 } }, NONE), empty = new Sample("void", "g", 0, 3, new float[][] { {} }, NONE);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new Resized(SampleList.of(image), Preparation.NONE, 0, 5)).getMessage().contains(
			"0x5"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Resized.apply(empty, Preparation.NONE, 5, 5)).getMessage().contains("'void'"));
	}

	private static float[] resize(final float[] in, final int width, final int height, final int newWidth, final int newHeight) {
		final Sample out = Resized.apply(new Sample("a", "g", width, height, new float[][] { in }, NONE), Preparation.NONE, newWidth, newHeight);
		assertEquals(newWidth, out.width());
		assertEquals(newHeight, out.height());
		return out.channels()[0];
	}

	private static float[] random(final int n) {
		final Random random = new Random(n);
		final float[] values = new float[n];
		for (int i = 0; i < n; i++) values[i] = random.nextFloat();
		return values;
	}

	private static double mean(final float[] values) {
		double sum = 0;
		for (final float v : values) sum += v;
		return sum / values.length;
	}
}
