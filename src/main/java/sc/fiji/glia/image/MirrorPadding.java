package sc.fiji.glia.image;

/** Enlarges planes by mirroring them at their border pixels, which are not repeated ({@code c b | a b c | b a}). */
public final class MirrorPadding {

	private MirrorPadding() {}

	/** A rectangle of the plane, which may reach beyond it on any side: {@code [v * w + u]} is pixel {@code (x + u, y + v)}. */
	public static float[] read(final float[] plane, final int width, final int height, final int x, final int y, final int w, final int h) {
		final float[] out = new float[w * h];
		final int[] columns = new int[w];
		for (int u = 0; u < w; u++) columns[u] = mirror(x + u, width);
		for (int v = 0; v < h; v++) {
			final int row = mirror(y + v, height) * width;
			for (int u = 0; u < w; u++) out[v * w + u] = plane[row + columns[u]];
		}
		return out;
	}

	private static int mirror(final int i, final int size) {
		if (size == 1) return 0;
		final int period = 2 * (size - 1), m = Math.floorMod(i, period);
		return m < size ? m : period - m;
	}
}
