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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network: nodes in an order in which each reads only earlier ones. The first node is the only {@link Input}, the last one is the
 * output. Immutable, without weights and without image size.
 *
 * @param nodes the nodes
 */
public record Graph(List<Node> nodes) {

	/** @throws IllegalArgumentException if the nodes are not in order, names repeat, or there is not exactly one input at the start */
	public Graph {
		nodes = List.copyOf(nodes);
		if (nodes.size() < 2) throw new IllegalArgumentException("Graph: expected an input and at least one layer, got " + nodes.size() + " nodes");
		final Set<String> names = new HashSet<>();
		for (int i = 0; i < nodes.size(); i++) {
			final Node n = nodes.get(i);
			if (!names.add(n.name())) throw new IllegalArgumentException("Graph: the name '" + n.name() + "' is used twice");
			if (n.layer() instanceof Input != (i == 0)) throw new IllegalArgumentException("Graph: expected exactly one Input, the first node; found node " +
				i + " '" + n.name() + "'");
			if (i > 0 && n.inputs().isEmpty()) throw new IllegalArgumentException("Graph: node '" + n.name() + "' reads no other node");
			for (final int in : n.inputs()) if (in < 0 || in >= i) throw new IllegalArgumentException("Graph: node '" + n.name() +
				"' reads node " + in + ", which is not before it");
		}
	}

	/** Channels of the image that enters. */
	public int inputChannels() {
		return ((Input) nodes.get(0).layer()).channels();
	}

	/** Channels of the output. */
	public int outputChannels() {
		final int[] c = channels();
		return c[c.length - 1];
	}

	/** Channels of every node's output. */
	public int[] channels() {
		final int[] c = new int[nodes.size()];
		for (int i = 0; i < c.length; i++) c[i] = nodes.get(i).layer().channels(nodes.get(i).inputs().stream().map(k -> c[k]).toList());
		return c;
	}

	/**
	 * The output shape of every node for an input of {@code height x width}.
	 *
	 * @throws IllegalArgumentException naming the node whose layer cannot take its input
	 */
	public List<Shape> shapes(final int height, final int width) {
		return shapes(new Shape(inputChannels(), height, width));
	}

	/** As {@link #shapes(int, int)}, for an image whose channels are checked too. */
	public List<Shape> shapes(final Shape input) {
		final List<Shape> shapes = new ArrayList<>();
		for (final Node n : nodes) {
			try {
				shapes.add(n.layer().output(shapes.isEmpty() ? List.of(input) : n.inputs().stream().map(shapes::get).toList()));
			}
			catch (final IllegalArgumentException e) {
				throw new IllegalArgumentException(n.layer().getClass().getSimpleName() + " '" + n.name() + "': " + e.getMessage(), e);
			}
		}
		return shapes;
	}

	/** True if the output says something of the image as a whole, having one pixel only; such a network cannot work tile by tile. */
	public boolean readsWholeImage() {
		final boolean[] whole = whole();
		return whole[whole.length - 1];
	}

	/** For every node, whether it or one of the nodes it depends on reads the whole image. */
	boolean[] whole() {
		final boolean[] whole = new boolean[nodes.size()];
		for (int i = 1; i < whole.length; i++) whole[i] = nodes.get(i).layer().readsWholeImage() || nodes.get(i).inputs().stream().anyMatch(k -> whole[k]);
		return whole;
	}

	/**
	 * The image that a network with a {@link Flatten} expects, as {@code channels x height x width}; nothing if it takes images of several
	 * sizes. Where strided convolutions round sizes, the largest that fits.
	 *
	 * @throws IllegalArgumentException naming a node, if no image fits
	 */
	public Optional<Shape> imageSize() {
		final boolean[] whole = whole();
		for (int i = 1; i < whole.length; i++) {
			final Layer layer = nodes.get(i).layer();
			final int input = nodes.get(i).inputs().get(0);
			if (whole[input] || !(layer instanceof Flatten || layer instanceof Dense)) continue;
			int height = layer instanceof final Flatten f ? f.height() : 1, width = layer instanceof final Flatten f ? f.width() : 1;
			for (int k = input; k > 0; k = nodes.get(k).inputs().get(0)) {
				height = nodes.get(k).layer().inputSize(height);
				width = nodes.get(k).layer().inputSize(width);
			}
			final Shape image = new Shape(inputChannels(), height, width);
			shapes(image);
			return Optional.of(image);
		}
		return Optional.empty();
	}

	/** All weight arrays by full name, in the order of the nodes. */
	public Map<String, WeightSpec> weights() {
		final int[] c = channels();
		final Map<String, WeightSpec> all = new LinkedHashMap<>();
		for (final Node n : nodes) {
			if (n.inputs().isEmpty()) continue;
			for (final WeightSpec w : n.layer().weights(c[n.inputs().get(0)])) all.put(n.name() + "." + w.name(), w);
		}
		return all;
	}

	/** True if the last layer turns logits into probabilities. */
	public boolean endsInProbabilities() {
		final Layer last = nodes.get(nodes.size() - 1).layer();
		return last instanceof Sigmoid || last instanceof Softmax;
	}

	/** The same network without a final {@link Sigmoid} or {@link Softmax}: what losses work on. */
	public Graph logits() {
		return endsInProbabilities() ? new Graph(nodes.subList(0, nodes.size() - 1)) : this;
	}

	/** A builder that starts with an image of {@code channels} channels. */
	public static Builder of(final int channels) {
		return new Builder(channels);
	}

	/** Adds nodes one by one; each {@code add} returns the node's index. */
	public static final class Builder {

		private final List<Node> nodes = new ArrayList<>();

		private Builder(final int channels) {
			nodes.add(new Node("input", new Input(channels), List.of()));
		}

		/** Adds a layer that reads the given nodes, or the newest node if none is given. */
		public int add(final String name, final Layer layer, final int... inputs) {
			final List<Integer> in = new ArrayList<>();
			for (final int i : inputs) in.add(i);
			if (in.isEmpty()) in.add(nodes.size() - 1);
			nodes.add(new Node(name, layer, in));
			return nodes.size() - 1;
		}

		public Graph build() {
			return new Graph(nodes);
		}
	}
}
