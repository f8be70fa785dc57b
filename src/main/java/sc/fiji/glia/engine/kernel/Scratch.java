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
package sc.fiji.glia.engine.kernel;

import java.util.Arrays;

/** Working memory of one thread: rows that grow to the largest size asked for and are then used again. Not thread-safe. */
public final class Scratch {

	/** Where the values of {@link #floats} begin: at a multiple of 64 bytes, if the array does, see {@link Arena}. */
	public static final int FIRST = 12;
	private static final int LEAST = 1 << 19;

	private final float[][][] sets = new float[2][0][];
	private final float[][][][] stacks = new float[4][0][0][];
	private final float[][] line = new float[8][];
	private float[][] same = new float[0][];
	private float[] floats = new float[0];

	/**
	 * At least {@code count} arrays of at least {@code length} values, with anything in them.
	 *
	 * @param set 0 or 1; two sets do not share arrays
	 */
	public float[][] rows(final int set, final int count, final int length) {
		return sets[set] = grown(sets[set], count, length);
	}

	/**
	 * At least {@code count} times {@link #rows}.
	 *
	 * @param set 0 to 3; two sets do not share arrays
	 */
	public float[][][] stacks(final int set, final int count, final int rows, final int length) {
		float[][][] s = stacks[set];
		if (s.length < count) {
			s = stacks[set] = Arrays.copyOf(s, count);
			for (int i = 0; i < count; i++) if (s[i] == null) s[i] = new float[0][];
		}
		for (int i = 0; i < count; i++) s[i] = grown(s[i], rows, length);
		return s;
	}

	private static float[][] grown(final float[][] rows, final int count, final int length) {
		final float[][] r = rows.length < count ? Arrays.copyOf(rows, count) : rows;
		for (int i = 0; i < count; i++) if (r[i] == null || r[i].length < length) r[i] = new float[length];
		return r;
	}

	/** An array with anything in it; {@code length} values can be used from {@link #FIRST} on. A later call may give the same array. */
	public float[] floats(final int length) {
		if (floats.length < FIRST + length) floats = new float[Math.max(LEAST, FIRST + length)];
		return floats;
	}

	/** Bytes of the array that {@link #floats} gives. */
	public static long bytes(final long length) {
		return 4 * Math.max(LEAST, FIRST + length);
	}

	/** Values of all arrays that are held. */
	public long size() {
		long n = floats.length;
		for (final float[][] set : sets) n += size(set);
		for (final float[][][] stack : stacks) for (final float[][] rows : stack) n += size(rows);
		return n;
	}

	private static long size(final float[][] rows) {
		long n = 0;
		for (final float[] row : rows) n += row.length;
		return n;
	}

	/** Room for eight references to arrays. */
	public float[][] line() {
		return line;
	}

	/** At least {@code count} times the same array. */
	public float[][] sameRows(final float[] array, final int count) {
		if (same.length < count) same = new float[count][];
		Arrays.fill(same, array);
		return same;
	}
}
