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
package sc.fiji.glia.engine.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import sc.fiji.glia.engine.check.Reference;
import sc.fiji.glia.engine.check.RoundingBound;
import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.exec.Networks;
import sc.fiji.glia.engine.exec.Predictor;
import sc.fiji.glia.engine.graph.Graph.Builder;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/** Folded networks against the networks they come from, and what becomes of which layer. */
class FoldedNetworkTest {

	private static Map<String, Graph> networks() {
		final Map<String, Graph> all = Networks.all(2, 3);
		all.put("dense", new DenseNetwork(2, 6, 12, 3, List.of(9, 5), true, 0.3f).graph());
		all.put("norm of what was flattened", Networks.chain(2, new Flatten(6, 12), new BatchNorm(), new ReLU(), new Dense(2)));
		all.put("norm of means", Networks.chain(2, new Conv2D(5, 3), new GlobalAveragePool2D(), new BatchNorm(), new Dropout(0.5f), new Dense(2), new Softmax()));
		all.put("dropout between", Networks.chain(2, new Conv2D(4, 3, 1, Padding.SAME, false), new Dropout(0.5f), new BatchNorm(), new Dropout(0.5f), new BatchNorm(
			0.1f, 0.1f), new Sigmoid()));
		all.put("strided", Networks.chain(2, new Conv2D(4, 5, 2, Padding.VALID, false), new BatchNorm(), new ReLU()));
		all.put("at the end", Networks.chain(2, new Conv2D(4, 3), new BatchNorm(), new Dropout(0.5f)));

		Builder b = Graph.of(2);
		final int start = b.add("a", new Conv2D(4, 3, 1, Padding.SAME, false), 0);
		b.add("b", new Conv2D(4, 3, 1, Padding.SAME, false), b.add("relu", new ReLU(), b.add("norm1", new BatchNorm(), start)));
		final int sum = b.add("sum", new Add(), b.add("norm2", new BatchNorm()), start);
		b.add("relu2", new ReLU(), b.add("norm3", new BatchNorm(), sum));
		b.add("out", new Dense(3), b.add("means", new GlobalAveragePool2D()));
		all.put("residual, norm first", b.build());

		b = Graph.of(2);
		final int shared = b.add("dropout", new Dropout(0.5f), b.add("a", new Conv2D(3, 3), 0));
		final int left = b.add("left", new BatchNorm(), shared), right = b.add("right", new BatchNorm(), shared);
		b.add("out", new Add(), left, right, shared);
		all.put("two norms of one dropout", b.build());

		b = Graph.of(2);
		final int plain = b.add("a", new Conv2D(3, 3), 0);
		b.add("norm", new BatchNorm(), b.add("dropout", new Dropout(0.5f), plain));
		b.add("out", new Add(), plain, 3);
		all.put("a norm of a dropout of what is read elsewhere", b.build());

		b = Graph.of(2);
		final int used = b.add("a", new Conv2D(3, 3), 0);
		b.add("unused", new BatchNorm(), used);
		b.add("out", new Dropout(0.5f), used);
		all.put("a dropout at the end, and a norm that ends nowhere", b.build());

		b = Graph.of(2);
		final int once = b.add("norm", new BatchNorm(), b.add("a", new Conv2D(3, 3), 0));
		b.add("out", new Concat(), b.add("again", new BatchNorm(), once), once);
		all.put("a norm read by another and at the end", b.build());
		return all;
	}

