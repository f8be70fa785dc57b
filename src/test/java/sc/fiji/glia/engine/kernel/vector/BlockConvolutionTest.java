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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static sc.fiji.glia.engine.kernel.vector.TestBlocks.V;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.kernel.Arena;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Resolution;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.WinogradBound;
import sc.fiji.glia.engine.kernel.vector.BlockConvolution.Filter;
import sc.fiji.glia.engine.kernel.vector.BlockConvolution.Wiring;
import sc.fiji.glia.engine.kernel.vector.TestBlocks.Blocks;

/** Forward and both backward passes of convolutions on blocks against double precision, over awkward shapes, direct and by Winograd's algorithm. */
class BlockConvolutionTest {

	private static final int[] NONE = {};
	private static final float[] SLOPES = { 1, 0, 0.1f };

	private final SplittableRandom random = new SplittableRandom(11);
	/** One for all: what is left in it must not matter. */
	private final Scratch scratch = new Scratch(), other = new Scratch();

	@BeforeAll
	static void needsVectors() {
		assumeTrue(KernelProvider.available().size() > 1, "the module jdk.incubator.vector");
	}

	@Test
	void direct() {
		for (int n = 0; n < 100;) {
			final Padding padding = random.nextInt(3) > 0 ? Padding.SAME : Padding.VALID;
			final Conv2D conv = new Conv2D(random.nextInt(1, 34), new int[] { 1, 2, 3, 3, 5 }[random.nextInt(5)], random.nextInt(1, 3), padding, random.nextBoolean());
			final int inputs = random.nextInt(1, 34), height = random.nextInt(1, 24), width = random.nextInt(1, 71);
			if (padding == Padding.VALID && Math.min(height, width) < conv.kernel()) continue;
			if ((long) inputs * height * width * conv.filters() * conv.kernel() * conv.kernel() > 700_000) continue;
			new Case(conv, height, width, true, groups(inputs), groups(conv.filters())).check();
			n++;
		}
	}

	@Test
	void directOfManyChannels() {
		for (final int filters : new int[] { 48, 64 }) for (int stride = 1; stride <= 2; stride++) new Case(new Conv2D(filters, 3, stride, Padding.SAME, true), 5, 7,
			true, new int[] { 64 }, new int[] { filters }).check();
		new Case(new Conv2D(2, 3), 70, 1, true, new int[] { 3 }, new int[] { 2 }).check();
	}

	/** Every width, so that every group of pixels that is computed together occurs. */
	@Test
	void directOfEveryWidth() {
		for (int width = 1; width <= 70; width++) for (final int filters : new int[] { 1, V + 1 }) new Case(new Conv2D(filters, 3), 2, width, true, new int[] { 2 },
			new int[] { filters }).check();
	}

	@Test
	void winograd() {
		for (int n = 0; n < 25;) {
			final Conv2D conv = new Conv2D(random.nextInt(1, 34), 3, 1, Padding.SAME, random.nextBoolean());
			final int inputs = random.nextInt(8, 34), height = random.nextInt(3, 71), width = random.nextInt(3, 71);
			if ((long) inputs * height * width * conv.filters() > 250_000) continue;
			final Case c = new Case(conv, height, width, false, groups(inputs), groups(conv.filters()));
			if (!c.forward.equals("WinogradConvolution")) continue;
			c.check();
			n++;
		}
	}

	@Test
	void winogradOfManyChannelsAndPanels() {
		for (final int[] groups : new int[][] { { 48 }, { 64 }, { 8, 20 }, { 16, 32 } }) new Case(new Conv2D(48, 3), 13, 11, false, groups, new int[] { 48 }).check();
		new Case(new Conv2D(9, 3), 70, 69, false, new int[] { 8, 8 }, new int[] { 9 }).check();
		new Case(new Conv2D(64, 3), 67, 30, false, new int[] { 40 }, new int[] { 20, 44 }).check();
	}

