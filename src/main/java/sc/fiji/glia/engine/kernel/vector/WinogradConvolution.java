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
import sc.fiji.glia.engine.kernel.Resolution;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.WinogradRule;

/**
 * A 3x3 convolution by Winograd's algorithm F(4x4, 3x3): input tiles are transformed, multiplied with the transformed weights point by
 * point, and transformed back, some tiles at a time so that they stay in the cache. About a quarter of the multiplications of the direct
 * convolution; the errors of rounding are about ten times as large.
 * <p>
 * For n input channels, a result is within {@code (n + 20) * 2^-24} of {@code |A^T| ((|G| |g| |G^T|) * (|B^T| |d| |B|)) |A| + |bias|}, which is
 * the algorithm with every number replaced by its size, summed over the channels: n roundings of the sum of products, 4 of the input's
 * transform, 8 of that of the weights, 6 of that of the output, one each of bias and slope. Likewise the gradient of the weights, with the
 * number of tiles in the place of n.
 * <p>
 * Of 36 points of a tile, 11 are 0 if its pixels are equal in squares of 2x2, and 11 do not matter if only the sums of such squares are wanted:
 * after up-sampling, forward and backward, they are left out.
 */
final class WinogradConvolution extends BlockConvolution {

	private static final Span[] NONE = { Span.NONE };

	private final WinogradTiles tiles;
	private final int[] tap;
	private final int packed, zeros;
	// NB: arrays, since iterators of lists are left to the garbage collector, ten MB of them in a step
	/** Output blocks: all; those to be computed at points that {@link Winograd#vanishes vanish} otherwise; those that are 0 there. */
	private final Span outputs;
	private final Span[] kept, left;
	/** Input lanes: all; those that do not vanish at these points. */
	private final Span[] all, some;

	WinogradConvolution(final Wiring wiring, final Arena weights) {
		super(wiring, weights);
		tiles = new WinogradTiles(wiring.out(), wiring.from().length + wiring.to().length);
		tap = taps(lanes, tiles.panel);
		packed = weights.take(WinogradRule.POINTS * wiring.to().length * tap.length * V);
		zeros = weights.take(2 * V);
		outputs = new Span(0, wiring.to().length);
		kept = Span.of(outputs.count(), o -> !wiring.written()[o].isInSquares());
		left = Span.of(outputs.count(), o -> wiring.written()[o] == Resolution.DOUBLED);
		all = new Span[] { new Span(0, tap.length) };
		final Span[] single = Span.of(tap.length, c -> !wiring.read()[lanes[c] / V].isInSquares());
		some = single.length == 0 ? NONE : single;
	}

	/** Where in a panel of {@code tiles} tiles the lanes are. */
	static int[] taps(final int[] lanes, final int tiles) {
		final int[] tap = new int[lanes.length];
		for (int c = 0; c < tap.length; c++) tap[c] = lanes[c] / V * tiles * V + lanes[c] % V;
		return tap;
	}

	@Override
	void packFilter(final Filter filter, final float[] weights, final Scratch scratch) {
		final int k = tap.length, blocks = wiring.to().length, point = blocks * k * V;
		final float[] s = scratch.floats(blocks * k * 9 * V + WinogradTiles.TILE);
		final int first = Scratch.FIRST, temporary = first + blocks * k * 9 * V;
		packTaps(filter, s, first);
		// within a block the lanes that hold something are together; nine positions lie that many lanes apart
		for (int o = 0, from = first; o < blocks; o++) for (int c = 0; c < k;) {
			int n = 1;
			while (c + n < k && lanes[c + n] / V == lanes[c] / V) n++;
			for (int i = 0; i < n; i++) Winograd.weights(s, from + i * V, n * V, s, temporary, weights, packed + (o * k + c + i) * V, point);
			from += 9 * n * V;
			c += n;
		}
	}

	@Override
	public int parts() {
		return tiles.panels();
	}

	@Override
	public void run(final float[] m, final float[] weights, final boolean add, final float slope, final int[] mask, final int part, final Scratch scratch) {
		final int[] from = wiring.from(), to = wiring.to();
		final int in = tiles.point(from.length), out = tiles.point(to.length), n = tiles.inPanel(part), row = tiles.panel * V, k = tap.length;
		final float[] s = scratch.floats(2 * WinogradTiles.TILE + tiles.size(from.length) + tiles.size(to.length));
		final int temporary = Scratch.FIRST, x = temporary + 2 * WinogradTiles.TILE, y = x + tiles.size(from.length);
		for (int b = 0; b < from.length; b++) tiles.input(m, from[b], wiring.read()[b], part, s, temporary, x + b * row, in);
		for (int p = 0; p < WinogradRule.POINTS; p++) {
			final int w = packed + p * to.length * k * V;
			if (!Winograd.vanishes(p)) multiply(all, s, x + p * in, weights, w, outputs, y + p * out, n);
			else {
				for (final Span o : kept) multiply(some, s, x + p * in, weights, w, o, y + p * out, n);
				for (final Span o : left) multiply(NONE, s, x + p * in, weights, w, o, y + p * out, n);
			}
		}
		for (int o = 0; o < to.length; o++) {
			if (wiring.written()[o] == Resolution.HALF) tiles.sums(s, y + o * row, out, part, temporary, m, to[o]);
			else tiles.output(s, y + o * row, out, part, temporary, weights, bias + o * V, add, m, to[o], slope, mask.length > 0 ? mask[o] : to[o]);
		}
	}

	/** Products of {@code n} tiles at one point: some input lanes, some output blocks. */
	private void multiply(final Span[] inputs, final float[] s, final int x, final float[] weights, final int w, final Span outputs, final int y, final int n) {
		final int k = tap.length, row = tiles.panel * V, d = y + outputs.from() * row;
		float[] start = weights;
		int first = zeros, pixel = 0, block = 0;
		for (final Span i : inputs) {
			TapProduct.run(s, x, tap, i.from(), i.to(), weights, w + outputs.from() * k * V, k * V, start, first, pixel, block, s, d, row, n, outputs.count());
			start = s;
			first = d;
			pixel = V;
			block = row;
		}
	}
}
