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
package sc.fiji.glia.task;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Sample;

/**
 * The values that pixels of some images have, whatever the channel.
 *
 * @param low the smallest; infinity if there are none
 * @param high the largest; minus infinity if there are none
 */
record ValueRange(double low, double high) {

	static final ValueRange NONE = new ValueRange(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

	/** Images whose values use no more than this part of the range trained on are taken for ones of another scale. */
	private static final double LEAST_SHARE = 1.0 / 16;

	/** That of the images that a network was trained on. */
	static ValueRange of(final Fingerprint f) {
		return new ValueRange(f.minimum().stream().mapToDouble(v -> v).min().orElse(Double.POSITIVE_INFINITY), f.maximum().stream().mapToDouble(v -> v).max()
			.orElse(Double.NEGATIVE_INFINITY));
	}

	/** The range with that of an image. NaN does not count. */
	ValueRange with(final Sample image) {
		double least = low, most = high;
		for (final float[] channel : image.channels()) for (final float v : channel) {
			if (v < least) least = v;
			if (v > most) most = v;
		}
		return new ValueRange(least, most);
	}

	/**
	 * A sentence for the user if these are hardly values of the same kind as those trained on, as 16 bits are after 8: they go beyond their range by as much as
	 * that is wide, or they use less than a sixteenth of it. Empty where nothing can be said, as of one value only.
	 */
	Optional<String> doubt(final ValueRange trained) {
		final double width = trained.high - trained.low;
		if (!(width > 0) || Double.isInfinite(width) || !(high > low) && low >= trained.low && high <= trained.high) return Optional.empty();
		if (low >= trained.low - width && high <= trained.high + width && high - low >= LEAST_SHARE * width) return Optional.empty();
		return Optional.of("The values of these images go " + this + ", those that the network was trained on " + trained +
			": if the bit depth or the scale is another one, the classes mean nothing. Give images of the same kind as those of the training.");
	}

	/** As in {@code from 0 to 255}. */
	@Override
	public String toString() {
		return "from " + text(low) + " to " + text(high);
	}

	private static String text(final double v) {
		return Double.isInfinite(v) ? Double.toString(v) : new BigDecimal(v).round(new MathContext(5)).stripTrailingZeros().toPlainString();
	}
}
