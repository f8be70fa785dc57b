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
 * The products of one dense layer, on rows of batches: row {@code b} of {@code y} is {@code y[yAt + b * yStride ...]}. The weights are in the
 * layer's {@link #order()}.
 * <p>
 * Every sum is formed term by term in the order of its index (inputs, units or rows), each term added with one fused multiply-add, so that
 * all implementations give the same bits, however the work is dealt to threads. A kernel has working memory of its own: one for each
 * thread. No method allocates.
 */
public interface DenseKernel {

	/** Takes the gradient of a range of weights while it is in the cache; see {@link #update}. */
	@FunctionalInterface
	interface Update {

		/**
		 * @param from index of the first weight, in the layer's order
		 * @param to index after the last weight
		 * @param gradient holds the gradient of weight {@code from + i} at {@code at + i}; may be changed
		 * @param at where it begins
		 */
		void apply(int from, int to, float[] gradient, int at);
	}

	/** The order of the weights. */
	DenseOrder order();

	/**
	 * {@code y[b][u] = bias[u] + sum over i of x[b][i] * weight[u][i]} for the units of the tiles {@code fromTile ... toTile - 1}.
	 *
	 * @param rows number of rows, any
	 * @param weight in the layer's order
	 * @param bias one value for each unit, or an array of length 0 for none
	 */
	void forward(DenseRows x, int rows, float[] weight, float[] bias, int fromTile, int toTile, float[] y, int yAt, int yStride);

	/** {@code dx[b][i] = sum over u of dy[b][u] * weight[u][i]} for the inputs {@code from ... to - 1}. */
	void inputGradient(float[] dy, int dyAt, int dyStride, int rows, float[] weight, int from, int to, float[] dx, int dxAt, int dxStride);

	/**
	 * {@code gradient[u][i] += sum over b of dy[b][u] * x[b][i]} for all units and the inputs {@code from ... to - 1}; for batches that are
	 * worked off in blocks of rows.
	 *
	 * @param gradient in the layer's order; is added to
	 */
	void weightGradient(DenseRows x, float[] dy, int dyAt, int dyStride, int rows, int from, int to, float[] gradient);

	/**
	 * The same sums, of a whole batch, handed out in small ranges instead of added to an array: the optimizer's step is done while the
	 * gradient is in the cache. Together the ranges are all weights of the inputs {@code from ... to - 1}, each once.
	 */
	void update(DenseRows x, float[] dy, int dyAt, int dyStride, int rows, int from, int to, Update update);
}
