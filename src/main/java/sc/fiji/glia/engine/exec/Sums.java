package sc.fiji.glia.engine.exec;

/** Sums over planes, in a fixed order. */
final class Sums {

	private Sums() {}

	/** Sum of all values, in double precision. */
	static double sum(final float[] a) {
		double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
		int i = 0;
		for (; i + 4 <= a.length; i += 4) {
			s0 += a[i];
			s1 += a[i + 1];
			s2 += a[i + 2];
			s3 += a[i + 3];
		}
		for (; i < a.length; i++) s0 += a[i];
		return s0 + s1 + (s2 + s3);
	}

	/** Sum of {@code a[i] * b[i]}, in double precision. */
	static double product(final float[] a, final float[] b) {
		double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
		int i = 0;
		for (; i + 4 <= a.length; i += 4) {
			s0 += (double) a[i] * b[i];
			s1 += (double) a[i + 1] * b[i + 1];
			s2 += (double) a[i + 2] * b[i + 2];
			s3 += (double) a[i + 3] * b[i + 3];
		}
		for (; i < a.length; i++) s0 += (double) a[i] * b[i];
		return s0 + s1 + (s2 + s3);
	}

	/** {@code a[i] += b[i]}. */
	static void add(final float[] a, final float[] b) {
		for (int i = 0; i < a.length; i++) a[i] += b[i];
	}
}
