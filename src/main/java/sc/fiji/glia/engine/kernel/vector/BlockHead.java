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

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import sc.fiji.glia.engine.kernel.BlockShape;
import sc.fiji.glia.engine.kernel.Lanes;

/**
 * The 1x1 convolution from blocks to a few planes at the end of a network, row by row. Weights are {@code [output][lane of the blocks]},
 * 0 for lanes that hold nothing.
 */
public final class BlockHead {

	/** The most outputs for which this is faster than a convolution to a block. */
	public static final int MOST = 4;

	private static final VectorSpecies<Float> S = Lanes.SPECIES;
	private static final int V = Lanes.COUNT;

	private BlockHead() {}

	/**
	 * Rows y0 to y1 of one output plane: {@code y = bias + sum over lanes of w * x}; lanes are added one after the other.
	 *
	 * @param w weights of the output
	 * @param sums room for V values for each pixel of a row
	 */
	public static void forward(final float[] m, final int[] x, final BlockShape shape, final float[] w, final float bias, final float[] y, final float[] sums,
		final int y0, final int y1)
	{
		final int n = shape.width();
		for (int r = y0; r < y1; r++) {
			for (int b = 0; b < x.length; b++) products(m, x[b] + shape.row(r), n, w, b * V, sums, b == 0);
			for (int k = 0; k < n; k++) {
				float s = bias;
				for (int l = 0; l < V; l++) s += sums[k * V + l];
				y[r * n + k] = s;
			}
		}
	}

	private static void products(final float[] m, final int x, final int n, final float[] w, final int at, final float[] sums, final boolean first) {
		final FloatVector f = FloatVector.fromArray(S, w, at), zero = FloatVector.zero(S);
		if (first) for (int k = 0; k < n; k++) FloatVector.fromArray(S, m, x + k * V).fma(f, zero).intoArray(sums, k * V);
		else for (int k = 0; k < n; k++) FloatVector.fromArray(S, m, x + k * V).fma(f, FloatVector.fromArray(S, sums, k * V)).intoArray(sums, k * V);
	}

	/**
	 * Adds the share of rows y0 to y1 of one output to the gradient of its weights: {@code gradient[lane] += sum over pixels of dy * x}.
	 *
	 * @param at where in {@code gradient} the output's lanes begin
	 */
	public static void gradient(final float[] m, final int[] x, final BlockShape shape, final float[] dy, final float[] gradient, final int at,
		final int y0, final int y1)
	{
		final int n = shape.width();
		for (int r = y0; r < y1; r++) for (int b = 0; b < x.length; b++) row(m, x[b] + shape.row(r), n, dy, r * n, gradient, at + b * V);
	}

	private static void row(final float[] m, final int x, final int n, final float[] dy, final int d, final float[] gradient, final int at) {
		FloatVector a = FloatVector.zero(S), b = a;
		int k = 0;
		for (; k + 2 <= n; k += 2) {
			a = FloatVector.fromArray(S, m, x + k * V).fma(FloatVector.broadcast(S, dy[d + k]), a);
			b = FloatVector.fromArray(S, m, x + k * V + V).fma(FloatVector.broadcast(S, dy[d + k + 1]), b);
		}
		if (k < n) a = FloatVector.fromArray(S, m, x + k * V).fma(FloatVector.broadcast(S, dy[d + k]), a);
		FloatVector.fromArray(S, gradient, at).add(a.add(b)).intoArray(gradient, at);
	}

	/**
	 * Rows y0 to y1 of the gradient of the input: {@code dx (+)= dy * w}, times {@code slope} where x is not above 0 if {@code mask}.
	 *
	 * @param w weights of the output
	 */
	public static void backward(final float[] m, final float[] dy, final float[] w, final int[] dx, final int[] x, final BlockShape shape, final boolean add,
		final boolean mask, final float slope, final int y0, final int y1)
	{
		final int n = shape.width();
		for (int r = y0; r < y1; r++) for (int b = 0; b < dx.length; b++) {
			spread(m, dy, r * n, w, b * V, dx[b] + shape.row(r), n, add);
			if (mask) BlockMaps.mask(m, dx[b] + shape.row(r), x[b] + shape.row(r), n * V, slope);
		}
	}

	private static void spread(final float[] m, final float[] dy, final int d, final float[] w, final int at, final int dx, final int n, final boolean add) {
		final FloatVector f = FloatVector.fromArray(S, w, at);
		if (add) for (int k = 0; k < n; k++) f.fma(FloatVector.broadcast(S, dy[d + k]), FloatVector.fromArray(S, m, dx + k * V)).intoArray(m, dx + k * V);
		else for (int k = 0; k < n; k++) f.mul(FloatVector.broadcast(S, dy[d + k])).intoArray(m, dx + k * V);
	}
}
