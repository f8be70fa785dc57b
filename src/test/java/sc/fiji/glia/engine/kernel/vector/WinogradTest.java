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
package sc.fiji.glia.engine.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static sc.fiji.glia.engine.kernel.vector.TestBlocks.V;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.kernel.KernelProvider;

/** Each transform against its matrix in double precision: sharper than the bound of a whole convolution. */
class WinogradTest {

	private static final double[][] BT = { { 4, 0, -5, 0, 1, 0 }, { 0, -4, -4, 1, 1, 0 }, { 0, 4, -4, -1, 1, 0 }, { 0, -2, -1, 2, 1, 0 }, { 0, 2, -1, -2, 1,
		0 }, { 0, 4, 0, -5, 0, 1 } };
	private static final double[][] G = { { 1 / 4., 0, 0 }, { -1 / 6., -1 / 6., -1 / 6. }, { -1 / 6., 1 / 6., -1 / 6. }, { 1 / 24., 1 / 12., 1 / 6. }, { 1 /
		24., -1 / 12., 1 / 6. }, { 0, 0, 1 } };
	private static final double[][] AT = { { 1, 1, 1, 1, 1, 0 }, { 0, 1, -1, 2, -2, 0 }, { 0, 1, 1, 4, 4, 0 }, { 0, 1, -1, 8, -8, 1 } };
	private static final double U = 0x1p-24;

	private final SplittableRandom random = new SplittableRandom(41);
	private final float[] from = new float[36 * V], between = new float[36 * V], to = new float[36 * V];

	@BeforeAll
	static void needsVectors() {
		assumeTrue(KernelProvider.available().size() > 1, "the module jdk.incubator.vector");
	}

	@Test
	void input() {
		for (int n = 0; n < 50; n++) {
			fill(from);
			Winograd.input(from, 0, 6 * V, between, 0, to, 0, V);
			check(BT, 0, 4, "input");
		}
	}

	@Test
	void gradient() {
		for (int n = 0; n < 50; n++) {
			fill(from);
			Winograd.gradient(from, 0, 4 * V, between, 0, to, 0, V);
			check(transposed(AT), 0, 4, "gradient");
		}
	}

	@Test
	void weights() {
		for (int n = 0; n < 50; n++) {
			fill(from);
			Winograd.weights(from, 0, V, between, 0, to, 0, V);
			check(G, 0, 8, "weights");
		}
	}

	@Test
	void weightGradient() {
		for (int n = 0; n < 50; n++) {
			fill(from);
			Arrays.fill(to, 0.5f);
			Winograd.weightGradient(from, 0, V, between, 0, to, 0, V);
			check(transposed(G), 0.5, 11, "gradient of the weights");
		}
	}

	@Test
	void output() {
		final float[] start = new float[V];
		Arrays.fill(start, 0.5f);
		for (int n = 0; n < 50; n++) {
			fill(from);
			Winograd.output(from, 0, V, between, 0, start, 0, false, to, 0, 4 * V, 1, from, -1, 0);
			check(AT, 0.5, 7, "output");
		}
	}

	private void fill(final float[] a) {
		for (int i = 0; i < a.length; i++) a[i] = (float) random.nextDouble(-1, 1);
	}

	/** {@code to = start + matrix from matrix^T}, lane by lane, but for so many roundings. */
	private void check(final double[][] matrix, final double start, final int roundings, final String what) {
		final int n = matrix.length, k = matrix[0].length;
		for (int l = 0; l < V; l++) for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) {
			double sum = start, size = start;
			for (int p = 0; p < k; p++) for (int q = 0; q < k; q++) {
				final double term = matrix[i][p] * matrix[j][q] * from[(p * k + q) * V + l];
				sum += term;
				size += Math.abs(term);
			}
			assertEquals(sum, to[(i * n + j) * V + l], roundings * U * 1.01 * size, what + " " + i + ", " + j);
		}
	}

	private static double[][] transposed(final double[][] a) {
		final double[][] t = new double[a[0].length][a.length];
		for (int i = 0; i < a.length; i++) for (int j = 0; j < t.length; j++) t[j][i] = a[i][j];
		return t;
	}
}
