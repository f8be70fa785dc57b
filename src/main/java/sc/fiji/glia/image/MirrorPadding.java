package sc.fiji.glia.image;

import java.util.Arrays;

import sc.fiji.glia.data.Sample;

/** Enlarges planes by mirroring them at their border pixels, which are not repeated ({@code c b | a b c | b a}), and crops them again. */
public final class MirrorPadding {

	private MirrorPadding() {}

	/** The plane at the top left of a larger one, mirrored to the right and to the bottom: {@code [y * newWidth + x]}. */
	public static float[] pad(final float[] plane, final int width, final int height, final int newWidth, final int newHeight) {
		return read(plane, width, height, 0, 0, newWidth, newHeight);
	}

	/** The plane in the middle of a larger one, mirrored on all sides; it starts at {@link #margin}. */
	public static float[] padCentred(final float[] plane, final int width, final int height, final int newWidth, final int newHeight) {
		return read(plane, width, height, -margin(width, newWidth), -margin(height, newHeight), newWidth, newHeight);
	}

	/** Pixels before a plane in the middle of a larger one. */
	public static int margin(final int size, final int newSize) {
		return (newSize - size) / 2;
	}

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

	/** The labels at the top left of a larger plane; what is added is {@link Sample#IGNORE}. */
	public static byte[] padLabels(final byte[] labels, final int width, final int height, final int newWidth, final int newHeight) {
		final byte[] out = new byte[newWidth * newHeight];
		Arrays.fill(out, Sample.IGNORE);
		for (int y = 0; y < height; y++) System.arraycopy(labels, y * width, out, y * newWidth, width);
		return out;
	}

	/** A rectangle inside the plane: {@code [v * w + u]} is pixel {@code (x + u, y + v)}. */
	public static float[] crop(final float[] plane, final int width, final int x, final int y, final int w, final int h) {
		final float[] out = new float[w * h];
		for (int v = 0; v < h; v++) System.arraycopy(plane, (y + v) * width + x, out, v * w, w);
		return out;
	}

	private static int mirror(final int i, final int size) {
		if (size == 1) return 0;
		final int period = 2 * (size - 1), m = Math.floorMod(i, period);
		return m < size ? m : period - m;
	}
}
