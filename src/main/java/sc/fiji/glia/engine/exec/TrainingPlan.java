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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.WeightSpec;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.kernel.Scratch;

/**
 * Forward and backward of a network for batches of images of one size. All memory is taken when the plan is made.
 * <p>
 * One step of training: fill {@link #input}, {@link #forward}, read {@link #logits}, fill {@link #logitGradient}, {@link #backward}, read
 * {@link #gradients}. The gradients are the same bits whatever the number of threads. Not thread-safe.
 */
public final class TrainingPlan {

	/** Images of a batch are dealt to this many lanes at the most, and at most as many threads work at a time. */
	private static final int LANES = 8;

	private final int batch;
	private final Workers workers;
	private final Scratch[] scratch;
	private final Layout layout;
	private final List<Step> steps;
	private final Stages forward, backward;
	private final Map<String, float[]> gradients = new LinkedHashMap<>();
	private long seed;

	/**
	 * @param graph the network; a final sigmoid or softmax is left out, losses work on logits
	 * @param weights read by every pass; the running statistics of batch norm are changed by {@link #forward}
	 * @param height rows of the images
	 * @param width columns of the images
	 * @param batch images in a batch, at the most
	 */
	public TrainingPlan(final Graph graph, final Weights weights, final int height, final int width, final int batch, final Kernels kernels,
		final Workers workers)
	{
		if (batch < 1) throw new IllegalArgumentException("TrainingPlan: expected a batch of at least 1 image, got " + batch);
		this.batch = batch;
		this.workers = workers;
		final int lanes = Math.min(LANES, batch);
		scratch = new Scratch[workers.count()];
		for (int i = 0; i < scratch.length; i++) scratch[i] = new Scratch();
		layout = new Layout(graph.logits(), new Shape(graph.inputChannels(), height, width), weights, kernels, batch, lanes, true, () -> seed);
		steps = layout.steps();
		forward = new Stages(lanes);
		backward = new Stages(lanes);
		for (final Step s : steps) s.forward(forward);
		for (int i = steps.size() - 1; i >= 0; i--) if (layout.reachesOutput(i)) steps.get(i).backward(backward);
		for (final Step s : steps) s.gradients(gradients);
	}

	/** Planes of image {@code i} to be filled, {@code [channel][y * width + x]}. */
	public float[][] input(final int i) {
		return layout.input()[i];
	}

	/** Planes of the last layer's output for image {@code i}, before sigmoid or softmax. */
	public float[][] logits(final int i) {
		return layout.output()[i];
	}

	/** Planes to be filled with the derivative of the loss by {@link #logits}. */
	public float[][] logitGradient(final int i) {
		return layout.outputGradient()[i];
	}

	/**
	 * Computes the logits, in training mode.
	 *
	 * @param images number of images in this batch
	 * @param seed for dropout, another one in each step
	 */
	public void forward(final int images, final long seed) {
		check(images);
		this.seed = seed;
		forward.run(images, workers, scratch);
	}

	/** Computes the gradients of all learned weights, for the batch of the last {@link #forward}. */
	public void backward(final int images) {
		check(images);
		workers.run(steps.size(), (i, worker) -> steps.get(i).beforeBackward());
		backward.run(images, workers, scratch);
		workers.run(steps.size(), (i, worker) -> steps.get(i).afterBackward());
	}

	private void check(final int images) {
		if (images < 1 || images > batch) throw new IllegalArgumentException("TrainingPlan: expected 1 to " + batch + " images, got " + images);
	}

	/** The gradient of every learned array of weights, by name; overwritten by each {@link #backward}. */
	public Map<String, float[]> gradients() {
		return Collections.unmodifiableMap(gradients);
	}

	/** Bytes that a plan with these sizes will take, without making it: feature maps, gradients and lanes. */
	public static long bytes(final Graph graph, final int height, final int width, final int batch) {
		final int lanes = Math.min(LANES, batch);
		final Layout dry = Layout.dry(graph.logits(), new Shape(graph.inputChannels(), height, width), batch, true);
		long weights = 0;
		for (final WeightSpec w : graph.weights().values()) weights += w.length();
		return dry.bytes() + 4 * weights * (lanes + 2);
	}
}
