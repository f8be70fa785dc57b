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
