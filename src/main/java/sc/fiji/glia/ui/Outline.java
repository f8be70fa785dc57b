package sc.fiji.glia.ui;

import java.awt.geom.Path2D;
import java.util.function.IntPredicate;

/** The border of a mask along the edges of its pixels, as lines to draw at any scale. */
final class Outline {

	private Outline() {}

	/**
	 * The border between pixels inside and outside; the image's own border counts as outside.
	 *
	 * @param width columns of the mask
	 * @param height rows of the mask
	 * @param inside tells for {@code y * width + x} whether the pixel is inside
	 * @return lines in pixel coordinates, (0, 0) the upper left corner of the first pixel; straight runs are one line
	 */
	static Path2D of(final int width, final int height, final IntPredicate inside) {
		final Path2D path = new Path2D.Float();
		for (int y = 0; y <= height; y++) {
			final int row = y;
			runs(path, width, y, true, x -> at(x, row - 1, width, height, inside) != at(x, row, width, height, inside));
		}
		for (int x = 0; x <= width; x++) {
			final int column = x;
			runs(path, height, x, false, y -> at(column - 1, y, width, height, inside) != at(column, y, width, height, inside));
		}
		return path;
	}

	private static void runs(final Path2D path, final int length, final int line, final boolean horizontal, final IntPredicate edge) {
		for (int i = 0; i < length; i++) {
			if (!edge.test(i)) continue;
			final int start = i;
			while (i < length && edge.test(i)) i++;
			path.moveTo(horizontal ? start : line, horizontal ? line : start);
			path.lineTo(horizontal ? i : line, horizontal ? line : i);
		}
	}

	private static boolean at(final int x, final int y, final int width, final int height, final IntPredicate inside) {
		return x >= 0 && y >= 0 && x < width && y < height && inside.test(y * width + x);
	}
}
