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
package sc.fiji.glia.engine.kernel.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.kernel.Scratch;

/** Tests {@link PlanePooling} against the formula, bit by bit, with rows that are worked on together and rows that are longer than that. */
public class PlanePoolingTest {

	private static final int[][] SIZES = { { 2, 2 }, { 3, 3 }, { 5, 2 }, { 2, 7 }, { 64, 48 }, { 63, 47 }, { 100, 33 }, { 7, 1030 }, { 6, 2051 } };

	@Test
	public void isTheLargestOfFour() {
		final Random random = new Random(1);
		final Scratch scratch = new Scratch();
		for (final int[] size : SIZES) {
			final int height = size[0], width = size[1], wide = width / 2;
			final float[] x = new float[height * width], y = new float[height / 2 * wide], expected = new float[y.length];
			for (int i = 0; i < x.length; i++) {
				final int kind = random.nextInt(20);
				x[i] = kind == 0 ? Float.NaN : kind < 4 ? -0f : kind < 7 ? 0 : random.nextFloat() - 0.5f;
			}
			for (int r = 0; r < height / 2; r++) for (int k = 0; k < wide; k++) {
				final int p = 2 * r * width + 2 * k, q = p + width;
				expected[r * wide + k] = Math.max(Math.max(x[p], x[p + 1]), Math.max(x[q], x[q + 1]));
			}
			PlanePooling.pool(x, width, y, scratch);
			// NB: compares bits, so -0 is not 0
			assertArrayEquals(expected, y, height + " x " + width);
		}
	}
}
