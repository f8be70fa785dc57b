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

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.check.Reference;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.Shape;

/** Forward and both backward passes of a convolution against double precision, over awkward shapes, with each provider. */
class ConvolutionTest {

	private static final double U = 0x1p-24;

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
		for (final Kernels kernels : java.util.List.of(KernelProvider.named("plain"))) {
			final String what = kernels.name() + " " + conv + " of " + in;
			try {
				final Convolution c = new Convolution(kernels, conv, in);
				// Every value is a sum of so many terms; each addition rounds at most the sum of their sizes, each product itself
				final float[][] fy = dirty(out), fx = floats(x), fdy = floats(dy);
				c.forward(fx, floats(weight), floats(bias), fy, scratch);
				for (int o = 0; o < fy.length; o++) within(y[o], fy[o], ySize[o], terms + 1, what + " forward");
				final float[] flipped = new float[weight.length];
				c.flip(floats(weight), flipped);
				final float[][] fdx = dirty(in), added = floats(before);
				c.backwardInput(fdy, flipped, fdx, false, scratch);
				c.backwardInput(fdy, flipped, added, true, scratch);
				for (int k = 0; k < fdx.length; k++) {
					within(dx[k], fdx[k], dxSize[k], out.channels() * area + 1, what + " backward to the input");
					within(sum(dx[k], before[k]), added[k], sum(dxSize[k], absolute(before[k])), out.channels() * area + 2, what + " added to the input");
				}
				final float[][] sums = c.newSums();
				c.backwardWeights(fx, fdy, sums, scratch);
				final float[] gradient = new float[weight.length];
				c.weightGradient(sums, gradient);
				within(dw, gradient, dwSize, out.plane() + 1, what + " backward to the weights");
			}
			catch (final RuntimeException e) {
				throw new AssertionError(what + ": " + e, e);
			}
		}
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
		return Arrays.stream(d).map(ConvolutionTest::floats).toArray(float[][]::new);
	}

	private static double[] absolute(final double[] d) {
		return Arrays.stream(d).map(Math::abs).toArray();
	}

	private static double[][] absolute(final double[][] d) {
		return Arrays.stream(d).map(ConvolutionTest::absolute).toArray(double[][]::new);
	}

	private static double[] sum(final double[] a, final double[] b) {
		final double[] s = a.clone();
		for (int i = 0; i < s.length; i++) s[i] += b[i];
		return s;
	}
}
