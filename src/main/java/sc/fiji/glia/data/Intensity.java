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

/** Varies the values of one channel of a patch, in place. */
final class Intensity {

	private static final int STEPS = 256;

	private final Augmentation augmentation;
	private final boolean keepZero;

	/** @param keepZero true if pixels that are 0 stay 0 */
	Intensity(final Augmentation augmentation, final boolean keepZero) {
		this.augmentation = augmentation;
		this.keepZero = keepZero;
	}

	void apply(final float[] values, final int width, final SplittableRandom random) {
		final Augmentation a = augmentation;
		if (a.share() == 0 || a.gain() == 0 && a.offset() == 0 && a.gamma() == 1 && a.noise() == 0 && a.blur() == 0) return;
		final float[] before = keepZero ? values.clone() : values;
		if (chosen(a.blur() > 0, random)) blur(values, width, (float) (a.blur() * random.nextDouble()));
		final Moments m = Moments.of(values, keepZero);
		if (chosen(a.gamma() > 1, random)) gamma(values, m, StrictMath.exp(StrictMath.log(a.gamma()) * symmetric(random)));
		if (chosen(a.gain() > 0 || a.offset() > 0, random)) {
			final double gain = 1 + a.gain() * symmetric(random), shift = m.mean * (1 - gain) + a.offset() * m.deviation() * symmetric(random);
			for (int i = 0; i < values.length; i++) values[i] = (float) (values[i] * gain + shift);
		}
		if (chosen(a.noise() > 0, random)) {
			final float deviation = (float) (a.noise() * m.deviation() * random.nextDouble());
			for (int i = 0; i < values.length; i++) values[i] += deviation * normal(random);
		}
		if (keepZero) for (int i = 0; i < values.length; i++) if (before[i] == 0) values[i] = 0;
	}

	private boolean chosen(final boolean possible, final SplittableRandom random) {
		return possible && random.nextDouble() < augmentation.share();
	}

	/** Raises the position within the patch's range to a power; from a table of that curve, interpolated. */
	private static void gamma(final float[] values, final Moments m, final double exponent) {
		if (m.count == 0 || m.max == m.min) return;
		final float[] curve = new float[STEPS + 2];
		for (int i = 0; i < curve.length; i++) curve[i] = (float) (m.min + (m.max - m.min) * StrictMath.pow((double) i / STEPS, exponent));
		final float min = (float) m.min, scale = (float) (STEPS / (m.max - m.min));
		for (int i = 0; i < values.length; i++) {
			final float place = Math.max(0, Math.min(STEPS, (values[i] - min) * scale));
			final int k = (int) place;
			values[i] = curve[k] + (place - k) * (curve[k + 1] - curve[k]);
		}
	}

	/** Smooths by (b, 1 - 2b, b) along rows, then along columns; edge pixels stand in for what is beyond. */
	private static void blur(final float[] v, final int width, final float b) {
		final int height = v.length / width;
		for (int y = 0; y < height; y++) {
			float left = v[y * width];
			for (int x = 0, p = y * width; x < width; x++, p++) {
				final float here = v[p], right = x < width - 1 ? v[p + 1] : here;
				v[p] = here + b * (left - 2 * here + right);
				left = here;
			}
		}
		final float[] above = new float[width];
		System.arraycopy(v, 0, above, 0, width);
		for (int y = 0, p = 0; y < height; y++) {
			for (int x = 0; x < width; x++, p++) {
				final float here = v[p], below = y < height - 1 ? v[p + width] : here;
				v[p] = here + b * (above[x] - 2 * here + below);
				above[x] = here;
			}
		}
	}

	private static double symmetric(final SplittableRandom random) {
		return 2 * random.nextDouble() - 1;
	}

	/** Nearly normal with mean 0 and deviation 1: the sum of four uniform numbers, from one draw. */
	private static float normal(final SplittableRandom random) {
		final long bits = random.nextLong();
		final long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
		return (sum - 131070) * (1.7320508f / 65536);
	}
}
