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

import sc.fiji.glia.engine.kernel.dense.ByteValues;

/**
 * Brings image values to the range networks like: {@code (value - offset) * scale} for each channel. Stored in the model and applied
 * identically in training and prediction; an image is normalised by itself, so a slice alone and in a stack come out the same.
 * <p>
 * With {@code nonZero} the statistics are those of pixels other than 0 (channel by channel), and pixels that are 0 stay 0, whatever the
 * method: that is the mean of the object for {@link Method#ZSCORE}, the bottom of the range for the others. A channel that is constant
 * is not divided by its spread, but only shifted to 0. Values outside the range are not cut off.
 *
 * @param method which statistics become which values
 * @param scope whose statistics
 * @param nonZero true if pixels that are exactly 0 are background
 * @param offset for each channel, what is subtracted; empty if the scope is {@link Scope#IMAGE}
 * @param scale for each channel, what is then multiplied with; empty if the scope is {@link Scope#IMAGE}
 */
public record Normalization(Method method, Scope scope, boolean nonZero, List<Double> offset, List<Double> scale) {

	/** Which statistics become which values. */
	public enum Method {
		/** The smallest value becomes 0, the largest 1. For a data set of 8-bit values that reach above 127: 0 becomes 0, 255 becomes 1. */
		RANGE,
		/** Percentile 1 becomes 0, percentile 99 becomes 1; as {@link #RANGE} if the two are equal. */
		PERCENTILE,
		/** Mean 0, standard deviation 1. */
		ZSCORE
	}

	/** Whose statistics. */
	public enum Scope {
		/** All pixels of the training samples: the same constants for every image. */
		DATASET,
		/** Each image's own pixels. */
		IMAGE
	}

	private static final int SAMPLED = 4_000_000, LEAST_PER_IMAGE = 256;

	/** @throws IllegalArgumentException if the constants do not fit the scope or are not finite */
	public Normalization {
		offset = List.copyOf(offset);
		scale = List.copyOf(scale);
		if (offset.size() != scale.size() || offset.isEmpty() != (scope == Scope.IMAGE)) throw new IllegalArgumentException("Normalization: expected " +
			(scope == Scope.IMAGE ? "no offsets and scales" : "an offset and a scale for each channel") + " for scope " + scope + ", got " + offset.size() +
			" and " + scale.size());
		for (int c = 0; c < scale.size(); c++) {
			if (!Double.isFinite(offset.get(c)) || !Double.isFinite(scale.get(c))) throw new IllegalArgumentException(
				"Normalization: expected finite offset and scale for channel " + (c + 1) + ", got " + offset.get(c) + " and " + scale.get(c));
		}
	}

	/**
	 * The normalisation for these samples; they are read once, unless the scope is {@link Scope#IMAGE}. Percentiles of a data set are those
	 * of about four million pixels spread evenly over it.
	 *
	 * @param indices the training samples
	 * @throws IllegalArgumentException if there are none, their numbers of channels differ, or one has values that are not finite
	 */
	public static Normalization fit(final Method method, final Scope scope, final boolean nonZero, final Samples samples, final int[] indices) {
		if (scope == Scope.IMAGE) return new Normalization(method, scope, nonZero, List.of(), List.of());
		if (indices.length == 0) throw new IllegalArgumentException("Normalization: expected at least 1 sample to fit to, got 0");
		final List<Moments> moments = new ArrayList<>();
		final List<Floats> values = new ArrayList<>();
		final int perImage = Math.max(LEAST_PER_IMAGE, SAMPLED / indices.length);
		for (final int i : indices) {
			final Sample sample = samples.get(i);
			check(sample);
			if (moments.isEmpty()) for (int c = 0; c < sample.channels().length; c++) {
				moments.add(new Moments());
				values.add(new Floats());
			}
			if (sample.channels().length != moments.size()) throw new IllegalArgumentException("Sample '" + sample.name() + "': expected " + moments.size() +
				" channels as in '" + samples.name(indices[0]) + "', got " + sample.channels().length);
			for (int c = 0; c < moments.size(); c++) {
				moments.get(c).add(Moments.of(sample.channels()[c], nonZero));
				if (method == Method.PERCENTILE) values.get(c).addSome(sample.channels()[c], nonZero, perImage);
			}
		}
		final List<Double> offset = new ArrayList<>(), scale = new ArrayList<>();
		for (int c = 0; c < moments.size(); c++) {
			final Line line = line(method, scope, moments.get(c), values.get(c).toArray());
			offset.add(line.offset);
			scale.add(line.scale);
		}
		return new Normalization(method, scope, nonZero, offset, scale);
	}

