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

import static sc.fiji.glia.engine.kernel.dense.ExpConstants.*;

import sc.fiji.glia.engine.kernel.dense.ProbabilityKernels;

/** One value at a time: C2 does not vectorise the way from the bits of an int to a float, but this is still several times as fast as Math.exp. */
public final class PlainProbabilities implements ProbabilityKernels {

	@Override
	public void exp(final float[] x, final int xAt, final float[] y, final int yAt, final int n) {
		for (int i = 0; i < n; i++) y[yAt + i] = exp(x[xAt + i]);
	}

	@Override
	public void sigmoid(final float[] z, final int zAt, final float[] p, final int pAt, final float[] zero, final int zeroAt, final float[] one,
		final int oneAt, final int n)
	{
		for (int i = 0; i < n; i++) {
			final float v = z[zAt + i], e = exp(v < 0 ? v : 0 - v), d = 1 + e, log = log1p(e);
			p[pAt + i] = v < 0 ? e / d : 1 / d;
			zero[zeroAt + i] = v < 0 ? log : v + log;
			one[oneAt + i] = v < 0 ? log - v : log;
		}
	}

	@Override
	public void softmax(final float[] z, final int zAt, final int zStride, final int classes, final float[] p, final int pAt, final int pStride,
		final float[] logSum, final int logSumAt, final int n)
	{
		for (int i = 0; i < n; i++) {
			float max = z[zAt + i], sum = 0;
			for (int c = 1, k = zAt + zStride + i; c < classes; c++, k += zStride) max = z[k] > max ? z[k] : max;
			for (int c = 0, k = zAt + i, j = pAt + i; c < classes; c++, k += zStride, j += pStride) {
				final float e = exp(z[k] - max);
				p[j] = e;
				sum += e;
			}
			final float factor = 1 / sum;
			for (int c = 0, j = pAt + i; c < classes; c++, j += pStride) p[j] *= factor;
			logSum[logSumAt + i] = max + log(sum);
		}
	}

	private static float exp(final float x) {
		final float v = x > GREATEST ? GREATEST : x < LEAST ? LEAST : x;
		final float t = Math.fma(v, LOG2_E, ROUND), n = t - ROUND;
		final float r = Math.fma(n, -LOG2_LOW, Math.fma(n, -LOG2_HIGH, v));
		float q = Math.fma(E7, r, E6);
		q = Math.fma(q, r, E5);
		q = Math.fma(q, r, E4);
		q = Math.fma(q, r, E3);
		q = Math.fma(q, r, E2);
		q = Math.fma(q, r * r, r) + 1;
		// in two steps, so that numbers without a full exponent are reached too
		final int power = Float.floatToRawIntBits(t) - ROUND_BITS, half = power >> 1;
		return q * Float.intBitsToFloat(half + 127 << 23) * Float.intBitsToFloat(power - half + 127 << 23);
	}

	/** {@code log(1 + e)} for {@code 0 <= e <= 1}. */
	private static float log1p(final float e) {
		final float s = e / (2 + e), q = s * s;
		float a = Math.fma(A7, q, A6);
		a = Math.fma(a, q, A5);
		a = Math.fma(a, q, A4);
		a = Math.fma(a, q, A3);
		a = Math.fma(a, q, A2);
		a = Math.fma(a, q, A1);
		return 2 * Math.fma(a * q, s, s);
	}

	/** {@code log(x)} for {@code x >= 1}, also for what is not a number. */
	private static float log(final float x) {
		final int bits = Float.floatToRawIntBits(x) - ROOT_BITS, power = bits >> 23;
		final float m = Float.intBitsToFloat((bits & 0x7FFFFF) + ROOT_BITS), s = (m - 1) / (m + 1), q = s * s;
		float a = Math.fma(A4, q, A3);
		a = Math.fma(a, q, A2);
		a = Math.fma(a, q, A1);
		final float n = Float.intBitsToFloat(power + ROUND_BITS) - ROUND, log = Math.fma(n, LOG2_HIGH, Math.fma(n, LOG2_LOW, 2 * Math.fma(a * q, s, s)));
		return x == x ? log : x;
	}
}
