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
package sc.fiji.glia.image;

import java.util.function.IntUnaryOperator;

import ij.process.LUT;

/**
 * Colours for how much something counts: 0 is black, what counts more is brighter. What counts for something is red, then yellow; what counts against
 * it blue, then cyan.
 */
final class HeatColors {

	private static final int SIZE = 256;

	private HeatColors() {}

	/** From black to yellow, for values that are not negative. */
	static LUT rising() {
		return lut(i -> rgb(i / (SIZE - 1.0)));
	}

	/** From cyan to black in the middle to yellow, for values around 0. */
	static LUT diverging() {
		return lut(i -> rgb(2 * i / (SIZE - 1.0) - 1));
	}

	/**
	 * The colour of a value.
	 *
	 * @param value from -1 to 1; what is beyond has the colour of the end
	 * @return {@code 0xrrggbb}
	 */
	static int rgb(final double value) {
		final double v = Math.min(1, Math.abs(value));
		final int first = level(2 * v), second = level(2 * v - 1);
		return value < 0 ? second << 8 | first : first << 16 | second << 8;
	}

	private static int level(final double share) {
		return (int) Math.round(255 * Math.max(0, Math.min(1, share)));
	}

	private static LUT lut(final IntUnaryOperator color) {
		final byte[] r = new byte[SIZE], g = new byte[SIZE], b = new byte[SIZE];
		for (int i = 0; i < SIZE; i++) {
			final int c = color.applyAsInt(i);
			r[i] = (byte) (c >> 16);
			g[i] = (byte) (c >> 8);
			b[i] = (byte) c;
		}
		return new LUT(r, g, b);
	}
}
