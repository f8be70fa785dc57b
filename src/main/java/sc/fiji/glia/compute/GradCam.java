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
package sc.fiji.glia.compute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import sc.fiji.glia.data.Resampling;
import sc.fiji.glia.engine.exec.Predictor;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.FoldedNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Input;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * Gradient-weighted class activation maps (Grad-CAM, Selvaraju et al. 2017, equations 1 and 2): where in an image a convolutional network found
 * what spoke for a class.
 * <p>
 * With the feature maps {@code A} of the last convolution and the class's output {@code y} before softmax or sigmoid, the map is
 * {@code max(0, sum over k of a[k] * A[k])}, {@code a[k]} being the mean over the pixels of {@code dy/dA[k]}. As in the paper, the feature maps
 * are those after the activation and before the last pooling: the last node with more than one pixel that everything behind depends on, and
 * that is no pooling and no batch norm. Its values are not scaled, so that maps of several images can be compared; only the size is brought
 * to that of the image, bilinearly.
 * <p>
 * Not thread-safe: keeps the memory for the newest image size.
 */
public final class GradCam {

	/**
	 * The network in two parts.
	 *
	 * @param front gives the feature maps
	 * @param maps their shape
	 * @param rest the derivative of the logits by them
	 */
	private record Cut(int height, int width, Predictor front, Shape maps, LogitGradient rest) {}

	private final Graph graph;
	private final Weights weights;
	private final Workers workers;
	private final Kernels kernels;
	/** Nodes that compute a convolution, and nodes that are what has become of a batch norm. */
	private final Set<String> convolutions, norms;
	private Cut newest;

	/**
	 * @param graph a network that classifies whole images, with convolutions
	 * @param weights read once
	 * @param workers threads to use; must not be busy with a task that waits for this
	 * @throws IllegalArgumentException if the network segments, has no convolutions, or its batch norm cannot be folded, see
	 *           {@link FoldedNetwork#of}
	 */
	public GradCam(final Graph graph, final Weights weights, final Workers workers) {
		this(graph, weights, workers, KernelProvider.best());
	}

	GradCam(final Graph graph, final Weights weights, final Workers workers, final Kernels kernels) {
		convolutions = names(LogitGradient.classifier(graph), Conv2D.class);
		norms = names(graph, BatchNorm.class);
		if (convolutions.isEmpty()) throw withoutMaps();
		final FoldedNetwork folded = FoldedNetwork.of(graph, weights);
		this.graph = folded.graph().logits();
		this.weights = folded.weights();
		this.workers = workers;
		this.kernels = kernels;
	}

	private static Set<String> names(final Graph graph, final Class<?> layer) {
		return graph.nodes().stream().filter(n -> layer.isInstance(n.layer())).map(Node::name).collect(Collectors.toSet());
	}

	private static IllegalArgumentException withoutMaps() {
		return new IllegalArgumentException("Grad-CAM: expected a network with convolutions whose feature maps have more than one pixel and are all that its " +
			"output depends on, got one without; use integrated gradients, which explain any network");
	}

	/**
	 * Explains the output for one image.
	 *
	 * @param image planes {@code [channel][y * width + x]}, normalised as the network expects
	 * @param height rows; must fit the network
	 * @param width columns, likewise
	 * @param target number of the output to be explained
	 * @return {@code [y * width + x]}: at least 0, higher where more speaks for the class; all 0 if nothing does
	 * @throws IllegalArgumentException if the size does not fit the network, there is no such output, or the convolutions' feature maps have
	 *           one pixel only
	 */
	public float[] explain(final float[][] image, final int height, final int width, final int target) {
		LogitGradient.check(graph, target);
		LogitGradient.check(graph, image, height, width);
		if (newest == null || newest.height != height || newest.width != width) newest = cut(height, width);
		final float[][] maps = newest.front.predict(image, height, width, workers), input = newest.rest.input(0);
		for (int k = 0; k < maps.length; k++) System.arraycopy(maps[k], 0, input[k], 0, maps[k].length);
		newest.rest.compute(1, target);
		final double[] sum = new double[maps[0].length];
		for (int k = 0; k < maps.length; k++) {
			double weight = 0;
			for (final float d : newest.rest.gradient(0)[k]) weight += d;
			weight /= sum.length;
			for (int i = 0; i < sum.length; i++) sum[i] += weight * maps[k][i];
		}
		final float[] map = new float[sum.length];
		for (int i = 0; i < map.length; i++) map[i] = (float) Math.max(0, sum[i]);
		return Resampling.to(newest.maps.width(), newest.maps.height(), width, height).apply(map);
	}

	/** The name of the node whose feature maps are looked at in images of this size. */
	public String layer(final int height, final int width) {
		return graph.nodes().get(last(height, width)).name();
	}

	// -- the cut --

	/** The last node with feature maps that all nodes behind it depend on, of a convolution, and no pooling. */
	private int last(final int height, final int width) {
		final List<Node> nodes = graph.nodes();
		final List<Shape> shapes = graph.shapes(height, width);
		final boolean[] convolved = new boolean[nodes.size()];
		for (int i = 1; i < convolved.length; i++) convolved[i] = convolutions.contains(nodes.get(i).name()) || nodes.get(i).inputs().stream().anyMatch(
			in -> convolved[in]);
		int earliest = nodes.size(); // that a node behind reads
		for (int k = nodes.size() - 1; k > 0; k--) {
			final Node n = nodes.get(k);
			final boolean isActivation = !(n.layer() instanceof MaxPool2D) && !norms.contains(n.name());
			if (k <= earliest && convolved[k] && shapes.get(k).plane() > 1 && isActivation) return k;
			for (final int in : n.inputs()) earliest = Math.min(earliest, in);
		}
		throw withoutMaps();
	}

	private Cut cut(final int height, final int width) {
		final int k = last(height, width);
		final List<Node> nodes = graph.nodes(), behind = new ArrayList<>();
		final Graph front = new Graph(nodes.subList(0, k + 1));
		behind.add(new Node(nodes.get(0).name(), new Input(graph.channels()[k]), List.of()));
		for (final Node n : nodes.subList(k + 1, nodes.size())) behind.add(new Node(n.name(), n.layer(), n.inputs().stream().map(in -> in - k).toList()));
		final Graph rest = new Graph(behind);
		final Shape maps = graph.shapes(height, width).get(k);
		return new Cut(height, width, new Predictor(front, part(front), kernels), maps, new LogitGradient(rest, part(rest), maps.height(), maps.width(), 1,
			kernels, workers));
	}

	private Weights part(final Graph of) {
		final Map<String, float[]> arrays = new HashMap<>();
		for (final String name : of.weights().keySet()) arrays.put(name, weights.get(name));
		return new Weights(of, arrays);
	}
}
