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
package sc.fiji.glia.task.report;

import java.util.stream.DoubleStream;

/** Where the axis of a score begins; it always ends at 1. */
public final class ScoreRange {

	private static final double[] LIMITS = { 0.5, 0.8, 0.9, 0.95, 0.98, 0.99 };

	private ScoreRange() {}

	/**
	 * The low end of the axis. Dice begins at 0. Many accuracies lie near 1, so theirs begins at 0, 0.5, 0.8, 0.9, 0.95, 0.98 or 0.99: the largest
	 * of these that is below every value. All values stay in sight, and while a training goes on the limit can only fall.
	 *
	 * @param score what is drawn: {@code Dice} or {@code Accuracy}
	 * @param values the values, 0 to 1; those that are not finite do not count
	 * @return 0 without values
	 */
	public static double low(final String score, final DoubleStream values) {
		if (!score.equals("Accuracy")) return 0;
		final double smallest = values.filter(Double::isFinite).min().orElse(0);
		return DoubleStream.of(LIMITS).filter(limit -> limit < smallest).max().orElse(0);
	}
}
