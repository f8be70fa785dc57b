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
package sc.fiji.glia.data;

import java.util.Arrays;

/**
 * An image of ones and zeros, 64 pixels in a long, and the morphology of it. What lies outside the image counts neither as one nor as zero.
 * Immutable to its users.
 */
final class BinaryImage {

	private final int width, height;
	/** Pixel {@code x} is bit {@code x % 64} of number {@code x / 64} of its row; bits beyond the width are 0. */
	private final long[][] rows;

	private BinaryImage(final int width, final int height) {
		this.width = width;
		this.height = height;
		rows = new long[height][(width + 63) / 64];
	}

	static BinaryImage of(final boolean[] ones, final int width, final int height) {
		final BinaryImage image = new BinaryImage(width, height);
		for (int y = 0, p = 0; y < height; y++) for (int x = 0; x < width; x++, p++) if (ones[p]) image.rows[y][x >> 6] |= 1L << x;
		return image;
	}

	boolean get(final int x, final int y) {
		return (rows[y][x >> 6] >>> x & 1) != 0;
	}

	boolean isEmpty() {
		for (final long[] row : rows) for (final long bits : row) if (bits != 0) return false;
		return true;
	}

	/** Without the parts that an ellipse does not fit into. */
	BinaryImage open(final int radius) {
		return not().dilate(radius).not().dilate(radius);
	}

	/** With the gaps that an ellipse does not fit into. */
	BinaryImage close(final int radius) {
		return dilate(radius).not().dilate(radius).not();
	}

	/**
	 * One wherever an ellipse around the pixel has a one. The ellipse has, {@code dy} rows from its middle, the pixels at most
	 * {@code sqrt(radius * radius - dy * dy)} columns away, rounded to the nearest whole number; so has its first row one pixel.
	 */
	BinaryImage dilate(final int radius) {
		final int[] reach = new int[radius + 1];
		for (int dy = 0; dy <= radius; dy++) reach[dy] = (int) Math.rint(Math.sqrt(radius * radius - dy * dy));
		final BinaryImage result = new BinaryImage(width, height);
		for (int y = 0; y < height; y++) {
			final long[] wide = rows[y].clone();
			for (int dx = 0; dx <= radius; dx++) {
				if (dx > 0) widen(wide);
				for (int dy = -radius; dy <= radius; dy++) if (reach[Math.abs(dy)] == dx && y + dy >= 0 && y + dy < height) or(result.rows[y + dy], wide);
			}
		}
		return result;
	}

	BinaryImage not() {
		final BinaryImage result = new BinaryImage(width, height);
		for (int y = 0; y < height; y++) {
			for (int i = 0; i < rows[y].length; i++) result.rows[y][i] = ~rows[y][i];
			result.trim(result.rows[y]);
		}
		return result;
	}

	/** The 8-connected part with the most pixels, the topmost of equals; empty if there is none. */
	BinaryImage largestComponent() {
		final Runs runs = new Runs();
		for (int y = 0; y < height; y++) runs.addRow(y);
		return runs.largest();
	}

	/** Ones also to the left and right of ones. */
	private void widen(final long[] row) {
		long before = 0;
		for (int i = 0; i < row.length; i++) {
			final long bits = row[i], after = i + 1 < row.length ? row[i + 1] << 63 : 0;
			row[i] = bits | bits << 1 | before | bits >>> 1 | after;
			before = bits >>> 63;
		}
		trim(row);
	}

	private void trim(final long[] row) {
		if (width % 64 != 0) row[row.length - 1] &= (1L << width) - 1;
	}

	private static void or(final long[] into, final long[] from) {
		for (int i = 0; i < into.length; i++) into[i] |= from[i];
	}

	/** Runs of ones in rows, and which of them are connected: each points to one that came before it or to itself. */
	private final class Runs {

		private int[] row = new int[1024], start = new int[1024], end = new int[1024], parent = new int[1024];
		private int size, previous;

		/** Rows come in order, without gaps. */
		void addRow(final int y) {
			final int begin = size;
			for (int x = next(y, 0, true); x < width; x = next(y, end[size - 1], true)) add(y, x, next(y, x, false));
			for (int r = begin, above = previous; r < size; r++) {
				// a run above touches if the two overlap or meet at a corner
				while (above < begin && end[above] < start[r]) above++;
				for (int a = above; a < begin && start[a] <= end[r]; a++) parent[Math.max(root(a), root(r))] = Math.min(root(a), root(r));
			}
			previous = begin;
		}

		private void add(final int y, final int from, final int to) {
			if (size == row.length) {
				row = Arrays.copyOf(row, 2 * size);
				start = Arrays.copyOf(start, 2 * size);
				end = Arrays.copyOf(end, 2 * size);
				parent = Arrays.copyOf(parent, 2 * size);
			}
			row[size] = y;
			start[size] = from;
			end[size] = to;
			parent[size] = size++;
		}

		private int root(final int r) {
			int root = r;
			while (parent[root] != root) {
				parent[root] = parent[parent[root]];
				root = parent[root];
			}
			return root;
		}

		BinaryImage largest() {
			final long[] areas = new long[size];
			int best = 0;
			for (int r = 0; r < size; r++) areas[root(r)] += end[r] - start[r];
			for (int r = 0; r < size; r++) if (areas[r] > areas[best]) best = r;
			final BinaryImage result = new BinaryImage(width, height);
			for (int r = 0; r < size; r++) if (root(r) == best) for (int x = start[r]; x < end[r]; x++) result.rows[row[r]][x >> 6] |= 1L << x;
			return result;
		}

		/** The first pixel from {@code x} on that is one, or zero; the width if there is none. */
		private int next(final int y, final int from, final boolean one) {
			for (int x = from; x < width; x = (x | 63) + 1) {
				final long bits = (one ? rows[y][x >> 6] : ~rows[y][x >> 6]) >>> x;
				if (bits != 0) return Math.min(width, x + Long.numberOfTrailingZeros(bits));
			}
			return width;
		}
	}
}
