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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A classifier that starts from a trained network: its nodes up to one of them with their weights, and a new head that gives {@code classes}
 * probabilities.
 *
 * @param graph the new network; the nodes that it keeps have their old names
 * @param weights copies of the kept weights, and first values of the head
 * @param frozen full names of the learned arrays that were kept: what to freeze if only the head shall learn
 */
public record Transfer(Graph graph, Weights weights, List<String> frozen) {

	public Transfer {
		frozen = List.copyOf(frozen);
	}

	/**
	 * Keeps the encoder: of a network that gives one vector for each image, all that comes before its last {@link Dense}; of a segmentation network,
	 * all that leads to what its first {@link Upsample2D} reads, or if it has none, to what its last {@link Conv2D} reads. A {@link Dropout} at the
	 * end of what is kept is left out.
	 *
	 * @param dropout rate of the new dropout before the last layer; 0 for none
	 * @param seed for the head's weights, He et al. 2015
	 * @throws IllegalArgumentException if there is no such layer
	 */
	public static Transfer of(final Graph old, final Weights weights, final int classes, final float dropout, final long seed) {
		final List<Node> nodes = old.nodes();
		int end = -1;
		if (old.readsWholeImage()) end = last(old, Dense.class);
		else for (int i = nodes.size() - 1; i > 0; i--) if (nodes.get(i).layer() instanceof Upsample2D) end = i;
		if (end < 0) end = last(old, old.readsWholeImage() ? GlobalAveragePool2D.class : Conv2D.class);
		if (end < 0) throw new IllegalArgumentException("Transfer: expected a network with a convolution or dense layer, found none");
		int node = nodes.get(end).inputs().get(0);
		while (nodes.get(node).layer() instanceof Dropout) node = nodes.get(node).inputs().get(0);
		return at(old, weights, nodes.get(node).name(), classes, dropout, seed);
	}

	private static int last(final Graph graph, final Class<? extends Layer> type) {
		for (int i = graph.nodes().size() - 1; i > 0; i--) if (type.isInstance(graph.nodes().get(i).layer())) return i;
		return -1;
	}

	/**
	 * Keeps a node and all that it depends on. The head is a {@link GlobalAveragePool2D}, unless the node gives a vector already, {@link Dropout},
	 * {@link Dense} and {@link Softmax}.
	 *
	 * @param last name of the last node to keep
	 * @throws IllegalArgumentException if there is no such node
	 */
	public static Transfer at(final Graph old, final Weights weights, final String last, final int classes, final float dropout, final long seed) {
		final List<Node> nodes = new ArrayList<>(kept(old, last));
		final Graph.Builder b = Graph.of(old.inputChannels());
		final List<String> names = nodes.stream().map(Node::name).toList();
		for (final Node n : nodes.subList(1, nodes.size())) b.add(n.name(), n.layer(), n.inputs().stream().mapToInt(i -> i).toArray());
		if (nodes.size() == 1 || !new Graph(nodes).readsWholeImage()) b.add(unused("average", names), new GlobalAveragePool2D());
		if (dropout > 0) b.add(unused("dropout", names), new Dropout(dropout));
		b.add(unused("out", names), new Dense(classes));
		b.add(unused("probability", names), new Softmax());
		final Graph graph = b.build();
		final Map<String, float[]> arrays = new LinkedHashMap<>(Initialization.HE.weights(graph, seed).arrays());
		final List<String> frozen = new ArrayList<>();
		if (nodes.size() > 1) new Graph(nodes).weights().forEach((name, spec) -> {
			arrays.put(name, weights.get(name).clone());
			if (spec.learned()) frozen.add(name);
		});
		return new Transfer(graph, new Weights(graph, arrays), frozen);
	}

	/** A node and all that it depends on, renumbered. */
	private static List<Node> kept(final Graph old, final String last) {
		int end = old.nodes().size() - 1;
		while (end >= 0 && !old.nodes().get(end).name().equals(last)) end--;
		if (end < 0) throw new IllegalArgumentException("Transfer: the network has no node '" + last + "'; it has " + old.nodes().stream().map(Node::name)
			.toList());
		final TreeSet<Integer> kept = new TreeSet<>(List.of(0, end));
		for (int i = end; i > 0; i--) if (kept.contains(i)) kept.addAll(old.nodes().get(i).inputs());
		final List<Integer> order = List.copyOf(kept);
		return order.stream().map(i -> new Node(old.nodes().get(i).name(), old.nodes().get(i).layer(), old.nodes().get(i).inputs().stream().map(order::indexOf)
			.toList())).toList();
	}

	private static String unused(final String name, final List<String> names) {
		String s = name;
		for (int k = 2; names.contains(s); k++) s = name + k;
		return s;
	}
}
