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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.GlobalAveragePool2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/** Whoever saves memory gets the same bits. */
class ThriftTest {

	private static final int SIZE = 12;

	/** Networks without batch norm of feature maps, with dropout; what is behind feature maps looks at the whole batch. */
	private static Map<String, Graph> networks() {
		final Map<String, Graph> all = new LinkedHashMap<>();
		all.put("u-net", new UNet(1, 2, 5, 3, 2, false, 0.3f).graph());
		all.put("cnn", new Cnn(1, SIZE, SIZE, 3, List.of(6, 9), List.of(7)).graph());
		all.put("mean", Networks.chain(1, new Conv2D(7, 3), new Dropout(0.2f), new ReLU(), new Conv2D(4, 3), new GlobalAveragePool2D(), new Dense(3)));
		all.put("flattened", Networks.chain(1, new Conv2D(4, 3), new ReLU(), new MaxPool2D(2), new Dropout(0.3f), new Flatten(SIZE / 2, SIZE / 2), new Dropout(0.1f),
			new Dense(6), new BatchNorm(), new ReLU(), new Dense(2)));
		return all;
	}

	/** Gradients and logits after two steps with a loss of the whole batch. */
	private static Map<String, float[]> steps(final Graph graph, final TestBatch t, final Thrift thrift, final Set<String> frozen, final Kernels kernels,
		final int threads)
	{
		final int images = t.images().length;
		final Map<String, float[]> result = new LinkedHashMap<>();
		try (Workers workers = new Workers(threads)) {
			final TrainingPlan plan = new TrainingPlan(graph, TestBatch.weights(graph, 5), SIZE, SIZE, images, false, thrift, frozen, kernels, workers);
			for (int step = 0; step < 2; step++) {
				for (int i = 0; i < images; i++) System.arraycopy(t.floats()[i][0], 0, plan.input(i)[0], 0, SIZE * SIZE);
				plan.forward(images, step);
				double sum = 0;
				for (int i = 0; i < images; i++) for (final float[] c : plan.logits(i)) for (final float v : c) sum += v;
				for (int i = 0; i < images; i++) for (int c = 0; c < plan.logits(i).length; c++) for (int p = 0; p < plan.logits(i)[c].length; p++) plan.logitGradient(
					i)[c][p] = (float) (plan.logits(i)[c][p] - t.labels()[i][p % 9] + sum / images / SIZE);
				plan.backward(images);
			}
			for (int i = 0; i < images; i++) for (int c = 0; c < plan.logits(i).length; c++) result.put("logits " + i + " " + c, plan.logits(i)[c].clone());
			plan.gradients().forEach((name, g) -> result.put(name, g.clone()));
		}
		return result;
	}

	@Test
	void sameBitsWithLessMemory() {
		networks().forEach((what, g) -> {
			for (final Kernels kernels : KernelProvider.available()) for (final int batch : new int[] { 1, 3, 10 }) {
				final TestBatch t = TestBatch.textured(batch, 1, SIZE, SIZE, 2, 3);
				final Map<String, float[]> whole = steps(g, t, Thrift.NONE, Set.of(), kernels, 1);
				for (final Thrift thrift : new Thrift[] { Thrift.FEW, Thrift.ONE }) for (final int threads : new int[] { 1, 2, 3 }) {
					final Map<String, float[]> thrifty = steps(g, t, thrift, Set.of(), kernels, threads);
					assertEquals(whole.keySet(), thrifty.keySet());
					whole.forEach((name, a) -> assertArrayEquals(a, thrifty.get(name), what + ", " + name + ", " + kernels.name() + ", batch " + batch + ", " + thrift +
						", " + threads + " threads"));
				}
			}
		});
	}

	@Test
	void sameBitsWhereTheFirstLayersAreFrozen() {
		final Graph g = networks().get("u-net");
		final Set<String> frozen = Set.of("enc1.conv1.weight", "enc1.conv1.bias");
		final TestBatch t = TestBatch.textured(3, 1, SIZE, SIZE, 2, 3);
		for (final Kernels kernels : KernelProvider.available()) {
			final Map<String, float[]> whole = steps(g, t, Thrift.NONE, frozen, kernels, 1);
			steps(g, t, Thrift.ONE, frozen, kernels, 2).forEach((name, a) -> assertArrayEquals(whole.get(name), a, name + ", " + kernels.name()));
		}
	}

	@Test
	void imageByImageTheThreadsMayShareOneToo() {
		final Graph g = networks().get("u-net");
		final TestBatch t = TestBatch.textured(9, 1, SIZE, SIZE, 2, 3);
		for (final Kernels kernels : KernelProvider.available()) {
			Map<String, float[]> first = Map.of();
			for (final Thrift thrift : Thrift.values()) try (Workers workers = new Workers(2)) {
				final Weights weights = TestBatch.weights(g, 5);
				final TrainingPlan plan = new TrainingPlan(g, weights, SIZE, SIZE, 9, true, thrift, Set.of(), kernels, workers);
				for (int i = 0; i < 9; i++) System.arraycopy(t.floats()[i][0], 0, plan.input(i)[0], 0, SIZE * SIZE);
				plan.step(9, 3, i -> {
					for (int c = 0; c < 2; c++) System.arraycopy(plan.logits(i)[c], 0, plan.logitGradient(i)[c], 0, SIZE * SIZE);
				});
				if (first.isEmpty()) first = new LinkedHashMap<>(plan.gradients());
				for (final String name : first.keySet()) assertArrayEquals(first.get(name), plan.gradients().get(name), kernels.name() + ", " + thrift + ", " + name);
			}
		}
	}

	@Test
	void memoryHardlyGrowsWithTheBatch() {
		final Graph plain = UNet.plain(1, 1).graph(), norm = new UNet(1, 1, 16, 3, 1, true, 0).graph();
		for (final Kernels kernels : KernelProvider.available()) {
			final long whole = bytes(plain, 32, Thrift.NONE, kernels), few = bytes(plain, 32, Thrift.FEW, kernels), one = bytes(plain, 32, Thrift.ONE, kernels);
			assertTrue(few - one > 0.2 * few, kernels.name());
			assertEquals((few - one) / 3, (whole - few) / 28, "of 32 images' feature maps 4 are kept, or 1: " + kernels.name());
			assertEquals(32L * 4 * 3 * 128 * 128, bytes(plain, 64, Thrift.ONE, kernels) - one, 32 * 3 * 80, "an input, an output and its gradient for each");
			assertEquals(bytes(plain, 1, Thrift.NONE, kernels), bytes(plain, 1, Thrift.ONE, kernels), kernels.name());
			for (final Thrift t : Thrift.values()) assertEquals(bytes(norm, 32, Thrift.NONE, kernels), bytes(norm, 32, t, kernels), "batch norm, " + kernels.name());
		}
	}

	private static long bytes(final Graph graph, final int batch, final Thrift thrift, final Kernels kernels) {
		return TrainingPlan.bytes(graph, 128, 128, batch, false, thrift, Set.of(), kernels, 4);
	}
}
