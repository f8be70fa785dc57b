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

	boolean found() {
		return images > 0 && 2 * zeroBorders > images && zeros >= PIXELS * pixels;
	}

	private static boolean isZero(final float[][] channels, final int p) {
		for (final float[] c : channels) if (c[p] != 0) return false;
		return true;
	}
}
