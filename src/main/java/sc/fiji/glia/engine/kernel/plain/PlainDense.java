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

import sc.fiji.glia.engine.kernel.dense.DenseKernel;
import sc.fiji.glia.engine.kernel.dense.DenseOrder;

/**
 * Dense layers as sums of scaled rows. What is added has to stand in rows of their own, so weights and inputs are copied, a piece at a time.
 * With many units the rows go along the units; with so few that they fill a single vector, along the rows of the batch (forward) and along
 * the inputs (gradient).
 */
public final class PlainDense implements DenseKernel {

	/** Most units of a tile: longer rows do not make loops faster, and the sums of all rows still fit into the cache. */
	private static final int TILE = 512;
	/** Rows that are worked on together. */
	private static final int BLOCK = 128;
	/** Inputs whose weights are copied together; a multiple of the three rows that a loop adds. */
	private static final int TERMS = 48;
	/** Inputs that are worked on together where rows go along the inputs. */
	private static final int CHUNK = 1024;
	/** Units up to which rows go along the batch. */
	private static final int FEW = DenseOrder.VECTOR;

	private final DenseOrder order;
	private final boolean few;
	/** Sums by row of the batch, and what they are made of. */
	private final float[][] sums, factors;
	/** Rows along units: weights; gradients of the output. */
	private final float[][] weights, dyRows;
	/** Rows along the batch or the inputs. */
	private final float[][] columns, wide, wideSums, unitFactors;
	private final float[] piece;

