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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Shapes, names and the wording of errors. */
class GraphTest {

	private static String message(final Executable e) {
		return assertThrows(IllegalArgumentException.class, e).getMessage();
	}

	private static Graph graph(final int channels, final Layer... layers) {
		final Graph.Builder b = Graph.of(channels);
		for (int i = 0; i < layers.length; i++) b.add("n" + (i + 1), layers[i]);
		return b.build();
	}

	@Test
	void uNetShapesAndWeights() {
		final Graph g = UNet.plain(3, 4).graph();
		assertEquals(3, g.inputChannels());
		assertEquals(4, g.outputChannels());
		final List<Shape> shapes = g.shapes(24, 32);
		assertEquals(new Shape(4, 24, 32), shapes.get(shapes.size() - 1));
		assertTrue(shapes.contains(new Shape(64, 6, 8)), "lowest level");
		final Map<String, WeightSpec> w = g.weights();
		assertEquals(List.of("enc1.conv1.weight", "enc1.conv1.bias", "enc2.conv1.weight", "enc2.conv1.bias", "enc3.conv1.weight", "enc3.conv1.bias",
			"dec2.conv1.weight", "dec2.conv1.bias", "dec1.conv1.weight", "dec1.conv1.bias", "out.weight", "out.bias"), List.copyOf(w.keySet()));
		assertEquals(List.of(16, 48, 3, 3), w.get("dec1.conv1.weight").shape(), "16 of the skip, 32 from below");
		assertTrue(w.get("out.weight").decayed() && !w.get("out.bias").decayed());
	}

	@Test
	void batchNormReplacesTheBias() {
		final Map<String, WeightSpec> w = new UNet(1, 1, 8, 2, 2, true, 0.1f).graph().weights();
		assertFalse(w.containsKey("enc1.conv1.bias"));
		assertTrue(w.get("enc1.norm1.weight").learned());
		assertFalse(w.get("enc1.norm1.running_var").learned());
		assertTrue(w.containsKey("out.bias"));
	}

	@Test
	void logitsLeaveOutTheProbabilities() {
		final Graph one = UNet.plain(1, 1).graph(), three = UNet.plain(1, 3).graph();
		assertTrue(one.endsInProbabilities() && three.endsInProbabilities());
		assertEquals(one.nodes().size() - 1, one.logits().nodes().size());
		assertFalse(three.logits().endsInProbabilities());
		assertEquals(three.logits(), three.logits().logits());
		assertEquals(three.weights().keySet(), three.logits().weights().keySet());
	}

	@Test
	void strideAndPadding() {
		for (int size = 7; size <= 70; size++) for (int kernel = 1; kernel <= 7; kernel++) for (int stride = 1; stride <= 3; stride++) {
			int same = 0, valid = 0; // counted: windows that begin within the image; windows that lie within it
			for (int i = 0; i < size; i += stride) {
				same++;
				if (i + kernel <= size) valid++;
			}
			assertEquals(same, new Conv2D(1, kernel, stride, Padding.SAME, false).outputSize(size));
			assertEquals(valid, new Conv2D(1, kernel, stride, Padding.VALID, false).outputSize(size));
		}
	}

	@Test
	void errorsOfShapesNameTheNode() {
		assertEquals("Input 'input': expected 3 input channels, got 1 (input 1x64x64)", //
			message(() -> graph(3, new Conv2D(8, 3)).shapes(new Shape(1, 64, 64))));
		assertEquals("MaxPool2D 'n1': expected height and width that are multiples of 2, got 1x5x4", message(() -> graph(1, new MaxPool2D(2)).shapes(5, 4)));
		assertEquals("Conv2D 'n2': expected an input of at least 5x5 pixels, got 2x4x9", //
			message(() -> graph(1, new Conv2D(2, 1), new Conv2D(2, 5, 1, Padding.VALID, true)).shapes(4, 9)));
		final Graph.Builder b = Graph.of(1);
		final int pool = b.add("pool", new MaxPool2D(2), 0);
		b.add("both", new Concat(), pool, 0);
		assertEquals("Concat 'both': expected inputs of equal height and width, got [1x2x2, 1x4x4]", message(() -> b.build().shapes(4, 4)));
		final Graph.Builder two = Graph.of(1);
		two.add("relu", new ReLU(), 0, 0);
		assertEquals("ReLU 'relu': expected 1 input, got 2", message(() -> two.build().shapes(4, 4)));
	}

