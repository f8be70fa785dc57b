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
import sc.fiji.glia.engine.kernel.BlockShape;
import sc.fiji.glia.engine.kernel.Resolution;
import sc.fiji.glia.engine.kernel.WinogradRule;

/**
 * The tiles of an image, 4x4 output pixels each, row by row, and panels of consecutive tiles in the transformed domain:
 * {@code [36 points][block][tile of the panel][V]}, with some room between points so that they do not meet in one cache set.
 */
final class WinogradTiles {

	private static final int V = Lanes.COUNT;
	private static final int ROOM = 16;
	/** Room for one tile between two passes of a transform, and for one at the border. */
	static final int TILE = 36 * V;

	final BlockShape shape;
	/** The shape of blocks of {@link Resolution#HALF}. */
	private final BlockShape half;
	/** Tiles of the image, of a row, and of a panel. */
	final int count, columns, panel;

	/** @param blocks blocks of input and output together */
	WinogradTiles(final BlockShape shape, final int blocks) {
		this.shape = shape;
		half = shape.half();
		columns = WinogradRule.tiles(shape.width());
		count = WinogradRule.tiles(shape.height()) * columns;
		panel = WinogradRule.panel(count, V * blocks);
	}

	/** Number of panels. */
	int panels() {
		return (count + panel - 1) / panel;
	}

	/** Number of tiles in a panel. */
	int inPanel(final int p) {
		return Math.min(panel, count - p * panel);
	}

	/** Values from one point to the next in a panel of some blocks. */
	int point(final int blocks) {
		return blocks * panel * V + ROOM;
	}

	/** Values of a panel of some blocks. */
	int size(final int blocks) {
		return WinogradRule.POINTS * point(blocks);
	}

	/** Transforms a panel of one input block; of {@link Resolution#HALF}, without the points that {@link Winograd#vanishes vanish}. */
	void input(final float[] m, final int block, final Resolution resolution, final int p, final float[] s, final int temporary, final int to,
		final int point)
	{
		final boolean squares = resolution == Resolution.HALF;
		final BlockShape b = squares ? half : shape;
		final int n = inPanel(p), rs = b.rowStride(), least = 1 - b.halo(), step = squares ? 2 : 4, size = step + 2;
		for (int i = 0; i < n; i++) {
			final int t = p * panel + i, y = t / columns * step - 1, x = t % columns * step - 1;
			final boolean inside = y + size - 1 <= b.height() - least && x + size - 1 <= b.width() - least;
			if (!inside) copy(m, block, b, y, x, size, s, temporary + TILE);
			final float[] from = inside ? m : s;
			final int at = inside ? block + b.row(y) + x * V : temporary + TILE, row = inside ? rs : size * V;
			if (squares) Winograd.inputOfSquares(from, at, row, s, temporary, s, to + i * V, point);
			else Winograd.input(from, at, row, s, temporary, s, to + i * V, point);
		}
	}

	/** Transforms a panel of one block of the output's gradient. */
	void gradient(final float[] m, final int block, final int p, final float[] s, final int temporary, final int to, final int point) {
		final int n = inPanel(p), rs = shape.rowStride();
		for (int i = 0; i < n; i++) {
			final int t = p * panel + i, y = t / columns * 4, x = t % columns * 4;
			if (y + 4 <= shape.height() && x + 4 <= shape.width()) Winograd.gradient(m, block + shape.row(y) + x * V, rs, s, temporary, s, to + i * V, point);
			else {
				copy(m, block, shape, y, x, 4, s, temporary + TILE);
				Winograd.gradient(s, temporary + TILE, 4 * V, s, temporary, s, to + i * V, point);
			}
		}
	}

	/** Copies {@code size} x {@code size} pixels of a block from (y, x) on, zeros outside the image. */
	private static void copy(final float[] m, final int block, final BlockShape b, final int y, final int x, final int size, final float[] s, final int to) {
		Arrays.fill(s, to, to + size * size * V, 0);
		for (int i = Math.max(0, -y); i < Math.min(size, b.height() - y); i++) {
			final int first = Math.max(0, -x), last = Math.min(size, b.width() - x);
			System.arraycopy(m, block + b.row(y + i) + (x + first) * V, s, to + (i * size + first) * V, (last - first) * V);
		}
	}

	/**
	 * Transforms a panel back into one output block; see {@link Winograd#output}.
	 *
	 * @param mask the block whose values above 0 decide where {@code slope} is not applied: the block itself or another one
	 */
	void output(final float[] s, final int from, final int point, final int p, final int temporary, final float[] bias, final int bo, final boolean add,
		final float[] m, final int block, final float slope, final int mask)
	{
		final int n = inPanel(p), rs = shape.rowStride();
		for (int i = 0; i < n; i++) {
			final int t = p * panel + i, y = t / columns * 4, x = t % columns * 4, o = shape.row(y) + x * V, d = block + o;
			if (y + 4 <= shape.height() && x + 4 <= shape.width()) {
				Winograd.output(s, from + i * V, point, s, temporary, add ? m : bias, add ? d : bo, add, m, d, rs, slope, m, mask == block ? -1 : mask + o, rs);
			}
			else {
				final int tile = temporary + TILE, other = tile + TILE / 2, length = Math.min(4, shape.width() - x) * V;
				if (add) copy(m, block, shape, y, x, 4, s, tile);
				if (mask != block) copy(m, mask, shape, y, x, 4, s, other);
				Winograd.output(s, from + i * V, point, s, temporary, add ? s : bias, add ? tile : bo, add, s, tile, 4 * V, slope, s, mask == block ? -1 : other, 4 *
					V);
				for (int r = 0; r < Math.min(4, shape.height() - y); r++) System.arraycopy(s, tile + r * 4 * V, m, d + r * rs, length);
			}
		}
	}

	/** Transforms a panel back into one output block of {@link Resolution#HALF}; see {@link Winograd#sumsOfSquares}. */
	void sums(final float[] s, final int from, final int point, final int p, final int temporary, final float[] m, final int block) {
		final int n = inPanel(p), rs = half.rowStride();
		for (int i = 0; i < n; i++) {
			final int t = p * panel + i, y = t / columns * 2, x = t % columns * 2, d = block + half.row(y) + x * V;
			if (y + 2 <= half.height() && x + 2 <= half.width()) Winograd.sumsOfSquares(s, from + i * V, point, s, temporary, m, d, rs);
			else {
				final int tile = temporary + TILE;
				Winograd.sumsOfSquares(s, from + i * V, point, s, temporary, s, tile, 2 * V);
				for (int r = 0; r < Math.min(2, half.height() - y); r++) System.arraycopy(s, tile + r * 2 * V, m, d + r * rs, Math.min(2, half.width() - x) * V);
			}
		}
	}
}
