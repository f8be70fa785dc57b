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

import java.util.Arrays;

import sc.fiji.glia.engine.kernel.dense.DenseOrder;
import sc.fiji.glia.engine.kernel.dense.DenseRows;

/**
 * The forward product of dense layers with many units: sums go along the units of some tiles, and what is added are the weights of some inputs, so few
 * that they stay in the first-level cache while all rows of the batch are worked on. The weights of the next inputs are copied a little
 * after each pair of rows, at the pace at which the processor fetches them from memory by itself.
 */
final class TiledForward {

	/** Tiles that are worked on together. */
	static final int TILES = 4;
	/** Rows of the batch that are worked on together. */
	private static final int ROWS = 64;
	/** Weights that are worked on together: they stay in the first-level cache. */
	private static final int WEIGHTS = 6144, MOST_TERMS = 48;

	private final DenseOrder order;
	/** Inputs whose weights are worked on together. */
	private final int terms;
	/** By pair of rows. */
	private final float[][][] sums, factors;
	/** Those at work, and the next. */
	private float[][] weights, next;

	TiledForward(final DenseOrder order) {
		this.order = order;
		final int width = Math.min(TILES * order.tile(), order.paddedUnits()), room = PlainProducts.padded(width);
		terms = Math.max(12, Math.min(MOST_TERMS, WEIGHTS / width / 12 * 12));
		sums = new float[ROWS / 2][2][room];
		factors = new float[ROWS / 2][2][];
		weights = new float[terms][room];
		next = new float[terms][room];
	}

	/** The most rows along units that are kept. */
	static long mostRows() {
		return ROWS + 2 * MOST_TERMS;
	}

	/** As {@link sc.fiji.glia.engine.kernel.dense.DenseKernel#forward}. */
	void run(final DenseRows x, final int rows, final float[] weight, final float[] bias, final int fromTile, final int toTile, final float[] y,
		final int yAt, final int yStride)
	{
		for (int r = 0; r < rows; r += ROWS) for (int t = fromTile; t < toTile; t += TILES) tiles(x.from(r, 0), Math.min(ROWS, rows - r), weight, bias, t, Math
			.min(toTile, t + TILES), y, yAt + r * yStride, yStride);
	}

	private void tiles(final DenseRows x, final int rows, final float[] weight, final float[] bias, final int from, final int to, final float[] y, final int yAt,
		final int yStride)
	{
		final int first = from * order.tile(), width = (to - 1 - from) * order.tile() + order.width(to - 1), units = Math.min(width, order.units() - first);
		for (int b = 0; b < rows; b++) {
			final float[] sum = sums[b / 2][b % 2];
			Arrays.fill(sum, 0, PlainProducts.padded(width), 0);
			if (bias.length > 0) System.arraycopy(bias, first, sum, 0, units);
			factors[b / 2][b % 2] = x.array(b);
		}
		final int pairs = (rows + 1) / 2;
		copy(weight, 0, from, to, 0, pieces(0, from, to));
		for (int k = 0; k < order.inputs(); k += terms) {
			final float[][] t = weights;
			weights = next;
			next = t;
			final int count = Math.min(terms, order.inputs() - k), pieces = pieces(k + terms, from, to);
			for (int p = 0; p < pairs; p++) {
				PlainProducts.multiplyAdd(sums[p], Math.min(2, rows - 2 * p), factors[p], x.start(2 * p) + k, x.stride(), weights, count, width);
				copy(weight, k + terms, from, to, p * pieces / pairs, (p + 1) * pieces / pairs);
			}
		}
		for (int b = 0; b < rows; b++) System.arraycopy(sums[b / 2][b % 2], 0, y, yAt + b * yStride + first, units);
	}

	/** Pieces of the weights of the inputs from {@code k} on that are worked on together: those of one input and one tile. */
	private int pieces(final int k, final int from, final int to) {
		return Math.max(0, Math.min(terms, order.inputs() - k)) * (to - from);
	}

	/** Copies some pieces of the weights of the inputs from {@code k} on to where the next are. */
	private void copy(final float[] weight, final int k, final int from, final int to, final int first, final int last) {
		for (int i = first; i < last; i++) {
			final int row = i / (to - from), t = from + i % (to - from), w = order.width(t);
			System.arraycopy(weight, order.start(t) + (k + row) * w, next[row], (t - from) * order.tile(), w);
		}
	}
}
