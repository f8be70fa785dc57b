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

import sc.fiji.glia.engine.kernel.dense.AheadKernel;
import sc.fiji.glia.engine.kernel.dense.DenseOrder;
import sc.fiji.glia.engine.kernel.dense.DenseRows;

/**
 * Dense layers in vectors over neighbouring units. Work goes along the inputs in chunks whose rows fit into the cache, so that the weights
 * are read from memory once for a block of rows, however large they are; with a single tile of units, {@code x} is read where it is.
 */
public final class VectorDense implements AheadKernel {

	/** Units of a tile: two of the longest vectors. */
	private static final int TILE = 32;
	/** Rows that are worked on together. */
	private static final int BLOCK = 64;
	/** Inputs that are worked on together: their weights of one tile and 8 rows of them fit into the first cache. */
	private static final int CHUNK = 256;
	/** Inputs that are worked on together with the next batch: in a tile their weights lie one after another. */
	private static final int RUN = 4 * CHUNK;
	/** Inputs whose gradient is handed out together. */
	private static final int PIECE = 64;
	/** Rows whose input gradients are formed together. */
	private static final int COLUMNS = 32;

	/** Arrays of at least so many values begin at a region of the garbage collector, unless regions are larger than 8 MiB. */
	private static final int HUGE = 1 << 20;

	private final DenseOrder order;
	/** Says nothing; a sum that has to be stored, lest the compiler leaves the reading out. See {@link Reading}. */
	private float ahead;
	/** Working memory, and where its parts begin: at lines of the cache, as those of the weights do. */
	private final float[] scratch;
	private final int panel = DenseOrder.FIRST, panelLength, sums, dyPanel, piece, rest, nextPanel;

	/**
	 * @param units outputs of the layer
	 * @param inputs inputs of the layer
	 * @param rows the most rows of an {@link #update}; the other methods take any number
	 */
	public VectorDense(final int units, final int inputs, final int rows) {
		order = new DenseOrder(units, inputs, TILE);
		final int most = Math.max(BLOCK, rows);
		panelLength = Math.max(BLOCK * RUN, most * Panel.ROWS);
		sums = panel + panelLength;
		dyPanel = sums + BLOCK * order.paddedUnits();
		piece = dyPanel + most * order.paddedUnits();
		rest = piece + PIECE * TILE;
		nextPanel = rest + Panel.ROWS * TILE;
		scratch = new float[Math.max(HUGE, nextPanel + BLOCK * RUN)];
	}

	@Override
	public DenseOrder order() {
		return order;
	}

	// -- forward --

	@Override
	public void forward(final DenseRows x, final int rows, final float[] weight, final float[] bias, final int fromTile, final int toTile, final float[] y, final int yAt,
		final int yStride)
	{
		for (int r = 0; r < rows; r += BLOCK) {
			final int n = Math.min(BLOCK, rows - r);
			startSums(n, bias, 0, 0, fromTile, toTile);
			addProducts(x.from(r, 0), n, weight, 0, order.inputs(), fromTile, toTile);
			storeSums(n, fromTile, toTile, y, yAt + r * yStride, yStride);
		}
	}

	@Override
	public void addForward(final DenseRows x, final int rows, final float[] weight, final int from, final int to, final float[] y, final int yAt,
		final int yStride)
	{
		startSums(rows, y, yAt, yStride, 0, order.tiles());
		addProducts(x, rows, weight, from, to, 0, order.tiles());
		storeSums(rows, 0, order.tiles(), y, yAt, yStride);
	}

	/** Adds the products of the inputs {@code from ... to - 1} to the sums. */
	private void addProducts(final DenseRows x, final int rows, final float[] weight, final int from, final int to, final int fromTile, final int toTile) {
		final int padded = padded(rows);
		final int direct = x.isOneArray() && toTile - fromTile == 1 ? rows / Panel.ROWS * Panel.ROWS : 0; // rows that are not copied
		final Reading reading = new Reading(new float[][] { weight }, padded / Panel.ROWS * CHUNK / PIECE);
		for (int k = from; k < to; k += CHUNK) {
			final int chunk = Math.min(CHUNK, to - k);
			for (int b = direct; b < padded; b += Panel.ROWS) packRows(x.from(b, k), Math.min(Panel.ROWS, rows - b), chunk, panel + b * CHUNK);
			for (int t = fromTile; t < toTile; t++) {
				final int width = order.width(t), w = order.start(t) + k * width, s = sums + (t - fromTile) * TILE * BLOCK;
				final int next = next(t, k, CHUNK, fromTile, toTile, weight.length);
				if (direct == 0 && width == TILE && chunk == CHUNK && next > 0) {
					reading.begin(next);
					for (int i = 0; i < chunk; i += PIECE) for (int b = 0; b < padded; b += Panel.ROWS) {
						reading.read();
						Panel.packed(scratch, panel + b * CHUNK + i * Panel.ROWS, weight, w + i * TILE, scratch, s + b * width, PIECE, width);
					}
				}
				else for (int b = 0; b < padded; b += Panel.ROWS) {
					if (b < direct) Panel.rows(x.array(0), x.start(b) + k, x.stride(), weight, w, width, scratch, s + b * width, width, chunk, width);
					else Panel.packed(scratch, panel + b * CHUNK, weight, w, scratch, s + b * width, chunk, width);
				}
			}
		}
	}

