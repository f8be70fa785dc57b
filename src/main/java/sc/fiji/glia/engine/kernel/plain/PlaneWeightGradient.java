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
 * The gradient of the weights of a 3x3 convolution of stride 1 by PlaneWinograd's algorithm F(3,4) along the columns of the image: four rows of
 * the output's gradient and the six input rows they meet are taken to six points each, where half the multiplications of the formula do. Along the
 * rows it is the formula: what a pixel of one side is multiplied with are the channels of three neighbouring pixels of the other, which lie
 * side by side in lines {@code [x][channel]}. The side with more channels makes up the lines, so that they are long.
 * <p>
 * Errors: value by value at most {@code (tiles + 20) * 2^-24 * |G^T| ((|A||dy|) (.) (|B^T||x|))}, summed over the tiles.
 */
final class PlaneWeightGradient {

	private static final int TILE = 4, POINTS = 6;
	/** Values of the pixels that are worked on together: they stay in the first-level cache. */
	private static final int PATCHES = 8192;

	private final int in, out, before, height, width, outHeight, outWidth;
	/** Whether the lines are those of the output's gradient. */
	private final boolean outputs;

	/** @param before zero pixels before the first row and column */
	PlaneWeightGradient(final int in, final int out, final int before, final int height, final int width, final int outHeight,
		final int outWidth)
	{
		this.in = in;
		this.out = out;
		this.before = before;
		this.height = height;
		this.width = width;
		this.outHeight = outHeight;
		this.outWidth = outWidth;
		outputs = out > in;
	}

	/** True if rows of sums run over output channels, because there are more of them. */
	boolean rowsOfOutputs() {
		return outputs;
	}

	/** Values of {@link Scratch} that {@link #add} takes for all output channels: number and length of arrays for products, factors, and lines. */
	long[][] scratch() {
		final long one = Math.min(in, out), other = Math.max(in, out), columns = PlainProducts.padded(outputs ? width : outWidth);
		final long wide = PlainProducts.padded(3 * (int) other), line = PlainProducts.padded(((outputs ? width : outWidth) + 2) * (int) other);
		return new long[][] { { POINTS * one, wide }, { POINTS * one, columns }, { 1, POINTS * (2 * line + Math.max(columns, wide)) + Math.max(9 * wide,
			PATCHES) } };
	}

	/**
	 * Adds one image's share to the gradient of the weights of some output channels.
	 *
	 * @param sums {@code [out][3][3][in]}, or if {@link #rowsOfOutputs} {@code [in][3][3][out]}
	 * @param from first output channel
	 * @param to output channel after the last
	 */
	void add(final float[][] x, final float[][] dy, final float[][] sums, final int from, final int to, final Scratch scratch) {
		final float[][] part = from == 0 && to == out ? dy : Arrays.copyOfRange(dy, from, to);
		final float[][] one = outputs ? x : part, other = outputs ? part : x;
		final int length = other.length, wide = PlainProducts.padded(3 * length), columns = outputs ? width : outWidth;
		final int line = PlainProducts.padded((columns + 2) * length), pixels = Math.max(9, Math.min(columns, PATCHES / wide));
		final float[][][] products = scratch.stacks(0, POINTS, one.length, wide), factors = scratch.stacks(1, POINTS, one.length, PlainProducts.padded(columns));
		final float[][] lines = scratch.stacks(2, 1, POINTS, line)[0], points = scratch.stacks(3, 1, POINTS, line)[0];
		final float[][] patches = scratch.rows(0, pixels, wide), rows = scratch.rows(1, POINTS, PlainProducts.padded(columns));
		for (int p = 0; p < POINTS; p++) for (int m = 0; m < one.length; m++) Arrays.fill(products[p][m], 0, wide, 0);
		for (int y = 0; y < outHeight; y += TILE) {
			for (int m = 0; m < one.length; m++) factors(one[m], y, rows, factors, m, scratch.line());
			lines(other, y, lines, points, line);
			for (int i = 0; i < columns; i += pixels) {
				final int n = Math.min(pixels, columns - i);
				for (int p = 0; p < POINTS; p++) {
					for (int j = 0; j < n; j++) System.arraycopy(points[p], (i + j) * length, patches[j], 0, 3 * length);
					PlainProducts.multiplyAdd(products[p], one.length, factors[p], i, 0, patches, n, 3 * length);
				}
			}
		}
		for (int m = 0; m < one.length; m++) fold(products, m, length, sums[outputs ? m : from + m], outputs ? out : in, outputs ? from : 0, scratch);
	}

