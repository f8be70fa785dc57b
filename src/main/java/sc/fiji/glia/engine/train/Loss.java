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
package sc.fiji.glia.engine.train;

import java.util.Arrays;
import java.util.List;

/**
 * The loss, from logits: {@code crossEntropy * CE + dice * (1 - D)}, both over all pixels of the batch whose label is not {@link #IGNORE}; of
 * networks that give one vector for each image, over all images, each of which is one pixel then.
 * <p>
 * With class weights {@code w}, label smoothing {@code s} and {@code C} classes, as in PyTorch's {@code CrossEntropyLoss(weight, label_smoothing)},
 *
 * <pre>
 * CE = sum over i of ce[i] / sum over i of w[label[i]]
 * ce[i] = sum over c of a[c] * -log p[c],  a[c] = s / C * w[c] + (c == label[i] ? (1 - s) * w[c] : 0)
 * </pre>
 *
 * and 0 if nothing counts. {@code p} is the softmax of the outputs; with one output, {@code C} is 2 and {@code p} its sigmoid for label > 0 and
 * 1 minus that for label 0. Without weights and smoothing that is the mean of {@code -log p[label]}. {@code D}, which takes neither weights nor
 * smoothing, is the soft Dice coefficient (Milletari et al. 2016, with the probabilities not squared): the mean over the foreground classes of
 * {@code (2 * sum p t + 1) / (sum p + sum t + 1)}.
 * <p>
 * A batch is done in two passes: {@link #statistics} for each image, added up with {@link Statistics#plus}; then {@link #gradient} for
 * each image.
 *
 * @param crossEntropy factor of the cross-entropy
 * @param dice factor of the Dice loss
 * @param classWeights {@code w}, in the order of the classes; empty for 1 each
 * @param smoothing {@code s}, from 0 (none) to 1
 */
public record Loss(double crossEntropy, double dice, List<Double> classWeights, double smoothing) {

	/** Label of a pixel that counts nothing. */
	public static final byte IGNORE = (byte) 255;

	/** Cross-entropy alone. */
	public static final Loss CROSS_ENTROPY = new Loss(1, 0);
	/** Soft Dice alone. */
	public static final Loss DICE = new Loss(0, 1);
	/** The sum of both. */
	public static final Loss DICE_CROSS_ENTROPY = new Loss(1, 1);

	/**
	 * @throws IllegalArgumentException if a factor is negative or both are 0, if a weight is negative or not finite or all are 0, or if smoothing is
	 *           not from 0 to 1
	 */
	public Loss {
		if (!(crossEntropy >= 0 && dice >= 0 && crossEntropy + dice > 0)) throw new IllegalArgumentException(
			"Loss: expected factors of at least 0, not both 0, got " + crossEntropy + " and " + dice);
		classWeights = List.copyOf(classWeights);
		if (!classWeights.stream().allMatch(w -> w >= 0 && w < Double.POSITIVE_INFINITY) || !classWeights.isEmpty() && classWeights.stream().allMatch(
			w -> w == 0)) throw new IllegalArgumentException("Loss: expected class weights of at least 0, not all 0, got " + classWeights);
		if (!(smoothing >= 0 && smoothing <= 1)) throw new IllegalArgumentException("Loss: expected a label smoothing from 0 to 1, got " + smoothing);
	}

	/** Without class weights and smoothing. */
	public Loss(final double crossEntropy, final double dice) {
		this(crossEntropy, dice, List.of(), 0);
	}

	/**
	 * What the loss needs to know of some images; sums over their pixels that count.
	 *
	 * @param pixels number of pixels
	 * @param weight sum of the class weights of their labels
	 * @param entropy sum of the weighted cross-entropies {@code ce}
	 * @param overlap for each foreground class the sum of p t
	 * @param predicted likewise of p
	 * @param reference likewise of t
	 * @param hits pixels whose most probable class is the label, a foreground class
	 * @param positives pixels whose most probable class is foreground, plus pixels whose label is
	 * @param correct pixels whose most probable class (the first of equals) is the label, whichever class
	 */
	public record Statistics(long pixels, double weight, double entropy, double[] overlap, double[] predicted, double[] reference, long hits,
		long positives, long correct)
	{

		/** The sums over the images of both. */
		public Statistics plus(final Statistics o) {
			return new Statistics(pixels + o.pixels, weight + o.weight, entropy + o.entropy, sum(overlap, o.overlap), sum(predicted, o.predicted), sum(
				reference, o.reference), hits + o.hits, positives + o.positives, correct + o.correct);
		}

		/** The same with another sum of class weights. */
		Statistics ofWeight(final double sum) {
			return new Statistics(pixels, sum, entropy, overlap, predicted, reference, hits, positives, correct);
		}

		private static double[] sum(final double[] a, final double[] b) {
			final double[] s = a.clone();
			for (int i = 0; i < s.length; i++) s[i] += b[i];
			return s;
		}

		/** Dice coefficient of the foreground by the most probable class of each pixel; NaN if there is none in label and prediction. */
		public double score() {
			return positives == 0 ? Double.NaN : 2.0 * hits / positives;
		}

		/** Share of the pixels (of networks that give vectors: images) whose most probable class is the label; NaN if none counts. */
		public double accuracy() {
			return pixels == 0 ? Double.NaN : (double) correct / pixels;
		}
	}