	/** Rows with those that fill the last panel. */
	private static int padded(final int rows) {
		return (rows + Panel.ROWS - 1) / Panel.ROWS * Panel.ROWS;
	}

	/** Where the weights are that are needed after those of tile {@code t} and {@code count} inputs from {@code k} on; 0 if they end before a whole chunk does. */
	private int next(final int t, final int k, final int count, final int fromTile, final int toTile, final int length) {
		final int tile = t + 1 < toTile ? t + 1 : fromTile, next = order.start(tile) + (tile > t ? k : k + count) * TILE;
		return Panel.readsAhead() && order.width(tile) == TILE && next + TILE * CHUNK <= length ? next : 0;
	}

	/**
	 * Sums begin with the values of {@code from}, or 0 if it is empty. Those of tile {@code t} begin at {@code (t - fromTile) * TILE * BLOCK}, those of a
	 * row after those of the row before.
	 *
	 * @param stride values from row to row
	 */
	private void startSums(final int rows, final float[] from, final int at, final int stride, final int fromTile, final int toTile) {
		for (int t = fromTile; t < toTile; t++) {
			final int width = order.width(t), s = sums + (t - fromTile) * TILE * BLOCK;
			Arrays.fill(scratch, s, s + padded(rows) * width, 0);
			if (from.length == 0) continue;
			final int units = Math.min(width, order.units() - t * TILE);
			for (int b = 0; b < rows; b++) System.arraycopy(from, at + b * stride + t * TILE, scratch, s + b * width, units);
		}
	}

	private void storeSums(final int rows, final int fromTile, final int toTile, final float[] y, final int yAt, final int yStride) {
		for (int t = fromTile; t < toTile; t++) {
			final int width = order.width(t), units = Math.min(width, order.units() - t * TILE), s = sums + (t - fromTile) * TILE * BLOCK;
			for (int b = 0; b < rows; b++) System.arraycopy(scratch, s + b * width, y, yAt + b * yStride + t * TILE, units);
		}
	}

	/** Copies up to 8 rows to {@code at}, {@code [input][row]}; rows that are missing repeat the last one. */
	private void packRows(final DenseRows x, final int rows, final int inputs, final int at) {
		final int b1 = Math.min(1, rows - 1), b2 = Math.min(2, rows - 1), b3 = Math.min(3, rows - 1), b4 = Math.min(4, rows - 1);
		final int b5 = Math.min(5, rows - 1), b6 = Math.min(6, rows - 1), b7 = rows - 1;
		final float[] r0 = x.array(0), r1 = x.array(b1), r2 = x.array(b2), r3 = x.array(b3), r4 = x.array(b4), r5 = x.array(b5), r6 = x.array(b6), r7 = x
			.array(b7);
		final int s0 = x.start(0), s1 = x.start(b1), s2 = x.start(b2), s3 = x.start(b3), s4 = x.start(b4), s5 = x.start(b5), s6 = x.start(b6), s7 = x.start(
			b7);
		final float[] to = scratch;
		for (int k = 0, i = at; k < inputs; k++, i += Panel.ROWS) {
			to[i] = r0[s0 + k];
			to[i + 1] = r1[s1 + k];
			to[i + 2] = r2[s2 + k];
			to[i + 3] = r3[s3 + k];
			to[i + 4] = r4[s4 + k];
			to[i + 5] = r5[s5 + k];
			to[i + 6] = r6[s6 + k];
			to[i + 7] = r7[s7 + k];
		}
	}

	// -- gradient of the input --

	@Override
	public void inputGradient(final float[] dy, final int dyAt, final int dyStride, final int rows, final float[] weight, final int from, final int to,
		final float[] dx, final int dxAt, final int dxStride)
	{
		for (int r = 0; r < rows; r += COLUMNS) {
			final int n = Math.min(COLUMNS, rows - r), width = DenseOrder.padded(n);
			for (int u = 0; u < order.paddedUnits(); u++) for (int b = 0; b < width; b++) scratch[dyPanel + u * width + b] = u < order.units() && b < n ? dy[dyAt + (r +
				b) * dyStride + u] : 0;
			for (int k = from; k < to; k += PIECE) {
				final int count = Math.min(PIECE, to - k);
				inputPiece(weight, k, count, width);
				for (int b = 0; b < n; b++) for (int i = 0, at = dxAt + (r + b) * dxStride + k; i < count; i++) dx[at + i] = scratch[piece + i * width + b];
			}
		}
	}

