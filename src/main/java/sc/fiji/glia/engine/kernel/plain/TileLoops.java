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

import sc.fiji.glia.engine.kernel.Fused;

/**
 * The loops of {@link PlaneWinograd}: every value of an array is one tile's. The matrices are those of F(4,3) in Lavin and Gray 2016, "Fast
 * Algorithms for Convolutional Neural Networks", section 4.
 * <p>
 * NB: the forms that HotSpot's C2 vectorises on Java 17: at most two sums, every stream an array of its own read at exactly {@code x},
 * nothing before the loop that has looked at the arrays, and a method too large (above 325 bytecodes) to be inlined.
 */
final class TileLoops {

	static {
		final float[][] r = new float[8][WarmUp.LENGTH];
		WarmUp.run(Rows.values().length, i -> Maps.two(Rows.values()[i], r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], 0, 0, WarmUp.LENGTH));
	}

	private TileLoops() {}

	/** A pair of rows of one of the matrices, or one row; or the largest of two or four values. */
	private enum Rows {
		INPUT_0_5, INPUT_1_2, INPUT_3_4, HALF_0_5, HALF_1_4, OUTPUT_0_2, OUTPUT_1_3, GRADIENT_1_2, GRADIENT_3_4, WEIGHT_0_2, WEIGHT_1, LARGER, LARGEST
	}

	/** Six values of a tile's input, along one axis, to six points: {@code B^T d}. */
	static void input(final float[] d0, final float[] d1, final float[] d2, final float[] d3, final float[] d4, final float[] d5, final float[][] to,
		final int at, final int step, final int n)
	{
		Maps.two(Rows.INPUT_0_5, d0, d1, d2, d3, d4, d5, to[at], to[at + 5 * step], 0, 0, n);
		Maps.two(Rows.INPUT_1_2, d0, d1, d2, d3, d4, d5, to[at + step], to[at + 2 * step], 0, 0, n);
		Maps.two(Rows.INPUT_3_4, d0, d1, d2, d3, d4, d5, to[at + 3 * step], to[at + 4 * step], 0, 0, n);
	}

	/** Four values {@code a, b, c, d} that stand for {@code a, b, b, c, c, d}, to the points of {@link #input} but the third, which is 0, and the fourth, which is -3 times the fifth. */
	static void half(final float[] a, final float[] b, final float[] c, final float[] d, final float[][] to, final int at, final int step, final int n) {
		Maps.two(Rows.HALF_0_5, a, b, c, d, d, d, to[at], to[at + 3 * step], 0, 0, n);
		Maps.two(Rows.HALF_1_4, b, c, b, c, b, c, to[at + step], to[at + 2 * step], 0, 0, n);
	}

	/** Six points to four output values, {@code max(A^T m + bias, floor)}. */
	static void output(final float[] m0, final float[] m1, final float[] m2, final float[] m3, final float[] m4, final float[] m5, final float[][] to,
		final int at, final int step, final float bias, final float floor, final int n)
	{
		Maps.two(Rows.OUTPUT_0_2, m0, m1, m2, m3, m4, m5, to[at], to[at + 2 * step], bias, floor, n);
		Maps.two(Rows.OUTPUT_1_3, m0, m1, m2, m3, m4, m5, to[at + step], to[at + 3 * step], bias, floor, n);
	}

	/** Four values of the output's gradient to six points, {@code A g}. */
	static void gradient(final float[] g0, final float[] g1, final float[] g2, final float[] g3, final float[][] to, final int at, final int step,
		final int n)
	{
		System.arraycopy(g0, 0, to[at], 0, n);
		Maps.two(Rows.GRADIENT_1_2, g0, g1, g2, g3, g3, g3, to[at + step], to[at + 2 * step], 0, 0, n);
		Maps.two(Rows.GRADIENT_3_4, g0, g1, g2, g3, g3, g3, to[at + 3 * step], to[at + 4 * step], 0, 0, n);
		System.arraycopy(g3, 0, to[at + 5 * step], 0, n);
	}

	/** Six points to three weights, {@code G^T s}. */
	static void weight(final float[][] s, final float[][] to, final int at, final int step, final int n) {
		Maps.two(Rows.WEIGHT_0_2, s[0], s[1], s[2], s[3], s[4], s[5], to[at], to[at + 2 * step], 0, 0, n);
		Maps.two(Rows.WEIGHT_1, s[0], s[1], s[2], s[3], s[4], s[5], to[at + step], to[at + step], 0, 0, n);
	}

	/** NB: a class of its own, see {@link WarmUp}. */
	private static final class Maps {

		private static final float SIXTH = 1 / 6f;

		static void two(final Rows rows, final float[] i0, final float[] i1, final float[] i2, final float[] i3, final float[] i4, final float[] i5,
			final float[] p, final float[] q, final float bias, final float floor, final int n)
		{
			if (rows == Rows.INPUT_0_5) for (int x = 0; x < n; x++) {
				p[x] = Fused.multiplyAdd(4f, i0[x], Fused.multiplyAdd(-5f, i2[x], i4[x]));
				q[x] = Fused.multiplyAdd(4f, i1[x], Fused.multiplyAdd(-5f, i3[x], i5[x]));
			}
			else if (rows == Rows.INPUT_1_2) for (int x = 0; x < n; x++) {
				final float u = Fused.multiplyAdd(-4f, i2[x], i4[x]), v = Fused.multiplyAdd(-4f, i1[x], i3[x]);
				p[x] = u + v;
				q[x] = u - v;
			}
			else if (rows == Rows.INPUT_3_4) for (int x = 0; x < n; x++) {
				final float u = i4[x] - i2[x], v = 2f * (i3[x] - i1[x]);
				p[x] = u + v;
				q[x] = u - v;
			}
			else if (rows == Rows.HALF_0_5) for (int x = 0; x < n; x++) {
				p[x] = Fused.multiplyAdd(4f, i0[x], Fused.multiplyAdd(-5f, i1[x], i2[x]));
				q[x] = Fused.multiplyAdd(4f, i1[x], Fused.multiplyAdd(-5f, i2[x], i3[x]));
			}
			else if (rows == Rows.HALF_1_4) for (int x = 0; x < n; x++) {
				p[x] = 2f * Fused.multiplyAdd(-4f, i0[x], i1[x]);
				q[x] = i0[x] - i1[x];
			}
			else if (rows == Rows.OUTPUT_0_2) for (int x = 0; x < n; x++) {
				final float s = i1[x] + i2[x] + bias, t = i3[x] + i4[x];
				p[x] = Math.max(i0[x] + s + t, floor);
				q[x] = Math.max(Fused.multiplyAdd(4f, t, s), floor);
			}
			else if (rows == Rows.OUTPUT_1_3) for (int x = 0; x < n; x++) {
				final float s = i1[x] - i2[x] + bias, t = i3[x] - i4[x];
				p[x] = Math.max(Fused.multiplyAdd(2f, t, s), floor);
				q[x] = Math.max(Fused.multiplyAdd(8f, t, s) + i5[x], floor);
			}
			else if (rows == Rows.GRADIENT_1_2) for (int x = 0; x < n; x++) {
				final float s = i0[x] + i2[x], t = i1[x] + i3[x];
				p[x] = s + t;
				q[x] = s - t;
			}
			else if (rows == Rows.WEIGHT_0_2) for (int x = 0; x < n; x++) {
				final float s = SIXTH * (i1[x] + i2[x]), t = i3[x] + i4[x];
				p[x] = Fused.multiplyAdd(0.25f, i0[x], Fused.multiplyAdd(SIXTH / 4, t, -s));
				q[x] = Fused.multiplyAdd(SIXTH, t, i5[x]) - s;
			}
			else if (rows == Rows.LARGER) for (int x = 0; x < n; x++) p[x] = Math.max(i0[x], i1[x]);
			else if (rows == Rows.LARGEST) for (int x = 0; x < n; x++) p[x] = Math.max(Math.max(Math.max(i0[x], i1[x]), Math.max(i2[x], i3[x])), floor);
			else if (rows == Rows.WEIGHT_1) for (int x = 0; x < n; x++) p[x] = Fused.multiplyAdd(SIXTH, i2[x] - i1[x], SIXTH / 2 * (i3[x] - i4[x]));
			else for (int x = 0; x < n; x++) {
				final float s = Fused.multiplyAdd(4f, i2[x], i0[x]), t = Fused.multiplyAdd(8f, i3[x], 2f * i1[x]);
				p[x] = s + t;
				q[x] = s - t;
			}
		}
	}

	/** {@code to[x] = max(a[x], b[x])}. */
	static void larger(final float[] a, final float[] b, final float[] to, final int n) {
		Maps.two(Rows.LARGER, a, b, a, a, a, a, to, to, 0, 0, n);
	}

	/** {@code to[x] = max(a[x], b[x], c[x], d[x], floor)}. */
	static void largest(final float[] a, final float[] b, final float[] c, final float[] d, final float[] to, final float floor, final int n) {
		Maps.two(Rows.LARGEST, a, b, c, d, a, a, to, to, 0, floor, n);
	}

	/** {@code row[x] = max(row[x], floor)}. */
	static void raise(final float[] row, final float floor, final int n) {
		for (int x = 0; x < n; x++) row[x] = Math.max(row[x], floor);
	}

	/** Every fourth value of a row to an array of its own: {@code a[at + j] = row[from + 4 j]}, {@code b[at + j] = row[from + 4 j + 1]}... */
	static void deal(final float[] row, final int from, final float[] a, final float[] b, final float[] c, final float[] d, final int at, final int n) {
		for (int j = 0; j < n; j++) {
			a[at + j] = row[from + 4 * j];
			b[at + j] = row[from + 4 * j + 1];
			c[at + j] = row[from + 4 * j + 2];
			d[at + j] = row[from + 4 * j + 3];
		}
	}

	/** Every other value of a row to an array of its own: {@code a[at + j] = row[from + 2 j]}, {@code b[at + j] = row[from + 2 j + 1]}. */
	static void deal(final float[] row, final int from, final float[] a, final float[] b, final int at, final int n) {
		for (int j = 0; j < n; j++) {
			a[at + j] = row[from + 2 * j];
			b[at + j] = row[from + 2 * j + 1];
		}
	}

	/** The reverse of {@link #deal(float[], int, float[], float[], float[], float[], int, int) deal}. */
	static void collect(final float[] a, final float[] b, final float[] c, final float[] d, final int at, final float[] row, final int to, final int n) {
		for (int j = 0; j < n; j++) {
			row[to + 4 * j] = a[at + j];
			row[to + 4 * j + 1] = b[at + j];
			row[to + 4 * j + 2] = c[at + j];
			row[to + 4 * j + 3] = d[at + j];
		}
	}

	/** The reverse of {@link #deal(float[], int, float[], float[], int, int) deal}. */
	static void collect(final float[] a, final float[] b, final int at, final float[] row, final int to, final int n) {
		for (int j = 0; j < n; j++) {
			row[to + 2 * j] = a[at + j];
			row[to + 2 * j + 1] = b[at + j];
		}
	}

	/** As {@link #collect(float[], float[], float[], float[], int, float[], int, int) collect}, adding to the row. */
	static void add(final float[] a, final float[] b, final float[] c, final float[] d, final int at, final float[] row, final int to, final int n) {
		for (int j = 0; j < n; j++) {
			row[to + 4 * j] += a[at + j];
			row[to + 4 * j + 1] += b[at + j];
			row[to + 4 * j + 2] += c[at + j];
			row[to + 4 * j + 3] += d[at + j];
		}
	}

	/** Parts of eight arrays to eight values each of a line: {@code line[to + step * j + k] = planes[c + k][from + j]}. */
	static void eight(final float[][] planes, final int channel, final int from, final float[] line, final int to, final int step, final int n) {
		final float[] a = planes[channel], b = planes[channel + 1], c = planes[channel + 2], d = planes[channel + 3];
		final float[] e = planes[channel + 4], f = planes[channel + 5], g = planes[channel + 6], h = planes[channel + 7];
		for (int i = from, p = to; i < from + n; i++, p += step) {
			line[p] = a[i];
			line[p + 1] = b[i];
			line[p + 2] = c[i];
			line[p + 3] = d[i];
			line[p + 4] = e[i];
			line[p + 5] = f[i];
			line[p + 6] = g[i];
			line[p + 7] = h[i];
		}
	}
}
