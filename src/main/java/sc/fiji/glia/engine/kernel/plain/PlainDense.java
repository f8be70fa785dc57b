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
import java.util.function.BiConsumer;

import sc.fiji.glia.engine.kernel.dense.AheadKernel;
import sc.fiji.glia.engine.kernel.dense.DenseOrder;
import sc.fiji.glia.engine.kernel.dense.DenseRows;

/**
 * Dense layers as sums of scaled rows. What is added has to stand in rows of their own, so weights and inputs are copied, a piece at a time.
 * With many units the rows go along the units; with so few that they fill a single vector, along the rows of the batch (forward) and along
 * the inputs (gradient).
 */
public final class PlainDense implements AheadKernel {

	/** Most units of a tile, which threads share. */
	private static final int TILE = 128;
	/** Tiles that are worked on together. */
	private static final int TILES = TiledForward.TILES;
	/** Rows that are worked on together. */
	private static final int BLOCK = 128;
	/** Inputs whose gradients are summed together. */
	private static final int TERMS = 48;
	/** Inputs that are updated before their products with the next batch are formed. */
	private static final int AHEAD = 4 * TERMS;
	/** Inputs that are worked on together where rows go along the inputs. */
	private static final int CHUNK = 1024;
	/** Units up to which rows go along the batch. */
	private static final int FEW = DenseOrder.VECTOR;

	private final DenseOrder order;
	private final boolean few;
	/** Sums by row of the batch, and what they are made of. */
	private final float[][] sums, factors;
	/** Rows along units: weights, gradients of the output. */
	private final float[][] weights, dyRows;
	/** Rows along the batch or the inputs. */
	private final float[][] columns, wide, wideSums, unitFactors;
	private final float[] piece;
	private final TiledForward tiled;

	/**
	 * @param units outputs of the layer
	 * @param inputs inputs of the layer
	 * @param rows the most rows of an {@link #update}; the other methods take any number
	 */
	public PlainDense(final int units, final int inputs, final int rows) {
		order = new DenseOrder(units, inputs, Math.min(TILE, DenseOrder.padded(units)));
		few = units <= FEW;
		tiled = new TiledForward(order);
		final int most = Math.max(BLOCK, rows), width = Math.min(TILES * TILE, order.paddedUnits());
		sums = rows(Math.max(BLOCK, TERMS), Math.max(width, BLOCK));
		factors = new float[Math.max(most, TERMS)][Math.max(TERMS, most)];
		weights = rows(TERMS, width);
		dyRows = rows(most, few ? 0 : width);
		columns = rows(few ? CHUNK : 0, BLOCK);
		wide = rows(most, CHUNK);
		wideSums = rows(Math.max(BLOCK, order.paddedUnits()), CHUNK);
		unitFactors = new float[Math.max(BLOCK, order.paddedUnits())][Math.max(most, CHUNK)];
		piece = new float[Math.max(TERMS * width, CHUNK * FEW)];
	}

	/** Tells the number and the length of the arrays that a kernel has, about. */
	public static void lengths(final int units, final int rows, final BiConsumer<Long, Long> arrays) {
		final long most = Math.max(BLOCK, rows), padded = Math.max(BLOCK, DenseOrder.padded(units)), width = Math.min(TILES * TILE, padded);
		arrays.accept((long) BLOCK, width);
		arrays.accept(most, most);
		arrays.accept(TERMS + (units <= FEW ? 0 : most), width);
		arrays.accept(units <= FEW ? 0 : TiledForward.mostRows(), width);
		arrays.accept(units <= FEW ? (long) CHUNK : 0, (long) BLOCK);
		arrays.accept(most, (long) CHUNK);
		arrays.accept(padded, (long) CHUNK);
		arrays.accept(padded, Math.max(most, CHUNK));
		arrays.accept(1L, Math.max(TERMS * width, CHUNK * FEW));
	}

	private static float[][] rows(final int count, final int length) {
		return new float[count][PlainProducts.padded(length)];
	}

