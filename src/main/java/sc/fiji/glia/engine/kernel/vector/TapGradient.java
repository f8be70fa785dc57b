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

import sc.fiji.glia.engine.kernel.Lanes;

/**
 * The product of which gradients of weights are made: taps by channels, with the sums over pixels in registers; c for taps that
 * lie side by side. Each sum takes its pixels in order, one fused multiply-add each, whatever the grouping.
 */
final class TapGradient {

	private static final VectorSpecies<Float> S = Lanes.SPECIES;
	private static final int V = Lanes.COUNT;
	private static final boolean MANY_REGISTERS = Lanes.MANY_REGISTERS;

	private TapGradient() {}

	/**
	 * For taps {@code from <= k < to}, which increase, and blocks {@code 0 <= q < blocks} (lane by lane):
	 * {@code g[go + q * gq + k * V] += sum over x < n of s[so + tap[k] + x * V] * e[eo + q * eq + x * V]}.
	 */
	static void run(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] e, final int eo, final int eq, final int blocks,
		final int n, final float[] g, final int go, final int gq)
	{
		for (int q = 0; q < blocks; q += 2) {
			final int ee = eo + q * eq, gg = go + q * gq;
			int k = from;
			if (q + 1 < blocks) {
				if (MANY_REGISTERS) for (; k + 8 <= to; k += 8) {
					if (tap[k + 7] == tap[k] + 7) c8x2(s, so, tap, k, e, ee, eq, n, g, gg + k * V, gq);
					else g8x2(s, so, tap, k, e, ee, eq, n, g, gg + k * V, gq);
				}
				for (; k + 4 <= to; k += 4) g4x2(s, so, tap, k, e, ee, eq, n, g, gg + k * V, gq);
				for (; k < to; k++) g1x2(s, so, tap, k, e, ee, eq, n, g, gg + k * V, gq);
			}
			else {
				if (MANY_REGISTERS) for (; k + 16 <= to && tap[k + 15] == tap[k] + 15; k += 16) c16x1(s, so, tap, k, e, ee, 0, n, g, gg + k * V, 0);
				for (; k + 8 <= to; k += 8) g8x1(s, so, tap, k, e, ee, 0, n, g, gg + k * V, 0);
				for (; k < to; k++) g1x1(s, so, tap, k, e, ee, 0, n, g, gg + k * V, 0);
			}
		}
	}

	private static void c8x2(final float[] s, final int so, final int[] tap, final int k, final float[] e, final int eo, final int eq, final int n, final float[] g,
		final int go, final int gq)
	{
		final int i = so + tap[k];
		FloatVector v00 = FloatVector.fromArray(S, g, go);
		FloatVector v01 = FloatVector.fromArray(S, g, go + V);
		FloatVector v02 = FloatVector.fromArray(S, g, go + 2 * V);
		FloatVector v03 = FloatVector.fromArray(S, g, go + 3 * V);
		FloatVector v04 = FloatVector.fromArray(S, g, go + 4 * V);
		FloatVector v05 = FloatVector.fromArray(S, g, go + 5 * V);
		FloatVector v06 = FloatVector.fromArray(S, g, go + 6 * V);
		FloatVector v07 = FloatVector.fromArray(S, g, go + 7 * V);
		FloatVector v10 = FloatVector.fromArray(S, g, go + gq);
		FloatVector v11 = FloatVector.fromArray(S, g, go + V + gq);
		FloatVector v12 = FloatVector.fromArray(S, g, go + 2 * V + gq);
		FloatVector v13 = FloatVector.fromArray(S, g, go + 3 * V + gq);
		FloatVector v14 = FloatVector.fromArray(S, g, go + 4 * V + gq);
		FloatVector v15 = FloatVector.fromArray(S, g, go + 5 * V + gq);
		FloatVector v16 = FloatVector.fromArray(S, g, go + 6 * V + gq);
		FloatVector v17 = FloatVector.fromArray(S, g, go + 7 * V + gq);
		for (int x = 0; x < n; x++) {
			final int o = x * V;
			final FloatVector u = FloatVector.fromArray(S, e, eo + o), t = FloatVector.fromArray(S, e, eo + eq + o);
			FloatVector b = FloatVector.broadcast(S, s[i + o + 0]);
			v00 = u.fma(b, v00);
			v10 = t.fma(b, v10);
			b = FloatVector.broadcast(S, s[i + o + 1]);
			v01 = u.fma(b, v01);
			v11 = t.fma(b, v11);
			b = FloatVector.broadcast(S, s[i + o + 2]);
			v02 = u.fma(b, v02);
			v12 = t.fma(b, v12);
			b = FloatVector.broadcast(S, s[i + o + 3]);
			v03 = u.fma(b, v03);
			v13 = t.fma(b, v13);
			b = FloatVector.broadcast(S, s[i + o + 4]);
			v04 = u.fma(b, v04);
			v14 = t.fma(b, v14);
			b = FloatVector.broadcast(S, s[i + o + 5]);
			v05 = u.fma(b, v05);
			v15 = t.fma(b, v15);
			b = FloatVector.broadcast(S, s[i + o + 6]);
			v06 = u.fma(b, v06);
			v16 = t.fma(b, v16);
			b = FloatVector.broadcast(S, s[i + o + 7]);
			v07 = u.fma(b, v07);
			v17 = t.fma(b, v17);
		}
		v00.intoArray(g, go);
		v01.intoArray(g, go + V);
		v02.intoArray(g, go + 2 * V);
		v03.intoArray(g, go + 3 * V);
		v04.intoArray(g, go + 4 * V);
		v05.intoArray(g, go + 5 * V);
		v06.intoArray(g, go + 6 * V);
		v07.intoArray(g, go + 7 * V);
		v10.intoArray(g, go + gq);
		v11.intoArray(g, go + V + gq);
		v12.intoArray(g, go + 2 * V + gq);
		v13.intoArray(g, go + 3 * V + gq);
		v14.intoArray(g, go + 4 * V + gq);
		v15.intoArray(g, go + 5 * V + gq);
		v16.intoArray(g, go + 6 * V + gq);
		v17.intoArray(g, go + 7 * V + gq);
	}

	private static void g8x2(final float[] s, final int so, final int[] tap, final int k, final float[] e, final int eo, final int eq, final int n, final float[] g,
		final int go, final int gq)
	{
		final int i0 = so + tap[k];
		final int i1 = so + tap[k + 1];
		final int i2 = so + tap[k + 2];
		final int i3 = so + tap[k + 3];
		final int i4 = so + tap[k + 4];
		final int i5 = so + tap[k + 5];
		final int i6 = so + tap[k + 6];
		final int i7 = so + tap[k + 7];
		FloatVector v00 = FloatVector.fromArray(S, g, go);
		FloatVector v01 = FloatVector.fromArray(S, g, go + V);
		FloatVector v02 = FloatVector.fromArray(S, g, go + 2 * V);
		FloatVector v03 = FloatVector.fromArray(S, g, go + 3 * V);
		FloatVector v04 = FloatVector.fromArray(S, g, go + 4 * V);
		FloatVector v05 = FloatVector.fromArray(S, g, go + 5 * V);
		FloatVector v06 = FloatVector.fromArray(S, g, go + 6 * V);
		FloatVector v07 = FloatVector.fromArray(S, g, go + 7 * V);
		FloatVector v10 = FloatVector.fromArray(S, g, go + gq);
		FloatVector v11 = FloatVector.fromArray(S, g, go + V + gq);
		FloatVector v12 = FloatVector.fromArray(S, g, go + 2 * V + gq);
		FloatVector v13 = FloatVector.fromArray(S, g, go + 3 * V + gq);
		FloatVector v14 = FloatVector.fromArray(S, g, go + 4 * V + gq);
		FloatVector v15 = FloatVector.fromArray(S, g, go + 5 * V + gq);
		FloatVector v16 = FloatVector.fromArray(S, g, go + 6 * V + gq);
		FloatVector v17 = FloatVector.fromArray(S, g, go + 7 * V + gq);
		for (int x = 0; x < n; x++) {
			final int o = x * V;
			final FloatVector u = FloatVector.fromArray(S, e, eo + o), t = FloatVector.fromArray(S, e, eo + eq + o);
			FloatVector b = FloatVector.broadcast(S, s[i0 + o]);
			v00 = u.fma(b, v00);
			v10 = t.fma(b, v10);
			b = FloatVector.broadcast(S, s[i1 + o]);
			v01 = u.fma(b, v01);
			v11 = t.fma(b, v11);
			b = FloatVector.broadcast(S, s[i2 + o]);
			v02 = u.fma(b, v02);
			v12 = t.fma(b, v12);
			b = FloatVector.broadcast(S, s[i3 + o]);
			v03 = u.fma(b, v03);
			v13 = t.fma(b, v13);
			b = FloatVector.broadcast(S, s[i4 + o]);
			v04 = u.fma(b, v04);
			v14 = t.fma(b, v14);
			b = FloatVector.broadcast(S, s[i5 + o]);
			v05 = u.fma(b, v05);
			v15 = t.fma(b, v15);
			b = FloatVector.broadcast(S, s[i6 + o]);
			v06 = u.fma(b, v06);
			v16 = t.fma(b, v16);
			b = FloatVector.broadcast(S, s[i7 + o]);
			v07 = u.fma(b, v07);
			v17 = t.fma(b, v17);
		}
		v00.intoArray(g, go);
		v01.intoArray(g, go + V);
		v02.intoArray(g, go + 2 * V);
		v03.intoArray(g, go + 3 * V);
		v04.intoArray(g, go + 4 * V);
		v05.intoArray(g, go + 5 * V);
		v06.intoArray(g, go + 6 * V);
		v07.intoArray(g, go + 7 * V);
		v10.intoArray(g, go + gq);
		v11.intoArray(g, go + V + gq);
		v12.intoArray(g, go + 2 * V + gq);
		v13.intoArray(g, go + 3 * V + gq);
		v14.intoArray(g, go + 4 * V + gq);
		v15.intoArray(g, go + 5 * V + gq);
		v16.intoArray(g, go + 6 * V + gq);
		v17.intoArray(g, go + 7 * V + gq);
	}

	private static void g4x2(final float[] s, final int so, final int[] tap, final int k, final float[] e, final int eo, final int eq, final int n, final float[] g,
		final int go, final int gq)
	{
		final int i0 = so + tap[k];
		final int i1 = so + tap[k + 1];
		final int i2 = so + tap[k + 2];
		final int i3 = so + tap[k + 3];
		FloatVector v00 = FloatVector.fromArray(S, g, go);
		FloatVector v01 = FloatVector.fromArray(S, g, go + V);
		FloatVector v02 = FloatVector.fromArray(S, g, go + 2 * V);
		FloatVector v03 = FloatVector.fromArray(S, g, go + 3 * V);
		FloatVector v10 = FloatVector.fromArray(S, g, go + gq);
		FloatVector v11 = FloatVector.fromArray(S, g, go + V + gq);
		FloatVector v12 = FloatVector.fromArray(S, g, go + 2 * V + gq);
		FloatVector v13 = FloatVector.fromArray(S, g, go + 3 * V + gq);
		for (int x = 0; x < n; x++) {
			final int o = x * V;
			final FloatVector u = FloatVector.fromArray(S, e, eo + o), t = FloatVector.fromArray(S, e, eo + eq + o);
			FloatVector b = FloatVector.broadcast(S, s[i0 + o]);
			v00 = u.fma(b, v00);
			v10 = t.fma(b, v10);
			b = FloatVector.broadcast(S, s[i1 + o]);
			v01 = u.fma(b, v01);
			v11 = t.fma(b, v11);
			b = FloatVector.broadcast(S, s[i2 + o]);
			v02 = u.fma(b, v02);
			v12 = t.fma(b, v12);
			b = FloatVector.broadcast(S, s[i3 + o]);
			v03 = u.fma(b, v03);
			v13 = t.fma(b, v13);
		}
		v00.intoArray(g, go);
		v01.intoArray(g, go + V);
		v02.intoArray(g, go + 2 * V);
		v03.intoArray(g, go + 3 * V);
		v10.intoArray(g, go + gq);
		v11.intoArray(g, go + V + gq);
		v12.intoArray(g, go + 2 * V + gq);
		v13.intoArray(g, go + 3 * V + gq);
	}

	private static void g1x2(final float[] s, final int so, final int[] tap, final int k, final float[] e, final int eo, final int eq, final int n, final float[] g,
		final int go, final int gq)
	{
		final int i0 = so + tap[k];
		FloatVector v00 = FloatVector.fromArray(S, g, go);
		FloatVector v10 = FloatVector.fromArray(S, g, go + gq);
		for (int x = 0; x < n; x++) {
			final int o = x * V;
			final FloatVector u = FloatVector.fromArray(S, e, eo + o), t = FloatVector.fromArray(S, e, eo + eq + o);
			FloatVector b = FloatVector.broadcast(S, s[i0 + o]);
			v00 = u.fma(b, v00);
			v10 = t.fma(b, v10);
		}
		v00.intoArray(g, go);
		v10.intoArray(g, go + gq);
	}

	private static void c16x1(final float[] s, final int so, final int[] tap, final int k, final float[] e, final int eo, final int eq, final int n, final float[] g,
		final int go, final int gq)
	{
		final int i = so + tap[k];
		FloatVector v00 = FloatVector.fromArray(S, g, go);
		FloatVector v01 = FloatVector.fromArray(S, g, go + V);
		FloatVector v02 = FloatVector.fromArray(S, g, go + 2 * V);
		FloatVector v03 = FloatVector.fromArray(S, g, go + 3 * V);
		FloatVector v04 = FloatVector.fromArray(S, g, go + 4 * V);
		FloatVector v05 = FloatVector.fromArray(S, g, go + 5 * V);
		FloatVector v06 = FloatVector.fromArray(S, g, go + 6 * V);
		FloatVector v07 = FloatVector.fromArray(S, g, go + 7 * V);
		FloatVector v08 = FloatVector.fromArray(S, g, go + 8 * V);
		FloatVector v09 = FloatVector.fromArray(S, g, go + 9 * V);
		FloatVector v010 = FloatVector.fromArray(S, g, go + 10 * V);
		FloatVector v011 = FloatVector.fromArray(S, g, go + 11 * V);
		FloatVector v012 = FloatVector.fromArray(S, g, go + 12 * V);
		FloatVector v013 = FloatVector.fromArray(S, g, go + 13 * V);
		FloatVector v014 = FloatVector.fromArray(S, g, go + 14 * V);
		FloatVector v015 = FloatVector.fromArray(S, g, go + 15 * V);
		for (int x = 0; x < n; x++) {
			final int o = x * V;
			final FloatVector u = FloatVector.fromArray(S, e, eo + o);
			FloatVector b = FloatVector.broadcast(S, s[i + o + 0]);
			v00 = u.fma(b, v00);
			b = FloatVector.broadcast(S, s[i + o + 1]);
			v01 = u.fma(b, v01);
			b = FloatVector.broadcast(S, s[i + o + 2]);
			v02 = u.fma(b, v02);
			b = FloatVector.broadcast(S, s[i + o + 3]);
			v03 = u.fma(b, v03);
			b = FloatVector.broadcast(S, s[i + o + 4]);
			v04 = u.fma(b, v04);
			b = FloatVector.broadcast(S, s[i + o + 5]);
			v05 = u.fma(b, v05);
			b = FloatVector.broadcast(S, s[i + o + 6]);
			v06 = u.fma(b, v06);
			b = FloatVector.broadcast(S, s[i + o + 7]);
			v07 = u.fma(b, v07);
			b = FloatVector.broadcast(S, s[i + o + 8]);
			v08 = u.fma(b, v08);
			b = FloatVector.broadcast(S, s[i + o + 9]);
			v09 = u.fma(b, v09);
			b = FloatVector.broadcast(S, s[i + o + 10]);
			v010 = u.fma(b, v010);
			b = FloatVector.broadcast(S, s[i + o + 11]);
			v011 = u.fma(b, v011);
			b = FloatVector.broadcast(S, s[i + o + 12]);
			v012 = u.fma(b, v012);
			b = FloatVector.broadcast(S, s[i + o + 13]);
			v013 = u.fma(b, v013);
			b = FloatVector.broadcast(S, s[i + o + 14]);
			v014 = u.fma(b, v014);
			b = FloatVector.broadcast(S, s[i + o + 15]);
			v015 = u.fma(b, v015);
		}
		v00.intoArray(g, go);
		v01.intoArray(g, go + V);
		v02.intoArray(g, go + 2 * V);
		v03.intoArray(g, go + 3 * V);
		v04.intoArray(g, go + 4 * V);
		v05.intoArray(g, go + 5 * V);
		v06.intoArray(g, go + 6 * V);
		v07.intoArray(g, go + 7 * V);
		v08.intoArray(g, go + 8 * V);
		v09.intoArray(g, go + 9 * V);
		v010.intoArray(g, go + 10 * V);
		v011.intoArray(g, go + 11 * V);
		v012.intoArray(g, go + 12 * V);
		v013.intoArray(g, go + 13 * V);
		v014.intoArray(g, go + 14 * V);
		v015.intoArray(g, go + 15 * V);
	}

	private static void g8x1(final float[] s, final int so, final int[] tap, final int k, final float[] e, final int eo, final int eq, final int n, final float[] g,
		final int go, final int gq)
	{
		final int i0 = so + tap[k];
		final int i1 = so + tap[k + 1];
		final int i2 = so + tap[k + 2];
		final int i3 = so + tap[k + 3];
		final int i4 = so + tap[k + 4];
		final int i5 = so + tap[k + 5];
		final int i6 = so + tap[k + 6];
		final int i7 = so + tap[k + 7];
		FloatVector v00 = FloatVector.fromArray(S, g, go);
		FloatVector v01 = FloatVector.fromArray(S, g, go + V);
		FloatVector v02 = FloatVector.fromArray(S, g, go + 2 * V);
		FloatVector v03 = FloatVector.fromArray(S, g, go + 3 * V);
		FloatVector v04 = FloatVector.fromArray(S, g, go + 4 * V);
		FloatVector v05 = FloatVector.fromArray(S, g, go + 5 * V);
		FloatVector v06 = FloatVector.fromArray(S, g, go + 6 * V);
		FloatVector v07 = FloatVector.fromArray(S, g, go + 7 * V);
		for (int x = 0; x < n; x++) {
			final int o = x * V;
			final FloatVector u = FloatVector.fromArray(S, e, eo + o);
			FloatVector b = FloatVector.broadcast(S, s[i0 + o]);
			v00 = u.fma(b, v00);
			b = FloatVector.broadcast(S, s[i1 + o]);
			v01 = u.fma(b, v01);
			b = FloatVector.broadcast(S, s[i2 + o]);
			v02 = u.fma(b, v02);
			b = FloatVector.broadcast(S, s[i3 + o]);
			v03 = u.fma(b, v03);
			b = FloatVector.broadcast(S, s[i4 + o]);
			v04 = u.fma(b, v04);
			b = FloatVector.broadcast(S, s[i5 + o]);
			v05 = u.fma(b, v05);
			b = FloatVector.broadcast(S, s[i6 + o]);
			v06 = u.fma(b, v06);
			b = FloatVector.broadcast(S, s[i7 + o]);
			v07 = u.fma(b, v07);
		}
		v00.intoArray(g, go);
		v01.intoArray(g, go + V);
		v02.intoArray(g, go + 2 * V);
		v03.intoArray(g, go + 3 * V);
		v04.intoArray(g, go + 4 * V);
		v05.intoArray(g, go + 5 * V);
		v06.intoArray(g, go + 6 * V);
		v07.intoArray(g, go + 7 * V);
	}

	private static void g1x1(final float[] s, final int so, final int[] tap, final int k, final float[] e, final int eo, final int eq, final int n, final float[] g,
		final int go, final int gq)
	{
		final int i0 = so + tap[k];
		FloatVector v00 = FloatVector.fromArray(S, g, go);
		for (int x = 0; x < n; x++) {
			final int o = x * V;
			final FloatVector u = FloatVector.fromArray(S, e, eo + o);
			FloatVector b = FloatVector.broadcast(S, s[i0 + o]);
			v00 = u.fma(b, v00);
		}
		v00.intoArray(g, go);
	}
}
