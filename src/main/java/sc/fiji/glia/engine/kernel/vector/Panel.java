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

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product that dense layers are made of: {@code c[m][x] += sum over k of a(m, k) * b[k][x]} for 8 rows and a multiple of 16 columns. The
 * sums stay in registers while all terms are added, in the order of {@code k}, each with a fused multiply-add: the bits do not depend on the
 * length of vectors.
 */
final class Panel {

	/** Rows of a product. */
	static final int ROWS = 8;
	private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
	private static final int V = S.length();
	/** Two vectors for each of 8 rows need more than 16 registers. */
	private static final boolean WIDE = V >= 16;

	private Panel() {}

	/**
	 * With the factors {@code a[aAt + m * aStep + k]}.
	 *
	 * @param bStep from {@code b[k]} to {@code b[k + 1]}
	 * @param cStep from {@code c[m]} to {@code c[m + 1]}
	 * @param terms number of {@code k}
	 * @param width columns, a multiple of 16
	 */
	static void rows(final float[] a, final int aAt, final int aStep, final float[] b, final int bAt, final int bStep, final float[] c, final int cAt,
		final int cStep, final int terms, final int width)
	{
		int x = 0;
		if (WIDE) for (; x + 2 * V <= width; x += 2 * V) rows8x2(a, aAt, aStep, b, bAt + x, bStep, c, cAt + x, cStep, terms);
		for (; x < width; x += V) rows8x1(a, aAt, aStep, b, bAt + x, bStep, c, cAt + x, cStep, terms);
	}

	/** As {@link #rows}, with the factors {@code a[aAt + k * aStep + m]}. */
	static void columns(final float[] a, final int aAt, final int aStep, final float[] b, final int bAt, final int bStep, final float[] c,
		final int cAt, final int cStep, final int terms, final int width)
	{
		int x = 0;
		if (WIDE) for (; x + 2 * V <= width; x += 2 * V) columns8x2(a, aAt, aStep, b, bAt + x, bStep, c, cAt + x, cStep, terms);
		for (; x < width; x += V) columns8x1(a, aAt, aStep, b, bAt + x, bStep, c, cAt + x, cStep, terms);
	}

	/**
	 * As {@link #rows}, with the factors {@code a[aAt + 8 * k + m]} and rows of {@code b} and {@code c} one after another: the fastest, since
	 * all strides are constants.
	 *
	 * @param width columns, 16 or 32, and the strides of {@code b} and {@code c}
	 */
	static void packed(final float[] a, final int aAt, final float[] b, final int bAt, final float[] c, final int cAt, final int terms, final int width) {
		if (width == 16) for (int x = 0; x < 16; x += V) packed8x1of16(a, aAt, b, bAt + x, c, cAt + x, terms);
		else if (WIDE) packed8x2(a, aAt, b, bAt, c, cAt, terms);
		else for (int x = 0; x < 32; x += V) packed8x1of32(a, aAt, b, bAt + x, c, cAt + x, terms);
	}

	/** As {@link #packed}, but {@code c[m][x] = sum over k of a(m, k) * b[k][x]}. */
	static void fresh(final float[] a, final int aAt, final float[] b, final int bAt, final float[] c, final int cAt, final int terms, final int width) {
		if (WIDE && width == 32) fresh8x2(a, aAt, b, bAt, c, cAt, terms);
		else {
			Arrays.fill(c, cAt, cAt + ROWS * width, 0);
			packed(a, aAt, b, bAt, c, cAt, terms, width);
		}
	}

	/** Whether it pays to read what comes next from memory: whether products are so fast that they wait for it. */
	static boolean readsAhead() {
		return WIDE;
	}

	// NB: small methods around the Vector API's own are not inlined in code of this size; hence no loops over registers.