	/** Puts the gradients of some inputs into {@link #piece}, {@code [input][row]}. */
	private void inputPiece(final float[] weight, final int first, final int count, final int width) {
		Arrays.fill(scratch, piece, piece + PIECE * width, 0);
		for (int t = 0; t < order.tiles(); t++) {
			final int terms = order.width(t), w = order.start(t) + first * terms, d = t * TILE * width;
			int i = 0;
			for (; i + Panel.ROWS <= count; i += Panel.ROWS) Panel.rows(weight, w + i * terms, terms, scratch, dyPanel + d, width, scratch, piece + i * width, width, terms, width);
			if (i == count) continue;
			System.arraycopy(weight, w + i * terms, scratch, rest, (count - i) * terms);
			Panel.rows(scratch, rest, terms, scratch, dyPanel + d, width, scratch, piece + i * width, width, terms, width);
		}
	}

	// -- gradient of the weights --

	@Override
	public void weightGradient(final DenseRows x, final float[] dy, final int dyAt, final int dyStride, final int rows,
		final int from, final int to, final float[] gradient)
	{
		final int direct = x.isOneArray() && order.tiles() == 1 ? from + (to - from) / Panel.ROWS * Panel.ROWS : from; // inputs that are not copied
		for (int r = 0; r < rows; r += BLOCK) {
			final int n = Math.min(BLOCK, rows - r);
			packGradient(dy, dyAt + r * dyStride, dyStride, n);
			for (int k = from, width = order.width(0), g = order.start(0) + from * width; k < direct; k += Panel.ROWS, g += Panel.ROWS * width)
				Panel.columns(x.array(0), x.start(r) + k, x.stride(), scratch, dyPanel, width, gradient, g, width, n, width);
			for (int k = direct; k < to; k += CHUNK) addGradient(x.from(r, k), n, k, Math.min(CHUNK, to - k), gradient);
		}
	}

	private void addGradient(final DenseRows x, final int rows, final int first, final int count, final float[] gradient) {
		packColumns(x, rows, count);
		for (int t = 0; t < order.tiles(); t++) {
			final int width = order.width(t), d = t * TILE * rows;
			for (int i = 0; i < count; i += Panel.ROWS) {
				final int g = order.start(t) + (first + i) * width;
				if (i + Panel.ROWS <= count) Panel.packed(scratch, panel + i * rows, scratch, dyPanel + d, gradient, g, rows, width);
				else {
					System.arraycopy(gradient, g, scratch, piece, (count - i) * width);
					Panel.packed(scratch, panel + i * rows, scratch, dyPanel + d, scratch, piece, rows, width);
					System.arraycopy(scratch, piece, gradient, g, (count - i) * width);
				}
			}
		}
	}

	@Override
	public void update(final DenseRows x, final float[] dy, final int dyAt, final int dyStride, final int rows,
		final int from, final int to, final Update update)
	{
		final Reading none = new Reading(new float[][] { scratch }, 1);
		packGradient(dy, dyAt, dyStride, rows);
		final int most = Math.min(CHUNK, panelLength / rows / Panel.ROWS * Panel.ROWS);
		for (int k = from; k < to; k += most) {
			final int chunk = Math.min(most, to - k);
			packColumns(x.from(0, k), rows, chunk);
			for (int t = 0; t < order.tiles(); t++) for (int i = 0; i < chunk; i += PIECE)
				updatePiece(t, order.start(t) + (k + i) * order.width(t), i, Math.min(PIECE, chunk - i), rows, update, none);
		}
	}

	/** Gradient and update of {@code count} inputs of a tile, whose weights begin at {@code w}, from input {@code i} of the panel on. */
	private void updatePiece(final int t, final int w, final int i, final int count, final int rows, final Update update, final Reading reading) {
		final int width = order.width(t), d = dyPanel + t * TILE * rows;
		for (int m = 0; m < count; m += Panel.ROWS) {
			reading.read();
			Panel.fresh(scratch, panel + (i + m) * rows, scratch, d, scratch, piece + m * width, rows, width);
		}
		update.apply(w, w + count * width, scratch, piece);
	}

