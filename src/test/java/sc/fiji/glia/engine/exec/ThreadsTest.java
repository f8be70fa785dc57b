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
package sc.fiji.glia.engine.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * The number of threads does not change a bit, with networks wide enough for the fast convolutions, and with batches that the threads
 * deal among them as well as such where they share each image.
 */
class ThreadsTest {

	private static final int STEPS = 2;

	@Test
	void wholeBatches() {
		check(new UNet(2, 2, 16, 3, 1, true, 0.2f).graph(), false);
	}

	@Test
	void imageByImage() {
		check(new UNet(1, 1, 12, 3, 2, false, 0.2f).graph(), true);
	}

	@Test
	void rowsOfDenseLayers() {
		final Graph graph = Networks.chain(1, new Conv2D(2, 3), new Flatten(30, 30), new Dense(90), new Dense(9));
		// more products than one thread does alone
		final float[][][] images = TestBatch.textured(35, 1, 30, 30, 2, 14).floats();
		for (final Kernels kernels : KernelProvider.available()) {
			final Predictor predictor = new Predictor(graph, TestBatch.weights(graph, 15), kernels);
			final float[][][] one;
			try (Workers workers = new Workers(1)) {
				one = predictor.predict(images, 30, 30, workers);
			}
			for (final int threads : new int[] { 2, 3, 7 }) try (Workers workers = new Workers(threads)) {
				final float[][][] shared = predictor.predict(images, 30, 30, workers);
				for (int i = 0; i < one.length; i++) assertArrayEquals(one[i], shared[i], kernels.name() + ", " + threads + " threads, image " + i);
			}
		}
	}

	private static void check(final Graph graph, final boolean steps) {
		for (final Kernels kernels : KernelProvider.available()) for (final int batch : new int[] { 1, 3, 4 }) {
			final TestBatch t = TestBatch.textured(batch, graph.inputChannels(), 32, 36, 2, 12);
			final Map<String, float[]> start = copy(TestBatch.weights(graph, 13)), one = descend(graph, t, kernels, 1, steps);
			one.forEach((name, a) -> {
				assertFalse(Arrays.equals(start.get(name), a), name + " has not changed");
				for (final float v : a) assertTrue(Float.isFinite(v), name + " has become " + v);
			});
			for (final int threads : new int[] { 2, 3 }) {
				descend(graph, t, kernels, threads, steps).forEach((name, a) -> assertArrayEquals(one.get(name), a, kernels.name() + ", " + threads +
					" threads, batch " + batch + ", " + name));
			}
		}
	}

	private static Map<String, float[]> copy(final Weights weights) {
		final Map<String, float[]> copy = new LinkedHashMap<>();
		weights.arrays().forEach((name, a) -> copy.put(name, a.clone()));
		return copy;
	}

	/** The weights after some steps down the gradient of the squared difference of logits and labels. */
	private static Map<String, float[]> descend(final Graph graph, final TestBatch t, final Kernels kernels, final int threads, final boolean steps) {
		final Weights weights = TestBatch.weights(graph, 13);
		final int images = t.images().length;
		try (Workers workers = new Workers(threads)) {
			final TrainingPlan plan = new TrainingPlan(graph, weights, t.height(), t.width(), images, steps, kernels, workers);
			for (int step = 0; step < STEPS; step++) {
				for (int i = 0; i < images; i++) for (int c = 0; c < t.floats()[i].length; c++) System.arraycopy(t.floats()[i][c], 0, plan.input(i)[c], 0, t
					.height() * t.width());
				plan.step(images, step, i -> {
					for (int c = 0; c < plan.logits(i).length; c++) for (int p = 0; p < plan.logits(i)[c].length; p++) plan.logitGradient(i)[c][p] = (plan.logits(i)[c][p] -
						(t.labels()[i][p] == c ? 1 : 0)) / plan.logits(i)[c].length;
				});
				plan.gradients().forEach((name, d) -> {
					for (int i = 0; i < d.length; i++) weights.get(name)[i] -= 0.01f * d[i];
				});
			}
		}
		return weights.arrays();
	}
}