	/** The sums of 8 rows by 2 vectors; factor {@code k} of row {@code m} is {@code a[aAt + m * aStep + k]}. */
	private static void rows8x2(final float[] a, final int aAt, final int aStep, final float[] b, final int bAt, final int bStep, final float[] c, final int cAt,
		final int cStep, final int terms)
	{
		FloatVector s0 = FloatVector.fromArray(S, c, cAt), t0 = FloatVector.fromArray(S, c, cAt + V);
		FloatVector s1 = FloatVector.fromArray(S, c, cAt + cStep), t1 = FloatVector.fromArray(S, c, cAt + cStep + V);
		FloatVector s2 = FloatVector.fromArray(S, c, cAt + 2 * cStep), t2 = FloatVector.fromArray(S, c, cAt + 2 * cStep + V);
		FloatVector s3 = FloatVector.fromArray(S, c, cAt + 3 * cStep), t3 = FloatVector.fromArray(S, c, cAt + 3 * cStep + V);
		FloatVector s4 = FloatVector.fromArray(S, c, cAt + 4 * cStep), t4 = FloatVector.fromArray(S, c, cAt + 4 * cStep + V);
		FloatVector s5 = FloatVector.fromArray(S, c, cAt + 5 * cStep), t5 = FloatVector.fromArray(S, c, cAt + 5 * cStep + V);
		FloatVector s6 = FloatVector.fromArray(S, c, cAt + 6 * cStep), t6 = FloatVector.fromArray(S, c, cAt + 6 * cStep + V);
		FloatVector s7 = FloatVector.fromArray(S, c, cAt + 7 * cStep), t7 = FloatVector.fromArray(S, c, cAt + 7 * cStep + V);
		for (int k = 0; k < terms; k++) {
			final int i = aAt + k, j = bAt + k * bStep;
			final FloatVector u = FloatVector.fromArray(S, b, j), v = FloatVector.fromArray(S, b, j + V);
			FloatVector f = FloatVector.broadcast(S, a[i]);
			s0 = u.fma(f, s0);
			t0 = v.fma(f, t0);
			f = FloatVector.broadcast(S, a[i + aStep]);
			s1 = u.fma(f, s1);
			t1 = v.fma(f, t1);
			f = FloatVector.broadcast(S, a[i + 2 * aStep]);
			s2 = u.fma(f, s2);
			t2 = v.fma(f, t2);
			f = FloatVector.broadcast(S, a[i + 3 * aStep]);
			s3 = u.fma(f, s3);
			t3 = v.fma(f, t3);
			f = FloatVector.broadcast(S, a[i + 4 * aStep]);
			s4 = u.fma(f, s4);
			t4 = v.fma(f, t4);
			f = FloatVector.broadcast(S, a[i + 5 * aStep]);
			s5 = u.fma(f, s5);
			t5 = v.fma(f, t5);
			f = FloatVector.broadcast(S, a[i + 6 * aStep]);
			s6 = u.fma(f, s6);
			t6 = v.fma(f, t6);
			f = FloatVector.broadcast(S, a[i + 7 * aStep]);
			s7 = u.fma(f, s7);
			t7 = v.fma(f, t7);
		}
		s0.intoArray(c, cAt);
		t0.intoArray(c, cAt + V);
		s1.intoArray(c, cAt + cStep);
		t1.intoArray(c, cAt + cStep + V);
		s2.intoArray(c, cAt + 2 * cStep);
		t2.intoArray(c, cAt + 2 * cStep + V);
		s3.intoArray(c, cAt + 3 * cStep);
		t3.intoArray(c, cAt + 3 * cStep + V);
		s4.intoArray(c, cAt + 4 * cStep);
		t4.intoArray(c, cAt + 4 * cStep + V);
		s5.intoArray(c, cAt + 5 * cStep);
		t5.intoArray(c, cAt + 5 * cStep + V);
		s6.intoArray(c, cAt + 6 * cStep);
		t6.intoArray(c, cAt + 6 * cStep + V);
		s7.intoArray(c, cAt + 7 * cStep);
		t7.intoArray(c, cAt + 7 * cStep + V);
	}

