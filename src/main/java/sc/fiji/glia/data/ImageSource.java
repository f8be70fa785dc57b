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

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

import sc.fiji.glia.engine.exec.ImageRow;
import sc.fiji.glia.engine.kernel.dense.ByteValues;
import sc.fiji.glia.engine.train.Trainer;

/**
 * An endless, numbered supply of training images with a class each. Image {@code n} is determined by the samples, the settings, the seed and {@code n}
 * alone, so any number of threads may draw in any order. Each epoch of {@link #size()} images has every sample once, in a fresh order.
 * <p>
 * Samples of 8-bit numbers are kept as such if all are normalised alike and drawn as they are: a quarter of the memory, and of what is read in each epoch.
 */
public final class ImageSource implements Trainer.Source, Trainer.LabelledRows {

	private static final byte[] NONE = {};

	private final Samples samples;
	private final int[] labels, drawn;
	private final Normalization normalization;
	private final Augmentation augmentation;
	private final Intensity intensity;
	/** Normalised, or null for those that did not fit or are in {@link #numbers}. */
	private final Sample[] cache;
	/** Before they are normalised, {@code [image][channel * plane + y * width + x]}; of length 0 for those that are not kept so. */
	private final byte[][] numbers;
	/** By channel, what numbers become; none if none are kept. */
	private final ByteValues[] values;
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
		numbers = new byte[drawn.length][];
		Arrays.fill(numbers, NONE);
		order = new EpochOrder(drawn.length, seed);
		final Sample first = samples.get(drawn[0]);
		final boolean asNumbers = augmentation.equals(Augmentation.NONE) && normalization.scope() == Normalization.Scope.DATASET;
		values = new ByteValues[asNumbers ? normalization.scale().size() : 0];
		for (int c = 0; c < values.length; c++) values[c] = normalization.bytes(c);
		long free = cacheBytes;
		for (int k = 0; k < drawn.length; k++) {
			watch.at("normalising image", k + 1, drawn.length);
			final Sample s = k == 0 ? first : samples.get(drawn[k]);
			Normalization.check(s);
			if (s.width() != first.width() || s.height() != first.height() || s.channels().length != first.channels().length)
				throw new IllegalArgumentException("Sample '" + s.name() + "': expected " + size(first) + " as '" + first.name() + "' has, got " + size(s));
			final boolean isBytes = values.length == s.channels().length && Arrays.stream(s.channels()).allMatch(ImageSource::isBytes);
			free -= (isBytes ? 1L : 4L) * s.channels().length * s.width() * s.height();
			if (free >= 0 && isBytes) numbers[k] = bytes(s.channels());
			else if (free >= 0) cache[k] = normalized(s);
		}
	}

	private static String size(final Sample s) {
		return s.width() + "x" + s.height() + " pixels of " + s.channels().length + (s.channels().length == 1 ? " channel" : " channels");
	}

	private Sample normalized(final Sample s) {
		return s.with(normalization.apply(s.channels()));
	}

	/** Whether bytes keep every bit. */
	private static boolean isBytes(final float[] plane) {
		for (final float v : plane) if (Float.floatToRawIntBits((int) v & 0xff) != Float.floatToRawIntBits(v)) return false;
		return true;
	}

	private static byte[] bytes(final float[][] channels) {
		final int plane = channels[0].length;
		final byte[] bytes = new byte[channels.length * plane];
		for (int c = 0; c < channels.length; c++) for (int i = 0; i < plane; i++) bytes[c * plane + i] = (byte) channels[c][i];
		return bytes;
	}

	/** Number of images in an epoch. */
	public int size() {
		return drawn.length;
	}

	/**
	 * Fills the arrays with an image.
	 *
	 * @param number which image, from 0
	 * @param planes filled with normalised values, {@code [channel][y * width + x]}
	 * @param label its only element becomes the class
	 */
	@Override
	public void draw(final long number, final float[][] planes, final byte[] label) {
		final int k = order.sample(number);
		label[0] = label(number);
		final byte[] n = numbers[k];
		if (n.length == 0) draw(number, sample(k), planes);
		else for (int c = 0; c < planes.length; c++) {
			final float[] table = values[c].table(), plane = planes[c];
			for (int i = 0, at = c * plane.length; i < plane.length; i++) plane[i] = table[n[at + i] & 0xff];
		}
	}

	private Sample sample(final int k) {
		return cache[k] != null ? cache[k] : normalized(samples.get(drawn[k]));
	}

	private void draw(final long number, final Sample s, final float[][] planes) {
		if (augmentation.equals(Augmentation.NONE)) {
			for (int c = 0; c < planes.length; c++) System.arraycopy(s.channels()[c], 0, planes[c], 0, planes[c].length);
			return;
		}
		final SplittableRandom random = order.random(number);
		Warp.random(augmentation, s, s.width(), s.height(), -1, random).cut(s, planes, new byte[0]);
		for (final float[] v : planes) intensity.apply(v, s.width(), random);
	}

	@Override
	public Optional<Trainer.LabelledRows> rows() {
		return Optional.of(this);
	}

	@Override
	public byte label(final long number) {
		return (byte) labels[drawn[order.sample(number)]];
	}

	@Override
	public void draw(final long number, final ImageRow row) {
		final int k = order.sample(number);
		final byte[] n = numbers[k];
		if (n.length > 0) {
			row.bytes(n, values);
			return;
		}
		final Sample s = sample(k);
		float[][] planes = s.channels();
		if (!augmentation.equals(Augmentation.NONE)) {
			planes = row.planes();
			draw(number, s, planes);
		}
		row.floats(planes);
	}
}
