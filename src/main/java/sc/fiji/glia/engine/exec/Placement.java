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
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import sc.fiji.glia.engine.exec.BlockPool.Block;
import sc.fiji.glia.engine.graph.Add;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.GlobalAveragePool2D;
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
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.kernel.Resolution;
import sc.fiji.glia.engine.kernel.WinogradRule;
import sc.fiji.glia.engine.kernel.plain.PlaneConvolution;

/**
 * Decides, once for a graph and an input shape, which feature maps and gradients share memory. A feature map is a list of blocks of one
 * or more channels each; a block is known by its number here, and where it lies is up to the plan. A vector (what comes out of
 * {@link Flatten}, {@link GlobalAveragePool2D} and {@link Dense}) is one block with all its values.
 * <p>
 * Activations work in place on the output of a layer before them that nobody else reads. A concatenation is the list of its inputs'
 * blocks, so nothing is copied; the same holds for its gradient. Gradients, and feature maps that no backward pass reads, share blocks with
 * others that are not needed at the same time; only blocks of the same size are shared, so that borders of zeros stay.
 * <p>
 * A node has a backward pass if something learns that it depends on, its own weights or what comes before: below the lowest layer that learns,
 * there are no gradients.
 * <p>
 * One class, though long: what works in place and what learns decides on values and gradients alike.
 */
final class Placement {

	/** The blocks of nothing. */
	private static final int[] NONE = {};

	/**
	 * An input of a concatenation or a sum whose gradient is given by copying or adding.
	 *
	 * @param node the input
	 * @param first number of its first block among the node's blocks
	 * @param add whether to add to its gradient instead of overwriting it
	 */
	record Part(int node, int first, boolean add) {}

	/**
	 * The derivatives that are wanted.
	 *
	 * @param frozen full names of the learned arrays of weights whose gradients nobody needs
	 * @param input whether the gradient of the input is needed; then it always has a feature map
	 */
	record Wanted(Set<String> frozen, boolean input) {

		/** Those of all weights. */
		static final Wanted WEIGHTS = new Wanted(Set.of(), false);
	}

	private final List<Node> nodes;
	private final List<Shape> shapes;
	private final Kernels kernels;
	private final int lanes;
	private final boolean training;
	private final Wanted wanted;
	private final List<Set<Integer>> readers = new ArrayList<>();
	/** Whether the node's output is a vector; whether its gradient is needed, since it depends on weights that learn or on the input, if wanted. */
	private final boolean[] vector, learns;
	/** Whether the node is an up-sampling that those who read it do themselves. */
	private final boolean[] inHalf;
	private final int[][] channels, value, gradient;
	/** Gradients that have been given a value so far, and whether a node's step adds to the gradient of its (first) input. */
	private final boolean[] written, adds;
	/** The node on whose blocks the node works in place, or itself. */
	private final int[] home;
	/** Gradients whose blocks belong to the node. */
	private final boolean[] owner;
	private final List<List<Part>> parts = new ArrayList<>();
	/** The blocks of the forward pass, which the backward pass takes over where nobody needs them any more. */
	private final BlockPool pool = new BlockPool();

	/**
	 * @param graph the network; for training, without a final sigmoid or softmax
	 * @param kernels what the arithmetic is done with; a block has as many channels as these have lanes
	 */
	Placement(final Graph graph, final Shape input, final Kernels kernels, final boolean training) {
		this(graph, input, kernels, training, Wanted.WEIGHTS);
	}

