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

import sc.fiji.glia.engine.train.Loss;

/**
 * Pixels of a prediction against a reference, counted for one class or for all foreground; of a classification, images in place of pixels. Scores
 * that are 0/0 are NaN: see {@link EmptyRule}.
 *
 * @param tp pixels that are of the class in both
 * @param fp pixels that are of the class in the prediction only
 * @param fn pixels that are of the class in the reference only
 * @param tn pixels that are of the class in neither
 */
public record Confusion(long tp, long fp, long fn, long tn) {

	/** No pixels at all. */
	public static final Confusion NONE = new Confusion(0, 0, 0, 0);

	/**
	 * Counts pixels of one class against all others. Pixels whose reference is {@link Loss#IGNORE} are left out.
	 *
	 * @param label the class, 0 to 254
	 * @throws IllegalArgumentException if the lengths differ or a pixel that counts is predicted as {@link Loss#IGNORE}
	 */
	public static Confusion ofClass(final byte[] prediction, final byte[] reference, final int label) {
		return count(prediction, reference, label, label);
	}

	/**
	 * Counts foreground of any class against background. Pixels whose reference is {@link Loss#IGNORE} are left out.
	 *
	 * @throws IllegalArgumentException if the lengths differ or a pixel that counts is predicted as {@link Loss#IGNORE}
	 */
	public static Confusion ofForeground(final byte[] prediction, final byte[] reference) {
		return count(prediction, reference, 1, 254);
	}

	/** The pixels of both. */
	public Confusion plus(final Confusion other) {
		return new Confusion(tp + other.tp, fp + other.fp, fn + other.fn, tn + other.tn);
	}

	/** {@code 2 tp / (2 tp + fp + fn)}. */
	public double dice() {
		return EmptyRule.ratio(2.0 * tp, 2.0 * tp + fp + fn);
	}

	/** Intersection over union, {@code tp / (tp + fp + fn)}. */
	public double iou() {
		return EmptyRule.ratio(tp, (double) tp + fp + fn);
	}

	/** Share of pixels that are right, {@code (tp + tn) / all}. */
	public double accuracy() {
		return EmptyRule.ratio((double) tp + tn, pixels());
	}

	/** Share of the reference that is found (recall), {@code tp / (tp + fn)}. */
	public double sensitivity() {
		return EmptyRule.ratio(tp, (double) tp + fn);
	}

	/** Share of the rest that is left alone, {@code tn / (tn + fp)}. */
	public double specificity() {
		return EmptyRule.ratio(tn, (double) tn + fp);
	}

	/** Share of the prediction that is right, {@code tp / (tp + fp)}. */
	public double precision() {
		return EmptyRule.ratio(tp, (double) tp + fp);
	}

	/** Number of pixels counted. */
	public long pixels() {
		return tp + fp + fn + tn;
	}

	/** True if the reference has pixels of the class. */
	public boolean isInReference() {
		return tp + fn > 0;
	}

	private static Confusion count(final byte[] prediction, final byte[] reference, final int from, final int to) {
		if (prediction.length != reference.length) throw new IllegalArgumentException("Confusion: expected a prediction of " + reference.length +
			" pixels as the reference, got " + prediction.length);
		final int ignore = Loss.IGNORE & 0xff;
		long tp = 0, fp = 0, fn = 0, tn = 0;
		for (int i = 0; i < reference.length; i++) {
			final int r = reference[i] & 0xff, p = prediction[i] & 0xff;
			if (r == ignore) continue;
			if (p == ignore) throw new IllegalArgumentException("Confusion: expected a class (0 to 254) for each predicted pixel, got " + ignore +
				" at pixel " + i + "; only the reference may leave pixels out");
			final boolean inReference = r >= from && r <= to, inPrediction = p >= from && p <= to;
			if (inReference) {
				if (inPrediction) tp++;
				else fn++;
			}
			else if (inPrediction) fp++;
			else tn++;
		}
		return new Confusion(tp, fp, fn, tn);
	}
}