	@Override
	public DenseOrder order() {
		return order;
	}

	// -- forward --

	@Override
	public void forward(final DenseRows x, final int rows, final float[] weight, final float[] bias, final int fromTile, final int toTile, final float[] y,
		final int yAt, final int yStride)
	{
		if (!few) tiled.run(x, rows, weight, bias, fromTile, toTile, y, yAt, yStride);
		else if (toTile > fromTile) for (int r = 0; r < rows; r += BLOCK) forwardFew(x.from(r, 0), Math.min(BLOCK, rows - r), weight, bias, y, yAt + r * yStride,
			yStride);
	}

	@Override
	public void addForward(final DenseRows x, final int rows, final float[] weight, final int from, final int to, final float[] y, final int yAt,
		final int yStride)
	{
		for (int t = 0; t < order.tiles(); t += TILES) {
			final int end = Math.min(order.tiles(), t + TILES);
			startSums(rows, t, end, y, yAt, yStride);
			addProducts(x, rows, weight, from, to, t, end);
			storeSums(rows, t, end, y, yAt, yStride);
		}
	}

	/** Sums of the units of some tiles begin with rows of {@code start}, or 0 if it is empty. */
	private void startSums(final int rows, final int from, final int to, final float[] start, final int at, final int stride) {
		final int first = from * TILE, width = width(from, to), units = Math.min(width, order.units() - first);
		for (int b = 0; b < rows; b++) {
			Arrays.fill(sums[b], 0, PlainProducts.padded(width), 0);
			if (start.length > 0) System.arraycopy(start, at + b * stride + first, sums[b], 0, units);
		}
	}

	private void storeSums(final int rows, final int from, final int to, final float[] y, final int yAt, final int yStride) {
		final int first = from * TILE, units = Math.min(width(from, to), order.units() - first);
		for (int b = 0; b < rows; b++) System.arraycopy(sums[b], 0, y, yAt + b * yStride + first, units);
	}

	/** Adds the products of the inputs {@code first ... last - 1}. */
	private void addProducts(final DenseRows x, final int rows, final float[] weight, final int first, final int last, final int from, final int to) {
		final int width = width(from, to);
		for (int k = first; k < last; k += TERMS) {
			final int terms = Math.min(TERMS, last - k);
			for (int t = from; t < to; t++) for (int i = 0, w = order.width(t), at = order.start(t) + k * w; i < terms; i++, at += w)
				System.arraycopy(weight, at, weights[i], (t - from) * TILE, w);
			for (int b = 0; b < rows; b++) System.arraycopy(x.array(b), x.start(b) + k, factors[b], 0, terms);
			PlainProducts.multiplyAdd(sums, rows, factors, 0, 0, weights, terms, width);
		}
	}

	/** Units of some tiles, with those that are filled up. */
	private int width(final int fromTile, final int toTile) {
		return (toTile - 1 - fromTile) * TILE + order.width(toTile - 1);
	}

	/** Few units: sums of the inputs' columns, {@code [unit][row]}. */
	private void forwardFew(final DenseRows x, final int rows, final float[] weight, final float[] bias, final float[] y, final int yAt,
		final int yStride)
	{
		final int units = order.units(), width = order.width(0);
		for (int u = 0; u < units; u++) Arrays.fill(sums[u], 0, PlainProducts.padded(rows), bias.length > 0 ? bias[u] : 0);
		for (int k = 0; k < order.inputs(); k += CHUNK) {
			final int chunk = Math.min(CHUNK, order.inputs() - k);
			for (int b = 0; b < rows; b += 8) transpose(x.from(0, k), b, Math.min(8, rows - b), chunk);
			for (int i = 0, w = order.start(0) + k * width; i < chunk; i++, w += width) for (int u = 0; u < units; u++) unitFactors[u][i] = weight[w + u];
			PlainProducts.multiplyAdd(sums, units, unitFactors, 0, 0, columns, chunk, rows);
		}
		for (int u = 0; u < units; u++) for (int b = 0; b < rows; b++) y[yAt + b * yStride + u] = sums[u][b];
	}

