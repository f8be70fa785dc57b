package sc.fiji.glia.model;

import java.util.List;

import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;

/**
 * A trained segmentation network with what is needed to apply it, to judge it and to repeat its training. {@link ModelFile} stores it.
 *
 * @param graph the network
 * @param weights its arrays
 * @param preprocessing what happens to an image before it enters
 * @param classes names of the classes, the background first
 * @param training how it came to be
 */
public record Model(Graph graph, Weights weights, Preprocessing preprocessing, List<String> classes, Training training) {

	/** @throws IllegalArgumentException if channels, classes or weights do not belong to the network */
	public Model {
		classes = List.copyOf(classes);
		final int in = graph.inputChannels(), out = graph.outputChannels(), named = out == 1 ? 2 : out;
		if (in != preprocessing.channelCount()) throw new IllegalArgumentException("Model: the network takes " + in +
			" channels, but the preprocessing gives " + preprocessing.channelCount());
		if (classes.size() != named) throw new IllegalArgumentException("Model: expected " + named + " class names with the background for " + out +
			" outputs of the network, got " + classes);
		if (!weights.arrays().keySet().equals(graph.weights().keySet())) throw new IllegalArgumentException(
			"Model: the weights belong to another network");
	}
}
