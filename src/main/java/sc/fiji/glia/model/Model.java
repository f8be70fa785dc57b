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
package sc.fiji.glia.model;

import java.util.List;
import java.util.Optional;

import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;

/**
 * A trained network with what is needed to apply it, to judge it and to repeat its training. {@link ModelFile} stores it.
 *
 * @param graph the network
 * @param weights its arrays
 * @param preprocessing what happens to an image before it enters
 * @param classes names of the classes; of a segmentation, the background first
 * @param training how it came to be
 * @param classification of a network that classifies whole images, what it has besides; empty for a segmentation network
 */
public record Model(Graph graph, Weights weights, Preprocessing preprocessing, List<String> classes, Training training,
	Optional<Classification> classification)
{

	/** A segmentation network. */
	public Model(final Graph graph, final Weights weights, final Preprocessing preprocessing, final List<String> classes, final Training training) {
		this(graph, weights, preprocessing, classes, training, Optional.empty());
	}

	/** @throws IllegalArgumentException if channels, classes, kind or weights do not belong to the network */
	public Model {
		classes = List.copyOf(classes);
		final int in = graph.inputChannels(), out = graph.outputChannels(), named = out == 1 ? 2 : out;
		if (in != preprocessing.channelCount()) throw new IllegalArgumentException("Model: the network takes " + in +
			" channels, but the preprocessing gives " + preprocessing.channelCount());
		if (classes.size() != named) throw new IllegalArgumentException("Model: expected " + named + " class names with the background for " + out +
			" outputs of the network, got " + classes);
		if (classification.isPresent() != graph.readsWholeImage()) throw new IllegalArgumentException("Model: a network that gives " + (graph
			.readsWholeImage() ? "one vector for each image is" : "a vector for each pixel is not") + " one that classifies images");
		if (!weights.arrays().keySet().equals(graph.weights().keySet())) throw new IllegalArgumentException(
			"Model: the weights belong to another network");
	}
}
