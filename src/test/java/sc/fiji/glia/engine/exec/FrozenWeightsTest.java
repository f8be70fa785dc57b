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

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import sc.fiji.glia.engine.check.GradientCheck;
import sc.fiji.glia.engine.check.GradientCheck.Result;
import sc.fiji.glia.engine.check.Reference;
import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.exec.Placement.Wanted;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.FoldedNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.ResidualNetwork;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Transfer;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * Plans in which some weights do not learn: the others get the gradients that they had, and less is computed and kept. Where all learn, see
 * {@link TrainingPlanTest}.
 */
class FrozenWeightsTest {

	/** Networks for images of 2 channels and 6x6 pixels, in which what is shared and what is in place may go wrong. */
	private static Map<String, Graph> networks() {
		final Map<String, Graph> all = new LinkedHashMap<>(Networks.all(2, 3));
		all.putAll(VectorNetworkTest.networks());
		all.put("U-Net", new UNet(2, 2, 3, 2, 1, true, 0.3f).graph());
		all.put("residual", new ResidualNetwork(2, 3, 3, 2, 1, 0.3f).graph());
		final Graph residual = all.get("residual");
		final FoldedNetwork folded = FoldedNetwork.of(residual, TestBatch.weights(residual, 1));
		all.put("residual, folded", folded.graph());
		return all;
	}

	/** Learned arrays that may be frozen, by what they are; nothing and everything among them. */
	private static Map<String, Set<String>> frozen(final Graph g) {
		final List<List<String>> byNode = new ArrayList<>();
		final List<Shape> shapes = g.shapes(6, 6);
		for (int i = 1; i < shapes.size(); i++) {
			final String node = g.nodes().get(i).name();
			final List<String> names = g.nodes().get(i).layer().weights(shapes.get(g.nodes().get(i).inputs().get(0)).channels()).stream().filter(w -> w.learned())
				.map(w -> node + "." + w.name()).toList();
			if (!names.isEmpty()) byNode.add(names);
		}
		final int n = byNode.size();
		final Map<String, Set<String>> all = new LinkedHashMap<>();
		all.put("nothing", Set.of());
		all.put("the first half", union(byNode.subList(0, n / 2)));
		all.put("all but the head", union(byNode.subList(0, Math.max(0, n - 1))));
		all.put("the last half", union(byNode.subList(n / 2, n)));
		all.put("all but the first layer", union(byNode.subList(Math.min(n, 1), n)));
		all.put("every second layer", union(IntStream.range(0, n).filter(i -> i % 2 == 1).mapToObj(byNode::get).toList()));
		all.put("biases", new HashSet<>(union(byNode).stream().filter(w -> w.endsWith(".bias")).toList()));
		all.put("everything", union(byNode));
		return all;
	}

	private static Set<String> union(final List<List<String>> names) {
		final Set<String> all = new HashSet<>();
		names.forEach(all::addAll);
		return all;
	}

	/** Exact kernels have the steps of the vector kernels. */
	private static List<Kernels> kernels() {
		return KernelProvider.available().stream().filter(k -> !k.isVector() || !k.isExact()).toList();
	}

	// -- gradients --

