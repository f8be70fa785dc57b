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
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;

import sc.fiji.glia.engine.exec.RowLoss;
import sc.fiji.glia.engine.kernel.dense.ProbabilityKernels;
import sc.fiji.glia.engine.train.Loss.Statistics;

/**
 * The cross-entropy of networks that give one vector for each image, on blocks of images. The same as {@link Loss} of images of one pixel, but
 * rounded to floats as {@link ProbabilityKernels} says.
 */
public final class VectorLoss implements RowLoss {

	private final Loss loss;
	/** Of each label for each class, see {@link Loss}; and their sums. */
	private final double[][] factors;
	private final float[][] floatFactors;
	private final float[] sums;
	/** Of each label. */
	private final double[] weights;
	/** Whether a label has a factor for its own class only. */
	private final boolean isPlain;
	private final ProbabilityKernels kernels;
	private final int outputs;
	private final byte[] labels;
	/** By the number of a block's first image. */
	private final Statistics[] blocks;
	private final Deque<float[]> scratch = new ArrayDeque<>();
	/** Factor of the gradients. */
	private float scale;

	/**
	 * @param loss a loss that {@link Loss#isSumOverImages}
	 * @param outputs length of the vectors: 1 for two classes, else the number of classes
	 * @param labels a class for each image of the batch, or {@link Loss#IGNORE}; read in each step
	 * @throws IllegalArgumentException if the loss needs the whole batch, or has class weights for another number of classes
	 */
	public VectorLoss(final Loss loss, final ProbabilityKernels kernels, final int outputs, final byte[] labels) {
		if (!loss.isSumOverImages()) throw new IllegalArgumentException("VectorLoss: expected a loss without Dice, got " + loss);
		this.loss = loss;
		factors = loss.factors(outputs);
		floatFactors = new float[factors.length][factors.length];
		sums = new float[factors.length];
		for (int label = 0; label < sums.length; label++) {
			for (int c = 0; c < sums.length; c++) floatFactors[label][c] = (float) factors[label][c];
			sums[label] = (float) Arrays.stream(factors[label]).sum();
		}
		weights = new double[factors.length];
		boolean plain = true;
		for (int label = 0; label < weights.length; label++) {
			weights[label] = loss.weight(label, weights.length);
			for (int c = 0; c < weights.length; c++) plain &= c == label || factors[label][c] == 0;
		}
		isPlain = plain;
		this.kernels = kernels;
		this.outputs = outputs;
		this.labels = labels;
		blocks = new Statistics[labels.length];
	}

	/** Begins a step, when the labels are there. */
	public void begin() {
		final double weight = loss.weight(labels, outputs);
		scale = weight == 0 ? 0 : (float) (loss.crossEntropy() / weight);
		Arrays.fill(blocks, null);
	}

	/** The sums over all blocks since {@link #begin}. */
	public Statistics total() {
		return Arrays.stream(blocks).filter(Objects::nonNull).reduce(Statistics::plus).orElseThrow();
	}

	@Override
	public void accept(final int first, final int count, final float[] logits, final float[] gradient, final int at) {
		final float[] s = take(count);
		blocks[first] = outputs == 1 ? sigmoid(first, count, logits, gradient, at, s) : softmax(first, count, logits, gradient, at, s);
		give(s);
	}

	private float[] take(final int count) {
		final int length = 2 * count + ProbabilityKernels.ROWS * outputs;
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

	private Statistics softmax(final int first, final int count, final float[] z, final float[] g, final int at, final float[] s) {
		final int logSum = ProbabilityKernels.ROWS * outputs;
		kernels.softmaxRows(z, at, outputs, outputs, g, at, outputs, s, logSum, count, s);
		final double[] overlap = new double[outputs - 1], predicted = new double[outputs - 1], reference = new double[outputs - 1];
		double entropy = 0, weight = 0;
		long pixels = 0, hits = 0, positives = 0, correct = 0;
		for (int i = 0, k = at; i < count; i++, k += outputs) {
			final int label = labels[first + i] & 0xff;
			if (labels[first + i] == Loss.IGNORE) {
				Arrays.fill(g, k, k + outputs, 0);
				continue;
			}
			if (label >= outputs) throw new IllegalArgumentException("Loss: expected labels below " + outputs + ", got " + label);
			pixels++;
			weight += weights[label];
			final double[] a = factors[label];
			if (isPlain) entropy += a[label] == 0 ? 0 : a[label] * ((double) s[logSum + i] - z[k + label]);
			else for (int c = 0; c < outputs; c++) if (a[c] != 0) entropy += a[c] * ((double) s[logSum + i] - z[k + c]);
			int best = 0;
			float most = g[k];
			for (int c = 1; c < outputs; c++) {
				final float p = g[k + c];
				predicted[c - 1] += p;
				best = p > most ? c : best;
				most = p > most ? p : most;
			}
			if (best == label) correct++;
			if (best > 0) positives++;
			if (label > 0) {
				overlap[label - 1] += g[k + label];
				reference[label - 1]++;
				positives++;
				if (best == label) hits++;
			}
			final float[] f = floatFactors[label];
			final float sum = sums[label];
			for (int c = 0; c < outputs; c++) g[k + c] = scale * (sum * g[k + c] - f[c]);
		}
		return new Statistics(pixels, weight, entropy, overlap, predicted, reference, hits, positives, correct);
	}

	private Statistics sigmoid(final int first, final int count, final float[] z, final float[] g, final int at, final float[] s) {
		kernels.sigmoid(z, at, g, at, s, 0, s, count, count);
		final double[] overlap = new double[1], predicted = new double[1], reference = new double[1];
		double entropy = 0, weight = 0;
		long pixels = 0, hits = 0, positives = 0, correct = 0;
		for (int i = 0; i < count; i++) {
			final float p = g[at + i];
			if (labels[first + i] == Loss.IGNORE) {
				g[at + i] = 0;
				continue;
			}
			final int target = labels[first + i] == 0 ? 0 : 1;
			pixels++;
			weight += loss.weight(target, 2);
			for (int c = 0; c < 2; c++) if (factors[target][c] != 0) entropy += factors[target][c] * s[c * count + i];
			predicted[0] += p;
			if (p > 0.5f == (target == 1)) correct++;
			if (p > 0.5f) positives++;
			if (target == 1) {
				overlap[0] += p;
				reference[0]++;
				positives++;
				if (p > 0.5f) hits++;
			}
			g[at + i] = scale * (sums[target] * p - floatFactors[target][1]);
		}
		return new Statistics(pixels, weight, entropy, overlap, predicted, reference, hits, positives, correct);
	}
}
