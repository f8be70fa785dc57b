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
package sc.fiji.glia.engine.kernel.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.kernel.WinogradBound;
import sc.fiji.glia.engine.check.Reference;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.Team;

/** Forward and both backward passes of a convolution against double precision, over awkward shapes, with each provider. */
class PlaneConvolutionTest {

	private static final double U = 0x1p-24;

	/** What is taken beside it are a few rows of tiles. */
	@Test
	void workingMemoryIsKnownBeforehand() {
		final int[][] sizes = { { 96, 32, 64, 3, 1 }, { 32, 64, 32, 3, 1 }, { 1, 16, 64, 3, 1 }, { 128, 128, 16, 3, 1 }, { 16, 16, 33, 5, 1 }, { 12, 20, 32, 3, 2 } };
		for (final int[] s : sizes) for (final boolean exact : new boolean[] { false, true }) {
			final Shape input = new Shape(s[0], s[2], s[2]);
			final Conv2D layer = new Conv2D(s[1], s[3], s[4], Padding.SAME, true);
			final PlaneConvolution c = new PlaneConvolution(layer, input, exact);
			final int size = layer.outputSize(s[2]);
			final float[][] x = new float[s[0]][s[2] * s[2] + 12], dy = new float[s[1]][size * size + 12];
			final Scratch scratch = new Scratch();
			c.forward(x, c.newFactors(), new float[0], 0, dy, scratch);
			c.backwardWeights(x, dy, c.newSums(), 0, s[1], scratch);
			c.backwardInput(dy, c.newFlipped(), x, false, scratch);
			assertEquals(1, (double) scratch.size() / c.scratch(), 0.5, Arrays.toString(s) + (exact ? " exact" : ""));
		}
	}

	@Test
	void randomShapes() {
		final SplittableRandom random = new SplittableRandom(3);
		final Scratch scratch = new Scratch(); // one for all: what is left in it must not matter
		for (int n = 0; n < 300;) {
			final int kernel = new int[] { 1, 2, 3, 5, 7 }[random.nextInt(5)], stride = random.nextInt(1, 4);
			final Padding padding = random.nextBoolean() ? Padding.SAME : Padding.VALID;
			final Shape in = new Shape(random.nextInt(1, 34), random.nextInt(1, 24), random.nextInt(1, 71));
			final Conv2D conv = new Conv2D(random.nextInt(1, 34), kernel, stride, padding, random.nextBoolean());
			if (padding == Padding.VALID && Math.min(in.height(), in.width()) < kernel) continue;
			if (in.size() * kernel * kernel * conv.filters() / (stride * stride) > 500_000) continue;
			compare(conv, in, random, scratch);
			n++;
		}
	}

	@Test
	void imagesNarrowerThanTheKernel() {
		final SplittableRandom random = new SplittableRandom(4);
		final Scratch scratch = new Scratch();
		for (int kernel = 1; kernel <= 7; kernel++) for (int stride = 1; stride <= 3; stride++) for (int height = 1; height <= 4; height++) for (int width =
			1; width <= 4; width++) compare(new Conv2D(2, kernel, stride, Padding.SAME, true), new Shape(3, height, width), random, scratch);
	}

	@Test
	void rowsLongerThanAPanel() {
		final SplittableRandom random = new SplittableRandom(5);
		for (final int width : new int[] { 511, 512, 513, 1030 }) for (int stride = 1; stride <= 2; stride++) compare(new Conv2D(3, 3, stride, Padding.SAME, true),
			new Shape(2, 3, width), random, new Scratch());
	}

	@Test
	void manyChannels() {
		final SplittableRandom random = new SplittableRandom(6);
		for (int stride = 1; stride <= 2; stride++) compare(new Conv2D(70, 3, stride, Padding.SAME, false), new Shape(130, 4, 5), random, new Scratch());
	}

	@Test
	void fewerMultiplications() {
		final SplittableRandom random = new SplittableRandom(7);
		final Scratch scratch = new Scratch();
		for (int n = 0; n < 60; n++) {
			final Conv2D conv = new Conv2D(random.nextInt(1, 34), 3, 1, random.nextBoolean() ? Padding.SAME : Padding.VALID, random.nextBoolean());
			winograd(conv, new Shape(random.nextInt(1, 34), random.nextInt(3, 24), random.nextInt(3, 71)), random, scratch);
		}
		winograd(new Conv2D(6, 3), new Shape(50, 9, 600), random, scratch); // more channels and tiles than are worked on together
		winograd(new Conv2D(40, 3), new Shape(5, 150, 9), random, scratch);
	}

