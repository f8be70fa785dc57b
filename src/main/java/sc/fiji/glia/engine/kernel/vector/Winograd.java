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
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

import sc.fiji.glia.engine.kernel.Lanes;
import sc.fiji.glia.engine.kernel.WinogradRule;
import sc.fiji.glia.engine.kernel.vector.BlockConvolution.Wiring;

/**
 * The transforms of Winograd's convolution F(4x4, 3x3) (Lavin and Gray 2016), for V channels at a time: tiles of 6x6 input pixels give 4x4
 * output pixels with 36 products instead of 144. A tile in the transformed domain is 36 values, number {@code 6 * i + j} in its own plane.
 */
final class Winograd {

	private static final VectorSpecies<Float> S = Lanes.SPECIES;
	private static final int V = Lanes.COUNT;
	private Winograd() {}

	/** Whether the algorithm applies and is faster than the direct convolution. */
	static boolean suits(final Wiring w) {
		return WinogradRule.suits(w.kernel(), w.stride(), w.before(), w.inputs(), w.outputs(), w.out().height(), w.out().width());
	}

	/**
	 * Whether a point of the transformed input is 0 if the pixels are equal in squares of 2x2, as after up-sampling. If only the sums of such
	 * squares of the output are wanted, the same points of its transform do not matter.
	 */
	static boolean vanishes(final int point) {
		return point / 6 == 2 || point % 6 == 2;
	}

	/** Input transform {@code B^T d B}: 6x6 pixels at {@code s[so + i * rs + j * V]} to {@code d[dd + (6 * i + j) * ds]}. */
	static void input(final float[] s, final int so, final int rs, final float[] t, final int to, final float[] d, final int dd, final int ds) {
		// NB: one call for both passes; with two, C2 at times leaves a call that makes objects in the method around them
		for (int k = 0; k < 12; k++) {
			final boolean columns = k < 6;
			final int i = columns ? k : k - 6;
			input6(columns ? s : t, columns ? so + i * V : to + i * 6 * V, columns ? rs : V, columns ? t : d, columns ? to + i * V : dd + i * 6 * ds, columns ? 6 *
				V : ds);
		}
	}

	private static void input6(final float[] s, final int a, final int ss, final float[] d, final int o, final int ds) {
		final FloatVector d0 = FloatVector.fromArray(S, s, a), d1 = FloatVector.fromArray(S, s, a + ss), d2 = FloatVector.fromArray(S, s, a + 2 * ss);
		final FloatVector d3 = FloatVector.fromArray(S, s, a + 3 * ss), d4 = FloatVector.fromArray(S, s, a + 4 * ss), d5 = FloatVector.fromArray(S, s, a +
			5 * ss);
		final FloatVector two = FloatVector.broadcast(S, 2f), four = FloatVector.broadcast(S, 4f), five = FloatVector.broadcast(S, -5f), minus = FloatVector
			.broadcast(S, -4f);
		d0.fma(four, d2.fma(five, d4)).intoArray(d, o);
		final FloatVector e = d2.fma(minus, d4), f = d1.fma(minus, d3);
		e.add(f).intoArray(d, o + ds);
		e.sub(f).intoArray(d, o + 2 * ds);
		final FloatVector g = d4.sub(d2), h = d3.sub(d1).mul(two);
		g.add(h).intoArray(d, o + 3 * ds);
		g.sub(h).intoArray(d, o + 4 * ds);
		d1.fma(four, d3.fma(five, d5)).intoArray(d, o + 5 * ds);
	}

	/**
	 * {@link #input} of 6x6 pixels that are equal in squares of 2x2 and begin with the last column and row of a square: of 4x4 pixels, one for each
	 * square, at {@code s[so + i * rs + j * V]}. Points that {@link #vanishes vanish} are not written; the others are the same bits.
	 */
	static void inputOfSquares(final float[] s, final int so, final int rs, final float[] t, final int to, final float[] d, final int dd, final int ds) {
		for (int k = 0; k < 9; k++) {
			final boolean columns = k < 4;
			final int i = columns ? k : k < 6 ? k - 4 : k - 3;
			input4(columns ? s : t, columns ? so + i * V : to + i * 4 * V, columns ? rs : V, columns ? t : d, columns ? to + i * V : dd + i * 6 * ds, columns ? 4 *
				V : ds);
		}
	}

