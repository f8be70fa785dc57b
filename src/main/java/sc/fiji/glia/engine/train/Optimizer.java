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

import sc.fiji.glia.engine.kernel.dense.UpdateKernels;
import sc.fiji.glia.engine.kernel.dense.UpdateKernels.AdamStep;
import sc.fiji.glia.engine.kernel.plain.PlainUpdates;

/**
 * How weights follow gradients. A description; {@link #updater} gives the state for one array of weights.
 */
public sealed interface Optimizer permits Optimizer.Sgd, Optimizer.RmsProp, Optimizer.Adam {

	/** The state of one array of weights. Mutable. A step may be done in ranges, in any order and by several threads. */
	interface Updater {

		/**
		 * Begins a step. Not to be called while ranges of the step before are still worked on.
		 *
		 * @param rate learning rate
		 * @param decay factor of the L2 regularisation {@code decay / 2 * sum w^2}; 0 for none
		 */
		void begin(float rate, float decay);

		/**
		 * The step for some of the weights; for each of them once between two calls of {@link #begin}.
		 *
		 * @param w weights, changed from {@code from} to {@code to - 1}
		 * @param g holds the gradient of weight {@code from + i} at {@code at + i}
		 */
		void step(float[] w, int from, int to, float[] g, int at);

		/** The arrays in which it remembers something for each weight, at the weight's place. */
		float[][] state();

		/** A whole step, for all weights. */
		default void step(final float[] w, final float[] g, final float rate, final float decay) {
			begin(rate, decay);
			step(w, 0, w.length, g, 0);
		}
	}

	/** New state for an array of the given length, which is that of the weights as they are kept while the network is trained. */
	Updater updater(int length, UpdateKernels kernels);

	/** The same with plain loops. */
	default Updater updater(final int length) {
		return updater(length, new PlainUpdates());
	}

	/**
	 * Stochastic gradient descent with momentum (Sutskever et al. 2013): {@code v = momentum * v + g; w -= rate * v}; with Nesterov's
	 * momentum {@code w -= rate * (g + momentum * v)}.
	 *
	 * @param momentum from 0 (plain gradient descent) to below 1
	 * @param nesterov whether to use Nesterov's momentum
	 */
	record Sgd(float momentum, boolean nesterov) implements Optimizer {

		@Override
		public Updater updater(final int length, final UpdateKernels kernels) {
			final float[] v = new float[momentum == 0 ? 0 : length]; // without momentum there is nothing to remember
			return new RateUpdater(momentum == 0 ? new float[0][] : new float[][] { v }, (w, from, to, g, at, rate, decay) -> {
				if (momentum == 0) kernels.descend(w, from, to, g, at, rate, decay);
				else kernels.momentum(w, v, from, to, g, at, rate, decay, momentum, nesterov);
			});
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
		public Updater updater(final int length, final UpdateKernels kernels) {
			final float[] s = new float[length];
			return new RateUpdater(new float[][] { s }, (w, from, to, g, at, rate, decay) -> kernels.rmsProp(w, s, from, to, g, at, rate, decay, smoothing, epsilon));
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
		public Updater updater(final int length, final UpdateKernels kernels) {
			return new AdamUpdater(this, length, kernels);
		}
	}

	/** State of optimizers whose steps are all alike. */
	final class RateUpdater implements Updater {

		/** A step in a range. */
		@FunctionalInterface
		interface Range {

			void step(float[] w, int from, int to, float[] g, int at, float rate, float decay);
		}

		private final float[][] state;
		private final Range range;
		private float rate, decay;

		private RateUpdater(final float[][] state, final Range range) {
			this.state = state;
			this.range = range;
		}

		@Override
		public float[][] state() {
			return state;
		}

		@Override
		public void begin(final float stepRate, final float stepDecay) {
			rate = stepRate;
			decay = stepDecay;
		}

		@Override
		public void step(final float[] w, final int from, final int to, final float[] g, final int at) {
			range.step(w, from, to, g, at, rate, decay);
		}
	}

	/** State of {@link Adam}. */
	final class AdamUpdater implements Updater {

		private final Adam adam;
		private final UpdateKernels kernels;
		private final float[] m, v;
		private double power1 = 1, power2 = 1;
		private AdamStep now = new AdamStep(0, 0, 0, 0, 0, 0, 0);

		private AdamUpdater(final Adam adam, final int length, final UpdateKernels kernels) {
			this.adam = adam;
			this.kernels = kernels;
			m = new float[length];
			v = new float[length];
		}

		@Override
		public float[][] state() {
			return new float[][] { m, v };
		}

		@Override
		public void begin(final float rate, final float decay) {
			power1 *= adam.beta1;
			power2 *= adam.beta2;
			now = new AdamStep(adam.beta1, adam.beta2, adam.epsilon, (float) (rate / (1 - power1)), (float) (1 / Math.sqrt(1 - power2)), //
				adam.decoupled ? 0 : decay, adam.decoupled ? rate * decay : 0);
		}

		@Override
		public void step(final float[] w, final int from, final int to, final float[] g, final int at) {
			kernels.adam(w, m, v, from, to, g, at, now);
		}
	}
}
