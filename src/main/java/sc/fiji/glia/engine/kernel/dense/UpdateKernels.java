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
package sc.fiji.glia.engine.kernel.dense;

/**
 * The arithmetic of optimizers on ranges of arrays: weight {@code w[i]} and its state for {@code from <= i < to}, with the gradient
 * {@code g[at + i - from]}. What the parameters mean is said in {@code engine.train.Optimizer}. All implementations give the same bits.
 * Safe for use by several threads.
 */
public interface UpdateKernels {

	/** {@code w -= rate * (g + decay * w)}. */
	void descend(float[] w, int from, int to, float[] g, int at, float rate, float decay);

	/** {@code d = g + decay * w; v = momentum * v + d; w -= rate * v}, with Nesterov's momentum {@code w -= rate * (d + momentum * v)}. */
	void momentum(float[] w, float[] v, int from, int to, float[] g, int at, float rate, float decay, float momentum, boolean nesterov);

	/** {@code d = g + decay * w; s = smoothing * s + (1 - smoothing) * d * d; w -= rate * d / (sqrt(s) + epsilon)}. */
	void rmsProp(float[] w, float[] s, int from, int to, float[] g, int at, float rate, float decay, float smoothing, float epsilon);

	/** The numbers of one step of Adam: shares of the past, rate and root with the correction of the start, decay added or taken off. */
	record AdamStep(float beta1, float beta2, float epsilon, float step, float root, float add, float shrink) {}

	/**
	 * {@code d = g + add * w; m = beta1 * m + (1 - beta1) * d; v = beta2 * v + (1 - beta2) * d * d;
	 * w -= shrink * w + step * m / (sqrt(v) * root + epsilon)}.
	 */
	void adam(float[] w, float[] m, float[] v, int from, int to, float[] g, int at, AdamStep step);
}