	/**
	 * The normalisation {@link Method#RANGE} of a data set of images that thumbnails were made of: no pixels are read.
	 *
	 * @param indices the training samples
	 * @throws IllegalArgumentException if there are none
	 */
	public static Normalization range(final Thumbnails thumbnails, final int[] indices) {
		if (indices.length == 0) throw new IllegalArgumentException("Normalization: expected at least 1 sample to fit to, got 0");
		final List<Double> offset = new ArrayList<>(), scale = new ArrayList<>();
		for (int c = 0; c < thumbnails.image(indices[0]).facts().values().size(); c++) {
			final Moments all = new Moments();
			for (final int i : indices) all.add(thumbnails.image(i).facts().values().get(c));
			final Line line = line(Method.RANGE, Scope.DATASET, all, new float[0]);
			offset.add(line.offset);
			scale.add(line.scale);
		}
		return new Normalization(Method.RANGE, Scope.DATASET, false, offset, scale);
	}

	/**
	 * Normalised copies of an image's channels.
	 *
	 * @param channels calibrated values, {@code [channel][pixel]}; not changed
	 * @throws IllegalArgumentException if the number of channels is not the one fitted to
	 */
	public float[][] apply(final float[][] channels) {
		if (scope == Scope.DATASET && channels.length != scale.size()) throw new IllegalArgumentException("Normalization: expected " + scale.size() +
			" channels, got " + channels.length);
		final float[][] result = new float[channels.length][];
		for (int c = 0; c < channels.length; c++) {
			final float[] in = channels[c], out = new float[in.length];
			final Line line = scope == Scope.DATASET ? new Line(offset.get(c), scale.get(c)) : line(in);
			for (int i = 0; i < in.length; i++) out[i] = nonZero && in[i] == 0 ? 0 : (float) ((in[i] - line.offset) * line.scale);
			result[c] = out;
		}
		return result;
	}

	/**
	 * What a channel's numbers from 0 to 255 become.
	 *
	 * @throws IllegalStateException if each image is normalised by its own values
	 */
	ByteValues bytes(final int channel) {
		if (scope != Scope.DATASET) throw new IllegalStateException("Normalization: expected the same constants for all images, got scope " + scope);
		return new ByteValues(offset.get(channel), scale.get(channel), nonZero);
	}

	/**
	 * Makes sure that all values are numbers.
	 *
	 * @throws IllegalArgumentException if a value is NaN or infinite; the message names the sample and the pixel
	 */
	public static void check(final Sample sample) {
		for (int c = 0; c < sample.channels().length; c++) {
			final float[] values = sample.channels()[c];
			for (int i = 0; i < values.length; i++) {
				if (!Float.isFinite(values[i])) throw new IllegalArgumentException("Sample '" + sample.name() + "': expected finite values, got " + values[i] +
					" in channel " + (c + 1) + " at x=" + i % sample.width() + ", y=" + i / sample.width() + "; replace such pixels, or leave the image out");
			}
		}
	}

	/**
	 * Tells whether the background of the images is exactly 0, as in skull-stripped or masked images: in more than half of them at least
	 * 95 % of the border is 0 in all channels, and at least 20 % of all pixels are.
	 */
	public static boolean hasZeroBackground(final Samples samples, final int[] indices) {
		final ZeroBackground background = new ZeroBackground();
		for (final int i : indices) background.add(samples.get(i));
		return background.found();
	}

	private record Line(double offset, double scale) {

		/** @param unit what becomes 1; if it is no more than the rounding of floats, the channel is constant */
		static Line of(final double zero, final double unit) {
			return unit <= 1e-6 * Math.abs(zero) ? new Line(zero, 1) : new Line(zero, 1 / unit);
		}
	}

	private Line line(final float[] image) {
		final Floats values = new Floats();
		if (method == Method.PERCENTILE) values.addSome(image, nonZero, image.length);
		return line(method, scope, Moments.of(image, nonZero), values.toArray());
	}

	private static Line line(final Method method, final Scope scope, final Moments m, final float[] values) {
		if (m.count == 0) return new Line(0, 1);
		return switch (method) {
			case ZSCORE -> Line.of(m.mean, m.deviation());
			case RANGE -> scope == Scope.DATASET && m.integers && m.min >= 0 && m.max > 127 && m.max <= 255 ? Line.of(0, 255)
				: Line.of(m.min, m.max - m.min);
			case PERCENTILE -> {
				Arrays.sort(values);
				final double low = values[(int) Math.round(0.01 * (values.length - 1))], high = values[(int) Math.round(0.99 * (values.length - 1))];
				yield high > low ? Line.of(low, high - low) : Line.of(m.min, m.max - m.min);
			}
		};
	}

	/** A growing array. */
	private static final class Floats {

		private float[] values = new float[1024];
		private int size;

		/** Adds at most so many values, spread over the whole array. */
		void addSome(final float[] from, final boolean nonZero, final int most) {
			final int count = Math.min(most, from.length);
			for (int i = 0; i < count; i++) {
				// multiples of a large prime, modulo the length: every pixel at most once, and no grid that stripes could hide in
				final float v = count == from.length ? from[i] : from[(int) (i * 2654435761L % from.length)];
				if (nonZero && v == 0) continue;
				if (size == values.length) values = Arrays.copyOf(values, 2 * size);
				values[size++] = v;
			}
		}

		float[] toArray() {
			return Arrays.copyOf(values, size);
		}
	}
}