	/** @param wanted the derivatives that training computes */
	Placement(final Graph graph, final Shape input, final Kernels kernels, final boolean training, final Wanted wanted) {
		this.wanted = wanted;
		nodes = graph.nodes();
		shapes = graph.shapes(input);
		this.kernels = kernels;
		lanes = kernels.lanes();
		this.training = training;
		final int n = nodes.size();
		vector = new boolean[n];
		learns = new boolean[n];
		inHalf = new boolean[n];
		channels = new int[n][];
		value = new int[n][];
		gradient = new int[n][];
		written = new boolean[n];
		adds = new boolean[n];
		home = new int[n];
		owner = new boolean[n];
		for (int i = 0; i < n; i++) {
			readers.add(new HashSet<>());
			parts.add(new ArrayList<>());
			for (final int in : nodes.get(i).inputs()) readers.get(in).add(i);
			final Layer layer = nodes.get(i).layer();
			learns[i] = i == 0 ? wanted.input : hasLearning(i) || nodes.get(i).inputs().stream().anyMatch(in -> learns[in]);
			vector[i] = layer instanceof Flatten || layer instanceof GlobalAveragePool2D || layer instanceof Dense || i > 0 && vector[input(i)];
			if (vector[i] && layer instanceof Concat) throw new IllegalArgumentException("Concat '" + nodes.get(i).name() +
				"': cannot join vectors; concatenate before Flatten or pooling");
			channels[i] = lanes(i);
		}
		for (int i = 1; i < n; i++) inHalf[i] = nodes.get(i).layer() instanceof final Upsample2D u && u.factor() == 2 && (training ? isReadInHalfOnce(i)
			: areReadInHalf(i));
		placeValues();
		Arrays.fill(gradient, NONE);
		if (training) placeGradients();
	}

	// -- what has been decided --

	int count() {
		return nodes.size();
	}

	Node node(final int i) {
		return nodes.get(i);
	}

	Shape shape(final int i) {
		return shapes.get(i);
	}

	/** The first input of a node. */
	int input(final int i) {
		return nodes.get(i).inputs().get(0);
	}

	/** Whether the node has weights that learn. */
	boolean hasLearning(final int i) {
		return nodes.get(i).layer().weights(shapes.get(input(i)).channels()).stream().anyMatch(w -> learns(nodes.get(i).name() + "." + w.name()) && w.learned());
	}

	/** Whether an array of weights learns, by full name. */
	boolean learns(final String weights) {
		return !wanted.frozen.contains(weights);
	}

	/** Whether no gradient of feature maps is needed, since all that learns works on vectors. */
	boolean learnsInVectorsOnly() {
		return IntStream.range(0, learns.length).noneMatch(i -> learns[i] && !vector[i]);
	}

	/** Whether the node's output is a vector. */
	boolean isVector(final int i) {
		return vector[i];
	}

	/** Whether all that read the input make vectors of all its values, so that it needs no feature map; not if its gradient is needed. */
	boolean isInputInRows() {
		return !wanted.input && readers.get(0).stream().allMatch(r -> nodes.get(r).layer() instanceof Flatten || nodes.get(r).layer() instanceof Dense);
	}

	/** Whether the output of a node is nothing but images of one channel that dense layers read: these can read the images where they are. */
	boolean isImages(final int i) {
		return i > 0 && nodes.get(i).layer() instanceof Flatten && input(i) == 0 && shapes.get(0).channels() == 1 && isInputInRows() && !readers.get(i)
			.isEmpty() && readers.get(i).stream().allMatch(r -> nodes.get(r).layer() instanceof Dense);
	}

	/** Whether the network works on vectors from the beginning to the end. */
	boolean isAllVectors() {
		return isInputInRows() && IntStream.range(1, vector.length).allMatch(i -> vector[i]);
	}

	/** Whether no node that reads feature maps comes after one that works on vectors only, so that images can be done one by one before that. */
	boolean isMapsFirst() {
		boolean rows = false;
		for (int i = 1; i < vector.length; i++) {
			final boolean readsMaps = !vector[input(i)] && !(input(i) == 0 && isInputInRows());
			if (rows && readsMaps) return false;
			rows |= !readsMaps || nodes.get(i).layer() instanceof Dense;
		}
		return true;
	}

	/** Whether the network's output is a vector. */
	boolean endsInVector() {
		return vector[vector.length - 1];
	}

	/** For each lane of a feature map's blocks the channel it holds, or -1. */
	int[] channels(final int i) {
		return channels[i];
	}

