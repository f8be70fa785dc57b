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
package sc.fiji.glia.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.check.Reference;
import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.exec.Networks;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Add;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.GlobalAveragePool2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Graph.Builder;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/** Attributions that are known in closed form, and that they add up. */
class IntegratedGradientsTest {

	private static IntegratedGradients.Result explain(final Graph g, final Weights weights, final int height, final int width, final int target,
		final float[][] image, final float[][] baseline, final Kernels kernels, final int threads)
	{
		try (Workers workers = new Workers(threads)) {
			return new IntegratedGradients(g, weights, workers, kernels).explain(image, height, width, target, baseline, () -> false);
		}
	}

	/** Of the only image row {@code x}, from a baseline of zeros, for output 0. */
	private static IntegratedGradients.Result ofRow(final Graph g, final Map<String, float[]> weights, final Kernels kernels, final float... x) {
		return explain(g, new Weights(g, weights), 1, x.length, 0, new float[][] { x }, new float[1][x.length], kernels, 1);
	}

	@Test
	void aLinearNetworkHasTheProductsOfItsSum() {
		final Graph g = Networks.chain(2, new Flatten(1, 2), new Dense(2), new Softmax());
		final Weights w = new Weights(g, Map.of("n2.weight", new float[] { 9, 9, 9, 9, 1, -2, 3, 0 }, "n2.bias", new float[] { 4, 5 }));
		final float[][] image = { { 2, 3 }, { -1, 7 } }, baseline = { { 0, 1 }, { 1, 1 } };
		for (final Kernels kernels : KernelProvider.available()) {
			final IntegratedGradients.Result r = explain(g, w, 1, 2, 1, image, baseline, kernels, 1);
			assertArrayEquals(new float[][] { { 2, -4 }, { -6, 0 } }, r.attributions(), kernels.name());
			assertArrayEquals(new float[] { -4, -4 }, r.pixels());
			assertEquals(-8, r.sum());
			assertEquals(-8, r.difference());
			assertEquals(0, r.gap());
		}
	}

	/** {@code min(a, b) = relu(a) - relu(a - b)} of positive numbers: the smaller one explains all, where the plain gradient at b has both. */
	@Test
	void theSmallerOfTwoExplainsTheirMinimum() {
		final Graph g = Networks.chain(1, new Flatten(1, 2), new Dense(2, false), new ReLU(), new Dense(1, false));
		for (final Kernels kernels : KernelProvider.available()) {
			final IntegratedGradients.Result r = ofRow(g, Map.of("n2.weight", new float[] { 1, 0, 1, -1 }, "n4.weight", new float[] { 1, -1 }), kernels, 3, 1);
			assertArrayEquals(new float[] { 0, 1 }, r.attributions()[0], kernels.name());
			assertEquals(0, r.gap());
		}
	}

	/** {@code relu(a - 1)} at 3: steps 21 to 63 of 64 have the gradient 1. A gradient at the image alone would give 3. */
	@Test
	void theStepsBeforeAThresholdDoNotCount() {
		final Graph g = Networks.chain(1, new Flatten(1, 1), new Dense(1), new ReLU(), new Dense(1, false));
		for (final Kernels kernels : KernelProvider.available()) {
			final IntegratedGradients.Result r = ofRow(g, Map.of("n2.weight", new float[] { 1 }, "n2.bias", new float[] { -1 }, "n4.weight", new float[] { 1 }), kernels,
				3);
			assertEquals(3 * 43 / 64.0, r.attributions()[0][0], kernels.name());
			assertEquals(2, r.difference());
			assertEquals(3 * 43 / 64.0 - 2, r.gap());
		}
	}

	@Test
	void pixelsThatTheNetworkDoesNotReadHaveNoAttribution() {
		final Graph g = Networks.chain(1, new Conv2D(1, 3), new ReLU(), new Flatten(4, 5), new Dense(2));
		final Weights w = TestBatch.weights(g, 1);
		final float[] dense = new float[40];
		dense[0] = 1; // class 0 reads the first pixel of the convolved image: the first 2x2 pixels
		System.arraycopy(dense, 0, w.get("n4.weight"), 0, 40);
		w.get("n1.bias")[0] = 10;
		final float[][] image = TestBatch.textured(1, 1, 4, 5, 2, 1).floats()[0];
		for (final Kernels kernels : KernelProvider.available()) {
			final float[] a = explain(g, w, 4, 5, 0, image, IntegratedGradients.black(image), kernels, 1).pixels();
			for (int y = 0; y < 4; y++) for (int x = 0; x < 5; x++) {
				if (y > 1 || x > 1) assertEquals(0, a[y * 5 + x]);
				else if (a[y * 5 + x] == 0) assertEquals(image[0][y * 5 + x], IntegratedGradients.black(image)[0][0], "only what is black says nothing");
			}
		}
	}

	@Test
	void theBlackOfAnImageIsItsDarkestValueInEachChannel() {
		assertArrayEquals(new float[][] { { -3, -3, -3 }, { 1, 1, 1 } }, IntegratedGradients.black(new float[][] { { 2, -3, 0 }, { 1, 5, 4 } }));
	}

	private static Map<String, Graph> networks() {
		final Map<String, Graph> all = new LinkedHashMap<>();
		all.put("CNN", new Cnn(2, 8, 12, 3, List.of(5, 18), List.of(9)).graph());
		all.put("dense, batch norm, dropout", new DenseNetwork(2, 8, 12, 3, List.of(19, 7), true, 0.3f).graph());
		all.put("smooth", Networks.chain(2, new Conv2D(4, 3), new Sigmoid(), new GlobalAveragePool2D(), new Dense(3)));
		final Builder b = Graph.of(2);
		final int start = b.add("a", new Conv2D(6, 3), 0);
		b.add("b", new Conv2D(6, 3), b.add("relu1", new ReLU(), b.add("norm1", new BatchNorm(), start)));
		b.add("sum", new Add(), b.add("norm2", new BatchNorm()), start);
		b.add("means", new GlobalAveragePool2D(), b.add("relu2", new ReLU()));
		b.add("out", new Dense(3));
		b.add("probability", new Softmax());
		all.put("residual, batch norm", b.build());
		return all;
	}

