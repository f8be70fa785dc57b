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

import java.util.Arrays;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.Fused;

/**
 * Sums over planes, in a fixed order. C2 does not vectorise a sum of floats into one number, so pieces of the plane are added to a row
 * of partial sums, at most {@value #ADDED} floats to each, and the row is added up in double precision: the error is at most
 * {@code (ADDED + 3) * 2^-24} of the sum of the sizes of the terms. Planes of less than 4000 values are summed in double precision.
 */
public final class PlaneSums {

	/** Terms that are added up in a float. */
	public static final int ADDED = 32;
	private static final int PIECE = 1036;

	/** What is summed. */
	private enum Term {
		VALUE, PRODUCT, SQUARE
	}

	static {
		final float[][] r = new float[3][WarmUp.LENGTH];
		WarmUp.run(3, i -> Loops.add(Term.values()[i], r[0], r[1], r[2], 0, WarmUp.LENGTH));
	}

	private PlaneSums() {}

	/** Sum of all values. */
	public static double sum(final float[] a, final Scratch scratch) {
		return sum(Term.VALUE, a, a, 0, scratch);
	}

	/** Sum of {@code a[i] * b[i]}. */
	public static double product(final float[] a, final float[] b, final Scratch scratch) {
		return sum(Term.PRODUCT, a, b, 0, scratch);
	}

	/** Sum of {@code (a[i] - center)^2}. */
	public static double squares(final float[] a, final float center, final Scratch scratch) {
		return sum(Term.SQUARE, a, a, center, scratch);
	}

	private static double sum(final Term term, final float[] a, final float[] b, final float center, final Scratch scratch) {
		if (a.length < 4 * PIECE) return small(term, a, b, center);
		final float[][] rows = scratch.rows(0, 3, PIECE);
		double sum = 0;
		for (int first = 0; first < a.length;) {
			final int wide = Math.min(PIECE, a.length - first);
			Arrays.fill(rows[0], 0, wide, 0);
			for (int k = 0; k < ADDED && first < a.length; k++) {
				final int n = Math.min(wide, a.length - first);
				System.arraycopy(a, first, rows[1], 0, n);
				if (term == Term.PRODUCT) System.arraycopy(b, first, rows[2], 0, n);
				Loops.add(term, rows[0], rows[1], rows[2], center, n);
				first += n;
			}
			double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
			int i = 0;
			for (final float[] r = rows[0]; i + 4 <= wide; i += 4) {
				s0 += r[i];
				s1 += r[i + 1];
				s2 += r[i + 2];
				s3 += r[i + 3];
			}
			for (; i < wide; i++) s0 += rows[0][i];
			sum += s0 + s1 + (s2 + s3);
		}
		return sum;
	}

	/** In double precision from the start: where there are few pieces, nothing else would be faster. */
	private static double small(final Term term, final float[] a, final float[] b, final float center) {
		double s0 = 0, s1 = 0;
		for (int i = 0; i < a.length; i++) {
			final double p = a[i] - (double) center, q = term == Term.VALUE ? 1 : b[i] - (double) center;
			if ((i & 1) == 0) s0 += p * q;
			else s1 += p * q;
		}
		return s0 + s1;
	}

	/** NB: a class of its own, see {@link WarmUp}. */
	private static final class Loops {

		static void add(final Term term, final float[] to, final float[] a, final float[] b, final float center, final int n) {
			if (term == Term.VALUE) for (int x = 0; x < n; x++) to[x] += a[x];
			else if (term == Term.PRODUCT) for (int x = 0; x < n; x++) to[x] = Fused.multiplyAdd(a[x], b[x], to[x]);
			else for (int x = 0; x < n; x++) {
				final float d = a[x] - center;
				to[x] = Fused.multiplyAdd(d, d, to[x]);
			}
		}
	}
}