	/** How each of a node's blocks is kept: not in full, where it comes from up-sampling by an even factor with nothing between but concatenations. */
	Resolution[] resolution(final int i) {
		final Layer layer = nodes.get(i).layer();
		if (layer instanceof Concat) return nodes.get(i).inputs().stream().flatMap(in -> Arrays.stream(resolution(in))).toArray(Resolution[]::new);
		final Resolution[] all = new Resolution[channels[i].length / lanes];
		Arrays.fill(all, inHalf[i] ? Resolution.HALF : layer instanceof final Upsample2D u && u.factor() % 2 == 0 ? Resolution.DOUBLED : Resolution.FULL);
		return all;
	}

	/**
	 * The blocks of a node's output, see {@link #resolution}; none for the input if {@link #isInputInRows}, or if dense layers read the
	 * {@link #isImages}.
	 */
	int[] value(final int i) {
		return value[i];
	}

	/** Whether the node is an up-sampling whose blocks are those of its input: who reads them does it. */
	boolean isReadInHalf(final int i) {
		return inHalf[i];
	}

	/** The blocks of the gradient of a node's output; none without training, if nobody needs it, or if it does not reach the network's output. */
	int[] gradient(final int i) {
		return gradient[i];
	}

	/** Whether the node's backward adds to the gradient of its input instead of overwriting it. */
	boolean adds(final int i) {
		return adds[i];
	}

	/** Inputs of a concatenation or sum whose gradient is not that of the node itself. */
	List<Part> parts(final int i) {
		return parts.get(i);
	}

	/** The activation that works in place on the node's output and nobody else reads before it, or the node itself. */
	int activation(final int i) {
		if (readers.get(i).size() != 1) return i;
		final int next = readers.get(i).iterator().next();
		final Layer layer = nodes.get(next).layer();
		return home[next] == home[i] && (layer instanceof ReLU || layer instanceof LeakyReLU) ? next : i;
	}

	/** Whether the activation is done with the node before it, see {@link #activation}. */
	boolean isDoneBefore(final int i) {
		return i > 0 && activation(input(i)) == i;
	}

	/**
	 * If node i is a ReLU in place that only a max pooling reads, so that it may as well be done with the maxima, the number of the pooling; otherwise
	 * 0.
	 */
	int pooledBy(final int i) {
		return home[i] != i && nodes.get(i).layer() instanceof ReLU && isReadByPoolingOnly(i) ? readers.get(i).iterator().next() : 0;
	}

	private boolean isReadByPoolingOnly(final int i) {
		return readers.get(i).size() == 1 && nodes.get(readers.get(i).iterator().next()).layer() instanceof MaxPool2D;
	}

	/**
	 * The node whose backward is the last to write the gradient of an activation in place, so that it can apply the derivative of the
	 * activation at once; 0 if there is none.
	 */
	int maskedBy(final int i) {
		final Layer layer = nodes.get(i).layer();
		if (!training || vector[i] || home[i] == i || !(layer instanceof ReLU || layer instanceof LeakyReLU)) return 0;
		final int last = readers.get(i).stream().filter(r -> gradient[r].length > 0).min(Integer::compare).orElse(0);
		final Layer l = nodes.get(last).layer();
		return !vector[last] && (l instanceof Conv2D || l instanceof MaxPool2D || l instanceof Upsample2D) ? last : 0;
	}

	/** The batch norm that works in place on the node's output at inference, or the node itself. */
	int normalization(final int i) {
		if (training || readers.get(i).size() != 1) return i;
		final int next = readers.get(i).iterator().next();
		return home[next] == home[i] && nodes.get(next).layer() instanceof BatchNorm ? next : i;
	}

	/** All blocks, by number. */
	List<Block> blocks() {
		return pool.all();
	}

	// -- feature maps --

	private int[] lanes(final int i) {
		if (vector[i]) return IntStream.range(0, shapes.get(i).channels()).toArray();
		if (nodes.get(i).layer() instanceof Concat) {
			int first = 0;
			final List<Integer> all = new ArrayList<>();
			for (final int in : nodes.get(i).inputs()) {
				for (final int c : channels[in]) all.add(c < 0 ? -1 : first + c);
				first += shapes.get(in).channels();
			}
			return all.stream().mapToInt(c -> c).toArray();
		}
		final boolean same = i > 0 && shapes.get(i).channels() == shapes.get(input(i)).channels() && !(nodes.get(i).layer() instanceof Conv2D);
		if (same && !(nodes.get(i).layer() instanceof Add)) return channels[input(i)];
		final int n = shapes.get(i).channels();
		return IntStream.range(0, (n + lanes - 1) / lanes * lanes).map(c -> c < n ? c : -1).toArray();
	}