	/**
	 * The sum is that of the derivatives in the middles of the steps, here by central differences of the reference. It is off the difference of
	 * the logits by at the most V / 2m for m steps, V being the total variation of the derivative on the way, measured in 8 parts of each step.
	 * Floats add some hundred roundings of 2^-24 of terms whose sizes are those of the logits.
	 */
	@Test
	void attributionsAddUpToTheDifferenceOfTheLogits() {
		final int steps = IntegratedGradients.STEPS, parts = 8 * steps;
		networks().forEach((name, g) -> {
			final Weights weights = TestBatch.weights(g, 3);
			final float[][] image = TestBatch.textured(1, 2, 8, 12, 2, 5).floats()[0], black = IntegratedGradients.black(image);
			final double h = 1e-6;
			final double[] f = way(g, weights, image, black, IntStream.rangeClosed(0, parts).mapToDouble(i -> (double) i / parts));
			final double[] up = way(g, weights, image, black, IntStream.range(0, steps).mapToDouble(i -> (i + 0.5) / steps + h));
			final double[] down = way(g, weights, image, black, IntStream.range(0, steps).mapToDouble(i -> (i + 0.5) / steps - h));
			double sum = 0, variation = 0, size = 1;
			for (int i = 0; i < steps; i++) sum += (up[i] - down[i]) / (2 * h) / steps;
			for (int i = 1; i < parts; i++) variation += Math.abs(f[i + 1] - 2 * f[i] + f[i - 1]) * parts;
			for (final double v : f) size = Math.max(size, Math.abs(v));
			for (final Kernels kernels : KernelProvider.available()) {
				final IntegratedGradients.Result r = explain(g, weights, 8, 12, 1, image, black, kernels, 2);
				final String what = kernels.name() + ", " + name + ": " + r.sum() + " for " + r.difference();
				assertEquals(sum, r.sum(), 1e-4 * size, what);
				assertEquals(f[parts] - f[0], r.difference(), 1e-4 * size, what);
				// what is measured of the variation lacks what happens within a part
				assertTrue(r.gap() <= 1.02 * variation / (2 * steps) + 1e-4 * size, what);
				double pixels = 0;
				for (final float a : r.pixels()) pixels += a;
				assertEquals(r.sum(), pixels, 1e-4 * size, what);
			}
		});
	}

	/** The logit of class 1 on the way from black to the image, in double precision. */
	private static double[] way(final Graph g, final Weights weights, final float[][] image, final float[][] black, final DoubleStream places) {
		final double[][][] x = places.mapToObj(t -> {
			final double[][] between = new double[image.length][image[0].length];
			for (int c = 0; c < image.length; c++) for (int i = 0; i < image[c].length; i++) between[c][i] = black[c][i] + t * ((double) image[c][i] - black[c][i]);
			return between;
		}).toArray(double[][][]::new);
		return Arrays.stream(Reference.forward(g.logits(), Reference.weights(weights), x, 8, 12, false)).mapToDouble(y -> y[1][0]).toArray();
	}

	@Test
	void threadsAndWhatWasExplainedBeforeDoNotChangeABit() {
		networks().forEach((name, g) -> {
			final Weights weights = TestBatch.weights(g, 3);
			final float[][][] images = TestBatch.textured(2, 2, 8, 12, 2, 5).floats();
			for (final Kernels kernels : KernelProvider.available()) {
				final float[][] expected = explain(g, weights, 8, 12, 1, images[0], images[1], kernels, 1).attributions();
				try (Workers workers = new Workers(3)) {
					final IntegratedGradients ig = new IntegratedGradients(g, weights, workers, kernels);
					ig.explain(images[1], 8, 12, 0, images[0], () -> false);
					assertArrayEquals(expected, ig.explain(images[0], 8, 12, 1, images[1], () -> false).attributions(), kernels.name() + ", " + name);
				}
			}
		});
	}

	@Test
	void whatDoesNotFitIsRefused() {
		final Graph g = new DenseNetwork(1, 2, 3, 2, List.of(), false, 0).graph(), segmenting = UNet.plain(1, 1).graph();
		try (Workers workers = new Workers(1)) {
			final IntegratedGradients ig = new IntegratedGradients(g, TestBatch.weights(g, 1), workers);
			final float[][] image = new float[1][6];
			assertEquals("target: expected a class from 0 to 1, got 2", assertThrows(IllegalArgumentException.class, () -> ig.explain(image, 2, 3, 2, image,
				() -> false)).getMessage());
			assertThrows(IllegalArgumentException.class, () -> ig.explain(image, 3, 2, 0, image, () -> false));
			assertThrows(IllegalArgumentException.class, () -> ig.explain(new float[2][6], 2, 3, 0, image, () -> false));
			assertThrows(IllegalArgumentException.class, () -> ig.explain(image, 2, 3, 0, new float[1][5], () -> false));
			assertThrows(CancellationException.class, () -> ig.explain(image, 2, 3, 0, image, () -> true));
			final String message = assertThrows(IllegalArgumentException.class, () -> new IntegratedGradients(segmenting, TestBatch.weights(segmenting, 1), workers))
				.getMessage();
			assertTrue(message.startsWith("Explanation: expected a network that classifies whole images"), message);
		}
	}
}
