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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/** Steps whose first products are formed in the step before. */
class NextBatchTest {

	/** With 50 units more weights than a cache holds; no multiple of anything. */
	private static final int HEIGHT = 211, WIDTH = 209, PIXELS = HEIGHT * WIDTH, UNITS = 50, BATCH = 3;

	private static Graph network() {
		return Networks.chain(1, new Flatten(HEIGHT, WIDTH), new Dense(UNITS), new BatchNorm(), new ReLU(), new Dropout(0.5f), new Dense(2));
	}

	private static Graph alone() {
		return Networks.chain(1, new Flatten(HEIGHT, WIDTH), new Dense(UNITS));
	}

	private static TrainingPlan plan(final Graph g, final Weights weights, final int batch, final Kernels kernels, final Workers workers) {
		return new TrainingPlan(g, weights, HEIGHT, WIDTH, batch, true, kernels, workers);
	}

	private static void descend(final TrainingPlan plan) {
		plan.updateWith((name, w, from, to, d, at) -> {
			for (int i = from; i < to; i++) w[i] -= 1e-4f * d[at + i - from];
		});
	}

	/** Images of step {@code number}. */
	private static void draw(final int number, final int images, final IntFunction<float[][]> planes) {
		final SplittableRandom random = new SplittableRandom(number);
		for (int i = 0; i < images; i++) for (int p = 0; p < PIXELS; p++) planes.apply(i)[0][p] = (float) random.nextDouble();
	}

	private static int images(final int step) {
		return step == 2 ? BATCH - 1 : BATCH;
	}

	/** The logits of four steps, one of a smaller batch, and the weights at the end. */
	private static List<float[]> train(final Graph g, final boolean ahead, final Kernels kernels, final int threads) {
		final Weights weights = TestBatch.weights(g, 5);
		final List<float[]> found = new ArrayList<>();
		try (Workers workers = new Workers(threads)) {
			final TrainingPlan plan = plan(g, weights, BATCH, kernels, workers);
			descend(plan);
			for (int step = 0; step < 4; step++) {
				if (step == 0 || !ahead) draw(step, images(step), plan::input);
				if (ahead && step < 3) {
					draw(step + 1, images(step + 1), plan::nextInput);
					plan.expect(images(step + 1));
				}
				plan.stepRows(images(step), step, (first, count, logits, gradient, at) -> {
					for (int i = at; i < at + count * 2; i++) gradient[i] = logits[i] - i % 2;
					found.add(logits.clone());
				});
				plan.gradients().forEach((name, d) -> {
					for (int i = 0; i < d.length; i++) weights.get(name)[i] -= 1e-4f * d[i];
				});
			}
			plan.store();
		}
		weights.arrays().values().forEach(found::add);
		return found;
	}

	@Test
	void aStepThatWasAnnouncedIsTheSameBitForBit() {
		final List<float[]> expected = train(network(), false, KernelProvider.available().get(0), 1);
		for (final Kernels kernels : KernelProvider.available()) for (final int threads : new int[] { 1, 3 }) for (final boolean ahead : new boolean[] { false, true }) {
			final List<float[]> actual = train(network(), ahead, kernels, threads);
			assertEquals(expected.size(), actual.size());
			for (int i = 0; i < expected.size(); i++) assertArrayEquals(expected.get(i), actual.get(i), kernels.name() + ", " + threads + " threads, " + ahead + ", " + i);
		}
	}

	@Test
	void productsAreThoseOfTheChangedWeights() {
		final Graph g = alone();
		for (final Kernels kernels : KernelProvider.available()) try (Workers workers = new Workers(2)) {
			final Weights weights = TestBatch.weights(g, 5);
			final float[] before = weights.get("n2.weight").clone(), bias = weights.get("n2.bias");
			final TrainingPlan plan = plan(g, weights, BATCH, kernels, workers);
			descend(plan);
			draw(0, BATCH, plan::input);
			draw(1, BATCH, plan::nextInput);
			plan.expect(BATCH);
			plan.stepRows(BATCH, 1, (first, count, logits, gradient, at) -> {
				for (int i = 0; i < count * UNITS; i++) gradient[at + i] = i % 3 - 1;
			});
			plan.store();
			final float[] w = weights.get("n2.weight");
			assertTrue(Math.abs(w[0] - before[0]) > 1e-6, "weights have changed");
			bias[7] += 1; // as an optimizer does after the backward pass
			plan.forward(BATCH, 2);
			for (int b = 0; b < BATCH; b++) for (int u = 0; u < UNITS; u++) {
				double sum = bias[u], size = Math.abs(sum);
				for (int i = 0; i < PIXELS; i++) {
					final double product = (double) plan.input(b)[0][i] * w[u * PIXELS + i];
					sum += product;
					size += Math.abs(product);
				}
				// each term is rounded once for each term after it in its share, and then with the shares and the bias
				final int additions = PIXELS / DenseStep.SHARES + 64 + DenseStep.SHARES + 1;
				assertEquals(sum, plan.logits(b)[u][0], additions * 0x1p-24 * size, kernels.name() + ", image " + b + ", unit " + u);
			}
		}
	}

