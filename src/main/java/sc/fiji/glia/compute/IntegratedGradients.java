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
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.FoldedNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * Integrated gradients (Sundararajan et al. 2017, equation 1): which values of an image raised or lowered the logit of a class, compared with
 * a baseline. For any network that classifies whole images.
 * <p>
 * The attribution of a value is {@code (x - b) * integral over t from 0 to 1 of dF/dx (b + t (x - b))}, {@code x} being the image, {@code b} the
 * baseline and {@code F} the class's output before softmax or sigmoid. The integral is a sum over {@value #STEPS} steps of equal length, each with
 * the gradient in its middle. Exactly integrated, the attributions add up to {@code F(x) - F(b)}; how nearly they do tells whether the steps were
 * fine enough, see {@link Result#gap}.
 * <p>
 * Not thread-safe: keeps the memory for the newest image size.
 */
public final class IntegratedGradients {

	/** Steps from the baseline to the image. */
	public static final int STEPS = 64;

	/**
	 * What each value of an image contributed.
	 *
	 * @param attributions {@code [channel][y * width + x]}, in units of the logit; positive where the value spoke for the class
	 * @param sum of all attributions
	 * @param difference the logit of the image less that of the baseline, to which the attributions should add up
	 */
	public record Result(float[][] attributions, double sum, double difference) {

		/** The attribution of each pixel, which is that of all its channels together. */
		public float[] pixels() {
			final float[] all = new float[attributions[0].length];
			for (final float[] channel : attributions) for (int i = 0; i < all.length; i++) all[i] += channel[i];
			return all;
		}

		/** {@code |sum - difference|}, what the steps were too coarse for; in units of the logit. */
		public double gap() {
			return Math.abs(sum - difference);
		}
	}

	private final Graph graph;
	private final Weights weights;
	private final Workers workers;
	private final Kernels kernels;
	private LogitGradient gradient;
	private int height, width;

	/**
	 * @param graph a network that classifies whole images
	 * @param weights read once
	 * @param workers threads to use; must not be busy with a task that waits for this
	 * @throws IllegalArgumentException if the network segments, or its batch norm cannot be folded, see {@link FoldedNetwork#of}
	 */
	public IntegratedGradients(final Graph graph, final Weights weights, final Workers workers) {
		this(graph, weights, workers, KernelProvider.best());
	}

	IntegratedGradients(final Graph graph, final Weights weights, final Workers workers, final Kernels kernels) {
		final FoldedNetwork folded = FoldedNetwork.of(LogitGradient.classifier(graph), weights);
		this.graph = folded.graph().logits();
		this.weights = folded.weights();
		this.workers = workers;
		this.kernels = kernels;
	}

	/**
	 * The image's darkest value in each channel: the baseline of an image in which nothing is to be seen. NB: after normalisation 0 is a mean grey,
	 * and pixels as bright as the baseline get no attribution whatever they mean.
	 */
	public static float[][] black(final float[][] image) {
		final float[][] black = new float[image.length][];
		for (int c = 0; c < image.length; c++) {
			float least = Float.POSITIVE_INFINITY;
			for (final float v : image[c]) least = Math.min(least, v);
			black[c] = new float[image[c].length];
			Arrays.fill(black[c], least);
		}
		return black;
	}

	/**
	 * Explains the output for one image.
	 *
	 * @param image planes {@code [channel][y * width + x]}, normalised as the network expects
	 * @param height rows; must fit the network
	 * @param width columns, likewise
	 * @param target number of the output to be explained
	 * @param baseline an image of the same size to compare with, normalised too; {@link #black} unless there is a better one
	 * @param cancelled asked before each few steps
	 * @throws IllegalArgumentException if the sizes do not fit the network or each other, or there is no such output
	 * @throws CancellationException if {@code cancelled} says so
	 */
	public Result explain(final float[][] image, final int height, final int width, final int target, final float[][] baseline,
		final BooleanSupplier cancelled)
	{
		LogitGradient.check(graph, target);
		LogitGradient.check(graph, image, height, width);
		LogitGradient.check(graph, baseline, height, width);
		final LogitGradient g = gradient(height, width);
		final double difference = (double) logit(g, image, target) - logit(g, baseline, target);
		final double[][] sums = new double[image.length][height * width];
		for (int first = 0; first < STEPS; first += g.batch()) {
			if (cancelled.getAsBoolean()) throw new CancellationException();
			final int count = Math.min(g.batch(), STEPS - first);
			for (int k = 0; k < count; k++) between(baseline, image, (first + k + 0.5f) / STEPS, g.input(k));
			g.compute(count, target);
			for (int k = 0; k < count; k++) for (int c = 0; c < sums.length; c++) {
				final float[] d = g.gradient(k)[c];
				for (int i = 0; i < d.length; i++) sums[c][i] += d[i];
			}
		}
		final float[][] attributions = new float[sums.length][height * width];
		double sum = 0;
		for (int c = 0; c < sums.length; c++) for (int i = 0; i < sums[c].length; i++) {
			final double a = ((double) image[c][i] - baseline[c][i]) * sums[c][i] / STEPS;
			attributions[c][i] = (float) a;
			sum += a;
		}
		return new Result(attributions, sum, difference);
	}

	private LogitGradient gradient(final int h, final int w) {
		if (gradient == null || h != height || w != width) gradient = new LogitGradient(graph, weights, h, w, LogitGradient.batch(graph, h, w), kernels, workers);
		height = h;
		width = w;
		return gradient;
	}

	private static float logit(final LogitGradient g, final float[][] image, final int target) {
		between(image, image, 0, g.input(0));
		g.compute(1, target);
		return g.logit(0, target);
	}

	/** {@code share} of the way from one image to the other. */
	private static void between(final float[][] from, final float[][] to, final float share, final float[][] result) {
		for (int c = 0; c < result.length; c++) for (int i = 0; i < result[c].length; i++) result[c][i] = from[c][i] + share * (to[c][i] - from[c][i]);
	}
}
