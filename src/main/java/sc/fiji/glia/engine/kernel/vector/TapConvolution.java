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

import sc.fiji.glia.engine.kernel.Arena;
import sc.fiji.glia.engine.kernel.BlockShape;
import sc.fiji.glia.engine.kernel.Scratch;

/** The direct convolution: one term for each input channel and kernel position, in that order. */
final class TapConvolution extends BlockConvolution {

	/** Rows of a part. */
	private static final int ROWS = 8;

	private final int[] tap;
	private final int packed;

	TapConvolution(final Wiring wiring, final Arena weights) {
		super(wiring, weights);
		tap = taps(wiring);
		packed = weights.take(wiring.to().length * tap.length * V);
	}

	/** For each term where its value is, seen from the first pixel that the first output pixel reads. */
	static int[] taps(final Wiring w) {
		final int k = w.kernel();
		final int[] tap = new int[w.inputs() * k * k];
		int n = 0;
		for (int b = 0; b < w.from().length; b++) for (int u = 0; u < k; u++) for (int v = 0; v < k; v++) for (int l = 0; l < V; l++) {
			if (w.channels()[b * V + l] >= 0) tap[n++] = w.from()[b] + u * w.in().rowStride() + v * V + l;
		}
		return tap;
	}

	/** Index of what the first tap reads for the first pixel of output row {@code y}, without the block's offset. */
	static int source(final Wiring w, final int y) {
		return w.in().row(y * w.stride() - w.before()) - w.before() * V;
	}

	@Override
	void packFilter(final Filter filter, final float[] weights, final Scratch scratch) {
		packTaps(filter, weights, packed);
	}

	@Override
	public int parts() {
		return (wiring.out().height() + ROWS - 1) / ROWS;
	}

	@Override
	public int rows() {
		return ROWS;
	}

	@Override
	public void run(final float[] m, final float[] weights, final boolean add, final float slope, final int[] mask, final int part, final Scratch scratch) {
		final BlockShape out = wiring.out();
		final int[] to = wiring.to();
		final int end = Math.min(out.height(), (part + 1) * ROWS);
		for (int y = part * ROWS; y < end; y++) for (int o = 0; o < to.length; o += 2) {
			final int blocks = Math.min(2, to.length - o), next = blocks == 2 ? to[o + 1] - to[o] : 0;
			final int d = to[o] + out.row(y), w = packed + o * tap.length * V;
			final float[] start = add ? m : weights;
			final int first = add ? d : bias + o * V, pixel = add ? V : 0, block = add ? next : V;
			if (wiring.stride() == 1) {
				TapProduct.run(m, source(wiring, y), tap, 0, tap.length, weights, w, tap.length * V, start, first, pixel, block, m, d, next, out.width(), blocks);
			}
			else for (int x = 0; x < out.width(); x++) {
				TapProduct.run(m, source(wiring, y) + x * wiring.stride() * V, tap, 0, tap.length, weights, w, tap.length * V, start, first + x * pixel, pixel, block, m,
					d + x * V, next, 1, blocks);
			}
			if (slope != 1) for (int q = o; q < o + blocks; q++) {
				final int r = to[q] + out.row(y);
				BlockMaps.mask(m, r, mask.length > 0 ? mask[q] + out.row(y) : r, out.width() * V, slope);
			}
		}
	}
}