	/** The same for 1 vector. */
	private static void rows8x1(final float[] a, final int aAt, final int aStep, final float[] b, final int bAt, final int bStep, final float[] c, final int cAt,
		final int cStep, final int terms)
	{
		FloatVector s0 = FloatVector.fromArray(S, c, cAt);
		FloatVector s1 = FloatVector.fromArray(S, c, cAt + cStep);
		FloatVector s2 = FloatVector.fromArray(S, c, cAt + 2 * cStep);
		FloatVector s3 = FloatVector.fromArray(S, c, cAt + 3 * cStep);
		FloatVector s4 = FloatVector.fromArray(S, c, cAt + 4 * cStep);
		FloatVector s5 = FloatVector.fromArray(S, c, cAt + 5 * cStep);
		FloatVector s6 = FloatVector.fromArray(S, c, cAt + 6 * cStep);
		FloatVector s7 = FloatVector.fromArray(S, c, cAt + 7 * cStep);
		for (int k = 0; k < terms; k++) {
			final int i = aAt + k, j = bAt + k * bStep;
			final FloatVector u = FloatVector.fromArray(S, b, j);
			s0 = u.fma(FloatVector.broadcast(S, a[i]), s0);
			s1 = u.fma(FloatVector.broadcast(S, a[i + aStep]), s1);
			s2 = u.fma(FloatVector.broadcast(S, a[i + 2 * aStep]), s2);
			s3 = u.fma(FloatVector.broadcast(S, a[i + 3 * aStep]), s3);
			s4 = u.fma(FloatVector.broadcast(S, a[i + 4 * aStep]), s4);
			s5 = u.fma(FloatVector.broadcast(S, a[i + 5 * aStep]), s5);
			s6 = u.fma(FloatVector.broadcast(S, a[i + 6 * aStep]), s6);
			s7 = u.fma(FloatVector.broadcast(S, a[i + 7 * aStep]), s7);
		}
		s0.intoArray(c, cAt);
		s1.intoArray(c, cAt + cStep);
		s2.intoArray(c, cAt + 2 * cStep);
		s3.intoArray(c, cAt + 3 * cStep);
		s4.intoArray(c, cAt + 4 * cStep);
		s5.intoArray(c, cAt + 5 * cStep);
		s6.intoArray(c, cAt + 6 * cStep);
		s7.intoArray(c, cAt + 7 * cStep);
	}

