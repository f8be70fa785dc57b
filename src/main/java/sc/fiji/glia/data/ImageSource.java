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

import java.util.SplittableRandom;

/**
 * An endless, numbered supply of training images with a class each. Image {@code n} is determined by the samples, the settings, the seed and {@code n}
 * alone, so any number of threads may draw in any order. Each epoch of {@link #size()} images has every sample once, in a fresh order.
 */
public final class ImageSource {

	private final Samples samples;
	private final int[] labels, drawn;
	private final Normalization normalization;
	private final Augmentation augmentation;
	private final Intensity intensity;
	/** Normalised, or null for those that did not fit. */
	private final Sample[] cache;
	private final EpochOrder order;

	/**
	 * Reads every sample that is to be drawn once.
	 *
	 * @param samples images of one size
	 * @param labels class of each sample
	 * @param indices the samples to draw
	 * @param cacheBytes memory for normalised samples; those that do not fit are read again for each draw
	 * @param watch may end the reading
	 * @throws IllegalArgumentException if there is nothing to draw, sizes or numbers of channels differ, or values are not finite
	 */
	public ImageSource(final Samples samples, final int[] labels, final int[] indices, final Normalization normalization,
		final Augmentation augmentation, final long seed, final long cacheBytes, final Watch watch)
	{
		if (indices.length == 0) throw new IllegalArgumentException("Training: expected at least 1 image, got none");
		this.samples = samples;
		this.labels = labels.clone();
		this.normalization = normalization;
		this.augmentation = augmentation;
		intensity = new Intensity(augmentation, normalization.nonZero());
		drawn = indices.clone();
		cache = new Sample[drawn.length];
		order = new EpochOrder(drawn.length, seed);
		final Sample first = samples.get(drawn[0]);
		long free = cacheBytes;
		for (int k = 0; k < drawn.length; k++) {
			watch.at("normalising image", k + 1, drawn.length);
			final Sample s = k == 0 ? first : samples.get(drawn[k]);
			Normalization.check(s);
			if (s.width() != first.width() || s.height() != first.height() || s.channels().length != first.channels().length)
				throw new IllegalArgumentException("Sample '" + s.name() + "': expected " + size(first) + " as '" + first.name() + "' has, got " + size(s));
			free -= 4L * s.channels().length * s.width() * s.height();
			if (free >= 0) cache[k] = normalized(s);
		}
	}

	private static String size(final Sample s) {
		return s.width() + "x" + s.height() + " pixels of " + s.channels().length + (s.channels().length == 1 ? " channel" : " channels");
	}

	private Sample normalized(final Sample s) {
		return s.with(normalization.apply(s.channels()));
	}

	/** Number of images in an epoch. */
	public int size() {
		return drawn.length;
	}

	/**
	 * Fills the arrays with an image.
	 *
	 * @param number which image, from 0
	 * @param values filled with normalised values, {@code [channel][y * width + x]}
	 * @param label its only element becomes the class
	 */
	public void draw(final long number, final float[][] values, final byte[] label) {
		final int k = order.sample(number);
		final Sample s = cache[k] != null ? cache[k] : normalized(samples.get(drawn[k]));
		label[0] = (byte) labels[drawn[k]];
		if (augmentation.equals(Augmentation.NONE)) {
			for (int c = 0; c < values.length; c++) System.arraycopy(s.channels()[c], 0, values[c], 0, values[c].length);
			return;
		}
		final SplittableRandom random = order.random(number);
		Warp.random(augmentation, s, s.width(), s.height(), -1, random).cut(s, values, new byte[0]);
		for (final float[] v : values) intensity.apply(v, s.width(), random);
	}
}
