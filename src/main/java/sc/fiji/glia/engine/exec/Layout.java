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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Layer;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Upsample2D;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Convolution;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * Decides, once for a graph and an input shape, where every feature map and every gradient lives, and makes the steps.
 * <p>
 * Activations work in place on a convolution's or batch norm's output that nobody else reads. A concatenation is the list of its inputs'
 * planes, so nothing is copied; the same holds for its gradient. Gradients (and, at inference, feature maps) share planes with others that
 * are not needed at the same time.
 */
final class Layout {

	private final List<Node> nodes;
	private final List<Shape> shapes;
	private final boolean training;
	private final int lanes;
	private final List<Set<Integer>> readers = new ArrayList<>();
	private final FeatureMaps maps, gradientMaps;
	/** Feature map and gradient of each node. */
	private final float[][][][] value, gradient;
	/** Gradients that have been given a value so far, and whether a node's step adds to the gradient of its (first) input. */
	private final boolean[] written, adds;
	/** The node on whose planes the node works in place, or itself. */
	private final int[] home;
	/** Gradients whose planes belong to the node. */
	private final boolean[] owner;
	/** For a concatenation: inputs whose gradient has planes of its own. */
	private final List<List<ConcatStep.Part>> parts = new ArrayList<>();
	private final Step[] steps;

	/**
	 * @param graph the network; for training, without a final sigmoid or softmax
	 * @param images images in a batch
	 * @param seed for dropout, another number in each step
	 */
	Layout(final Graph graph, final Shape input, final Weights weights, final Kernels kernels, final int images, final int lanes, final boolean training,
		final LongSupplier seed)
	{
		this(graph, input, images, lanes, training, false);
		for (int i = 1; i < steps.length; i++) steps[i] = step(i, weights, kernels, seed);
	}

	/** A layout that only counts its memory. */
	static Layout dry(final Graph graph, final Shape input, final int images, final boolean training) {
		return new Layout(graph, input, images, 1, training, true);
	}

	private Layout(final Graph graph, final Shape input, final int images, final int lanes, final boolean training, final boolean dry) {
		nodes = graph.nodes();
		shapes = graph.shapes(input);
		this.training = training;
		this.lanes = lanes;
		maps = new FeatureMaps(images, dry);
		gradientMaps = new FeatureMaps(images, dry);
		final int n = nodes.size();
		value = new float[n][][][];
		gradient = new float[n][][][];
		written = new boolean[n];
		adds = new boolean[n];
		home = new int[n];
		owner = new boolean[n];
		steps = new Step[n];
		for (int i = 0; i < n; i++) {
			readers.add(new HashSet<>());
			parts.add(new ArrayList<>());
			for (final int in : nodes.get(i).inputs()) readers.get(in).add(i);
		}
		placeValues();
		Arrays.fill(gradient, FeatureMaps.NONE);
		if (training) placeGradients();
	}

	// -- feature maps --

	private void placeValues() {
		final int n = nodes.size();
		final List<Set<Integer>> homes = new ArrayList<>();
		for (int i = 0; i < n; i++) {
			home[i] = worksInPlace(i) ? home[nodes.get(i).inputs().get(0)] : i;
			final Set<Integer> h = new HashSet<>();
			if (nodes.get(i).layer() instanceof Concat || home[i] < i) for (final int in : nodes.get(i).inputs()) h.addAll(homes.get(in));
			else h.add(i);
			homes.add(h);
		}
		final int[] lastUse = new int[n];
		for (int i = 0; i < n; i++) for (final int in : nodes.get(i).inputs()) for (final int h : homes.get(in)) lastUse[h] = i;
		for (final int h : homes.get(n - 1)) lastUse[h] = n;
		for (int i = 0; i < n; i++) {
			if (nodes.get(i).layer() instanceof Concat) value[i] = join(nodes.get(i).inputs(), value);
			else value[i] = home[i] < i ? value[home[i]] : maps.take(shapes.get(i));
			if (training) continue;
			for (int h = 1; h <= i; h++) if (home[h] == h && lastUse[h] == i && !(nodes.get(h).layer() instanceof Concat)) maps.release(value[h], shapes
				.get(h));
		}
	}

	/** True if the node may overwrite its input: nobody else reads it, and the step that made it does not need it any more. */
	private boolean worksInPlace(final int i) {
		if (i == 0) return false;
		final Layer layer = nodes.get(i).layer();
		final int in = nodes.get(i).inputs().get(0);
		if (layer instanceof Dropout && !training) return true;
		final Layer before = nodes.get(in).layer();
		if (readers.get(in).size() > 1 || !(before instanceof Conv2D || before instanceof BatchNorm)) return false;
		return layer instanceof ReLU || layer instanceof LeakyReLU || layer instanceof Sigmoid || !training && (layer instanceof Softmax ||
			layer instanceof BatchNorm);
	}

	private static float[][][] join(final List<Integer> inputs, final float[][][][] of) {
		final float[][][] all = new float[of[inputs.get(0)].length][][];
		for (int image = 0; image < all.length; image++) {
			final List<float[]> planes = new ArrayList<>();
			for (final int in : inputs) planes.addAll(Arrays.asList(of[in][image]));
			all[image] = planes.toArray(float[][]::new);
		}
		return all;
	}

	// -- gradients --