	private static void input4(final float[] s, final int a, final int ss, final float[] d, final int o, final int ds) {
		final FloatVector d0 = FloatVector.fromArray(S, s, a), d1 = FloatVector.fromArray(S, s, a + ss);
		final FloatVector d2 = FloatVector.fromArray(S, s, a + 2 * ss), d3 = FloatVector.fromArray(S, s, a + 3 * ss);
		final FloatVector four = FloatVector.broadcast(S, 4f), five = FloatVector.broadcast(S, -5f);
		d0.fma(four, d1.fma(five, d2)).intoArray(d, o);
		final FloatVector e = d1.fma(FloatVector.broadcast(S, -4f), d2), g = d2.sub(d1);
		e.add(e).intoArray(d, o + ds);
		g.add(g.add(g)).intoArray(d, o + 3 * ds);
		d1.sub(d2).intoArray(d, o + 4 * ds);
		d1.fma(four, d2.fma(five, d3)).intoArray(d, o + 5 * ds);
	}

	/**
	 * Output transform {@code A^T m A}: from {@code s[so + (6 * i + j) * ss]} to 4x4 pixels at {@code d[dd + i * rs + j * V]}, multiplied by
	 * {@code slope} where the mask is not above 0.
	 *
	 * @param a what the output starts from, V values at {@code ao} for every pixel, or the output itself
	 * @param add whether {@code a} is the output itself
	 * @param x the mask, 4x4 pixels at {@code x[xo + i * xs + j * V]}; or, if {@code xo} is negative, the output
	 */
	static void output(final float[] s, final int so, final int ss, final float[] t, final int to, final float[] a, final int ao, final boolean add,
		final float[] d, final int dd, final int rs, final float slope, final float[] x, final int xo, final int xs)
	{
		for (int j = 0; j < 6; j++) output6(s, so + j * ss, 6 * ss, t, to + j * V, 6 * V);
		for (int i = 0; i < 4; i++) {
			final int o = dd + i * rs, start = add ? ao + i * rs : ao, step = add ? V : 0;
			if (xo < 0) output6(t, to + i * 6 * V, a, start, step, d, o, slope);
			else output6(t, to + i * 6 * V, a, start, step, d, o, slope, x, xo + i * xs);
		}
	}

	private static void output6(final float[] s, final int a, final int ss, final float[] d, final int o, final int ds) {
		final FloatVector m1 = FloatVector.fromArray(S, s, a + ss), m2 = FloatVector.fromArray(S, s, a + 2 * ss);
		final FloatVector m3 = FloatVector.fromArray(S, s, a + 3 * ss), m4 = FloatVector.fromArray(S, s, a + 4 * ss);
		final FloatVector p = m1.add(m2), q = m1.sub(m2), r = m3.add(m4), u = m3.sub(m4);
		FloatVector.fromArray(S, s, a).add(p).add(r).intoArray(d, o);
		u.fma(FloatVector.broadcast(S, 2f), q).intoArray(d, o + ds);
		r.fma(FloatVector.broadcast(S, 4f), p).intoArray(d, o + 2 * ds);
		u.fma(FloatVector.broadcast(S, 8f), q).add(FloatVector.fromArray(S, s, a + 5 * ss)).intoArray(d, o + 3 * ds);
	}

	private static void output6(final float[] s, final int i, final float[] a, final int ao, final int as, final float[] d, final int o, final float slope) {
		final FloatVector m1 = FloatVector.fromArray(S, s, i + V), m2 = FloatVector.fromArray(S, s, i + 2 * V);
		final FloatVector m3 = FloatVector.fromArray(S, s, i + 3 * V), m4 = FloatVector.fromArray(S, s, i + 4 * V);
		final FloatVector p = m1.add(m2), q = m1.sub(m2), r = m3.add(m4), u = m3.sub(m4), f = FloatVector.broadcast(S, slope), zero = FloatVector.zero(S);
		final FloatVector y0 = FloatVector.fromArray(S, s, i).add(p).add(r).add(FloatVector.fromArray(S, a, ao));
		final FloatVector y1 = u.fma(FloatVector.broadcast(S, 2f), q).add(FloatVector.fromArray(S, a, ao + as));
		final FloatVector y2 = r.fma(FloatVector.broadcast(S, 4f), p).add(FloatVector.fromArray(S, a, ao + 2 * as));
		final FloatVector y3 = u.fma(FloatVector.broadcast(S, 8f), q).add(FloatVector.fromArray(S, s, i + 5 * V)).add(FloatVector.fromArray(S, a, ao + 3 * as));
		y0.mul(f).blend(y0, y0.compare(VectorOperators.GT, zero)).intoArray(d, o);
		y1.mul(f).blend(y1, y1.compare(VectorOperators.GT, zero)).intoArray(d, o + V);
		y2.mul(f).blend(y2, y2.compare(VectorOperators.GT, zero)).intoArray(d, o + 2 * V);
		y3.mul(f).blend(y3, y3.compare(VectorOperators.GT, zero)).intoArray(d, o + 3 * V);
	}

