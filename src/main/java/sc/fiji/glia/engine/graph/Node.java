package sc.fiji.glia.engine.graph;

import java.util.List;

/**
 * One layer in a graph.
 *
 * @param name unique in the graph; first part of the names of its weights, as in {@code enc1.conv1.weight}
 * @param layer what it computes
 * @param inputs indices of the nodes it reads, all smaller than its own
 */
public record Node(String name, Layer layer, List<Integer> inputs) {

	public Node {
		inputs = List.copyOf(inputs);
	}
}