	/** Within the bounds of the algorithm, which are larger than those of the direct sum. */
	private static void winograd(final Conv2D conv, final Shape in, final SplittableRandom random, final Scratch scratch) {
		final Shape out = new Shape(conv.filters(), conv.outputSize(in.height()), conv.outputSize(in.width()));
		final int before = conv.before(), area = 9, terms = in.channels() * area;
		// with few channels it is the direct sum, of nine times as many products
		final int few = Math.min(in.channels(), conv.filters()) < 4 ? area : 1;
		final double[][] x = random(in, random), dy = random(out, random), start = random(in, random);
		final double[] weight = random(new Shape(1, conv.filters(), terms), random)[0];
		final double[] bias = conv.bias() ? random(new Shape(1, 1, conv.filters()), random)[0] : new double[0];
		final double[][] y = reference(conv, in, x, weight, bias);
		final double[][] dx = new double[in.channels()][in.plane()];
		final double[] dw = new double[weight.length], flippedWeight = new double[weight.length];
		backward(conv, in, out, x, dy, weight, dx, dw);
		for (int o = 0; o < conv.filters(); o++) for (int c = 0; c < in.channels(); c++) for (int t = 0; t < area; t++)
			flippedWeight[(c * conv.filters() + o) * area + 8 - t] = Math.abs(weight[(o * in.channels() + c) * area + t]);
		final double[][] ySize = WinogradBound.forward(absolute(x), in.height(), in.width(), absolute(weight), out.channels(), before, out.height(), out
			.width());
		for (int o = 0; o < bias.length; o++) for (int i = 0; i < ySize[o].length; i++) ySize[o][i] += Math.abs(bias[o]) * 8;
		final double[][] dxSize = WinogradBound.forward(absolute(dy), out.height(), out.width(), flippedWeight, in.channels(), 2 - before, in.height(), in
			.width());
		final double[] dwSize = WinogradBound.weights(absolute(x), in.height(), in.width(), absolute(dy), out.height(), out.width(), before);
		final PlaneConvolution c = new PlaneConvolution(conv, in);
		final String what = conv + " of " + in;
		final float[] factors = c.newFactors(), flipped = c.newFlipped(), gradient = new float[weight.length];
		final float[][] fx = floats(x), fdy = floats(dy), fy = dirty(out), fdx = dirty(in), added = floats(start), sums = c.newSums();
		c.prepare(floats(weight), factors);
		c.flip(floats(weight), flipped);
		c.forward(fx, factors, floats(bias), Float.NEGATIVE_INFINITY, fy, scratch);
		for (int o = 0; o < fy.length; o++) within(y[o], fy[o], ySize[o], few * in.channels() + WinogradBound.MAPS, what + " forward");
		c.backwardInput(fdy, flipped, fdx, false, scratch);
		c.backwardInput(fdy, flipped, added, true, scratch);
		for (int k = 0; k < fdx.length; k++) {
			within(dx[k], fdx[k], dxSize[k], few * out.channels() + WinogradBound.MAPS, what + " backward to the input");
			within(sum(dx[k], start[k]), added[k], sum(dxSize[k], absolute(start[k])), few * out.channels() + WinogradBound.MAPS, what + " added to the input");
		}
		c.backwardWeights(fx, fdy, sums, 0, conv.filters(), scratch);
		c.weightGradient(sums, gradient);
		within(dw, gradient, dwSize, (out.height() + 3) / 4 * out.width() + WinogradBound.MAPS, what + " backward to the weights");
		final float[][] relu = dirty(out);
		c.forward(fx, factors, floats(bias), 0, relu, scratch);
		for (int o = 0; o < fy.length; o++) for (int i = 0; i < fy[o].length; i++) assertEquals(Math.max(fy[o][i], 0f), relu[o][i], what + " with ReLU");
	}

