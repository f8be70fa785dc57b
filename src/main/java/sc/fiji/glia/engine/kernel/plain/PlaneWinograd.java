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
import sc.fiji.glia.engine.kernel.Team;

/**
 * A 3x3 convolution of stride 1 by PlaneWinograd's algorithm F(4x4, 3x3): Lavin and Gray 2016, "Fast Algorithms for Convolutional Neural
 * Networks". Squares of 4x4 output pixels, whose 6x6 input pixels overlap by two with the next, are taken to 36 points; there the
 * convolution is one product for each pair of channels, and a linear map leads back. A quarter of the multiplications of the formula.
 * <p>
 * The tiles of some rows of tiles are worked on together, as arrays over tiles. Tiles lie on a grid that starts at output pixel (0, 0), so
 * the bits of an output pixel do not depend on the range of rows that is computed. One more tile than needed is kept for each row of tiles:
 * its left columns are the last columns of the tile before it.
 * <p>
 * Planes of half the size can stand for their nearest-neighbour up-sampling, as between the levels of a U-Net. With one zero pixel before the first,
 * six pixels along an axis of a tile are then (a, b, b, c, c, d), of which the matrix makes six points with the third zero and the fourth -3 times
 * the fifth: four values instead of six to transform, five products instead of six.
 * <p>
 * Errors: the roundings are those of the values after each map, which are larger than the values of the image. Value by value the
 * error is at most {@code (channels + 20) * 2^-24 * |A^T| ((|G||w||G^T|) (.) (|B^T||x||B|)) |A|}; that is larger than the bound
 * of the direct sum.
 */
final class PlaneWinograd {

	/** What is done with the output: it is kept, or added to what is there, or only the largest of each square of 2x2 pixels is kept. */
	enum Store {
		KEEP, ADD, POOL
	}

	/** Edge of a tile's output, in pixels. */
	static final int TILE = 4;
	private static final int POINTS = 36;
	/** Channels that are transformed at a time, so many that their panels for one point stay in the first-level cache. */
	private static final int CHUNK = 24;
	/** Channels that are transformed before they are multiplied. */
	private static final int GROUP = 48;
	/** Tiles that are worked on together, about: rows of so many are long enough for the loops. */
	private static final int TILES = 330;
	/** Of the points along an axis of a plane of half the size, which of the four values it is; -1 for zero. */
	private static final int[] VALUE = { 0, 1, -1, 2, 2, 3 };
	/** By what it is multiplied: a factor of the weights. */
	private static final int[] SCALE = { 1, 1, 0, -3, 1, 1 };

	private final int in, out, before, height, width, outHeight, outWidth;
	/** For each input channel, whether its plane has half the size. */
	private final boolean[] halves;
	/** Tiles in a row of tiles, with the one beyond the end, and rows of tiles. */
	private final int across, down;

	/**
	 * @param halves for each input channel, whether its plane has half the size; then {@code before} must be 1
	 * @param before zero pixels before the first row and column
	 */
	PlaneWinograd(final boolean[] halves, final int out, final int before, final int height, final int width, final int outHeight, final int outWidth) {
		this.halves = halves;
		in = halves.length;
		this.out = out;
		this.before = before;
		this.height = height;
		this.width = width;
		this.outHeight = outHeight;
		this.outWidth = outWidth;
		across = (outWidth + TILE - 1) / TILE + 1;
		down = (outHeight + TILE - 1) / TILE;
	}

	/** Values of {@link Scratch} that {@link #run} takes for all rows of the output: number and length of arrays for inputs, outputs and rows. */
	long[][] scratch() {
		final int together = Math.min(down, Math.max(1, (TILES + across / 2) / across));
		final long group = (Math.min(in, GROUP) + CHUNK - 1) / CHUNK * Math.min(CHUNK, in);
		final long room = PlainProducts.padded((together + 1) * across);
		return new long[][] { { POINTS * group, room }, { POINTS * out, room }, { 44, room } };
	}

	/** Values of transformed weights. */
	static int factors(final int in, final int out) {
		return POINTS * in * out;
	}

