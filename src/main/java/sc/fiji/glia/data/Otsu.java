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
package sc.fiji.glia.data;

/**
 * Otsu's threshold: of all ways to cut a histogram in two, the one with the greatest variance between the two means, the lowest of equals.
 * The histogram has 256 bins from the least value to the greatest. The means are those of the values, not of the middles of bins, so that
 * of whole numbers that span less than 256 the threshold is exact.
 */
final class Otsu {

	private static final int BINS = 256;

	private Otsu() {}

	/** True for each value above the threshold; for none if all are equal. */
	static boolean[] above(final float[] values) {
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		for (final float v : values) {
			min = Math.min(min, v);
			max = Math.max(max, v);
		}
		final boolean[] above = new boolean[values.length];
		if (!(max > min)) return above;
		final double zero = min, scale = BINS / ((double) max - min);
		final long[] counts = new long[BINS];
		final double[] sums = new double[BINS];
		for (final float v : values) {
			final int bin = bin(v, zero, scale);
			counts[bin]++;
			sums[bin] += v - zero;
		}
		final int threshold = threshold(counts, sums);
		for (int i = 0; i < values.length; i++) above[i] = bin(values[i], zero, scale) > threshold;
		return above;
	}

	private static int bin(final float v, final double zero, final double scale) {
		return Math.min(BINS - 1, (int) ((v - zero) * scale));
	}

	/** The last bin below the cut. */
	private static int threshold(final long[] counts, final double[] sums) {
		long all = 0, below = 0;
		double sum = 0, sumBelow = 0, best = -1;
		for (int b = 0; b < BINS; b++) {
			all += counts[b];
			sum += sums[b];
		}
		int threshold = 0;
		for (int b = 0; b < BINS - 1; b++) {
			if (counts[b] == 0) continue;
			below += counts[b];
			sumBelow += sums[b];
			final double distance = sumBelow / below - (sum - sumBelow) / (all - below);
			final double between = (double) below * (all - below) * distance * distance;
			if (between > best) {
				best = between;
				threshold = b;
			}
		}
		return threshold;
	}
}
