package sc.fiji.glia.engine.kernel;

import java.util.Arrays;

/** Working memory of one thread: rows that grow to the largest size asked for and are then used again. Not thread-safe. */
public final class Scratch {

	private final float[][][] sets = new float[2][0][];
	private float[][] same = new float[0][];

	/**
	 * At least {@code count} arrays of at least {@code length} values, with anything in them.
	 *
	 * @param set 0 or 1; two sets do not share arrays
	 */
	float[][] rows(final int set, final int count, final int length) {
		float[][] r = sets[set];
		if (r.length < count) r = sets[set] = Arrays.copyOf(r, count);
		for (int i = 0; i < count; i++) if (r[i] == null || r[i].length < length) r[i] = new float[length];
		return r;
	}

	/** At least {@code count} times the same array. */
	float[][] sameRows(final float[] array, final int count) {
		if (same.length < count) same = new float[count][];
		Arrays.fill(same, array);
		return same;
	}
}