	private static void output6(final float[] s, final int i, final float[] a, final int ao, final int as, final float[] d, final int o, final float slope,
		final float[] x, final int xo)
	{
		final FloatVector m1 = FloatVector.fromArray(S, s, i + V), m2 = FloatVector.fromArray(S, s, i + 2 * V);
		final FloatVector m3 = FloatVector.fromArray(S, s, i + 3 * V), m4 = FloatVector.fromArray(S, s, i + 4 * V);
		final FloatVector p = m1.add(m2), q = m1.sub(m2), r = m3.add(m4), u = m3.sub(m4), f = FloatVector.broadcast(S, slope), zero = FloatVector.zero(S);
		final FloatVector y0 = FloatVector.fromArray(S, s, i).add(p).add(r).add(FloatVector.fromArray(S, a, ao));
		final FloatVector y1 = u.fma(FloatVector.broadcast(S, 2f), q).add(FloatVector.fromArray(S, a, ao + as));
		final FloatVector y2 = r.fma(FloatVector.broadcast(S, 4f), p).add(FloatVector.fromArray(S, a, ao + 2 * as));
		final FloatVector y3 = u.fma(FloatVector.broadcast(S, 8f), q).add(FloatVector.fromArray(S, s, i + 5 * V)).add(FloatVector.fromArray(S, a, ao + 3 * as));
		y0.mul(f).blend(y0, FloatVector.fromArray(S, x, xo).compare(VectorOperators.GT, zero)).intoArray(d, o);
		y1.mul(f).blend(y1, FloatVector.fromArray(S, x, xo + V).compare(VectorOperators.GT, zero)).intoArray(d, o + V);
		y2.mul(f).blend(y2, FloatVector.fromArray(S, x, xo + 2 * V).compare(VectorOperators.GT, zero)).intoArray(d, o + 2 * V);
		y3.mul(f).blend(y3, FloatVector.fromArray(S, x, xo + 3 * V).compare(VectorOperators.GT, zero)).intoArray(d, o + 3 * V);
	}

	/**
	 * {@link #output}, added up in squares of 2x2: 2x2 sums at {@code d[dd + i * rs + j * V]}. Points that {@link #vanishes vanish} are taken for 0, and
	 * not read.
	 */
	static void sumsOfSquares(final float[] s, final int so, final int ss, final float[] t, final int to, final float[] d, final int dd, final int rs) {
		for (int k = 0; k < 7; k++) {
			final boolean columns = k < 5;
			final int i = !columns ? k - 5 : k < 2 ? k : k + 1;
			sums5(columns ? s : t, columns ? so + i * ss : to + i * 6 * V, columns ? 6 * ss : V, columns ? t : d, columns ? to + i * V : dd + i * rs, columns ? 6 * V : V);
		}
	}

	private static void sums5(final float[] s, final int a, final int ss, final float[] d, final int o, final int ds) {
		final FloatVector m0 = FloatVector.fromArray(S, s, a), m1 = FloatVector.fromArray(S, s, a + ss), m3 = FloatVector.fromArray(S, s, a + 3 * ss);
		final FloatVector m4 = FloatVector.fromArray(S, s, a + 4 * ss), m5 = FloatVector.fromArray(S, s, a + 5 * ss), twice = m1.add(m1);
		m3.fma(FloatVector.broadcast(S, 3f), m0.add(twice)).sub(m4).intoArray(d, o);
		m3.fma(FloatVector.broadcast(S, 12f), m4.fma(FloatVector.broadcast(S, -4f), twice.add(m5))).intoArray(d, o + ds);
	}

	/** Transform of the output's gradient {@code A g A^T}: 4x4 pixels at {@code s[so + i * rs + j * V]} to {@code d[dd + (6 * i + j) * ds]}. */
	static void gradient(final float[] s, final int so, final int rs, final float[] t, final int to, final float[] d, final int dd, final int ds) {
		for (int j = 0; j < 4; j++) gradient4(s, so + j * V, rs, t, to + j * V, 4 * V);
		for (int i = 0; i < 6; i++) gradient4(t, to + i * 4 * V, V, d, dd + i * 6 * ds, ds);
	}

