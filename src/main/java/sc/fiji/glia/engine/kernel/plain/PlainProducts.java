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
 * Plain loops in the form that HotSpot's C2 vectorises on every Java since 17: every stream is an array of its own, read at exactly
 * {@code x}, and a loop adds four products to each of two sums.
 */
final class PlainProducts {

	/** Products added in one loop. */
	private static final int TERMS = 4;
	/** The shortest row that is run in four blocks. */
	private static final int SHORT = 76;
	/** More of them, where C2 can vectorise that. */
	private static final boolean SIX = Runtime.version().feature() >= 25;

	static {
		// All loops, on long rows, until they are compiled
		final float[][] r = new float[8][WarmUp.LENGTH];
		WarmUp.run(8, i -> Loops.add(i < 4, i % 4 + 1, r[0], r[1], r[2], r[3], r[4], r[5], r[6], 0, r[6], 0, WarmUp.LENGTH));
		if (SIX) WarmUp.run(1, i -> Loops.addSix(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[0], 0, r[0], 0, WarmUp.LENGTH));
	}

	private PlainProducts() {}

	/**
	 * Adds scaled rows to rows, the product that convolutions are made of:
	 * {@code d[m][x] += sum over k < terms of a[m][first + m * step + k] * p[k][x]} for {@code 0 <= m < rows} and {@code 0 <= x < length}.
	 * The terms are added one by one in the order of {@code k}, each with a fused multiply-add. What lies beyond {@code length} in longer rows of {@code d} may change.
	 *
	 * @param d rows to add to, each an array of its own, of at least {@code length} values
	 * @param rows number of rows of {@code d}
	 * @param a factors; rows may share one array
	 * @param first index of the first factor of row 0
	 * @param step what is added to {@code first} from row to row
	 * @param p rows that are added, each an array of its own, of at least {@code length} values
	 * @param terms number of rows of {@code p}
	 * @param length values in a row
	 */
	static void multiplyAdd(final float[][] d, final int rows, final float[][] a, final int first, final int step, final float[][] p, final int terms,
		final int length)
	{
		final int n = padded(d, rows, p, terms, length);
		for (int m = 0; m < rows; m += 2) {
			final boolean two = m + 1 < rows;
			final float[] a0 = a[m], a1 = two ? a[m + 1] : a0, d0 = d[m], d1 = two ? d[m + 1] : d0;
			int k = 0, i = first + m * step, j = two ? i + step : i;
			if (SIX && two) for (; k + 6 <= terms; k += 6, i += 6, j += 6) Loops.addSix(d0, d1, p[k], p[k + 1], p[k + 2], p[k + 3], p[k + 4], p[k + 5], a0, i, a1,
				j, n);
			for (; k + TERMS <= terms; k += TERMS, i += TERMS, j += TERMS) Loops.add(two, TERMS, d0, d1, p[k], p[k + 1], p[k + 2], p[k + 3], a0, i, a1, j, n);
			if (k < terms) Loops.add(two, terms - k, d0, d1, p[k], p[Math.min(k + 1, terms - 1)], p[terms - 1], d0, a0, i, a1, j, n);
		}
	}

	/**
	 * A length for which nothing is left to run one by one at the end: C2 runs the first 12 iterations so (then a 64-byte line starts) and the rest in
	 * blocks of 16, four at a time as far as it can. Rows that are too short for four blocks take longer than if they were not.
	 */
	static int padded(final int length) {
		final int n = (length + 3) / 16 * 16 + 12;
		return length < 20 ? n : Math.max(n, SHORT);
	}

	/** Where all arrays have room, values beyond the length are computed too. */
	private static int padded(final float[][] d, final int rows, final float[][] p, final int terms, final int length) {
		final int n = padded(length);
		for (int m = 0; m < rows; m++) if (d[m].length < n) return length;
		for (int k = 0; k < terms; k++) if (p[k].length < n) return length;
		return n;
	}

	/** NB: a class of its own, see {@link WarmUp}. */
	private static final class Loops {

