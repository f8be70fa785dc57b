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

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.FoldedNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Kernels;

/** Explains what a network that classifies whole images says of them, in this process. Safe for use by several threads, which wait for each other. */
public final class Explainer {

	private final Graph graph;
	private final Weights weights;
	private final Normalization normalization;
	private Optional<GradCam> gradCam = Optional.empty();
	private Optional<IntegratedGradients> integrated = Optional.empty();

	/** @param weights read when a method is first used */
	Explainer(final Graph graph, final Weights weights, final Normalization normalization) {
		this.graph = graph;
		this.weights = weights;
		this.normalization = normalization;
	}

	/** Bytes that explaining images of a size, in pixels, takes at the most. */
	public static long bytes(final Explanation.Method method, final Graph graph, final Weights weights, final int width, final int height,
		final Kernels kernels, final int threads)
	{
		final Graph folded = FoldedNetwork.of(graph, weights).graph().logits();
		final long copy = 4 * folded.weights().values().stream().mapToLong(w -> w.length()).sum();
		// NB: Grad-CAM has two networks, of which one predicts and one has gradients too; both together take less than the whole with gradients, twice
		return copy + switch (method) {
			case GRAD_CAM -> 2 * LogitGradient.bytes(folded, height, width, 1, kernels, threads);
			case INTEGRATED_GRADIENTS -> LogitGradient.bytes(folded, height, width, LogitGradient.batch(folded, height, width), kernels, threads);
		};
	}

	/**
	 * Explains the output {@code target} for an image of the size that the network takes.
	 *
	 * @param workers the same ones in every call
	 * @param cancelled asked now and then
	 * @throws IllegalArgumentException if image, network and method do not fit, see {@link GradCam} and {@link IntegratedGradients}
	 * @throws CancellationException if {@code cancelled} says so
	 */
	synchronized Explanation explain(final Explanation.Method method, final Sample image, final int target, final Workers workers,
		final BooleanSupplier cancelled)
	{
		if (cancelled.getAsBoolean()) throw new CancellationException();
		final float[][] x = normalization.apply(image.channels());
		if (method == Explanation.Method.GRAD_CAM) {
			if (gradCam.isEmpty()) gradCam = Optional.of(new GradCam(graph, weights, workers));
			return new Explanation(gradCam.get().explain(x, image.height(), image.width(), target), Double.NaN, Double.NaN);
		}
		if (integrated.isEmpty()) integrated = Optional.of(new IntegratedGradients(graph, weights, workers));
		final IntegratedGradients.Result r = integrated.get().explain(x, image.height(), image.width(), target, IntegratedGradients.black(x), cancelled);
		return new Explanation(r.pixels(), r.sum(), r.difference());
	}
}