	/** Puts the first values of rows {@code b ... b + rows - 1}, 8 at the most, into {@link #columns}; rows that are missing repeat the last one. */
	private void transpose(final DenseRows x, final int b, final int rows, final int count) {
		final int b1 = b + Math.min(1, rows - 1), b2 = b + Math.min(2, rows - 1), b3 = b + Math.min(3, rows - 1), b4 = b + Math.min(4, rows - 1);
		final int b5 = b + Math.min(5, rows - 1), b6 = b + Math.min(6, rows - 1), b7 = b + rows - 1;
		final float[] r0 = x.array(b), r1 = x.array(b1), r2 = x.array(b2), r3 = x.array(b3), r4 = x.array(b4), r5 = x.array(b5), r6 = x.array(b6), r7 = x
			.array(b7);
		final int s0 = x.start(b), s1 = x.start(b1), s2 = x.start(b2), s3 = x.start(b3), s4 = x.start(b4), s5 = x.start(b5), s6 = x.start(b6), s7 = x.start(
			b7);
		for (int k = 0; k < count; k++) {
			final float[] column = columns[k];
			column[b] = r0[s0 + k];
			column[b + 1] = r1[s1 + k];
			column[b + 2] = r2[s2 + k];
			column[b + 3] = r3[s3 + k];
			column[b + 4] = r4[s4 + k];
			column[b + 5] = r5[s5 + k];
			column[b + 6] = r6[s6 + k];
			column[b + 7] = r7[s7 + k];
		}
	}

	// -- gradient of the input --

	@Override
	public void inputGradient(final float[] dy, final int dyAt, final int dyStride, final int rows, final float[] weight, final int from, final int to,
		final float[] dx, final int dxAt, final int dxStride)
	{
		for (int r = 0; r < rows; r += BLOCK) for (int k = from; k < to; k += CHUNK) {
			final int n = Math.min(BLOCK, rows - r), count = Math.min(CHUNK, to - k);
			for (int b = 0; b < n; b++) Arrays.fill(wideSums[b], 0, PlainProducts.padded(count), 0);
			for (int u = 0; u < order.units(); u += BLOCK) {
				final int terms = Math.min(BLOCK, order.units() - u);
				for (int i = 0; i < terms; i++) {
					final float[] row = wide[i];
					final int step = order.width((u + i) / order.tile());
					for (int j = 0, w = order.index(u + i, k); j < count; j++, w += step) row[j] = weight[w];
				}
				for (int b = 0; b < n; b++) System.arraycopy(dy, dyAt + (r + b) * dyStride + u, unitFactors[b], 0, terms);
				PlainProducts.multiplyAdd(wideSums, n, unitFactors, 0, 0, wide, terms, count);
			}
			for (int b = 0; b < n; b++) System.arraycopy(wideSums[b], 0, dx, dxAt + (r + b) * dxStride + k, count);
		}
	}

	// -- gradient of the weights --

	@Override
	public void weightGradient(final DenseRows x, final float[] dy, final int dyAt, final int dyStride, final int rows, final int from, final int to,
		final float[] gradient)
	{
		for (int r = 0; r < rows; r += BLOCK) gradient(x.from(r, 0), dy, dyAt + r * dyStride, dyStride, Math.min(BLOCK, rows - r), from, to, gradient, null);
	}

	@Override
	public void update(final DenseRows x, final float[] dy, final int dyAt, final int dyStride, final int rows, final int from, final int to,
		final Update update)
	{
		gradient(x, dy, dyAt, dyStride, rows, from, to, piece, update);
	}