	@Test
	void planesOfHalfTheSize() {
		final SplittableRandom random = new SplittableRandom(9);
		final Scratch scratch = new Scratch();
		for (int n = 0; n < 60; n++) {
			final Conv2D conv = new Conv2D(random.nextInt(4, 20), 3);
			halves(conv, new Shape(random.nextInt(4, 20), 2 * random.nextInt(2, 12), 2 * random.nextInt(4, 36)), random, scratch);
		}
		halves(new Conv2D(6, 3), new Shape(110, 10, 600), random, scratch); // more channels and tiles than are worked on together
	}

	/** Within the bounds of the algorithm for the planes that they stand for. */
	private static void halves(final Conv2D conv, final Shape in, final SplittableRandom random, final Scratch scratch) {
		final double[][] x = random(in, random);
		final float[][] given = floats(x);
		final boolean[] halves = new boolean[in.channels()];
		final int cut = random.nextInt(in.channels() + 1), width = in.width(), wide = width / 2;
		for (int c = 0; c < halves.length; c++) {
			halves[c] = in.channels() % 2 == 0 ? c < cut : random.nextBoolean();
			if (!halves[c]) continue;
			given[c] = new float[in.plane() / 4];
			for (int i = 0; i < given[c].length; i++) given[c][i] = (float) x[c][i];
			for (int i = in.plane() - 1; i >= 0; i--) x[c][i] = given[c][i / width / 2 * wide + i % width / 2];
		}
		final double[] weight = random(new Shape(1, conv.filters(), in.channels() * 9), random)[0], bias = random(new Shape(1, 1, conv.filters()), random)[0];
		final double[][] y = reference(conv, in, x, weight, bias);
		final double[][] size = WinogradBound.forward(absolute(x), in.height(), width, absolute(weight), conv.filters(), 1, in.height(), width);
		for (int o = 0; o < bias.length; o++) for (int i = 0; i < size[o].length; i++) size[o][i] += Math.abs(bias[o]) * 8;
		final PlaneConvolution c = new PlaneConvolution(conv, in, halves);
		final float[] factors = c.newFactors();
		final float[][] actual = dirty(new Shape(conv.filters(), in.height(), width));
		c.prepare(floats(weight), factors);
		c.forward(given, factors, floats(bias), Float.NEGATIVE_INFINITY, actual, scratch);
		for (int o = 0; o < y.length; o++) within(y[o], actual[o], size[o], in.channels() + WinogradBound.MAPS, conv + " of " + in + ", halves " + Arrays.toString(
			halves));
	}

	@Test
	void halvesWhereTheyCannotBeRead() {
		final boolean[] halves = { true, false, false, false };
		assertThrows(IllegalArgumentException.class, () -> new PlaneConvolution(new Conv2D(4, 5), new Shape(4, 16, 16), halves));
		assertThrows(IllegalArgumentException.class, () -> new PlaneConvolution(new Conv2D(4, 3), new Shape(4, 15, 16), halves));
	}

	@Test
	void teamsGiveTheSameBits() {
		final SplittableRandom random = new SplittableRandom(10);
		for (int n = 0; n < 40; n++) {
			final Conv2D conv = new Conv2D(random.nextInt(4, 20), n % 4 == 0 ? 5 : 3);
			final Shape in = new Shape(random.nextInt(4, 60), random.nextInt(6, n == 1 ? 300 : 40), random.nextInt(8, 150));
			final PlaneConvolution c = new PlaneConvolution(conv, in);
			final float[] weight = floats(random(new Shape(1, conv.filters(), in.channels() * conv.kernel() * conv.kernel()), random)[0]);
			final float[] bias = floats(random(new Shape(1, 1, conv.filters()), random)[0]), factors = c.newFactors(), flipped = c.newFlipped();
			c.prepare(weight, factors);
			c.flip(weight, flipped);
			final Shape out = new Shape(conv.filters(), in.height(), in.width());
			final float[][] x = floats(random(in, random)), dy = floats(random(out, random));
			final Scratch scratch = new Scratch();
			final float[][] alone = dirty(out), shared = dirty(out), dx = dirty(in), dxShared = dirty(in);
			c.forward(x, factors, bias, 0, alone, scratch);
			c.forward(x, factors, bias, 0, shared, new Backwards(scratch), scratch);
			assertArrayEquals(alone, shared, conv + " of " + in + " forward");
			c.backwardInput(dy, flipped, dx, false, scratch);
			c.backwardInput(dy, flipped, dxShared, false, new Backwards(scratch));
			assertArrayEquals(dx, dxShared, conv + " of " + in + " backward to the input");
		}
	}