	/** The sums of 8 rows by 2 vectors; factor {@code k} of row {@code m} is {@code a[aAt + k * aStep + m]}. */
	private static void columns8x2(final float[] a, final int aAt, final int aStep, final float[] b, final int bAt, final int bStep, final float[] c, final int cAt,
		final int cStep, final int terms)
	{
		FloatVector s0 = FloatVector.fromArray(S, c, cAt), t0 = FloatVector.fromArray(S, c, cAt + V);
		FloatVector s1 = FloatVector.fromArray(S, c, cAt + cStep), t1 = FloatVector.fromArray(S, c, cAt + cStep + V);
		FloatVector s2 = FloatVector.fromArray(S, c, cAt + 2 * cStep), t2 = FloatVector.fromArray(S, c, cAt + 2 * cStep + V);
		FloatVector s3 = FloatVector.fromArray(S, c, cAt + 3 * cStep), t3 = FloatVector.fromArray(S, c, cAt + 3 * cStep + V);
		FloatVector s4 = FloatVector.fromArray(S, c, cAt + 4 * cStep), t4 = FloatVector.fromArray(S, c, cAt + 4 * cStep + V);
		FloatVector s5 = FloatVector.fromArray(S, c, cAt + 5 * cStep), t5 = FloatVector.fromArray(S, c, cAt + 5 * cStep + V);
		FloatVector s6 = FloatVector.fromArray(S, c, cAt + 6 * cStep), t6 = FloatVector.fromArray(S, c, cAt + 6 * cStep + V);
		FloatVector s7 = FloatVector.fromArray(S, c, cAt + 7 * cStep), t7 = FloatVector.fromArray(S, c, cAt + 7 * cStep + V);
		for (int k = 0; k < terms; k++) {
			final int i = aAt + k * aStep, j = bAt + k * bStep;
			final FloatVector u = FloatVector.fromArray(S, b, j), v = FloatVector.fromArray(S, b, j + V);
			FloatVector f = FloatVector.broadcast(S, a[i]);
			s0 = u.fma(f, s0);
			t0 = v.fma(f, t0);
			f = FloatVector.broadcast(S, a[i + 1]);
			s1 = u.fma(f, s1);
			t1 = v.fma(f, t1);
			f = FloatVector.broadcast(S, a[i + 2]);
			s2 = u.fma(f, s2);
			t2 = v.fma(f, t2);
			f = FloatVector.broadcast(S, a[i + 3]);
			s3 = u.fma(f, s3);
			t3 = v.fma(f, t3);
			f = FloatVector.broadcast(S, a[i + 4]);
			s4 = u.fma(f, s4);
			t4 = v.fma(f, t4);
			f = FloatVector.broadcast(S, a[i + 5]);
			s5 = u.fma(f, s5);
			t5 = v.fma(f, t5);
			f = FloatVector.broadcast(S, a[i + 6]);
			s6 = u.fma(f, s6);
			t6 = v.fma(f, t6);
			f = FloatVector.broadcast(S, a[i + 7]);
			s7 = u.fma(f, s7);
			t7 = v.fma(f, t7);
		}
		s0.intoArray(c, cAt);
		t0.intoArray(c, cAt + V);
		s1.intoArray(c, cAt + cStep);
		t1.intoArray(c, cAt + cStep + V);
		s2.intoArray(c, cAt + 2 * cStep);
		t2.intoArray(c, cAt + 2 * cStep + V);
		s3.intoArray(c, cAt + 3 * cStep);
		t3.intoArray(c, cAt + 3 * cStep + V);
		s4.intoArray(c, cAt + 4 * cStep);
		t4.intoArray(c, cAt + 4 * cStep + V);
		s5.intoArray(c, cAt + 5 * cStep);
		t5.intoArray(c, cAt + 5 * cStep + V);
		s6.intoArray(c, cAt + 6 * cStep);
		t6.intoArray(c, cAt + 6 * cStep + V);
		s7.intoArray(c, cAt + 7 * cStep);
		t7.intoArray(c, cAt + 7 * cStep + V);
	}

	/** The same for 1 vector. */
	private static void columns8x1(final float[] a, final int aAt, final int aStep, final float[] b, final int bAt, final int bStep, final float[] c, final int cAt,
		final int cStep, final int terms)
	{
		FloatVector s0 = FloatVector.fromArray(S, c, cAt);
		FloatVector s1 = FloatVector.fromArray(S, c, cAt + cStep);
		FloatVector s2 = FloatVector.fromArray(S, c, cAt + 2 * cStep);
		FloatVector s3 = FloatVector.fromArray(S, c, cAt + 3 * cStep);
		FloatVector s4 = FloatVector.fromArray(S, c, cAt + 4 * cStep);
		FloatVector s5 = FloatVector.fromArray(S, c, cAt + 5 * cStep);
		FloatVector s6 = FloatVector.fromArray(S, c, cAt + 6 * cStep);
		FloatVector s7 = FloatVector.fromArray(S, c, cAt + 7 * cStep);
		for (int k = 0; k < terms; k++) {
			final int i = aAt + k * aStep, j = bAt + k * bStep;
			final FloatVector u = FloatVector.fromArray(S, b, j);
			s0 = u.fma(FloatVector.broadcast(S, a[i]), s0);
			s1 = u.fma(FloatVector.broadcast(S, a[i + 1]), s1);
			s2 = u.fma(FloatVector.broadcast(S, a[i + 2]), s2);
			s3 = u.fma(FloatVector.broadcast(S, a[i + 3]), s3);
			s4 = u.fma(FloatVector.broadcast(S, a[i + 4]), s4);
			s5 = u.fma(FloatVector.broadcast(S, a[i + 5]), s5);
			s6 = u.fma(FloatVector.broadcast(S, a[i + 6]), s6);
			s7 = u.fma(FloatVector.broadcast(S, a[i + 7]), s7);
		}
		s0.intoArray(c, cAt);
		s1.intoArray(c, cAt + cStep);
		s2.intoArray(c, cAt + 2 * cStep);
		s3.intoArray(c, cAt + 3 * cStep);
		s4.intoArray(c, cAt + 4 * cStep);
		s5.intoArray(c, cAt + 5 * cStep);
		s6.intoArray(c, cAt + 6 * cStep);
		s7.intoArray(c, cAt + 7 * cStep);
	}