	private void placeGradients() {
		final int n = nodes.size();
		take(n - 1);
		write(n - 1);
		for (int i = n - 1; i > 0; i--) {
			if (gradient[i].length == 0) continue; // does not reach the output
			final Node node = nodes.get(i);
			if (node.layer() instanceof Concat) passOn(i);
			else {
				final int in = node.inputs().get(0);
				if (in > 0 && home[i] < i) { // in place: nobody else reads the input
					gradient[in] = gradient[i];
					owner[in] = owner[i];
					owner[i] = false;
					written[in] = true;
				}
				else if (in > 0) {
					if (gradient[in].length == 0) take(in);
					adds[i] = written[in];
					write(in);
				}
			}
			if (owner[i]) gradientMaps.release(gradient[i], shapes.get(i));
		}
	}

	/** Gives a node's gradient planes; a concatenation's are those of its inputs where these have none yet. */
	private void take(final int i) {
		if (!(nodes.get(i).layer() instanceof Concat)) {
			gradient[i] = gradientMaps.take(shapes.get(i));
			owner[i] = true;
			return;
		}
		final List<Integer> inputs = nodes.get(i).inputs();
		final float[][][][] of = new float[nodes.size()][][][];
		final float[][][] all = new float[value[i].length][shapes.get(i).channels()][];
		int first = 0;
		for (final int in : inputs) {
			final boolean shares = in > 0 && gradient[in].length == 0 && noReaderAfter(in, i) && !(nodes.get(in).layer() instanceof Concat);
			if (shares) take(in);
			of[in] = shares ? gradient[in] : gradientMaps.take(shapes.get(in)); // NB: planes that are not shared are never given back
			for (int image = 0; image < all.length; image++) System.arraycopy(of[in][image], 0, all[image], first, of[in][image].length);
			if (!shares && in > 0) parts.get(i).add(new ConcatStep.Part(first, FeatureMaps.NONE, false));
			first += shapes.get(in).channels();
		}
		gradient[i] = all;
	}

	/** True if no reader of {@code in} but {@code concat} works on its gradient before the concatenation's gradient is complete. */
	private boolean noReaderAfter(final int in, final int concat) {
		for (final int r : readers.get(in)) if (r > concat) return false;
		return true;
	}

	/** Marks a gradient as written, with those that share its planes. */
	private void write(final int i) {
		written[i] = true;
		if (nodes.get(i).layer() instanceof Concat) for (final int in : nodes.get(i).inputs()) if (in > 0 && sharesWith(in, i)) written[in] = true;
	}

	private boolean sharesWith(final int in, final int concat) {
		if (gradient[in].length == 0) return false;
		final Object plane = gradient[in][0][0];
		for (final float[] p : gradient[concat][0]) if (p == plane) return true;
		return false;
	}

	/** A concatenation's gradient goes to the inputs that do not share its planes. */
	private void passOn(final int i) {
		final List<ConcatStep.Part> open = parts.get(i);
		final List<ConcatStep.Part> done = new ArrayList<>();
		int first = 0;
		for (final int in : nodes.get(i).inputs()) {
			final int channel = first;
			if (open.stream().anyMatch(p -> p.firstChannel() == channel)) {
				if (gradient[in].length == 0) take(in);
				done.add(new ConcatStep.Part(first, gradient[in], written[in]));
				write(in);
			}
			first += shapes.get(in).channels();
		}
		open.clear();
		open.addAll(done);
	}

	// -- steps --

	private Step step(final int i, final Weights weights, final Kernels kernels, final LongSupplier seed) {
		final Node node = nodes.get(i);
		final int in = node.inputs().get(0);
		final Step.Planes planes = new Step.Planes(value[in], value[i], in == 0 ? FeatureMaps.NONE : gradient[in], gradient[i], adds[i]);
		final Shape shape = shapes.get(in);
		final Layer layer = node.layer();
		if (layer instanceof Conv2D c) return new ConvolutionStep(node.name(), c, new Convolution(kernels, c, shape), weights, planes, training ? lanes : 0);
		if (layer instanceof BatchNorm b) return new BatchNormStep(node.name(), b, weights, planes, training);
		if (layer instanceof ReLU) return new PointwiseStep(PointwiseStep.Function.RELU, 0, planes);
		if (layer instanceof LeakyReLU r) return new PointwiseStep(PointwiseStep.Function.RELU, r.slope(), planes);
		if (layer instanceof Sigmoid) return new PointwiseStep(PointwiseStep.Function.SIGMOID, 0, planes);
		if (layer instanceof Softmax) return new SoftmaxStep(planes);
		if (layer instanceof Dropout d) return training ? new DropoutStep(i, d, seed, planes) : new ConcatStep(planes, List.of());
		if (layer instanceof MaxPool2D p) return new MaxPoolStep(p, shape, planes);
		if (layer instanceof Upsample2D u) return new UpsampleStep(u, shape, planes);
		if (layer instanceof Concat) return new ConcatStep(planes, parts.get(i));
		throw new IllegalStateException("no step for " + layer);
	}

	/** The nodes' steps in forward order; nothing for the input. */
	List<Step> steps() {
		return List.of(Arrays.copyOfRange(steps, 1, steps.length));
	}

	/** True if step {@code i} changes the output; only then it has a gradient. */
	boolean reachesOutput(final int i) {
		return gradient[i + 1].length > 0;
	}

	/** Planes of the input, {@code [image][channel][y * width + x]}. */
	float[][][] input() {
		return value[0];
	}

	/** Planes of the output. */
	float[][][] output() {
		return value[value.length - 1];
	}

	/** Gradient of the output. */
	float[][][] outputGradient() {
		return gradient[gradient.length - 1];
	}

	/** Bytes of all feature maps and gradients. */
	long bytes() {
		return maps.bytes() + gradientMaps.bytes();
	}
}
