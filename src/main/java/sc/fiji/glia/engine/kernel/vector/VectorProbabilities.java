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

import static sc.fiji.glia.engine.kernel.dense.ExpConstants.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import sc.fiji.glia.engine.kernel.dense.ProbabilityKernels;
import sc.fiji.glia.engine.kernel.plain.PlainProbabilities;

/** The formulas of the plain kernels in vectors; values that fill no vector are left to them. */
public final class VectorProbabilities implements ProbabilityKernels {

	// NB: loops have one counter; C2 may keep a second one in a vector register and move it there and back in every round.

	private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
	private static final int V = S.length();

	private final ProbabilityKernels plain = new PlainProbabilities();

	@Override
	public void exp(final float[] x, final int xAt, final float[] y, final int yAt, final int n) {
		final int whole = n / V * V;
		for (int i = 0; i < whole; i += V) exp(FloatVector.fromArray(S, x, xAt + i)).intoArray(y, yAt + i);
		if (whole < n) plain.exp(x, xAt + whole, y, yAt + whole, n - whole);
	}

	@Override
	public void sigmoid(final float[] z, final int zAt, final float[] p, final int pAt, final float[] zero, final int zeroAt, final float[] one,
		final int oneAt, final int n)
	{
		final int whole = n / V * V;
		for (int i = 0; i < whole; i += V) {
			final FloatVector v = FloatVector.fromArray(S, z, zAt + i), minus = FloatVector.zero(S).sub(v);
			final VectorMask<Float> negative = v.compare(VectorOperators.LT, 0f);
			final FloatVector e = exp(minus.blend(v, negative)), d = e.add(1f), log = log1p(e);
			FloatVector.broadcast(S, 1f).blend(e, negative).div(d).intoArray(p, pAt + i);
			v.add(log).blend(log, negative).intoArray(zero, zeroAt + i);
			log.blend(log.sub(v), negative).intoArray(one, oneAt + i);
		}
		if (whole < n) plain.sigmoid(z, zAt + whole, p, pAt + whole, zero, zeroAt + whole, one, oneAt + whole, n - whole);
	}

	@Override
	public void softmax(final float[] z, final int zAt, final int zStride, final int classes, final float[] p, final int pAt, final int pStride,
		final float[] logSum, final int logSumAt, final int n)
	{
		final int whole = n / V * V;
		for (int i = 0; i < whole; i += V) subtractMax(z, zAt + i, zStride, classes, p, pAt + i, pStride, logSum, logSumAt + i);
		for (int c = 0; c < classes; c++) exp(p, pAt + c * pStride, p, pAt + c * pStride, whole);
		for (int i = 0; i < whole; i += V) divideBySum(p, pAt + i, pStride, classes, logSum, logSumAt + i);
		if (whole < n) plain.softmax(z, zAt + whole, zStride, classes, p, pAt + whole, pStride, logSum, logSumAt + whole, n - whole);
	}

	// NB: exp and log in one method would be too much for C2, which then makes objects of the vectors.

	/** Puts the maximum of a vector's classes into {@code most}, and the differences from it into {@code p}. */
	private static void subtractMax(final float[] z, final int zAt, final int zStride, final int classes, final float[] p, final int pAt, final int pStride,
		final float[] most, final int mostAt)
	{
		FloatVector max = FloatVector.fromArray(S, z, zAt);
		for (int c = 1; c < classes; c++) {
			final FloatVector v = FloatVector.fromArray(S, z, zAt + c * zStride);
			max = max.blend(v, v.compare(VectorOperators.GT, max));
		}
		for (int c = 0; c < classes; c++) FloatVector.fromArray(S, z, zAt + c * zStride).sub(max).intoArray(p, pAt + c * pStride);
		max.intoArray(most, mostAt);
	}

	/** Divides a vector's classes by their sum, and adds the logarithm of the sum to {@code logSum}. */
	private static void divideBySum(final float[] p, final int pAt, final int pStride, final int classes, final float[] logSum, final int logSumAt) {
		FloatVector sum = FloatVector.zero(S);
		for (int c = 0; c < classes; c++) sum = sum.add(FloatVector.fromArray(S, p, pAt + c * pStride));
		final FloatVector factor = FloatVector.broadcast(S, 1f).div(sum);
		for (int c = 0; c < classes; c++) FloatVector.fromArray(S, p, pAt + c * pStride).mul(factor).intoArray(p, pAt + c * pStride);
		FloatVector.fromArray(S, logSum, logSumAt).add(log(sum)).intoArray(logSum, logSumAt);
	}

	private static FloatVector exp(final FloatVector x) {
		final FloatVector low = x.blend(LEAST, x.compare(VectorOperators.LT, LEAST));
		final FloatVector v = low.blend(GREATEST, x.compare(VectorOperators.GT, GREATEST));
		final FloatVector round = FloatVector.broadcast(S, ROUND), t = v.fma(FloatVector.broadcast(S, LOG2_E), round), n = t.sub(round);
		final FloatVector r = n.fma(FloatVector.broadcast(S, -LOG2_LOW), n.fma(FloatVector.broadcast(S, -LOG2_HIGH), v));
		FloatVector q = r.fma(FloatVector.broadcast(S, E7), FloatVector.broadcast(S, E6));
		q = q.fma(r, FloatVector.broadcast(S, E5));
		q = q.fma(r, FloatVector.broadcast(S, E4));
		q = q.fma(r, FloatVector.broadcast(S, E3));
		q = q.fma(r, FloatVector.broadcast(S, E2));
		q = q.fma(r.mul(r), r).add(1f);
		final IntVector power = t.reinterpretAsInts().sub(ROUND_BITS), half = power.lanewise(VectorOperators.ASHR, 1);
		final FloatVector a = half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
		final FloatVector b = power.sub(half).add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
		return q.mul(a).mul(b);
	}

	private static FloatVector log1p(final FloatVector e) {
		final FloatVector s = e.div(e.add(2f)), q = s.mul(s);
		FloatVector a = q.fma(FloatVector.broadcast(S, A7), FloatVector.broadcast(S, A6));
		a = a.fma(q, FloatVector.broadcast(S, A5));
		a = a.fma(q, FloatVector.broadcast(S, A4));
		a = a.fma(q, FloatVector.broadcast(S, A3));
		a = a.fma(q, FloatVector.broadcast(S, A2));
		a = a.fma(q, FloatVector.broadcast(S, A1));
		return a.mul(q).fma(s, s).mul(2f);
	}

	private static FloatVector log(final FloatVector x) {
		final IntVector bits = x.reinterpretAsInts().sub(ROOT_BITS), power = bits.lanewise(VectorOperators.ASHR, 23);
		final FloatVector m = bits.and(0x7FFFFF).add(ROOT_BITS).reinterpretAsFloats(), s = m.sub(1f).div(m.add(1f)), q = s.mul(s);
		FloatVector a = q.fma(FloatVector.broadcast(S, A4), FloatVector.broadcast(S, A3));
		a = a.fma(q, FloatVector.broadcast(S, A2));
		a = a.fma(q, FloatVector.broadcast(S, A1));
		final FloatVector n = power.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND), high = FloatVector.broadcast(S, LOG2_HIGH);
		final FloatVector log = n.fma(high, n.fma(FloatVector.broadcast(S, LOG2_LOW), a.mul(q).fma(s, s).mul(2f)));
		return x.blend(log, x.compare(VectorOperators.EQ, x));
	}
}
