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
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

/** The residual classifier, and classifiers that start from other networks. */
class ClassifiersTest {

	private static List<String> names(final Graph g) {
		return g.nodes().stream().map(Node::name).toList();
	}

	@Test
	void residualNetworksTakeImagesOfAnySize() {
		final ResidualNetwork net = new ResidualNetwork(2, 5, 8, 3, 2, 0.25f);
		final Graph g = net.graph();
		assertEquals(4, net.multiple());
		assertTrue(g.readsWholeImage());
		assertTrue(g.imageSize().isEmpty());
		for (final int edge : new int[] { 4, 28, 64 }) {
			final List<Shape> shapes = g.shapes(edge, 2 * edge);
			assertEquals(new Shape(5, 1, 1), shapes.get(shapes.size() - 1));
			assertEquals(new Shape(8, edge, 2 * edge), shapes.get(names(g).indexOf("stage1.block2.relu2")));
			assertEquals(new Shape(32, edge / 4, edge / 2), shapes.get(names(g).indexOf("stage3.block1.shortcut.norm")));
		}
		assertThrows(IllegalArgumentException.class, () -> g.shapes(6, 8));
		assertFalse(names(g).contains("stage1.block1.shortcut.conv"), "as many filters as before: what went in is added as it is");
		assertFalse(names(g).contains("stage2.block2.shortcut.conv"));
		// stem, stage 1: 2 blocks; stage 2 and 3: a block with a shortcut and one without; the last layer
		final int norms = 2 * (8 + 4 * 8 + 5 * 16 + 5 * 32), stem = 2 * 8 * 9, one = 4 * 8 * 8 * 9;
		final int two = (8 * 16 + 3 * 16 * 16) * 9 + 8 * 16, three = (16 * 32 + 3 * 32 * 32) * 9 + 16 * 32;
		assertEquals(norms + stem + one + two + three + 32 * 5 + 5, g.weights().values().stream().filter(WeightSpec::learned).mapToInt(WeightSpec::length)
			.sum());
		assertThrows(IllegalArgumentException.class, () -> new ResidualNetwork(1, 2, 8, 0, 1, 0));
		assertThrows(IllegalArgumentException.class, () -> new ResidualNetwork(1, 2, 8, 1, 0, 0));
	}

	@Test
	void theEncoderOfASegmentationNetworkIsKept() {
		final Graph unet = new UNet(3, 4, 8, 3, 1, true, 0.1f).graph();
		final Weights old = Initialization.HE.weights(unet, 1);
		final Transfer t = Transfer.of(unet, old, 5, 0.2f, 2);
		final List<String> names = names(t.graph());
		assertEquals(names(unet).subList(0, names(unet).indexOf("dropout")), names.subList(0, names.size() - 4));
		assertEquals(List.of("average", "dropout", "out", "probability"), names.subList(names.size() - 4, names.size()));
		assertEquals(new Shape(5, 1, 1), t.graph().shapes(16, 32).get(names.size() - 1));
		assertTrue(t.graph().readsWholeImage());
		for (final String name : new String[] { "enc1.conv1.weight", "enc3.norm1.running_var", "enc2.norm1.bias" }) {
			assertArrayEquals(old.get(name), t.weights().get(name), name);
			assertNotSame(old.get(name), t.weights().get(name));
		}
		assertEquals(5 * 32, t.weights().get("out.weight").length, "a new one, though the old network has one of that name");
		assertEquals(9, t.frozen().size(), "weight, scale and shift of three levels");
		assertTrue(t.frozen().containsAll(List.of("enc1.conv1.weight", "enc3.norm1.bias")));
		assertFalse(t.frozen().contains("enc1.norm1.running_mean"));
	}

	@Test
	void aNetworkWithoutUpSamplingLosesItsLastConvolution() {
		final Graph.Builder b = Graph.of(1);
		b.add("a", new Conv2D(4, 3));
		b.add("relu", new ReLU());
		b.add("b", new Conv2D(1, 1));
		b.add("p", new Sigmoid());
		assertEquals(List.of("input", "a", "relu", "average", "out", "probability"), names(Transfer.of(b.build(), Initialization.HE.weights(b.build(), 1), 2, 0,
			1).graph()));
	}

	@Test
	void ofAClassifierAllButTheLastLayerIsKept() {
		final Graph cnn = Cnn.cnn32x64(1, 16, 16, 2).graph();
		final Weights old = Initialization.HE.weights(cnn, 1);
		final Transfer t = Transfer.of(cnn, old, 3, 0, 2);
		assertEquals(names(cnn), names(t.graph()));
		assertEquals(3, t.graph().outputChannels());
		assertArrayEquals(old.get("dense2.weight"), t.weights().get("dense2.weight"));
		assertEquals(8, t.frozen().size());
		assertEquals(new Shape(1, 16, 16), t.graph().imageSize().orElseThrow());

		// A residual network again and again: average and dropout are not doubled
		final Graph net = new ResidualNetwork(1, 2, 8, 2, 1, 0.3f).graph();
		final Transfer once = Transfer.of(net, Initialization.HE.weights(net, 1), 4, 0.3f, 2);
		assertEquals(names(net), names(once.graph()));
		assertEquals(names(net), names(Transfer.of(once.graph(), once.weights(), 3, 0.3f, 2).graph()));
	}

	@Test
	void namesAreNotUsedTwice() {
		final Graph.Builder b = Graph.of(1);
		b.add("out", new Conv2D(4, 3));
		b.add("average", new GlobalAveragePool2D());
		b.add("last", new Dense(2));
		final Transfer t = Transfer.of(b.build(), Initialization.HE.weights(b.build(), 1), 2, 0, 1);
		assertEquals(List.of("input", "out", "average", "out2", "probability"), names(t.graph()));
	}

	@Test
	void aNodeCanBeChosen() {
		final Graph unet = new UNet(1, 1, 4, 3, 1, false, 0).graph();
		final Weights old = Initialization.HE.weights(unet, 1);
		final Transfer t = Transfer.at(unet, old, "concat2", 2, 0, 1);
		assertEquals(new Shape(16 + 8, 1, 1), t.graph().shapes(8, 8).get(names(t.graph()).indexOf("average")));
		assertFalse(names(t.graph()).contains("dec2.conv1"));
		assertThrows(IllegalArgumentException.class, () -> Transfer.at(unet, old, "enc9", 2, 0, 1));
	}
}
