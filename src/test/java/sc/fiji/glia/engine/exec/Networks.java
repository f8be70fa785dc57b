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

import java.util.LinkedHashMap;
import java.util.Map;

import sc.fiji.glia.engine.graph.Add;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Graph.Builder;
import sc.fiji.glia.engine.graph.Layer;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Upsample2D;

/** Small networks for tests: every layer between two convolutions, and the shapes of graph that invite mistakes. */
public final class Networks {

	private Networks() {}

	/** By name, for images of {@code channels} channels and sizes that are multiples of 6. */
	public static Map<String, Graph> all(final int channels, final int outputs) {
		final Map<String, Graph> all = new LinkedHashMap<>();
		for (final Layer layer : new Layer[] { new ReLU(), new LeakyReLU(0.2f), new Sigmoid(), new Softmax(), new Dropout(0), new BatchNorm(), new MaxPool2D(2),
			new MaxPool2D(3), new Upsample2D(2), new Upsample2D(3) }) all.put(layer.toString(), chain(channels, new Conv2D(3, 3), layer, new Conv2D(outputs, 3)));
		for (final Layer layer : new Layer[] { new ReLU(), new BatchNorm(), new MaxPool2D(2), new Upsample2D(2) }) all.put("first " + layer, chain(channels, layer,
			new Conv2D(outputs, 3)));
		for (final Layer layer : new Layer[] { new ReLU(), new LeakyReLU(0.2f), new BatchNorm(), new MaxPool2D(2), new Upsample2D(2) }) all.put("last " + layer, chain(
			channels, new Conv2D(outputs, 3), layer));
		all.put("convolution alone", chain(channels, new Conv2D(outputs, 3)));
		all.put("pointwise alone", chain(channels, new Conv2D(outputs, 1)));
		all.put("no bias", chain(channels, new Conv2D(4, 3, 1, Padding.SAME, false), new ReLU(), new Conv2D(outputs, 1, 1, Padding.SAME, false)));
		all.put("norm, relu, pool", chain(channels, new Conv2D(4, 3, 1, Padding.SAME, false), new BatchNorm(), new ReLU(), new MaxPool2D(2), new Conv2D(outputs,
			3)));
		all.put("relu, pool", chain(channels, new Conv2D(4, 3), new ReLU(), new MaxPool2D(2), new Conv2D(5, 3), new ReLU(), new MaxPool2D(3), new Conv2D(outputs,
			1)));
		all.put("up, relu, pool", chain(channels, new Conv2D(4, 3), new MaxPool2D(2), new Upsample2D(2), new Conv2D(4, 3), new ReLU(), new MaxPool2D(2),
			new Conv2D(outputs, 3)));
		all.put("norm, norm", chain(channels, new Conv2D(4, 3), new BatchNorm(), new LeakyReLU(0.1f), new BatchNorm(), new Conv2D(outputs, 1)));
		all.put("relu, relu", chain(channels, new Conv2D(4, 3), new ReLU(), new ReLU(), new Conv2D(outputs, 1)));
		all.put("pool, up, pool", chain(channels, new Conv2D(4, 3), new MaxPool2D(2), new Upsample2D(2), new MaxPool2D(3), new Conv2D(outputs, 1)));
		branches(all, channels, outputs);
		return all;
	}