	private int[] take(final int node) {
		final Shape s = shapes.get(inHalf[node] ? input(node) : node);
		final boolean isVector = vector[node];
		return pool.take(new Block(isVector ? s : new Shape(1, s.height(), s.width()), isVector), isVector ? 1 : channels[node].length / lanes);
	}

	/** True if all that read the node are convolutions that can up-sample, or concatenations that are read so. */
	private boolean areReadInHalf(final int i) {
		final Set<Integer> by = readers.get(i);
		return !by.isEmpty() && by.stream().allMatch(r -> nodes.get(r).layer() instanceof final Conv2D c && readsHalves(c, shapes.get(i)) || nodes.get(r)
			.layer() instanceof Concat && areReadInHalf(r));
	}

	private boolean readsHalves(final Conv2D c, final Shape in) {
		if (!kernels.isVector()) return PlaneConvolution.readsHalves(c, in);
		return !kernels.isExact() && WinogradRule.suits(c.kernel(), c.stride(), c.before(), in.channels(), c.filters(), c.outputSize(in.height()), c.outputSize(
			in.width()));
	}

	/**
	 * For training: true if a convolution that can up-sample reads the node, directly or through a concatenation, and nobody else; and if nobody else
	 * reads what is up-sampled, since its gradient is the convolution's alone. NB: the kernels of planes have no such gradient.
	 */
	private boolean isReadInHalfOnce(final int i) {
		if (!kernels.isVector() || readers.get(input(i)).size() != 1 || readers.get(i).size() != 1) return false;
		int reader = readers.get(i).iterator().next();
		if (nodes.get(reader).layer() instanceof Concat) {
			if (readers.get(reader).size() != 1 || Collections.frequency(nodes.get(reader).inputs(), i) > 1) return false;
			reader = readers.get(reader).iterator().next();
		}
		return nodes.get(reader).layer() instanceof final Conv2D c && readsHalves(c, shapes.get(input(reader)));
	}

	/** True if the node's blocks are those of its inputs. */
	private boolean isView(final int i) {
		return nodes.get(i).layer() instanceof Concat || inHalf[i];
	}

	private void placeValues() {
		final int n = nodes.size();
		final List<Set<Integer>> homes = new ArrayList<>();
		for (int i = 0; i < n; i++) {
			home[i] = worksInPlace(i) ? home[input(i)] : i;
			final Set<Integer> h = new HashSet<>();
			if (isView(i) || home[i] < i) for (final int in : nodes.get(i).inputs()) h.addAll(homes.get(in));
			else h.add(i);
			homes.add(h);
		}
		final int[] lastUse = new int[n];
		for (int i = 0; i < n; i++) for (final int in : nodes.get(i).inputs()) for (final int h : homes.get(in)) lastUse[h] = i;
		for (final int h : homes.get(n - 1)) lastUse[h] = n;
		for (int i = 0; i < n; i++) if (training && isReadBackward(i)) for (final int h : homes.get(i)) lastUse[h] = n;
		for (int i = 0; i < n; i++) {
			if (isView(i)) value[i] = join(nodes.get(i).inputs(), value);
			else if (i == 0 && isInputInRows() || isImages(i)) value[i] = NONE;
			else value[i] = home[i] < i ? value[home[i]] : take(i);
			for (int h = 1; h <= i; h++) if (home[h] == h && lastUse[h] == i && !isView(h)) pool.release(value[h]);
		}
	}

	/** Whether the backward pass may read the node's output: that of a layer that has one, or what such a layer reads. */
	private boolean isReadBackward(final int i) {
		return learns[i] || readers.get(i).stream().anyMatch(r -> learns[r]);
	}

