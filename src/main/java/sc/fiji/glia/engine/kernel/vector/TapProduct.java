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

import java.util.Objects;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import sc.fiji.glia.engine.kernel.Lanes;

/**
 * The product that convolutions, Winograd products and 1x1 convolutions are made of: pixels by channels, with the sums in registers.
 * <p>
 * Each sum takes its terms in the order of the taps, one fused multiply-add each, so that how pixels and channels are grouped does not
 * change a bit. The kernels are written out because the compiler keeps only named vectors in registers; they are called by the number of
 * pixels times the number of blocks. 14x2 and 28x1 suit 32 registers, 6x2 and 8x1 suit 16.
 */
final class TapProduct {

	private static final VectorSpecies<Float> S = Lanes.SPECIES;
	private static final int V = Lanes.COUNT;
	private static final boolean MANY_REGISTERS = Lanes.MANY_REGISTERS;

	private TapProduct() {}

	/**
	 * For pixels {@code 0 <= x < n} and blocks {@code 0 <= q < blocks} (lane by lane):
	 * {@code d[dd + q * dq + x * V] = a[ao + q * aq + x * ap] + sum over from <= k < to of s[so + tap[k] + x * V] * w[wo + q * wq + k * V]},
	 * where V is the number of lanes.
	 */
	static void run(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final int wq, final float[] a,
		final int ao, final int ap, final int aq, final float[] d, final int dd, final int dq, final int n, final int blocks)
	{
		int q = 0;
		for (; q + 2 <= blocks; q += 2) pairs(s, so, tap, from, to, w, wo + q * wq, wq, a, ao + q * aq, ap, aq, d, dd + q * dq, dq, n);
		if (q < blocks) single(s, so, tap, from, to, w, wo + q * wq, a, ao + q * aq, ap, d, dd + q * dq, n);
	}

	private static void pairs(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final int wq,
		final float[] a, final int ao, final int ap, final int aq, final float[] d, final int dd, final int dq, final int n)
	{
		int x = 0;
		while (x < n) {
			final int rest = n - x, o = x * V;
			if (MANY_REGISTERS && rest >= 14 && rest != 16) {
				p14x2(s, so + o, tap, from, to, w, wo, wq, a, ao + x * ap, ap, aq, d, dd + o, dq);
				x += 14;
			}
			else if (MANY_REGISTERS && rest >= 8) {
				p8x2(s, so + o, tap, from, to, w, wo, wq, a, ao + x * ap, ap, aq, d, dd + o, dq);
				x += 8;
			}
			else if (rest >= 6) {
				p6x2(s, so + o, tap, from, to, w, wo, wq, a, ao + x * ap, ap, aq, d, dd + o, dq);
				x += 6;
			}
			else if (rest >= 4) {
				p4x2(s, so + o, tap, from, to, w, wo, wq, a, ao + x * ap, ap, aq, d, dd + o, dq);
				x += 4;
			}
			else {
				p1x2(s, so + o, tap, from, to, w, wo, wq, a, ao + x * ap, ap, aq, d, dd + o, dq);
				x++;
			}
		}
	}

	private static void single(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final float[] a,
		final int ao, final int ap, final float[] d, final int dd, final int n)
	{
		int x = 0;
		while (x < n) {
			final int rest = n - x, o = x * V;
			if (MANY_REGISTERS && rest >= 28) {
				p28x1(s, so + o, tap, from, to, w, wo, 0, a, ao + x * ap, ap, 0, d, dd + o, 0);
				x += 28;
			}
			else if (MANY_REGISTERS && rest >= 14 && rest != 16) {
				p14x1(s, so + o, tap, from, to, w, wo, 0, a, ao + x * ap, ap, 0, d, dd + o, 0);
				x += 14;
			}
			else if (rest >= 8) {
				p8x1(s, so + o, tap, from, to, w, wo, 0, a, ao + x * ap, ap, 0, d, dd + o, 0);
				x += 8;
			}
			else if (rest >= 4) {
				p4x1(s, so + o, tap, from, to, w, wo, 0, a, ao + x * ap, ap, 0, d, dd + o, 0);
				x += 4;
			}
			else {
				p1x1(s, so + o, tap, from, to, w, wo, 0, a, ao + x * ap, ap, 0, d, dd + o, 0);
				x++;
			}
		}
	}

