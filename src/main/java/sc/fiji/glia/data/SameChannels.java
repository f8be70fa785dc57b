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

/**
 * Samples with one number of channels, whatever the files have: a gray image is repeated where three channels are wanted, and red, green and blue are
 * averaged where one is, if the image is gray but for a tint ({@link #isNearlyGray}).
 */
public final class SameChannels extends SamplesView {

	/** A pixel is coloured if its channels differ by more than this share of the brightest value, at least of 255. */
	private static final float COLOURED = 0.125f;
	/** An image is coloured if more than this share of its pixels is. */
	private static final double TINTED = 0.05;

	private final int channels;

	private SameChannels(final Samples samples, final int channels) {
		super(samples);
		this.channels = channels;
	}

	/** @param channels of every sample; {@code get} throws if an image has neither as many nor can be made to */
	public static Samples of(final Samples samples, final int channels) {
		return new SameChannels(samples, channels);
	}

	@Override
	public Sample get(final int i) {
		final Sample s = samples.get(i);
		final float[][] found = s.channels();
		if (found.length == channels) return s;
		return new Sample(s.name(), s.group(), s.width(), s.height(), adapted(s), s.labels());
	}

	private float[][] adapted(final Sample s) {
		final float[][] found = s.channels();
		if (found.length == 1 && channels == 3) return new float[][] { found[0], found[0].clone(), found[0].clone() };
		if (found.length != 3 || channels != 1) throw new IllegalArgumentException("Image '" + s.name() + "': expected " + counted(channels) + ", got " +
			counted(found.length) + ". Convert it with Image > Type or Image > Color, or leave it out.");
		if (!isNearlyGray(found)) throw new IllegalArgumentException("Image '" + s.name() +
			"': expected 1 channel, got 3 (red, green, blue) that differ. If color means nothing, convert it with Image > Type > 8-bit; else leave it out.");
		return new float[][] { s.gray() };
	}

	private static String counted(final int n) {
		return n == 1 ? "1 channel" : n + " channels";
	}

	/** True if red, green and blue are the same in every pixel. */
	public static boolean isGray(final float[][] rgb) {
		return Arrays.equals(rgb[0], rgb[1]) && Arrays.equals(rgb[0], rgb[2]);
	}

	/**
	 * True if at most 5 % of the pixels are coloured, that is, have channels that differ by more than an eighth of the brightest value (by 32
	 * or more of 255). Scanned and
	 * photographed gray images often have a tint, and marks in colour.
	 */
	public static boolean isNearlyGray(final float[][] rgb) {
		float brightest = 255;
		for (final float[] c : rgb) for (final float v : c) brightest = Math.max(brightest, v);
		final float most = brightest * COLOURED;
		final float[] r = rgb[0], g = rgb[1], b = rgb[2];
		int coloured = 0;
		for (int i = 0; i < r.length; i++) if (Math.max(r[i], Math.max(g[i], b[i])) - Math.min(r[i], Math.min(g[i], b[i])) > most) coloured++;
		return coloured <= TINTED * r.length;
	}
}
