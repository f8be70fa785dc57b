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

import java.util.ArrayDeque;
import java.util.Deque;

import sc.fiji.glia.engine.kernel.dense.ProbabilityKernels;
import sc.fiji.glia.engine.train.Loss.Statistics;

/**
 * {@link Loss#statistics} of images, rounded to floats as {@link ProbabilityKernels} says, which takes a tenth of the time: exponential and
 * logarithm of each pixel in double precision are a twentieth of a step of training. Safe for use by several threads.
 */
public final class PlaneLoss {

	/** Pixels that are worked on together, so that they stay in the cache. */
	private static final int PIECE = 1024;

	private final Loss loss;
	private final ProbabilityKernels kernels;
	private final Deque<float[]> scratch = new ArrayDeque<>();

	/** @param kernels all give the same bits */
	public PlaneLoss(final Loss loss, final ProbabilityKernels kernels) {
		this.loss = loss;
		this.kernels = kernels;
	}

	/**
	 * First pass over one image; the second one is {@link Loss#gradient}.
	 *
	 * @param logits planes {@code [output][pixel]}
	 * @param labels classes, or {@link Loss#IGNORE}
	 * @param probabilities receives sigmoid or softmax; may be {@code logits}
	 */
	public Statistics statistics(final float[][] logits, final byte[] labels, final float[][] probabilities) {
		final Sums sums = new Sums(logits.length);
		final float[] s = take((2 * logits.length + 1) * PIECE);
		for (int i = 0; i < labels.length; i += PIECE) {
			final int n = Math.min(PIECE, labels.length - i);
			if (logits.length == 1) sums.addSigmoid(logits[0], labels, probabilities[0], s, i, n);
			else sums.addSoftmax(logits, labels, probabilities, s, i, n);
		}
		give(s);
		return sums.of(loss.weight(labels, logits.length));
	}

	private float[] take(final int length) {
		synchronized (scratch) {
			if (!scratch.isEmpty() && scratch.peek().length >= length) return scratch.pop();
		}
		return new float[length];
	}

	private void give(final float[] s) {
		synchronized (scratch) {
			scratch.push(s);
		}
	}

	/** The sums over an image. */
	private final class Sums {

		private final int outputs;
		private final double[][] factors;
		private final boolean plain = loss.classWeights().isEmpty() && loss.smoothing() == 0;
		private final double[] overlap, predicted, reference;
		private double entropy;
		private long pixels, hits, positives, correct;

		Sums(final int outputs) {
			this.outputs = outputs;
			factors = loss.factors(outputs);
			final int classes = Math.max(1, outputs - 1);
			overlap = new double[classes];
			predicted = new double[classes];
			reference = new double[classes];
		}

		Statistics of(final double weight) {
			return new Statistics(pixels, weight, entropy, overlap, predicted, reference, hits, positives, correct);
		}

		/** Adds {@code n} pixels from {@code first} on of a network with one output; {@code ce} receives their cross-entropies for both labels. */
		void addSigmoid(final float[] z, final byte[] labels, final float[] p, final float[] ce, final int first, final int n) {
			kernels.sigmoid(z, first, p, first, ce, 0, ce, PIECE, n);
			double entropySum = 0, all = 0, inside = 0;
			int counted = 0, ones = 0, found = 0, both = 0;
			for (int i = 0; i < n; i++) {
				final byte label = labels[first + i];
				if (label == Loss.IGNORE) continue;
				final float v = p[first + i];
				final int one = label == 0 ? 0 : 1, most = v > 0.5f ? 1 : 0;
				entropySum += plain ? ce[one * PIECE + i] : entropy(factors[one], ce, i);
				counted++;
				all += v;
				inside += one * v;
				ones += one;
				found += most;
				both += one & most;
			}
			entropy += entropySum;
			predicted[0] += all;
			overlap[0] += inside;
			reference[0] += ones;
			pixels += counted;
			hits += both;
			positives += ones + found;
			correct += counted - ones - found + 2 * both;
		}

		/**
		 * Adds {@code n} pixels from {@code first} on of a network with several outputs; {@code s} receives their cross-entropies for each label, and
		 * after these their probabilities.
		 */
		void addSoftmax(final float[][] z, final byte[] labels, final float[][] p, final float[] s, final int first, final int n) {
			final int probability = outputs * PIECE, logSum = 2 * probability;
			for (int c = 0; c < outputs; c++) System.arraycopy(z[c], first, s, c * PIECE, n);
			kernels.softmax(s, 0, PIECE, outputs, s, probability, PIECE, s, logSum, n);
			for (int c = 0, at = 0; c < outputs; c++, at += PIECE) {
				System.arraycopy(s, probability + at, p[c], first, n);
				for (int i = 0; i < n; i++) s[at + i] = s[logSum + i] - s[at + i];
			}
			for (int i = 0; i < n; i++) {
				if (labels[first + i] == Loss.IGNORE) continue;
				final int label = labels[first + i] & 0xff;
				if (label >= outputs) throw new IllegalArgumentException("Loss: expected labels below " + outputs + ", got " + label);
				addPixel(label, s, i, probability + i);
			}
		}

		/** @param p where in {@code s} the probability of class 0 is */
		private void addPixel(final int label, final float[] s, final int i, final int p) {
			pixels++;
			entropy += plain ? s[label * PIECE + i] : entropy(factors[label], s, i);
			int best = 0;
			for (int c = 1; c < outputs; c++) {
				final float v = s[p + c * PIECE];
				predicted[c - 1] += v;
				if (v > s[p + best * PIECE]) best = c;
			}
			if (best == label) correct++;
			if (best > 0) positives++;
			if (label == 0) return;
			overlap[label - 1] += s[p + label * PIECE];
			reference[label - 1]++;
			positives++;
			if (best == label) hits++;
		}

		/** The weighted cross-entropy of a pixel. NB: a factor of 0 takes away what is infinite. */
		private double entropy(final double[] factor, final float[] ce, final int i) {
			double sum = 0;
			for (int c = 0; c < factor.length; c++) if (factor[c] != 0) sum += factor[c] * ce[c * PIECE + i];
			return sum;
		}
	}
}