	/**
	 * The factors {@code a} of {@code -log p} for each label: {@code [label][class]}, for one output with two classes.
	 *
	 * @throws IllegalArgumentException if there are class weights for another number of classes
	 */
	double[][] factors(final int outputs) {
		final int classes = Math.max(2, outputs);
		final double[][] a = new double[classes][classes];
		for (int label = 0; label < classes; label++) for (int c = 0; c < classes; c++) {
			final double w = weight(c, classes);
			a[label][c] = smoothing / classes * w + (c == label ? (1 - smoothing) * w : 0);
		}
		return a;
	}

	/** The class weight of a label. */
	double weight(final int label, final int classes) {
		if (classWeights.isEmpty()) return 1;
		if (classWeights.size() != classes) throw new IllegalArgumentException("Loss: expected a weight for each of " + classes + " classes, got " +
			classWeights);
		if (label >= classes) throw new IllegalArgumentException("Loss: expected labels below " + classes + ", got " + label);
		return classWeights.get(label);
	}

	/** The sum of the class weights of the labels that count, of a network with this number of outputs. */
	double weight(final byte[] labels, final int outputs) {
		if (classWeights.isEmpty()) return counted(labels);
		double sum = 0;
		for (final byte l : labels) if (l != IGNORE) sum += weight(outputs == 1 ? Math.min(l & 0xff, 1) : l & 0xff, Math.max(2, outputs));
		return sum;
	}

	/** True if an image's gradient depends on no other image but for the sum of class weights of the labels. */
	public boolean isSumOverImages() {
		return dice == 0;
	}

	/** Number of pixels that count. */
	private static long counted(final byte[] labels) {
		long n = 0;
		for (final byte l : labels) if (l != IGNORE) n++;
		return n;
	}

	/**
	 * First pass over one image.
	 *
	 * @param logits planes {@code [output][pixel]}
	 * @param labels classes, or {@link #IGNORE}
	 * @param probabilities receives sigmoid or softmax; may be {@code logits}
	 */
	public Statistics statistics(final float[][] logits, final byte[] labels, final float[][] probabilities) {
		final int outputs = logits.length, classes = Math.max(1, outputs - 1);
		final double[] overlap = new double[classes], predicted = new double[classes], reference = new double[classes];
		final double[][] factors = factors(outputs);
		double entropy = 0;
		long pixels = 0, hits = 0, positives = 0, correct = 0;
		final double[] p = new double[outputs], ce = new double[Math.max(2, outputs)];
		for (int i = 0; i < labels.length; i++) {
			final int label = labels[i] & 0xff;
			final boolean counts = labels[i] != IGNORE;
			if (counts && outputs > 1 && label >= outputs) throw new IllegalArgumentException("Loss: expected labels below " + outputs + ", got " + label);
			final int target = outputs == 1 ? Math.min(label, 1) : label;
			if (outputs == 1) sigmoid(logits[0][i], p, ce);
			else softmax(logits, i, p, ce);
			for (int c = 0; c < outputs; c++) probabilities[c][i] = (float) p[c];
			if (!counts) continue;
			pixels++;
			// NB: a factor of 0 takes away what is infinite
			for (int c = 0; c < ce.length; c++) if (factors[target][c] != 0) entropy += factors[target][c] * ce[c];
			int best = 0;
			if (outputs == 1) best = p[0] > 0.5 ? 1 : 0;
			else for (int c = 1; c < outputs; c++) if (p[c] > p[best]) best = c;
			if (best == target) correct++;
			for (int k = 0; k < classes; k++) predicted[k] += p[outputs == 1 ? 0 : k + 1];
			if (target > 0) {
				overlap[target - 1] += p[outputs == 1 ? 0 : target];
				reference[target - 1]++;
				positives++;
				if (best == target) hits++;
			}
			if (best > 0) positives++;
		}
		return new Statistics(pixels, weight(labels, outputs), entropy, overlap, predicted, reference, hits, positives, correct);
	}

