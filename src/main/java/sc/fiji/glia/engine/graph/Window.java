package sc.fiji.glia.engine.graph;

/**
 * How much input an output pixel of a layer needs, along x and y alike.
 * <p>
 * Output pixel {@code o} of a layer with {@code up == 1} reads the input pixels
 * {@code o * down - before ... o * down - before + size - 1}; a layer with {@code up > 1} reads the input pixel
 * {@code floor(o / up)}.
 *
 * @param size input pixels read by one output pixel
 * @param before how many of them lie before {@code o * down}
 * @param down sub-sampling factor
 * @param up up-sampling factor
 */
public record Window(int size, int before, int down, int up) {

	/** One output pixel needs the input pixel at the same place. */
	public static final Window POINT = new Window(1, 0, 1, 1);

	/** The first input pixel that output pixel {@code o} reads. */
	public int first(final int o) {
		return up > 1 ? Math.floorDiv(o, up) : o * down - before;
	}

	/** The last input pixel that output pixel {@code o} reads. */
	public int last(final int o) {
		return first(o) + size - 1;
	}
}