	@Test
	void pooledAtOnceAreTheBitsOfPoolingAfterwards() {
		final SplittableRandom random = new SplittableRandom(11);
		final Scratch scratch = new Scratch();
		for (int n = 0; n < 200; n++) {
			final Conv2D conv = new Conv2D(random.nextInt(1, 34), n % 2 == 0 ? 3 : random.nextInt(1, 8), 1, n % 3 == 0 ? Padding.VALID : Padding.SAME, true);
			final Shape in = new Shape(random.nextInt(1, 20), random.nextInt(conv.kernel() + 1, 40), random.nextInt(conv.kernel() + 1, n < 9 ? 700 : 60));
			pooled(conv, in, random, scratch);
		}
		pooled(new Conv2D(5, 3), new Shape(1, 130, 128), random, scratch); // more squares than are worked on together
		pooled(new Conv2D(6, 5), new Shape(50, 9, 1100), random, scratch);
		pooled(new Conv2D(6, 3), new Shape(50, 9, 600), random, scratch);
		assertFalse(PlaneConvolution.pools(new Conv2D(2, 3), new Shape(3, 1, 8)));
		assertFalse(PlaneConvolution.pools(new Conv2D(2, 3, 2, Padding.SAME, true), new Shape(3, 8, 8)));
	}

	private static void pooled(final Conv2D conv, final Shape in, final SplittableRandom random, final Scratch scratch) {
		final Shape out = new Shape(conv.filters(), conv.outputSize(in.height()), conv.outputSize(in.width())), small = new Shape(out.channels(), out.height() /
			2, out.width() / 2);
		final String what = conv + " of " + in;
		assertTrue(PlaneConvolution.pools(conv, in), what);
		final PlaneConvolution c = new PlaneConvolution(conv, in);
		final float[] factors = c.newFactors(), bias = floats(random(new Shape(1, 1, conv.filters()), random)[0]);
		c.prepare(floats(random(new Shape(1, conv.filters(), in.channels() * conv.kernel() * conv.kernel()), random)[0]), factors);
		final float[][] x = floats(random(in, random)), whole = dirty(out), expected = dirty(small);
		final float floor = random.nextBoolean() ? 0 : Float.NEGATIVE_INFINITY;
		c.forward(x, factors, bias, floor, whole, scratch);
		for (int o = 0; o < whole.length; o++) PlanePooling.pool(whole[o], out.width(), expected[o], scratch);
		for (final Team team : new Team[] { new Alone(scratch), new Backwards(scratch) }) {
			final float[][] actual = dirty(small);
			c.forwardPooled(x, factors, bias, floor, actual, team, scratch);
			assertArrayEquals(expected, actual, what + ", " + team.threads() + " threads");
		}
	}

	private record Alone(Scratch scratch) implements Team {

		@Override
		public int threads() {
			return 1;
		}

		@Override
		public void run(final int tasks, final Task task) {
			for (int i = 0; i < tasks; i++) task.run(i, scratch);
		}
	}

	/** Three threads, as if the last task were done first. */
	private record Backwards(Scratch scratch) implements Team {

		@Override
		public int threads() {
			return 3;
		}

		@Override
		public void run(final int tasks, final Task task) {
			final Scratch other = new Scratch();
			for (int i = tasks - 1; i >= 0; i--) task.run(i, i % 2 == 0 ? scratch : other);
		}
	}

	@Test
	void rangesGiveTheSameBits() {
		final SplittableRandom random = new SplittableRandom(8);
		final Scratch scratch = new Scratch();
		for (int n = 0; n < 120; n++) {
			final int kernel = new int[] { 1, 3, 3, 5 }[n % 4], stride = n % 3 == 0 ? 2 : 1;
			final Conv2D conv = new Conv2D(random.nextInt(4, 20), kernel, stride, n % 2 == 0 ? Padding.SAME : Padding.VALID, true);
			ranges(conv, new Shape(random.nextInt(4, 20), random.nextInt(6, 40), random.nextInt(8, 50)), n % 5 == 0, random, scratch);
		}
	}