	private static void p14x2(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final int wq, final float[] a,
		final int ao, final int ap, final int aq, final float[] d, final int dd, final int dq)
	{
		FloatVector v000 = FloatVector.fromArray(S, a, ao);
		FloatVector v001 = FloatVector.fromArray(S, a, ao + ap);
		FloatVector v002 = FloatVector.fromArray(S, a, ao + 2 * ap);
		FloatVector v003 = FloatVector.fromArray(S, a, ao + 3 * ap);
		FloatVector v004 = FloatVector.fromArray(S, a, ao + 4 * ap);
		FloatVector v005 = FloatVector.fromArray(S, a, ao + 5 * ap);
		FloatVector v006 = FloatVector.fromArray(S, a, ao + 6 * ap);
		FloatVector v007 = FloatVector.fromArray(S, a, ao + 7 * ap);
		FloatVector v008 = FloatVector.fromArray(S, a, ao + 8 * ap);
		FloatVector v009 = FloatVector.fromArray(S, a, ao + 9 * ap);
		FloatVector v010 = FloatVector.fromArray(S, a, ao + 10 * ap);
		FloatVector v011 = FloatVector.fromArray(S, a, ao + 11 * ap);
		FloatVector v012 = FloatVector.fromArray(S, a, ao + 12 * ap);
		FloatVector v013 = FloatVector.fromArray(S, a, ao + 13 * ap);
		FloatVector v100 = FloatVector.fromArray(S, a, ao + aq);
		FloatVector v101 = FloatVector.fromArray(S, a, ao + ap + aq);
		FloatVector v102 = FloatVector.fromArray(S, a, ao + 2 * ap + aq);
		FloatVector v103 = FloatVector.fromArray(S, a, ao + 3 * ap + aq);
		FloatVector v104 = FloatVector.fromArray(S, a, ao + 4 * ap + aq);
		FloatVector v105 = FloatVector.fromArray(S, a, ao + 5 * ap + aq);
		FloatVector v106 = FloatVector.fromArray(S, a, ao + 6 * ap + aq);
		FloatVector v107 = FloatVector.fromArray(S, a, ao + 7 * ap + aq);
		FloatVector v108 = FloatVector.fromArray(S, a, ao + 8 * ap + aq);
		FloatVector v109 = FloatVector.fromArray(S, a, ao + 9 * ap + aq);
		FloatVector v110 = FloatVector.fromArray(S, a, ao + 10 * ap + aq);
		FloatVector v111 = FloatVector.fromArray(S, a, ao + 11 * ap + aq);
		FloatVector v112 = FloatVector.fromArray(S, a, ao + 12 * ap + aq);
		FloatVector v113 = FloatVector.fromArray(S, a, ao + 13 * ap + aq);
		for (int k = from; k < to; k++) {
			final int i = so + tap[k], j = wo + k * V;
			// NB: both checks before the first use, or C2 (Java 25) keeps a sum in memory, half as fast where that meets two lines of the cache
			Objects.checkIndex(i, s.length);
			Objects.checkIndex(i + 13 * V, s.length);
			final FloatVector u = FloatVector.fromArray(S, w, j), t = FloatVector.fromArray(S, w, j + wq);
			FloatVector b = FloatVector.broadcast(S, s[i]);
			v000 = u.fma(b, v000);
			v100 = t.fma(b, v100);
			b = FloatVector.broadcast(S, s[i + V]);
			v001 = u.fma(b, v001);
			v101 = t.fma(b, v101);
			b = FloatVector.broadcast(S, s[i + 2 * V]);
			v002 = u.fma(b, v002);
			v102 = t.fma(b, v102);
			b = FloatVector.broadcast(S, s[i + 3 * V]);
			v003 = u.fma(b, v003);
			v103 = t.fma(b, v103);
			b = FloatVector.broadcast(S, s[i + 4 * V]);
			v004 = u.fma(b, v004);
			v104 = t.fma(b, v104);
			b = FloatVector.broadcast(S, s[i + 5 * V]);
			v005 = u.fma(b, v005);
			v105 = t.fma(b, v105);
			b = FloatVector.broadcast(S, s[i + 6 * V]);
			v006 = u.fma(b, v006);
			v106 = t.fma(b, v106);
			b = FloatVector.broadcast(S, s[i + 7 * V]);
			v007 = u.fma(b, v007);
			v107 = t.fma(b, v107);
			b = FloatVector.broadcast(S, s[i + 8 * V]);
			v008 = u.fma(b, v008);
			v108 = t.fma(b, v108);
			b = FloatVector.broadcast(S, s[i + 9 * V]);
			v009 = u.fma(b, v009);
			v109 = t.fma(b, v109);
			b = FloatVector.broadcast(S, s[i + 10 * V]);
			v010 = u.fma(b, v010);
			v110 = t.fma(b, v110);
			b = FloatVector.broadcast(S, s[i + 11 * V]);
			v011 = u.fma(b, v011);
			v111 = t.fma(b, v111);
			b = FloatVector.broadcast(S, s[i + 12 * V]);
			v012 = u.fma(b, v012);
			v112 = t.fma(b, v112);
			b = FloatVector.broadcast(S, s[i + 13 * V]);
			v013 = u.fma(b, v013);
			v113 = t.fma(b, v113);
		}
		v000.intoArray(d, dd);
		v001.intoArray(d, dd + V);
		v002.intoArray(d, dd + 2 * V);
		v003.intoArray(d, dd + 3 * V);
		v004.intoArray(d, dd + 4 * V);
		v005.intoArray(d, dd + 5 * V);
		v006.intoArray(d, dd + 6 * V);
		v007.intoArray(d, dd + 7 * V);
		v008.intoArray(d, dd + 8 * V);
		v009.intoArray(d, dd + 9 * V);
		v010.intoArray(d, dd + 10 * V);
		v011.intoArray(d, dd + 11 * V);
		v012.intoArray(d, dd + 12 * V);
		v013.intoArray(d, dd + 13 * V);
		v100.intoArray(d, dd + dq);
		v101.intoArray(d, dd + V + dq);
		v102.intoArray(d, dd + 2 * V + dq);
		v103.intoArray(d, dd + 3 * V + dq);
		v104.intoArray(d, dd + 4 * V + dq);
		v105.intoArray(d, dd + 5 * V + dq);
		v106.intoArray(d, dd + 6 * V + dq);
		v107.intoArray(d, dd + 7 * V + dq);
		v108.intoArray(d, dd + 8 * V + dq);
		v109.intoArray(d, dd + 9 * V + dq);
		v110.intoArray(d, dd + 10 * V + dq);
		v111.intoArray(d, dd + 11 * V + dq);
		v112.intoArray(d, dd + 12 * V + dq);
		v113.intoArray(d, dd + 13 * V + dq);
	}

