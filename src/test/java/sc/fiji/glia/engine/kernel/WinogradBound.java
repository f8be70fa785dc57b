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
package sc.fiji.glia.engine.kernel;

/**
 * What the roundings of Winograd's algorithms are relative to: the algorithm itself in double precision, with every number replaced by its
 * size and every difference by a sum. Each rounding changes a result by at most {@code 2^-24} of that. Lavin and Gray 2016, section 4.1.
 */
public final class WinogradBound {

	/** Roundings of the maps to the points and back, for one result; sums over channels or tiles come on top. */
	public static final int MAPS = 20;

	private static final double[][] BT = { { 4, 0, 5, 0, 1, 0 }, { 0, 4, 4, 1, 1, 0 }, { 0, 4, 4, 1, 1, 0 }, { 0, 2, 1, 2, 1, 0 }, { 0, 2, 1, 2, 1, 0 },
		{ 0, 4, 0, 5, 0, 1 } };
	private static final double[][] G = { { 1 / 4., 0, 0 }, { 1 / 6., 1 / 6., 1 / 6. }, { 1 / 6., 1 / 6., 1 / 6. }, { 1 / 24., 1 / 12., 1 / 6. }, { 1 / 24.,
		1 / 12., 1 / 6. }, { 0, 0, 1 } };
	private static final double[][] AT = { { 1, 1, 1, 1, 1, 0 }, { 0, 1, 1, 2, 2, 0 }, { 0, 1, 1, 4, 4, 0 }, { 0, 1, 1, 8, 8, 1 } };

	private WinogradBound() {}

	/**
	 * Sizes of {@code y = x * weight}, both not negative.
	 *
	 * @param x planes of {@code height x width}, which begin {@code before} pixels after the first that is read
	 * @param weight {@code [outputs][inputs][3][3]}
	 */
	public static double[][] forward(final double[][] x, final int height, final int width, final double[] weight, final int outputs, final int before,
		final int outHeight, final int outWidth)
	{
		final int inputs = x.length;
		final double[][] y = new double[outputs][outHeight * outWidth];
		final double[][][] w = new double[outputs * inputs][][];
		for (int k = 0; k < w.length; k++) {
			final double[][] g = new double[3][3];
			for (int t = 0; t < 9; t++) g[t / 3][t % 3] = weight[9 * k + t];
			w[k] = both(G, g);
		}
		for (int ty = 0; ty < outHeight; ty += 4) for (int tx = 0; tx < outWidth; tx += 4) {
			final double[][][] v = new double[inputs][][];
			for (int c = 0; c < inputs; c++) v[c] = both(BT, tile(x[c], ty - before, tx - before, 6, height, width));
			for (int o = 0; o < outputs; o++) {
				final double[][] m = new double[6][6];
				for (int c = 0; c < inputs; c++) for (int i = 0; i < 6; i++) for (int j = 0; j < 6; j++) m[i][j] += w[o * inputs + c][i][j] * v[c][i][j];
				final double[][] tile = both(AT, m);
				for (int i = 0; i < 4 && ty + i < outHeight; i++) for (int j = 0; j < 4 && tx + j < outWidth; j++) y[o][(ty + i) * outWidth + tx + j] = tile[i][j];
			}
		}
		return y;
	}

	/** Sizes of the gradient of the weights, by tiles of four rows and one column of {@code dy}; {@code x} and {@code dy} are not negative. */
	public static double[] weights(final double[][] x, final int height, final int width, final double[][] dy, final int outHeight, final int outWidth,
		final int before)
	{
		final double[] dw = new double[9 * x.length * dy.length];
		for (int o = 0; o < dy.length; o++) for (int c = 0; c < x.length; c++) for (int v = 0; v < 3; v++) {
			final double[] m = new double[6];
			for (int y = 0; y < outHeight; y += 4) for (int j = 0; j < outWidth; j++) for (int p = 0; p < 6; p++) {
				double a = 0, b = 0;
				for (int r = 0; r < 4; r++) a += AT[r][p] * pixel(dy[o], y + r, j, outHeight, outWidth);
				for (int r = 0; r < 6; r++) b += BT[p][r] * pixel(x[c], y + r - before, j + v - before, height, width);
				m[p] += a * b;
			}
			for (int u = 0; u < 3; u++) for (int p = 0; p < 6; p++) dw[((o * x.length + c) * 3 + u) * 3 + v] += G[p][u] * m[p];
		}
		return dw;
	}

	/** Sizes of the gradient of the weights, by tiles of four rows and four columns of {@code dy}; {@code x} and {@code dy} are not negative. */
	public static double[] tiles(final double[][] x, final int height, final int width, final double[][] dy, final int outHeight, final int outWidth,
		final int before)
	{
		final double[][] a = transposed(AT), g = transposed(G);
		final double[] dw = new double[9 * x.length * dy.length];
		final double[][][] m = new double[dy.length * x.length][6][6];
		for (int ty = 0; ty < outHeight; ty += 4) for (int tx = 0; tx < outWidth; tx += 4) {
			final double[][][] v = new double[x.length][][], e = new double[dy.length][][];
			for (int c = 0; c < v.length; c++) v[c] = both(BT, tile(x[c], ty - before, tx - before, 6, height, width));
			for (int o = 0; o < e.length; o++) e[o] = both(a, tile(dy[o], ty, tx, 4, outHeight, outWidth));
			for (int o = 0; o < e.length; o++) for (int c = 0; c < v.length; c++) for (int i = 0; i < 6; i++) for (int j = 0; j < 6; j++) m[o * v.length +
				c][i][j] += e[o][i][j] * v[c][i][j];
		}
		for (int k = 0; k < m.length; k++) {
			final double[][] d = both(g, m[k]);
			for (int t = 0; t < 9; t++) dw[9 * k + t] = d[t / 3][t % 3];
		}
		return dw;
	}

	private static double[][] tile(final double[] plane, final int row, final int column, final int size, final int height, final int width) {
		final double[][] d = new double[size][size];
		for (int i = 0; i < size; i++) for (int j = 0; j < size; j++) d[i][j] = pixel(plane, row + i, column + j, height, width);
		return d;
	}

	private static double[][] transposed(final double[][] a) {
		final double[][] t = new double[a[0].length][a.length];
		for (int i = 0; i < a.length; i++) for (int j = 0; j < t.length; j++) t[j][i] = a[i][j];
		return t;
	}

	private static double pixel(final double[] plane, final int row, final int column, final int height, final int width) {
		return row < 0 || row >= height || column < 0 || column >= width ? 0 : plane[row * width + column];
	}

	/** {@code a m a^T}. */
	private static double[][] both(final double[][] a, final double[][] m) {
		final int n = a.length, k = m.length;
		final double[][] s = new double[n][k], r = new double[n][n];
		for (int i = 0; i < n; i++) for (int q = 0; q < k; q++) for (int p = 0; p < k; p++) s[i][q] += a[i][p] * m[p][q];
		for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) for (int q = 0; q < k; q++) r[i][j] += s[i][q] * a[j][q];
		return r;
	}
}