	private static void branches(final Map<String, Graph> all, final int channels, final int outputs) {
		Builder b = Graph.of(channels);
		final int conv = b.add("a", new Conv2D(3, 3), 0);
		final int relu = b.add("relu", new ReLU(), conv);
		b.add("both", new Concat(), conv, relu);
		b.add("out", new Conv2D(outputs, 3));
		all.put("a convolution read before and after its ReLU", b.build());

		b = Graph.of(channels);
		final int trunk = b.add("a", new Conv2D(3, 3), 0);
		final int up = b.add("up", new Upsample2D(2), b.add("pool", new MaxPool2D(2), trunk));
		final int side = b.add("side", new Conv2D(2, 3), trunk);
		b.add("three", new Concat(), up, trunk, side);
		b.add("norm", new BatchNorm());
		b.add("relu", new ReLU());
		b.add("out", new Conv2D(outputs, 1));
		all.put("one node read by three", b.build());

		b = Graph.of(channels);
		b.add("a", new Conv2D(2, 3));
		b.add("twice", new Concat(), 1, 1);
		b.add("relu", new ReLU());
		b.add("out", new Conv2D(outputs, 3));
		all.put("concatenated with itself", b.build());

		b = Graph.of(channels);
		final int first = b.add("a", new Conv2D(2, 3), 0);
		final int inner = b.add("inner", new Concat(), first, 0);
		final int second = b.add("b", new Conv2D(3, 3), inner);
		b.add("outer", new Concat(), second, inner, first);
		b.add("pool", new MaxPool2D(2));
		b.add("up", new Upsample2D(2));
		b.add("out", new Conv2D(outputs, 1));
		all.put("concatenation in a concatenation, with the input", b.build());

		b = Graph.of(channels);
		final int left = b.add("a", new Conv2D(1, 3), 0);
		if (outputs > 1) {
			final int right = b.add("b", new Conv2D(outputs - 1, 1), 0);
			b.add("out", new Concat(), left, right);
			all.put("a concatenation at the end", b.build());
		}

		if (outputs > 1) {
			b = Graph.of(channels);
			final int kept = b.add("a", new Conv2D(1, 3), 0);
			final int more = b.add("b", new Conv2D(outputs - 1, 3), kept);
			b.add("out", new Concat(), kept, more);
			all.put("a concatenation at the end, of a node that is read before", b.build());
		}

		b = Graph.of(channels);
		final int one = b.add("a", new Conv2D(2, 3), 0), other = b.add("b", new Conv2D(2, 3), one);
		b.add("both", new Concat(), one, other);
		b.add("dropout", new Dropout(0));
		b.add("c", new Conv2D(4, 1));
		b.add("out", new Conv2D(outputs, 3));
		all.put("dropout of a concatenation", b.build());

		b = Graph.of(channels);
		final int shared = b.add("a", new Conv2D(2, 3), 0);
		final int c1 = b.add("c1", new Concat(), shared, 0), c2 = b.add("c2", new Concat(), shared, c1);
		final int late = b.add("late", new Conv2D(2, 1), c2);
		b.add("three", new Concat(), late, c1, shared);
		b.add("out", new Conv2D(outputs, 3));
		all.put("two concatenations of one node, read crosswise", b.build());

		b = Graph.of(channels);
		final int used = b.add("a", new Conv2D(2, 3), 0);
		b.add("unused", new Conv2D(3, 3), used);
		b.add("unused relu", new ReLU());
		b.add("out", new Conv2D(outputs, 3), used);
		all.put("a branch that ends nowhere", b.build());

		b = Graph.of(channels);
		final int whole = b.add("a", new Conv2D(5, 3), 0), small = b.add("pool", new MaxPool2D(2), whole);
		final int large = b.add("up", new Upsample2D(2), small), read = b.add("b", new Conv2D(4, 3), large);
		b.add("both", new Concat(), read, large, whole);
		b.add("c", new Conv2D(4, 3));
		b.add("relu", new ReLU());
		b.add("out", new Conv2D(outputs, 3));
		all.put("up-sampling that is read by a convolution and a concatenation", b.build());

		b = Graph.of(channels);
		final int in = b.add("a", new Conv2D(5, 3), 0);
		b.add("b", new Conv2D(5, 3, 1, Padding.SAME, false), b.add("relu1", new ReLU(), in));
		final int sum = b.add("sum", new Add(), b.add("norm", new BatchNorm()), in);
		final int rectified = b.add("relu2", new ReLU(), sum);
		b.add("again", new Add(), b.add("c", new Conv2D(5, 1), rectified), rectified, in, rectified);
		b.add("pool", new MaxPool2D(2));
		b.add("out", new Conv2D(outputs, 3));
		all.put("residual blocks", b.build());

		b = Graph.of(channels);
		b.add("sum", new Add(), 0, b.add("a", new Conv2D(channels, 3)));
		b.add("leaky", new LeakyReLU(0.2f));
		b.add("out", new Conv2D(outputs, 1));
		all.put("a sum with the input", b.build());

		all.put("U-Net", new UNet(channels, outputs, 3, 2, 1, false, 0).graph());
		all.put("U-Net with batch norm", new UNet(channels, outputs, 3, 2, 2, true, 0).graph());
	}

	/** The layers one after another, named n1, n2, ... */
	public static Graph chain(final int channels, final Layer... layers) {
		final Builder b = Graph.of(channels);
		for (int i = 0; i < layers.length; i++) b.add("n" + (i + 1), layers[i]);
		return b.build();
	}
}