	@Override
	public void updateAhead(final DenseRows x, final float[] dy, final int dyAt, final int dyStride, final int rows, final int from, final int to,
		final Update update, final Next next, final float[] y, final int yAt, final int yStride)
	{
		for (int k = from; k < to; k += AHEAD) {
			final int end = Math.min(to, k + AHEAD);
			update(x, dy, dyAt, dyStride, rows, k, end, update);
			addForward(next.x(), next.rows(), next.weight(), k, end, y, yAt, yStride);
		}
	}

	/** Adds to the gradient; or, with an update, forms it in pieces and hands them out. */
	private void gradient(final DenseRows x, final float[] dy, final int dyAt, final int dyStride, final int rows, final int from, final int to,
		final float[] gradient, final Update update)
	{
		final int step = few ? CHUNK : TERMS;
		for (int t = 0; t < order.tiles(); t += TILES) {
			final int end = Math.min(order.tiles(), t + TILES);
			packGradient(dy, dyAt + t * TILE, dyStride, rows, width(t, end), order.units() - t * TILE);
			for (int k = from; k < to; k += step) {
				final int count = Math.min(step, to - k);
				if (update != null) Arrays.fill(gradient, 0, count * width(t, end), 0);
				if (few) gradientFew(x.from(0, k), rows, count, gradient, update == null ? order.start(0) + k * order.width(0) : 0);
				else gradientTiles(x.from(0, k), rows, k, count, t, end, gradient, update == null);
				if (update != null) for (int q = t, at = 0; q < end; at += count * order.width(q++)) {
					final int first = order.start(q) + k * order.width(q);
					update.apply(first, first + count * order.width(q), gradient, at);
				}
			}
		}
	}

	private void packGradient(final float[] dy, final int dyAt, final int dyStride, final int rows, final int width, final int most) {
		final int units = Math.min(width, most);
		for (int b = 0, at = dyAt; b < rows; b++, at += dyStride) {
			if (few) for (int u = 0; u < units; u++) unitFactors[u][b] = dy[at + u];
			else System.arraycopy(dy, at, dyRows[b], 0, units);
			if (!few) Arrays.fill(dyRows[b], units, width, 0);
		}
	}

	/** The gradient of inputs from {@code first} on is where the weights are, or, if not {@code inPlace}, one tile after the other. */
	private void gradientTiles(final DenseRows x, final int rows, final int first, final int count, final int from, final int to, final float[] gradient,
		final boolean inPlace)
	{
		for (int t = from, at = 0; t < to; at += count * order.width(t++)) for (int i = 0, w = order.width(t); i < count; i++)
			System.arraycopy(gradient, (inPlace ? order.start(t) + first * w : at) + i * w, sums[i], (t - from) * TILE, w);
		for (int b = 0; b < rows; b++) {
			final float[] row = x.array(b);
			for (int i = 0, j = x.start(b); i < count; i++, j++) factors[i][b] = row[j];
		}
		PlainProducts.multiplyAdd(sums, count, factors, 0, 0, dyRows, rows, width(from, to));
		for (int t = from, at = 0; t < to; at += count * order.width(t++)) for (int i = 0, w = order.width(t); i < count; i++)
			System.arraycopy(sums[i], (t - from) * TILE, gradient, (inPlace ? order.start(t) + first * w : at) + i * w, w);
	}

	/** Few units: sums of the rows of inputs, {@code [unit][input]}. */
	private void gradientFew(final DenseRows x, final int rows, final int count, final float[] gradient, final int at) {
		final int units = order.units(), width = order.width(0);
		for (int u = 0; u < units; u++) {
			for (int i = 0, g = at + u; i < count; i++, g += width) wideSums[u][i] = gradient[g];
			Arrays.fill(wideSums[u], count, PlainProducts.padded(count), 0);
		}
		for (int b = 0; b < rows; b++) System.arraycopy(x.array(b), x.start(b), wide[b], 0, count);
		PlainProducts.multiplyAdd(wideSums, units, unitFactors, 0, 0, wide, rows, count);
		for (int u = 0; u < units; u++) for (int i = 0, g = at + u; i < count; i++, g += width) gradient[g] = wideSums[u][i];
	}
}
