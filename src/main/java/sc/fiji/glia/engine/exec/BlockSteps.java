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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

import sc.fiji.glia.engine.exec.Steps.Ports;
import sc.fiji.glia.engine.graph.Add;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Layer;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Upsample2D;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Arena;
import sc.fiji.glia.engine.kernel.BlockShape;
import sc.fiji.glia.engine.kernel.Lanes;
import sc.fiji.glia.engine.kernel.vector.BlockHead;

/**
 * Makes the steps of a network whose feature maps lie in blocks of channels, all blocks of an image in one array: the layout of the vector
 * kernels.
 */
final class BlockSteps {

	private final Placement placement;
	private final Weights weights;
	private final boolean exact, training;
	private final int lanes;
	private final LongSupplier seed;
	private final RowSteps rows;
	private final Ports ports;
	private final Arena arena = new Arena();
	private final BlockMemory memory;
	private final int halo;
	private final int[] offsets;
	/** Poolings that the convolutions before them know of, by number of the node. */
	private final Map<Integer, BlockMapSteps.Pool> pools = new HashMap<>();

	private BlockSteps(final Graph graph, final Placement placement, final Weights weights, final boolean exact, final boolean training, final int slots,
		final int lanes, final LongSupplier seed, final RowSteps rows, final Ports ports)
	{
		this.placement = placement;
		this.weights = weights;
		this.exact = exact;
		this.training = training;
		this.lanes = lanes;
		this.seed = seed;
		this.rows = rows;
		this.ports = ports;
		halo = halo(graph);
		offsets = placement.blocks().stream().mapToInt(b -> b.isVector() ? 0 : arena.take(shape(b.shape()).size())).toArray();
		memory = new BlockMemory(slots);
	}

	/**
	 * The steps of a network.
	 *
	 * @param slots number of images whose feature maps are kept at a time
	 * @param lanes number of lanes of the images
	 * @param seed for dropout, another number in each step of training
	 * @param rows makes the steps on vectors
	 */
	static Steps of(final Graph graph, final Placement placement, final Weights weights, final boolean exact, final boolean training, final int slots,
		final int lanes, final LongSupplier seed, final RowSteps rows, final Ports ports)
	{
		return new BlockSteps(graph, placement, weights, exact, training, slots, lanes, seed, rows, ports).steps();
	}

	/** Floats of the feature maps of one image, without vectors. NB: told where the vector kernels cannot be loaded, too. */
	static long floats(final Graph graph, final Placement placement, final int channels) {
		final int halo = halo(graph);
		long floats = 0;
		for (final BlockPool.Block b : placement.blocks()) {
			if (!b.isVector()) floats += new BlockShape(b.shape().height(), b.shape().width(), channels, halo).size();
		}
		// gradients of strided convolutions are spread, as if the stride were 1
		for (int i = 1; i < placement.count(); i++) if (placement.node(i).layer() instanceof final Conv2D c && c.stride() > 1) {
			final Shape x = placement.shape(placement.input(i));
			floats += placement.gradient(i).length * (long) new BlockShape(x.height(), x.width(), channels, halo).size();
		}
		return floats;
	}

	/** The widest border that a convolution reads, forward or backward. */
	private static int halo(final Graph graph) {
		return graph.nodes().stream().mapToInt(n -> n.layer() instanceof final Conv2D c ? c.padding() == Padding.SAME ? c.kernel() / 2 : c.kernel() - 1 : 0)
			.max().orElse(0);
	}

	private BlockShape shape(final Shape s) {
		return new BlockShape(s.height(), s.width(), Lanes.COUNT, halo);
	}

	private BlockMap map(final int node, final int[] ids) {
		return new BlockMap(shape(placement.shape(node)), IntStream.of(ids).map(id -> offsets[id]).toArray(), placement.channels(node), placement
			.resolution(node));
	}

	private BlockMap value(final int node) {
		return map(node, placement.value(node));
	}

	private BlockMap gradient(final int node) {
		return map(node, placement.gradient(node));
	}

	private Steps steps() {
		final List<Step> forward = new ArrayList<>(), backward = new ArrayList<>();
		if (!placement.isInputInRows()) {
			final Step input = new BlockPorts.Input(memory, value(0), gradient(0), ports);
			forward.add(input);
			if (placement.gradient(0).length > 0) backward.add(input);
		}
		final Layer end = placement.node(placement.count() - 1).layer();
		// probabilities are computed on the planes that leave
		final int last = placement.count() - (!placement.endsInVector() && (end instanceof Sigmoid || end instanceof Softmax) ? 2 : 1);
		for (int i = 1; i <= last; i++) {
			if (placement.isVector(i)) {
				rows.add(i, maps(), forward, backward);
				continue;
			}
			final Step step = isHead(i, last) ? new BlockHeadStep(placement.node(i).name(), (Conv2D) placement.node(i).layer(), weights, maps(i), lanes(i), ports,
				end) : step(i, placement.node(i).layer());
			forward.add(step);
			if (placement.gradient(i).length > 0) backward.add(step);
		}
		if (placement.isVector(last)) {
			Collections.reverse(backward);
			if (!placement.isAllVectors()) memory.allocate(arena);
			return new Steps(forward, backward, rows.value(last), rows.gradient(last));
		}
		if (!isHead(last, last)) {
			final Step output = new BlockPorts.Output(memory, value(last), gradient(last), ports, end);
			forward.add(output);
			if (training) backward.add(output);
		}
		Collections.reverse(backward);
		memory.allocate(arena);
		return new Steps(forward, backward);
	}

