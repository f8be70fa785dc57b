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
package sc.fiji.glia.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.exec.DenseKernels;
import sc.fiji.glia.engine.kernel.dense.ByteValues;

/** Images kept as bytes, against the formula that they stand for. */
class ByteKernelsTest {

	private static List<DenseKernels> forms() {
		return KernelProvider.available().size() > 1 ? List.of(DenseKernels.values()) : List.of(DenseKernels.PLAIN);
	}

	@Test
	void valuesAreThoseOfTheFormulaBitForBit() {
		final byte[] numbers = new byte[300];
		for (int i = 0; i < numbers.length; i++) numbers[i] = (byte) i;
		// a range of 8-bit images, one that begins above 0, mean and deviation, nothing at all
		final double[][] lines = { { 0, 1 / 255.0 }, { 0, 1 / 200.0 }, { 13, 1 / 230.0 }, { 33.318421, 1 / 78.567489 }, { 0, 1 } };
		for (final double[] line : lines) for (final boolean keepsZero : new boolean[] { false, true }) {
			final ByteValues values = new ByteValues(line[0], line[1], keepsZero);
			for (final DenseKernels form : forms()) for (int n = 0; n <= 70; n++) for (final int from : new int[] { 0, 3, 230 }) {
				final float[] expected = new float[80], actual = new float[80];
				Arrays.fill(expected, 7);
				Arrays.fill(actual, 7);
				for (int i = 0; i < n; i++) {
					final int number = (from + i) % 256;
					expected[5 + i] = keepsZero && number == 0 ? 0 : (float) ((number - line[0]) * line[1]);
				}
				form.bytes().read(numbers, from, values, actual, 5, n);
				assertArrayEquals(expected, actual, form + " " + line[0] + " " + line[1] + ", " + n + " numbers from " + from);
			}
		}
	}

	@Test
	void whatStartsAtZeroIsAProduct() {
		assertTrue(new ByteValues(0, 1 / 255.0, false).isProduct());
		assertFalse(new ByteValues(33.3, 0.01, false).isProduct());
		assertEquals(1, new ByteValues(0, 1 / 255.0, false).table()[255]);
	}
}
