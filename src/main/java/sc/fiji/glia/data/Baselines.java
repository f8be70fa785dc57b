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
import java.util.List;
import java.util.function.Function;

import sc.fiji.glia.data.score.Confusion;
import sc.fiji.glia.data.score.SegmentationScores;

/** What can be had without a network. A network that is not better has learnt nothing. Foreground of any class against background. */
public final class Baselines {

	private static final int BINS = 1 << 16;

	private Baselines() {}

	/**
	 * One threshold for all images, on calibrated values as they are, not normalised.
	 *
	 * @param channel the channel looked at, from 0
	 * @param value the threshold
	 * @param above true if values of at least the threshold are foreground, false if those below it are
	 * @param dice pooled Dice on the samples it was found on; 0 if they have no foreground
	 */
	public record Threshold(int channel, double value, boolean above, double dice) {

		/** Class of each pixel, 0 or 1. */
		public byte[] apply(final Sample sample) {
			final float[] values = sample.channels()[channel];
			final byte[] mask = new byte[values.length];
			for (int i = 0; i < mask.length; i++) mask[i] = (byte) (values[i] >= value == above ? 1 : 0);
			return mask;
		}

		/** Scores of this threshold on the labelled samples among these. */
		public SegmentationScores score(final Samples samples, final int[] indices) {
			return Baselines.score(samples, indices, this::apply);
		}
	}

	/** Scores of calling every pixel background, on the labelled samples among these. */
	public static SegmentationScores allBackground(final Samples samples, final int[] indices) {
		return score(samples, indices, s -> new byte[s.labels().length]);
	}

	/**
	 * The threshold with the highest pooled Dice: any channel, either direction, in the middle between the values that it parts. Exact for
	 * whole numbers that span less than 65536, else to 1/65535 of the channel's range. Reads the samples twice. Pixels that are {@link Sample#IGNORE} do not count.
	 *
	 * @throws IllegalArgumentException if none of the samples is labelled or their numbers of channels differ
	 */
	public static Threshold bestThreshold(final Samples samples, final int[] indices) {
		final List<Moments> ranges = ranges(samples, indices);
		final long[][][] histograms = new long[ranges.size()][2][BINS];
		for (final int i : indices) {
			final Sample sample = samples.get(i);
			if (!sample.isLabelled()) continue;
			for (int c = 0; c < histograms.length; c++) {
				final double min = ranges.get(c).min, width = binWidth(ranges.get(c));
				final float[] values = sample.channels()[c];
				for (int p = 0; p < values.length; p++) {
					final byte label = sample.labels()[p];
					if (label != Sample.IGNORE) histograms[c][label == 0 ? 0 : 1][(int) ((values[p] - min) / width)]++;
				}
			}
		}
		Threshold best = new Threshold(0, ranges.get(0).min, true, -1);
		for (int c = 0; c < histograms.length; c++) {
			final Threshold t = best(c, histograms[c], ranges.get(c));
			if (t.dice > best.dice) best = t;
		}
		return best;
	}

	private static Threshold best(final int channel, final long[][] histogram, final Moments range) {
		long foreground = 0, background = 0;
		for (int b = 0; b < BINS; b++) {
			background += histogram[0][b];
			foreground += histogram[1][b];
		}
		long fp = background, tp = foreground;
		Threshold best = new Threshold(channel, range.min, true, dice(tp, fp, foreground));
		for (int b = 0; b < BINS; b++) {
			if (b > 0) {
				final double above = dice(tp, fp, foreground), below = dice(foreground - tp, background - fp, foreground);
				if (above > best.dice) best = new Threshold(channel, middle(histogram, b, range), true, above);
				if (below > best.dice) best = new Threshold(channel, middle(histogram, b, range), false, below);
			}
			tp -= histogram[1][b];
			fp -= histogram[0][b];
		}
		return best;
	}

	/** A threshold at bin {@code b}, or any up to the next bin with pixels, which is the same: the middle of them. */
	private static double middle(final long[][] histogram, final int b, final Moments range) {
		int next = b;
		while (next < BINS - 1 && histogram[0][next] + histogram[1][next] == 0) next++;
		return range.min + (b + next) / 2 * binWidth(range);
	}

	private static double dice(final long tp, final long fp, final long foreground) {
		return foreground == 0 ? 0 : 2.0 * tp / ((double) tp + fp + foreground);
	}

	private static double binWidth(final Moments range) {
		if (range.max == range.min) return 1;
		return range.integers && range.max - range.min < BINS ? 1 : (range.max - range.min) / (BINS - 1);
	}

	private static List<Moments> ranges(final Samples samples, final int[] indices) {
		final List<Moments> ranges = new ArrayList<>();
		for (final int i : indices) {
			final Sample sample = samples.get(i);
			if (!sample.isLabelled()) continue;
			Normalization.check(sample);
			if (ranges.isEmpty()) for (int c = 0; c < sample.channels().length; c++) ranges.add(new Moments());
			if (ranges.size() != sample.channels().length) throw new IllegalArgumentException("Sample '" + sample.name() + "': expected " + ranges.size() +
				" channels as in the samples before it, got " + sample.channels().length);
			for (int c = 0; c < ranges.size(); c++) ranges.get(c).add(Moments.of(sample.channels()[c], false));
		}
		if (ranges.isEmpty()) throw new IllegalArgumentException("Baselines: expected at least 1 labelled sample to find a threshold on, got 0");
		return ranges;
	}

	private static SegmentationScores score(final Samples samples, final int[] indices, final Function<Sample, byte[]> prediction) {
		final List<SegmentationScores.Slice> slices = new ArrayList<>();
		for (final int i : indices) {
			final Sample s = samples.get(i);
			if (s.isLabelled()) slices.add(new SegmentationScores.Slice(s.name(), s.group(), Confusion.ofForeground(prediction.apply(s), s.labels())));
		}
		return new SegmentationScores(slices);
	}
}
