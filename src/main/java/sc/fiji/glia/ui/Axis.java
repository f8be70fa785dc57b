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
package sc.fiji.glia.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis whose ticks are multiples of 1, 2 or 5 times a power of ten.
 *
 * @param low value at the start of the axis
 * @param high value at its end, above {@code low}
 * @param step distance of two ticks
 */
record Axis(double low, double high, double step) {

	Axis {
		if (!(high > low) || !(step > 0)) throw new IllegalArgumentException("Axis: expected low < high and step > 0, got " + low + ", " + high + ", " +
			step);
	}

	/** An axis from {@code low} to {@code high} exactly, with at most {@code intervals} tick distances in between. */
	static Axis exactly(final double low, final double high, final int intervals) {
		return new Axis(low, high, niceStep((high - low) / Math.max(1, intervals)));
	}

	/** An axis that begins and ends on a tick and holds {@code low} and {@code high}; equal values get room on both sides. */
	static Axis around(final double low, final double high, final int intervals) {
		final double room = high > low ? 0 : Math.max(Math.abs(high) * 0.1, 1e-6);
		final double step = niceStep((high - low + 2 * room) / Math.max(1, intervals - 1));
		return new Axis(Math.floor((low - room) / step + 1e-9) * step, Math.ceil((high + room) / step - 1e-9) * step, step);
	}

	/** An axis of epochs from 1: as long as needed for {@code done} epochs and a little more, at most {@code epochs}. */
	static Axis epochs(final int done, final int epochs, final int intervals) {
		int end = 10;
		while (end < done) end += Math.max(10, end / 50 * 10);
		final int last = Math.max(2, Math.max(done, Math.min(end, epochs)));
		return new Axis(1, last, Math.max(1, niceStep((last - 1.0) / Math.max(1, intervals))));
	}

	/** Values of the ticks, ascending. */
	List<Double> ticks() {
		final List<Double> ticks = new ArrayList<>();
		for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) ticks.add(i * step);
		return ticks;
	}

	/** A tick's value with as many decimals as the step needs. */
	String text(final double value) {
		final int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
		return String.format(Locale.ROOT, "%." + decimals + "f", value == 0 ? 0.0 : value);
	}

	/** Where a value lies: 0 at the start of the axis, 1 at its end. */
	double fraction(final double value) {
		return (value - low) / (high - low);
	}

	private static double niceStep(final double atLeast) {
		final double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
		for (final double factor : new double[] { 1, 2, 5 }) if (factor * power >= atLeast * (1 - 1e-9)) return factor * power;
		return 10 * power;
	}
}