	@Override
	public void updateAhead(final DenseRows x, final float[] dy, final int dyAt, final int dyStride, final int rows, final int from, final int to,
		final Update update, final Next next, final float[] y, final int yAt, final int yStride)
	{
		final float[][] arrays = new float[1 + next.beside().length][];
		arrays[0] = next.weight();
		System.arraycopy(next.beside(), 0, arrays, 1, next.beside().length);
		final Reading reading = new Reading(arrays, CHUNK / Panel.ROWS + padded(next.rows()) / Panel.ROWS * CHUNK / PIECE);
		packGradient(dy, dyAt, dyStride, rows);
		startSums(next.rows(), y, yAt, yStride, 0, order.tiles());
		for (int k = from; k < to; k += RUN) {
			final int run = Math.min(RUN, to - k);
			packColumns(x.from(0, k), rows, run);
			for (int b = 0; b < next.rows(); b += Panel.ROWS) packRows(next.x().from(b, k), Math.min(Panel.ROWS, next.rows() - b), run, nextPanel + b * RUN);
			for (int t = 0; t < order.tiles(); t++) for (int i = 0; i < run; i += PIECE) {
				final int w = order.start(t) + (k + i) * order.width(t), count = Math.min(PIECE, run - i);
				if (i % CHUNK == 0) reading.begin(order.width(t) < TILE ? 0 : i + CHUNK < run ? w + CHUNK * TILE : next(t, k, RUN, 0, order.tiles(), next.weight().length));
				updatePiece(t, w, i, count, rows, update, reading);
				addPiece(t, w, i, count, next, reading);
			}
		}
		storeSums(next.rows(), 0, order.tiles(), y, yAt, yStride);
	}

	/** Forward of {@code count} inputs of a tile, whose weights begin at {@code w}, from input {@code i} of the panels of the next batch on. */
	private void addPiece(final int t, final int w, final int i, final int count, final Next next, final Reading reading) {
		final int width = order.width(t), s = sums + t * TILE * BLOCK;
		for (int b = 0; b < next.rows(); b += Panel.ROWS) {
			reading.read();
			Panel.packed(scratch, nextPanel + b * RUN + i * Panel.ROWS, next.weight(), w, scratch, s + b * width, count, width);
		}
	}

	/**
	 * Reads the weights of the next tile or chunk, and what is beside them, from memory between the products with those before, a few lines of the cache each
	 * time, so that misses overlap with each other and with products. The processor's own prefetcher ends at every page of 4 KiB: reading in streams, a
	 * whole number of pages apart, makes that happen to all streams at a time, wherever in a page the array begins.
	 */
	private final class Reading {

		/** Floats of a line of the cache; streams, and lines of a stream. */
		private static final int LINE = 16, STREAMS = 4, LINES = CHUNK * TILE / STREAMS / LINE;

		private final float[][] arrays;
		/** Lines of each stream at a time. */
		private final int lines;
		private int at, line;

		/**
		 * @param arrays the weights, and what is beside them
		 * @param products between which a chunk of a tile is read
		 */
		Reading(final float[][] arrays, final int products) {
			this.arrays = arrays;
			lines = (LINES + products - 1) / products;
		}

		/** @param from index of the first weight of the chunk to read; 0 for none */
		void begin(final int from) {
			at = Panel.readsAhead() && from + CHUNK * TILE <= arrays[0].length ? from : 0;
			line = 0;
		}

		/** Reads the next lines of all streams. */
		void read() {
			if (at == 0 || line == LINES) return;
			final int to = Math.min(LINES, line + lines);
			for (final float[] array : arrays) ahead += lines(array, at + line * LINE, at + to * LINE);
			line = to;
		}

		private float lines(final float[] array, final int from, final int to) {
			final int step = LINES * LINE;
			float sum = 0;
			for (int i = from; i < to; i += LINE) sum += array[i] + array[i + step] + (array[i + 2 * step] + array[i + 3 * step]);
			return sum;
		}
	}

	/** Copies inputs of each row into the panel, {@code [group of 8 inputs][row][input of the group]}; inputs that are missing are 0. */
	private void packColumns(final DenseRows x, final int rows, final int count) {
		for (int b = 0; b < rows; b++) {
			final float[] row = x.array(b);
			for (int k = 0, i = x.start(b), at = panel + b * Panel.ROWS; k < count; k += Panel.ROWS, at += rows * Panel.ROWS)
				for (int m = 0; m < Panel.ROWS; m++) scratch[at + m] = k + m < count ? row[i + k + m] : 0;
		}
	}

	/** Copies the gradient of the output into {@code [tile][row][unit of the tile]}; units that are filled up get 0. */
	private void packGradient(final float[] dy, final int dyAt, final int dyStride, final int rows) {
		for (int t = 0; t < order.tiles(); t++) {
			final int width = order.width(t), units = Math.min(width, order.units() - t * TILE);
			for (int b = 0; b < rows; b++) {
				final int at = dyPanel + t * TILE * rows + b * width;
				System.arraycopy(dy, dyAt + b * dyStride + t * TILE, scratch, at, units);
				Arrays.fill(scratch, at + units, at + width, 0);
			}
		}
	}
}