	/** Puts the probability into p[0], and the binary cross-entropies {@code max(z, 0) - z t + log(1 + exp(-|z|))} for both targets t. */
	private static void sigmoid(final double z, final double[] p, final double[] ce) {
		final double e = Math.exp(-Math.abs(z)), log = Math.log1p(e);
		p[0] = z >= 0 ? 1 / (1 + e) : e / (1 + e);
		ce[0] = Math.max(z, 0) + log;
		ce[1] = Math.max(z, 0) - z + log;
	}

	/** Puts the probabilities into p, and the cross-entropies {@code log(sum exp(z - max)) - (z - max)} for each target. */
	private static void softmax(final float[][] logits, final int i, final double[] p, final double[] ce) {
		double max = logits[0][i], sum = 0;
		for (int c = 1; c < p.length; c++) max = Math.max(max, logits[c][i]);
		for (int c = 0; c < p.length; c++) sum += p[c] = Math.exp(logits[c][i] - max);
		final double log = Math.log(sum);
		for (int c = 0; c < p.length; c++) {
			p[c] /= sum;
			ce[c] = log - (logits[c][i] - max);
		}
	}

	/** The loss of a batch with these sums; 0 if no pixel counts. */
	public double value(final Statistics s) {
		if (s.pixels == 0) return 0;
		final double entropy = s.weight == 0 ? 0 : s.entropy / s.weight;
		double d = 0;
		for (int k = 0; k < s.overlap.length; k++) d += (2 * s.overlap[k] + 1) / (s.predicted[k] + s.reference[k] + 1);
		return crossEntropy * entropy + dice * (1 - d / s.overlap.length);
	}

	/**
	 * Second pass over one image: the derivative of the loss by the logits.
	 *
	 * @param total sums over the whole batch
	 * @param labels the image's labels
	 * @param planes the image's probabilities; overwritten by the derivatives
	 */
	public void gradient(final Statistics total, final byte[] labels, final float[][] planes) {
		final int outputs = planes.length, classes = total.overlap.length;
		final double entropy = total.weight == 0 ? 0 : crossEntropy / total.weight;
		final double[][] factors = factors(outputs);
		final double[] sums = Arrays.stream(factors).mapToDouble(a -> Arrays.stream(a).sum()).toArray();
		// derivative of the Dice loss by p where t is 1 and where it is 0
		final double[] inside = new double[classes], outside = new double[classes];
		for (int k = 0; k < classes; k++) {
			final double size = total.predicted[k] + total.reference[k] + 1, d = (2 * total.overlap[k] + 1) / size;
			inside[k] = -dice / classes * (2 - d) / size;
			outside[k] = dice / classes * d / size;
		}
		for (int i = 0; i < labels.length; i++) {
			final int target = outputs == 1 ? Math.min(labels[i] & 0xff, 1) : labels[i] & 0xff;
			if (labels[i] == IGNORE) for (final float[] plane : planes) plane[i] = 0;
			else if (outputs == 1) {
				final double p = planes[0][i];
				planes[0][i] = (float) (entropy * (sums[target] * p - factors[target][1]) + (target == 1 ? inside[0] : outside[0]) * p * (1 - p));
			}
			else softmaxGradient(planes, i, target, sums[target], entropy, factors[target], inside, outside);
		}
	}

	/** @param sum the sum of the factors */
	private static void softmaxGradient(final float[][] planes, final int i, final int target, final double sum, final double entropy,
		final double[] factors, final double[] inside, final double[] outside)
	{
		double mean = 0;
		for (int c = 1; c < planes.length; c++) mean += planes[c][i] * (c == target ? inside[c - 1] : outside[c - 1]);
		for (int c = 0; c < planes.length; c++) {
			final double p = planes[c][i], g = c == 0 ? 0 : c == target ? inside[c - 1] : outside[c - 1];
			planes[c][i] = (float) (entropy * (sum * p - factors[c]) + p * (g - mean));
		}
	}
}
