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
import java.util.List;
import java.util.Map;

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
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.GlobalAveragePool2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Graph.Builder;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/** Maps that are known in closed form, and which feature maps are looked at. */
class GradCamTest {

	private static float[] explain(final Graph g, final Weights weights, final int height, final int width, final int target, final float[][] image,
		final Kernels kernels)
	{
		try (Workers workers = new Workers(2)) {
			return new GradCam(g, weights, workers, kernels).explain(image, height, width, target);
		}
	}

	/** Feature maps {@code max(0, x)} and {@code max(0, -x)}, whose means speak for the classes with weights of 8, -8 and 0, 16. */
	@Test
	void meansOfBrightAndDark() {
		final Graph g = Networks.chain(1, new Conv2D(2, 1, 1, Padding.SAME, false), new ReLU(), new GlobalAveragePool2D(), new Dense(2), new Softmax());
		final Weights w = new Weights(g, Map.of("n1.weight", new float[] { 1, -1 }, "n4.weight", new float[] { 8, -8, 0, 16 }, "n4.bias", new float[] { 3, 4 }));
		final float[] x = { 1, 0, -2, 3, -5, 0, 0, 7 };
		for (final Kernels kernels : KernelProvider.available()) {
			// y = 8 mean(A0) - 8 mean(A1) of 8 pixels: the derivative by each pixel is 1 and -1
			assertArrayEquals(new float[] { 1, 0, 0, 3, 0, 0, 0, 7 }, explain(g, w, 2, 4, 0, new float[][] { x }, kernels), kernels.name());
			assertArrayEquals(new float[] { 0, 0, 4, 0, 10, 0, 0, 0 }, explain(g, w, 2, 4, 1, new float[][] { x }, kernels), kernels.name());
		}
	}

	/** Through a pooling, a quarter of the pixels has a derivative; the first of equal ones. */
	@Test
	void beforeAPooling() {
		final Graph g = Networks.chain(1, new Conv2D(1, 1, 1, Padding.SAME, false), new ReLU(), new MaxPool2D(2), new Flatten(1, 2), new Dense(1));
		final Weights w = new Weights(g, Map.of("n1.weight", new float[] { 2 }, "n5.weight", new float[] { 3, -1 }, "n5.bias", new float[1]));
		for (final Kernels kernels : KernelProvider.available()) {
			// maps 2x, mean derivative (3 - 1) / 8
			assertArrayEquals(new float[] { 0.5f, 1, 0, 1, 1.5f, 0, 0, 2 }, explain(g, w, 2, 4, 0, new float[][] { { 1, 2, 0, 2, 3, 0, -1, 4 } }, kernels), kernels
				.name());
		}
	}

	@Test
	void smallMapsAreScaledUpBilinearly() {
		final Graph g = Networks.chain(1, new Conv2D(1, 2, 2, Padding.VALID, false), new ReLU(), new GlobalAveragePool2D(), new Dense(1));
		final Weights w = new Weights(g, Map.of("n1.weight", new float[] { 1, 0, 0, 0 }, "n4.weight", new float[] { 4 }, "n4.bias", new float[1]));
		final float[] image = new float[16];
		image[0] = 16;
		image[2] = 32; // the maps are 16, 32 and 0, 0
		final float[] expected = { 16, 20, 28, 32, 12, 15, 21, 24, 4, 5, 7, 8, 0, 0, 0, 0 };
		for (final Kernels kernels : KernelProvider.available()) assertArrayEquals(expected, explain(g, w, 4, 4, 0, new float[][] { image }, kernels), kernels.name());
	}