	/** True if the node may overwrite its input: nobody else reads it, and the step that made it does not need it any more. */
	private boolean worksInPlace(final int i) {
		if (i == 0) return false;
		final Layer layer = nodes.get(i).layer();
		final int in = input(i);
		if (layer instanceof Dropout && !training) return true;
		final Layer before = nodes.get(in).layer();
		if (readers.get(in).size() > 1 || !(before instanceof Conv2D || before instanceof BatchNorm || before instanceof Dense || before instanceof Add)) {
			return false;
		}
		return layer instanceof ReLU || layer instanceof LeakyReLU || layer instanceof Sigmoid || !training && (layer instanceof Softmax ||
			layer instanceof BatchNorm);
	}

	private static int[] join(final List<Integer> inputs, final int[][] of) {
		return inputs.stream().flatMapToInt(in -> Arrays.stream(of[in])).toArray();
	}

	// -- gradients --

	private void placeGradients() {
		final int n = nodes.size();
		takeGradient(n - 1);
		write(n - 1);
		for (int i = n - 1; i > 0; i--) {
			if (gradient[i].length == 0) continue; // does not reach the output
			final Layer layer = nodes.get(i).layer();
			if (layer instanceof Concat || layer instanceof Add) passOn(i);
			else {
				final int in = input(i);
				if (learns[in] && (home[i] < i || inHalf[i])) { // in place: nobody else reads the input
					gradient[in] = gradient[i];
					owner[in] = owner[i];
					owner[i] = false;
					written[in] = true;
				}
				else if (learns[in]) {
					if (isLastToRead(i)) gradient[in] = value[in];
					else if (gradient[in].length == 0) takeGradient(in);
					adds[i] = written[in];
					write(in);
				}
			}
			if (owner[i]) pool.release(gradient[i]);
		}
	}

	/**
	 * Whether node i is a pooling of an activation that nobody else reads, so that its backward may write the gradient in the place of what it
	 * has read. NB: the kernels of planes cannot.
	 */
	private boolean isLastToRead(final int i) {
		return lanes > 1 && isReadByPoolingOnly(input(i)) && maskedBy(input(i)) == i;
	}

	/** Gives a node's gradient blocks; a concatenation's are those of its inputs where these have none yet. */
	private void takeGradient(final int i) {
		if (!(nodes.get(i).layer() instanceof Concat)) {
			gradient[i] = take(i);
			owner[i] = true;
			return;
		}
		final List<Integer> inputs = nodes.get(i).inputs();
		final List<Integer> all = new ArrayList<>();
		for (final int in : inputs) {
			final boolean shares = learns[in] && gradient[in].length == 0 && noReaderAfter(in, i) && !(nodes.get(in).layer() instanceof Concat);
			if (shares) takeGradient(in);
			else if (learns[in]) parts.get(i).add(new Part(in, all.size(), false));
			// NB: blocks that are not shared are never given back
			Arrays.stream(shares ? gradient[in] : take(in)).forEach(all::add);
		}
		gradient[i] = all.stream().mapToInt(id -> id).toArray();
	}

	/** True if no reader of {@code in} but {@code concat} works on its gradient before the concatenation's gradient is complete. */
	private boolean noReaderAfter(final int in, final int concat) {
		for (final int r : readers.get(in)) if (r > concat) return false;
		return true;
	}

	/** Marks a gradient as written, with those that share its blocks. */
	private void write(final int i) {
		written[i] = true;
		if (nodes.get(i).layer() instanceof Concat) for (final int in : nodes.get(i).inputs()) if (learns[in] && sharesWith(in, i)) written[in] = true;
	}

	private boolean sharesWith(final int in, final int concat) {
		if (gradient[in].length == 0) return false;
		return Arrays.stream(gradient[concat]).anyMatch(id -> id == gradient[in][0]);
	}

	/** The gradient of a concatenation or sum goes to the inputs that do not share its blocks. */
	private void passOn(final int i) {
		final boolean sum = nodes.get(i).layer() instanceof Add;
		if (sum) for (final int in : nodes.get(i).inputs()) if (learns[in]) parts.get(i).add(new Part(in, 0, false));
		parts.get(i).replaceAll(p -> {
			if (gradient[p.node].length == 0) takeGradient(p.node);
			final Part part = new Part(p.node, p.first, written[p.node]);
			write(p.node);
			return part;
		});
	}
}
