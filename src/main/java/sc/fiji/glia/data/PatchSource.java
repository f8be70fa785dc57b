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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * An endless, numbered supply of training patches. Patch {@code n} is determined by the samples, the settings, the seed and {@code n}
 * alone, so any number of threads may draw in any order.
 * <p>
 * Patch {@code n} comes from a place chosen at random in the sample that is number {@code n % size()} of a fresh permutation for each epoch
 * of {@link #size()} patches. A share of patches is instead drawn for its foreground: a class, then a sample that has it, then a pixel of
 * it, each equally likely, and before rotation and so on the pixel lies in the middle half of the patch, nearer to its edge only where the
 * image ends. Where a patch is not smaller than the image it is centred, and beyond the edges image and labels are both mirrored; mirrored
 * pixels count like others.
 * <p>
 * Samples with no pixel that counts (not labelled, or {@link Sample#IGNORE} everywhere) are never drawn.
 */
public final class PatchSource {

	private final Samples samples;
	private final Normalization normalization;
	private final Augmentation augmentation;
	private final Intensity intensity;
	private final int width, height, channels;
	private final double foregroundShare;
	/** Samples that can be drawn; what follows has an entry for each of them. */
	private final int[] drawn;
	/** Normalised, or null for those that did not fit. */
	private final Sample[] cache;
	private final List<ClassMembers> classes = new ArrayList<>();
	private final EpochOrder order;

	/** The samples that have pixels of one class, and how many. */
	private record ClassMembers(byte label, int[] members, int[] pixels) {}

	/** As the other constructor, with a quarter of the memory the virtual machine may use for the cache. */
	public PatchSource(final Samples samples, final int[] indices, final Normalization normalization, final Augmentation augmentation, final int width,
		final int height, final double foregroundShare, final long seed)
	{
		this(samples, indices, normalization, augmentation, width, height, foregroundShare, seed, Runtime.getRuntime().maxMemory() / 4, Watch.NONE);
	}

	/**
	 * Reads every sample once.
	 *
	 * @param indices the samples to draw from
	 * @param width columns of a patch, in pixels
	 * @param height rows of a patch, in pixels
	 * @param foregroundShare probability of a patch that is drawn for its foreground, 0 to 1
	 * @param cacheBytes memory for normalised samples; those that do not fit are read again for each patch
	 * @param watch may end the reading
	 * @throws IllegalArgumentException if no sample has a pixel that counts, numbers of channels differ, values are not finite, or sizes or
	 *           share are out of range
	 */
	public PatchSource(final Samples samples, final int[] indices, final Normalization normalization, final Augmentation augmentation, final int width,
		final int height, final double foregroundShare, final long seed, final long cacheBytes, final Watch watch)
	{
		if (width < 1 || height < 1) throw new IllegalArgumentException("Patch: expected a size of at least 1x1, got " + width + "x" + height);
		if (!(foregroundShare >= 0 && foregroundShare <= 1)) throw new IllegalArgumentException("Patch: expected a foreground share from 0 to 1, got " +
			foregroundShare);
		this.samples = samples;
		this.normalization = normalization;
		this.augmentation = augmentation;
		this.intensity = new Intensity(augmentation, normalization.nonZero());
		this.width = width;
		this.height = height;
		this.foregroundShare = foregroundShare;
		final List<Integer> kept = new ArrayList<>();
		final List<Sample> cached = new ArrayList<>();
		final List<int[]> counts = new ArrayList<>();
		long free = cacheBytes;
		int depth = 0;
		final Samples watched = watch.over(samples, "normalising image", indices.length);
		for (final int i : indices) {
			final Sample sample = watched.get(i);
			final int[] count = count(sample);
			if (Arrays.stream(count, 0, 255).sum() == 0) continue;
			Normalization.check(sample);
			if (kept.isEmpty()) depth = sample.channels().length;
			if (sample.channels().length != depth) throw new IllegalArgumentException("Sample '" + sample.name() + "': expected " + depth +
				" channels as in the samples before it, got " + sample.channels().length);
			final long bytes = (4L * depth + 1) * sample.width() * sample.height();
			final boolean fits = bytes <= free;
			if (fits) free -= bytes;
			kept.add(i);
			counts.add(count);
			cached.add(fits ? normalized(sample) : null);
		}
		if (kept.isEmpty()) throw new IllegalArgumentException("Patch: expected at least 1 sample with labelled pixels, got none among " + indices.length);
		channels = depth;
		drawn = kept.stream().mapToInt(i -> i).toArray();
		cache = cached.toArray(new Sample[0]);
		order = new EpochOrder(drawn.length, seed);
		for (int label = 1; label < 255; label++) {
			final int l = label;
			final int[] members = IntStream.range(0, drawn.length).filter(k -> counts.get(k)[l] > 0).toArray();
			if (members.length > 0) classes.add(new ClassMembers((byte) label, members, Arrays.stream(members).map(k -> counts.get(k)[l]).toArray()));
		}
	}

	/** Number of samples that can be drawn, which is the number of patches in an epoch that visits each once. */
	public int size() {
		return drawn.length;
	}

	/** Number of channels of the samples. */
	public int channels() {
		return channels;
	}

	/**
	 * Fills the arrays with a patch.
	 *
	 * @param number which patch, from 0
	 * @param values filled with normalised values, {@code [channel][y * width + x]}
	 * @param labels filled with classes, {@code [y * width + x]}
	 * @throws IllegalArgumentException if the number is negative or an array has another length than it should
	 */
	public void draw(final long number, final float[][] values, final byte[] labels) {
		check(number, values, labels);
		final SplittableRandom random = order.random(number);
		final boolean forForeground = random.nextDouble() < foregroundShare && !classes.isEmpty();
		int focus = -1;
		final Sample sample;
		if (forForeground) {
			final ClassMembers c = classes.get(random.nextInt(classes.size()));
			final int member = random.nextInt(c.members.length);
			sample = sample(c.members[member]);
			focus = pixel(sample.labels(), c.label, random.nextInt(c.pixels[member]));
		}
		else sample = sample(order.sample(number));
		Warp.random(augmentation, sample, width, height, focus, random).cut(sample, values, labels);
		for (final float[] v : values) intensity.apply(v, width, random);
	}

	private void check(final long number, final float[][] values, final byte[] labels) {
		if (number < 0) throw new IllegalArgumentException("Patch: expected a number from 0, got " + number);
		if (values.length != channels) throw new IllegalArgumentException("Patch: expected arrays for " + channels + " channels, got " + values.length);
		final int pixels = width * height;
		for (final float[] v : values) if (v.length != pixels) throw new IllegalArgumentException("Patch: expected room for " + pixels +
			" values of a channel, got " + v.length);
		if (labels.length != pixels) throw new IllegalArgumentException("Patch: expected room for " + pixels + " labels, got " + labels.length);
	}

	private Sample sample(final int k) {
		return cache[k] != null ? cache[k] : normalized(samples.get(drawn[k]));
	}

	private Sample normalized(final Sample s) {
		return s.with(normalization.apply(s.channels()));
	}

	private static int[] count(final Sample sample) {
		final int[] count = new int[256];
		for (final byte b : sample.labels()) count[b & 0xff]++;
		return count;
	}

	/** Index of the pixel of a class, counted from 0. */
	private static int pixel(final byte[] labels, final byte label, final int number) {
		int left = number;
		for (int i = 0; i < labels.length; i++) if (labels[i] == label && left-- == 0) return i;
		throw new IllegalStateException("labels changed while patches were drawn");
	}
}
