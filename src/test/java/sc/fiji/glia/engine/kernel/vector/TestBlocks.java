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
package sc.fiji.glia.engine.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import sc.fiji.glia.engine.kernel.BlockShape;
import sc.fiji.glia.engine.kernel.Lanes;

/**
 * Feature maps in blocks, in one array: NaN between the blocks, in lanes that hold nothing and in pixels not yet written, zeros in the
 * borders. What reads there spoils its result; {@link #wrote} finds what writes there.
 */
final class TestBlocks {

	static final int V = Lanes.COUNT;

	/** A feature map; see the record of the same components in the package of the plans. */
	record Blocks(BlockShape shape, int[] blocks, int[] channels) {

		int count() {
			return (int) Arrays.stream(channels).filter(c -> c >= 0).count();
		}
	}

	private final SplittableRandom random;
	private final List<Blocks> all = new ArrayList<>();
	private int length = 64;
	/** The memory, once {@link #allocate} was called. */
	float[] m;
	private float[] before;

	TestBlocks(final SplittableRandom random) {
		this.random = random;
	}

	/** A place for a map, before {@link #allocate}. Each group of channels begins a new block. */
	Blocks place(final int height, final int width, final int halo, final int... groups) {
		final BlockShape shape = new BlockShape(height, width, V, halo);
		final List<Integer> channels = new ArrayList<>();
		int c = 0;
		for (final int group : groups) {
			for (int i = 0; i < group; i++) channels.add(c++);
			while (channels.size() % V != 0) channels.add(-1);
		}
		final int[] blocks = new int[channels.size() / V];
		for (int b = 0; b < blocks.length; b++) {
			blocks[b] = length;
			length += shape.size() + 2 * shape.rowStride() + random.nextInt(5) * 16;
		}
		final Blocks map = new Blocks(shape, blocks, channels.stream().mapToInt(i -> i).toArray());
		all.add(map);
		return map;
	}

	void allocate() {
		m = new float[length];
		// each NaN has bits of its own, so that one copied to the place of another is seen
		for (int i = 0; i < length; i++) m[i] = Float.intBitsToFloat(0x7fc00000 | i & 0x3fffff);
		for (final Blocks map : all) for (final int b : map.blocks) {
			Arrays.fill(m, b, b + map.shape.size(), 0);
			for (int y = 0; y < map.shape.height(); y++) Arrays.fill(m, b + map.shape.row(y), b + map.shape.row(y) + map.shape.width() * V, Float.NaN);
		}
	}

	private static int index(final Blocks map, final int lane, final int y, final int x) {
		return map.blocks[lane / V] + map.shape.row(y) + x * V + lane % V;
	}

	/** Puts {@code planes[channel]} into the blocks. */
	void write(final Blocks map, final double[][] planes) {
		for (int l = 0; l < map.channels.length; l++) if (map.channels[l] >= 0) for (int y = 0; y < map.shape.height(); y++) for (int x = 0; x < map.shape
			.width(); x++) m[index(map, l, y, x)] = (float) planes[map.channels[l]][y * map.shape.width() + x];
	}

	/** Puts a value into all lanes of all pixels. */
	void fill(final Blocks map, final float value) {
		for (int l = 0; l < map.channels.length; l++) for (int y = 0; y < map.shape.height(); y++) for (int x = 0; x < map.shape.width(); x++) m[index(map, l, y,
			x)] = value;
	}

	/** The planes that the blocks hold. */
	float[][] read(final Blocks map) {
		final float[][] planes = new float[map.count()][map.shape.height() * map.shape.width()];
		for (int l = 0; l < map.channels.length; l++) if (map.channels[l] >= 0) for (int y = 0; y < map.shape.height(); y++) for (int x = 0; x < map.shape
			.width(); x++) planes[map.channels[l]][y * map.shape.width() + x] = m[index(map, l, y, x)];
		return planes;
	}

	/** The lanes that hold nothing have this value in every pixel. */
	void emptyLanesAre(final float value, final Blocks map, final String what) {
		for (int l = 0; l < map.channels.length; l++) if (map.channels[l] < 0) for (int y = 0; y < map.shape.height(); y++) for (int x = 0; x < map.shape
			.width(); x++) assertEquals(value, m[index(map, l, y, x)], 0, what + ": lane " + l + ", which holds nothing");
	}

	/** Remembers what is in the memory, for {@link #wrote}. */
	void remember() {
		before = m.clone();
	}

	/** Since {@link #remember}, nothing was written but pixels of these maps. */
	void wrote(final String what, final Blocks... maps) {
		for (final Blocks map : maps) for (final int b : map.blocks) for (int y = 0; y < map.shape.height(); y++) {
			System.arraycopy(m, b + map.shape.row(y), before, b + map.shape.row(y), map.shape.width() * V);
		}
		for (int i = 0; i < m.length; i++) if (Float.floatToRawIntBits(before[i]) != Float.floatToRawIntBits(m[i])) {
			fail(what + ": wrote " + m[i] + " over " + before[i] + " at " + i + ", which is " + where(i));
		}
	}

	private String where(final int i) {
		for (final Blocks map : all) for (final int b : map.blocks) if (i >= b && i < b + map.shape.size()) return "in a block of " + map.shape + ", number " +
			(i - b);
		return "between blocks";
	}

	// -- numbers --

	/** Values of -1 to 1 that floats hold exactly. */
	static double[][] random(final int planes, final int pixels, final SplittableRandom random) {
		final double[][] a = new double[planes][pixels];
		for (final double[] p : a) for (int i = 0; i < p.length; i++) p[i] = (float) random.nextDouble(-1, 1);
		return a;
	}

	/** Small integers, so that there are zeros and ties. */
	static double[][] coarse(final int planes, final int pixels, final SplittableRandom random) {
		final double[][] a = new double[planes][pixels];
		for (final double[] p : a) for (int i = 0; i < p.length; i++) p[i] = random.nextInt(-2, 3);
		return a;
	}

	static double[][] absolute(final double[][] a) {
		return Arrays.stream(a).map(p -> Arrays.stream(p).map(Math::abs).toArray()).toArray(double[][]::new);
	}

	/**
	 * Each value is within the roundings of so many operations of the expected one.
	 *
	 * @param size sum of the sizes of what each value is the sum of
	 */
	static void within(final double[] expected, final float[] actual, final double[] size, final int operations, final String what) {
		for (int i = 0; i < actual.length; i++) {
			final double bound = operations * 0x1p-24 * size[i] * 1.01;
			if (!(Math.abs(expected[i] - actual[i]) <= bound)) assertEquals(expected[i], actual[i], bound, what + ", value " + i);
		}
	}

	/** Work on rows y0 to y1. */
	@FunctionalInterface
	interface Rows {

		void run(int y0, int y1);
	}

	/** Does work on the upper and on the lower rows. */
	static void inTwo(final int height, final Rows work) {
		work.run(0, height / 2);
		work.run(height / 2, height);
	}
}
