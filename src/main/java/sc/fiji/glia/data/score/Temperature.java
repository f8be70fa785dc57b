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
package sc.fiji.glia.data.score;

import java.util.Arrays;

/**
 * Temperature scaling (Guo et al. 2017, On calibration of modern neural networks, section 4.2): probabilities are the softmax of the logits
 * divided by one number, so that confidence tells the chance of being right. The class an image is given does not change.
 *
 * @param value above 1 makes probabilities less sure, below 1 surer
 */
public record Temperature(double value) {

	/** Probabilities as the network gives them. */
	public static final Temperature ONE = new Temperature(1);

	/** Least and largest that are fitted. */
	public static final double MIN = 0.25, MAX = 10;

	/** @throws IllegalArgumentException if it is not a positive number */
	public Temperature {
		if (!(value > 0 && value < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException("Temperature: expected a number above 0, got " + value);
	}

	/**
	 * The temperature from {@value #MIN} to {@value #MAX} with the lowest mean negative log likelihood, which is convex in its inverse. It is never
	 * higher than at temperature 1. Without mistakes to learn from, where the likelihood would have the network be ever surer, it is 1 at the least.
	 *
	 * @param logits outputs before the softmax, {@code [image][class]}; {@link #logits} of probabilities serves as well
	 * @param labels class of each image
	 * @throws IllegalArgumentException if there are no images, lengths differ, or a logit is not finite
	 */
	public static Temperature fit(final float[][] logits, final byte[] labels) {
		if (labels.length == 0 || logits.length != labels.length) throw new IllegalArgumentException("Temperature: expected logits of " + Math.max(1,
			labels.length) + " images, got " + logits.length);
		for (int i = 0; i < logits.length; i++) for (final float z : logits[i]) if (!Float.isFinite(z)) throw new IllegalArgumentException(
			"Temperature: expected finite logits, image " + i + " has " + z);
		double low = 1 / MAX, high = 1 / MIN;
		if (slope(logits, labels, 1) == 0) return ONE;
		if (slope(logits, labels, 1) < 0 && isFaultless(logits, labels)) return ONE;
		if (slope(logits, labels, low) >= 0) return new Temperature(MAX);
		if (slope(logits, labels, high) <= 0) return new Temperature(MIN);
		for (int step = 0; step < 50; step++) {
			final double middle = (low + high) / 2;
			if (slope(logits, labels, middle) > 0) high = middle;
			else low = middle;
		}
		return new Temperature(2 / (low + high));
	}

	/** Whether all images are given their class. */
	private static boolean isFaultless(final float[][] logits, final byte[] labels) {
		for (int i = 0; i < labels.length; i++) for (int c = 0; c < logits[i].length; c++) {
			if (c != labels[i] && logits[i][c] >= logits[i][labels[i]]) return false;
		}
		return true;
	}

	/** Softmax of the logits divided by the temperature. */
	public float[] apply(final float[] logits) {
		final double[] p = softmax(logits, 1 / value);
		final float[] probabilities = new float[p.length];
		for (int c = 0; c < p.length; c++) probabilities[c] = (float) p[c];
		return probabilities;
	}

	/** Probabilities at this temperature of those at temperature 1, {@code [image][class]}. */
	public float[][] calibrated(final float[][] probabilities) {
		return Arrays.stream(probabilities).map(p -> apply(logits(p))).toArray(float[][]::new);
	}

	/** Logarithms of probabilities: logits whose softmax they are. Those below the smallest normal float are taken as that. */
	public static float[] logits(final float[] probabilities) {
		final float[] logits = new float[probabilities.length];
		for (int c = 0; c < logits.length; c++) logits[c] = (float) Math.log(Math.max(Float.MIN_NORMAL, probabilities[c]));
		return logits;
	}

	/** Derivative of the negative log likelihood by the inverse temperature: expected logit less that of the class, summed over images. */
	private static double slope(final float[][] logits, final byte[] labels, final double inverse) {
		double sum = 0;
		for (int i = 0; i < labels.length; i++) {
			final double[] p = softmax(logits[i], inverse);
			for (int c = 0; c < p.length; c++) sum += p[c] * ((double) logits[i][c] - logits[i][labels[i]]);
		}
		return sum;
	}

	private static double[] softmax(final float[] logits, final double inverse) {
		double highest = Double.NEGATIVE_INFINITY, total = 0;
		for (final float z : logits) highest = Math.max(highest, z * inverse);
		final double[] p = new double[logits.length];
		for (int c = 0; c < p.length; c++) total += p[c] = Math.exp(logits[c] * inverse - highest);
		for (int c = 0; c < p.length; c++) p[c] /= total;
		return p;
	}
}
