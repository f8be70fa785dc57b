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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import sc.fiji.glia.compute.GradientChecking.Row;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.ResidualNetwork;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/** The check passes for small networks of all layers with all kernels, and fails for each array whose gradient is spoilt. */
class GradientCheckingTest {

	private static final int EDGE = 8, IMAGES = 3;

	private static Map<String, Graph> networks() {
		final Map<String, Graph> all = new LinkedHashMap<>();
		all.put("dense with batch norm and dropout", new DenseNetwork(1, EDGE, EDGE, 3, List.of(12), true, 0.2f).graph());
		all.put("dense", new DenseNetwork(1, EDGE, EDGE, 4, List.of(10), false, 0).graph());
		all.put("convolutional", new Cnn(2, EDGE, EDGE, 2, List.of(4, 6), List.of(8)).graph());
		all.put("residual", new ResidualNetwork(1, 3, 3, 2, 1, 0.2f).graph());
		all.put("U-Net", new UNet(1, 1, 3, 2, 1, true, 0.2f).graph());
		all.put("U-Net of classes", new UNet(2, 3, 3, 2, 1, false, 0.2f).graph());
		return all;
	}

	@TestFactory
	Stream<DynamicTest> passes() {
		return networks().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
			final Graph g = e.getValue();
			final Weights weights = GradientChecking.weights(g, 1), before = weights.copy(g);
			for (final Kernels kernels : KernelProvider.available()) {
				final List<Row> rows = GradientChecking.check(g, weights, EDGE, EDGE, IMAGES, 1, kernels);
				assertEquals(g.weights().keySet().stream().filter(n -> g.weights().get(n).learned()).toList(), rows.stream().map(Row::array).toList());
				for (final Row r : rows) assertTrue(r.ok() && r.checked() > 0 && r.largest() > GradientChecking.FLOOR, kernels.name() + ": " + r);
			}
			weights.arrays().forEach((name, a) -> assertEquals(0, Arrays.compare(before.get(name), a), name + " stays"));
		}));
	}

	@Test
	void failsForTheArrayThatIsSpoilt() {
		final Graph g = new Cnn(1, EDGE, EDGE, 2, List.of(3), List.of(4)).graph();
		final Weights weights = GradientChecking.weights(g, 2);
		for (final String name : List.of("conv1.weight", "dense1.bias", "out.weight")) for (final float factor : new float[] { -1, 0,
			1.0001f, Float.NaN })
		{
			for (final Row r : GradientChecking.check(g, weights, EDGE, EDGE, IMAGES, 2, KernelProvider.best(), gradients -> {
				final float[] d = gradients.get(name);
				for (int i = 0; i < d.length; i++) d[i] *= factor;
				return gradients;
			})) {
				assertEquals(!r.array().equals(name), r.ok(), name + " times " + factor + ": " + r);
				// |a - n| / (|a| + |n|) with a = factor * n
				if (!r.ok() && factor != factor) assertEquals(Double.POSITIVE_INFINITY, r.error());
				else if (!r.ok()) assertEquals(factor <= 0 ? 1 : 5e-5, r.error(), 1e-5);
			}
		}
	}

	@Test
	void imagesCanBeGiven() {
		final Graph g = new Cnn(1, EDGE, EDGE, 3, List.of(3), List.of(5)).graph();
		final SplittableRandom random = new SplittableRandom(4);
		final float[][][] images = new float[3][1][EDGE * EDGE];
		for (final float[][] image : images) for (int i = 0; i < EDGE * EDGE; i++) image[0][i] = i < 40 ? 0 : random.nextInt(256) / 255f; // half black
		final byte[][] labels = { { 0 }, { 2 }, { 1 } };
		for (final Kernels kernels : KernelProvider.available()) for (final Row r : GradientChecking.check(g, GradientChecking.weights(g, 4), EDGE, EDGE, images,
			labels, 4, kernels)) assertTrue(r.ok(), r.toString());
		assertThrows(IllegalArgumentException.class, () -> GradientChecking.check(g, GradientChecking.weights(g, 4), EDGE, EDGE, images, new byte[2][1], 4,
			KernelProvider.best()));
	}

	@Test
	void theSameSeedGivesTheSameRows() {
		final Graph g = new DenseNetwork(1, EDGE, EDGE, 2, List.of(6), true, 0.2f).graph();
		final Weights weights = GradientChecking.weights(g, 3);
		final List<Row> rows = GradientChecking.check(g, weights, EDGE, EDGE, IMAGES, 3);
		assertEquals(rows, GradientChecking.check(g, weights, EDGE, EDGE, IMAGES, 3));
		assertFalse(rows.equals(GradientChecking.check(g, weights, EDGE, EDGE, IMAGES, new SplittableRandom(3).nextLong())));
	}
}
