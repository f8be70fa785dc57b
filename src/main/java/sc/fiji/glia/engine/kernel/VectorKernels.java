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

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API: sums of four rows by four vectors are kept in registers while all terms are added. Needs the module
 * {@code jdk.incubator.vector}; must not be loaded without it.
 */
final class VectorKernels implements Kernels {

	private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
	private static final int V = S.length();

	@Override
	public String name() {
		return "vector " + S.vectorBitSize();
	}

	@Override
	public void multiplyAdd(final float[][] d, final int rows, final float[][] a, final int first, final int step, final float[][] p, final int terms,
		final int length)
	{
		final int wide = length / (4 * V) * (4 * V), whole = length / V * V;
		int m = 0;
		for (; m + 4 <= rows; m += 4) {
			final int i = first + m * step;
			for (int x = 0; x < wide; x += 4 * V) add4x4(d[m], d[m + 1], d[m + 2], d[m + 3], x, a[m], a[m + 1], a[m + 2], a[m + 3], i, step, p, terms);
			for (int x = wide; x < whole; x += V) add4x1(d[m], d[m + 1], d[m + 2], d[m + 3], x, a[m], a[m + 1], a[m + 2], a[m + 3], i, step, p, terms);
		}
		for (; m < rows; m++) for (int x = 0; x < whole; x += V) add1x1(d[m], x, a[m], first + m * step, p, terms);
		if (whole < length) for (m = 0; m < rows; m++) rest(d[m], whole, length, a[m], first + m * step, p, terms);
	}

	private static void add4x4(final float[] d0, final float[] d1, final float[] d2, final float[] d3, final int x, final float[] a0, final float[] a1,
		final float[] a2, final float[] a3, final int first, final int step, final float[][] p, final int terms)
	{
		FloatVector s00 = FloatVector.fromArray(S, d0, x), s01 = FloatVector.fromArray(S, d0, x + V), s02 = FloatVector.fromArray(S, d0, x + 2 * V), s03 = FloatVector.fromArray(S, d0, x + 3 * V);
		FloatVector s10 = FloatVector.fromArray(S, d1, x), s11 = FloatVector.fromArray(S, d1, x + V), s12 = FloatVector.fromArray(S, d1, x + 2 * V), s13 = FloatVector.fromArray(S, d1, x + 3 * V);
		FloatVector s20 = FloatVector.fromArray(S, d2, x), s21 = FloatVector.fromArray(S, d2, x + V), s22 = FloatVector.fromArray(S, d2, x + 2 * V), s23 = FloatVector.fromArray(S, d2, x + 3 * V);
		FloatVector s30 = FloatVector.fromArray(S, d3, x), s31 = FloatVector.fromArray(S, d3, x + V), s32 = FloatVector.fromArray(S, d3, x + 2 * V), s33 = FloatVector.fromArray(S, d3, x + 3 * V);
		for (int k = 0, i = first; k < terms; k++, i++) {
			final float[] q = p[k];
			final FloatVector u = FloatVector.fromArray(S, q, x), v = FloatVector.fromArray(S, q, x + V), w = FloatVector.fromArray(S, q, x + 2 * V), z = FloatVector.fromArray(S, q, x + 3 * V);
			FloatVector f = FloatVector.broadcast(S, a0[i]);
			s00 = u.fma(f, s00);
			s01 = v.fma(f, s01);
			s02 = w.fma(f, s02);
			s03 = z.fma(f, s03);
			f = FloatVector.broadcast(S, a1[i + step]);
			s10 = u.fma(f, s10);
			s11 = v.fma(f, s11);
			s12 = w.fma(f, s12);
			s13 = z.fma(f, s13);
			f = FloatVector.broadcast(S, a2[i + 2 * step]);
			s20 = u.fma(f, s20);
			s21 = v.fma(f, s21);
			s22 = w.fma(f, s22);
			s23 = z.fma(f, s23);
			f = FloatVector.broadcast(S, a3[i + 3 * step]);
			s30 = u.fma(f, s30);
			s31 = v.fma(f, s31);
			s32 = w.fma(f, s32);
			s33 = z.fma(f, s33);
		}
		s00.intoArray(d0, x);
		s01.intoArray(d0, x + V);
		s02.intoArray(d0, x + 2 * V);
		s03.intoArray(d0, x + 3 * V);
		s10.intoArray(d1, x);
		s11.intoArray(d1, x + V);
		s12.intoArray(d1, x + 2 * V);
		s13.intoArray(d1, x + 3 * V);
		s20.intoArray(d2, x);
		s21.intoArray(d2, x + V);
		s22.intoArray(d2, x + 2 * V);
		s23.intoArray(d2, x + 3 * V);
		s30.intoArray(d3, x);
		s31.intoArray(d3, x + V);
		s32.intoArray(d3, x + 2 * V);
		s33.intoArray(d3, x + 3 * V);
	}

	private static void add4x1(final float[] d0, final float[] d1, final float[] d2, final float[] d3, final int x, final float[] a0, final float[] a1,
		final float[] a2, final float[] a3, final int first, final int step, final float[][] p, final int terms)
	{
		FloatVector s00 = FloatVector.fromArray(S, d0, x);
		FloatVector s10 = FloatVector.fromArray(S, d1, x);
		FloatVector s20 = FloatVector.fromArray(S, d2, x);
		FloatVector s30 = FloatVector.fromArray(S, d3, x);
		for (int k = 0, i = first; k < terms; k++, i++) {
			final float[] q = p[k];
			final FloatVector u = FloatVector.fromArray(S, q, x);
			FloatVector f = FloatVector.broadcast(S, a0[i]);
			s00 = u.fma(f, s00);
			f = FloatVector.broadcast(S, a1[i + step]);
			s10 = u.fma(f, s10);
			f = FloatVector.broadcast(S, a2[i + 2 * step]);
			s20 = u.fma(f, s20);
			f = FloatVector.broadcast(S, a3[i + 3 * step]);
			s30 = u.fma(f, s30);
		}
		s00.intoArray(d0, x);
		s10.intoArray(d1, x);
		s20.intoArray(d2, x);
		s30.intoArray(d3, x);
	}

	private static void add1x1(final float[] d, final int x, final float[] a, final int first, final float[][] p, final int terms) {
		FloatVector s = FloatVector.fromArray(S, d, x);
		for (int k = 0; k < terms; k++) s = FloatVector.fromArray(S, p[k], x).fma(FloatVector.broadcast(S, a[first + k]), s);
		s.intoArray(d, x);
	}

	private static void rest(final float[] d, final int from, final int to, final float[] a, final int first, final float[][] p, final int terms) {
		for (int k = 0; k < terms; k++) {
			final float f = a[first + k];
			final float[] q = p[k];
			for (int x = from; x < to; x++) d[x] = Math.fma(f, q[x], d[x]);
		}
	}
}
