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

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How long a training will still take, from what it took so far.
 * <p>
 * An epoch is taken to last as long as the median of the last {@value #RECENT} ones: one slow epoch (the first, or one in which the machine was
 * busy) changes little. NB: early stopping may end a training sooner; the estimate is for all epochs.
 */
public final class TimeLeft {

	private static final int RECENT = 9;

	private TimeLeft() {}

	/**
	 * Seconds until the last epoch ends.
	 *
	 * @param epochs number of epochs at the most
	 * @param durations seconds of each epoch that has ended
	 * @param step steps of the running epoch that have ended
	 * @param steps steps of an epoch; 0 if unknown
	 * @param running seconds since the running epoch began
	 * @return 0 or more; empty before the first step
	 */
	public static OptionalDouble seconds(final int epochs, final List<Double> durations, final int step, final int steps, final double running) {
		final int left = epochs - durations.size();
		if (left <= 0) return OptionalDouble.of(0);
		if (!durations.isEmpty()) {
			final double typical = median(durations.subList(Math.max(0, durations.size() - RECENT), durations.size()));
			return OptionalDouble.of(Math.max(0, typical - running) + (left - 1) * typical);
		}
		if (step <= 0 || steps <= 0) return OptionalDouble.empty();
		final double typical = running * Math.max(1, steps / (double) step);
		return OptionalDouble.of(left * typical - running);
	}

	/**
	 * A duration to read: {@code 04:07} (minutes and seconds), from an hour on {@code 2:04:07}.
	 *
	 * @param seconds 0 or more; rounded to the nearest second
	 */
	public static String text(final double seconds) {
		final long s = Math.max(0, Math.round(seconds));
		if (s < 3600) return String.format(Locale.ROOT, "%02d:%02d", s / 60, s % 60);
		return String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
	}

	private static double median(final List<Double> values) {
		final double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		final int n = sorted.length;
		return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
	}
}