	private static void p8x2(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final int wq, final float[] a,
		final int ao, final int ap, final int aq, final float[] d, final int dd, final int dq)
	{
		FloatVector v000 = FloatVector.fromArray(S, a, ao);
		FloatVector v001 = FloatVector.fromArray(S, a, ao + ap);
		FloatVector v002 = FloatVector.fromArray(S, a, ao + 2 * ap);
		FloatVector v003 = FloatVector.fromArray(S, a, ao + 3 * ap);
		FloatVector v004 = FloatVector.fromArray(S, a, ao + 4 * ap);
		FloatVector v005 = FloatVector.fromArray(S, a, ao + 5 * ap);
		FloatVector v006 = FloatVector.fromArray(S, a, ao + 6 * ap);
		FloatVector v007 = FloatVector.fromArray(S, a, ao + 7 * ap);
		FloatVector v100 = FloatVector.fromArray(S, a, ao + aq);
		FloatVector v101 = FloatVector.fromArray(S, a, ao + ap + aq);
		FloatVector v102 = FloatVector.fromArray(S, a, ao + 2 * ap + aq);
		FloatVector v103 = FloatVector.fromArray(S, a, ao + 3 * ap + aq);
		FloatVector v104 = FloatVector.fromArray(S, a, ao + 4 * ap + aq);
		FloatVector v105 = FloatVector.fromArray(S, a, ao + 5 * ap + aq);
		FloatVector v106 = FloatVector.fromArray(S, a, ao + 6 * ap + aq);
		FloatVector v107 = FloatVector.fromArray(S, a, ao + 7 * ap + aq);
		for (int k = from; k < to; k++) {
			final int i = so + tap[k], j = wo + k * V;
			final FloatVector u = FloatVector.fromArray(S, w, j), t = FloatVector.fromArray(S, w, j + wq);
			FloatVector b = FloatVector.broadcast(S, s[i]);
			v000 = u.fma(b, v000);
			v100 = t.fma(b, v100);
			b = FloatVector.broadcast(S, s[i + V]);
			v001 = u.fma(b, v001);
			v101 = t.fma(b, v101);
			b = FloatVector.broadcast(S, s[i + 2 * V]);
			v002 = u.fma(b, v002);
			v102 = t.fma(b, v102);
			b = FloatVector.broadcast(S, s[i + 3 * V]);
			v003 = u.fma(b, v003);
			v103 = t.fma(b, v103);
			b = FloatVector.broadcast(S, s[i + 4 * V]);
			v004 = u.fma(b, v004);
			v104 = t.fma(b, v104);
			b = FloatVector.broadcast(S, s[i + 5 * V]);
			v005 = u.fma(b, v005);
			v105 = t.fma(b, v105);
			b = FloatVector.broadcast(S, s[i + 6 * V]);
			v006 = u.fma(b, v006);
			v106 = t.fma(b, v106);
			b = FloatVector.broadcast(S, s[i + 7 * V]);
			v007 = u.fma(b, v007);
			v107 = t.fma(b, v107);
		}
		v000.intoArray(d, dd);
		v001.intoArray(d, dd + V);
		v002.intoArray(d, dd + 2 * V);
		v003.intoArray(d, dd + 3 * V);
		v004.intoArray(d, dd + 4 * V);
		v005.intoArray(d, dd + 5 * V);
		v006.intoArray(d, dd + 6 * V);
		v007.intoArray(d, dd + 7 * V);
		v100.intoArray(d, dd + dq);
		v101.intoArray(d, dd + V + dq);
		v102.intoArray(d, dd + 2 * V + dq);
		v103.intoArray(d, dd + 3 * V + dq);
		v104.intoArray(d, dd + 4 * V + dq);
		v105.intoArray(d, dd + 5 * V + dq);
		v106.intoArray(d, dd + 6 * V + dq);
		v107.intoArray(d, dd + 7 * V + dq);
	}

