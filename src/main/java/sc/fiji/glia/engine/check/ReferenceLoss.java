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
package sc.fiji.glia.engine.check;

import java.util.List;

/**
 * The losses in double precision, from logits: {@code crossEntropy * CE + dice * (1 - D)}, over the pixels of a whole batch.
 * <p>
 * With weight {@code w} of each pixel and weight {@code v} of each of {@code C} classes,
 * {@code CE = sum(w * ((1 - smoothing) * v[label] * ce[label] + smoothing * (sum over c of v[c] * ce[c]) / C)) / sum(w * v[label])}, or 0 if
 * that sum is 0 (PyTorch's {@code CrossEntropyLoss}), where {@code ce[c]} is {@code -log(softmax(x)[c])} for several outputs. One output is a
 * case of two classes: {@code ce[1] = -log(sigmoid(x))}, {@code ce[0] = -log(1 - sigmoid(x))}, and the label is 1 where it is above 0.
 * <p>
 * {@code D} is the mean over the foreground classes of the soft Dice coefficient (Milletari et al. 2016, without squares)
 * {@code (2 * sum(w * p * t) + 1) / (sum(w * p) + sum(w * t) + 1)}, all sums taken over the batch as a whole; the foreground classes are
 * the one sigmoid, or all classes of the softmax but 0.
 *
 * @param crossEntropy factor of the cross-entropy
 * @param dice factor of the Dice loss
 * @param classWeights {@code v}; empty for 1 each
 * @param smoothing of the labels
 */
public record ReferenceLoss(double crossEntropy, double dice, List<Double> classWeights, double smoothing) {

	/** Without class weights and smoothing. */
	public ReferenceLoss(final double crossEntropy, final double dice) {
		this(crossEntropy, dice, List.of(), 0);
	}

	/** Label of a pixel of weight 0. */
	private static final byte IGNORE = (byte) 255;

	/**
	 * The loss where every pixel weighs 1, those with label 255 excepted, which weigh 0.
	 *
	 * @param logits {@code [image][channel][pixel]}
	 * @param labels {@code [image][pixel]}
	 * @throws IllegalArgumentException if the sizes differ, or a label has no output
	 */
	public double value(final double[][][] logits, final byte[][] labels) {
		return value(logits, labels, weights(labels));
	}

	/** As {@link #value(double[][][], byte[][])}, with the weight of each pixel, {@code [image][pixel]}. */
	public double value(final double[][][] logits, final byte[][] labels, final double[][] weights) {
		check(logits, labels);
		return crossEntropy * crossEntropy(logits, labels, weights) + dice * dice(logits, labels, weights);
	}

	/** 0 for pixels with label 255, 1 for all others. */
	public static double[][] weights(final byte[][] labels) {
		final double[][] w = new double[labels.length][];
		for (int b = 0; b < w.length; b++) {
			w[b] = new double[labels[b].length];
			for (int i = 0; i < w[b].length; i++) w[b][i] = labels[b][i] == IGNORE ? 0 : 1;
		}
		return w;
	}

	private double crossEntropy(final double[][][] logits, final byte[][] labels, final double[][] weights) {
		double sum = 0, count = 0;
		for (int b = 0; b < labels.length; b++) for (int i = 0; i < labels[b].length; i++) {
			if (weights[b][i] == 0) continue;
			final int classes = Math.max(2, logits[b].length), label = logits[b].length == 1 ? Math.min(labels[b][i] & 255, 1) : labels[b][i] & 255;
			double smooth = 0;
			for (int c = 0; c < classes; c++) smooth += classWeight(c, classes) / classes * crossEntropy(logits[b], i, c);
			final double own = classWeight(label, classes) * crossEntropy(logits[b], i, label);
			sum += weights[b][i] * ((1 - smoothing) * own + smoothing * smooth);
			count += weights[b][i] * classWeight(label, classes);
		}
		return count == 0 ? 0 : sum / count;
	}

	private double classWeight(final int c, final int classes) {
		if (!classWeights.isEmpty() && classWeights.size() != classes) throw new IllegalArgumentException("Loss: expected " + classes +
			" class weights, got " + classWeights);
		return classWeights.isEmpty() ? 1 : classWeights.get(c);
	}

	/** Of one pixel: log(1 + exp(z)) with z of either sign, or log(sum of exp) - x[label], with the greatest exponent taken out. */
	private static double crossEntropy(final double[][] x, final int i, final int label) {
		if (x.length == 1) {
			final double z = label > 0 ? -x[0][i] : x[0][i];
			return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
		}
		double max = Double.NEGATIVE_INFINITY, sum = 0;
		for (final double[] c : x) max = Math.max(max, c[i]);
		for (final double[] c : x) sum += Math.exp(c[i] - max);
		return max + Math.log(sum) - x[label][i];
	}

	private static double dice(final double[][][] logits, final byte[][] labels, final double[][] weights) {
		final int outputs = logits[0].length, foreground = Math.max(1, outputs - 1);
		final double[] both = new double[foreground], predicted = new double[foreground], target = new double[foreground];
		for (int b = 0; b < labels.length; b++) for (int i = 0; i < labels[b].length; i++) {
			final double w = weights[b][i];
			if (w == 0) continue;
			final double[] p = outputs == 1 ? new double[] { 0, 1 / (1 + Math.exp(-logits[b][0][i])) } : Reference.softmax(logits[b], i);
			for (int c = 1; c <= foreground; c++) {
				final double t = (outputs == 1 ? labels[b][i] > 0 : labels[b][i] == c) ? 1 : 0;
				both[c - 1] += w * p[c] * t;
				predicted[c - 1] += w * p[c];
				target[c - 1] += w * t;
			}
		}
		double sum = 0;
		for (int c = 0; c < foreground; c++) sum += (2 * both[c] + 1) / (predicted[c] + target[c] + 1);
		return 1 - sum / foreground;
	}

	private static void check(final double[][][] logits, final byte[][] labels) {
		if (logits.length != labels.length) throw new IllegalArgumentException("Loss: expected labels of " + logits.length + " images, got " +
			labels.length);
		for (int b = 0; b < labels.length; b++) {
			if (logits[b][0].length != labels[b].length) throw new IllegalArgumentException("Loss: expected " + logits[b][0].length +
				" labels for image " + b + ", got " + labels[b].length);
			for (final byte l : labels[b]) if (l != IGNORE && logits[b].length > 1 && (l & 255) >= logits[b].length) throw new IllegalArgumentException(
				"Loss: expected labels below " + logits[b].length + ", or 255, got " + (l & 255));
		}
	}
}
