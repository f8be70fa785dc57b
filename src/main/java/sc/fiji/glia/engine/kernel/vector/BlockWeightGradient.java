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

import java.util.Arrays;

import sc.fiji.glia.engine.kernel.Lanes;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.WinogradRule;
import sc.fiji.glia.engine.kernel.Team;
import sc.fiji.glia.engine.kernel.vector.BlockConvolution.Wiring;

/**
 * The gradient of the weights of a convolution of stride 1, one image at a time, summed in the order
 * {@code [output block][input block][kernel row][kernel column][lane that holds something][V]}, followed by the sums of the output's
 * gradient, {@code [output block][V]}, for the bias.
 */
public final class BlockWeightGradient {

	private static final int V = Lanes.COUNT;

	private final Wiring wiring;
	private final int[] tap, lanes;
	private final boolean winograd;
	private final WinogradTiles tiles;
	/** Lanes: all; those that do not vanish at some points, see {@link Winograd#vanishes}. */
	private final Span[] all, some;

	/**
	 * @param wiring of the forward convolution, with the gradient of its output in the place of the output
	 * @param exact whether to do without Winograd's algorithm
	 */
	public BlockWeightGradient(final Wiring wiring, final boolean exact) {
		if (wiring.stride() != 1) throw new IllegalArgumentException("BlockWeightGradient: expected stride 1, got " + wiring.stride());
		this.wiring = wiring;
		winograd = !exact && Winograd.suits(wiring);
		tiles = new WinogradTiles(wiring.out(), wiring.from().length + wiring.to().length);
		int n = 0;
		lanes = new int[wiring.inputs()];
		for (int i = 0; i < wiring.channels().length; i++) if (wiring.channels()[i] >= 0) lanes[n++] = i;
		tap = winograd ? WinogradConvolution.taps(lanes, tiles.panel) : TapConvolution.taps(wiring);
		all = new Span[] { new Span(0, lanes.length) };
		some = Span.of(lanes.length, c -> !wiring.read()[lanes[c] / V].isInSquares());
	}

	private int taps() {
		return lanes.length * wiring.kernel() * wiring.kernel();
	}

	/** Values of the sums. */
	public int length() {
		return wiring.to().length * (taps() + 1) * V;
	}

	/**
	 * Adds one image's share to {@code sums}.
	 *
	 * @param m memory of the image
	 * @param sums see above
	 * @param first where the sums begin
	 * @param scratch working memory of the caller
	 */
	public void add(final float[] m, final float[] sums, final int first, final Scratch scratch, final Team team) {
		if (winograd) addWinograd(m, sums, first, scratch, team);
		else addDirect(m, sums, first, team);
	}

	/** Adds rows y0 to y1 of some blocks to the sums for the bias. */
	private void addBias(final float[] m, final float[] sums, final int first, final int block, final int blocks, final int y0, final int y1) {
		final int at = first + wiring.to().length * taps() * V;
		for (int o = block; o < block + blocks; o++) BlockMaps.sum(m, wiring.to()[o], wiring.out(), sums, at + o * V, y0, y1);
	}

	private void addDirect(final float[] m, final float[] sums, final int first, final Team team) {
		final int[] to = wiring.to();
		final int k = tap.length, pairs = (to.length + 1) / 2, group = 16 * 9, groups = (k + group - 1) / group;
		team.run(pairs * groups, (i, unused) -> {
			final int o = i / groups * 2, from = i % groups * group, blocks = Math.min(2, to.length - o);
			for (int y = 0; y < wiring.out().height(); y++) {
				if (from == 0) addBias(m, sums, first, o, blocks, y, y + 1);
				TapGradient.run(m, TapConvolution.source(wiring, y), tap, from, Math.min(k, from + group), m, to[o] + wiring.out().row(y), blocks == 2 ? to[o + 1] -
					to[o] : 0, blocks, wiring.out().width(), sums, first + o * k * V, k * V);
			}
		});
	}

	private void addWinograd(final float[] m, final float[] sums, final int first, final Scratch scratch, final Team team) {
		final int[] from = wiring.from(), to = wiring.to();
		final int k = tap.length, in = tiles.point(from.length), out = tiles.point(to.length), row = tiles.panel * V, products = WinogradRule.POINTS * to.length * k *
			V;
		final int blocks = from.length + to.length, temporary = Scratch.FIRST, u = temporary + 2 * WinogradTiles.TILE * blocks, x = u + products, e = x + tiles
			.size(from.length);
		final float[] s = scratch.floats(e + tiles.size(to.length));
		Arrays.fill(s, u, u + products, 0);
		for (int panel = 0, rows = 0; panel < tiles.panels(); panel++) {
			final int p = panel, last = panel * tiles.panel + tiles.inPanel(panel) - 1, reached = Math.min(wiring.out().height(), (last / tiles.columns + 1) * 4);
			addBias(m, sums, first, 0, to.length, rows, reached); // while these rows are in the cache
			rows = reached;
			team.run(blocks, (i, unused) -> {
				final int t = temporary + 2 * WinogradTiles.TILE * i;
				if (i < from.length) tiles.input(m, from[i], wiring.read()[i], p, s, t, x + i * row, in);
				else tiles.gradient(m, to[i - from.length], p, s, t, e + (i - from.length) * row, out);
			});
			team.run(WinogradRule.POINTS, (i, unused) -> {
				for (final Span c : Winograd.vanishes(i) ? some : all) {
					TapGradient.run(s, x + i * in, tap, c.from(), c.to(), s, e + i * out, row, to.length, tiles.inPanel(p), s, u + i * to.length * k * V, k * V);
				}
			});
		}
		for (int o = 0, g = first; o < to.length; o++) for (int c = 0; c < k;) {
			int n = 1;
			while (c + n < k && lanes[c + n] / V == lanes[c] / V) n++;
			for (int i = 0; i < n; i++) Winograd.weightGradient(s, u + (o * k + c + i) * V, to.length * k * V, s, temporary, sums, g + i * V, n * V);
			g += 9 * n * V;
			c += n;
		}
	}

	/** Puts sums into the order of the weights {@code [out][in][kernel][kernel]} and of the bias. */
	public void unpack(final float[] sums, final int first, final int inputs, final float[] weight, final float[] bias) {
		final int k = wiring.kernel();
		int p = first;
		for (int o = 0; o < wiring.to().length; o++) for (int b = 0; b < wiring.from().length; b++) for (int t = 0; t < k * k; t++) for (int l = 0; l < V; l++) {
			final int in = wiring.channels()[b * V + l];
			if (in < 0) continue;
			for (int q = 0; q < V; q++, p++) {
				final int out = wiring.target()[o * V + q];
				if (out >= 0) weight[(out * inputs + in) * k * k + t] = sums[p];
			}
		}
		for (int i = 0; i < wiring.target().length; i++, p++) if (wiring.target()[i] >= 0 && bias.length > 0) bias[wiring.target()[i]] = sums[p];
	}
}
