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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import sc.fiji.glia.engine.graph.Add;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.GlobalAveragePool2D;
import sc.fiji.glia.engine.graph.Layer;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.kernel.dense.DenseOrder;

/** Makes the steps of those layers of a network that work on vectors, whatever the layout of the feature maps. */
final class RowSteps {

	/**
	 * How vectors are worked on.
	 *
	 * @param slots arrays of rows, one for each thread; 1 for whole batches
	 * @param rows rows of an array
	 * @param lanes lanes of blocks of rows; 0 for whole batches
	 * @param training whether there is a backward pass
	 * @param seed for dropout, another number in each step of training
	 * @param version number of the weights, which are taken over when it changes
	 * @param shared dense weights by full name, shared with others
	 */
	record Way(int slots, int rows, int lanes, boolean training, LongSupplier seed, LongSupplier version, Map<String, DenseWeights> shared) {}

	/** Feature maps in the layout of the other layers. */
	interface Maps {

		MapRows value(int node);

		MapRows gradient(int node);
	}

	private final Placement placement;
	private final Weights weights;
	private final DenseKernels form;
	private final Way way;
	private final float[][][] input;
	/** By number of the block; made when first asked for. */
	private final Map<Integer, float[][][]> blocks = new HashMap<>();

	/** @param input the images that enter */
	RowSteps(final Placement placement, final Weights weights, final Kernels kernels, final Way way, final float[][][] input) {
		this.placement = placement;
		this.weights = weights;
		this.way = way;
		this.input = input;
		form = DenseKernels.of(kernels);
	}

	/** Adds the arrays of the vectors, so many of so many rows each, and of the dense weights in the order of the kernels. */
	static void add(final ArraySizes arrays, final Placement placement, final int slots, final int rows) {
		for (final BlockPool.Block b : placement.blocks()) if (b.isVector()) arrays.add(slots, (long) rows * b.shape().channels());
		for (int i = 1; i < placement.count(); i++) if (placement.node(i).layer() instanceof final Dense d) {
			final long inputs = placement.shape(placement.input(i)).channels();
			arrays.add(1, DenseOrder.FIRST + DenseOrder.padded(d.units()) * inputs);
			if (!placement.isVector(placement.input(i))) arrays.add(2L * slots, rows * inputs);
		}
	}

	/** The values of a node whose output is a vector. */
	RowMatrix value(final int node) {
		return matrix(node, placement.value(node));
	}

	/** Their gradient. */
	RowMatrix gradient(final int node) {
		return matrix(node, placement.gradient(node));
	}

	private RowMatrix matrix(final int node, final int[] ids) {
		return ids.length == 0 ? RowMatrix.NONE : new RowMatrix(blocks.computeIfAbsent(ids[0], b -> RowMatrix.of(way.slots, way.rows, placement.blocks().get(b)
			.shape().channels()).slots()), placement.shape(node).channels());
	}

	/** Adds the steps of a node whose output is a vector; those of the backward pass in the order of the forward pass. */
	void add(final int i, final Maps maps, final List<Step> forward, final List<Step> backward) {
		final List<Step> steps = steps(i, maps);
		forward.addAll(steps);
		if (placement.gradient(i).length > 0) backward.addAll(steps);
	}

	private DenseStep.Source source(final int i) {
		return placement.isImages(i) ? new RowPorts.Images(input, placement.shape(i).channels()) : value(i);
	}

	private List<Step> steps(final int i, final Maps maps) {
		if (placement.isImages(i)) return List.of();
		final int in = placement.input(i);
		final Layer layer = placement.node(i).layer();
		final boolean fromMaps = !placement.isVector(in), add = placement.adds(i);
		if (fromMaps && layer instanceof final Dense d) {
			final int width = placement.shape(in).channels();
			final boolean hasGradient = placement.gradient(in).length > 0;
			final RowMatrix x = RowMatrix.of(way.slots, way.rows, width), dx = hasGradient ? RowMatrix.of(way.slots, way.rows, width) : RowMatrix.NONE;
			return List.of(toRows(i, maps, x, dx, false), dense(i, d, new DenseStep.Matrices(x, value(i), dx, gradient(i), false)));
		}
		if (fromMaps) return List.of(toRows(i, maps, value(i), gradient(i), layer instanceof GlobalAveragePool2D));
		if (layer instanceof final Dense d) return List.of(dense(i, d, new DenseStep.Matrices(source(in), value(i), gradient(in), gradient(i), add)));
		return List.of(step(i, layer, new RowMapSteps.Maps(way.rows, value(in), value(i), gradient(in), gradient(i), add)));
	}

	private Step toRows(final int i, final Maps maps, final RowMatrix y, final RowMatrix dy, final boolean mean) {
		final int in = placement.input(i);
		if (in == 0 && placement.isInputInRows()) return new RowPorts.Input(input, y, way.rows);
		return new RowPorts.FromMaps(maps.value(in), y, placement.gradient(in).length == 0 ? MapRows.NONE : maps.gradient(in), dy, mean, placement.adds(i));
	}

	private Step dense(final int i, final Dense layer, final DenseStep.Matrices m) {
		final String name = placement.node(i).name();
		// only updates need a kernel for so many rows
		final int rows = way.training ? way.rows : 1;
		final DenseWeights packed = way.shared.computeIfAbsent(name + ".weight", n -> new DenseWeights(weights.get(n), () -> form.dense(layer.units(), m.x()
			.width(), rows)));
		return new DenseStep(name, layer, weights, packed, m, new DenseStep.Way(way.rows, way.lanes, way.training, way.training && placement
			.learns(name + ".weight"), way.version));
	}

	private Step step(final int i, final Layer layer, final RowMapSteps.Maps m) {
		if (layer instanceof final BatchNorm b) return new RowNormStep(placement.node(i).name(), b, weights, m, way.training);
		if (layer instanceof ReLU) return new RowMapSteps.Relu(m, 0);
		if (layer instanceof final LeakyReLU l) return new RowMapSteps.Relu(m, l.slope());
		if (layer instanceof Sigmoid) return new RowMapSteps.Sigmoid(m);
		if (layer instanceof Softmax) return new RowMapSteps.Softmax(m);
		if (layer instanceof final Dropout d && way.training) return new RowMapSteps.Drop(m, i, d.rate(), way.seed);
		if (layer instanceof Dropout || layer instanceof Flatten || layer instanceof GlobalAveragePool2D) return new RowMapSteps.Copy(m);
		if (layer instanceof Add) return new RowMapSteps.Sum(m, placement.node(i).inputs().stream().map(this::value).toList(), placement.parts(i).stream().map(
			p -> new RowMapSteps.Term(gradient(p.node()), p.add())).toList());
		throw new IllegalStateException("no step for " + layer + " on vectors");
	}
}