	/** {@code G w G^T} of each kernel: from {@code [out][in][3][3]} to {@code [point][out][in]}. */
	void transform(final float[] weight, final float[] factors) {
		final double[] rows = new double[18], points = new double[6];
		final int pairs = in * out;
		for (int p = 0; p < pairs; p++) {
			final boolean half = halves[p % in];
			for (int v = 0; v < 3; v++) {
				line(weight[9 * p + v], weight[9 * p + 3 + v], weight[9 * p + 6 + v], points);
				for (int i = 0; i < 6; i++) rows[3 * i + v] = half ? SCALE[i] * points[i] : points[i];
			}
			for (int i = 0; i < 6; i++) {
				line(rows[3 * i], rows[3 * i + 1], rows[3 * i + 2], points);
				for (int j = 0; j < 6; j++) factors[(6 * i + j) * pairs + p] = (float) (half ? SCALE[j] * points[j] : points[j]);
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
	 * {@code y = max(x * weight + bias, floor)}, or what is to be done with it, for some rows of the output.
	 *
	 * @param factors weights from {@link #transform}
	 * @param bias for each output channel, or none
	 * @param store what is done with the output
	 * @param fromRow first row, a multiple of {@link #TILE}
	 * @param toRow row after the last, a multiple of {@link #TILE} or the number of rows
	 * @param team shares the work, by channels and points
	 */
	void run(final float[][] x, final float[] factors, final float[] bias, final float floor, final float[][] y, final Store store, final int fromRow,
		final int toRow, final Team team, final Scratch scratch)
	{
		final int first = fromRow / TILE, last = (toRow + TILE - 1) / TILE;
		final int together = Math.min(last - first, Math.max(1, (TILES + across / 2) / across)), room = PlainProducts.padded((together + 1) * across);
		final float[][][] panels = scratch.stacks(0, POINTS * ((Math.min(in, GROUP) + CHUNK - 1) / CHUNK), Math.min(CHUNK, in), room);
		final float[][][] sums = scratch.stacks(1, POINTS, out, room);
		final float[][] rows = scratch.sameRows(factors, out);
		for (int t = first; t < last; t += together) {
			final int t0 = t, count = Math.min(together, last - t0), n = PlainProducts.padded(count * across);
			for (int c = 0, next; c < in; c = next) {
				final int c0 = c, end = next = groupEnd(c);
				team.run(end - c0, (i, s) -> input(x[c0 + i], halves[c0], t0, count, panels, i / CHUNK * POINTS, i % CHUNK, s));
				team.run(POINTS, (p, s) -> {
					if (c0 == 0) for (int o = 0; o < out; o++) Arrays.fill(sums[p][o], 0, n, 0);
					final int value = halves[c0] ? value(p) : p;
					if (value >= 0) for (int i = c0; i < end; i += CHUNK) PlainProducts.multiplyAdd(sums[p], out, rows, p * in * out + i, in, panels[(i - c0) / CHUNK *
						POINTS + value], Math.min(CHUNK, end - i), n);
				});
			}
			team.run(out, (o, s) -> output(sums, o, bias.length > 0 ? bias[o] : 0, floor, y[o], store, t0, count, toRow, s));
		}
	}

	/** The end of the channels from {@code first} on that are worked on together: planes of one size. */
	private int groupEnd(final int first) {
		int c = first;
		while (c < Math.min(in, first + GROUP) && halves[c] == halves[first]) c++;
		return c;
	}

	/** Where the values of a point are among those of a plane of half the size, {@code 4 * row + column}; negative if they are zero. */
	private static int value(final int point) {
		final int row = VALUE[point / 6], column = VALUE[point % 6];
		return row < 0 ? row : column < 0 ? column : 4 * row + column;
	}

	/** One channel's input tiles at the 36 points, {@code to[first + point][at]}; 16 values for a plane of half the size. */
	private void input(final float[] plane, final boolean half, final int t0, final int count, final float[][][] to, final int first, final int at,
		final Scratch scratch)
	{
		final int tiles = count * across, n = PlainProducts.padded(tiles), room = PlainProducts.padded(tiles + across);
		final int edge = half ? TILE / 2 : TILE, values = edge + 2;
		final float[][] pixels = scratch.rows(0, 18, room), mixed = scratch.rows(1, 26, room);
		gather(plane, half ? height / 2 : height, half ? width / 2 : width, edge, t0, count, pixels);
		final float[] a = pixels[16], b = pixels[17];
		for (int p = 0; p < edge; p++) {
			System.arraycopy(pixels[p], across, a, 0, tiles);
			System.arraycopy(pixels[edge + p], across, b, 0, tiles);
			if (half) TileLoops.half(pixels[p], pixels[edge + p], a, b, mixed, p, edge, n);
			else TileLoops.input(pixels[p], pixels[4 + p], pixels[8 + p], pixels[12 + p], a, b, mixed, p, edge, n);
		}
		final float[][] line = scratch.line();
		for (int v = 0; v < values; v++) {
			final float[] m0 = mixed[edge * v], m1 = mixed[edge * v + 1];
			System.arraycopy(m0, 1, a, 0, tiles - 1);
			System.arraycopy(m1, 1, b, 0, tiles - 1);
			a[tiles - 1] = b[tiles - 1] = 0; // of the tile beyond the end: any number will do
			for (int h = 0; h < values; h++) line[h] = to[first + values * v + h][at];
			if (half) TileLoops.half(m0, m1, a, b, line, 0, 1, n);
			else TileLoops.input(m0, m1, mixed[4 * v + 2], mixed[4 * v + 3], a, b, line, 0, 1, n);
		}
	}

	/**
	 * Pixels of some rows of tiles, and the first two pixel rows of the next: {@code to[edge * row + column][tile]} for row and column in the tile.
	 *
	 * @param edge pixels of the plane from tile to tile
	 */
	private void gather(final float[] plane, final int rows, final int columns, final int edge, final int t0, final int count, final float[][] to) {
		for (int r = 0; r < edge; r++) for (int q = 0; q < (r < 2 ? count + 1 : count); q++) {
			final int y = edge * (t0 + q) + r - before, at = q * across;
			if (y < 0 || y >= rows) {
				for (int p = 0; p < edge; p++) Arrays.fill(to[edge * r + p], at, at + across, 0);
				continue;
			}
			// tiles whose columns are all inside the plane
			final int from = before, end = Math.max(from, Math.min(across, (columns + before) / edge));
			for (int p = 0; p < edge; p++) {
				for (int j = 0; j < from; j++) to[edge * r + p][at + j] = pixel(plane, y * columns, edge * j + p - before, columns);
				for (int j = end; j < across; j++) to[edge * r + p][at + j] = pixel(plane, y * columns, edge * j + p - before, columns);
			}
			final int p = edge * r, start = y * columns - before + edge * from;
			if (edge == 2) TileLoops.deal(plane, start, to[p], to[p + 1], at + from, end - from);
			else TileLoops.deal(plane, start, to[p], to[p + 1], to[p + 2], to[p + 3], at + from, end - from);
		}
	}

	private static float pixel(final float[] plane, final int row, final int column, final int columns) {
		return column >= 0 && column < columns ? plane[row + column] : 0;
	}

	/** One output channel's tiles from their 36 points to pixels. */
	private void output(final float[][][] sums, final int o, final float bias, final float floor, final float[] plane, final Store store, final int t0,
		final int count, final int toRow, final Scratch scratch)
	{
		final int n = PlainProducts.padded(count * across);
		final float none = Float.NEGATIVE_INFINITY;
		final float[][] pixels = scratch.rows(0, 18, n), mixed = scratch.rows(1, 26, n);
		for (int v = 0; v < 6; v++) TileLoops.output(sums[6 * v][o], sums[6 * v + 1][o], sums[6 * v + 2][o], sums[6 * v + 3][o], sums[6 * v + 4][o], sums[6 *
			v + 5][o], mixed, 4 * v, 1, 0, none, n);
		for (int p = 0; p < 4; p++) TileLoops.output(mixed[p], mixed[4 + p], mixed[8 + p], mixed[12 + p], mixed[16 + p], mixed[20 + p], pixels, p, 4, bias,
			floor, n);
		if (store == Store.POOL) {
			pool(pixels, plane, t0, count, toRow / 2, mixed);
			return;
		}
		final boolean add = store == Store.ADD;
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

	/** The largest of each 2x2 pixels to the plane: two rows of two for each tile. */
	private void pool(final float[][] pixels, final float[] plane, final int t0, final int count, final int toRow, final float[][] squares) {
		final int n = PlainProducts.padded(count * across), wide = outWidth / 2, whole = wide / 2;
		for (int s = 0; s < 4; s++) {
			final int p = 8 * (s / 2) + 2 * (s % 2);
			TileLoops.largest(pixels[p], pixels[p + 1], pixels[p + 4], pixels[p + 5], squares[s], Float.NEGATIVE_INFINITY, n);
		}
		for (int r = 0; r < 2; r++) for (int q = 0; q < count; q++) {
			final int y = 2 * (t0 + q) + r, at = q * across;
			if (y >= toRow) continue;
			TileLoops.collect(squares[2 * r], squares[2 * r + 1], at, plane, y * wide, whole);
			if (wide % 2 > 0) plane[y * wide + wide - 1] = squares[2 * r][at + whole];
		}
	}
}