	@Test
	void classifiersKnowTheirImage() {
		final Graph dense = DenseNetwork.dense512(1, 2).graph();
		assertEquals(Optional.of(new Shape(1, 300, 300)), dense.imageSize());
		assertEquals(List.of(512, 90_000), dense.weights().get("dense1.weight").shape());
		assertFalse(dense.weights().containsKey("dense1.bias"), "batch norm has one");
		assertEquals(List.of(2, 512), dense.weights().get("out.weight").shape());
		assertTrue(dense.nodes().stream().anyMatch(n -> n.layer().equals(new Dropout(0.2f))));
		final Graph ten = DenseNetwork.dense10(10).graph();
		assertEquals(Optional.of(new Shape(1, 28, 28)), ten.imageSize());
		assertEquals(List.of("dense1.weight", "dense1.bias", "out.weight", "out.bias"), List.copyOf(ten.weights().keySet()));
		final Graph cnn = Cnn.cnn32x64(3, 128, 64, 2).graph();
		assertEquals(Optional.of(new Shape(3, 128, 64)), cnn.imageSize());
		assertEquals(List.of(128, 64 * 32 * 16), cnn.weights().get("dense1.weight").shape());
		assertEquals(List.of(64, 128), cnn.weights().get("dense2.weight").shape());
		final Graph mammograms = Cnn.cnn128(1, 3).graph();
		assertEquals(List.of(512, 128 * 25 * 25), mammograms.weights().get("dense1.weight").shape());
		for (final Graph g : List.of(dense, ten, cnn, mammograms)) {
			assertTrue(g.endsInProbabilities() && g.readsWholeImage());
			final Shape image = g.imageSize().get();
			assertEquals(new Shape(g.outputChannels(), 1, 1), g.shapes(image).get(g.nodes().size() - 1));
		}
	}

	@Test
	void onlyFlattenedNetworksFixTheImageSize() {
		assertEquals(Optional.empty(), UNet.plain(1, 1).graph().imageSize());
		assertFalse(UNet.plain(1, 1).graph().readsWholeImage());
		final Graph pooled = graph(1, new Conv2D(4, 3), new GlobalAveragePool2D(), new Dense(2));
		assertTrue(pooled.readsWholeImage());
		assertEquals(Optional.empty(), pooled.imageSize());
		assertEquals(new Shape(2, 1, 1), pooled.shapes(7, 9).get(3));
		assertEquals(Optional.of(new Shape(3, 1, 1)), graph(3, new Dense(2)).imageSize());
		// 13 -> 9 (valid 5) -> 5 (stride 2) -> 10 (up); 12 would give 8 -> 4
		final Graph strided = graph(1, new Conv2D(1, 5, 1, Padding.VALID, false), new Conv2D(1, 3, 2, Padding.SAME, false), new Upsample2D(2), new Flatten(10,
			8));
		assertEquals(Optional.of(new Shape(1, 14, 12)), strided.imageSize());
		strided.shapes(13, 11);
		final Graph none = graph(1, new Upsample2D(2), new Flatten(5, 4));
		assertEquals("Flatten 'n2': expected an input of 1x5x4, got 1x4x4; the network takes images of one size only", message(none::imageSize));
	}

