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

/**
 * The loss of a segmentation, from logits: {@code crossEntropy * CE + dice * (1 - D)}, both over all pixels of the batch whose label is not
 * {@link #IGNORE}.
 * <p>
 * With one output channel, {@code CE} is the binary cross-entropy of its sigmoid against label > 0; with several, the cross-entropy of
 * their softmax against the label; the mean over the pixels. {@code D} is the soft Dice coefficient (Milletari et al. 2016, with the
 * probabilities not squared): the mean over the foreground classes of {@code (2 * sum p t + 1) / (sum p + sum t + 1)}.
 * <p>
 * A batch is done in two passes: {@link #statistics} for each image, added up with {@link Statistics#plus}; then {@link #gradient} for
 * each image.
 *
 * @param crossEntropy factor of the cross-entropy
 * @param dice factor of the Dice loss
 */
public record Loss(double crossEntropy, double dice) {

	/** Label of a pixel that counts nothing. */
	public static final byte IGNORE = (byte) 255;

	/** Cross-entropy alone. */
	public static final Loss CROSS_ENTROPY = new Loss(1, 0);
	/** Soft Dice alone. */
	public static final Loss DICE = new Loss(0, 1);
	/** The sum of both. */
	public static final Loss DICE_CROSS_ENTROPY = new Loss(1, 1);

	/** @throws IllegalArgumentException if a factor is negative or both are 0 */
	public Loss {
		if (!(crossEntropy >= 0 && dice >= 0 && crossEntropy + dice > 0)) throw new IllegalArgumentException(
			"Loss: expected factors of at least 0, not both 0, got " + crossEntropy + " and " + dice);
	}

	/**
	 * What the loss needs to know of some images; sums over their pixels.
	 *
	 * @param pixels number of pixels that count
	 * @param entropy sum of the cross-entropies
	 * @param overlap for each foreground class the sum of p t
	 * @param predicted likewise of p
	 * @param reference likewise of t
	 * @param hits pixels whose most probable class is the label, a foreground class
	 * @param positives pixels whose most probable class is foreground, plus pixels whose label is
	 */
	public record Statistics(long pixels, double entropy, double[] overlap, double[] predicted, double[] reference, long hits, long positives) {

		/** The sums over the images of both. */
		public Statistics plus(final Statistics o) {
			return new Statistics(pixels + o.pixels, entropy + o.entropy, sum(overlap, o.overlap), sum(predicted, o.predicted), sum(reference, o.reference),
				hits + o.hits, positives + o.positives);
		}

		/** The same with another number of pixels. */
		public Statistics ofPixels(final long count) {
			return new Statistics(count, entropy, overlap, predicted, reference, hits, positives);
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
	}

	/** True if an image's gradient depends on no other image but for the number of pixels that count. */
	public boolean isSumOverImages() {
		return dice == 0;
	}

	/** Number of pixels that count. */
	static long counted(final byte[] labels) {
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
		double entropy = 0;
		long pixels = 0, hits = 0, positives = 0;
		final double[] p = new double[outputs];
		for (int i = 0; i < labels.length; i++) {
			final int label = labels[i] & 0xff;
			final boolean counts = labels[i] != IGNORE;
			if (counts && outputs > 1 && label >= outputs) throw new IllegalArgumentException("Loss: expected labels below " + outputs + ", got " + label);
			final int target = outputs == 1 ? Math.min(label, 1) : label;
			final double ce = outputs == 1 ? sigmoid(logits[0][i], target, p) : softmax(logits, i, counts ? target : 0, p);
			for (int c = 0; c < outputs; c++) probabilities[c][i] = (float) p[c];
			if (!counts) continue;
			pixels++;
			entropy += ce;
			int best = 0;
			if (outputs == 1) best = p[0] > 0.5 ? 1 : 0;
			else for (int c = 1; c < outputs; c++) if (p[c] > p[best]) best = c;
			for (int k = 0; k < classes; k++) predicted[k] += p[outputs == 1 ? 0 : k + 1];
			if (target > 0) {
				overlap[target - 1] += p[outputs == 1 ? 0 : target];
				reference[target - 1]++;
				positives++;
				if (best == target) hits++;
			}
			if (best > 0) positives++;
		}
		return new Statistics(pixels, entropy, overlap, predicted, reference, hits, positives);
	}

	/** Puts the probability into p[0]; returns the binary cross-entropy {@code max(z, 0) - z t + log(1 + exp(-|z|))}. */
	private static double sigmoid(final double z, final int target, final double[] p) {
		final double e = Math.exp(-Math.abs(z));
		p[0] = z >= 0 ? 1 / (1 + e) : e / (1 + e);
		return Math.max(z, 0) - z * target + Math.log1p(e);
	}

	/** Puts the probabilities into p; returns the cross-entropy {@code log(sum exp(z - max)) - (z[target] - max)}. */
	private static double softmax(final float[][] logits, final int i, final int target, final double[] p) {
		double max = logits[0][i], sum = 0;
		for (int c = 1; c < p.length; c++) max = Math.max(max, logits[c][i]);
		final double z = logits[target][i] - max;
		for (int c = 0; c < p.length; c++) sum += p[c] = Math.exp(logits[c][i] - max);
		for (int c = 0; c < p.length; c++) p[c] /= sum;
		return Math.log(sum) - z;
	}

	/** The loss of a batch with these sums; 0 if no pixel counts. */
	public double value(final Statistics s) {
		if (s.pixels == 0) return 0;
		double d = 0;
		for (int k = 0; k < s.overlap.length; k++) d += (2 * s.overlap[k] + 1) / (s.predicted[k] + s.reference[k] + 1);
		return crossEntropy * s.entropy / s.pixels + dice * (1 - d / s.overlap.length);
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
		final double entropy = total.pixels == 0 ? 0 : crossEntropy / total.pixels;
		// derivative of the Dice loss by p where t is 1 and where it is 0
		final double[] inside = new double[classes], outside = new double[classes];
		for (int k = 0; k < classes; k++) {
			final double size = total.predicted[k] + total.reference[k] + 1, d = (2 * total.overlap[k] + 1) / size;
			inside[k] = -dice / classes * (2 - d) / size;
			outside[k] = dice / classes * d / size;
		}
		for (int i = 0; i < labels.length; i++) {
			if (labels[i] == IGNORE) for (final float[] plane : planes) plane[i] = 0;
			else if (outputs == 1) {
				final double p = planes[0][i];
				final boolean t = labels[i] != 0;
				planes[0][i] = (float) (entropy * (p - (t ? 1 : 0)) + (t ? inside[0] : outside[0]) * p * (1 - p));
			}
			else softmaxGradient(planes, i, labels[i] & 0xff, entropy, inside, outside);
		}
	}

	private static void softmaxGradient(final float[][] planes, final int i, final int target, final double entropy, final double[] inside,
		final double[] outside)
	{
		double mean = 0;
		for (int c = 1; c < planes.length; c++) mean += planes[c][i] * (c == target ? inside[c - 1] : outside[c - 1]);
		for (int c = 0; c < planes.length; c++) {
			final double p = planes[c][i], g = c == 0 ? 0 : c == target ? inside[c - 1] : outside[c - 1];
			planes[c][i] = (float) (entropy * (p - (c == target ? 1 : 0)) + p * (g - mean));
		}
	}
}