	/** A bright and a dark spot in two corners: each class sees its own. */
	@Test
	void eachClassPointsAtItsCorner() {
		final Graph g = Networks.chain(1, new Conv2D(2, 3), new ReLU(), new MaxPool2D(2), new Conv2D(2, 1), new ReLU(), new MaxPool2D(2),
			new Flatten(4, 4), new Dense(2), new Softmax());
		final float[] kernels33 = new float[18], dense = new float[64];
		Arrays.fill(kernels33, 0, 9, 1 / 9f);
		Arrays.fill(kernels33, 9, 18, -1 / 9f);
		Arrays.fill(dense, 0, 16, 1); // class 0: bright anywhere
		Arrays.fill(dense, 48, 64, 1); // class 1: dark anywhere
		final Weights w = new Weights(g, Map.of("n1.weight", kernels33, "n1.bias", new float[2], "n4.weight", new float[] { 1, 0, 0, 1 }, "n4.bias", new float[2],
			"n8.weight", dense, "n8.bias", new float[2]));
		final float[] image = new float[256];
		for (int y = 0; y < 4; y++) for (int x = 0; x < 4; x++) {
			image[y * 16 + x] = 1;
			image[(15 - y) * 16 + 15 - x] = -1;
		}
		for (final Kernels kernels : KernelProvider.available()) for (int target = 0; target < 2; target++) {
			final float[] map = explain(g, w, 16, 16, target, new float[][] { image }, kernels);
			double inside = 0, all = 0;
			for (int i = 0; i < 256; i++) {
				assertTrue(map[i] >= 0);
				final int y = target == 0 ? i / 16 : 15 - i / 16, x = target == 0 ? i % 16 : 15 - i % 16;
				all += map[i];
				// of the spot of 4 pixels, the convolution reaches 5, the maps of half the size 6, and between their pixels it is 7
				if (y < 7 && x < 7) inside += map[i];
			}
			assertTrue(all > 0, "something speaks for class " + target);
			assertEquals(all, inside, kernels.name() + ", class " + target);
		}
	}

	/** With means behind the maps, the derivative is that of the dense layer: the map follows from the reference's maps. */
	@Test
	void ofAResidualNetworkWithBatchNorm() {
		final Builder b = Graph.of(2);
		final int start = b.add("a", new Conv2D(18, 3, 1, Padding.SAME, false), 0);
		b.add("b", new Conv2D(18, 3), b.add("relu1", new ReLU(), b.add("norm1", new BatchNorm(), start)));
		b.add("sum", new Add(), b.add("norm2", new BatchNorm()), start);
		final int maps = b.add("relu2", new ReLU());
		b.add("dropout", new Dropout(0.5f), b.add("means", new GlobalAveragePool2D()));
		b.add("out", new Dense(3));
		b.add("probability", new Softmax());
		final Graph g = b.build();
		final Weights weights = TestBatch.weights(g, 3);
		final TestBatch t = TestBatch.textured(1, 2, 7, 9, 2, 5);
		final double[][] a = Reference.nodes(g, Reference.weights(weights), t.images(), 7, 9, false, Map.of()).get(maps)[0];
		for (final Kernels kernels : KernelProvider.available()) for (int target = 0; target < 3; target++) {
			final float[] map = explain(g, weights, 7, 9, target, t.floats()[0], kernels);
			for (int i = 0; i < 63; i++) {
				double sum = 0, size = 0;
				for (int k = 0; k < 18; k++) {
					sum += weights.get("out.weight")[target * 18 + k] / 63 * a[k][i];
					size += Math.abs(weights.get("out.weight")[target * 18 + k] / 63 * a[k][i]);
				}
				// Two convolutions of up to 162 terms: some hundred roundings of 2^-24 of sums of the maps' sizes
				assertEquals(Math.max(0, sum), map[i], 1e-4 * size, kernels.name());
			}
		}
	}

	private static String layer(final Graph g, final int height, final int width) {
		try (Workers workers = new Workers(1)) {
			return new GradCam(g, TestBatch.weights(g, 1), workers).layer(height, width);
		}
	}

