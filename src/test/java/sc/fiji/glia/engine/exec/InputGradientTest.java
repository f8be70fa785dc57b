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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import sc.fiji.glia.engine.check.Reference;
import sc.fiji.glia.engine.check.ReferenceLoss;
import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/** Derivatives by the image against central differences of the reference. */
class InputGradientTest {

	private static final double H = 1e-6;

	@TestFactory
	Stream<DynamicTest> ofEveryNetwork() {
		return Networks.all(2, 3).entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue(), TestBatch.textured(2, 2, 6, 6, 3, 5))));
	}

	@TestFactory
	Stream<DynamicTest> ofEveryNetworkThatGivesVectors() {
		return VectorNetworkTest.networks().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue(), TestBatch.textured(9, 2, 6, 6,
			2, 5))));
	}

	@Test
	void ofAwkwardConvolutions() {
		final SplittableRandom random = new SplittableRandom(7);
		for (final int kernel : new int[] { 1, 2, 3, 5, 7 }) for (int stride = 1; stride <= 3; stride++) for (final Padding padding : Padding.values()) {
			final int channels = random.nextInt(1, 34), least = padding == Padding.VALID ? kernel : 1;
			final Graph g = Networks.chain(channels, new Conv2D(random.nextInt(1, 6), kernel, stride, padding, true), new LeakyReLU(0.3f), new Conv2D(2, 1));
			check(g, TestBatch.textured(random.nextInt(1, 4), channels, random.nextInt(least, 12), random.nextInt(least, 24), 2, random.nextLong()));
		}
	}

	@Test
	void ofImagesOfOneChannelThatDenseLayersReadWhereTheyAre() {
		check(new DenseNetwork(1, 5, 7, 3, List.of(6), true, 0).graph(), TestBatch.textured(9, 1, 5, 7, 3, 5));
		check(new Cnn(1, 4, 8, 2, List.of(3, 4), List.of(5)).graph(), TestBatch.textured(3, 1, 4, 8, 2, 5));
	}

	@Test
	void ofLayersWithoutWeights() {
		check(Networks.chain(3, new Softmax(), new Sigmoid(), new LeakyReLU(0.5f)), TestBatch.textured(2, 3, 5, 7, 3, 5));
	}

	/** The derivative of the loss, from a plan that has done something else before. */
	private static float[][][] gradients(final Graph graph, final Weights weights, final TestBatch t, final Kernels kernels) {
		final int images = t.images().length;
		try (Workers workers = new Workers(2)) {
			final TrainingPlan plan = TrainingPlan.withInputGradient(graph, weights, t.height(), t.width(), images, false, kernels, workers);
			for (int i = 0; i < images; i++) {
				for (final float[] c : plan.logitGradient(i)) Arrays.fill(c, 1);
				for (final float[] c : plan.inputGradient(i)) Arrays.fill(c, Float.NaN);
			}
			plan.forward(images, 6);
			plan.backward(images);
			Run.step(plan, t, TrainingPlanTest.SUM, 7);
			final float[][][] copy = new float[images][][];
			for (int i = 0; i < images; i++) copy[i] = Arrays.stream(plan.inputGradient(i)).map(float[]::clone).toArray(float[][]::new);
			return copy;
		}
	}

	private static void check(final Graph graph, final TestBatch batch) {
		final TestBatch t = Run.labelled(batch, graph);
		final Weights weights = TestBatch.weights(graph, 11);
		final int images = t.images().length, channels = t.images()[0].length, pixels = t.height() * t.width();
		final SplittableRandom random = new SplittableRandom(1);
		final List<int[]> places = new ArrayList<>();
		for (int n = 0; n < 40; n++) places.add(new int[] { random.nextInt(images), random.nextInt(channels), random.nextInt(pixels) });
		final Map<String, double[]> w = Reference.weights(weights);
		final double middle = loss(graph.logits(), w, t);
		final double[] expected = places.stream().mapToDouble(p -> difference(graph.logits(), w, t, p, middle)).toArray();
		final double greatest = Arrays.stream(expected).filter(d -> !Double.isNaN(d)).map(Math::abs).max().orElse(0);
		assertTrue(greatest > 0 && Arrays.stream(expected).filter(Double::isNaN).count() < 4, "nothing to compare with");
		for (final Kernels kernels : KernelProvider.available()) {
			final float[][][] actual = gradients(graph, weights, t, kernels);
			assertEquals(new Shape(channels, 1, pixels), new Shape(actual[0].length, 1, actual[0][0].length));
			for (int n = 0; n < expected.length; n++) {
				if (Double.isNaN(expected[n])) continue;
				final int[] p = places.get(n);
				final double a = actual[p[0]][p[1]][p[2]], scale = Math.max(Math.max(Math.abs(a), Math.abs(expected[n])), Math.max(TrainingPlanTest.FLOOR, 0.01 *
					greatest));
				// the tolerance is that of the gradients of weights
				assertEquals(expected[n], a, TrainingPlanTest.TOLERANCE * scale, kernels.name() + ", " + Arrays.toString(p) + " of " + t.width() + "x" + t.height() +
					", " + graph);
			}
		}
	}

	/** The central difference of the loss; NaN where a ReLU or pooling has a corner, so that the differences of both sides differ. */
	private static double difference(final Graph graph, final Map<String, double[]> weights, final TestBatch t, final int[] place,
		final double middle)
	{
		final double[] plane = t.images()[place[0]][place[1]];
		final double before = plane[place[2]];
		plane[place[2]] = before + H;
		final double up = loss(graph, weights, t);
		plane[place[2]] = before - H;
		final double down = loss(graph, weights, t);
		plane[place[2]] = before;
		final double slope = (up - down) / (2 * H);
		return Math.abs(up - 2 * middle + down) / H > 1e-2 * Math.max(1e-3, Math.abs(slope)) ? Double.NaN : slope;
	}

	private static double loss(final Graph graph, final Map<String, double[]> weights, final TestBatch t) {
		final ReferenceLoss loss = TrainingPlanTest.SUM;
		return loss.value(Reference.forward(graph, weights, t.images(), t.height(), t.width(), true), t.labels());
	}

	@Test
	void imageByImageTheGradientsAreTheSameBitForBit() {
		final Graph g = new UNet(2, 2, 4, 2, 1, false, 0).graph();
		final TestBatch t = TestBatch.textured(11, 2, 8, 12, 2, 5);
		for (final Kernels kernels : KernelProvider.available()) for (final int threads : new int[] { 1, 3 }) try (Workers workers = new Workers(threads)) {
			final TrainingPlan whole = TrainingPlan.withInputGradient(g, TestBatch.weights(g, 2), 8, 12, 11, false, kernels, workers);
			final TrainingPlan steps = TrainingPlan.withInputGradient(g, TestBatch.weights(g, 2), 8, 12, 11, true, kernels, workers);
			for (final TrainingPlan plan : List.of(whole, steps)) {
				for (int i = 0; i < 11; i++) for (int c = 0; c < 2; c++) System.arraycopy(t.floats()[i][c], 0, plan.input(i)[c], 0, 96);
				plan.step(11, 1, i -> {
					for (int c = 0; c < 2; c++) for (int p = 0; p < 96; p++) plan.logitGradient(i)[c][p] = plan.logits(i)[c][p] - c;
				});
			}
			for (int i = 0; i < 11; i++) assertArrayEquals(whole.inputGradient(i), steps.inputGradient(i), kernels.name());
		}
	}

	@Test
	void noWeightHasAGradient() {
		final Graph g = new Cnn(1, 4, 8, 2, List.of(3, 4), List.of(5)).graph();
		try (Workers workers = new Workers(1)) {
			final TrainingPlan plan = TrainingPlan.withInputGradient(g, TestBatch.weights(g, 2), 4, 8, 3, false, KernelProvider.best(), workers);
			assertEquals(Map.of(), plan.gradients());
			assertEquals(Map.of(), plan.updatableLengths());
		}
	}

	@Test
	void isThereOnlyIfAskedFor() {
		final Graph g = Networks.chain(1, new Conv2D(1, 1));
		try (Workers workers = new Workers(1)) {
			final TrainingPlan plan = new TrainingPlan(g, TestBatch.weights(g, 1), 2, 2, 1, KernelProvider.best(), workers);
			assertEquals("TrainingPlan: made without the gradient of the input; use withInputGradient", assertThrows(IllegalStateException.class, () -> plan
				.inputGradient(0)).getMessage());
		}
	}
}