	private RowSteps.Maps maps() {
		return new RowSteps.Maps() {

			@Override
			public MapRows value(final int node) {
				return new BlockRows(memory, BlockSteps.this.value(node));
			}

			@Override
			public MapRows gradient(final int node) {
				return new BlockRows(memory, BlockSteps.this.gradient(node));
			}
		};
	}

	private BlockStep.Maps maps(final int i) {
		final int in = placement.input(i);
		return new BlockStep.Maps(memory, value(in), value(i), gradient(in), gradient(i), placement.adds(i), placement.maskedBy(in) == i ? derivative(
			placement.node(in).layer()) : 1);
	}

	/** Lanes in which the gradients of a node's weights are summed; 0 if these do not learn. */
	private int lanes(final int i) {
		return training && placement.hasLearning(i) ? lanes : 0;
	}

	private Step step(final int i, final Layer layer) {
		final int in = placement.input(i);
		final BlockStep.Maps maps = maps(i);
		final String name = placement.node(i).name();
		if (layer instanceof final Conv2D c) {
			final int norm = placement.normalization(i);
			final Layer n = placement.node(norm).layer();
			final BlockConvolutionStep step = new BlockConvolutionStep(name, c, weights, maps, exact, slope(norm), lanes(i), arena);
			final int pool = placement.pooledBy(placement.activation(norm));
			if (pool > 0) pools.put(pool, step.with(pool(pool)));
			return n instanceof final BatchNorm b ? step.with(placement.node(norm).name(), b, weights) : step;
		}
		if (layer instanceof final BatchNorm b) {
			final boolean done = !training && placement.node(in).layer() instanceof Conv2D && placement.normalization(in) == i;
			return done ? new BlockStep.Nothing(maps) : new BlockNormStep(name, b, weights, maps, training, slope(i));
		}
		if (layer instanceof ReLU || layer instanceof LeakyReLU) {
			final Layer before = placement.node(in).layer();
			final boolean done = placement.pooledBy(i) > 0 || placement.isDoneBefore(i) && (before instanceof Conv2D || before instanceof BatchNorm);
			return new BlockMapSteps.Relu(maps, derivative(layer), done, placement.maskedBy(i) > 0);
		}
		if (layer instanceof Sigmoid) return new BlockMapSteps.Sigmoid(maps);
		if (layer instanceof Softmax) return new BlockMapSteps.Softmax(maps);
		if (layer instanceof final Dropout d) return training ? new BlockMapSteps.Drop(maps, i, d.rate(), seed) : new BlockStep.Nothing(maps);
		if (layer instanceof MaxPool2D) return pools.containsKey(i) ? pools.get(i) : pool(i);
		if (layer instanceof final Upsample2D u) return placement.isReadInHalf(i) ? new BlockMapSteps.Mask(maps) : new BlockMapSteps.Upsample(maps, u.factor());
		if (layer instanceof Concat || layer instanceof Add) {
			final List<BlockMapSteps.Share> shares = placement.parts(i).stream().map(p -> new BlockMapSteps.Share(map(p.node(), placement.gradient(p.node())), p
				.first(), p.add())).toList();
			final List<BlockMap> terms = layer instanceof Add ? placement.node(i).inputs().stream().map(this::value).toList() : List.of();
			for (final BlockMap t : terms) if (!Arrays.equals(t.channels(), placement.channels(i))) throw new IllegalArgumentException("Add '" + name +
				"': the inputs' channels lie differently in memory; make the channels of what is concatenated a multiple of " + Lanes.COUNT);
			return new BlockMapSteps.Join(maps, terms, shares);
		}
		throw new IllegalStateException("no step for " + layer);
	}

	private BlockMapSteps.Pool pool(final int i) {
		return new BlockMapSteps.Pool(maps(i), ((MaxPool2D) placement.node(i).layer()).size(), placement.pooledBy(placement.input(i)) > 0 ? 0 : 1);
	}

	/** Slope of the activation that is done with node i; 1 for none. */
	private float slope(final int i) {
		final int activation = placement.activation(i);
		final Layer a = placement.node(activation).layer();
		return (a instanceof ReLU || a instanceof LeakyReLU) && placement.pooledBy(activation) == 0 ? derivative(a) : 1;
	}

	/** The derivative of a ReLU or leaky ReLU below 0. */
	private static float derivative(final Layer activation) {
		return activation instanceof final LeakyReLU l ? l.slope() : 0;
	}

	/** Whether node i is a 1x1 convolution to a few planes that leave the network. */
	private boolean isHead(final int i, final int last) {
		return i == last && placement.node(i).layer() instanceof final Conv2D c && c.kernel() == 1 && c.stride() == 1 && c.filters() <= BlockHead.MOST;
	}
}
