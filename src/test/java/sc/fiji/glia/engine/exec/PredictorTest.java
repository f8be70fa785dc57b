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

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import sc.fiji.glia.engine.check.Reference;
import sc.fiji.glia.engine.check.RoundingBound;
import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.exec.Steps.Ports;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.ResidualNetwork;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Upsample2D;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.kernel.Scratch;

/** Inference against the reference, for every layer, kind of graph and provider. */
class PredictorTest {

	@TestFactory
	Stream<DynamicTest> everyNetworkIsWithinItsRoundingBound() {
		return Networks.all(2, 3).entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
			final TestBatch t = TestBatch.textured(2, 2, 12, 18, 2, 5);
			bounded(e.getValue(), t);
			bounded(e.getValue(), t.black());
		}));
	}

	@Test
	void probabilities() {
		final TestBatch t = TestBatch.textured(2, 2, 12, 18, 2, 6);
		bounded(Networks.chain(2, new Conv2D(1, 3), new Sigmoid()), t);
		bounded(Networks.chain(2, new Conv2D(3, 3), new Softmax()), t);
		bounded(Networks.chain(2, new Conv2D(3, 3), new MaxPool2D(2), new Softmax()), t);
		bounded(Networks.chain(2, new Sigmoid()), t);
		bounded(Networks.chain(2, new Softmax()), t);
	}

	@Test
	void awkwardSizes() {
		final SplittableRandom random = new SplittableRandom(8);
		for (int n = 0; n < 40; n++) {
			final Padding padding = random.nextBoolean() ? Padding.SAME : Padding.VALID;
			final int kernel = new int[] { 1, 2, 3, 5, 7 }[random.nextInt(5)], stride = random.nextInt(1, 4), channels = random.nextInt(1, 8);
			final int least = padding == Padding.VALID ? kernel + 2 : 1;
			final Graph g = Networks.chain(channels, new Conv2D(random.nextInt(1, 34), 3), new LeakyReLU(0.3f), new Conv2D(random.nextInt(1, 4), kernel, stride,
				padding, random.nextBoolean()), new Upsample2D(2));
			final int height = random.nextInt(least, 20), width = random.nextInt(least, 71);
			bounded(g, TestBatch.textured(1 + n % 3, channels, height, width, 2, n));
		}
	}

	static void bounded(final Graph graph, final TestBatch t) {
		final Weights weights = TestBatch.weights(graph, 3);
		final Map<String, double[]> w = Reference.weights(weights);
		final double[][][] expected = Reference.forward(graph, w, t.images(), t.height(), t.width(), false);
		final double[][][] bound = RoundingBound.of(graph, w, t.images(), t.height(), t.width());
		for (final Kernels kernels : KernelProvider.available()) {
			final Predictor p = new Predictor(graph, weights, kernels);
			for (int i = 0; i < expected.length; i++) {
				final float[][] y = p.predict(t.floats()[i], t.height(), t.width());
				assertEquals(expected[i].length, y.length);
				for (int c = 0; c < y.length; c++) {
					assertEquals(expected[i][c].length, y[c].length);
					for (int k = 0; k < y[c].length; k++) if (!(Math.abs(expected[i][c][k] - y[c][k]) <= bound[i][c][k])) assertEquals(expected[i][c][k], y[c][k],
						bound[i][c][k], kernels.name() + ", image " + i + ", channel " + c + ", pixel " + k + " of " + t.width() + "x" + t.height() + ", " + graph);
				}
			}
		}
	}

	@Test
	void uNetProbabilities() {
		for (final boolean norm : new boolean[] { false, true }) {
			final Graph g = new UNet(3, 4, 8, 3, 2, norm, 0.5f).graph();
			final TestBatch t = TestBatch.textured(1, 3, 20, 28, 2, 9);
			final Weights weights = TestBatch.weights(g, 4);
			final double[][] expected = Reference.forward(g, Reference.weights(weights), t.images(), 20, 28, false)[0];
			for (final Kernels kernels : KernelProvider.available()) {
				final float[][] y = new Predictor(g, weights, kernels).predict(t.floats()[0], 20, 28);
				/* Eleven convolutions of up to 64 * 9 terms: each adds a rounding error of about sqrt(576) * 2^-24 of its sums, and He weights keep the size of
				 * values and errors alike: 11 * 24 * 6e-8 = 1.6e-5 of logits of about 1, the probability changing at most by as much. */
				for (int c = 0; c < y.length; c++) for (int k = 0; k < y[c].length; k++) assertEquals(expected[c][k], y[c][k], 2e-5, kernels.name());
			}
		}
	}

	@Test
	void anImageAloneIsTheSameBitForBit() throws Exception {
		final Graph g = new UNet(1, 3, 4, 3, 1, true, 0.2f).graph();
		final Weights weights = TestBatch.weights(g, 4);
		final TestBatch t = TestBatch.textured(6, 1, 16, 24, 2, 10);
		for (final Kernels kernels : KernelProvider.available()) {
			final Predictor p = new Predictor(g, weights, kernels);
			final float[][][] together = new float[6][][];
			for (int i = 0; i < 6; i++) together[i] = p.predict(t.floats()[i], 16, 24);
			for (int i = 5; i >= 0; i--) assertArrayEquals(together[i], new Predictor(g, weights, kernels).predict(t.floats()[i], 16, 24), "image " + i);
			p.predict(TestBatch.textured(1, 1, 8, 8, 2, 11).floats()[0], 8, 8);
			assertArrayEquals(together[2], p.predict(t.floats()[2], 16, 24), "after another size");
			final ExecutorService pool = Executors.newFixedThreadPool(3);
			try {
				final List<Callable<float[][]>> calls = IntStream.range(0, 60).mapToObj(i -> (Callable<float[][]>) () -> p.predict(t.floats()[i % 6], 16, 24)).toList();
				final List<Future<float[][]>> all = pool.invokeAll(calls);
				for (int i = 0; i < all.size(); i++) assertArrayEquals(together[i % 6], all.get(i).get(), "three threads, call " + i);
			}
			finally {
				pool.shutdown();
			}
		}
	}

	@Test
	void changedWeightsAreUsed() {
		final Graph g = Networks.chain(1, new Conv2D(1, 1));
		final Weights weights = TestBatch.weights(g, 1);
		final Predictor p = new Predictor(g, weights, KernelProvider.best());
		p.predict(new float[][] { { 1 } }, 1, 1);
		weights.get("n1.weight")[0] = 3;
		weights.get("n1.bias")[0] = 0.5f;
		p.refresh();
		assertArrayEquals(new float[][] { { 6.5f } }, p.predict(new float[][] { { 2 } }, 1, 1));
	}

	@Test
	void imagesThatDoNotFitAreRefused() {
		final Graph g = UNet.plain(3, 1).graph();
		final Predictor p = new Predictor(g, TestBatch.weights(g, 1), KernelProvider.best());
		assertEquals("Input 'input': expected 3 input channels, got 1 (input 1x8x8)", assertThrows(IllegalArgumentException.class, //
			() -> p.predict(new float[1][64], 8, 8)).getMessage());
		assertEquals("MaxPool2D 'pool2': expected height and width that are multiples of 2, got 32x5x4", assertThrows(IllegalArgumentException.class, //
			() -> p.predict(new float[3][80], 10, 8)).getMessage());
	}

	@Test
	void workingMemoryOfPackingIsKnownBeforehand() {
		final Graph g = new ResidualNetwork(3, 5, 32, 5, 1, 0).graph();
		final Weights w = Initialization.HE.weights(g, 1);
		final Shape input = new Shape(3, 128, 128);
		for (final Kernels kernels : KernelProvider.available()) {
			if (!kernels.isVector()) continue;
			final Placement placement = new Placement(g, input, kernels, false);
			final Ports ports = new Ports(new float[1][][], new float[1][][], new float[0][][], new float[0][][]);
			final RowSteps rows = new RowSteps(placement, w, kernels, new RowSteps.Way(1, 1, 0, false, () -> 0, () -> 1, new ConcurrentHashMap<>()), ports.input());
			final Scratch scratch = new Scratch();
			for (final Step s : BlockSteps.of(g, placement, w, kernels.isExact(), false, 1, 0, () -> 0, rows, ports).forward()) s.beforeForward(scratch);
			final long taken = 4 * scratch.size(), expected = PlanBytes.packing(g, input, kernels.lanes());
			assertTrue(taken <= expected, () -> kernels.name() + ": expected at most " + expected + ", took " + taken);
			// the largest convolution, of 512 filters of 512 channels, is packed for Winograd's algorithm
			if (!kernels.isExact()) assertEquals(expected, taken, kernels.name());
			final Set<String> all = g.weights().keySet();
			assertEquals(TrainingPlan.bytes(g, 128, 128, 2, false, all, kernels, 2) + 2 * expected, Predictor.bytes(g, 128, 128, kernels, 2), "two threads");
		}
	}

	/** NB: a folder may have images of hundreds of sizes; the buffers of each of these take more than 2 MB. */
	@Test
	void notTheBuffersOfAllSizesAreKept() {
		final Graph g = UNet.plain(1, 1).graph();
		final Weights w = Initialization.HE.weights(g, 1);
		for (final Kernels kernels : KernelProvider.available()) {
			final Predictor p = new Predictor(g, w, kernels);
			final long before = used();
			for (int k = 0; k < 20; k++) p.predict(new float[1][96 * (96 + 4 * k)], 96, 96 + 4 * k);
			final long one = TrainingPlan.bytes(g, 96, 172, 1, false, g.weights().keySet(), kernels, 1), kept = used() - before;
			assertTrue(kept < 1.5 * Predictor.SIZES * one, kernels.name() + ": " + kept + " bytes for all sizes, " + one + " for the largest");
			assertEquals(1, p.predict(new float[1][96 * 96], 96, 96).length);
		}
	}

	private static long used() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}
}
