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
 * A layer of many units whose weights do not fit into the cache: as these pass by to be changed, their products with the next batch are
 * formed too, so that they need not come from memory once more.
 */
public interface AheadKernel extends DenseKernel {

	/** The most rows of a batch. */
	int MOST_ROWS = 64;

	/**
	 * The next batch.
	 *
	 * @param x its rows
	 * @param rows their number, at most {@link #MOST_ROWS}
	 * @param weight in the layer's order, what the update changes
	 * @param beside other arrays that the update reads, at the same places as the weights: kernels may read ahead there too
	 */
	record Next(DenseRows x, int rows, float[] weight, float[][] beside) {}

	/**
	 * {@code y[b][u] += sum over i of x[b][i] * weight[u][i]} for all units and the inputs {@code from ... to - 1}: a part of {@link #forward}.
	 * The terms are added in the order of the inputs, the first one to what is in {@code y}.
	 *
	 * @param rows number of rows, at most {@link #MOST_ROWS}
	 * @param weight in the layer's order
	 */
	void addForward(DenseRows x, int rows, float[] weight, int from, int to, float[] y, int yAt, int yStride);

	/**
	 * {@link #update}, and {@link #addForward} of the next batch with the weights as they are after it, the same bits.
	 *
	 * @param rows at most {@link #MOST_ROWS} too
	 */
	void updateAhead(DenseRows x, float[] dy, int dyAt, int dyStride, int rows, int from, int to, Update update, Next next, float[] y, int yAt, int yStride);
}
