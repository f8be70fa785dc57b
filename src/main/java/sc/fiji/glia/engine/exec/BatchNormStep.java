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

import java.util.Map;

import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.plain.PlaneSums;

/**
 * {@link BatchNorm}. Training: sums over each image, statistics of the batch, then the normalisation; likewise backward. Inference: a
 * scale and a shift from the running statistics.
 */
final class BatchNormStep extends PlaneStep {

	private final String name;
	private final BatchNorm layer;
	private final float[] weight, bias, runningMean, runningVar;
	private final boolean training;
	private final int channels;
	private final double[][] sum, squares, gradientSum, gradientProduct;
	private final double[] mean, inverse, weightSum, biasSum;
	private int imagesInBatch, passes;
	private final float[] weightGradient, biasGradient;

	/** @param training whether batch statistics are used; then {@code y} must not be {@code x} */
	BatchNormStep(final String name, final BatchNorm layer, final Weights weights, final Planes planes, final boolean training) {
		super(planes);
		this.name = name;
		this.layer = layer;
		weight = weights.get(name + ".weight");
		bias = weights.get(name + ".bias");
		runningMean = weights.get(name + ".running_mean");
		runningVar = weights.get(name + ".running_var");
		this.training = training;
		channels = weight.length;
		final int images = training ? x.length : 0;
		sum = new double[images][channels];
		squares = new double[images][channels];
		gradientSum = new double[images][channels];
		gradientProduct = new double[images][channels];
		mean = new double[channels];
		inverse = new double[channels];
		weightSum = new double[channels];
		biasSum = new double[channels];
		weightGradient = new float[channels];
		biasGradient = new float[channels];
	}

	@Override
	void forward(final Program program) {
		if (!training) {
			program.each(turn -> {
				final int i = turn.slot;
				channels(turn, channels, (c, scratch) -> scale(x[i][c], y[i][c], runningMean[c], 1 / Math.sqrt((double) runningVar[c] + layer.epsilon()), c));
			});
			return;
		}
		program.each(turn -> {
			final int i = turn.slot;
			channels(turn, channels, (c, scratch) -> {
				// deviations from the image's own mean, so that nothing is lost where the mean is large
				final float[] p = x[i][c];
				sum[i][c] = PlaneSums.sum(p, scratch);
				final float m = (float) (sum[i][c] / p.length);
				final double rest = sum[i][c] / p.length - m;
				squares[i][c] = Math.max(0, PlaneSums.squares(p, m, scratch) - p.length * rest * rest);
			});
		});
		program.once(this::statistics);
		program.each(turn -> {
			final int i = turn.slot;
			channels(turn, channels, (c, scratch) -> scale(x[i][c], y[i][c], mean[c], inverse[c], c));
		});
	}

	private void statistics(final int images) {
		passes++;
		final double plane = x[0][0].length, n = images * plane;
		for (int c = 0; c < channels; c++) {
			double s = 0, q = 0;
			for (int i = 0; i < images; i++) s += sum[i][c];
			mean[c] = s / n;
			for (int i = 0; i < images; i++) {
				final double d = sum[i][c] / plane - mean[c];
				q += squares[i][c] + plane * d * d;
			}
			inverse[c] = 1 / Math.sqrt(q / n + layer.epsilon());
			final double m = Math.max(layer.momentum(), 1.0 / passes);
			runningMean[c] = (float) ((1 - m) * runningMean[c] + m * mean[c]);
			runningVar[c] = (float) ((1 - m) * runningVar[c] + m * (n > 1 ? q / (n - 1) : q));
		}
	}

	private void scale(final float[] from, final float[] to, final double m, final double inv, final int c) {
		final float a = (float) (weight[c] * inv), b = (float) (bias[c] - m * weight[c] * inv);
		for (int i = 0; i < to.length; i++) to[i] = a * from[i] + b;
	}

	@Override
	void backward(final Program program) {
		program.each(turn -> {
			final int i = turn.slot;
			channels(turn, channels, (c, scratch) -> {
				gradientSum[i][c] = PlaneSums.sum(dy[i][c], scratch);
				gradientProduct[i][c] = inverse[c] * (PlaneSums.product(dy[i][c], x[i][c], scratch) - mean[c] * gradientSum[i][c]);
			});
		});
		program.once(this::gatherGradients);
		if (dx.length == 0) return;
		program.each(turn -> {
			final int i = turn.slot;
			final double n = 1.0 / ((double) imagesInBatch * x[0][0].length);
			for (int c = 0; c < channels; c++) {
				// dx = weight * inverse * (dy - mean(dy) - xhat * mean(dy * xhat)), xhat = (x - mean) * inverse
				final double g = weight[c] * inverse[c], p = -g * weightSum[c] * n * inverse[c];
				final float a = (float) g, b = (float) p, k = (float) (-g * biasSum[c] * n - p * mean[c]);
				final float[] to = dx[i][c], from = dy[i][c], q = x[i][c];
				if (add) for (int j = 0; j < to.length; j++) to[j] += a * from[j] + (b * q[j] + k);
				else for (int j = 0; j < to.length; j++) to[j] = a * from[j] + (b * q[j] + k);
			}
		});
	}

	private void gatherGradients(final int images) {
		imagesInBatch = images;
		for (int c = 0; c < channels; c++) {
			biasSum[c] = weightSum[c] = 0;
			for (int i = 0; i < images; i++) {
				biasSum[c] += gradientSum[i][c];
				weightSum[c] += gradientProduct[i][c];
			}
			biasGradient[c] = (float) biasSum[c];
			weightGradient[c] = (float) weightSum[c];
		}
	}

	@Override
	void gradients(final Map<String, float[]> gradients) {
		gradients.put(name + ".weight", weightGradient);
		gradients.put(name + ".bias", biasGradient);
	}
}
