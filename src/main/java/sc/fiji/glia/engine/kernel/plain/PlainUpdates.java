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

import sc.fiji.glia.engine.kernel.dense.UpdateKernels;

/**
 * Optimizers in plain loops. C2 vectorises a loop only if all its arrays are read at the same index; ranges of large arrays are therefore
 * copied to small ones and back, which costs little beside the way to memory.
 */
public final class PlainUpdates implements UpdateKernels {

	/** Values that are worked on together. */
	private static final int PIECE = 1024;

	/** Working memory of a thread. */
	private static final class Copies {

		private final float[] w = new float[PIECE], g = new float[PIECE], m = new float[PIECE], v = new float[PIECE];
	}

	/** An update of the first {@code n} values of the copies. */
	@FunctionalInterface
	private interface Piece {

		void run(Copies c, int n);
	}

	/** State that an optimizer does not have. */
	private static final float[] NONE = {};

	private final ThreadLocal<Copies> copies = ThreadLocal.withInitial(Copies::new);

	/** Copies a range of weights, state and gradients piece by piece, and the changed weights and state back. */
	private void pieces(final float[] w, final float[] m, final float[] v, final int from, final int to, final float[] g, final int at, final Piece update) {
		final Copies c = copies.get();
		for (int i = from; i < to; i += PIECE) {
			final int n = Math.min(PIECE, to - i);
			System.arraycopy(w, i, c.w, 0, n);
			System.arraycopy(g, at + i - from, c.g, 0, n);
			if (m.length > 0) System.arraycopy(m, i, c.m, 0, n);
			if (v.length > 0) System.arraycopy(v, i, c.v, 0, n);
			update.run(c, n);
			System.arraycopy(c.w, 0, w, i, n);
			if (m.length > 0) System.arraycopy(c.m, 0, m, i, n);
			if (v.length > 0) System.arraycopy(c.v, 0, v, i, n);
		}
	}

	@Override
	public void descend(final float[] w, final int from, final int to, final float[] g, final int at, final float rate, final float decay) {
		pieces(w, NONE, NONE, from, to, g, at, (c, n) -> descend(c.w, c.g, n, rate, decay));
	}

	private static void descend(final float[] w, final float[] g, final int n, final float rate, final float decay) {
		for (int i = 0; i < n; i++) w[i] -= (g[i] + w[i] * decay) * rate;
	}

	@Override
	public void momentum(final float[] w, final float[] v, final int from, final int to, final float[] g, final int at, final float rate,
		final float decay, final float momentum, final boolean nesterov)
	{
		pieces(w, NONE, v, from, to, g, at, (c, n) -> {
			if (nesterov) nesterov(c.w, c.v, c.g, n, rate, decay, momentum);
			else momentum(c.w, c.v, c.g, n, rate, decay, momentum);
		});
	}

	private static void momentum(final float[] w, final float[] v, final float[] g, final int n, final float rate, final float decay,
		final float momentum)
	{
		for (int i = 0; i < n; i++) {
			final float u = v[i] * momentum + (g[i] + w[i] * decay);
			v[i] = u;
			w[i] -= u * rate;
		}
	}

	private static void nesterov(final float[] w, final float[] v, final float[] g, final int n, final float rate, final float decay,
		final float momentum)
	{
		for (int i = 0; i < n; i++) {
			final float d = g[i] + w[i] * decay, u = v[i] * momentum + d;
			v[i] = u;
			w[i] -= (d + u * momentum) * rate;
		}
	}

	@Override
	public void rmsProp(final float[] w, final float[] s, final int from, final int to, final float[] g, final int at, final float rate,
		final float decay, final float smoothing, final float epsilon)
	{
		pieces(w, NONE, s, from, to, g, at, (c, n) -> rmsProp(c.w, c.v, c.g, n, rate, decay, smoothing, epsilon));
	}

	private static void rmsProp(final float[] w, final float[] s, final float[] g, final int n, final float rate, final float decay,
		final float smoothing, final float epsilon)
	{
		for (int i = 0; i < n; i++) {
			final float d = g[i] + w[i] * decay, u = s[i] * smoothing + d * (1 - smoothing) * d;
			s[i] = u;
			w[i] -= d * rate / ((float) Math.sqrt(u) + epsilon);
		}
	}

	@Override
	public void adam(final float[] w, final float[] m, final float[] v, final int from, final int to, final float[] g, final int at,
		final AdamStep step)
	{
		pieces(w, m, v, from, to, g, at, (c, n) -> adam(c.w, c.m, c.v, c.g, n, step.beta1(), step.beta2(), step.epsilon(), step.step(), step.root(), step.add(),
			step.shrink()));
	}

	private static void adam(final float[] w, final float[] m, final float[] v, final float[] g, final int n, final float b1, final float b2,
		final float epsilon, final float step, final float root, final float add, final float shrink)
	{
		for (int i = 0; i < n; i++) {
			final float d = g[i] + w[i] * add, mean = m[i] * b1 + d * (1 - b1), square = v[i] * b2 + d * (1 - b2) * d;
			m[i] = mean;
			v[i] = square;
			w[i] -= w[i] * shrink + mean * step / ((float) Math.sqrt(square) * root + epsilon);
		}
	}
}
