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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.exec.DenseKernels;
import sc.fiji.glia.engine.kernel.dense.ProbabilityKernels;

/** Both forms of exponentials, sigmoids and softmaxes against Math in double precision, and against each other bit by bit. */
class ProbabilityKernelsTest {

	private static final double RELATIVE = 1e-6;

	private static List<ProbabilityKernels> forms() {
		return KernelProvider.available().size() > 1 ? List.of(DenseKernels.PLAIN.probabilities(), DenseKernels.VECTOR.probabilities()) : List.of(
			DenseKernels.PLAIN.probabilities());
	}

	private static void same(final float[] a, final float[] b) {
		for (int i = 0; i < a.length; i++) if (Float.floatToIntBits(a[i]) != Float.floatToIntBits(b[i])) assertEquals(a[i], b[i], "value " + i);
	}

	/** Values of every size, many of them logits as they occur. */
	private static float[] values(final int n) {
		final SplittableRandom random = new SplittableRandom(1);
		final float[] x = new float[n];
		for (int i = 0; i < n; i++) x[i] = (float) (i % 3 == 0 ? random.nextDouble(-110, 95) : i % 3 == 1 ? random.nextDouble(-5, 5) : random.nextDouble(-1,
			1) * Math.pow(2, -random.nextInt(40)));
		return x;
	}

	@Test
	void exponentials() {
		final float[] x = values(100_003);
		float[] first = null;
		for (final ProbabilityKernels k : forms()) {
			final float[] y = new float[x.length + 3];
			k.exp(x, 0, y, 3, x.length);
			for (int i = 0; i < x.length; i++) {
				final double exact = Math.exp(x[i]);
				// The result is rounded where floats are sparse: half a step of the smallest, twice
				final double bound = 0x1p-22 * exact + Float.MIN_VALUE;
				if (exact < Float.MAX_VALUE && !(Math.abs(y[i + 3] - exact) <= bound)) assertEquals(exact, y[i + 3], bound, "exp(" + x[i] + ")");
			}
			if (first == null) first = y;
			same(first, y);
		}
	}

	@Test
	void exponentialsOfSpecialValues() {
		final float inf = Float.POSITIVE_INFINITY;
		final float[] x = new float[64], y = new float[64];
		final float[] special = { 0, -0f, inf, -inf, Float.NaN, 88.7f, 88.8f, -103.9f, -104.5f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE };
		for (int i = 0; i < x.length; i++) x[i] = special[i % special.length];
		for (final ProbabilityKernels k : forms()) {
			k.exp(x, 0, y, 0, x.length);
			for (int i = 0; i < x.length; i++) {
				final float v = x[i];
				if (v == 0 || v == Float.MIN_VALUE) assertEquals(1f, y[i]);
				else if (Float.isNaN(v)) assertTrue(Float.isNaN(y[i]));
				else if (v > 88.75f) assertEquals(inf, y[i]);
				else if (v <= -104.5f) assertEquals(0f, y[i]);
				else assertEquals(Math.exp(v), y[i], 0x1p-22 * Math.exp(v) + Float.MIN_VALUE);
			}
		}
	}

	@Test
	void sigmoids() {
		final float[] z = values(30_001);
		z[7] = Float.POSITIVE_INFINITY;
		z[8] = Float.NEGATIVE_INFINITY;
		z[9] = Float.NaN;
		float[][] first = null;
		for (final ProbabilityKernels k : forms()) {
			final float[][] y = new float[3][z.length];
			k.sigmoid(z, 0, y[0], 0, y[1], 0, y[2], 0, z.length);
			for (int i = 0; i < z.length; i++) {
				final double v = z[i], e = Math.exp(-Math.abs(v)), log = Math.log1p(e);
				if (i == 7 || i == 8) assertArrayEquals(i == 7 ? new float[] { 1, Float.POSITIVE_INFINITY, 0 } : new float[] { 0, 0,
					Float.POSITIVE_INFINITY }, new float[] { y[0][i], y[1][i], y[2][i] });
				else if (i == 9) for (final float[] a : y) assertTrue(Float.isNaN(a[i]));
				else {
					close(v < 0 ? e / (1 + e) : 1 / (1 + e), y[0][i], "sigmoid of " + v);
					close(Math.max(v, 0) + log, y[1][i], "cross-entropy for 0 of " + v);
					close(Math.max(-v, 0) + log, y[2][i], "cross-entropy for 1 of " + v);
				}
			}
			if (first == null) first = y;
			for (int a = 0; a < 3; a++) same(first[a], y[a]);
			final float[] inPlace = z.clone();
			k.sigmoid(inPlace, 0, inPlace, 0, new float[z.length], 0, new float[z.length], 0, z.length);
			same(y[0], inPlace);
		}
	}

