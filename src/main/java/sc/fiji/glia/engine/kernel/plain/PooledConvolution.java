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

import sc.fiji.glia.engine.kernel.Scratch;

/**
 * A convolution of stride 1 and the largest value of each square of 2x2 pixels of its output, which is kept nowhere. The four pixels of the squares are
 * four convolutions of stride 2: their sums stand in rows of their own, so that the largest of them is a loop over rows too. The products
 * are those of the direct sum, in the same order, so the bits are those of the convolution and the pooling one after the other.
 */
final class PooledConvolution {

	/** Squares that are worked on together, about: as long as the panels of a channel stay in the first-level cache. */
	private static final int SQUARES = 512;
	/** Values of all panels gathered at a time. */
	private static final int GATHERED = 16 * SQUARES;

	private final int in, out, kernel, before, height, width, wide;
	/** Rows of squares that are worked on together, channels that are gathered at a time, and panels of a channel. */
	private final int rows, chunk, panels;

	/**
	 * @param before zero pixels before the first row and column
	 * @param outHeight rows of the convolution's output, at least 2
	 * @param outWidth columns, at least 2
	 */
	PooledConvolution(final int in, final int out, final int kernel, final int before, final int height, final int width, final int outHeight,
		final int outWidth)
	{
		this.in = in;
		this.out = out;
		this.kernel = kernel;
		this.before = before;
		this.height = height;
		this.width = width;
		wide = Math.max(1, outWidth / 2);
		rows = Math.max(1, Math.min(outHeight / 2, SQUARES / wide));
		panels = (kernel + 1) * (kernel + 1);
		chunk = Math.min(in, Math.max(1, GATHERED / (panels * rows * wide)));
	}

	/**
	 * {@code y = pool(max(x * weight + bias, floor))} for some rows of squares.
	 *
	 * @param weight {@code [out][in][kernel][kernel]}
	 * @param bias for each output channel, or none
	 * @param y planes of squares
	 * @param fromRow first row of squares
	 * @param toRow row of squares after the last
	 */
	void run(final float[][] x, final float[] weight, final float[] bias, final float floor, final float[][] y, final int fromRow, final int toRow,
		final Scratch scratch)
	{
		final int area = kernel * kernel, room = PlainProducts.padded(rows * wide);
		final float[][] factors = scratch.sameRows(weight, out), parts = scratch.rows(0, 2, wide + kernel), met = new float[chunk * area][];
		final float[][] gathered = scratch.stacks(0, 1, chunk * panels, room)[0];
		final float[][][] sums = scratch.stacks(1, 4, out, room);
		for (int y0 = fromRow; y0 < toRow; y0 += rows) {
			final int count = Math.min(rows, toRow - y0), n = count * wide;
			for (int q = 0; q < 4; q++) for (int o = 0; o < out; o++) Arrays.fill(sums[q][o], 0, n, bias.length > 0 ? bias[o] : 0);
			for (int c0 = 0; c0 < in; c0 += chunk) {
				final int channels = Math.min(chunk, in - c0);
				for (int c = 0; c < channels; c++) gather(x[c0 + c], y0, count, parts, gathered, c * panels);
				for (int q = 0; q < 4; q++) {
					for (int t = 0; t < channels * area; t++) met[t] = gathered[t / area * panels + (t % area / kernel + q / 2) * (kernel + 1) + t % kernel + q % 2];
					PlainProducts.multiplyAdd(sums[q], out, factors, c0 * area, in * area, met, channels * area, n);
				}
			}
			for (int o = 0; o < out; o++) {
				TileLoops.largest(sums[0][o], sums[1][o], sums[2][o], sums[3][o], sums[0][o], floor, PlainProducts.padded(n));
				System.arraycopy(sums[0][o], 0, y[o], y0 * wide, n);
			}
		}
	}

	/**
	 * The input pixels that {@code count} rows of squares from {@code y0} on meet: panel {@code (kernel + 1) * u + v} has, for square (r, k), pixel (2 r + u, 2 k +
	 * v) of the image with its border of zeros.
	 */
	private void gather(final float[] plane, final int y0, final int count, final float[][] parts, final float[][] to, final int first) {
		final int last = 2 * count + kernel - 1;
		for (int i = 0; i < last; i++) {
			split(plane, 2 * y0 + i - before, parts[0], parts[1]);
			for (int u = i % 2; u <= kernel; u += 2) {
				final int r = (i - u) / 2;
				if (i < u || r >= count) continue;
				for (int v = 0; v <= kernel; v++) System.arraycopy(parts[v % 2], v / 2, to[first + (kernel + 1) * u + v], r * wide, wide);
			}
		}
	}

	/** The even and the odd columns of a row of the image with its border of zeros. */
	private void split(final float[] plane, final int row, final float[] even, final float[] odd) {
		Arrays.fill(even, 0, wide + kernel, 0);
		Arrays.fill(odd, 0, wide + kernel, 0);
		if (row < 0 || row >= height) return;
		final int n = Math.min(width, 2 * (wide + kernel) - before);
		// the first column of the image is an even one of those with the border, or an odd one
		final float[] a = before % 2 == 0 ? even : odd, b = before % 2 == 0 ? odd : even;
		final int from = before / 2, next = (before + 1) / 2, pairs = n / 2;
		for (int k = 0, p = row * width; k < pairs; k++, p += 2) {
			a[from + k] = plane[p];
			b[next + k] = plane[p + 1];
		}
		if (n % 2 > 0) a[from + pairs] = plane[row * width + n - 1];
	}
}
