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
package sc.fiji.glia.engine.kernel.dense;

/**
 * Probabilities from logits, with what the cross-entropy needs. Relative errors, against exact values of the given floats: {@link #exp} below
 * 2^-22, the others below 1e-6. All implementations give the same bits. Safe for use by several threads; no method allocates.
 */
public interface ProbabilityKernels {

	/** {@code y = exp(x)} for {@code n} values; 0 from about -104 on, infinite from about 88.7 on, NaN for NaN. The arrays may be one. */
	void exp(float[] x, int xAt, float[] y, int yAt, int n);

	/**
	 * Sigmoid and cross-entropy: {@code p = 1 / (1 + exp(-z))} and {@code zero = log(1 + exp(z))}, the cross-entropy of a pixel whose label is 0;
	 * that of a pixel whose label is 1 is {@code zero - z}, in {@code one}. Each is computed by itself, so that none is a small difference of large
	 * numbers.
	 *
	 * @param z logits
	 * @param p receives the probabilities; may be {@code z}
	 * @param zero receives the cross-entropy for label 0
	 * @param one receives the cross-entropy for label 1
	 */
	void sigmoid(float[] z, int zAt, float[] p, int pAt, float[] zero, int zeroAt, float[] one, int oneAt, int n);

	/**
	 * Softmax over planes: {@code p[c][i] = exp(z[c][i] - log sum)} and {@code logSum[i] = log(sum over c of exp(z[c][i]))}, so that the
	 * cross-entropy of value {@code i} is {@code logSum[i] - z[label][i]}.
	 *
	 * @param z logits, class {@code c} from {@code zAt + c * zStride} on
	 * @param classes number of classes
	 * @param p receives the probabilities, class {@code c} from {@code pAt + c * pStride} on; may be {@code z}
	 * @param logSum receives the logarithm of the sum
	 * @param n values of each class
	 */
	void softmax(float[] z, int zAt, int zStride, int classes, float[] p, int pAt, int pStride, float[] logSum, int logSumAt, int n);

	/** Rows of a batch that {@link #softmaxRows} works on together. */
	int ROWS = 64;

	/**
	 * {@link #softmax} of rows: the logits of row {@code b} are {@code z[zAt + b * zStride ...]}, its probabilities {@code p[pAt + b * pStride ...]}.
	 *
	 * @param scratch working memory of {@code ROWS * classes} values
	 */
	default void softmaxRows(final float[] z, final int zAt, final int zStride, final int classes, final float[] p, final int pAt, final int pStride,
		final float[] logSum, final int logSumAt, final int rows, final float[] scratch)
	{
		for (int r = 0; r < rows; r += ROWS) {
			final int n = Math.min(ROWS, rows - r);
			for (int b = 0; b < n; b++) for (int c = 0, i = zAt + (r + b) * zStride; c < classes; c++) scratch[c * ROWS + b] = z[i + c];
			softmax(scratch, 0, ROWS, classes, scratch, 0, ROWS, logSum, logSumAt + r, n);
			for (int b = 0; b < n; b++) for (int c = 0, i = pAt + (r + b) * pStride; c < classes; c++) p[i + c] = scratch[c * ROWS + b];
		}
	}
}