	/** Up-sampled channels before, behind and without others. */
	@Test
	void winogradOfDoubledPixels() {
		for (final int[] groups : new int[][] { { 20, 8 }, { 8, 20 }, { 24 }, { 8, 8, 8 } }) for (int doubled = 0; doubled < groups.length; doubled++) {
			final int height = random.nextInt(5, 12) * 2, width = random.nextInt(10, 36) * 2;
			final Case c = new Case(new Conv2D(20, 3), height, width, false, groups, new int[] { 20 }, doubled);
			assertEquals("WinogradConvolution", c.forward);
			c.check();
		}
	}

	@Test
	void winogradOnlyWhereItApplies() {
		assertEquals("TapConvolution", new Case(new Conv2D(8, 3), 16, 16, true, new int[] { 16 }, new int[] { 8 }).forward);
		assertEquals("TapConvolution", new Case(new Conv2D(8, 5), 16, 16, false, new int[] { 16 }, new int[] { 8 }).forward);
		assertEquals("TapConvolution", new Case(new Conv2D(8, 3, 2, Padding.SAME, true), 32, 32, false, new int[] { 16 }, new int[] { 8 }).forward);
		assertEquals("TapConvolution", new Case(new Conv2D(8, 3, 1, Padding.VALID, true), 18, 18, false, new int[] { 16 }, new int[] { 8 }).forward);
		assertEquals("WinogradConvolution", new Case(new Conv2D(8, 3), 16, 16, false, new int[] { 16 }, new int[] { 8 }).forward);
	}

	/** So many channels together, or in two groups as after a concatenation, which leaves lanes between them empty. */
	private int[] groups(final int channels) {
		if (channels < 2 || random.nextInt(3) > 0) return new int[] { channels };
		final int first = random.nextInt(1, channels);
		return new int[] { first, channels - first };
	}

	/** A convolution with its maps in memory, wired as in a plan. */
	private final class Case {

		private final Conv2D conv;
		private final int k, stride, before, inputs, filters, height, width, outHeight, outWidth;
		private final String what;
		private final TestBlocks t = new TestBlocks(random);
		private final Blocks x, y, yMask, dy, wide, dx, dxMask;
		private final boolean exact;
		private final boolean pairs;
		private final Resolution[] doubled;
		/** With squares, the group of channels they are in, kept as one pixel for each square; and its first block among those of {@code x}. */
		private Blocks xHalf, dxHalf;
		private int firstHalf;
		/** Name of the class that does it forward. */
		final String forward;

		Case(final Conv2D conv, final int height, final int width, final boolean exact, final int[] in, final int[] out) {
			this(conv, height, width, exact, in, out, -1);
		}

		/** @param group the group of input channels whose pixels are equal in squares of 2x2, or -1 */
		Case(final Conv2D conv, final int height, final int width, final boolean exact, final int[] in, final int[] out, final int group) {
			this.conv = conv;
			this.height = height;
			this.width = width;
			this.exact = exact;
			k = conv.kernel();
			stride = conv.stride();
			before = conv.before();
			filters = conv.filters();
			outHeight = conv.outputSize(height);
			outWidth = conv.outputSize(width);
			final int halo = (conv.padding() == Padding.SAME ? k / 2 : k - 1) + random.nextInt(2), lost = conv.padding() == Padding.VALID ? k - 1 : 0;
			y = t.place(outHeight, outWidth, halo, out);
			x = t.place(height, width, halo, in);
			yMask = t.place(outHeight, outWidth, halo, out);
			dy = t.place(outHeight, outWidth, halo, out);
			wide = stride > 1 ? t.place(height - lost, width - lost, halo, out) : dy;
			dx = t.place(height, width, halo, in);
			dxMask = t.place(height, width, halo, in);
			inputs = x.count();
			doubled = Wiring.full(x.blocks().length);
			for (int g = 0, b = 0; g < in.length; g++) {
				if (g == group) firstHalf = b;
				for (int i = 0; i < in[g]; i += V) doubled[b++] = g == group ? Resolution.DOUBLED : Resolution.FULL;
			}
			pairs = group >= 0;
			if (pairs) {
				xHalf = t.place(height / 2, width / 2, halo, in[group]);
				dxHalf = t.place(height / 2, width / 2, halo, in[group]);
			}
			what = conv + " of " + inputs + " channels in blocks of " + Arrays.toString(in) + ", " + height + " x " + width + (exact ? ", exact" : "");
			forward = BlockConvolution.of(wiring(), exact, new Arena()).getClass().getSimpleName();
			t.allocate();
		}