	/** The sums of 8 rows by 2 vectors of a panel 32 wide; factor {@code k} of row {@code m} is {@code a[aAt + 8 * k + m]}. */
	private static void packed8x2(final float[] a, final int aAt, final float[] b, final int bAt, final float[] c, final int cAt, final int terms) {
		FloatVector s0 = FloatVector.fromArray(S, c, cAt), t0 = FloatVector.fromArray(S, c, cAt + V);
		FloatVector s1 = FloatVector.fromArray(S, c, cAt + 32), t1 = FloatVector.fromArray(S, c, cAt + 32 + V);
		FloatVector s2 = FloatVector.fromArray(S, c, cAt + 64), t2 = FloatVector.fromArray(S, c, cAt + 64 + V);
		FloatVector s3 = FloatVector.fromArray(S, c, cAt + 96), t3 = FloatVector.fromArray(S, c, cAt + 96 + V);
		FloatVector s4 = FloatVector.fromArray(S, c, cAt + 128), t4 = FloatVector.fromArray(S, c, cAt + 128 + V);
		FloatVector s5 = FloatVector.fromArray(S, c, cAt + 160), t5 = FloatVector.fromArray(S, c, cAt + 160 + V);
		FloatVector s6 = FloatVector.fromArray(S, c, cAt + 192), t6 = FloatVector.fromArray(S, c, cAt + 192 + V);
		FloatVector s7 = FloatVector.fromArray(S, c, cAt + 224), t7 = FloatVector.fromArray(S, c, cAt + 224 + V);
		for (int k = 0; k < terms; k++) {
			final int i = aAt + 8 * k, j = bAt + 32 * k;
			final FloatVector u = FloatVector.fromArray(S, b, j), v = FloatVector.fromArray(S, b, j + V);
			FloatVector f = FloatVector.broadcast(S, a[i]);
			s0 = u.fma(f, s0);
			t0 = v.fma(f, t0);
			f = FloatVector.broadcast(S, a[i + 1]);
			s1 = u.fma(f, s1);
			t1 = v.fma(f, t1);
			f = FloatVector.broadcast(S, a[i + 2]);
			s2 = u.fma(f, s2);
			t2 = v.fma(f, t2);
			f = FloatVector.broadcast(S, a[i + 3]);
			s3 = u.fma(f, s3);
			t3 = v.fma(f, t3);
			f = FloatVector.broadcast(S, a[i + 4]);
			s4 = u.fma(f, s4);
			t4 = v.fma(f, t4);
			f = FloatVector.broadcast(S, a[i + 5]);
			s5 = u.fma(f, s5);
			t5 = v.fma(f, t5);
			f = FloatVector.broadcast(S, a[i + 6]);
			s6 = u.fma(f, s6);
			t6 = v.fma(f, t6);
			f = FloatVector.broadcast(S, a[i + 7]);
			s7 = u.fma(f, s7);
			t7 = v.fma(f, t7);
		}
		s0.intoArray(c, cAt);
		t0.intoArray(c, cAt + V);
		s1.intoArray(c, cAt + 32);
		t1.intoArray(c, cAt + 32 + V);
		s2.intoArray(c, cAt + 64);
		t2.intoArray(c, cAt + 64 + V);
		s3.intoArray(c, cAt + 96);
		t3.intoArray(c, cAt + 96 + V);
		s4.intoArray(c, cAt + 128);
		t4.intoArray(c, cAt + 128 + V);
		s5.intoArray(c, cAt + 160);
		t5.intoArray(c, cAt + 160 + V);
		s6.intoArray(c, cAt + 192);
		t6.intoArray(c, cAt + 192 + V);
		s7.intoArray(c, cAt + 224);
		t7.intoArray(c, cAt + 224 + V);
	}

