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
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import sc.fiji.glia.engine.exec.Step.Turn;
import sc.fiji.glia.engine.exec.Steps.Ports;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * A network at inference. Safe for use by several threads: each call takes a set of buffers of its own, which later calls for the same
 * image size use again. An image's result does not depend on any other image.
 */
public final class Predictor {

	private static final Workers ONE = new Workers(1);

	private final Graph graph;
	private final Weights weights;
	private final Kernels kernels;
	/** Number of times that the weights have changed. */
	private final AtomicInteger version = new AtomicInteger();
	private final Map<Shape, Queue<Buffers>> spare = new ConcurrentHashMap<>();

	/** @param weights read by the first call; after they have changed call {@link #refresh} */
	public Predictor(final Graph graph, final Weights weights, final Kernels kernels) {
		this.graph = graph;
		this.weights = weights;
		this.kernels = kernels;
	}

	/** To be called when the weights have changed, before the next prediction. */
	public void refresh() {
		version.incrementAndGet();
	}

	/** The network. */
	public Graph graph() {
		return graph;
	}

	/**
	 * The network's output for one image.
	 *
	 * @param image planes {@code [channel][y * width + x]}
	 * @param height rows; must fit the network, see {@link sc.fiji.glia.engine.graph.FieldOfView}
	 * @param width columns, likewise
	 * @return new planes {@code [output channel][y * width + x]}
	 * @throws IllegalArgumentException if channels or size do not fit
	 */
	public float[][] predict(final float[][] image, final int height, final int width) {
		return predict(image, height, width, ONE);
	}

	/**
	 * As {@link #predict(float[][], int, int)}, with the same result.
	 *
	 * @param workers threads that share the work on the image; must not be busy with a task that waits for this
	 */
	public float[][] predict(final float[][] image, final int height, final int width, final Workers workers) {
		final Shape shape = new Shape(image.length, height, width);
		final Queue<Buffers> queue = spare.computeIfAbsent(shape, s -> new ConcurrentLinkedQueue<>());
		Buffers b = queue.poll();
		if (b == null) b = new Buffers(graph, shape, weights, kernels);
		final float[][] result = b.predict(image, version.get(), workers);
		queue.add(b);
		return result;
	}

	private static final class Buffers {

		private final float[][][] input, output;
		private final List<Step> steps;
		private final Stages forward = new Stages(1);
		private final List<Turn> turns = new ArrayList<>();
		/** Version of the weights that the steps have taken over. */
		private int packed = -1;

		Buffers(final Graph graph, final Shape shape, final Weights weights, final Kernels kernels) {
			final List<Shape> shapes = graph.shapes(shape);
			final Shape out = shapes.get(shapes.size() - 1);
			input = new float[1][shape.channels()][shape.plane()];
			output = new float[1][out.channels()][out.plane()];
			final Ports ports = new Ports(input, output, new float[0][][]);
			final Placement placement = new Placement(graph, shape, kernels.lanes(), false);
			steps = kernels.isVector() ? BlockSteps.of(graph, placement, weights, kernels.isExact(), false, 1, 0, () -> 0, ports).forward() : PlaneSteps.of(
				placement, weights, 1, 0, () -> 0, ports).forward();
			for (final Step s : steps) s.forward(forward);
		}

		float[][] predict(final float[][] image, final int version, final Workers workers) {
			final float[][] in = input[0], out = output[0], copy = new float[out.length][];
			for (int c = 0; c < in.length; c++) System.arraycopy(image[c], 0, in[c], 0, in[c].length);
			while (turns.size() < workers.count()) turns.add(new Turn());
			if (packed != version) workers.run(steps.size(), (i, worker) -> steps.get(i).beforeForward(turns.get(worker).scratch));
			packed = version;
			forward.run(1, workers, turns.toArray(Turn[]::new));
			for (int c = 0; c < copy.length; c++) copy[c] = out[c].clone();
			return copy;
		}
	}
}
