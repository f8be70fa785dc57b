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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import sc.fiji.glia.engine.check.GradientCheck;
import sc.fiji.glia.engine.check.GradientCheck.Result;
import sc.fiji.glia.engine.check.Reference;
import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.graph.Add;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.GlobalAveragePool2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Graph.Builder;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/** Networks that give one vector for each image: against the reference, and what holds however a batch is worked off. */
class VectorNetworkTest {

	/** By name, for images of 2 channels and 6x6 pixels. */
	static Map<String, Graph> networks() {
		final Map<String, Graph> all = new LinkedHashMap<>();
		all.put("CNN", new Cnn(2, 6, 6, 3, List.of(4), List.of(9, 5)).graph());
		all.put("CNN without hidden layers", new Cnn(2, 6, 6, 1, List.of(3), List.of()).graph());
		all.put("dense, batch norm", new DenseNetwork(2, 6, 6, 3, List.of(19, 7), true, 0).graph());
		all.put("dense", new DenseNetwork(2, 6, 6, 2, List.of(40), false, 0).graph());
		all.put("dense alone", Networks.chain(2, new Flatten(6, 6), new Dense(1)));
		all.put("many units", Networks.chain(2, new Flatten(6, 6), new Dense(70, false), new LeakyReLU(0.1f), new Dense(3)));
		all.put("global means", Networks.chain(2, new Conv2D(5, 3), new ReLU(), new GlobalAveragePool2D()));
		all.put("global means of the image", Networks.chain(2, new GlobalAveragePool2D(), new Dense(3)));
		all.put("global means, dense", Networks.chain(2, new Conv2D(17, 3), new BatchNorm(), new ReLU(), new GlobalAveragePool2D(), new Dense(3)));
		all.put("flattened at the end", Networks.chain(2, new Conv2D(1, 3), new MaxPool2D(3), new Flatten(2, 2)));
		all.put("activations", Networks.chain(2, new Flatten(6, 6), new Dense(6), new Sigmoid(), new Dense(5), new Softmax(), new Dense(4, false), new LeakyReLU(0.3f),
			new Dropout(0), new BatchNorm(), new Dense(3)));
		all.put("activations of what was flattened", Networks.chain(2, new Conv2D(2, 3), new Flatten(6, 6), new BatchNorm(), new ReLU(), new Sigmoid(), new Dense(3)));
		all.put("flattened twice", Networks.chain(2, new Conv2D(1, 3), new Flatten(6, 6), new Flatten(1, 1), new GlobalAveragePool2D(), new Dense(2)));
		all.put("one pixel without flattening", Networks.chain(2, new Conv2D(3, 3), new MaxPool2D(6), new Dense(4), new ReLU(), new Dense(2)));
		branches(all);
		return all;
	}

	private static void branches(final Map<String, Graph> all) {
		Builder b = Graph.of(2);
		final int flat = b.add("flat", new Flatten(6, 6), b.add("conv", new Conv2D(1, 3)));
		final int one = b.add("one", new Dense(36), flat);
		b.add("sum", new Add(), one, flat, b.add("other", new Dense(36), b.add("relu", new ReLU(), one)));
		b.add("out", new Dense(3));
		all.put("sums of vectors read by several", b.build());

		b = Graph.of(2);
		final int maps = b.add("conv", new Conv2D(3, 3), 0);
		final int both = b.add("both", new Concat(), maps, b.add("side", new Conv2D(2, 3), maps));
		final int means = b.add("means", new GlobalAveragePool2D(), both);
		final int all36 = b.add("flat", new Flatten(6, 6), maps);
		b.add("sum", new Add(), b.add("a", new Dense(4), means), b.add("b", new Dense(4), all36));
		all.put("maps read as means, flattened and by a convolution", b.build());

		b = Graph.of(2);
		final int left = b.add("left", new Dense(4), b.add("flat1", new Flatten(6, 6), 0));
		b.add("sum", new Add(), left, b.add("right", new Dense(4), b.add("flat2", new Flatten(6, 6), 0)));
		all.put("the image flattened twice", b.build());

		b = Graph.of(2);
		final int dense = b.add("left", new Dense(2), b.add("flat", new Flatten(6, 6), 0));
		b.add("sum", new Add(), dense, b.add("means", new GlobalAveragePool2D(), 0));
		all.put("the image flattened, and its means", b.build());
	}

