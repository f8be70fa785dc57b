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
import java.util.List;
import java.util.Map;

import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Weights;

/**
 * The numbers of a {@link BatchNorm} in training, by lane of its feature map: sums of each image come in, factors to work on pixels with
 * come out. Lanes that hold no channel get factors of 0.
 */
final class NormStatistics {

	/** Sums over one image's pixels, by lane. */
	final class Image {

		/** Forward: sums of x; backward: sums of dy. */
		final double[] sum = new double[channels.length];
		/** Forward: sums of the squared deviations from the image's mean; backward: sums of {@code dy * (x - mean)}. */
		final double[] squares = new double[channels.length];
		/** The image's mean. */
		final float[] mean = new float[channels.length];

		/** Makes means of the sums of some lanes. */
		void center(final int first, final int count) {
			for (int l = first; l < first + count; l++) mean[l] = (float) (sum[l] / pixels);
		}
	}

	private final String name;
	private final BatchNorm layer;
	private final float[] weight, bias, runningMean, runningVar, weightGradient, biasGradient;
	private final int[] channels;
	private double pixels;
	private final List<Image> images = new ArrayList<>();
	private final double[] mean, inverse;
	private int passes;

	/** Forward, by lane: {@code y = factor * x + shift}. */
	final float[] factor, shift;
	/** The mean of the batch, by lane. */
	final float[] center;
	/** Backward, by lane: {@code dx = a * dy + b * x + c}. */
	final float[] a, b, c;

	/**
	 * @param channels for each lane the channel it holds, or -1
	 * @param pixels pixels of an image
	 */
	NormStatistics(final String name, final BatchNorm layer, final Weights weights, final int[] channels, final int pixels) {
		this.name = name;
		this.layer = layer;
		this.channels = channels;
		this.pixels = pixels;
		weight = weights.get(name + ".weight");
		bias = weights.get(name + ".bias");
		runningMean = weights.get(name + ".running_mean");
		runningVar = weights.get(name + ".running_var");
		weightGradient = new float[weight.length];
		biasGradient = new float[weight.length];
		mean = new double[weight.length];
		inverse = new double[weight.length];
		factor = new float[channels.length];
		shift = new float[channels.length];
		center = new float[channels.length];
		a = new float[channels.length];
		b = new float[channels.length];
		c = new float[channels.length];
	}

	/** Sets the pixels of an image anew, before a forward pass. */
	void pixels(final int count) {
		pixels = count;
	}

	/** The sums of image {@code i}, for the image's work alone. */
	synchronized Image image(final int i) {
		while (images.size() <= i) images.add(new Image());
		return images.get(i);
	}

	/** Makes {@link #factor} and {@link #shift} of the running statistics. */
	void running() {
		for (int l = 0; l < channels.length; l++) {
			final int channel = channels[l];
			if (channel >= 0) set(l, channel, runningMean[channel], 1 / Math.sqrt((double) runningVar[channel] + layer.epsilon()));
		}
	}

	private void set(final int l, final int channel, final double m, final double inv) {
		factor[l] = (float) (weight[channel] * inv);
		shift[l] = (float) (bias[channel] - m * weight[channel] * inv);
	}

	/** Makes {@link #factor}, {@link #shift} and {@link #center} of the sums of a batch's images; changes the running statistics. */
	void ofBatch(final int count) {
		passes++;
		final double n = count * pixels, momentum = Math.max(layer.momentum(), 1.0 / passes);
		for (int l = 0; l < channels.length; l++) {
			final int channel = channels[l];
			if (channel < 0) continue;
			double s = 0, q = 0;
			for (int i = 0; i < count; i++) s += images.get(i).sum[l];
			mean[channel] = s / n;
			for (int i = 0; i < count; i++) {
				// squares are about the image's mean as a float; from there to its exact mean and on to that of the batch
				final Image image = images.get(i);
				final double own = image.sum[l] / pixels, about = own - image.mean[l], d = own - mean[channel];
				q += Math.max(0, image.squares[l] - pixels * about * about) + pixels * d * d;
			}
			inverse[channel] = 1 / Math.sqrt(q / n + layer.epsilon());
			runningMean[channel] = (float) ((1 - momentum) * runningMean[channel] + momentum * mean[channel]);
			runningVar[channel] = (float) ((1 - momentum) * runningVar[channel] + momentum * (n > 1 ? q / (n - 1) : q));
			set(l, channel, mean[channel], inverse[channel]);
			center[l] = (float) mean[channel];
		}
		clear(count);
	}

	private void clear(final int count) {
		for (int i = 0; i < count; i++) {
			Arrays.fill(images.get(i).sum, 0);
			Arrays.fill(images.get(i).squares, 0);
		}
	}

	/** Makes {@link #a}, {@link #b}, {@link #c} and the gradients of the weights of the sums of the images. */
	void gradients(final int count) {
		final double n = 1 / (count * pixels);
		for (int l = 0; l < channels.length; l++) {
			final int channel = channels[l];
			if (channel < 0) continue;
			double s = 0, p = 0;
			for (int i = 0; i < count; i++) {
				s += images.get(i).sum[l];
				p += images.get(i).squares[l];
			}
			// products are about the mean as a float
			final double m = mean[channel], inv = inverse[channel], w = inv * (p - (m - (float) m) * s);
			biasGradient[channel] = (float) s;
			weightGradient[channel] = (float) w;
			// dx = weight * inverse * (dy - mean(dy) - xhat * mean(dy * xhat)), xhat = (x - mean) * inverse
			final double g = weight[channel] * inv, q = -g * w * n * inv;
			a[l] = (float) g;
			b[l] = (float) q;
			c[l] = (float) (-g * s * n - q * m);
		}
		clear(count);
	}

	/** Puts the gradients into {@code gradients}, by name. */
	void gradients(final Map<String, float[]> gradients) {
		gradients.put(name + ".weight", weightGradient);
		gradients.put(name + ".bias", biasGradient);
	}
}