		/**
		 * Up to four products to each of one or two sums.
		 * <p>
		 * NB: a loop is vectorised by JDK 17 only if nothing before it in the method has looked at the lengths of its arrays, and if the method is
		 * not inlined into the loops of its caller: above 325 bytecodes it is not. Hence one method with a loop for each case. And the two factors of
		 * a product stand in one order in one sum and the other way round in the other: C2 puts alike operations of neighbouring places into a
		 * vector, and takes those of the other sum for alike otherwise. Beyond six streams and nine products it gives up.
		 */
		static void add(final boolean two, final int terms, final float[] d0, final float[] d1, final float[] s0, final float[] s1, final float[] s2,
			final float[] s3, final float[] a, final int i, final float[] b, final int j, final int n)
		{
			final float a0 = a[i], a1 = terms > 1 ? a[i + 1] : 0, a2 = terms > 2 ? a[i + 2] : 0, a3 = terms > 3 ? a[i + 3] : 0;
			final float b0 = b[j], b1 = terms > 1 ? b[j + 1] : 0, b2 = terms > 2 ? b[j + 2] : 0, b3 = terms > 3 ? b[j + 3] : 0;
			if (two && terms == 4) for (int x = 0; x < n; x++) {
				final float u = s0[x], v = s1[x], w = s2[x], z = s3[x];
				d0[x] = Fused.multiplyAdd(z, a3, Fused.multiplyAdd(a2, w, Fused.multiplyAdd(v, a1, Fused.multiplyAdd(a0, u, d0[x]))));
				d1[x] = Fused.multiplyAdd(b3, z, Fused.multiplyAdd(w, b2, Fused.multiplyAdd(b1, v, Fused.multiplyAdd(u, b0, d1[x]))));
			}
			else if (two && terms == 3) for (int x = 0; x < n; x++) {
				final float u = s0[x], v = s1[x], w = s2[x];
				d0[x] = Fused.multiplyAdd(a2, w, Fused.multiplyAdd(v, a1, Fused.multiplyAdd(a0, u, d0[x])));
				d1[x] = Fused.multiplyAdd(w, b2, Fused.multiplyAdd(b1, v, Fused.multiplyAdd(u, b0, d1[x])));
			}
			else if (two && terms == 2) for (int x = 0; x < n; x++) {
				final float u = s0[x], v = s1[x];
				d0[x] = Fused.multiplyAdd(v, a1, Fused.multiplyAdd(a0, u, d0[x]));
				d1[x] = Fused.multiplyAdd(b1, v, Fused.multiplyAdd(u, b0, d1[x]));
			}
			else if (two) for (int x = 0; x < n; x++) {
				final float u = s0[x];
				d0[x] = Fused.multiplyAdd(a0, u, d0[x]);
				d1[x] = Fused.multiplyAdd(u, b0, d1[x]);
			}
			else if (terms == 4) for (int x = 0; x < n; x++) d0[x] = Fused.multiplyAdd(a3, s3[x], Fused.multiplyAdd(a2, s2[x], Fused.multiplyAdd(a1, s1[x], Fused
				.multiplyAdd(a0, s0[x], d0[x]))));
			else if (terms == 3) for (int x = 0; x < n; x++) d0[x] = Fused.multiplyAdd(a2, s2[x], Fused.multiplyAdd(a1, s1[x], Fused.multiplyAdd(a0, s0[x], d0[x])));
			else if (terms == 2) for (int x = 0; x < n; x++) d0[x] = Fused.multiplyAdd(a1, s1[x], Fused.multiplyAdd(a0, s0[x], d0[x]));
			else for (int x = 0; x < n; x++) d0[x] = Fused.multiplyAdd(a0, s0[x], d0[x]);
		}

		/** Six products to each of two sums. NB: larger than 325 bytecodes too. */
		static void addSix(final float[] d0, final float[] d1, final float[] s0, final float[] s1, final float[] s2, final float[] s3, final float[] s4,
			final float[] s5, final float[] a, final int i, final float[] b, final int j, final int n)
		{
			final float a0 = a[i], a1 = a[i + 1], a2 = a[i + 2], a3 = a[i + 3], a4 = a[i + 4], a5 = a[i + 5];
			final float b0 = b[j], b1 = b[j + 1], b2 = b[j + 2], b3 = b[j + 3], b4 = b[j + 4], b5 = b[j + 5];
			for (int x = 0; x < n; x++) {
				final float t = s0[x], u = s1[x], v = s2[x], w = s3[x], y = s4[x], z = s5[x];
				d0[x] = Fused.multiplyAdd(a5, z, Fused.multiplyAdd(a4, y, Fused.multiplyAdd(a3, w, Fused.multiplyAdd(a2, v, Fused.multiplyAdd(a1, u, Fused.multiplyAdd(a0, t, d0[x]))))));
				d1[x] = Fused.multiplyAdd(b5, z, Fused.multiplyAdd(b4, y, Fused.multiplyAdd(b3, w, Fused.multiplyAdd(b2, v, Fused.multiplyAdd(b1, u, Fused.multiplyAdd(b0, t, d1[x]))))));
			}
		}
	}
}
