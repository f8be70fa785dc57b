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
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Receiver operating characteristic: what share of the others is called positive for what share of the positives to be found, for every
 * threshold. Images of equal score change sides together, so the curve is the same in whatever order they come.
 *
 * @param falsePositiveRate share of the others whose score is at least the threshold, from 0 to 1; NaN if there are none
 * @param truePositiveRate share of the positives whose score is at least the threshold, from 0 to 1; NaN if there are none
 * @param threshold the thresholds: infinity, then every score that occurs, descending
 */
public record RocCurve(double[] falsePositiveRate, double[] truePositiveRate, double[] threshold) {

	/**
	 * The curve of these scores.
	 *
	 * @param score score of each image, higher is more positive; not NaN
	 * @param positive which images are positive
	 * @throws IllegalArgumentException if the lengths differ
	 */
	public static RocCurve of(final double[] score, final boolean[] positive) {
		if (score.length != positive.length) throw new IllegalArgumentException("RocCurve: expected a score for each of " + positive.length +
			" images, got " + score.length);
		final int n = score.length;
		final int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> -score[i])).mapToInt(i -> i).toArray();
		final double[] fp = new double[n + 1], tp = new double[n + 1], threshold = new double[n + 1];
		threshold[0] = Double.POSITIVE_INFINITY;
		int points = 1;
		double others = 0, positives = 0;
		for (int k = 0; k < n; k++) {
			if (positive[order[k]]) positives++;
			else others++;
			if (k + 1 < n && score[order[k + 1]] == score[order[k]]) continue;
			fp[points] = others;
			tp[points] = positives;
			threshold[points++] = score[order[k]];
		}
		for (int p = 0; p < points; p++) {
			fp[p] /= others;
			tp[p] /= positives;
		}
		return new RocCurve(Arrays.copyOf(fp, points), Arrays.copyOf(tp, points), Arrays.copyOf(threshold, points));
	}

	/**
	 * Area under the curve, by trapezoids: the chance that a positive has a higher score than another image, ties counting half, which is the
	 * statistic of Mann and Whitney divided by the number of such pairs. NaN if all or none are positive.
	 */
	public double auc() {
		double area = 0;
		for (int p = 1; p < threshold.length; p++) {
			area += (falsePositiveRate[p] - falsePositiveRate[p - 1]) * (truePositiveRate[p] + truePositiveRate[p - 1]) / 2;
		}
		return threshold.length == 1 ? Double.NaN : area;
	}
}
