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
 * A 3x3 convolution of stride 1 by PlaneWinograd's algorithm F(4x4, 3x3): Lavin and Gray 2016, "Fast Algorithms for Convolutional Neural
 * Networks". Squares of 4x4 output pixels, whose 6x6 input pixels overlap by two with the next, are taken to 36 points; there the
 * convolution is one product for each pair of channels, and a linear map leads back. A quarter of the multiplications of the formula.
 * <p>
 * The tiles of some rows of tiles are worked on together, as arrays over tiles. Tiles lie on a grid that starts at output pixel (0, 0), so
 * the bits of an output pixel do not depend on the range of rows that is computed. One more tile than needed is kept for each row of tiles:
 * its left columns are the last columns of the tile before it.
 * <p>
 * Errors: the roundings are those of the values after each map, which are larger than the values of the image. Value by value the
 * error is at most {@code (channels + 20) * 2^-24 * |A^T| ((|G||w||G^T|) (.) (|B^T||x||B|)) |A|}; that is larger than the bound
 * of the direct sum.
 */
final class PlaneWinograd {

	/** Edge of a tile's output, in pixels. */
	static final int TILE = 4;
	private static final int POINTS = 36;
	/** Channels that are transformed at a time, so many that their panels for one point stay in the first-level cache. */
	private static final int CHUNK = 24;
	/** Channels that are transformed before they are multiplied. */
	private static final int GROUP = 144;
	/** Tiles that are worked on together, about: rows of so many are long enough for the loops. */
	private static final int TILES = 330;

	private final int in, out, before, height, width, outHeight, outWidth;
	/** Tiles in a row of tiles, with the one beyond the end, and rows of tiles. */
	private final int across, down;

	/** @param before zero pixels before the first row and column */
	PlaneWinograd(final int in, final int out, final int before, final int height, final int width, final int outHeight,
		final int outWidth)
	{
		this.in = in;
		this.out = out;
		this.before = before;
		this.height = height;
		this.width = width;
		this.outHeight = outHeight;
		this.outWidth = outWidth;
		across = (outWidth + TILE - 1) / TILE + 1;
		down = (outHeight + TILE - 1) / TILE;
	}

	/** Values of transformed weights. */
	static int factors(final int in, final int out) {
		return POINTS * in * out;
	}

	/** {@code G w G^T} of each kernel: from {@code [out][in][3][3]} to {@code [point][out][in]}. */
	static void transform(final float[] weight, final int pairs, final float[] factors) {
		final double[] rows = new double[18], points = new double[6];
		for (int p = 0; p < pairs; p++) {
			for (int v = 0; v < 3; v++) {
				line(weight[9 * p + v], weight[9 * p + 3 + v], weight[9 * p + 6 + v], points);
				for (int i = 0; i < 6; i++) rows[3 * i + v] = points[i];
			}
			for (int i = 0; i < 6; i++) {
				line(rows[3 * i], rows[3 * i + 1], rows[3 * i + 2], points);
				for (int j = 0; j < 6; j++) factors[(6 * i + j) * pairs + p] = (float) points[j];
			}
		}
	}

	private static void line(final double a, final double b, final double c, final double[] points) {
		points[0] = a / 4;
		points[1] = -(a + b + c) / 6;
		points[2] = -(a - b + c) / 6;
		points[3] = (a + 2 * b + 4 * c) / 24;
		points[4] = (a - 2 * b + 4 * c) / 24;
		points[5] = c;
	}

	// -- forward --

	/**
	 * {@code y = max(x * weight + bias, floor)}, or with {@code add} {@code y += x * weight}, for some rows of the output.
	 *
	 * @param factors weights from {@link #transform}
	 * @param bias for each output channel, or none
	 * @param fromRow first row, a multiple of {@link #TILE}
	 * @param toRow row after the last, a multiple of {@link #TILE} or the number of rows
	 */
	void run(final float[][] x, final float[] factors, final float[] bias, final float floor, final float[][] y, final boolean add, final int fromRow,
		final int toRow, final Scratch scratch)
	{
		final int first = fromRow / TILE, last = (toRow + TILE - 1) / TILE, chunk = Math.min(CHUNK, in), group = Math.min(in, GROUP);
		final int together = Math.min(last - first, Math.max(1, (TILES + across / 2) / across)), room = PlainProducts.padded((together + 1) * across);
		final float[][][] panels = scratch.stacks(0, POINTS * ((group + chunk - 1) / chunk), chunk, room), sums = scratch.stacks(1, POINTS, out, room);
		final float[][] rows = scratch.sameRows(factors, out);
		for (int t0 = first; t0 < last; t0 += together) {
			final int count = Math.min(together, last - t0), n = PlainProducts.padded(count * across);
			for (int p = 0; p < POINTS; p++) for (int o = 0; o < out; o++) Arrays.fill(sums[p][o], 0, n, 0);
			for (int c0 = 0; c0 < in; c0 += group) {
				final int channels = Math.min(group, in - c0);
				for (int c = 0; c < channels; c++) input(x[c0 + c], t0, count, panels, c / chunk * POINTS, c % chunk, scratch);
				for (int p = 0; p < POINTS; p++) for (int c = 0; c < channels; c += chunk) PlainProducts.multiplyAdd(sums[p], out, rows, p * in * out + c0 + c, in,
					panels[c / chunk * POINTS + p], Math.min(chunk, channels - c), n);
			}
			for (int o = 0; o < out; o++) output(sums, o, bias.length > 0 ? bias[o] : 0, floor, y[o], add, t0, count, toRow, scratch);
		}
	}