	private static void p6x2(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final int wq, final float[] a,
		final int ao, final int ap, final int aq, final float[] d, final int dd, final int dq)
	{
		FloatVector v000 = FloatVector.fromArray(S, a, ao);
		FloatVector v001 = FloatVector.fromArray(S, a, ao + ap);
		FloatVector v002 = FloatVector.fromArray(S, a, ao + 2 * ap);
		FloatVector v003 = FloatVector.fromArray(S, a, ao + 3 * ap);
		FloatVector v004 = FloatVector.fromArray(S, a, ao + 4 * ap);
		FloatVector v005 = FloatVector.fromArray(S, a, ao + 5 * ap);
		FloatVector v100 = FloatVector.fromArray(S, a, ao + aq);
		FloatVector v101 = FloatVector.fromArray(S, a, ao + ap + aq);
		FloatVector v102 = FloatVector.fromArray(S, a, ao + 2 * ap + aq);
		FloatVector v103 = FloatVector.fromArray(S, a, ao + 3 * ap + aq);
		FloatVector v104 = FloatVector.fromArray(S, a, ao + 4 * ap + aq);
		FloatVector v105 = FloatVector.fromArray(S, a, ao + 5 * ap + aq);
		for (int k = from; k < to; k++) {
			final int i = so + tap[k], j = wo + k * V;
			final FloatVector u = FloatVector.fromArray(S, w, j), t = FloatVector.fromArray(S, w, j + wq);
			FloatVector b = FloatVector.broadcast(S, s[i]);
			v000 = u.fma(b, v000);
			v100 = t.fma(b, v100);
			b = FloatVector.broadcast(S, s[i + V]);
			v001 = u.fma(b, v001);
			v101 = t.fma(b, v101);
			b = FloatVector.broadcast(S, s[i + 2 * V]);
			v002 = u.fma(b, v002);
			v102 = t.fma(b, v102);
			b = FloatVector.broadcast(S, s[i + 3 * V]);
			v003 = u.fma(b, v003);
			v103 = t.fma(b, v103);
			b = FloatVector.broadcast(S, s[i + 4 * V]);
			v004 = u.fma(b, v004);
			v104 = t.fma(b, v104);
			b = FloatVector.broadcast(S, s[i + 5 * V]);
			v005 = u.fma(b, v005);
			v105 = t.fma(b, v105);
		}
		v000.intoArray(d, dd);
		v001.intoArray(d, dd + V);
		v002.intoArray(d, dd + 2 * V);
		v003.intoArray(d, dd + 3 * V);
		v004.intoArray(d, dd + 4 * V);
		v005.intoArray(d, dd + 5 * V);
		v100.intoArray(d, dd + dq);
		v101.intoArray(d, dd + V + dq);
		v102.intoArray(d, dd + 2 * V + dq);
		v103.intoArray(d, dd + 3 * V + dq);
		v104.intoArray(d, dd + 4 * V + dq);
		v105.intoArray(d, dd + 5 * V + dq);
	}