		private Wiring wiring() {
			return new Wiring(x.shape(), y.shape(), x.blocks(), x.channels(), y.blocks(), y.channels(), k, stride, before, doubled);
		}

		private Wiring backward() {
			return new Wiring(wide.shape(), dx.shape(), wide.blocks(), wide.channels(), dx.blocks(), dx.channels(), k, 1, k - 1 - before, Wiring
				.full(wide.blocks().length), doubled);
		}

		/** The same with the squares of some blocks kept as single pixels. */
		private Wiring halved(final Wiring w, final boolean written) {
			final Resolution[] half = Arrays.stream(doubled).map(r -> r == Resolution.DOUBLED ? Resolution.HALF : r).toArray(Resolution[]::new);
			final Blocks from = written ? dxHalf : xHalf;
			final int[] blocks = (written ? w.to() : w.from()).clone();
			System.arraycopy(from.blocks(), 0, blocks, firstHalf, from.blocks().length);
			return new Wiring(w.in(), w.out(), written ? w.from() : blocks, w.channels(), written ? blocks : w.to(), w.target(), w.kernel(), w.stride(), w
				.before(), written ? w.read() : half, written ? half : w.written());
		}

		void check() {
			final double[][] px = TestBlocks.random(inputs, height * width, random), pdy = TestBlocks.random(filters, outHeight * outWidth, random);
			for (int l = 0; l < x.channels().length; l++) if (x.channels()[l] >= 0 && doubled[l / V].isInSquares()) {
				final double[] plane = px[x.channels()[l]];
				for (int i = 0; i < plane.length; i++) plane[i] = plane[i / width / 2 * 2 * width + i % width / 2 * 2];
			}
			final double[][] weight = TestBlocks.random(1, filters * inputs * k * k, random);
			final double[] bias = conv.bias() ? TestBlocks.random(1, filters, random)[0] : new double[0];
			final Sums sums = new Sums(px, pdy, weight[0]), sizes = new Sums(TestBlocks.absolute(px), TestBlocks.absolute(pdy), TestBlocks.absolute(weight)[0]);
			t.write(x, px);
			t.write(dy, pdy);
			forward(sums, sizes, px, weight[0], bias);
			if (wide != dy) spread(pdy);
			backward(sums, sizes, pdy, weight[0]);
			weights(sums, sizes, px, pdy);
			if (pairs) inHalf(sums, sizes, px, pdy, weight[0], bias);
		}