	private static void ranges(final Conv2D conv, final Shape in, final boolean exact, final SplittableRandom random, final Scratch scratch) {
		final Shape out = new Shape(conv.filters(), conv.outputSize(in.height()), conv.outputSize(in.width()));
		final PlaneConvolution c = new PlaneConvolution(conv, in, exact);
		final float[] weight = floats(random(new Shape(1, conv.filters(), in.channels() * conv.kernel() * conv.kernel()), random)[0]);
		final float[] bias = floats(random(new Shape(1, 1, conv.filters()), random)[0]), factors = c.newFactors(), flipped = c.newFlipped();
		c.prepare(weight, factors);
		c.flip(weight, flipped);
		final float[][] x = floats(random(in, random)), dy = floats(random(out, random));
		final String what = conv + " of " + in + (exact ? ", exact" : "");
		final float[][] whole = dirty(out), parts = dirty(out);
		c.forward(x, factors, bias, 0, whole, scratch);
		for (int row = 0; row < out.height();) {
			final int end = Math.min(out.height(), row + c.rowStep() * random.nextInt(1, 4));
			c.forward(x, factors, bias, 0, parts, row, end, scratch);
			row = end;
		}
		assertArrayEquals(whole, parts, what + " forward");
		final float[][] dx = floats(random(in, random)), dxParts = Arrays.stream(dx).map(float[]::clone).toArray(float[][]::new);
		final boolean add = random.nextBoolean();
		c.backwardInput(dy, flipped, dx, add, scratch);
		for (int row = 0; row < in.height();) {
			final int end = Math.min(in.height(), row + c.backwardRowStep() * random.nextInt(1, 4));
			c.backwardInput(dy, flipped, dxParts, add, row, end, scratch);
			row = end;
		}
		assertArrayEquals(dx, dxParts, what + " backward to the input");
		final float[][] sums = c.newSums(), sumsOfParts = c.newSums();
		c.backwardWeights(x, dy, sums, 0, conv.filters(), scratch);
		final int cut = random.nextInt(1, conv.filters());
		c.backwardWeights(x, dy, sumsOfParts, 0, cut, scratch);
		c.backwardWeights(x, dy, sumsOfParts, cut, conv.filters(), scratch);
		final float[] gradient = new float[weight.length], gradientOfParts = new float[weight.length];
		c.weightGradient(sums, gradient);
		c.weightGradient(sumsOfParts, gradientOfParts);
		assertArrayEquals(gradient, gradientOfParts, what + " backward to the weights");
	}

	private static void compare(final Conv2D conv, final Shape in, final SplittableRandom random, final Scratch scratch) {
		final Shape out = new Shape(conv.filters(), conv.outputSize(in.height()), conv.outputSize(in.width()));
		final int area = conv.kernel() * conv.kernel(), terms = in.channels() * area;
		final double[][] x = random(in, random), dy = random(out, random), before = random(in, random);
		final double[] weight = random(new Shape(1, conv.filters(), terms), random)[0];
		final double[] bias = conv.bias() ? random(new Shape(1, 1, conv.filters()), random)[0] : new double[0];
		final double[][] y = reference(conv, in, x, weight, bias), ySize = reference(conv, in, absolute(x), absolute(weight), absolute(bias));
		final double[][] dx = new double[in.channels()][in.plane()], dxSize = new double[in.channels()][in.plane()];
		final double[] dw = new double[weight.length], dwSize = new double[weight.length];
		backward(conv, in, out, x, dy, weight, dx, dw);
		backward(conv, in, out, absolute(x), absolute(dy), absolute(weight), dxSize, dwSize);
		final String what = conv + " of " + in;
		final PlaneConvolution c = new PlaneConvolution(conv, in, true);
		// Every value is a sum of so many terms; each addition rounds at most the sum of their sizes, each product itself
		final float[][] fy = dirty(out), fx = floats(x), fdy = floats(dy);
		final float[] factors = c.newFactors();
		c.prepare(floats(weight), factors);
		c.forward(fx, factors, floats(bias), Float.NEGATIVE_INFINITY, fy, scratch);
		for (int o = 0; o < fy.length; o++) within(y[o], fy[o], ySize[o], terms + 1, what + " forward");
		final float[] flipped = c.newFlipped();
		c.flip(floats(weight), flipped);
		final float[][] fdx = dirty(in), added = floats(before);
		c.backwardInput(fdy, flipped, fdx, false, scratch);
		c.backwardInput(fdy, flipped, added, true, scratch);
		for (int k = 0; k < fdx.length; k++) {
			within(dx[k], fdx[k], dxSize[k], out.channels() * area + 1, what + " backward to the input");
			within(sum(dx[k], before[k]), added[k], sum(dxSize[k], absolute(before[k])), out.channels() * area + 2, what + " added to the input");
		}
		final float[][] sums = c.newSums();
		c.backwardWeights(fx, fdy, sums, 0, conv.filters(), scratch);
		final float[] gradient = new float[weight.length];
		c.weightGradient(sums, gradient);
		within(dw, gradient, dwSize, out.plane() + 1, what + " backward to the weights");
	}