	@Test
	void theFeatureMapsAreTheLastOnesBeforeAPooling() {
		assertEquals("convrelu2", layer(Cnn.cnn32x64(1, 16, 16, 2).graph(), 16, 16));
		assertEquals("n3", layer(Networks.chain(1, new Conv2D(2, 3), new BatchNorm(), new ReLU(), new MaxPool2D(2), new BatchNorm(), new Flatten(3, 3), new Dense(
			2)), 6, 6), "no batch norm of a pooling");
		assertEquals("n2", layer(Networks.chain(1, new Conv2D(2, 3), new ReLU(), new MaxPool2D(2), new Conv2D(3, 3, 1, Padding.VALID, true), new ReLU(),
			new Dense(2)), 6, 6), "the last with more than one pixel");
		final Builder b = Graph.of(1);
		final int a = b.add("a", new Conv2D(2, 3), 0);
		final int before = b.add("both", new Add(), a, b.add("b", new Conv2D(2, 3), a));
		final int means = b.add("means", new GlobalAveragePool2D(), before), flat = b.add("flat", new Flatten(6, 6), b.add("relu", new ReLU(), before));
		b.add("sum", new Add(), b.add("left", new Dense(2), means), b.add("right", new Dense(2), flat));
		assertEquals("both", layer(b.build(), 6, 6), "what all that is behind depends on");
	}

	@Test
	void otherImageSizesAndImagesMayFollow() {
		final Graph g = Networks.chain(1, new Conv2D(3, 3), new ReLU(), new MaxPool2D(2), new GlobalAveragePool2D(), new Dense(2));
		final Weights w = TestBatch.weights(g, 1);
		final float[][] small = TestBatch.textured(1, 1, 4, 6, 2, 1).floats()[0], large = TestBatch.textured(1, 1, 8, 10, 2, 1).floats()[0];
		for (final Kernels kernels : KernelProvider.available()) try (Workers workers = new Workers(1)) {
			final GradCam cam = new GradCam(g, w, workers, kernels);
			final float[] first = cam.explain(small, 4, 6, 0);
			cam.explain(small, 4, 6, 1);
			assertArrayEquals(explain(g, w, 8, 10, 1, large, kernels), cam.explain(large, 8, 10, 1), kernels.name());
			assertArrayEquals(first, cam.explain(small, 4, 6, 0), kernels.name());
		}
	}

	@Test
	void whatDoesNotFitIsRefused() {
		final Graph dense = new DenseNetwork(1, 2, 3, 2, List.of(4), true, 0).graph(), segmenting = UNet.plain(1, 1).graph();
		final Graph one = Networks.chain(1, new Conv2D(2, 2, 1, Padding.VALID, true), new Dense(2));
		try (Workers workers = new Workers(1)) {
			final String message = assertThrows(IllegalArgumentException.class, () -> new GradCam(dense, TestBatch.weights(dense, 1), workers)).getMessage();
			assertTrue(message.startsWith("Grad-CAM: expected a network with convolutions") && message.contains("use integrated gradients"), message);
			assertThrows(IllegalArgumentException.class, () -> new GradCam(segmenting, TestBatch.weights(segmenting, 1), workers));
			final GradCam cam = new GradCam(one, TestBatch.weights(one, 1), workers);
			assertEquals(message, assertThrows(IllegalArgumentException.class, () -> cam.explain(new float[1][4], 2, 2, 0)).getMessage(), "maps of one pixel");
			final Builder b = Graph.of(1);
			final int relu = b.add("relu", new ReLU(), 0), direct = b.add("a", new Dense(2), b.add("flat", new Flatten(2, 2), relu));
			b.add("means", new GlobalAveragePool2D(), b.add("conv", new Conv2D(2, 1), relu));
			b.add("sum", new Add(), b.add("b", new Dense(2)), direct);
			final GradCam beside = new GradCam(b.build(), TestBatch.weights(b.build(), 1), workers);
			assertEquals(message, assertThrows(IllegalArgumentException.class, () -> beside.explain(new float[1][4], 2, 2, 0)).getMessage(), "maps beside others");
			assertThrows(IllegalArgumentException.class, () -> cam.explain(new float[1][4], 2, 2, 2));
			assertThrows(IllegalArgumentException.class, () -> cam.explain(new float[1][5], 2, 2, 0));
		}
	}
}