	private static void close(final double expected, final float found, final String what) {
		final double bound = RELATIVE * Math.abs(expected) + Float.MIN_NORMAL * 0x1p-20;
		if (!(Math.abs(found - expected) <= bound)) assertEquals(expected, found, bound, what);
	}

	@Test
	void softmaxes() {
		final SplittableRandom random = new SplittableRandom(2);
		for (int n = 1; n <= 70; n++) for (final int classes : new int[] { 1, 2, 3, 10, 33 }) {
			final int zStride = n + random.nextInt(3), pStride = n + random.nextInt(3);
			final float[] z = new float[classes * zStride + 2];
			final double scale = random.nextInt(3) == 0 ? 60 : 3;
			for (int i = 0; i < z.length; i++) z[i] = (float) random.nextDouble(-scale, scale);
			float[] first = null, firstSum = null;
			for (final ProbabilityKernels k : forms()) {
				final float[] p = new float[classes * pStride + 1], logSum = new float[n + 1];
				k.softmax(z, 2, zStride, classes, p, 1, pStride, logSum, 1, n);
				for (int i = 0; i < n; i++) {
					double max = Double.NEGATIVE_INFINITY, sum = 0;
					for (int c = 0; c < classes; c++) max = Math.max(max, z[2 + c * zStride + i]);
					for (int c = 0; c < classes; c++) sum += Math.exp(z[2 + c * zStride + i] - max);
					for (int c = 0; c < classes; c++) {
						final double v = z[2 + c * zStride + i] - max, exact = Math.exp(v) / sum;
						/* The difference to the greatest is rounded, which counts by its size; then the exponential (4 steps of 2^-24), the sum (one for each
						 * class), its reciprocal and the product */
						final double bound = (Math.abs(v) + 7 + classes) * 0x1p-24 * exact * 1.01 + Float.MIN_VALUE;
						assertEquals(exact, p[1 + c * pStride + i], bound, n + " values, " + classes + " classes, logit " + v);
					}
					final double log = max + Math.log(sum);
					// one rounding of the result; the logarithm's own by the sum's, up to one for each class
					assertEquals(log, logSum[1 + i], (Math.abs(log) + Math.log(sum) * 4 + classes + 4) * 0x1p-24);
				}
				if (first == null) {
					first = p;
					firstSum = logSum;
				}
				same(first, p);
				same(firstSum, logSum);
				final float[] inPlace = z.clone();
				k.softmax(inPlace, 2, zStride, classes, inPlace, 2, zStride, logSum, 1, n);
				for (int c = 0; c < classes; c++) assertArrayEquals(Arrays.copyOfRange(p, 1 + c * pStride, 1 + c * pStride + n), Arrays.copyOfRange(inPlace, 2 + c *
					zStride, 2 + c * zStride + n));
			}
		}
	}

	@Test
	void rowsAreTransposedPlanes() {
		final int rows = 150, classes = 7;
		final float[] z = Arrays.copyOf(values(rows * 9 + 1), rows * 9 + 1), planes = new float[classes * rows], p = new float[rows * 8 + 2], logSum =
			new float[rows], logSumOfRows = new float[rows];
		for (int b = 0; b < rows; b++) for (int c = 0; c < classes; c++) planes[c * rows + b] = z[1 + b * 9 + c];
		for (final ProbabilityKernels k : forms()) {
			final float[] expected = new float[planes.length];
			k.softmax(planes, 0, rows, classes, expected, 0, rows, logSum, 0, rows);
			k.softmaxRows(z, 1, 9, classes, p, 2, 8, logSumOfRows, 0, rows, new float[ProbabilityKernels.ROWS * classes]);
			for (int b = 0; b < rows; b++) for (int c = 0; c < classes; c++) assertEquals(expected[c * rows + b], p[2 + b * 8 + c]);
			same(logSum, logSumOfRows);
		}
	}

	@Test
	void softmaxOfWhatIsNoNumber() {
		final float[] z = new float[3 * 40], p = new float[120], logSum = new float[40];
		for (int i = 0; i < 40; i++) {
			z[i] = i % 2 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
			z[40 + i] = 1;
			z[80 + i] = 1;
		}
		for (final ProbabilityKernels k : forms()) {
			k.softmax(z, 0, 40, 3, p, 0, 40, logSum, 0, 40);
			for (int i = 0; i < 40; i++) {
				if (i % 2 == 0) assertTrue(Float.isNaN(p[i]) && Float.isNaN(p[40 + i]) && Float.isNaN(logSum[i]));
				else assertArrayEquals(new float[] { 0, 0.5f, 0.5f }, new float[] { p[i], p[40 + i], p[80 + i] }, 0x1p-23f);
			}
		}
	}
}