		/** Squares kept as single pixels: forward and the gradient of the weights are the same bits, backward gives the sums. */
		private void inHalf(final Sums sums, final Sums sizes, final double[][] px, final double[][] pdy, final double[] weight, final double[] bias) {
			t.write(x, px);
			t.write(dy, pdy);
			final int first = x.channels()[firstHalf * V];
			final double[][] single = new double[xHalf.count()][height / 2 * (width / 2)];
			for (int c = 0; c < single.length; c++) for (int i = 0; i < single[c].length; i++) single[c][i] = px[first + c][i / (width / 2) * 2 * width + i % (width /
				2) * 2];
			t.write(xHalf, single);
			final Filter filter = (o, i, u, v) -> (float) weight[((o * inputs + i) * k + u) * k + v];
			final float[][] whole = ran(wiring(), filter, bias, y), half = ran(halved(wiring(), false), filter, bias, y);
			for (int o = 0; o < filters; o++) assertArrayEquals(whole[o], half[o], what + " forward of half blocks");
			assertArrayEquals(gradient(wiring()), gradient(halved(wiring(), false)), what + " weight gradient of half blocks");

			final Filter flipped = (i, o, u, v) -> (float) weight[((o * inputs + i) * k + k - 1 - u) * k + k - 1 - v];
			final Blocks others = new Blocks(dx.shape(), IntStream.range(0, doubled.length).filter(b -> doubled[b] == Resolution.FULL).map(b -> dx.blocks()[b])
				.toArray(), new int[0]);
			final float[][] full = ran(backward(), flipped, new double[0], dx), rest = ran(halved(backward(), true), flipped, new double[0], others, dxHalf);
			final float[][] written = t.read(dx), half2 = t.read(dxHalf);
			assertEquals(0, rest.length);
			final double[][] size = WinogradBound.forward(TestBlocks.absolute(pdy), outHeight, outWidth, flipped(weight), inputs, 2 - before, height, width);
			for (int c = 0; c < inputs; c++) {
				if (!isDoubled(c)) assertArrayEquals(full[c], written[c], what + " backward beside half blocks");
				else TestBlocks.within(squares(sums.dx[c]), half2[c - first], squares(size[c]), filters + WinogradBound.MAPS + 4, what + " sums of channel " + c);
			}
			t.emptyLanesAre(0, dxHalf, what + " sums");
		}

		/** Overwrites maps, and nothing else; the planes of the first. */
		private float[][] ran(final Wiring wiring, final Filter filter, final double[] bias, final Blocks... to) {
			final Arena arena = new Arena();
			final BlockConvolution c = BlockConvolution.of(wiring, exact, arena);
			final float[] packed = arena.allocate();
			c.pack(filter, floats(bias), packed, scratch);
			for (final Blocks b : to) t.fill(b, Float.NaN);
			dirty();
			t.remember();
			for (int p = c.parts() - 1; p >= 0; p--) c.run(t.m, packed, false, 1, NONE, p, scratch);
			t.wrote(what, to);
			return t.read(to[0]);
		}

		private float[] gradient(final Wiring wiring) {
			final BlockWeightGradient g = new BlockWeightGradient(wiring, exact);
			final float[] sums = new float[g.length()];
			dirty();
			g.add(t.m, sums, 0, scratch, (tasks, task) -> {
				for (int i = 0; i < tasks; i++) task.run(i, other);
			});
			return sums;
		}

		/** The sizes of the weights as they are used backward. */
		private double[] flipped(final double[] weight) {
			final double[] w = new double[weight.length];
			for (int i = 0; i < inputs; i++) for (int o = 0; o < filters; o++) for (int s = 0; s < 9; s++) w[(i * filters + o) * 9 + s] = Math.abs(weight[(o *
				inputs + i) * 9 + 8 - s]);
			return w;
		}

		/** The products of a convolution, each added to the three sums it belongs to. */
		private final class Sums {

			final double[][] y = new double[filters][outHeight * outWidth], dx = new double[inputs][height * width];
			final double[] dw = new double[filters * inputs * k * k];

			Sums(final double[][] x, final double[][] dy, final double[] weight) {
				for (int o = 0; o < filters; o++) for (int c = 0; c < inputs; c++) for (int u = 0; u < k; u++) for (int v = 0; v < k; v++) for (int i =
					0; i < outHeight; i++)
				{
					final int row = i * stride + u - before, w = ((o * inputs + c) * k + u) * k + v;
					if (row < 0 || row >= height) continue;
					for (int j = Math.max(0, (before - v + stride - 1) / stride); j < outWidth && j * stride + v - before < width; j++) {
						final int p = row * width + j * stride + v - before, q = i * outWidth + j;
						y[o][q] += weight[w] * x[c][p];
						dx[c][p] += weight[w] * dy[o][q];
						dw[w] += x[c][p] * dy[o][q];
					}
				}
			}
		}