	/** As {@link #packed8x2}, the sums begin with 0. */
	private static void fresh8x2(final float[] a, final int aAt, final float[] b, final int bAt, final float[] c, final int cAt, final int terms) {
		FloatVector s0 = FloatVector.zero(S), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
		FloatVector t0 = s0, t1 = s0, t2 = s0, t3 = s0, t4 = s0, t5 = s0, t6 = s0, t7 = s0;
		for (int k = 0; k < terms; k++) {
			final int i = aAt + 8 * k, j = bAt + 32 * k;
			final FloatVector u = FloatVector.fromArray(S, b, j), v = FloatVector.fromArray(S, b, j + V);
			FloatVector f = FloatVector.broadcast(S, a[i]);
			s0 = u.fma(f, s0);
			t0 = v.fma(f, t0);
			f = FloatVector.broadcast(S, a[i + 1]);
			s1 = u.fma(f, s1);
			t1 = v.fma(f, t1);
			f = FloatVector.broadcast(S, a[i + 2]);
			s2 = u.fma(f, s2);
			t2 = v.fma(f, t2);
			f = FloatVector.broadcast(S, a[i + 3]);
			s3 = u.fma(f, s3);
			t3 = v.fma(f, t3);
			f = FloatVector.broadcast(S, a[i + 4]);
			s4 = u.fma(f, s4);
			t4 = v.fma(f, t4);
			f = FloatVector.broadcast(S, a[i + 5]);
			s5 = u.fma(f, s5);
			t5 = v.fma(f, t5);
			f = FloatVector.broadcast(S, a[i + 6]);
			s6 = u.fma(f, s6);
			t6 = v.fma(f, t6);
			f = FloatVector.broadcast(S, a[i + 7]);
			s7 = u.fma(f, s7);
			t7 = v.fma(f, t7);
		}
		s0.intoArray(c, cAt);
		t0.intoArray(c, cAt + V);
		s1.intoArray(c, cAt + 32);
		t1.intoArray(c, cAt + 32 + V);
		s2.intoArray(c, cAt + 64);
		t2.intoArray(c, cAt + 64 + V);
		s3.intoArray(c, cAt + 96);
		t3.intoArray(c, cAt + 96 + V);
		s4.intoArray(c, cAt + 128);
		t4.intoArray(c, cAt + 128 + V);
		s5.intoArray(c, cAt + 160);
		t5.intoArray(c, cAt + 160 + V);
		s6.intoArray(c, cAt + 192);
		t6.intoArray(c, cAt + 192 + V);
		s7.intoArray(c, cAt + 224);
		t7.intoArray(c, cAt + 224 + V);
	}