	/** One channel's input tiles at the 36 points, {@code to[first + point][at]}. */
	private void input(final float[] plane, final int t0, final int count, final float[][][] to, final int first, final int at, final Scratch scratch) {
		final int tiles = count * across, n = PlainProducts.padded(tiles), room = PlainProducts.padded(tiles + across);
		final float[][] pixels = scratch.rows(0, 18, room), mixed = scratch.rows(1, 26, room);
		gather(plane, height, width, -before, t0, count, true, pixels);
		final float[] a = pixels[16], b = pixels[17];
		for (int p = 0; p < 4; p++) {
			System.arraycopy(pixels[p], across, a, 0, tiles);
			System.arraycopy(pixels[4 + p], across, b, 0, tiles);
			TileLoops.input(pixels[p], pixels[4 + p], pixels[8 + p], pixels[12 + p], a, b, mixed, p, 4, n);
		}
		final float[][] line = scratch.line();
		for (int v = 0; v < 6; v++) {
			final float[] m0 = mixed[4 * v], m1 = mixed[4 * v + 1];
			System.arraycopy(m0, 1, a, 0, tiles - 1);
			System.arraycopy(m1, 1, b, 0, tiles - 1);
			a[tiles - 1] = b[tiles - 1] = 0; // of the tile beyond the end: any number will do
			for (int h = 0; h < 6; h++) line[h] = to[first + 6 * v + h][at];
			TileLoops.input(m0, m1, mixed[4 * v + 2], mixed[4 * v + 3], a, b, line, 0, 1, n);
		}
	}

	/**
	 * Pixels of some rows of tiles: {@code to[4 * row + column][tile]} for row and column in the tile.
	 *
	 * @param start row and column of the plane's pixel that is the first of tile (0, 0)
	 * @param overlap whether to gather the first two pixel rows of the next row of tiles too
	 */
	private void gather(final float[] plane, final int rows, final int columns, final int start, final int t0, final int count, final boolean overlap,
		final float[][] to)
	{
		for (int r = 0; r < 4; r++) for (int q = 0; q < (overlap && r < 2 ? count + 1 : count); q++) {
			final int y = 4 * (t0 + q) + r + start, at = q * across;
			final float[] a = to[4 * r], b = to[4 * r + 1], c = to[4 * r + 2], d = to[4 * r + 3];
			if (y < 0 || y >= rows) {
				Arrays.fill(a, at, at + across, 0);
				Arrays.fill(b, at, at + across, 0);
				Arrays.fill(c, at, at + across, 0);
				Arrays.fill(d, at, at + across, 0);
				continue;
			}
			// tiles whose four columns are inside the plane
			final int from = start < 0 ? 1 : 0, end = Math.max(from, Math.min(across, (columns - start) / 4));
			for (int p = 0; p < 4; p++) {
				for (int j = 0; j < from; j++) to[4 * r + p][at + j] = pixel(plane, y * columns, 4 * j + p + start, columns);
				for (int j = end; j < across; j++) to[4 * r + p][at + j] = pixel(plane, y * columns, 4 * j + p + start, columns);
			}
			TileLoops.deal(plane, y * columns + start + 4 * from, a, b, c, d, at + from, end - from);
		}
	}

	private static float pixel(final float[] plane, final int row, final int column, final int columns) {
		return column >= 0 && column < columns ? plane[row + column] : 0;
	}

	/** One output channel's tiles from their 36 points to pixels. */
	private void output(final float[][][] sums, final int o, final float bias, final float floor, final float[] plane, final boolean add, final int t0,
		final int count, final int toRow, final Scratch scratch)
	{
		final int n = PlainProducts.padded(count * across);
		final float none = Float.NEGATIVE_INFINITY;
		final float[][] pixels = scratch.rows(0, 18, n), mixed = scratch.rows(1, 26, n);
		for (int v = 0; v < 6; v++) TileLoops.output(sums[6 * v][o], sums[6 * v + 1][o], sums[6 * v + 2][o], sums[6 * v + 3][o], sums[6 * v + 4][o], sums[6 *
			v + 5][o], mixed, 4 * v, 1, 0, none, n);
		for (int p = 0; p < 4; p++) TileLoops.output(mixed[p], mixed[4 + p], mixed[8 + p], mixed[12 + p], mixed[16 + p], mixed[20 + p], pixels, p, 4, bias,
			floor, n);
		final int whole = outWidth / 4;
		for (int r = 0; r < 4; r++) for (int q = 0; q < count; q++) {
			final int y = 4 * (t0 + q) + r, at = q * across;
			if (y >= toRow) continue;
			final float[] a = pixels[4 * r], b = pixels[4 * r + 1], c = pixels[4 * r + 2], d = pixels[4 * r + 3];
			if (add) TileLoops.add(a, b, c, d, at, plane, y * outWidth, whole);
			else TileLoops.collect(a, b, c, d, at, plane, y * outWidth, whole);
			for (int j = 4 * whole; j < outWidth; j++) {
				final float v = pixels[4 * r + j % 4][at + whole];
				plane[y * outWidth + j] = add ? plane[y * outWidth + j] + v : v;
			}
		}
	}
}
