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

import java.util.List;

/**
 * What is known of a data set: the automatic settings are derived from it, and the model file keeps it. All numbers are finite.
 *
 * @param samples number of samples
 * @param groups number of groups
 * @param width smallest, median and largest width, in pixels
 * @param height smallest, median and largest height, in pixels
 * @param channels number of channels
 * @param classes number of classes with background: the largest label plus 1, at least 1
 * @param pixels number of pixels of each class, background first
 * @param ignored number of pixels that count nothing
 * @param foregroundShare share of foreground among the pixels that count, 0 to 1
 * @param foregroundSampleShare share of samples with foreground, 0 to 1
 * @param minimum for each channel, the smallest value
 * @param maximum for each channel, the largest value
 * @param mean for each channel, the mean over all pixels
 * @param deviation for each channel, the standard deviation over all pixels
 * @param deviationOfMeans for each channel, the standard deviation of the images' means
 * @param zeroBackground whether the background is exactly 0, see {@link Normalization#hasZeroBackground}
 * @param objectDiameter median diameter of the circles that have the areas of the objects, in pixels; an object is a set of 8-connected
 *          pixels of one foreground class; 0 if there are none
 * @param sha256 SHA-256 of those of all samples in order, each of its size, values and labels (channels that are all the same count once), in hexadecimal
 */
public record Fingerprint(int samples, int groups, Size width, Size height, int channels, int classes, List<Long> pixels, long ignored,
	double foregroundShare, double foregroundSampleShare, List<Double> minimum, List<Double> maximum, List<Double> mean, List<Double> deviation,
	List<Double> deviationOfMeans, boolean zeroBackground, double objectDiameter, String sha256)
{

	/** Smallest, median (the lower of two) and largest, in pixels. */
	public record Size(int min, int median, int max) {}

	/** Keeps copies of the lists. */
	public Fingerprint {
		pixels = List.copyOf(pixels);
		minimum = List.copyOf(minimum);
		maximum = List.copyOf(maximum);
		mean = List.copyOf(mean);
		deviation = List.copyOf(deviation);
		deviationOfMeans = List.copyOf(deviationOfMeans);
	}

	/**
	 * The fingerprint of these samples; each is read once.
	 *
	 * @throws IllegalArgumentException if there are none, their numbers of channels differ, or one has values that are not finite
	 */
	public static Fingerprint of(final Samples samples, final int[] indices) {
		if (indices.length == 0) throw new IllegalArgumentException("Fingerprint: expected at least 1 sample, got 0");
		final FingerprintScan scan = new FingerprintScan();
		for (final int i : indices) scan.add(samples.get(i));
		return scan.result();
	}

	/**
	 * The same of images that thumbnails were made of: no pixels are read.
	 *
	 * @param samples the images, perhaps in other groups
	 * @throws IllegalArgumentException if there are none, or their numbers of channels differ
	 */
	public static Fingerprint of(final Thumbnails thumbnails, final Samples samples, final int[] indices) {
		if (indices.length == 0) throw new IllegalArgumentException("Fingerprint: expected at least 1 sample, got 0");
		final FingerprintScan scan = new FingerprintScan();
		for (final int i : indices) scan.add(samples.name(i), samples.group(i), thumbnails.image(i).facts());
		return scan.result();
	}
}
