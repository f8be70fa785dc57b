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
package sc.fiji.glia.engine.train;

/**
 * How weights follow gradients. A description; {@link #updater} gives the state for one array of weights.
 */
public sealed interface Optimizer permits Optimizer.Sgd, Optimizer.RmsProp, Optimizer.Adam {

	/** The state of one array of weights. Mutable. */
	interface Updater {

		/**
		 * One step.
		 *
		 * @param w weights, changed
		 * @param g gradient, may be changed
		 * @param rate learning rate
		 * @param decay factor of the L2 regularisation {@code decay / 2 * sum w^2}; 0 for none
		 */
		void step(float[] w, float[] g, float rate, float decay);
	}

	/** New state for an array of the given length. */
	Updater updater(int length);

	/**
	 * Stochastic gradient descent with momentum (Sutskever et al. 2013): {@code v = momentum * v + g; w -= rate * v}; with Nesterov's
	 * momentum {@code w -= rate * (g + momentum * v)}.
	 *
	 * @param momentum from 0 (plain gradient descent) to below 1
	 * @param nesterov whether to use Nesterov's momentum
	 */
	record Sgd(float momentum, boolean nesterov) implements Optimizer {

		@Override
		public Updater updater(final int length) {
			final float[] v = new float[length];
			final float m = momentum;
			return (w, g, rate, decay) -> {
				for (int i = 0; i < length; i++) {
					final float d = g[i] + decay * w[i], u = m * v[i] + d;
					v[i] = u;
					w[i] -= rate * (nesterov ? d + m * u : u);
				}
			};
		}
	}

	/**
	 * RMSProp (Hinton 2012, lecture 6e): {@code s = decay * s + (1 - decay) * g^2; w -= rate * g / (sqrt(s) + epsilon)}.
	 *
	 * @param smoothing share of the past in the mean square
	 * @param epsilon added to the root
	 */
	record RmsProp(float smoothing, float epsilon) implements Optimizer {

		@Override
		public Updater updater(final int length) {
			final float[] s = new float[length];
			return (w, g, rate, decay) -> {
				for (int i = 0; i < length; i++) {
					final float d = g[i] + decay * w[i];
					s[i] = smoothing * s[i] + (1 - smoothing) * d * d;
					w[i] -= rate * d / ((float) Math.sqrt(s[i]) + epsilon);
				}
			};
		}
	}

	/**
	 * Adam (Kingma and Ba 2015, algorithm 1), or AdamW (Loshchilov and Hutter 2019), which shrinks the weights by {@code rate * decay * w}
	 * instead of adding {@code decay * w} to the gradient.
	 *
	 * @param beta1 share of the past in the mean gradient
	 * @param beta2 share of the past in the mean square
	 * @param epsilon added to the root
	 * @param decoupled true for AdamW
	 */
	record Adam(float beta1, float beta2, float epsilon, boolean decoupled) implements Optimizer {

		/** Beta 0.9 and 0.999, epsilon 1e-8. */
		public Adam(final boolean decoupled) {
			this(0.9f, 0.999f, 1e-8f, decoupled);
		}

		@Override
		public Updater updater(final int length) {
			return new AdamUpdater(this, length);
		}
	}

	/** State of {@link Adam}. */
	final class AdamUpdater implements Updater {

		private final Adam adam;
		private final float[] m, v;
		private double power1 = 1, power2 = 1;

		private AdamUpdater(final Adam adam, final int length) {
			this.adam = adam;
			m = new float[length];
			v = new float[length];
		}

		@Override
		public void step(final float[] w, final float[] g, final float rate, final float decay) {
			power1 *= adam.beta1;
			power2 *= adam.beta2;
			final float b1 = adam.beta1, b2 = adam.beta2, step = (float) (rate / (1 - power1)), root = (float) (1 / Math.sqrt(1 - power2));
			final float add = adam.decoupled ? 0 : decay, shrink = adam.decoupled ? rate * decay : 0;
			for (int i = 0; i < w.length; i++) {
				final float d = g[i] + add * w[i];
				m[i] = b1 * m[i] + (1 - b1) * d;
				v[i] = b2 * v[i] + (1 - b2) * d * d;
				w[i] -= shrink * w[i] + step * m[i] / ((float) Math.sqrt(v[i]) * root + adam.epsilon);
			}
		}
	}
}
