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

/** Count, range, mean and variance of values met so far; mutable. Adding array by array keeps the sums exact enough for any number of pixels. */
final class Moments {

	long count;
	double min = Double.POSITIVE_INFINITY, max = Double.NEGATIVE_INFINITY;
	double mean;
	/** False as soon as a value has a fraction. */
	boolean integers = true;

	private double squares;

	/** The moments of one array. */
	static Moments of(final float[] values, final boolean nonZero) {
		final Moments m = new Moments();
		double sum = 0;
		for (final float v : values) {
			if (nonZero && v == 0) continue;
			m.count++;
			sum += v;
			if (v < m.min) m.min = v;
			if (v > m.max) m.max = v;
			if (v != Math.rint(v)) m.integers = false;
		}
		if (m.count == 0) return m;
		m.mean = sum / m.count;
		for (final float v : values) if (!nonZero || v != 0) m.squares += (v - m.mean) * (v - m.mean);
		return m;
	}

	/** The moments of one value. */
	static Moments of(final double value) {
		final Moments m = new Moments();
		m.count = 1;
		m.mean = m.min = m.max = value;
		m.integers = value == Math.rint(value);
		return m;
	}

	/** Adds the values behind other moments (Chan et al. 1979). */
	void add(final Moments other) {
		if (other.count == 0) return;
		final double total = (double) count + other.count, delta = other.mean - mean;
		squares += other.squares + delta * delta * count * other.count / total;
		mean += delta * other.count / total;
		count += other.count;
		min = Math.min(min, other.min);
		max = Math.max(max, other.max);
		integers &= other.integers;
	}

	/** Standard deviation over all values (not the estimate for a larger population); 0 if there are none. */
	double deviation() {
		return count == 0 ? 0 : Math.sqrt(squares / count);
	}
}