	private static void p4x2(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final int wq, final float[] a,
		final int ao, final int ap, final int aq, final float[] d, final int dd, final int dq)
	{
		FloatVector v000 = FloatVector.fromArray(S, a, ao);
		FloatVector v001 = FloatVector.fromArray(S, a, ao + ap);
		FloatVector v002 = FloatVector.fromArray(S, a, ao + 2 * ap);
		FloatVector v003 = FloatVector.fromArray(S, a, ao + 3 * ap);
		FloatVector v100 = FloatVector.fromArray(S, a, ao + aq);
		FloatVector v101 = FloatVector.fromArray(S, a, ao + ap + aq);
		FloatVector v102 = FloatVector.fromArray(S, a, ao + 2 * ap + aq);
		FloatVector v103 = FloatVector.fromArray(S, a, ao + 3 * ap + aq);
		for (int k = from; k < to; k++) {
			final int i = so + tap[k], j = wo + k * V;
			final FloatVector u = FloatVector.fromArray(S, w, j), t = FloatVector.fromArray(S, w, j + wq);
			FloatVector b = FloatVector.broadcast(S, s[i]);
			v000 = u.fma(b, v000);
			v100 = t.fma(b, v100);
			b = FloatVector.broadcast(S, s[i + V]);
			v001 = u.fma(b, v001);
			v101 = t.fma(b, v101);
			b = FloatVector.broadcast(S, s[i + 2 * V]);
			v002 = u.fma(b, v002);
			v102 = t.fma(b, v102);
			b = FloatVector.broadcast(S, s[i + 3 * V]);
			v003 = u.fma(b, v003);
			v103 = t.fma(b, v103);
		}
		v000.intoArray(d, dd);
		v001.intoArray(d, dd + V);
		v002.intoArray(d, dd + 2 * V);
		v003.intoArray(d, dd + 3 * V);
		v100.intoArray(d, dd + dq);
		v101.intoArray(d, dd + V + dq);
		v102.intoArray(d, dd + 2 * V + dq);
		v103.intoArray(d, dd + 3 * V + dq);
	}

	private static void p1x2(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final int wq, final float[] a,
		final int ao, final int ap, final int aq, final float[] d, final int dd, final int dq)
	{
		FloatVector v000 = FloatVector.fromArray(S, a, ao);
		FloatVector v100 = FloatVector.fromArray(S, a, ao + aq);
		for (int k = from; k < to; k++) {
			final int i = so + tap[k], j = wo + k * V;
			final FloatVector u = FloatVector.fromArray(S, w, j), t = FloatVector.fromArray(S, w, j + wq);
			FloatVector b = FloatVector.broadcast(S, s[i]);
			v000 = u.fma(b, v000);
			v100 = t.fma(b, v100);
		}
		v000.intoArray(d, dd);
		v100.intoArray(d, dd + dq);
	}