	@TestFactory
	Stream<DynamicTest> gradientsAreThoseOfTheReference() {
		return networks().entrySet().stream().filter(e -> !e.getKey().equals("U-Net") && !e.getKey().equals("residual")) // NB: their dropout has a test of its own
			.map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
				final Graph g = e.getValue();
				// several images where batch norm of vectors needs something to work on
				final TestBatch t = Run.labelled(TestBatch.textured(g.readsWholeImage() ? 11 : 2, 2, 6, 6, 3, 5), g);
				final Weights weights = TestBatch.weights(g, 11);
				final GradientCheck check = new GradientCheck(g, Reference.weights(weights), t.images(), 6, 6, t.labels(), TrainingPlanTest.SUM);
				for (final Kernels kernels : kernels()) for (final String what : List.of("the first half", "all but the head")) {
					final Set<String> frozen = frozen(g).get(what);
					final Map<String, float[]> gradients = gradients(g, weights, frozen, t, kernels);
					assertTrue(frozen.stream().noneMatch(gradients::containsKey), what);
					g.weights().forEach((name, spec) -> gradients.putIfAbsent(name, new float[spec.length()]));
					for (final Result r : check.compare(gradients, name -> frozen.contains(name) ? 0 : 4, 1, TrainingPlanTest.FLOOR)) {
						if (frozen.contains(r.array())) continue;
						assertTrue(r.error() < TrainingPlanTest.TOLERANCE && r.checked() > 0, kernels.name() + ": " + what + ", " + r);
					}
				}
			}));
	}

	/** From a plan that has done something else before. */
	private static Map<String, float[]> gradients(final Graph g, final Weights weights, final Set<String> frozen, final TestBatch t, final Kernels kernels) {
		final int images = t.images().length;
		try (Workers workers = new Workers(2)) {
			final TrainingPlan plan = new TrainingPlan(g, weights, 6, 6, images, false, frozen, kernels, workers);
			for (int i = 0; i < images; i++) for (final float[] c : plan.logitGradient(i)) Arrays.fill(c, 1);
			plan.forward(images, 6);
			plan.backward(images);
			Run.step(plan, t, TrainingPlanTest.SUM, 7);
			final Map<String, float[]> copy = new LinkedHashMap<>();
			plan.gradients().forEach((name, d) -> copy.put(name, d.clone()));
			return copy;
		}
	}

	@TestFactory
	Stream<DynamicTest> whatLearnsLearnsTheSameBitForBit() {
		return networks().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
			for (final Kernels kernels : kernels()) frozen(e.getValue()).forEach((what, frozen) -> {
				same(e.getValue(), frozen, 2, false, kernels, kernels.name() + ", " + what);
				if (what.endsWith("half")) same(e.getValue(), frozen, 2, true, kernels, kernels.name() + ", image by image, " + what);
			});
		}));
	}

	@Test
	void alsoOfManyVectors() {
		final Graph g = new DenseNetwork(2, 6, 6, 2, List.of(20, 10), false, 0.2f).graph();
		for (final Kernels kernels : KernelProvider.available()) frozen(g).forEach((what, frozen) -> same(g, frozen, 523, true, kernels, kernels.name() + ", " +
			what));
	}

	/** Compares three steps with those of a plan that computes all gradients, of which those of the frozen weights are not used. */
	private static void same(final Graph g, final Set<String> frozen, final int images, final boolean steps, final Kernels kernels, final String what) {
		final Weights expected = TestBatch.weights(g, 13), actual = expected.copy(g);
		try (Workers one = new Workers(1); Workers two = new Workers(2)) {
			final TrainingPlan all = new TrainingPlan(g, expected, 6, 6, images, steps, kernels, one), some = new TrainingPlan(g, actual, 6, 6, images, steps,
				frozen, kernels, two);
			Weights before = actual;
			for (int step = 0; step < 3; step++) {
				before = actual.copy(g);
				step(all, expected, frozen, images, step);
				step(some, actual, frozen, images, step);
			}
			final TrainingPlan last = new TrainingPlan(g, before, 6, 6, images, steps, frozen, kernels, one);
			step(last, before, frozen, images, 2);
			for (int i = 0; i < images; i++) assertArrayEquals(last.logits(i), some.logits(i), what + ": the weights of the last step, not of the first");
			final Set<String> learned = new HashSet<>(all.gradients().keySet());
			learned.removeAll(frozen);
			assertEquals(learned, some.gradients().keySet(), what);
			for (int i = 0; i < images; i++) assertArrayEquals(all.logits(i), some.logits(i), what);
			expected.arrays().forEach((name, w) -> assertArrayEquals(w, actual.get(name), what + ", " + name));
		}
	}

	/** A step down the gradient of the squared difference to 1. */
	private static void step(final TrainingPlan plan, final Weights weights, final Set<String> frozen, final int images, final int number) {
		final float[][][] x = TestBatch.textured(images, 2, 6, 6, 2, number).floats();
		for (int i = 0; i < images; i++) for (int c = 0; c < 2; c++) System.arraycopy(x[i][c], 0, plan.input(i)[c], 0, 36);
		plan.step(images, number, i -> {
			for (int c = 0; c < plan.logits(i).length; c++) for (int p = 0; p < plan.logits(i)[c].length; p++) plan.logitGradient(i)[c][p] = plan.logits(i)[c][p] - 1;
		});
		plan.gradients().forEach((name, d) -> {
			if (!frozen.contains(name)) for (int i = 0; i < d.length; i++) weights.get(name)[i] -= 0.01f / images * d[i];
		});
	}

	// -- what is not done --

	private static Transfer transfer() {
		final Graph g = new ResidualNetwork(1, 2, 8, 3, 1, 0.2f).graph();
		final FoldedNetwork folded = FoldedNetwork.of(g, TestBatch.weights(g, 1));
		return Transfer.of(folded.graph(), folded.weights(), 3, 0.2f, 1);
	}

	@Test
	void belowTheLowestLayerThatLearnsThereAreNoGradients() {
		final Transfer t = transfer();
		final Graph g = t.graph().logits();
		for (final Kernels kernels : List.of(Kernels.PLAIN, Kernels.vector(16))) {
			final Placement all = new Placement(g, new Shape(1, 32, 32), kernels, true), head = new Placement(g, new Shape(1, 32, 32), kernels, true, new Wanted(Set
				.copyOf(t.frozen()), false));
			for (int i = 1; i < all.count(); i++) {
				assertTrue(all.gradient(i).length > 0);
				assertEquals(g.nodes().get(i).name().equals("out"), head.gradient(i).length > 0, g.nodes().get(i).name());
			}
			assertTrue(head.learnsInVectorsOnly() && !all.learnsInVectorsOnly());
			// of each stage the maps that a block of the network works on, in the place of all
			assertTrue(2 * bytes(head) < bytes(all), bytes(head) + " of " + bytes(all));
		}
	}

	private static long bytes(final Placement p) {
		return p.blocks().stream().mapToLong(b -> b.shape().size()).sum();
	}

	@Test
	void memoryIsKnownBeforehand() {
		final Transfer t = transfer();
		final Graph g = t.graph();
		final Set<String> encoder = Set.copyOf(t.frozen()), half = new HashSet<>(t.frozen().subList(0, t.frozen().size() / 2));
		for (final Kernels kernels : KernelProvider.available()) try (Workers workers = new Workers(2)) {
			// NB: the working memory of the threads is taken by the first step, and is the same whatever is frozen
			final List<Long> expected = new ArrayList<>(), taken = new ArrayList<>();
			for (final Set<String> frozen : List.of(Set.<String>of(), half, encoder)) {
				final long before = allocated();
				new TrainingPlan(g, t.weights(), 192, 192, 6, true, frozen, kernels, workers);
				taken.add(allocated() - before);
				expected.add(TrainingPlan.bytes(g, 192, 192, 6, true, frozen, kernels, 2));
				final int last = taken.size() - 1;
				assertTrue(taken.get(last) < 1.02 * expected.get(last), kernels.name() + ": expected " + expected + ", took " + taken);
				if (last > 0) assertEquals(1, (double) (taken.get(0) - taken.get(last)) / (expected.get(0) - expected.get(last)), 0.15, kernels.name() + ": expected " +
					expected + ", took " + taken);
			}
			assertTrue(expected.get(1) < 0.8 * expected.get(0) && taken.get(2) < 0.3 * taken.get(0), taken.toString());
			final long before = allocated();
			TrainingPlan.withInputGradient(g, t.weights(), 192, 192, 6, true, kernels, workers);
			final double all = allocated() - before, of = TrainingPlan.bytesWithInputGradient(g, 192, 192, 6, true, kernels, 2);
			assertEquals(0.88, all / of, 0.14, kernels.name() + ": expected " + of + ", took " + all);
		}
	}

	private static long allocated() {
		return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}
}