	@TestFactory
	Stream<DynamicTest> gradients() {
		return networks().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
			// Several images, so that batch norm has something to work on; more than the lanes
			TrainingPlanTest.check(e.getValue(), TestBatch.textured(11, 2, 6, 6, 2, 5), TrainingPlanTest.SUM);
		}));
	}

	@TestFactory
	Stream<DynamicTest> predictions() {
		return networks().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> PredictorTest.bounded(e.getValue(), TestBatch.textured(2, 2, 6, 6,
			2, 5))));
	}

	@TestFactory
	Stream<DynamicTest> anImageAloneIsTheSameBitForBit() {
		return networks().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
			final Graph g = e.getValue();
			final float[][][] x = TestBatch.textured(13, 2, 6, 6, 2, 6).floats();
			for (final Kernels kernels : KernelProvider.available()) {
				final Predictor p = new Predictor(g, TestBatch.weights(g, 4), kernels);
				for (final int threads : new int[] { 1, 3 }) try (Workers workers = new Workers(threads)) {
					final float[][][] together = p.predict(x, 6, 6, workers);
					for (int i = 0; i < x.length; i++) assertArrayEquals(p.predict(x[i], 6, 6), together[i], kernels.name() + ", image " + i);
					assertArrayEquals(together[12], p.predict(new float[][][] { x[12] }, 6, 6, workers)[0], "one image, " + threads + " threads");
				}
			}
		}));
	}

	@Test
	void changedWeightsAreUsed() {
		final Graph g = Networks.chain(1, new Flatten(1, 2), new Dense(1));
		final Weights weights = TestBatch.weights(g, 1);
		final Predictor p = new Predictor(g, weights, KernelProvider.best());
		p.predict(new float[][] { { 1, 1 } }, 1, 2);
		System.arraycopy(new float[] { 3, -1 }, 0, weights.get("n2.weight"), 0, 2);
		weights.get("n2.bias")[0] = 0.5f;
		p.refresh();
		assertArrayEquals(new float[][] { { 1.5f } }, p.predict(new float[][] { { 2, 5 } }, 1, 2));
	}

	@Test
	void imagesThatDoNotFitAreRefused() {
		final Graph g = new DenseNetwork(1, 2, 3, 2, List.of(), false, 0).graph();
		final Predictor p = new Predictor(g, TestBatch.weights(g, 1), KernelProvider.best());
		try (Workers workers = new Workers(1)) {
			assertThrows(IllegalArgumentException.class, () -> p.predict(new float[0][][], 2, 3, workers));
			assertThrows(IllegalArgumentException.class, () -> p.predict(new float[][][] { new float[1][6], new float[2][6] }, 2, 3, workers));
			assertThrows(IllegalArgumentException.class, () -> p.predict(new float[1][5], 2, 3));
		}
	}

	// -- however a batch is worked off --

	/** A way to do a step. */
	private enum Way {
		PASSES, STEP, ROWS
	}

	/** Images beyond which a plan for steps works off rows block by block; no multiple of anything. */
	private static final int MANY = 523;

	/** Gradients of the squared difference of logits and labels, summed over the images. */
	private static Map<String, float[]> gradients(final TrainingPlan plan, final TestBatch t, final Way way) {
		final int images = t.images().length, outputs = plan.logits(0).length;
		final float[][][] x = t.floats();
		for (int i = 0; i < images; i++) for (int c = 0; c < x[i].length; c++) System.arraycopy(x[i][c], 0, plan.input(i)[c], 0, x[i][c].length);
		if (way == Way.ROWS) plan.stepRows(images, 3, (first, count, logits, gradient, at) -> {
			for (int i = 0, k = at; i < count; i++) for (int c = 0; c < outputs; c++, k++) gradient[k] = logits[k] - (t.labels()[first + i][0] == c ? 1 : 0);
		});
		else {
			if (way == Way.STEP) plan.step(images, 3, i -> difference(plan, t, i));
			else {
				plan.forward(images, 3);
				for (int i = 0; i < images; i++) difference(plan, t, i);
				plan.backward(images);
			}
		}
		final Map<String, float[]> copy = new LinkedHashMap<>();
		plan.gradients().forEach((name, g) -> copy.put(name, g.clone()));
		return copy;
	}

	private static void difference(final TrainingPlan plan, final TestBatch t, final int i) {
		for (int c = 0; c < plan.logits(i).length; c++) plan.logitGradient(i)[c][0] = plan.logits(i)[c][0] - (t.labels()[i][0] == c ? 1 : 0);
	}

	private static TrainingPlan plan(final Graph g, final int batch, final boolean steps, final Kernels kernels, final Workers workers) {
		return new TrainingPlan(g, TestBatch.weights(g, 11), 6, 6, batch, steps, kernels, workers);
	}

	private static TestBatch batch(final int images) {
		return TestBatch.textured(images, 2, 6, 6, 2, 5).labelled(1, 2);
	}

	private static void assertSame(final Map<String, float[]> expected, final Map<String, float[]> actual, final String what) {
		assertEquals(expected.keySet(), actual.keySet());
		expected.forEach((name, a) -> assertArrayEquals(a, actual.get(name), what + ", " + name));
	}

	@Test
	void threadsAndWaysDoNotChangeABit() {
		for (final Kernels kernels : KernelProvider.available()) for (final String name : List.of("CNN", "dense, batch norm", "many units",
			"sums of vectors read by several"))
		{
			final Graph g = networks().get(name);
			final boolean hasMaps = g.nodes().stream().anyMatch(n -> n.layer() instanceof Conv2D); // every image of a batch takes 2 MB
			for (final int images : new int[] { 5, hasMaps ? 11 : MANY }) for (final boolean steps : new boolean[] { false, true }) {
				final TestBatch t = batch(images);
				Map<String, float[]> expected = Map.of();
				for (final int threads : new int[] { 1, 2, 3 }) try (Workers workers = new Workers(threads)) {
					final TrainingPlan plan = plan(g, images, steps, kernels, workers);
					for (final Way way : Way.values()) {
						if (steps && way == Way.PASSES) continue;
						final Map<String, float[]> d = gradients(plan, t, way);
						if (expected.isEmpty()) expected = d;
						assertSame(expected, d, kernels.name() + ", " + name + ", " + images + " images, " + threads + " threads, " + way);
					}
				}
			}
		}
	}

	@Test
	void blocksOfRowsGiveTheGradientsOfTheWhole() {
		for (final Kernels kernels : KernelProvider.available()) for (final String name : List.of("dense", "many units", "dense alone", "the image flattened twice")) {
			final Graph g = networks().get(name);
			final TestBatch t = batch(MANY);
			try (Workers workers = new Workers(2)) {
				final TrainingPlan blocks = plan(g, MANY + 100, true, kernels, workers);
				assertTrue(blocks.updatableLengths().isEmpty(), "works in blocks");
				final Map<String, float[]> whole = gradients(plan(g, MANY, false, kernels, workers), t, Way.PASSES), actual = gradients(blocks, t, Way.ROWS);
				whole.forEach((array, expected) -> {
					double most = 0;
					for (final float v : expected) most = Math.max(most, Math.abs(v));
					// Sums of 523 terms in another order: some 24 roundings of 2^-24 of sums that may be ten times the result
					for (int i = 0; i < expected.length; i++) assertEquals(expected[i], actual.get(array)[i], 2e-5 * most, kernels.name() + ", " + name + ", " + array);
				});
			}
		}
	}

	@Test
	void updatesInTheBackwardPassAreThoseOfTheGradients() {
		for (final Kernels kernels : KernelProvider.available()) for (final String name : networks().keySet()) for (final int threads : new int[] { 1, 3 }) {
			final Graph g = networks().get(name);
			final TestBatch t = batch(5);
			final Weights expected = TestBatch.weights(g, 11), actual = TestBatch.weights(g, 11);
			try (Workers workers = new Workers(threads)) {
				final TrainingPlan a = new TrainingPlan(g, expected, 6, 6, 5, kernels, workers), b = new TrainingPlan(g, actual, 6, 6, 5, kernels, workers);
				assertEquals(g.nodes().stream().filter(n -> n.layer() instanceof Dense).count(), b.updatableLengths().size());
				b.updateWith((what, w, from, to, d, at) -> {
					assertTrue(from >= 0 && from < to && to <= b.updatableLengths().get(what), what);
					for (int i = from; i < to; i++) w[i] -= 0.01f * d[at + i - from];
				});
				for (final String what : b.updatableLengths().keySet()) assertFalse(b.gradients().containsKey(what), what);
				for (int step = 0; step < 3; step++) {
					gradients(a, t, Way.PASSES);
					gradients(b, t, Way.PASSES);
					descend(expected, a.gradients());
					descend(actual, b.gradients());
				}
				final Weights before = actual.copy(g);
				b.store();
				b.updatableLengths().keySet().forEach(what -> assertFalse(Arrays.equals(before.get(what), actual.get(what)), what + " is written by store only"));
				assertSame(expected.arrays(), actual.arrays(), kernels.name() + ", " + name);
			}
		}
	}

	private static void descend(final Weights weights, final Map<String, float[]> gradients) {
		gradients.forEach((name, d) -> {
			for (int i = 0; i < d.length; i++) weights.get(name)[i] -= 0.01f * d[i];
		});
	}

	@Test
	void aSmallerBatchIsABatchOfItsOwn() {
		for (final Kernels kernels : KernelProvider.available()) for (final String name : List.of("CNN", "dense, batch norm")) {
			final Graph g = networks().get(name);
			final TestBatch t = batch(3);
			try (Workers workers = new Workers(1)) {
				final TrainingPlan large = plan(g, 7, false, kernels, workers);
				gradients(large, batch(7), Way.PASSES);
				assertSame(gradients(plan(g, 3, false, kernels, workers), t, Way.PASSES), gradients(large, t, Way.PASSES), kernels.name() + ", " + name);
			}
		}
	}

	/** NB: of all images at once, they would take 30 MB. */
	@Test
	void imagesThatAreDrawnBlockByBlockTakeNoMemory() {
		final int batch = 10_000;
		final Graph g = new DenseNetwork(1, 28, 28, 10, List.of(10), false, 0).graph();
		final Weights weights = TestBatch.weights(g, 1);
		final ThreadMXBean allocated = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		for (final Kernels kernels : KernelProvider.available()) try (Workers workers = new Workers(2)) {
			final long before = allocated.getCurrentThreadAllocatedBytes();
			final TrainingPlan plan = new TrainingPlan(g, weights, 28, 28, batch, true, kernels, workers);
			final long taken = allocated.getCurrentThreadAllocatedBytes() - before, expected = TrainingPlan.bytes(g, 28, 28, batch, true, kernels, 2);
			assertTrue(plan.drawsImages());
			// with working memory of the dense kernels, of some MB, whatever the batch
			assertTrue(expected < 12 << 20, expected + " bytes");
			assertTrue(taken < 12 << 20, kernels.name() + ": " + taken + " bytes");
		}
	}

	@Test
	void rowsAreForNetworksThatGiveVectors() {
		final Graph g = Networks.chain(2, new Conv2D(1, 1));
		try (Workers workers = new Workers(1)) {
			final TrainingPlan plan = plan(g, 2, true, KernelProvider.best(), workers);
			assertThrows(IllegalStateException.class, () -> plan.stepRows(2, 0, (first, count, logits, gradient, at) -> {}));
		}
	}

	// -- layers with a state --

	@Test
	void dropoutHasTheGradientOfItsMask() {
		// The mask is seen in a plan without the last layer, on ones; the whole network draws the same one
		final int units = 200;
		final Graph alone = Networks.chain(2, new Flatten(6, 6), new Dense(units), new Dropout(0.4f)), g = Networks.chain(2, new Flatten(6, 6), new Dense(units),
			new Dropout(0.4f), new Dense(2));
		final float[] ones = new float[units];
		Arrays.fill(ones, 1);
		final double[][][] factors = new double[3][units][1];
		int kept = 0, both = 0;
		for (final Kernels kernels : KernelProvider.available()) try (Workers workers = new Workers(2)) {
			final TrainingPlan plan = new TrainingPlan(alone, new Weights(alone, Map.of("n2.weight", new float[72 * units], "n2.bias", ones)), 6, 6, 3, kernels,
				workers);
			plan.forward(3, 7);
			for (int i = 0; i < 3; i++) for (int c = 0; c < units; c++) {
				final double f = factors[i][c][0] = plan.logits(i)[c][0];
				if (f == 0) continue;
				assertEquals(1 / 0.6, f, 1e-6);
				kept++;
				if (i == 1 && factors[0][c][0] != 0) both++;
			}
			final int n = units;
			// Draws of probability 0.6, and of 0.36 where two images are the same: five standard deviations
			assertEquals(3 * n * 0.6, kept, 5 * Math.sqrt(3 * n * 0.6 * 0.4));
			assertEquals(n * 0.36, both, 5 * Math.sqrt(n * 0.36 * 0.64));
			kept = both = 0;
			final TestBatch t = TestBatch.textured(3, 2, 6, 6, 2, 4).labelled(1, 2);
			final Weights weights = TestBatch.weights(g, 2);
			final GradientCheck check = new GradientCheck(g, Reference.weights(weights), t.images(), 6, 6, t.labels(), TrainingPlanTest.SUM, Map.of("n3", factors));
			for (final Result r : check.compare(Run.gradients(g, weights, t, TrainingPlanTest.SUM, kernels, 1), 40, 1, TrainingPlanTest.FLOOR)) assertTrue(r
				.error() < TrainingPlanTest.TOLERANCE, r.toString());
		}
	}

	@Test
	void runningStatisticsFollowTheBatches() {
		final Graph g = Networks.chain(3, new Flatten(1, 2), new BatchNorm(1e-5f, 0.25f), new Dense(1));
		final SplittableRandom random = new SplittableRandom(1);
		for (final Kernels kernels : KernelProvider.available()) try (Workers workers = new Workers(1)) {
			final Weights weights = TestBatch.weights(g, 15);
			final TrainingPlan plan = new TrainingPlan(g, weights, 1, 2, 9, kernels, workers);
			final double[] mean = new double[6], variance = new double[6];
			for (int step = 1; step <= 5; step++) {
				final double[][] x = new double[8][6]; // eight of the nine images that there is room for
				for (int i = 0; i < 8; i++) for (int k = 0; k < 6; k++) x[i][k] = plan.input(i)[k / 2][k % 2] = (float) random.nextDouble(-1, 1);
				plan.forward(8, 0);
				final double m = Math.max(0.25, 1.0 / step);
				for (int k = 0; k < 6; k++) {
					double sum = 0, squares = 0;
					for (final double[] image : x) sum += image[k] / 8;
					for (final double[] image : x) squares += (image[k] - sum) * (image[k] - sum);
					mean[k] = (1 - m) * mean[k] + m * sum;
					variance[k] = (1 - m) * variance[k] + m * squares / 7;
					// One rounding to a float in each step, of numbers below 2
					assertEquals(mean[k], weights.get("n2.running_mean")[k], step * 0x1p-23, "step " + step);
					assertEquals(variance[k], weights.get("n2.running_var")[k], step * 0x1p-23, "step " + step);
				}
			}
		}
	}
}
