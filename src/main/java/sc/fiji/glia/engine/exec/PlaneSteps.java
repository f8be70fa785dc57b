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
import java.util.List;
import java.util.function.LongSupplier;

import sc.fiji.glia.engine.exec.Steps.Ports;
import sc.fiji.glia.engine.graph.Add;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Layer;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Upsample2D;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Resolution;
import sc.fiji.glia.engine.kernel.plain.PlaneConvolution;

/** Makes the steps of a network whose feature maps lie in planes, each an array of its own: the layout of the plain kernels. */
final class PlaneSteps {

	private static final float[][][] NONE = {};

	private final Placement placement;
	private final Weights weights;
	private final int slots, lanes;
	private final LongSupplier seed;
	private final RowSteps rows;
	/** By number of the block and slot. */
	private final float[][][] blocks;

	private PlaneSteps(final Placement placement, final Weights weights, final int slots, final int lanes, final LongSupplier seed, final RowSteps rows) {
		this.placement = placement;
		this.weights = weights;
		this.slots = slots;
		this.lanes = lanes;
		this.seed = seed;
		this.rows = rows;
		blocks = placement.blocks().stream().map(b -> b.isVector() ? new float[0][] : new float[slots][b.shape().plane()]).toArray(float[][][]::new);
	}

	/**
	 * The steps of a network.
	 *
	 * @param slots number of images whose feature maps are kept at a time
	 * @param lanes number of lanes of the images; 0 without training
	 * @param seed for dropout, another number in each step of training
	 * @param rows makes the steps on vectors
	 */
	static Steps of(final Placement placement, final Weights weights, final int slots, final int lanes, final LongSupplier seed, final RowSteps rows,
		final Ports ports)
	{
		return new PlaneSteps(placement, weights, slots, lanes, seed, rows).steps(ports);
	}

	private float[][][] planes(final int[] ids) {
		if (ids.length == 0) return NONE;
		final float[][][] planes = new float[slots][ids.length][];
		for (int i = 0; i < slots; i++) for (int c = 0; c < ids.length; c++) planes[i][c] = blocks[ids[c]][i];
		return planes;
	}

	private Steps steps(final Ports ports) {
		final List<Step> forward = new ArrayList<>(), backward = new ArrayList<>();
		if (!placement.isInputInRows()) {
			final Step input = new PlanePorts.Input(planes(placement.value(0)), planes(placement.gradient(0)), ports);
			forward.add(input);
			if (placement.gradient(0).length > 0) backward.add(input);
		}
		final Layer end = placement.node(placement.count() - 1).layer();
		// probabilities are computed on the planes that leave
		final boolean probable = (end instanceof Sigmoid || end instanceof Softmax) && !placement.isVector(placement.count() - 1);
		final int last = placement.count() - (probable ? 2 : 1);
		for (int i = 1; i <= last; i++) {
			if (placement.isVector(i)) {
				rows.add(i, maps(), forward, backward);
				continue;
			}
			final Step step = step(i);
			forward.add(step);
			if (placement.gradient(i).length > 0) backward.add(step);
		}
		if (placement.isVector(last)) {
			Collections.reverse(backward);
			return new Steps(forward, backward, rows.value(last), rows.gradient(last));
		}
		final Step output = new PlanePorts.Output(planes(placement.value(last)), planes(placement.gradient(last)), ports, end);
		forward.add(output);
		if (lanes > 0) backward.add(output);
		Collections.reverse(backward);
		return new Steps(forward, backward);
	}

	private RowSteps.Maps maps() {
		return new RowSteps.Maps() {

			@Override
			public MapRows value(final int node) {
				return new PlaneRows(planes(placement.value(node)));
			}

			@Override
			public MapRows gradient(final int node) {
				return new PlaneRows(planes(placement.gradient(node)));
			}
		};
	}

	/**
	 * If a convolution's output only goes through a ReLU to a pooling, the next two nodes, so that at inference it may write the maxima, the number of the pooling;
	 * otherwise 0. NB: their blocks must not be those that the convolution still reads.
	 */
	private int pooledBy(final int i) {
		if (lanes > 0 || !(placement.node(i).layer() instanceof final Conv2D c) || placement.activation(i) != i + 1 || placement.pooledBy(i + 1) != i + 2) return 0;
		final boolean apart = Arrays.stream(placement.value(i + 2)).noneMatch(b -> Arrays.stream(placement.value(placement.input(i))).anyMatch(x -> x == b));
		final boolean fits = ((MaxPool2D) placement.node(i + 2).layer()).size() == 2 && PlaneConvolution.pools(c, placement.shape(placement.input(i)));
		return apart && fits ? i + 2 : 0;
	}

	/** For each plane of a feature map, whether it is given in half the size. */
	private boolean[] halves(final int node) {
		final Resolution[] r = placement.resolution(node);
		final boolean[] halves = new boolean[r.length];
		for (int c = 0; c < r.length; c++) halves[c] = r[c] == Resolution.HALF;
		return halves;
	}

	private Step step(final int i) {
		final int in = placement.input(i), pooledBy = pooledBy(i);
		final PlaneStep.Planes planes = new PlaneStep.Planes(planes(placement.value(in)), planes(placement.value(Math.max(i, pooledBy))), //
			planes(placement.gradient(in)), planes(placement.gradient(i)), placement.adds(i));
		final Shape shape = placement.shape(in);
		final String name = placement.node(i).name();
		final Layer layer = placement.node(i).layer();
		final boolean training = lanes > 0;
		if (layer instanceof final Conv2D c) return new ConvolutionStep(name, c, new PlaneConvolution(c, shape, halves(in)), weights, planes, placement
			.hasLearning(i) ? lanes : 0, placement.node(placement.activation(i)).layer() instanceof ReLU, pooledBy > 0);
		if (layer instanceof final BatchNorm b) return new BatchNormStep(name, b, weights, planes, training);
		if (layer instanceof ReLU && placement.isDoneBefore(i) && placement.node(in).layer() instanceof Conv2D) return new ConcatStep(planes, List.of());
		if (layer instanceof ReLU) return new PointwiseStep(PointwiseStep.Function.RELU, 0, planes);
		if (layer instanceof final LeakyReLU r) return new PointwiseStep(PointwiseStep.Function.RELU, r.slope(), planes);
		if (layer instanceof Sigmoid) return new PointwiseStep(PointwiseStep.Function.SIGMOID, 0, planes);
		if (layer instanceof Softmax) return new SoftmaxStep(planes);
		if (layer instanceof final Dropout d) return training ? new DropoutStep(i, d, seed, planes) : new ConcatStep(planes, List.of());
		if (layer instanceof MaxPool2D && i > 2 && pooledBy(i - 2) == i) return new ConcatStep(planes, List.of());
		if (layer instanceof final MaxPool2D p) return new MaxPoolStep(p, shape, planes);
		if (layer instanceof Upsample2D && placement.isReadInHalf(i)) return new ConcatStep(planes, List.of());
		if (layer instanceof final Upsample2D u) return new UpsampleStep(u, shape, planes);
		final List<ConcatStep.Part> parts = placement.parts(i).stream().map(p -> new ConcatStep.Part(p.first(), planes(placement.gradient(p.node())), p.add()))
			.toList();
		if (layer instanceof Concat) return new ConcatStep(planes, parts);
		if (layer instanceof Add) return new AddStep(planes, placement.node(i).inputs().stream().map(n -> planes(placement.value(n))).toList(), parts);
		throw new IllegalStateException("no step for " + layer);
	}
}