	@Test
	void onlyLargeFirstLayersThatLearnLookAhead() {
		try (Workers workers = new Workers(1)) {
			final Kernels kernels = KernelProvider.best();
			final Graph g = alone(), few = Networks.chain(1, new Flatten(HEIGHT, WIDTH), new Dense(16)), small = Networks.chain(1, new Flatten(20, 20), new Dense(50));
			assertTrue(plan(g, TestBatch.weights(g, 1), BATCH, kernels, workers).looksAhead());
			assertFalse(plan(g, TestBatch.weights(g, 1), 65, kernels, workers).looksAhead(), "a large batch");
			assertFalse(plan(few, TestBatch.weights(few, 1), BATCH, kernels, workers).looksAhead(), "few units");
			assertFalse(new TrainingPlan(small, TestBatch.weights(small, 1), 20, 20, BATCH, kernels, workers).looksAhead(), "few weights");
			assertFalse(new TrainingPlan(g, TestBatch.weights(g, 1), HEIGHT, WIDTH, BATCH, true, Set.of("n2.weight"), kernels, workers).looksAhead(), "frozen");
			assertFalse(TrainingPlan.withInputGradient(g, TestBatch.weights(g, 1), HEIGHT, WIDTH, BATCH, true, kernels, workers).looksAhead());
		}
	}

	@Test
	void announcementsAreKept() {
		try (Workers workers = new Workers(1)) {
			final Graph g = alone(), small = Networks.chain(1, new Flatten(20, 20), new Dense(50));
			final TrainingPlan plan = plan(g, TestBatch.weights(g, 1), BATCH, KernelProvider.best(), workers);
			final RowLoss none = (first, count, logits, gradient, at) -> {};
			assertThrows(IllegalStateException.class, () -> plan.expect(1), "weights are not changed in the backward pass");
			descend(plan);
			assertThrows(IllegalArgumentException.class, () -> plan.expect(BATCH + 1));
			plan.expect(2);
			plan.stepRows(BATCH, 1, none);
			assertEquals("TrainingPlan: expected the 2 images that were announced, got 3", assertThrows(IllegalArgumentException.class, () -> plan.stepRows(BATCH, 2,
				none)).getMessage());
			plan.expect(0);
			plan.stepRows(BATCH, 2, none);
			final TrainingPlan other = new TrainingPlan(small, TestBatch.weights(small, 1), 20, 20, BATCH, KernelProvider.best(), workers);
			descend(other);
			assertThrows(IllegalStateException.class, () -> other.expect(1));
			assertThrows(IllegalStateException.class, () -> other.nextInput(0));
			other.expect(0);
		}
	}

	@Test
	void memoryIsKnownBeforehand() {
		final Graph g = alone();
		for (final Kernels kernels : KernelProvider.available()) try (Workers workers = new Workers(1)) {
			final Weights weights = TestBatch.weights(g, 1);
			final long two = 2 * 4L * 40 * PIXELS, sums = DenseStep.SHARES * 4L * 40 * UNITS, packed = 4L * 64 * PIXELS, vectors = 2 * 4L * 40 * UNITS;
			final long expected = TrainingPlan.bytes(g, HEIGHT, WIDTH, 40, true, kernels, 1), kernel = 6L << 20; // of a dense kernel, at the most
			assertTrue(expected >= two + sums + packed + vectors && expected <= two + sums + packed + vectors + kernel, kernels.name() + ": " + expected);
			final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
			final long before = threads.getCurrentThreadAllocatedBytes();
			plan(g, weights, 40, kernels, workers);
			final long taken = threads.getCurrentThreadAllocatedBytes() - before;
			assertTrue(taken >= 0.9 * expected && taken <= 1.05 * expected, kernels.name() + ": expected " + expected + ", took " + taken);
		}
	}
}
