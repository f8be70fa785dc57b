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
import sc.fiji.glia.engine.kernel.dense.UpdateKernels;
import sc.fiji.glia.engine.kernel.plain.PlainUpdates;

/** Optimizers in vectors: products and sums as the plain loops round them. The values that fill no vector are left to the plain loops. */
public final class VectorUpdates implements UpdateKernels {

	// NB: loops have one counter; C2 may keep a second one in a vector register and move it there and back in every round.

	private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
	private static final int V = S.length();

	private final UpdateKernels plain = new PlainUpdates();

	@Override
	public void descend(final float[] w, final int from, final int to, final float[] g, final int at, final float rate, final float decay) {
		final int whole = from + (to - from) / V * V, gap = at - from;
		for (int i = from; i < whole; i += V) {
			final FloatVector x = FloatVector.fromArray(S, w, i);
			x.sub(FloatVector.fromArray(S, g, i + gap).add(x.mul(decay)).mul(rate)).intoArray(w, i);
		}
		if (whole < to) plain.descend(w, whole, to, g, whole + gap, rate, decay);
	}

	@Override
	public void momentum(final float[] w, final float[] v, final int from, final int to, final float[] g, final int at, final float rate,
		final float decay, final float momentum, final boolean nesterov)
	{
		final int whole = from + (to - from) / V * V, gap = at - from;
		for (int i = from; i < whole; i += V) {
			final FloatVector x = FloatVector.fromArray(S, w, i), d = FloatVector.fromArray(S, g, i + gap).add(x.mul(decay));
			final FloatVector u = FloatVector.fromArray(S, v, i).mul(momentum).add(d);
			u.intoArray(v, i);
			x.sub((nesterov ? d.add(u.mul(momentum)) : u).mul(rate)).intoArray(w, i);
		}
		if (whole < to) plain.momentum(w, v, whole, to, g, whole + gap, rate, decay, momentum, nesterov);
	}

	@Override
	public void rmsProp(final float[] w, final float[] s, final int from, final int to, final float[] g, final int at, final float rate,
		final float decay, final float smoothing, final float epsilon)
	{
		final int whole = from + (to - from) / V * V, gap = at - from;
		for (int i = from; i < whole; i += V) {
			final FloatVector x = FloatVector.fromArray(S, w, i), d = FloatVector.fromArray(S, g, i + gap).add(x.mul(decay));
			final FloatVector u = FloatVector.fromArray(S, s, i).mul(smoothing).add(d.mul(1 - smoothing).mul(d));
			u.intoArray(s, i);
			x.sub(d.mul(rate).div(u.sqrt().add(epsilon))).intoArray(w, i);
		}
		if (whole < to) plain.rmsProp(w, s, whole, to, g, whole + gap, rate, decay, smoothing, epsilon);
	}

	@Override
	public void adam(final float[] w, final float[] m, final float[] v, final int from, final int to, final float[] g, final int at,
		final AdamStep step)
	{
		final int whole = from + (to - from) / V * V, gap = at - from;
		final float b1 = step.beta1(), b2 = step.beta2(), add = step.add(), shrink = step.shrink(), rate = step.step(), root = step.root(), epsilon = step
			.epsilon();
		for (int i = from; i < whole; i += V) {
			final FloatVector x = FloatVector.fromArray(S, w, i), d = FloatVector.fromArray(S, g, i + gap).add(x.mul(add));
			final FloatVector mean = FloatVector.fromArray(S, m, i).mul(b1).add(d.mul(1 - b1));
			final FloatVector square = FloatVector.fromArray(S, v, i).mul(b2).add(d.mul(1 - b2).mul(d));
			mean.intoArray(m, i);
			square.intoArray(v, i);
			x.sub(x.mul(shrink).add(mean.mul(rate).div(square.sqrt().mul(root).add(epsilon)))).intoArray(w, i);
		}
		if (whole < to) plain.adam(w, m, v, whole, to, g, whole + gap, step);
	}
}
