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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.exec.DenseKernels;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.train.Optimizer.Adam;
import sc.fiji.glia.engine.train.Optimizer.RmsProp;
import sc.fiji.glia.engine.train.Optimizer.Sgd;
import sc.fiji.glia.engine.train.Optimizer.Updater;

/** Optimizers and schedules against their papers' formulas in double precision, over many steps. */
class OptimizerTest {

	private static final int STEPS = 20;
	private static final float RATE = 0.1f, DECAY = 0.05f;

	/** A paper's algorithm for one weight: the weight after step t from the weight, the gradient and a state of two numbers. */
	@FunctionalInterface
	private interface Formula {

		double step(double w, double g, double[] state, int t);
	}

	/** A gradient that depends on step, index and weight. */
	private static double gradient(final int t, final int i, final double w) {
		return 0.5 * w + Math.sin(3 * t + 5 * i);
	}

	private static void compare(final Optimizer optimizer, final float decay, final Formula formula) {
		final Updater updater = optimizer.updater(3);
		final float[] w = { 1, -2, 0.5f }, g = new float[3];
		final double[] x = { 1, -2, 0.5 };
		final double[][] state = new double[3][2];
		for (int t = 1; t <= STEPS; t++) {
			for (int i = 0; i < 3; i++) g[i] = (float) gradient(t, i, x[i]);
			updater.step(w, g, RATE, decay);
			for (int i = 0; i < 3; i++) {
				x[i] = formula.step(x[i], gradient(t, i, x[i]), state[i], t);
				/* Each step rounds the gradient, the state and the weight, numbers below 4, about ten times by 2^-24; steps neither amplify an earlier
				 * error (the same gradients are given) nor forget it, and momentum 0.9 adds up ten of them. */
				assertEquals(x[i], w[i], t * 40 * 0x1p-24, optimizer + ", step " + t);
			}
		}
	}

	@Test
	void sgd() {
		compare(new Sgd(0, false), 0, (w, g, s, t) -> w - RATE * g);
		compare(new Sgd(0, false), DECAY, (w, g, s, t) -> w - RATE * (g + DECAY * w));
		compare(new Sgd(0.9f, false), DECAY, (w, g, s, t) -> {
			s[0] = 0.9f * s[0] + g + DECAY * w;
			return w - RATE * s[0];
		});
		compare(new Sgd(0.9f, true), 0, (w, g, s, t) -> {
			s[0] = 0.9f * s[0] + g;
			return w - RATE * (g + 0.9f * s[0]);
		});
	}

	@Test
	void rmsProp() {
		compare(new RmsProp(0.9f, 1e-3f), 0, (w, g, s, t) -> {
			s[0] = 0.9f * s[0] + (1 - 0.9f) * g * g;
			return w - RATE * g / (Math.sqrt(s[0]) + 1e-3f);
		});
	}

	@Test
	void adam() {
		for (final boolean decoupled : new boolean[] { false, true }) compare(new Adam(decoupled), DECAY, (w, g, s, t) -> {
			final double d = decoupled ? g : g + DECAY * w, b1 = 0.9f, b2 = 0.999f;
			s[0] = b1 * s[0] + (1 - b1) * d;
			s[1] = b2 * s[1] + (1 - b2) * d * d;
			final double m = s[0] / (1 - Math.pow(b1, t)), v = s[1] / (1 - Math.pow(b2, t));
			return w - (decoupled ? RATE * DECAY * w : 0) - RATE * m / (Math.sqrt(v) + 1e-8);
		});
	}

	/** In ranges, in any order, in every form: the same bits as a whole step. */
	@Test
	void rangesAreTheWhole() {
		final int n = 2500;
		final SplittableRandom random = new SplittableRandom(3);
		for (final Optimizer o : List.of(new Sgd(0, false), new Sgd(0.9f, false), new Sgd(0.9f, true), new RmsProp(0.9f, 1e-8f), new Adam(false), new Adam(
			true)))
		{
			final List<Updater> updaters = new ArrayList<>(List.of(o.updater(n)));
			updaters.add(o.updater(n));
			if (KernelProvider.available().size() > 1) updaters.add(o.updater(n, DenseKernels.VECTOR.updates()));
			final float[][] w = new float[updaters.size()][n];
			for (int t = 0; t < 3; t++) {
				final float[] g = new float[n], shifted = new float[n + 5];
				for (int i = 0; i < n; i++) g[i] = shifted[i + 5] = (float) random.nextDouble(-1, 1);
				updaters.get(0).step(w[0], g, RATE, DECAY);
				for (int k = 1; k < w.length; k++) {
					updaters.get(k).begin(RATE, DECAY);
					for (final int[] r : new int[][] { { 77, 79 }, { 0, 77 }, { 1200, n }, { 79, 1200 } }) updaters.get(k).step(w[k], r[0], r[1], shifted, 5 + r[0]);
					assertArrayEquals(w[0], w[k], o + ", form " + k);
				}
			}
		}
	}

	@Test
	void everyOptimizerFindsTheMinimum() {
		for (final Optimizer o : List.of(new Sgd(0, false), new Sgd(0.9f, true), new RmsProp(0.9f, 1e-8f), new Adam(false))) {
			final float[] w = { 5 }, g = new float[1];
			final Updater u = o.updater(1);
			for (int t = 0; t < 1000; t++) {
				g[0] = 2 * (w[0] - 1); // of (w - 1)^2
				u.step(w, g, 0.02f, 0);
			}
			// RMSProp jumps to and fro by the rate
			assertTrue(Math.abs(w[0] - 1) < 0.05, o + ": " + w[0]);
		}
	}

	private static List<EpochRecord> history(final String best) {
		final List<EpochRecord> h = new ArrayList<>();
		for (final char c : best.toCharArray()) h.add(new EpochRecord(h.size() + 1, 1, 1, 1, 1, 1, 1, c == '*'));
		return h;
	}

	@Test
	void schedules() {
		assertEquals(1, new Schedule.Constant().factor(7, 10, history("*")));
		assertEquals(1, new Schedule.Decay(0.95).factor(1, 10, List.of()));
		assertEquals(0.95 * 0.95, new Schedule.Decay(0.95).factor(3, 10, history("**")), 1e-15);
		assertEquals(1, new Schedule.Cosine().factor(1, 11, List.of()), 1e-15);
		assertEquals((1 + 0.01) / 2, new Schedule.Cosine().factor(6, 11, List.of()), 1e-15);
		assertEquals(0.01, new Schedule.Cosine().factor(11, 11, List.of()), 1e-15);
		assertEquals(1, new Schedule.Cosine().factor(1, 1, List.of()));
		final Schedule plateau = new Schedule.Plateau(0.5, 2);
		assertEquals(1, plateau.factor(1, 10, List.of()));
		assertEquals(1, plateau.factor(4, 10, history("**-")));
		assertEquals(0.5, plateau.factor(5, 10, history("**--")));
		assertEquals(0.5, plateau.factor(6, 10, history("**---")));
		assertEquals(0.25, plateau.factor(7, 10, history("**----")));
		assertEquals(0.5, plateau.factor(7, 10, history("**--*-")), "a new best waits anew, the rate stays");
	}
}
