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

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Graph.Builder;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Upsample2D;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.kernel.Resolution;

/** Up-sampling that convolutions do as they read: with enough channels for Winograd's algorithm, in all the places where it may stand. */
class HalfResolutionTest {

	private static final int HEIGHT = 8, WIDTH = 12;

	/** By name, for images of 9 channels. NB: one channel out, since the check of gradients takes the square of the output's size. */
	private static Map<String, Graph> networks() {
		final Map<String, Graph> all = new LinkedHashMap<>();
		all.put("the image", Networks.chain(9, new Upsample2D(2), new Conv2D(10, 3), new Conv2D(1, 1)));
		all.put("a ReLU", Networks.chain(9, new Conv2D(17, 3), new ReLU(), new Upsample2D(2), new Conv2D(8, 3), new Conv2D(1, 1)));
		all.put("a leaky ReLU behind batch norm", Networks.chain(9, new Conv2D(9, 3), new BatchNorm(), new LeakyReLU(0.2f), new Upsample2D(2), new Conv2D(8, 3), new Conv2D(1, 1)));
		all.put("a pooling", Networks.chain(9, new Conv2D(20, 3), new ReLU(), new MaxPool2D(2), new Upsample2D(2), new Conv2D(8, 3), new Conv2D(1, 1)));
		all.put("up-sampling", Networks.chain(9, new Conv2D(8, 1), new MaxPool2D(2), new Upsample2D(2), new Upsample2D(2), new Conv2D(8, 3), new Conv2D(1, 1)));
		all.put("by 4", Networks.chain(9, new Conv2D(8, 1), new MaxPool2D(4), new Upsample2D(4), new Conv2D(8, 3), new Conv2D(1, 1)));

		Builder b = Graph.of(9);
		int skip = b.add("skip", new Conv2D(20, 3), 0);
		b.add("pool", new MaxPool2D(2));
		b.add("deep", new Conv2D(18, 3));
		b.add("relu", new ReLU());
		int up = b.add("up", new Upsample2D(2));
		b.add("both", new Concat(), up, skip);
		b.add("conv", new Conv2D(9, 3));
		b.add("out", new Conv2D(1, 1));
		all.put("before a skip", b.build());

		b = Graph.of(9);
		skip = b.add("skip", new Conv2D(8, 3), 0);
		b.add("pool", new MaxPool2D(2));
		up = b.add("up", new Upsample2D(2));
		b.add("both", new Concat(), skip, up, up);
		b.add("conv", new Conv2D(9, 3));
		b.add("out", new Conv2D(1, 1));
		all.put("twice in a concatenation", b.build());

		b = Graph.of(9);
		skip = b.add("skip", new Conv2D(8, 3), 0);
		final int pool = b.add("pool", new MaxPool2D(2));
		up = b.add("up", new Upsample2D(2), b.add("relu", new ReLU(), b.add("deep", new Conv2D(8, 3), pool)));
		final int again = b.add("again", new Upsample2D(2), pool);
		b.add("both", new Concat(), up, skip, again);
		b.add("conv", new Conv2D(9, 3));
		b.add("out", new Conv2D(1, 1));
		all.put("one of two whose input others read", b.build());

		b = Graph.of(9);
		b.add("a", new Conv2D(8, 3));
		up = b.add("up", new Upsample2D(2));
		final int left = b.add("left", new Conv2D(8, 3), up);
		b.add("both", new Concat(), left, b.add("right", new Conv2D(8, 3), up));
		b.add("conv", new Conv2D(9, 3));
		b.add("out", new Conv2D(1, 1));
		all.put("read by two convolutions", b.build());

		b = Graph.of(9);
		final int a = b.add("a", new Conv2D(8, 3), 0);
		up = b.add("up", new Upsample2D(2), b.add("pool", new MaxPool2D(2), a));
		b.add("outer", new Concat(), b.add("inner", new Concat(), a, up), 0);
		b.add("conv", new Conv2D(9, 3));
		b.add("out", new Conv2D(1, 1));
		all.put("in a concatenation in a concatenation", b.build());

		b = Graph.of(9);
		final int first = b.add("a", new Conv2D(8, 3), 0);
		up = b.add("up", new Upsample2D(2), b.add("pool", new MaxPool2D(2), first));
		final int both = b.add("both", new Concat(), first, up);
		b.add("ends", new Concat(), b.add("conv", new Conv2D(9, 3), both), b.add("short", new Conv2D(8, 1), both));
		b.add("out", new Conv2D(1, 1));
		all.put("beside a convolution of single pixels", b.build());
		return all;
	}

	@TestFactory
	Stream<DynamicTest> gradients() {
		return networks().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> TrainingPlanTest.check(e.getValue(), TestBatch.textured(1, 9,
			HEIGHT, WIDTH, 2, 5), TrainingPlanTest.SUM)));
	}

	@TestFactory
	Stream<DynamicTest> predictions() {
		return networks().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> PredictorTest.bounded(e.getValue(), TestBatch.textured(1, 9,
			HEIGHT, WIDTH, 2, 5))));
	}

	/** What of the concatenations of a U-Net is kept how, by kernels. */
	@Test
	void whoReadsInHalf() {
		final Graph g = UNet.plain(1, 1).graph();
		for (final boolean training : new boolean[] { false, true }) {
			check(g, Kernels.vector(16), training, Resolution.HALF);
			check(g, Kernels.exact(16), training, Resolution.DOUBLED);
			check(g, Kernels.PLAIN, training, training ? Resolution.DOUBLED : Resolution.HALF);
		}
	}

	private static void check(final Graph g, final Kernels kernels, final boolean training, final Resolution upsampled) {
		final Placement p = new Placement(g.logits(), new Shape(1, 64, 64), kernels, training);
		int concatenations = 0;
		for (int i = 0; i < p.count(); i++) {
			if (!(p.node(i).layer() instanceof Concat)) continue;
			concatenations++;
			final int up = p.node(i).inputs().get(0), skip = p.node(i).inputs().get(1);
			final Resolution[] expected = Stream.concat(Stream.generate(() -> upsampled).limit(p.channels(up).length / kernels.lanes()), Stream.generate(
				() -> Resolution.FULL).limit(p.channels(skip).length / kernels.lanes())).toArray(Resolution[]::new);
			assertEquals(Arrays.asList(expected), Arrays.asList(p.resolution(i)), kernels.name() + ", " + p.node(i).name());
			for (int b = 0; b < expected.length; b++) {
				final int height = p.shape(i).height() / (expected[b] == Resolution.HALF ? 2 : 1);
				assertEquals(height, p.blocks().get(p.value(i)[b]).shape().height());
				if (training) assertEquals(height, p.blocks().get(p.gradient(i)[b]).shape().height());
			}
		}
		assertEquals(2, concatenations);
	}
}