	/** The six points of each column of one channel of the side whose pixels are factors. */
	private void factors(final float[] plane, final int y, final float[][] rows, final float[][][] to, final int m, final float[][] line) {
		final int rowsOfPlane = outputs ? height : outHeight, columns = outputs ? width : outWidth, first = outputs ? y - before : y;
		for (int r = 0; r < (outputs ? 6 : 4); r++) {
			if (first + r < 0 || first + r >= rowsOfPlane) Arrays.fill(rows[r], 0, columns, 0);
			else System.arraycopy(plane, (first + r) * columns, rows[r], 0, columns);
		}
		for (int p = 0; p < POINTS; p++) line[p] = to[p][m];
		final int n = PlainProducts.padded(columns);
		if (outputs) TileLoops.input(rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], line, 0, 1, n);
		else TileLoops.gradient(rows[0], rows[1], rows[2], rows[3], line, 0, 1, n);
	}

	/** The six points of lines of the other side. */
	private void lines(final float[][] planes, final int y, final float[][] lines, final float[][] points, final int n) {
		if (outputs) {
			for (int r = 0; r < 4; r++) line(planes, y + r, outHeight, outWidth, 2 - before, lines[r]);
			TileLoops.gradient(lines[0], lines[1], lines[2], lines[3], points, 0, 1, n);
			return;
		}
		final int kept = y == 0 ? 0 : 2; // the last two rows of the tiles above
		for (int r = 0; r < kept; r++) {
			final float[] t = lines[r];
			lines[r] = lines[4 + r];
			lines[4 + r] = t;
		}
		for (int r = kept; r < 6; r++) line(planes, y + r - before, height, width, before, lines[r]);
		TileLoops.input(lines[0], lines[1], lines[2], lines[3], lines[4], lines[5], points, 0, 1, n);
	}

	/** Row {@code y} of some planes, channels together for each pixel, with {@code shift} zero pixels at the start and zeros at the end. */
	private static void line(final float[][] planes, final int y, final int rows, final int columns, final int shift, final float[] line) {
		final int channels = planes.length, n = Math.min(columns, line.length / channels - shift);
		if (y < 0 || y >= rows) {
			Arrays.fill(line, 0);
			return;
		}
		Arrays.fill(line, 0, shift * channels, 0);
		int c = 0;
		for (; c + 8 <= channels; c += 8) TileLoops.eight(planes, c, y * columns, line, shift * channels + c, channels, n);
		for (; c < channels; c++) {
			final float[] plane = planes[c];
			for (int j = 0, p = shift * channels + c, q = y * columns; j < n; j++, p += channels) line[p] = plane[q + j];
		}
		Arrays.fill(line, (shift + n) * channels, line.length, 0);
	}

	/** {@code G^T products}, added to {@code sum[(3 * row + column) * step + first + i]}. */
	private void fold(final float[][][] products, final int m, final int length, final float[] sum, final int step, final int first,
		final Scratch scratch)
	{
		final int n = PlainProducts.padded(3 * length);
		final float[][] line = scratch.line(), t = scratch.rows(1, POINTS, n);
		for (int p = 0; p < POINTS; p++) line[p] = products[p][m];
		TileLoops.weight(line, t, 0, 1, n);
		for (int u = 0; u < 3; u++) for (int v = 0; v < 3; v++) {
			// lines of the output's gradient run against the columns of the kernel
			final float[] from = t[u];
			for (int i = 0, j = (3 * u + v) * step + first, k = (outputs ? 2 - v : v) * length; i < length; i++, j++, k++) sum[j] += from[k];
		}
	}
}
