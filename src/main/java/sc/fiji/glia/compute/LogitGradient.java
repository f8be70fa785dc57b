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

import java.util.Arrays;

import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * The derivative of a class's logit by what enters a network: fill {@link #input}, call {@link #compute}, read {@link #gradient}. For networks
 * without batch norm and dropout that give one vector for each image; what enters may also be feature maps. Not thread-safe.
 */
final class LogitGradient {

	/** Images that are worked on together at the most, and bytes beyond which fewer are. */
	private static final int MOST = 8;
	private static final long BYTES = 1L << 29;

	private final TrainingPlan plan;
	private final int batch;

	LogitGradient(final Graph graph, final Weights weights, final int height, final int width, final int batch, final Kernels kernels,
		final Workers workers)
	{
		this.batch = batch;
		plan = TrainingPlan.withInputGradient(graph, weights, height, width, batch, true, kernels, workers);
	}

	/** How many images are good to work on together; the same on every machine, so that sums over images are, too. */
	static int batch(final Graph graph, final int height, final int width) {
		int batch = MOST;
		while (batch > 1 && bytes(graph, height, width, batch, Kernels.PLAIN, batch) > BYTES) batch /= 2;
		return batch;
	}

	/** Bytes that it takes. */
	static long bytes(final Graph graph, final int height, final int width, final int batch, final Kernels kernels, final int threads) {
		return TrainingPlan.bytesWithInputGradient(graph, height, width, batch, true, kernels, threads);
	}

	/** The most images at a time. */
	int batch() {
		return batch;
	}

	/** Planes of image {@code i}, to be filled. */
	float[][] input(final int i) {
		return plan.input(i);
	}

	/** Computes the derivatives for the first {@code images} images. */
	void compute(final int images, final int target) {
		plan.step(images, 0, i -> {
			for (final float[] d : plan.logitGradient(i)) Arrays.fill(d, 0);
			plan.logitGradient(i)[target][0] = 1;
		});
	}

	/** The derivative by {@link #input}, in the same planes; overwritten by the next {@link #compute}. */
	float[][] gradient(final int i) {
		return plan.inputGradient(i);
	}

	/** The logit of image {@code i}. */
	float logit(final int i, final int target) {
		return plan.logits(i)[target][0];
	}

	/**
	 * The network itself, if it can be explained.
	 *
	 * @throws IllegalArgumentException if it segments
	 */
	static Graph classifier(final Graph graph) {
		if (!graph.readsWholeImage()) throw new IllegalArgumentException(
			"Explanation: expected a network that classifies whole images, got one that segments; choose a model made by Train Classification Network...");
		return graph;
	}

	/** @throws IllegalArgumentException if the network has no such output */
	static void check(final Graph graph, final int target) {
		if (target < 0 || target >= graph.outputChannels()) throw new IllegalArgumentException("target: expected a class from 0 to " + (graph
			.outputChannels() - 1) + ", got " + target);
	}

	/** @throws IllegalArgumentException if an image does not fit the network or the size */
	static void check(final Graph graph, final float[][] image, final int height, final int width) {
		graph.shapes(new Shape(image.length, height, width));
		for (final float[] plane : image) if (plane.length != height * width) throw new IllegalArgumentException("Explanation: expected planes of " + height +
			"x" + width + " values, got one of " + plane.length);
	}
}
