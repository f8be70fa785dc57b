package sc.fiji.glia.data;

import java.util.ArrayList;
import java.util.List;

/** Objects in a label map: sets of 8-connected pixels of one foreground class. */
final class ConnectedPixels {

	private ConnectedPixels() {}

	/** Area of each object, in pixels. */
	static List<Integer> areas(final Sample sample) {
		final int w = sample.width(), h = sample.height();
		final byte[] open = sample.labels().clone();
		final int[] stack = new int[open.length];
		final List<Integer> areas = new ArrayList<>();
		for (int start = 0; start < open.length; start++) {
			final byte label = open[start];
			if (label == 0 || label == Sample.IGNORE) continue;
			int size = 0, area = 0;
			stack[size++] = start;
			open[start] = 0;
			while (size > 0) {
				final int p = stack[--size], px = p % w, py = p / w;
				area++;
				for (int y = Math.max(0, py - 1); y <= Math.min(h - 1, py + 1); y++) {
					for (int x = Math.max(0, px - 1); x <= Math.min(w - 1, px + 1); x++) {
						final int q = y * w + x;
						if (open[q] != label) continue;
						open[q] = 0;
						stack[size++] = q;
					}
				}
			}
			areas.add(area);
		}
		return areas;
	}
}
