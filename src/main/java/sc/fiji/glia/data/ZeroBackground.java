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

/** Counts what {@link Normalization#hasZeroBackground} goes by; mutable. */
final class ZeroBackground {

	private static final double BORDER = 0.95, PIXELS = 0.2;

	private long images, zeroBorders, pixels, zeros;

	void add(final Sample sample) {
		final int w = sample.width(), h = sample.height();
		long border = 0, zeroBorder = 0;
		for (int y = 0, p = 0; y < h; y++) {
			for (int x = 0; x < w; x++, p++) {
				final boolean zero = isZero(sample.channels(), p);
				if (zero) zeros++;
				if (x > 0 && y > 0 && x < w - 1 && y < h - 1) continue;
				border++;
				if (zero) zeroBorder++;
			}
		}
		images++;
		pixels += (long) w * h;
		if (zeroBorder >= BORDER * border) zeroBorders++;
	}

	void add(final ZeroBackground other) {
		images += other.images;
		zeroBorders += other.zeroBorders;
		pixels += other.pixels;
		zeros += other.zeros;
	}

	boolean found() {
		return images > 0 && 2 * zeroBorders > images && zeros >= PIXELS * pixels;
	}

	private static boolean isZero(final float[][] channels, final int p) {
		for (final float[] c : channels) if (c[p] != 0) return false;
		return true;
	}
}