		private void forward(final Sums sums, final Sums sizes, final double[][] px, final double[] weight, final double[] bias) {
			final Arena arena = new Arena();
			final BlockConvolution c = BlockConvolution.of(wiring(), exact, arena);
			final Filter filter = (o, i, u, v) -> (float) weight[((o * inputs + i) * k + u) * k + v];
			double[][] size = sizes.y;
			int operations = inputs * k * k + 2; // products fused with sums, bias, slope
			if (c instanceof WinogradConvolution) {
				size = WinogradBound.forward(TestBlocks.absolute(px), height, width, absolute(weight), filters, before, outHeight, outWidth);
				operations = inputs + WinogradBound.MAPS;
			}
			apply(c, arena, filter, bias, y, yMask, sums.y, size, operations, what + " forward");
		}

		private void backward(final Sums sums, final Sums sizes, final double[][] pdy, final double[] weight) {
			final Arena arena = new Arena();
			final BlockConvolution c = BlockConvolution.of(backward(), exact, arena);
			final Filter flipped = (i, o, u, v) -> (float) weight[((o * inputs + i) * k + k - 1 - u) * k + k - 1 - v];
			double[][] size = sizes.dx;
			int operations = filters * k * k + 2;
			if (c instanceof WinogradConvolution) {
				size = WinogradBound.forward(TestBlocks.absolute(pdy), outHeight, outWidth, flipped(weight), inputs, 2 - before, height, width);
				operations = filters + WinogradBound.MAPS;
			}
			apply(c, arena, flipped, new double[0], dx, dxMask, sums.dx, size, operations, what + " backward");
		}

		/** Runs the parts in some order, with every slope, mask and addition. */
		private void apply(final BlockConvolution c, final Arena arena, final Filter filter, final double[] bias, final Blocks to, final Blocks mask,
			final double[][] sums, final double[][] sizes, final int operations, final String direction)
		{
			final float[] packed = arena.allocate();
			dirty();
			c.pack((o, i, u, v) -> 7, floats(new double[bias.length]), packed, scratch);
			c.pack(filter, floats(bias), packed, scratch);
			final int plane = sums[0].length;
			for (int variant = 0; variant < 4; variant++) {
				final boolean squares = to == dx && pairs, add = variant % 2 == 1, masked = !squares && random.nextBoolean();
				final float slope = squares ? 1 : SLOPES[random.nextInt(3)];
				final double[][] start = TestBlocks.random(sums.length, plane, random), m = TestBlocks.coarse(sums.length, plane, random);
				t.fill(to, add ? 0 : Float.NaN);
				if (add) t.write(to, start);
				t.write(mask, m);
				dirty();
				t.remember();
				for (int p = c.parts() - 1; p >= 0; p--) c.run(t.m, packed, add, slope, masked ? mask.blocks() : NONE, p, scratch);
				final String name = direction + ", slope " + slope + (masked ? ", masked" : "") + (add ? ", added" : "");
				t.wrote(name, to);
				final float[][] actual = t.read(to);
				for (int o = 0; o < sums.length; o++) {
					final double[] expected = new double[plane], size = new double[plane];
					for (int i = 0; i < plane; i++) {
						// NB: the bias is where the sum starts, in the place of what it is added to
						final double first = add ? start[o][i] : bias.length > 0 ? bias[o] : 0, v = sums[o][i] + first;
						expected[i] = (masked ? m[o][i] : v) > 0 ? v : slope * v;
						size[i] = sizes[o][i] + Math.abs(first);
					}
					if (squares && isDoubled(o)) TestBlocks.within(squares(expected), floats(squares(doubles(actual[o]))), squares(size), operations + 4, name +
						", squares of channel " + o);
					else TestBlocks.within(expected, actual[o], size, operations, name + ", channel " + o);
				}
				if (!masked) t.emptyLanesAre(0, to, name);
			}
		}

		private boolean isDoubled(final int channel) {
			for (int l = 0; l < x.channels().length; l++) if (x.channels()[l] == channel) return doubled[l / V].isInSquares();
			throw new IllegalArgumentException("no channel " + channel);
		}