	/**
	 * @param units outputs of the layer
	 * @param inputs inputs of the layer
	 * @param rows the most rows of an {@link #update}; the other methods take any number
	 */
	public PlainDense(final int units, final int inputs, final int rows) {
		order = new DenseOrder(units, inputs, Math.min(TILE, DenseOrder.padded(units)));
		few = units <= FEW;
		final int most = Math.max(BLOCK, rows), width = order.tile();
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

	private static float[][] rows(final int count, final int length) {
		return new float[count][PlainProducts.padded(length)];
	}

	@Override
	public DenseOrder order() {
		return order;
	}

	// -- forward --

	@Override
	public void forward(final float[] x, final int xAt, final int xStride, final int rows, final float[] weight, final float[] bias, final int fromTile,
		final int toTile, final float[] y, final int yAt, final int yStride)
	{
		for (int r = 0; r < rows; r += BLOCK) {
			final int n = Math.min(BLOCK, rows - r), in = xAt + r * xStride, out = yAt + r * yStride;
			if (few && toTile > fromTile) forwardFew(x, in, xStride, n, weight, bias, y, out, yStride);
			else for (int t = fromTile; t < toTile; t++) forwardTile(x, in, xStride, n, weight, bias, t, y, out, yStride);
		}
	}

	private void forwardTile(final float[] x, final int xAt, final int xStride, final int rows, final float[] weight, final float[] bias, final int t,
		final float[] y, final int yAt, final int yStride)
	{
		final int width = order.width(t), units = Math.min(width, order.units() - t * order.tile());
		for (int b = 0; b < rows; b++) {
			Arrays.fill(sums[b], 0, PlainProducts.padded(width), 0);
			if (bias.length > 0) System.arraycopy(bias, t * order.tile(), sums[b], 0, units);
		}
		for (int k = 0; k < order.inputs(); k += TERMS) {
			final int terms = Math.min(TERMS, order.inputs() - k);
			for (int i = 0; i < terms; i++) System.arraycopy(weight, order.start(t) + (k + i) * width, weights[i], 0, width);
			for (int b = 0; b < rows; b++) System.arraycopy(x, xAt + b * xStride + k, factors[b], 0, terms);
			PlainProducts.multiplyAdd(sums, rows, factors, 0, 0, weights, terms, width);
		}
		for (int b = 0; b < rows; b++) System.arraycopy(sums[b], 0, y, yAt + b * yStride + t * order.tile(), units);
	}

	/** Few units: sums of the inputs' columns, {@code [unit][row]}. */
	private void forwardFew(final float[] x, final int xAt, final int xStride, final int rows, final float[] weight, final float[] bias, final float[] y,
		final int yAt, final int yStride)
	{
		final int units = order.units(), width = order.width(0);
		for (int u = 0; u < units; u++) Arrays.fill(sums[u], 0, PlainProducts.padded(rows), bias.length > 0 ? bias[u] : 0);
		for (int k = 0; k < order.inputs(); k += CHUNK) {
			final int chunk = Math.min(CHUNK, order.inputs() - k);
			transpose(x, xAt + k, xStride, rows, chunk);
			for (int i = 0, w = order.start(0) + k * width; i < chunk; i++, w += width) for (int u = 0; u < units; u++) unitFactors[u][i] = weight[w + u];
			PlainProducts.multiplyAdd(sums, units, unitFactors, 0, 0, columns, chunk, rows);
		}
		for (int u = 0; u < units; u++) for (int b = 0; b < rows; b++) y[yAt + b * yStride + u] = sums[u][b];
	}

	/** Puts inputs into {@link #columns}, 8 at a time. */
	private void transpose(final float[] x, final int xAt, final int xStride, final int rows, final int count) {
		int k = 0;
		for (; k + 8 <= count; k += 8) {
			final float[] c0 = columns[k], c1 = columns[k + 1], c2 = columns[k + 2], c3 = columns[k + 3], c4 = columns[k + 4], c5 = columns[k + 5], c6 =
				columns[k + 6], c7 = columns[k + 7];
			for (int b = 0, i = xAt + k; b < rows; b++, i += xStride) {
				c0[b] = x[i];
				c1[b] = x[i + 1];
				c2[b] = x[i + 2];
				c3[b] = x[i + 3];
				c4[b] = x[i + 4];
				c5[b] = x[i + 5];
				c6[b] = x[i + 6];
				c7[b] = x[i + 7];
			}
		}
		for (; k < count; k++) for (int b = 0; b < rows; b++) columns[k][b] = x[xAt + b * xStride + k];
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
	public void weightGradient(final float[] x, final int xAt, final int xStride, final float[] dy, final int dyAt, final int dyStride, final int rows,
		final int from, final int to, final float[] gradient)
	{
		for (int r = 0; r < rows; r += BLOCK) gradient(x, xAt + r * xStride, xStride, dy, dyAt + r * dyStride, dyStride, Math.min(BLOCK, rows - r), from, to,
			gradient, null);
	}

	@Override
	public void update(final float[] x, final int xAt, final int xStride, final float[] dy, final int dyAt, final int dyStride, final int rows,
		final int from, final int to, final Update update)
	{
		gradient(x, xAt, xStride, dy, dyAt, dyStride, rows, from, to, piece, update);
	}

	/** Adds to the gradient; or, with an update, forms it in pieces and hands them out. */
	private void gradient(final float[] x, final int xAt, final int xStride, final float[] dy, final int dyAt, final int dyStride, final int rows,
		final int from, final int to, final float[] gradient, final Update update)
	{
		for (int t = 0; t < order.tiles(); t++) {
			final int width = order.width(t), units = Math.min(width, order.units() - t * order.tile()), step = few ? CHUNK : TERMS;
			for (int b = 0; b < rows; b++) {
				if (few) for (int u = 0; u < units; u++) unitFactors[u][b] = dy[dyAt + b * dyStride + u];
				else System.arraycopy(dy, dyAt + b * dyStride + t * order.tile(), dyRows[b], 0, units);
				if (!few) Arrays.fill(dyRows[b], units, width, 0);
			}
			for (int k = from; k < to; k += step) {
				final int count = Math.min(step, to - k), first = order.start(t) + k * width, at = update == null ? first : 0;
				if (update != null) Arrays.fill(gradient, 0, count * width, 0);
				if (few) gradientFew(x, xAt + k, xStride, rows, count, gradient, at);
				else gradientTile(x, xAt + k, xStride, rows, count, gradient, at, width);
				if (update != null) update.apply(first, first + count * width, gradient, 0);
			}
		}
	}

	private void gradientTile(final float[] x, final int xAt, final int xStride, final int rows, final int count, final float[] gradient, final int at,
		final int width)
	{
		for (int i = 0; i < count; i++) System.arraycopy(gradient, at + i * width, sums[i], 0, width);
		for (int b = 0; b < rows; b++) for (int i = 0, j = xAt + b * xStride; i < count; i++, j++) factors[i][b] = x[j];
		PlainProducts.multiplyAdd(sums, count, factors, 0, 0, dyRows, rows, width);
		for (int i = 0; i < count; i++) System.arraycopy(sums[i], 0, gradient, at + i * width, width);
	}

	/** Few units: sums of the rows of inputs, {@code [unit][input]}. */
	private void gradientFew(final float[] x, final int xAt, final int xStride, final int rows, final int count, final float[] gradient, final int at) {
		final int units = order.units(), width = order.width(0);
		for (int u = 0; u < units; u++) {
			for (int i = 0, g = at + u; i < count; i++, g += width) wideSums[u][i] = gradient[g];
			Arrays.fill(wideSums[u], count, PlainProducts.padded(count), 0);
		}
		for (int b = 0; b < rows; b++) System.arraycopy(x, xAt + b * xStride, wide[b], 0, count);
		PlainProducts.multiplyAdd(wideSums, units, unitFactors, 0, 0, wide, rows, count);
		for (int u = 0; u < units; u++) for (int i = 0, g = at + u; i < count; i++, g += width) gradient[g] = wideSums[u][i];
	}
}
