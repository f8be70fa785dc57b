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

/**
 * Sums of scaled rows, in the one form that C2 vectorises on every Java since 17: every stream is an array of its own, read at exactly
 * {@code x}, and a loop adds three products to each of two sums.
 */
final class RowSums {

	/** Twice as many products, where C2 can vectorise that. */
	private static final boolean SIX = Runtime.version().feature() >= 25;
	/** The longest time that {@link #compile} takes, where the compiler is slow or missing. */
	private static final long NANOSECONDS = 100_000_000;

	static {
		compile();
	}

	private RowSums() {}

	/**
	 * Runs all loops on long rows until they are compiled. NB: C2 unrolls a loop only as far as the rows seen so far are long, and a loop that had
	 * not run yet when its method was compiled makes the method be compiled again, with whatever rows come then.
	 */
	private static void compile() {
		final int length = 1036;
		final float[][] r = new float[8][length];
		final long start = System.nanoTime();
		for (int i = 0; i < 2400 && System.nanoTime() - start < NANOSECONDS; i++) {
			add(i % 2 == 0, i % 3 + 1, r[0], r[1], r[2], r[3], r[4], 0, 0, 0, 0, 0, 0, length);
			if (SIX) addSix(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[0], 0, r[0], 0, length);
		}
	}

	/**
	 * The length for which nothing is left to run one by one at the end: C2 runs the first 12 iterations so (then a line of the cache starts) and
	 * the rest in blocks of 16. Rows have room for it.
	 */
	static int padded(final int length) {
		return (length + 3) / 16 * 16 + 12;
	}

	/**
	 * {@code d[m][x] += sum over k < terms of a[m][first + k] * p[k][x]} for {@code 0 <= m < rows} and {@code 0 <= x < length}, term by term in
	 * the order of {@code k}, each with a fused multiply-add. All rows have room for {@link #padded} values; those beyond the length may change.
	 */
	static void add(final float[][] d, final int rows, final float[][] a, final int first, final float[][] p, final int terms, final int length) {
		final int n = padded(length);
		for (int m = 0; m < rows; m += 2) {
			final boolean two = m + 1 < rows;
			final float[] a0 = a[m], a1 = two ? a[m + 1] : a0, d0 = d[m], d1 = two ? d[m + 1] : d0;
			int k = 0;
			if (SIX && two) for (; k + 6 <= terms; k += 6) addSix(d0, d1, p[k], p[k + 1], p[k + 2], p[k + 3], p[k + 4], p[k + 5], a0, first + k, a1, first + k,
				n);
			for (; k < terms; k += 3) {
				final int count = Math.min(3, terms - k), k1 = Math.min(k + 1, terms - 1), k2 = Math.min(k + 2, terms - 1);
				add(two, count, d0, d1, p[k], p[k1], p[k2], a0[first + k], a0[first + k1], a0[first + k2], a1[first + k], a1[first + k1], a1[first + k2],
					n);
			}
		}
	}

	/**
	 * NB: a loop is vectorised by JDK 17 only if nothing before it in the method has looked at the lengths of its arrays, and if the method is
	 * not inlined into the loops of its caller: above 325 bytecodes it is not. Hence one method with a loop for each case.
	 */
	private static void add(final boolean two, final int terms, final float[] d0, final float[] d1, final float[] s0, final float[] s1, final float[] s2,
		final float a0, final float a1, final float a2, final float b0, final float b1, final float b2, final int n)
	{
		if (two && terms == 3) for (int x = 0; x < n; x++) {
			final float u = s0[x], v = s1[x], w = s2[x];
			d0[x] = Math.fma(a2, w, Math.fma(a1, v, Math.fma(a0, u, d0[x])));
			d1[x] = Math.fma(b2, w, Math.fma(b1, v, Math.fma(b0, u, d1[x])));
		}
		else if (two && terms == 2) for (int x = 0; x < n; x++) {
			final float u = s0[x], v = s1[x];
			d0[x] = Math.fma(a1, v, Math.fma(a0, u, d0[x]));
			d1[x] = Math.fma(b1, v, Math.fma(b0, u, d1[x]));
		}
		else if (two) for (int x = 0; x < n; x++) {
			final float u = s0[x];
			d0[x] = Math.fma(a0, u, d0[x]);
			d1[x] = Math.fma(b0, u, d1[x]);
		}
		else if (terms == 3) for (int x = 0; x < n; x++) d0[x] = Math.fma(a2, s2[x], Math.fma(a1, s1[x], Math.fma(a0, s0[x], d0[x])));
		else if (terms == 2) for (int x = 0; x < n; x++) d0[x] = Math.fma(a1, s1[x], Math.fma(a0, s0[x], d0[x]));
		else for (int x = 0; x < n; x++) d0[x] = Math.fma(a0, s0[x], d0[x]);
	}

	/** Six products to each of two sums. NB: larger than 325 bytecodes too. */
	private static void addSix(final float[] d0, final float[] d1, final float[] s0, final float[] s1, final float[] s2, final float[] s3, final float[] s4,
		final float[] s5, final float[] a, final int i, final float[] b, final int j, final int n)
	{
		final float a0 = a[i], a1 = a[i + 1], a2 = a[i + 2], a3 = a[i + 3], a4 = a[i + 4], a5 = a[i + 5];
		final float b0 = b[j], b1 = b[j + 1], b2 = b[j + 2], b3 = b[j + 3], b4 = b[j + 4], b5 = b[j + 5];
		for (int x = 0; x < n; x++) {
			final float t = s0[x], u = s1[x], v = s2[x], w = s3[x], y = s4[x], z = s5[x];
			d0[x] = Math.fma(a5, z, Math.fma(a4, y, Math.fma(a3, w, Math.fma(a2, v, Math.fma(a1, u, Math.fma(a0, t, d0[x]))))));
			d1[x] = Math.fma(b5, z, Math.fma(b4, y, Math.fma(b3, w, Math.fma(b2, v, Math.fma(b1, u, Math.fma(b0, t, d1[x]))))));
		}
	}
}