	private static void p28x1(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final int wq, final float[] a,
		final int ao, final int ap, final int aq, final float[] d, final int dd, final int dq)
	{
		FloatVector v000 = FloatVector.fromArray(S, a, ao);
		FloatVector v001 = FloatVector.fromArray(S, a, ao + ap);
		FloatVector v002 = FloatVector.fromArray(S, a, ao + 2 * ap);
		FloatVector v003 = FloatVector.fromArray(S, a, ao + 3 * ap);
		FloatVector v004 = FloatVector.fromArray(S, a, ao + 4 * ap);
		FloatVector v005 = FloatVector.fromArray(S, a, ao + 5 * ap);
		FloatVector v006 = FloatVector.fromArray(S, a, ao + 6 * ap);
		FloatVector v007 = FloatVector.fromArray(S, a, ao + 7 * ap);
		FloatVector v008 = FloatVector.fromArray(S, a, ao + 8 * ap);
		FloatVector v009 = FloatVector.fromArray(S, a, ao + 9 * ap);
		FloatVector v010 = FloatVector.fromArray(S, a, ao + 10 * ap);
		FloatVector v011 = FloatVector.fromArray(S, a, ao + 11 * ap);
		FloatVector v012 = FloatVector.fromArray(S, a, ao + 12 * ap);
		FloatVector v013 = FloatVector.fromArray(S, a, ao + 13 * ap);
		FloatVector v014 = FloatVector.fromArray(S, a, ao + 14 * ap);
		FloatVector v015 = FloatVector.fromArray(S, a, ao + 15 * ap);
		FloatVector v016 = FloatVector.fromArray(S, a, ao + 16 * ap);
		FloatVector v017 = FloatVector.fromArray(S, a, ao + 17 * ap);
		FloatVector v018 = FloatVector.fromArray(S, a, ao + 18 * ap);
		FloatVector v019 = FloatVector.fromArray(S, a, ao + 19 * ap);
		FloatVector v020 = FloatVector.fromArray(S, a, ao + 20 * ap);
		FloatVector v021 = FloatVector.fromArray(S, a, ao + 21 * ap);
		FloatVector v022 = FloatVector.fromArray(S, a, ao + 22 * ap);
		FloatVector v023 = FloatVector.fromArray(S, a, ao + 23 * ap);
		FloatVector v024 = FloatVector.fromArray(S, a, ao + 24 * ap);
		FloatVector v025 = FloatVector.fromArray(S, a, ao + 25 * ap);
		FloatVector v026 = FloatVector.fromArray(S, a, ao + 26 * ap);
		FloatVector v027 = FloatVector.fromArray(S, a, ao + 27 * ap);
		for (int k = from; k < to; k++) {
			final int i = so + tap[k], j = wo + k * V;
			final FloatVector u = FloatVector.fromArray(S, w, j);
			FloatVector b = FloatVector.broadcast(S, s[i]);
			v000 = u.fma(b, v000);
			b = FloatVector.broadcast(S, s[i + V]);
			v001 = u.fma(b, v001);
			b = FloatVector.broadcast(S, s[i + 2 * V]);
			v002 = u.fma(b, v002);
			b = FloatVector.broadcast(S, s[i + 3 * V]);
			v003 = u.fma(b, v003);
			b = FloatVector.broadcast(S, s[i + 4 * V]);
			v004 = u.fma(b, v004);
			b = FloatVector.broadcast(S, s[i + 5 * V]);
			v005 = u.fma(b, v005);
			b = FloatVector.broadcast(S, s[i + 6 * V]);
			v006 = u.fma(b, v006);
			b = FloatVector.broadcast(S, s[i + 7 * V]);
			v007 = u.fma(b, v007);
			b = FloatVector.broadcast(S, s[i + 8 * V]);
			v008 = u.fma(b, v008);
			b = FloatVector.broadcast(S, s[i + 9 * V]);
			v009 = u.fma(b, v009);
			b = FloatVector.broadcast(S, s[i + 10 * V]);
			v010 = u.fma(b, v010);
			b = FloatVector.broadcast(S, s[i + 11 * V]);
			v011 = u.fma(b, v011);
			b = FloatVector.broadcast(S, s[i + 12 * V]);
			v012 = u.fma(b, v012);
			b = FloatVector.broadcast(S, s[i + 13 * V]);
			v013 = u.fma(b, v013);
			b = FloatVector.broadcast(S, s[i + 14 * V]);
			v014 = u.fma(b, v014);
			b = FloatVector.broadcast(S, s[i + 15 * V]);
			v015 = u.fma(b, v015);
			b = FloatVector.broadcast(S, s[i + 16 * V]);
			v016 = u.fma(b, v016);
			b = FloatVector.broadcast(S, s[i + 17 * V]);
			v017 = u.fma(b, v017);
			b = FloatVector.broadcast(S, s[i + 18 * V]);
			v018 = u.fma(b, v018);
			b = FloatVector.broadcast(S, s[i + 19 * V]);
			v019 = u.fma(b, v019);
			b = FloatVector.broadcast(S, s[i + 20 * V]);
			v020 = u.fma(b, v020);
			b = FloatVector.broadcast(S, s[i + 21 * V]);
			v021 = u.fma(b, v021);
			b = FloatVector.broadcast(S, s[i + 22 * V]);
			v022 = u.fma(b, v022);
			b = FloatVector.broadcast(S, s[i + 23 * V]);
			v023 = u.fma(b, v023);
			b = FloatVector.broadcast(S, s[i + 24 * V]);
			v024 = u.fma(b, v024);
			b = FloatVector.broadcast(S, s[i + 25 * V]);
			v025 = u.fma(b, v025);
			b = FloatVector.broadcast(S, s[i + 26 * V]);
			v026 = u.fma(b, v026);
			b = FloatVector.broadcast(S, s[i + 27 * V]);
			v027 = u.fma(b, v027);
		}
		v000.intoArray(d, dd);
		v001.intoArray(d, dd + V);
		v002.intoArray(d, dd + 2 * V);
		v003.intoArray(d, dd + 3 * V);
		v004.intoArray(d, dd + 4 * V);
		v005.intoArray(d, dd + 5 * V);
		v006.intoArray(d, dd + 6 * V);
		v007.intoArray(d, dd + 7 * V);
		v008.intoArray(d, dd + 8 * V);
		v009.intoArray(d, dd + 9 * V);
		v010.intoArray(d, dd + 10 * V);
		v011.intoArray(d, dd + 11 * V);
		v012.intoArray(d, dd + 12 * V);
		v013.intoArray(d, dd + 13 * V);
		v014.intoArray(d, dd + 14 * V);
		v015.intoArray(d, dd + 15 * V);
		v016.intoArray(d, dd + 16 * V);
		v017.intoArray(d, dd + 17 * V);
		v018.intoArray(d, dd + 18 * V);
		v019.intoArray(d, dd + 19 * V);
		v020.intoArray(d, dd + 20 * V);
		v021.intoArray(d, dd + 21 * V);
		v022.intoArray(d, dd + 22 * V);
		v023.intoArray(d, dd + 23 * V);
		v024.intoArray(d, dd + 24 * V);
		v025.intoArray(d, dd + 25 * V);
		v026.intoArray(d, dd + 26 * V);
		v027.intoArray(d, dd + 27 * V);
	}