	@Test
	void errorsOfDenseLayersSayWhatToDo() {
		assertEquals("Dense 'n2': expected an input of 1x1 pixels, got 4x6x5; put a Flatten(6, 5) or a GlobalAveragePool2D before it", message(() -> graph(1,
			new Conv2D(4, 3), new Dense(2)).shapes(6, 5)));
		assertEquals("Flatten 'n1': expected an input of 2x3x4, got 2x4x3; the network takes images of one size only", message(() -> graph(2, new Flatten(3,
			4)).shapes(4, 3)));
		final Graph.Builder b = Graph.of(1);
		final int conv = b.add("conv", new Conv2D(2, 1));
		b.add("sum", new Add(), conv, 0);
		assertEquals("Add 'sum': expected inputs of equal shape, got [2x3x3, 1x3x3]", message(() -> b.build().shapes(3, 3)));
		assertEquals("Add 'n1': expected at least 2 inputs, got 1", message(() -> graph(1, new Add()).shapes(3, 3)));
		assertEquals("Dense: expected at least 1 unit, got 0", message(() -> new Dense(0)));
		assertEquals("Flatten: expected a height and width of at least 1, got 3, 0", message(() -> new Flatten(3, 0)));
		assertEquals("Cnn: expected a height and width that are multiples of 4 to halve them 2 times, got 50x48", message(() -> Cnn.cnn32x64(1, 50, 48, 2)));
	}

	@Test
	void errorsOfStructure() {
		assertEquals("Graph: the name 'a' is used twice", message(() -> {
			final Graph.Builder b = Graph.of(1);
			b.add("a", new ReLU());
			b.add("a", new ReLU());
			b.build();
		}));
		assertEquals("Graph: expected an input and at least one layer, got 1 nodes", message(() -> Graph.of(1).build()));
		assertEquals("Graph: expected exactly one Input, the first node; found node 1 'n1'", message(() -> graph(1, new Input(1))));
		assertEquals("Graph: node 'r' reads node 1, which is not before it", message(() -> new Graph(List.of(new Node("input", new Input(1), List.of()), //
			new Node("r", new ReLU(), List.of(1))))));
		assertEquals("Graph: node 'r' reads no other node", message(() -> new Graph(List.of(new Node("input", new Input(1), List.of()), //
			new Node("r", new ReLU(), List.of())))));
	}

	@Test
	void layersRefuseSenselessNumbers() {
		assertEquals("Conv2D: expected filters, kernel and stride of at least 1, got 8, 0, 1", message(() -> new Conv2D(8, 0)));
		assertEquals("Dropout: expected a rate from 0 to below 1, got 1.0", message(() -> new Dropout(1)));
		assertEquals("LeakyReLU: expected a slope above 0 and at most 1, got NaN", message(() -> new LeakyReLU(Float.NaN)));
		assertEquals("MaxPool2D: expected a size of at least 2, got 1", message(() -> new MaxPool2D(1)));
		assertEquals("Upsample2D: expected a factor of at least 2, got 0", message(() -> new Upsample2D(0)));
		assertEquals("Shape: expected sizes of at least 1, got 1x0x3", message(() -> new Shape(1, 0, 3)));
	}

	@Test
	void weightsFitTheirGraph() {
		final Graph g = graph(1, new Conv2D(2, 1));
		final Map<String, float[]> m = new HashMap<>(Map.of("n1.weight", new float[2]));
		assertEquals("Weights: the array 'n1.bias' [2] is missing", message(() -> new Weights(g, m)));
		m.put("n1.bias", new float[3]);
		assertEquals("Weights 'n1.bias': expected 2 values for shape [2], got 3", message(() -> new Weights(g, m)));
		m.put("n1.bias", new float[2]);
		m.put("x", new float[1]);
		assertEquals("Weights: the network has no array 'x'", message(() -> new Weights(g, m)));
		m.remove("x");
		final Weights w = new Weights(g, m), copy = w.copy(g);
		assertEquals(List.of("n1.weight", "n1.bias"), List.copyOf(w.arrays().keySet()), "in the order of the graph");
		assertEquals(4, w.count());
		assertNotSame(w.get("n1.bias"), copy.get("n1.bias"));
		copy.get("n1.bias")[1] = 5;
		w.set(copy);
		assertEquals(5, w.get("n1.bias")[1]);
		assertEquals("Weights: no array 'n2.bias'", message(() -> w.get("n2.bias")));
	}
}