	/** The same for 1 vector. */
	private static void packed8x1of32(final float[] a, final int aAt, final float[] b, final int bAt, final float[] c, final int cAt, final int terms) {
		FloatVector s0 = FloatVector.fromArray(S, c, cAt);
		FloatVector s1 = FloatVector.fromArray(S, c, cAt + 32);
		FloatVector s2 = FloatVector.fromArray(S, c, cAt + 64);
		FloatVector s3 = FloatVector.fromArray(S, c, cAt + 96);
		FloatVector s4 = FloatVector.fromArray(S, c, cAt + 128);
		FloatVector s5 = FloatVector.fromArray(S, c, cAt + 160);
		FloatVector s6 = FloatVector.fromArray(S, c, cAt + 192);
		FloatVector s7 = FloatVector.fromArray(S, c, cAt + 224);
		for (int k = 0; k < terms; k++) {
			final int i = aAt + 8 * k, j = bAt + 32 * k;
			final FloatVector u = FloatVector.fromArray(S, b, j);
			s0 = u.fma(FloatVector.broadcast(S, a[i]), s0);
			s1 = u.fma(FloatVector.broadcast(S, a[i + 1]), s1);
			s2 = u.fma(FloatVector.broadcast(S, a[i + 2]), s2);
			s3 = u.fma(FloatVector.broadcast(S, a[i + 3]), s3);
			s4 = u.fma(FloatVector.broadcast(S, a[i + 4]), s4);
			s5 = u.fma(FloatVector.broadcast(S, a[i + 5]), s5);
			s6 = u.fma(FloatVector.broadcast(S, a[i + 6]), s6);
			s7 = u.fma(FloatVector.broadcast(S, a[i + 7]), s7);
		}
		s0.intoArray(c, cAt);
		s1.intoArray(c, cAt + 32);
		s2.intoArray(c, cAt + 64);
		s3.intoArray(c, cAt + 96);
		s4.intoArray(c, cAt + 128);
		s5.intoArray(c, cAt + 160);
		s6.intoArray(c, cAt + 192);
		s7.intoArray(c, cAt + 224);
	}

	/** The same for 1 vector of a panel 16 wide. */
	private static void packed8x1of16(final float[] a, final int aAt, final float[] b, final int bAt, final float[] c, final int cAt, final int terms) {
		FloatVector s0 = FloatVector.fromArray(S, c, cAt);
		FloatVector s1 = FloatVector.fromArray(S, c, cAt + 16);
		FloatVector s2 = FloatVector.fromArray(S, c, cAt + 32);
		FloatVector s3 = FloatVector.fromArray(S, c, cAt + 48);
		FloatVector s4 = FloatVector.fromArray(S, c, cAt + 64);
		FloatVector s5 = FloatVector.fromArray(S, c, cAt + 80);
		FloatVector s6 = FloatVector.fromArray(S, c, cAt + 96);
		FloatVector s7 = FloatVector.fromArray(S, c, cAt + 112);
		for (int k = 0; k < terms; k++) {
			final int i = aAt + 8 * k, j = bAt + 16 * k;
			final FloatVector u = FloatVector.fromArray(S, b, j);
			s0 = u.fma(FloatVector.broadcast(S, a[i]), s0);
			s1 = u.fma(FloatVector.broadcast(S, a[i + 1]), s1);
			s2 = u.fma(FloatVector.broadcast(S, a[i + 2]), s2);
			s3 = u.fma(FloatVector.broadcast(S, a[i + 3]), s3);
			s4 = u.fma(FloatVector.broadcast(S, a[i + 4]), s4);
			s5 = u.fma(FloatVector.broadcast(S, a[i + 5]), s5);
			s6 = u.fma(FloatVector.broadcast(S, a[i + 6]), s6);
			s7 = u.fma(FloatVector.broadcast(S, a[i + 7]), s7);
		}
		s0.intoArray(c, cAt);
		s1.intoArray(c, cAt + 16);
		s2.intoArray(c, cAt + 32);
		s3.intoArray(c, cAt + 48);
		s4.intoArray(c, cAt + 64);
		s5.intoArray(c, cAt + 80);
		s6.intoArray(c, cAt + 96);
		s7.intoArray(c, cAt + 112);
	}
}