		/** Sums over squares of 2x2 pixels. */
		private double[] squares(final double[] plane) {
			final double[] sums = new double[plane.length / 4];
			for (int i = 0; i < plane.length; i++) sums[i / width / 2 * (width / 2) + i % width / 2] += plane[i];
			return sums;
		}

		/** The gradient as if the stride were 1. */
		private void spread(final double[][] pdy) {
			t.fill(wide, 0);
			t.remember();
			for (int b = 0; b < dy.blocks().length; b++) BlockMaps.spread(t.m, dy.blocks()[b], dy.shape(), wide.blocks()[b], wide.shape(), stride);
			t.wrote(what + " spread", wide);
			final float[][] spread = t.read(wide);
			for (int o = 0; o < filters; o++) for (int i = 0; i < spread[o].length; i++) {
				final int row = i / wide.shape().width(), column = i % wide.shape().width();
				final boolean on = row % stride == 0 && column % stride == 0;
				assertEquals(on ? pdy[o][row / stride * outWidth + column / stride] : 0, spread[o][i], what + " spread");
			}
		}

		private void weights(final Sums sums, final Sums sizes, final double[][] px, final double[][] pdy) {
			final Wiring wiring = new Wiring(x.shape(), wide.shape(), x.blocks(), x.channels(), wide.blocks(), wide.channels(), k, 1, before, doubled);
			final BlockWeightGradient g = new BlockWeightGradient(wiring, exact);
			final int first = 16 * random.nextInt(3), plane = outHeight * outWidth;
			final float start = 0.25f;
			final float[] array = new float[first + g.length() + 16], dw = new float[sums.dw.length], db = new float[conv.bias() ? filters : 0];
			Arrays.fill(array, Float.NaN);
			Arrays.fill(array, first, first + g.length(), start);
			dirty();
			t.remember();
			g.add(t.m, array, first, scratch, (tasks, task) -> {
				for (int i = tasks - 1; i >= 0; i--) task.run(i, other);
			});
			t.wrote(what + " weight gradient");
			for (int i = 0; i < array.length; i++) if (i < first || i >= first + g.length()) assertEquals(Float.NaN, array[i], what + ": wrote beside the sums");
			g.unpack(array, first, inputs, dw, db);
			double[] size = sizes.dw;
			int operations = wide.shape().height() * wide.shape().width() + 1;
			if (!exact && Winograd.suits(wiring)) {
				size = WinogradBound.tiles(TestBlocks.absolute(px), height, width, TestBlocks.absolute(pdy), outHeight, outWidth, before);
				operations = (outHeight + 3) / 4 * ((outWidth + 3) / 4) + WinogradBound.MAPS;
			}
			TestBlocks.within(plus(sums.dw, start), dw, plus(size, start), operations, what + " weight gradient");
			for (int o = 0; o < db.length; o++) {
				final double sum = Arrays.stream(pdy[o]).sum(), sumOfSizes = Arrays.stream(pdy[o]).map(Math::abs).sum();
				assertEquals(sum + start, db[o], (plane + 4) * 0x1p-24 * (sumOfSizes + start) * 1.01, what + " bias gradient");
			}
		}

		private void dirty() {
			Arrays.fill(scratch.floats(1), Float.NaN);
			Arrays.fill(other.floats(1), Float.NaN);
		}
	}

	private static float[] floats(final double[] d) {
		final float[] f = new float[d.length];
		for (int i = 0; i < f.length; i++) f[i] = (float) d[i];
		return f;
	}

	private static double[] doubles(final float[] f) {
		final double[] d = new double[f.length];
		for (int i = 0; i < d.length; i++) d[i] = f[i];
		return d;
	}

	private static double[] absolute(final double[] d) {
		return Arrays.stream(d).map(Math::abs).toArray();
	}

	private static double[] plus(final double[] d, final double summand) {
		return Arrays.stream(d).map(v -> v + summand).toArray();
	}
}
