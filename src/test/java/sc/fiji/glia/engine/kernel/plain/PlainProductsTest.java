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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

/** Every provider against a sum in double precision, over awkward sizes. */
class PlainProductsTest {

	/** Half the distance of 1 to the next float. */
	private static final double U = 0x1p-24;
	private static final int[] SIZES = { 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 15, 16, 17, 18, 19, 26, 27, 28, 31, 32, 33, 37, 63, 64, 65, 70 };

	@Test
	void rowsAreAddedWithinTheirBounds() {
		final SplittableRandom random = new SplittableRandom(1);
		for (final int rows : new int[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 13 }) for (final int terms : SIZES)
			for (final int length : new int[] { SIZES[random.nextInt(SIZES.length)], SIZES[random.nextInt(SIZES.length)] })
		{
			rows(rows, terms, length, 0, 0, random);
			rows(rows, terms, length, 3, terms + 2, random); // rows of one array of factors
		}
	}

	private static void rows(final int rows, final int terms, final int length, final int first, final int step,
		final SplittableRandom random)
	{
		final float[][] d = array(rows + 1, length + 3, random), p = array(terms, length, random);
		final float[][] a = new float[rows][];
		if (step == 0) for (int m = 0; m < rows; m++) a[m] = array(1, first + terms, random)[0];
		else Arrays.fill(a, array(1, first + (rows - 1) * step + terms, random)[0]);
		final float[][] before = new float[d.length][];
		for (int m = 0; m < d.length; m++) before[m] = d[m].clone();
		PlainProducts.multiplyAdd(d, rows, a, first, step, p, terms, length);
		for (int m = 0; m < d.length; m++) for (int x = 0; x < d[m].length; x++) {
			double sum = before[m][x], size = Math.abs(sum);
			if (m < rows && x < length) for (int k = 0; k < terms; k++) {
				final double term = (double) a[m][first + m * step + k] * p[k][x];
				sum += term;
				size += Math.abs(term);
			}
			// Each of the additions rounds a sum of at most that size, and each product may be rounded too; beyond the length nothing changes
			final double bound = m < rows && x < length ? (terms + 1) * U * size * 1.01 : 0;
			if (!(Math.abs(d[m][x] - sum) <= bound)) assertEquals(sum, d[m][x], bound, rows + " rows, " + terms + " terms, " + length +
				" values: row " + m + ", value " + x);
		}
	}

	private static float[][] array(final int rows, final int length, final SplittableRandom random) {
		final float[][] a = new float[rows][length];
		for (final float[] r : a) for (int i = 0; i < length; i++) r[i] = (float) random.nextDouble(-1, 1);
		return a;
	}

	@Test
	void theTermsOrderDoesNotDependOnThePlaceInTheRow() {
		// Tiles and whole images, blocks and remainders must agree bit for bit: equal columns give equal sums wherever they are
		final SplittableRandom random = new SplittableRandom(2);
		for (int terms = 1; terms <= 40; terms++) for (int rows = 1; rows <= 6; rows++) {
			final float[][] p = new float[terms][67], d = new float[rows][67], a = array(1, terms, random);
			for (final float[] r : p) Arrays.fill(r, (float) random.nextDouble(-1, 1));
			final float[][] factors = new float[rows][];
			Arrays.fill(factors, a[0]);
			PlainProducts.multiplyAdd(d, rows, factors, 0, 0, p, terms, 67);
			for (final float[] r : d) for (final float v : r) if (v != d[0][0]) assertEquals(d[0][0], v, terms + " terms, " + rows + " rows");
		}
	}
}