	private static void p14x1(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final int wq, final float[] a,
		final int ao, final int ap, final int aq, final float[] d, final int dd, final int dq)
	{
		FloatVector v000 = FloatVector.fromArray(S, a, ao);
		FloatVector v001 = FloatVector.fromArray(S, a, ao + ap);
		FloatVector v002 = FloatVector.fromArray(S, a, ao + 2 * ap);
		FloatVector v003 = FloatVector.fromArray(S, a, ao + 3 * ap);
		FloatVector v004 = FloatVector.fromArray(S, a, ao + 4 * ap);
		FloatVector v005 = FloatVector.fromArray(S, a, ao + 5 * ap);
		FloatVector v006 = FloatVector.fromArray(S, a, ao + 6 * ap);
		FloatVector v007 = FloatVector.fromArray(S, a, ao + 7 * ap);
		FloatVector v008 = FloatVector.fromArray(S, a, ao + 8 * ap);
		FloatVector v009 = FloatVector.fromArray(S, a, ao + 9 * ap);
		FloatVector v010 = FloatVector.fromArray(S, a, ao + 10 * ap);
		FloatVector v011 = FloatVector.fromArray(S, a, ao + 11 * ap);
		FloatVector v012 = FloatVector.fromArray(S, a, ao + 12 * ap);
		FloatVector v013 = FloatVector.fromArray(S, a, ao + 13 * ap);
		for (int k = from; k < to; k++) {
			final int i = so + tap[k], j = wo + k * V;
			final FloatVector u = FloatVector.fromArray(S, w, j);
			FloatVector b = FloatVector.broadcast(S, s[i]);
			v000 = u.fma(b, v000);
			b = FloatVector.broadcast(S, s[i + V]);
			v001 = u.fma(b, v001);
			b = FloatVector.broadcast(S, s[i + 2 * V]);
			v002 = u.fma(b, v002);
			b = FloatVector.broadcast(S, s[i + 3 * V]);
			v003 = u.fma(b, v003);
			b = FloatVector.broadcast(S, s[i + 4 * V]);
			v004 = u.fma(b, v004);
			b = FloatVector.broadcast(S, s[i + 5 * V]);
			v005 = u.fma(b, v005);
			b = FloatVector.broadcast(S, s[i + 6 * V]);
			v006 = u.fma(b, v006);
			b = FloatVector.broadcast(S, s[i + 7 * V]);
			v007 = u.fma(b, v007);
			b = FloatVector.broadcast(S, s[i + 8 * V]);
			v008 = u.fma(b, v008);
			b = FloatVector.broadcast(S, s[i + 9 * V]);
			v009 = u.fma(b, v009);
			b = FloatVector.broadcast(S, s[i + 10 * V]);
			v010 = u.fma(b, v010);
			b = FloatVector.broadcast(S, s[i + 11 * V]);
			v011 = u.fma(b, v011);
			b = FloatVector.broadcast(S, s[i + 12 * V]);
			v012 = u.fma(b, v012);
			b = FloatVector.broadcast(S, s[i + 13 * V]);
			v013 = u.fma(b, v013);
		}
		v000.intoArray(d, dd);
		v001.intoArray(d, dd + V);
		v002.intoArray(d, dd + 2 * V);
		v003.intoArray(d, dd + 3 * V);
		v004.intoArray(d, dd + 4 * V);
		v005.intoArray(d, dd + 5 * V);
		v006.intoArray(d, dd + 6 * V);
		v007.intoArray(d, dd + 7 * V);
		v008.intoArray(d, dd + 8 * V);
		v009.intoArray(d, dd + 9 * V);
		v010.intoArray(d, dd + 10 * V);
		v011.intoArray(d, dd + 11 * V);
		v012.intoArray(d, dd + 12 * V);
		v013.intoArray(d, dd + 13 * V);
	}

