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

import java.util.ArrayList;
import java.util.List;

/**
 * How well confidence tells the chance of being right: a reliability diagram. The confidence of an image is the probability of the class it is
 * given.
 *
 * @param bins {@value #BINS} bins of equal width from 0 to 1; a confidence on an edge is in the bin above, 1 in the last
 */
public record Reliability(List<Bin> bins) {

	/** Number of bins, as in Guo et al. 2017, On calibration of modern neural networks. */
	public static final int BINS = 15;

	/**
	 * One bin.
	 *
	 * @param from lower edge
	 * @param to upper edge
	 * @param count number of images in it
	 * @param confidence their mean confidence; NaN if there are none
	 * @param accuracy share of them that is right; NaN if there are none
	 */
	public record Bin(double from, double to, long count, double confidence, double accuracy) {}

	/** Keeps a copy of the list. */
	public Reliability {
		bins = List.copyOf(bins);
	}

	/**
	 * The diagram of these images.
	 *
	 * @param confidence confidence of each image, 0 to 1
	 * @param right whether each image is given its class
	 */
	public static Reliability of(final double[] confidence, final boolean[] right) {
		final long[] count = new long[BINS];
		final double[] sum = new double[BINS], hits = new double[BINS];
		for (int i = 0; i < confidence.length; i++) {
			final int b = bin(confidence[i]);
			count[b]++;
			sum[b] += confidence[i];
			if (right[i]) hits[b]++;
		}
		final List<Bin> bins = new ArrayList<>();
		for (int b = 0; b < BINS; b++) bins.add(new Bin((double) b / BINS, (b + 1.0) / BINS, count[b], sum[b] / count[b], hits[b] / count[b]));
		return new Reliability(bins);
	}

	/** Expected calibration error: the mean over images of the difference between confidence and accuracy of their bin. NaN without images. */
	public double error() {
		double error = 0, n = 0;
		for (final Bin b : bins) {
			if (b.count == 0) continue;
			error += b.count * Math.abs(b.confidence - b.accuracy);
			n += b.count;
		}
		return error / n;
	}

	static int bin(final double confidence) {
		return Math.max(0, Math.min(BINS - 1, (int) (confidence * BINS)));
	}
}