	private static void gradient4(final float[] s, final int a, final int ss, final float[] d, final int o, final int ds) {
		final FloatVector y0 = FloatVector.fromArray(S, s, a), y1 = FloatVector.fromArray(S, s, a + ss);
		final FloatVector y2 = FloatVector.fromArray(S, s, a + 2 * ss), y3 = FloatVector.fromArray(S, s, a + 3 * ss);
		y0.intoArray(d, o);
		final FloatVector e = y0.add(y2), f = y1.add(y3);
		e.add(f).intoArray(d, o + ds);
		e.sub(f).intoArray(d, o + 2 * ds);
		final FloatVector g = y2.fma(FloatVector.broadcast(S, 4f), y0), h = y3.fma(FloatVector.broadcast(S, 8f), y1.mul(FloatVector.broadcast(S, 2f)));
		g.add(h).intoArray(d, o + 3 * ds);
		g.sub(h).intoArray(d, o + 4 * ds);
		y3.intoArray(d, o + 5 * ds);
	}

	/** Weight transform {@code G g G^T}: nine vectors at {@code s[so + (3 * u + v) * ss]} to {@code d[dd + (6 * i + j) * ds]}. */
	static void weights(final float[] s, final int so, final int ss, final float[] t, final int to, final float[] d, final int dd, final int ds) {
		for (int v = 0; v < 3; v++) weights3(s, so + v * ss, 3 * ss, t, to + v * V, 3 * V);
		for (int i = 0; i < 6; i++) weights3(t, to + i * 3 * V, V, d, dd + i * 6 * ds, ds);
	}

	private static void weights3(final float[] s, final int a, final int ss, final float[] d, final int o, final int ds) {
		final FloatVector g0 = FloatVector.fromArray(S, s, a), g1 = FloatVector.fromArray(S, s, a + ss), g2 = FloatVector.fromArray(S, s, a + 2 * ss);
		g0.mul(0.25f).intoArray(d, o);
		final FloatVector e = g0.add(g2).mul(-1 / 6f), f = g1.mul(1 / 6f);
		e.sub(f).intoArray(d, o + ds);
		e.add(f).intoArray(d, o + 2 * ds);
		final FloatVector p = g0.mul(1 / 24f).add(g2.mul(1 / 6f)), q = g1.mul(1 / 12f);
		p.add(q).intoArray(d, o + 3 * ds);
		p.sub(q).intoArray(d, o + 4 * ds);
		g2.intoArray(d, o + 5 * ds);
	}

	/** The gradient of the weights {@code G^T u G}: from {@code s[so + (6 * i + j) * ss]}, added to nine vectors at {@code d[dd + (3 * u + v) * ds]}. */
	static void weightGradient(final float[] s, final int so, final int ss, final float[] t, final int to, final float[] d, final int dd, final int ds) {
		for (int j = 0; j < 6; j++) weightGradient6(s, so + j * ss, 6 * ss, t, to + j * V, 6 * V, false);
		for (int u = 0; u < 3; u++) weightGradient6(t, to + u * 6 * V, V, d, dd + u * 3 * ds, ds, true);
	}

	private static void weightGradient6(final float[] s, final int a, final int ss, final float[] d, final int o, final int ds, final boolean add) {
		final FloatVector m1 = FloatVector.fromArray(S, s, a + ss), m2 = FloatVector.fromArray(S, s, a + 2 * ss);
		final FloatVector m3 = FloatVector.fromArray(S, s, a + 3 * ss), m4 = FloatVector.fromArray(S, s, a + 4 * ss);
		final FloatVector p = m1.add(m2).mul(-1 / 6f), q = m2.sub(m1).mul(1 / 6f), r = m3.add(m4), u = m3.sub(m4).mul(1 / 12f);
		FloatVector g0 = FloatVector.fromArray(S, s, a).mul(0.25f).add(p).add(r.mul(1 / 24f)), g1 = q.add(u);
		FloatVector g2 = p.add(r.mul(1 / 6f)).add(FloatVector.fromArray(S, s, a + 5 * ss));
		if (add) {
			g0 = g0.add(FloatVector.fromArray(S, d, o));
			g1 = g1.add(FloatVector.fromArray(S, d, o + ds));
			g2 = g2.add(FloatVector.fromArray(S, d, o + 2 * ds));
		}
		g0.intoArray(d, o);
		g1.intoArray(d, o + ds);
		g2.intoArray(d, o + 2 * ds);
	}
}
