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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
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
import sc.fiji.glia.engine.check.ReferenceLoss;
import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/** Gradients against central differences of the reference, and what training must keep. */
class TrainingPlanTest {

	static final ReferenceLoss SUM = new ReferenceLoss(1, 0.7);

	/**
	 * A gradient is a sum over the pixels and the layers' terms, some hundred roundings of 2^-24 of its terms' sizes that mostly cancel: about
	 * 1e-6 of the sum of the sizes, which itself may be a hundred times the gradient (the check counts nothing below 1 % of the greatest).
	 */
	static final double TOLERANCE = 5e-4, FLOOR = 1e-4;

	@TestFactory
	Stream<DynamicTest> gradientsOfEveryNetwork() {
		return Stream.of(1, 3).flatMap(outputs -> Networks.all(2, outputs).entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey() + ", " + outputs +
			" outputs", () -> {
				final TestBatch t = TestBatch.textured(2, 2, 6, 6, Math.max(2, outputs), 5);
				check(e.getValue(), t, SUM);
				check(e.getValue(), t.black(), SUM);
			})));
	}

	@Test
	void gradientsOfEachLoss() {
		for (final ReferenceLoss loss : List.of(new ReferenceLoss(1, 0), new ReferenceLoss(0, 1), new ReferenceLoss(0.3, 2))) for (final int outputs : new int[] {
			1, 2, 4 })
		{
			final TestBatch t = TestBatch.textured(3, 1, 8, 8, Math.max(2, outputs), 6);
			check(new UNet(1, outputs, 3, 2, 1, false, 0).graph(), t, loss);
			check(new UNet(1, outputs, 3, 2, 1, true, 0).graph(), t.black(), loss);
		}
	}

	@Test
	void gradientsOfAwkwardConvolutions() {
		final SplittableRandom random = new SplittableRandom(7);
		for (final int kernel : new int[] { 1, 2, 3, 5, 7 }) for (int stride = 1; stride <= 3; stride++) for (final Padding padding : Padding.values()) {
			final int channels = random.nextInt(1, 5), least = padding == Padding.VALID ? kernel : 1;
			final Graph g = Networks.chain(channels, new Conv2D(random.nextInt(1, 6), 3), new LeakyReLU(0.3f), new Conv2D(2, kernel, stride, padding, true));
			check(g, TestBatch.textured(random.nextInt(1, 4), channels, random.nextInt(least, 12), random.nextInt(least, 24), 2, random.nextLong()), SUM);
		}
	}

	@Test
	void gradientsOfManyImages() {
		// More images than lanes
		check(Networks.chain(1, new Conv2D(3, 3), new BatchNorm(), new ReLU(), new Conv2D(2, 3)), TestBatch.textured(11, 1, 4, 5, 2, 3), SUM);
	}

	@Test
	void dropoutHasTheGradientOfItsMask() {
		// The mask is seen in a plan without the last layer, on ones; the whole network draws the same one
		final TestBatch t = TestBatch.textured(2, 2, 6, 6, 2, 4);
		final Graph alone = Networks.chain(2, new Conv2D(2, 1), new Dropout(0.4f)), g = Networks.chain(2, new Conv2D(2, 1), new Dropout(0.4f), new Conv2D(2, 3));
		final double[][][] factors = new double[2][2][36];
		int kept = 0;
		try (Workers workers = new Workers(1)) {
			final TrainingPlan plan = new TrainingPlan(alone, new Weights(alone, Map.of("n1.weight", new float[4], "n1.bias", new float[] { 1, 1 })), 6, 6, 2,
				KernelProvider.best(), workers);
			plan.forward(2, 7);
			for (int i = 0; i < 2; i++) for (int c = 0; c < 2; c++) for (int p = 0; p < 36; p++) {
				final double f = factors[i][c][p] = plan.logits(i)[c][p];
				if (f != 0) {
					assertEquals(1 / 0.6, f, 1e-6);
					kept++;
				}
			}
		}
		// 144 draws of probability 0.6: five standard deviations
		assertEquals(144 * 0.6, kept, 5 * Math.sqrt(144 * 0.6 * 0.4));
		final Weights weights = TestBatch.weights(g, 2);
		final GradientCheck check = new GradientCheck(g, Reference.weights(weights), t.images(), 6, 6, t.labels(), SUM, Map.of("n2", factors));
		for (final Result r : check.compare(Run.gradients(g, weights, t, SUM, KernelProvider.best(), 1), 40, 1, FLOOR)) assertTrue(r.error() < TOLERANCE, r
			.toString());
	}

	@Test
	void everyDropoutDropsOnItsOwn() {
		final Graph g = Networks.chain(1, new Dropout(0.5f), new Dropout(0.5f));
		try (Workers workers = new Workers(1)) {
			final TrainingPlan plan = new TrainingPlan(g, TestBatch.weights(g, 1), 40, 40, 2, KernelProvider.best(), workers);
			for (int i = 0; i < 2; i++) Arrays.fill(plan.input(i)[0], 1);
			plan.forward(2, 3);
			final float[] a = plan.logits(0)[0].clone(), b = plan.logits(1)[0].clone();
			int kept = 0, both = 0;
			for (int p = 0; p < 1600; p++) {
				if (a[p] != 0) kept++;
				if (a[p] != 0 && b[p] != 0) both++;
			}
			// Of 1600 draws, a quarter passes both layers and a sixteenth does so in both images: five standard deviations
			assertEquals(400, kept, 5 * Math.sqrt(1600 * 0.25 * 0.75));
			assertEquals(100, both, 5 * Math.sqrt(1600 / 16.0 * 15 / 16));
			plan.forward(2, 4);
			assertFalse(Arrays.equals(a, plan.logits(0)[0]), "another step");
			plan.forward(2, 3);
			assertArrayEquals(a, plan.logits(0)[0], "the same step");
		}
	}

	@Test
	void memoryIsKnownBeforehand() {
		final Graph g = UNet.plain(1, 1).graph();
		final Weights w = TestBatch.weights(g, 1);
		for (final Kernels kernels : KernelProvider.available()) {
			// At least every map that backward needs: input, 16 + 16 full, 16 pooled and 32 + 32 half, 32 pooled and 64 quarter, 64 up, 32 up, logits
			final long maps = 4 * 256 * 256L * 8 * (1 + 32 + (16 + 64 + 64) / 4 + 96 / 16 + 32 + 1);
			assertTrue(TrainingPlan.bytes(g, 256, 256, 8, false, kernels, 1) >= maps, kernels.name());
			try (Workers workers = new Workers(1)) {
				final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
				final long before = threads.getCurrentThreadAllocatedBytes();
				new TrainingPlan(g, w, 256, 256, 4, kernels, workers);
				final long taken = threads.getCurrentThreadAllocatedBytes() - before, expected = TrainingPlan.bytes(g, 256, 256, 4, false, kernels, 1);
				assertEquals(1, (double) taken / expected, 0.15, kernels.name() + ": expected " + expected + ", took " + taken);
			}
		}
	}

	/** Of small images, a plan is mostly weights: a gradient, the sums of two lanes, and those of Winograd's algorithm for both directions. */
	@Test
	void memoryOfTransformedWeightsIsKnownBeforehand() {
		final Graph g = new UNet(1, 1, 32, 4, 2, false, 0).graph();
		final Weights w = TestBatch.weights(g, 1);
		for (final Kernels kernels : KernelProvider.available()) try (Workers workers = new Workers(1)) {
			final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
			final long before = threads.getCurrentThreadAllocatedBytes();
			new TrainingPlan(g, w, 64, 64, 2, kernels, workers);
			final long taken = threads.getCurrentThreadAllocatedBytes() - before, expected = TrainingPlan.bytes(g, 64, 64, 2, false, kernels, 1);
			// NB: the working memory of the thread is taken by the first step
			assertEquals(0.88, (double) taken / expected, 0.13, kernels.name() + ": expected " + expected + ", took " + taken);
		}
	}

	/** The plain kernels' working memory belongs to a thread. */
	@Test
	void memoryOfThreadsIsKnownBeforehand() {
		final Graph g = new UNet(1, 1, 32, 4, 2, false, 0).graph();
		final Kernels plain = KernelProvider.named("plain");
		final long one = TrainingPlan.bytes(g, 256, 256, 8, false, plain, 1), two = TrainingPlan.bytes(g, 256, 256, 8, false, plain, 2);
		// a product for each of 36 points, 256 filters and 64 tiles, and one for each of 6 points, 256 filters and 3 x 256 inputs of the gradient
		assertTrue(two - one > 4 * (36 * 256 * 64 + 6 * 256 * 768), () -> one + ", " + two);
	}

	/** NB: of a whole batch, 64 images would take 400 MB and more. */
	@Test
	void imageByImageABatchTakesFewFeatureMaps() {
		final Graph g = UNet.plain(1, 1).graph();
		final Weights w = TestBatch.weights(g, 1);
		for (final Kernels kernels : KernelProvider.available()) {
			try (Workers workers = new Workers(2)) {
				final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
				final long[] taken = new long[2];
				for (int k = 0; k < 2; k++) {
					final int batch = k == 0 ? 8 : 64;
					final long before = threads.getCurrentThreadAllocatedBytes();
					new TrainingPlan(g, w, 128, 128, batch, true, kernels, workers);
					taken[k] = threads.getCurrentThreadAllocatedBytes() - before;
				}
				final long images = 4L * 56 * 3 * 128 * 128;
				assertEquals(images, taken[1] - taken[0], 0.1 * images, kernels.name() + ": an input, an output and its gradient for each");
			}
		}
	}

	/** Gradients where the derivative of the logits is 1 everywhere. */
	private static Map<String, float[]> ones(final Graph graph, final Map<String, float[]> weights, final int height, final int width,
		final float[]... image)
	{
		try (Workers workers = new Workers(1)) {
			final TrainingPlan plan = new TrainingPlan(graph, new Weights(graph, weights), height, width, 1, KernelProvider.best(), workers);
			for (int c = 0; c < image.length; c++) System.arraycopy(image[c], 0, plan.input(0)[c], 0, height * width);
			plan.forward(1, 0);
			for (final float[] c : plan.logitGradient(0)) Arrays.fill(c, 1);
			plan.backward(1);
			return plan.gradients();
		}
	}

	@Test
	void ofEqualMaximaTheFirstGetsTheGradient() {
		for (final int size : new int[] { 2, 3 }) {
			// Pixels 1 and size are equal maxima, made by different channels: the gradient tells which was taken
			final float[] a = new float[size * size], b = new float[size * size];
			a[1] = 2;
			b[size] = 2;
			final Map<String, float[]> d = ones(Networks.chain(2, new Conv2D(1, 1, 1, Padding.SAME, false), new MaxPool2D(size)), Map.of("n1.weight", new float[] {
				1, 1 }), size, size, a, b);
			assertArrayEquals(new float[] { 2, 0 }, d.get("n1.weight"), "size " + size);
		}
	}

	@Test
	void atZeroAReluHasNoGradientAndALeakyOneItsSlope() {
		final float[] x = { 0, 1, -1 };
		final Map<String, float[]> w = Map.of("n1.weight", new float[] { 1 }, "n1.bias", new float[1]);
		assertArrayEquals(new float[] { 1 }, ones(Networks.chain(1, new Conv2D(1, 1), new ReLU()), w, 1, 3, x).get("n1.bias"));
		assertArrayEquals(new float[] { 1.5f }, ones(Networks.chain(1, new Conv2D(1, 1), new LeakyReLU(0.25f)), w, 1, 3, x).get("n1.bias"));
	}

	static void check(final Graph graph, final TestBatch batch, final ReferenceLoss loss) {
		final TestBatch t = Run.labelled(batch, graph);
		final Weights weights = TestBatch.weights(graph, 11);
		final GradientCheck check = new GradientCheck(graph, Reference.weights(weights), t.images(), t.height(), t.width(), t.labels(), loss);
		for (final Kernels kernels : KernelProvider.available()) {
			for (final Result r : check.compare(Run.gradients(graph, weights, t, loss, kernels, 1), 12, 1, FLOOR)) {
				assertTrue(r.error() < TOLERANCE, kernels.name() + ": " + r + " of " + t.images().length + " images " + t.width() + "x" + t.height() + ", " + graph);
				assertTrue(r.corners() <= r.checked(), "too few gradients to judge: " + r);
			}
		}
	}

	@Test
	void threadsDoNotChangeABit() {
		final Graph g = new UNet(1, 2, 4, 3, 1, true, 0.3f).graph();
		final TestBatch t = TestBatch.textured(5, 1, 16, 20, 2, 12);
		for (final Kernels kernels : KernelProvider.available()) {
			final Map<String, float[]> one = descend(g, t, kernels, 1);
			for (final int threads : new int[] { 2, 3 }) descend(g, t, kernels, threads).forEach((name, a) -> assertArrayEquals(one.get(name), a, kernels.name() +
				", " + threads + " threads, " + name));
			descend(g, t, kernels, 1).forEach((name, a) -> assertArrayEquals(one.get(name), a, "again"));
		}
	}

	/** The weights after four steps down the gradient. */
	private static Map<String, float[]> descend(final Graph graph, final TestBatch t, final Kernels kernels, final int threads) {
		final Weights weights = TestBatch.weights(graph, 13);
		try (Workers workers = new Workers(threads)) {
			final TrainingPlan plan = new TrainingPlan(graph, weights, t.height(), t.width(), t.images().length, kernels, workers);
			for (int step = 0; step < 4; step++) {
				cheapStep(plan, t, step);
				plan.gradients().forEach((name, d) -> {
					for (int i = 0; i < d.length; i++) weights.get(name)[i] -= 0.1f * d[i];
				});
			}
		}
		return weights.arrays();
	}

	/** Of the squared difference of logits and labels. */
	private static void cheapStep(final TrainingPlan plan, final TestBatch t, final int seed) {
		final int images = t.images().length;
		for (int i = 0; i < images; i++) for (int c = 0; c < plan.input(i).length; c++) for (int p = 0; p < plan.input(i)[c].length; p++) plan.input(i)[c][p] =
			(float) t.images()[i][c][p];
		plan.forward(images, seed);
		for (int i = 0; i < images; i++) for (int c = 0; c < plan.logits(i).length; c++) for (int p = 0; p < plan.logits(i)[c].length; p++)
			plan.logitGradient(i)[c][p] = (plan.logits(i)[c][p] - (t.labels()[i][p] == c ? 1 : 0)) / plan.logits(i)[c].length;
		plan.backward(images);
	}

	@Test
	void runningStatisticsFollowTheBatches() {
		final Graph g = Networks.chain(2, new BatchNorm(1e-5f, 0.25f), new Conv2D(1, 1));
		final Weights weights = TestBatch.weights(g, 15);
		final double[] mean = new double[2], variance = new double[2];
		try (Workers workers = new Workers(1)) {
			final TrainingPlan plan = new TrainingPlan(g, weights, 4, 5, 4, KernelProvider.best(), workers);
			for (int step = 1; step <= 7; step++) {
				final TestBatch t = TestBatch.textured(3, 2, 4, 5, 2, step); // three of the four images that there is room for
				for (int i = 0; i < 3; i++) for (int c = 0; c < 2; c++) System.arraycopy(t.floats()[i][c], 0, plan.input(i)[c], 0, 20);
				plan.forward(3, 0);
				final double m = Math.max(0.25, 1.0 / step);
				for (int c = 0; c < 2; c++) {
					double sum = 0, squares = 0;
					for (final double[][] image : t.images()) for (final double v : image[c]) sum += v / 60;
					for (final double[][] image : t.images()) for (final double v : image[c]) squares += (v - sum) * (v - sum);
					mean[c] = (1 - m) * mean[c] + m * sum;
					variance[c] = (1 - m) * variance[c] + m * squares / 59;
					// One rounding to a float in each step, of numbers below 2
					assertEquals(mean[c], weights.get("n1.running_mean")[c], step * 0x1p-23, "step " + step);
					assertEquals(variance[c], weights.get("n1.running_var")[c], step * 0x1p-23, "step " + step);
				}
			}
		}
	}

	@Test
	void aSmallerBatchIsABatchOfItsOwn() {
		final Graph g = new UNet(1, 2, 3, 2, 1, true, 0).graph();
		final TestBatch t = TestBatch.textured(3, 1, 8, 8, 2, 16);
		final Weights weights = TestBatch.weights(g, 17);
		final double[][][] expected = Reference.forward(g.logits(), Reference.weights(weights), t.images(), 8, 8, true);
		try (Workers workers = new Workers(2)) {
			final TrainingPlan plan = new TrainingPlan(g, weights, 8, 8, 7, KernelProvider.best(), workers);
			for (int i = 0; i < 7; i++) for (final float[] c : plan.input(i)) Arrays.fill(c, Float.NaN);
			final double[][][] logits = Run.step(plan, t, SUM, 1);
			// Five layers of up to 54 terms each, values of about 1
			for (int i = 0; i < 3; i++) for (int c = 0; c < 2; c++) assertArrayEquals(expected[i][c], logits[i][c], 2e-5);
			plan.gradients().forEach((name, d) -> {
				for (final float v : d) assertTrue(Float.isFinite(v), name);
			});
		}
	}

	@Test
	void everyLearnedArrayHasAGradient() {
		Networks.all(1, 2).forEach((what, g) -> {
			try (Workers workers = new Workers(1)) {
				final Map<String, float[]> d = new TrainingPlan(g, TestBatch.weights(g, 1), 6, 6, 1, KernelProvider.best(), workers).gradients();
				g.weights().forEach((name, spec) -> assertEquals(spec.learned() ? spec.length() : -1, d.containsKey(name) ? d.get(name).length : -1, what + ", " +
					name));
			}
		});
	}
}