	private static double[][] reference(final Conv2D conv, final Shape in, final double[][] x, final double[] weight, final double[] bias) {
		final Graph.Builder b = Graph.of(in.channels());
		b.add("a", conv);
		return Reference.forward(b.build(), Map.of("a.weight", weight, "a.bias", bias), new double[][][] { x }, in.height(), in.width(), false)[0];
	}

	/** The formula of the convolution read backwards: each product of a weight and a pixel passes the gradient of its sum to both. */
	private static void backward(final Conv2D conv, final Shape in, final Shape out, final double[][] x, final double[][] dy, final double[] weight,
		final double[][] dx, final double[] dw)
	{
		final int k = conv.kernel();
		for (int o = 0; o < out.channels(); o++) for (int i = 0; i < out.height(); i++) for (int j = 0; j < out.width(); j++) for (int c = 0; c < in
			.channels(); c++) for (int u = 0; u < k; u++) for (int v = 0; v < k; v++)
		{
			final int row = i * conv.stride() + u - conv.before(), column = j * conv.stride() + v - conv.before();
			if (row < 0 || row >= in.height() || column < 0 || column >= in.width()) continue;
			final int w = ((o * in.channels() + c) * k + u) * k + v, p = row * in.width() + column;
			dx[c][p] += weight[w] * dy[o][i * out.width() + j];
			dw[w] += x[c][p] * dy[o][i * out.width() + j];
		}
	}

	private static void within(final double[] expected, final float[] actual, final double[] size, final int operations, final String what) {
		for (int i = 0; i < actual.length; i++) {
			final double bound = operations * U * size[i] * 1.01;
			if (!(Math.abs(expected[i] - actual[i]) <= bound)) assertEquals(expected[i], actual[i], bound, what + ", value " + i);
		}
	}

	// -- arrays --

	/** Values that floats hold exactly. */
	private static double[][] random(final Shape s, final SplittableRandom random) {
		final double[][] a = new double[s.channels()][s.plane()];
		for (final double[] p : a) for (int i = 0; i < p.length; i++) p[i] = (float) random.nextDouble(-1, 1);
		return a;
	}

	private static float[][] dirty(final Shape s) {
		final float[][] a = new float[s.channels()][s.plane()];
		for (final float[] p : a) Arrays.fill(p, Float.NaN);
		return a;
	}

	private static float[] floats(final double[] d) {
		final float[] f = new float[d.length];
		for (int i = 0; i < f.length; i++) f[i] = (float) d[i];
		return f;
	}

	private static float[][] floats(final double[][] d) {
		return Arrays.stream(d).map(PlaneConvolutionTest::floats).toArray(float[][]::new);
	}

	private static double[] absolute(final double[] d) {
		return Arrays.stream(d).map(Math::abs).toArray();
	}

	private static double[][] absolute(final double[][] d) {
		return Arrays.stream(d).map(PlaneConvolutionTest::absolute).toArray(double[][]::new);
	}

	private static double[] sum(final double[] a, final double[] b) {
		final double[] s = a.clone();
		for (int i = 0; i < s.length; i++) s[i] += b[i];
		return s;
	}
}