	/**
	 * Each folded weight and bias is rounded once, which is among the roundings of the bound. So the references are within the bound of the folded
	 * network, and predictions are away from them by the bound of their network each.
	 */
	@TestFactory
	Stream<DynamicTest> computesWhatTheNetworkComputesAtInference() {
		return networks().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
			final Graph g = e.getValue();
			final TestBatch t = TestBatch.textured(1, 2, 6, 12, 2, 5);
			final Weights weights = TestBatch.weights(g, 3);
			final FoldedNetwork folded = FoldedNetwork.of(g, weights);
			for (final Node n : folded.graph().nodes()) assertFalse(n.layer() instanceof BatchNorm || n.layer() instanceof Dropout, n.name());
			final Map<String, double[]> w = Reference.weights(weights), f = Reference.weights(folded.weights());
			final double[][] expected = Reference.forward(g, w, t.images(), 6, 12, false)[0], actual = Reference.forward(folded.graph(), f, t.images(), 6, 12, true)[0];
			final double[][] before = RoundingBound.of(g, w, t.images(), 6, 12)[0], after = RoundingBound.of(folded.graph(), f, t.images(), 6, 12)[0];
			assertEquals(expected.length, actual.length);
			for (int c = 0; c < expected.length; c++) for (int p = 0; p < expected[c].length; p++) assertEquals(expected[c][p], actual[c][p], after[c][p]);
			for (final Kernels kernels : KernelProvider.available()) {
				final float[][] y = new Predictor(g, weights, kernels).predict(t.floats()[0], 6, 12);
				final float[][] z = new Predictor(folded.graph(), folded.weights(), kernels).predict(t.floats()[0], 6, 12);
				for (int c = 0; c < y.length; c++) for (int p = 0; p < y[c].length; p++) assertEquals(y[c][p], z[c][p], before[c][p] + 2 * after[c][p], kernels.name());
			}
		}));
	}

	private static String names(final Graph graph) {
		final Map<String, String> m = new LinkedHashMap<>();
		graph.nodes().forEach(n -> m.put(n.name(), n.layer().getClass().getSimpleName()));
		return m.toString();
	}

	private static FoldedNetwork fold(final String name) {
		final Graph g = networks().get(name);
		return FoldedNetwork.of(g, TestBatch.weights(g, 3));
	}

	@Test
	void normsBecomePartOfTheLayerBeforeThemIfNobodyElseReadsIt() {
		assertEquals("{input=Input, n1=Conv2D, n6=Sigmoid}", names(fold("dropout between").graph()));
		assertEquals("{input=Input, n1=Conv2D}", names(fold("at the end").graph()));
		assertEquals("{input=Input, flatten=Flatten, dense1=Dense, relu1=ReLU, dense2=Dense, relu2=ReLU, out=Dense, probability=Softmax}", names(fold("dense")
			.graph()));
		assertEquals("{input=Input, a=Conv2D, norm1=Conv2D, relu=ReLU, b=Conv2D, sum=Add, norm3=Conv2D, relu2=ReLU, means=GlobalAveragePool2D, " +
			"out=Dense}", names(fold("residual, norm first").graph()));
		assertEquals("{input=Input, a=Conv2D, left=Conv2D, right=Conv2D, out=Add}", names(fold("two norms of one dropout").graph()));
		assertEquals("{input=Input, a=Conv2D}", names(fold("a dropout at the end, and a norm that ends nowhere").graph()));
		assertEquals("{input=Input, n1=Flatten, n2=Dense, n3=ReLU, n4=Dense}", names(fold("norm of what was flattened").graph()));
	}

	@Test
	void theNumbersOfASmallNetwork() {
		final Graph g = Networks.chain(1, new Conv2D(2, 1), new BatchNorm(0, 0.1f));
		final Weights w = new Weights(g, Map.of("n1.weight", new float[] { 2, -3 }, "n1.bias", new float[] { 1, 5 }, "n2.weight", new float[] { 3, 1 }, "n2.bias",
			new float[] { 7, 8 }, "n2.running_mean", new float[] { 4, 1 }, "n2.running_var", new float[] { 9, 4 }));
		final Weights folded = FoldedNetwork.of(g, w).weights();
		assertArrayEquals(new float[] { 2, -1.5f }, folded.get("n1.weight"));
		assertArrayEquals(new float[] { 1 - 4 + 7, (5 - 1) / 2f + 8 }, folded.get("n1.bias"));
		assertArrayEquals(new float[] { 2, -3 }, w.get("n1.weight"), "the network stays as it is");
	}

	@Test
	void whatStaysIsNotCopied() {
		final Graph g = UNet.plain(1, 1).graph();
		final Weights w = TestBatch.weights(g, 1);
		final FoldedNetwork folded = FoldedNetwork.of(g, w);
		assertEquals(g, folded.graph());
		w.arrays().forEach((name, a) -> assertSame(a, folded.weights().get(name)));
	}

	@Test
	void aNormOfTooManyValuesIsRefused() {
		final Graph g = Networks.chain(1, new Flatten(300, 300), new BatchNorm(), new Dense(2));
		assertEquals("BatchNorm 'n2': expected at most 16384 values where it does not follow a convolution or dense layer, got 90000; put it before the Flatten",
			assertThrows(IllegalArgumentException.class, () -> FoldedNetwork.of(g, TestBatch.weights(g, 1))).getMessage());
	}
}