	private static void p8x1(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final int wq, final float[] a,
		final int ao, final int ap, final int aq, final float[] d, final int dd, final int dq)
	{
		FloatVector v000 = FloatVector.fromArray(S, a, ao);
		FloatVector v001 = FloatVector.fromArray(S, a, ao + ap);
		FloatVector v002 = FloatVector.fromArray(S, a, ao + 2 * ap);
		FloatVector v003 = FloatVector.fromArray(S, a, ao + 3 * ap);
		FloatVector v004 = FloatVector.fromArray(S, a, ao + 4 * ap);
		FloatVector v005 = FloatVector.fromArray(S, a, ao + 5 * ap);
		FloatVector v006 = FloatVector.fromArray(S, a, ao + 6 * ap);
		FloatVector v007 = FloatVector.fromArray(S, a, ao + 7 * ap);
		for (int k = from; k < to; k++) {
			final int i = so + tap[k], j = wo + k * V;
			final FloatVector u = FloatVector.fromArray(S, w, j);
			FloatVector b = FloatVector.broadcast(S, s[i]);
			v000 = u.fma(b, v000);
			b = FloatVector.broadcast(S, s[i + V]);
			v001 = u.fma(b, v001);
			b = FloatVector.broadcast(S, s[i + 2 * V]);
			v002 = u.fma(b, v002);
			b = FloatVector.broadcast(S, s[i + 3 * V]);
			v003 = u.fma(b, v003);
			b = FloatVector.broadcast(S, s[i + 4 * V]);
			v004 = u.fma(b, v004);
			b = FloatVector.broadcast(S, s[i + 5 * V]);
			v005 = u.fma(b, v005);
			b = FloatVector.broadcast(S, s[i + 6 * V]);
			v006 = u.fma(b, v006);
			b = FloatVector.broadcast(S, s[i + 7 * V]);
			v007 = u.fma(b, v007);
		}
		v000.intoArray(d, dd);
		v001.intoArray(d, dd + V);
		v002.intoArray(d, dd + 2 * V);
		v003.intoArray(d, dd + 3 * V);
		v004.intoArray(d, dd + 4 * V);
		v005.intoArray(d, dd + 5 * V);
		v006.intoArray(d, dd + 6 * V);
		v007.intoArray(d, dd + 7 * V);
	}

	private static void p4x1(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final int wq, final float[] a,
		final int ao, final int ap, final int aq, final float[] d, final int dd, final int dq)
	{
		FloatVector v000 = FloatVector.fromArray(S, a, ao);
		FloatVector v001 = FloatVector.fromArray(S, a, ao + ap);
		FloatVector v002 = FloatVector.fromArray(S, a, ao + 2 * ap);
		FloatVector v003 = FloatVector.fromArray(S, a, ao + 3 * ap);
		for (int k = from; k < to; k++) {
			final int i = so + tap[k], j = wo + k * V;
			final FloatVector u = FloatVector.fromArray(S, w, j);
			FloatVector b = FloatVector.broadcast(S, s[i]);
			v000 = u.fma(b, v000);
			b = FloatVector.broadcast(S, s[i + V]);
			v001 = u.fma(b, v001);
			b = FloatVector.broadcast(S, s[i + 2 * V]);
			v002 = u.fma(b, v002);
			b = FloatVector.broadcast(S, s[i + 3 * V]);
			v003 = u.fma(b, v003);
		}
		v000.intoArray(d, dd);
		v001.intoArray(d, dd + V);
		v002.intoArray(d, dd + 2 * V);
		v003.intoArray(d, dd + 3 * V);
	}

	private static void p1x1(final float[] s, final int so, final int[] tap, final int from, final int to, final float[] w, final int wo, final int wq, final float[] a,
		final int ao, final int ap, final int aq, final float[] d, final int dd, final int dq)
	{
		FloatVector v000 = FloatVector.fromArray(S, a, ao);
		for (int k = from; k < to; k++) {
			final int i = so + tap[k], j = wo + k * V;
			final FloatVector u = FloatVector.fromArray(S, w, j);
			FloatVector b = FloatVector.broadcast(S, s[i]);
			v000 = u.fma(b, v000);
		}
		v000.intoArray(d, dd);
	}
}
