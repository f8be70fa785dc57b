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

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.kernel.BlockShape;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.vector.TestBlocks.Blocks;

/** What is done pixel by pixel on blocks, over awkward sizes: bit for bit where no order of sums is left open, otherwise within roundings. */
class BlockMapsTest {

	private static final float[] SLOPES = { 1, 0, 0.1f };

	private final SplittableRandom random = new SplittableRandom(21);

	@BeforeAll
	static void needsVectors() {
		assumeTrue(KernelProvider.available().size() > 1, "the module jdk.incubator.vector");
	}

	/** Maps of one awkward size, and their planes. */
	private final class Maps {

		final int height, width, plane, channels;
		final TestBlocks t = new TestBlocks(random);
		final Blocks a, b, to;
		final double[][] pa, pb, start;
		final String what;

		/** @param coarse whether to fill {@code b} with few different values, zeros among them */
		Maps(final boolean coarse) {
			height = random.nextInt(1, 20);
			width = random.nextInt(1, 71);
			plane = height * width;
			final int[] groups = random.nextBoolean() ? new int[] { random.nextInt(1, 34) } : new int[] { 8, random.nextInt(1, 21) };
			channels = IntStream.of(groups).sum();
			final int halo = random.nextInt(3);
			a = t.place(height, width, halo, groups);
			b = t.place(height, width, halo, groups);
			to = t.place(height, width, halo, groups);
			what = channels + " channels of " + height + " x " + width + ", border " + halo;
			pa = TestBlocks.random(channels, plane, random);
			pb = coarse ? TestBlocks.coarse(channels, plane, random) : TestBlocks.random(channels, plane, random);
			start = TestBlocks.random(channels, plane, random);
			t.allocate();
			t.write(a, pa);
			t.write(b, pb);
		}

		/** Fills the output with what is to be added to, or with NaN; remembers. */
		void begin(final boolean add) {
			if (add) t.write(to, start);
			t.remember();
		}
	}

	/** Expected value of a pixel. */
	private interface Pixel {

		float at(int channel, int pixel);
	}

	private static void check(final Maps s, final Blocks map, final String what, final Pixel expected) {
		s.t.wrote(what, map);
		final float[][] actual = s.t.read(map);
		for (int c = 0; c < actual.length; c++) for (int i = 0; i < actual[c].length; i++) if (expected.at(c, i) != actual[c][i]) assertEquals(expected.at(c, i),
			actual[c][i], what + ": channel " + c + ", pixel " + i);
	}

	private float slope() {
		return SLOPES[random.nextInt(3)];
	}

	@Test
	void planesToBlocksAndBack() {
		for (int n = 0; n < 30; n++) {
			final Maps s = new Maps(false);
			final float[][] planes = new float[s.channels][s.plane], back = new float[s.channels][s.plane];
			for (int c = 0; c < s.channels; c++) for (int i = 0; i < s.plane; i++) planes[c][i] = (float) s.start[c][i];
			s.begin(false);
			for (int b = 0; b < s.to.blocks().length; b++) {
				final int k = b;
				TestBlocks.inTwo(s.height, (y0, y1) -> BlockMaps.fromPlanes(planes, s.to.channels(), k * TestBlocks.V, s.t.m, s.to.blocks()[k], s.to.shape(), y0, y1));
			}
			check(s, s.to, s.what, (c, i) -> planes[c][i]);
			s.t.emptyLanesAre(Float.NaN, s.to, s.what);
			for (int b = 0; b < s.to.blocks().length; b++) {
				final int k = b;
				TestBlocks.inTwo(s.height, (y0, y1) -> BlockMaps.toPlanes(s.t.m, s.to.blocks()[k], s.to.shape(), s.to.channels(), k * TestBlocks.V, back, y0, y1));
			}
			assertArrayEquals(planes, back, s.what);
		}
	}

	@Test
	void activations() {
		for (int n = 0; n < 40; n++) {
			final Maps s = new Maps(true);
			final float slope = slope();
			s.begin(false);
			for (int b = 0; b < s.b.blocks().length; b++) BlockMaps.relu(s.t.m, s.b.blocks()[b], s.to.blocks()[b], s.b.shape().size(), slope);
			check(s, s.to, "relu of " + s.what, (c, i) -> (float) s.pb[c][i] > 0 ? (float) s.pb[c][i] : slope * (float) s.pb[c][i]);
			final boolean add = n % 2 == 0;
			s.begin(add);
			for (int b = 0; b < s.b.blocks().length; b++) BlockMaps.reluGradient(s.t.m, s.a.blocks()[b], s.b.blocks()[b], s.to.blocks()[b], s.b.shape(), slope, add);
			check(s, s.to, "its gradient, " + s.what, (c, i) -> {
				final float g = (float) s.pa[c][i], r = s.pb[c][i] > 0 ? g : slope * g;
				return add ? r + (float) s.start[c][i] : r;
			});
			s.begin(true);
			for (int b = 0; b < s.b.blocks().length; b++) for (int y = 0; y < s.height; y++) BlockMaps.mask(s.t.m, s.to.blocks()[b] + s.to.shape().row(y), s.b
				.blocks()[b] + s.b.shape().row(y), s.width * TestBlocks.V, slope);
			check(s, s.to, "mask of " + s.what, (c, i) -> s.pb[c][i] > 0 ? (float) s.start[c][i] : slope * (float) s.start[c][i]);
		}
	}

	@Test
	void scaling() {
		for (int n = 0; n < 40; n++) {
			final Maps s = new Maps(false);
			final int lanes = s.a.channels().length, at = 3;
			final float[] p = floats(lanes + at), q = floats(lanes + at), r = floats(lanes + at);
			final int[] lane = lanes(s.a);
			final float slope = slope();
			s.begin(false);
			for (int b = 0; b < s.a.blocks().length; b++) BlockMaps.scale(s.t.m, s.a.blocks()[b], s.to.blocks()[b], s.a.shape(), p, q, at + b * TestBlocks.V, slope);
			check(s, s.to, "scale of " + s.what, (c, i) -> {
				final float v = Math.fma((float) s.pa[c][i], p[at + lane[c]], q[at + lane[c]]);
				return v > 0 ? v : slope * v;
			});
			final boolean add = n % 2 == 0;
			s.begin(add);
			for (int b = 0; b < s.a.blocks().length; b++) BlockMaps.combine(s.t.m, s.a.blocks()[b], s.b.blocks()[b], s.to.blocks()[b], s.a.shape(), p, q, r, at + b *
				TestBlocks.V, add);
			check(s, s.to, "combination of " + s.what, (c, i) -> {
				final int l = at + lane[c];
				final float v = Math.fma((float) s.pa[c][i], p[l], Math.fma((float) s.pb[c][i], q[l], r[l]));
				return add ? v + (float) s.start[c][i] : v;
			});
			s.begin(add);
			for (int b = 0; b < s.a.blocks().length; b++) BlockMaps.copy(s.t.m, s.a.blocks()[b], s.to.blocks()[b], s.a.shape(), add);
			check(s, s.to, "copy of " + s.what, (c, i) -> add ? (float) s.pa[c][i] + (float) s.start[c][i] : (float) s.pa[c][i]);
		}
	}

	/** The lane of each channel. */
	private static int[] lanes(final Blocks map) {
		final int[] lane = new int[map.count()];
		for (int l = 0; l < map.channels().length; l++) if (map.channels()[l] >= 0) lane[map.channels()[l]] = l;
		return lane;
	}

	private float[] floats(final int length) {
		final float[] f = new float[length];
		for (int i = 0; i < length; i++) f[i] = (float) random.nextDouble(-1, 1);
		return f;
	}

	@Test
	void sums() {
		for (int n = 0; n < 40; n++) {
			final Maps s = new Maps(false);
			final int lanes = s.a.channels().length, at = 3, v = TestBlocks.V;
			final int[] lane = lanes(s.a);
			final float[] mean = floats(lanes + at), single = new float[lanes + at], row = new float[v];
			final double[] sum = new double[lanes + at], squares = new double[lanes + at], sumG = new double[lanes + at], products = new double[lanes + at];
			Arrays.fill(single, 0.5f);
			for (final double[] d : new double[][] { sum, squares, sumG, products }) Arrays.fill(d, 0.5);
			s.t.remember();
			for (int b = 0; b < s.a.blocks().length; b++) {
				final int block = s.a.blocks()[b], l = at + b * v;
				TestBlocks.inTwo(s.height, (y0, y1) -> BlockMaps.sum(s.t.m, block, s.a.shape(), single, l, y0, y1));
				BlockMaps.sum(s.t.m, block, s.a.shape(), sum, l, row);
				BlockMaps.squares(s.t.m, block, s.a.shape(), mean, l, squares, l, row);
				BlockMaps.products(s.t.m, s.b.blocks()[b], block, s.a.shape(), mean, l, sumG, products, l, row);
			}
			s.t.wrote(s.what);
			for (int c = 0; c < s.channels; c++) {
				final int l = at + lane[c];
				double x = 0.5, ax = 0.5, q = 0.5, g = 0.5, ag = 0.5, p = 0.5, ap = 0.5;
				for (int i = 0; i < s.plane; i++) {
					final double d = s.pa[c][i] - mean[l];
					x += s.pa[c][i];
					ax += Math.abs(s.pa[c][i]);
					q += d * d;
					g += s.pb[c][i];
					ag += Math.abs(s.pb[c][i]);
					p += s.pb[c][i] * d;
					ap += Math.abs(s.pb[c][i] * d);
				}
				// a row has at most width / 4 + 4 additions one after the other, in floats; beyond it the double sums round nothing to speak of
				final double inRow = (s.width + 4) * 0x1p-24 * 1.01, inImage = inRow + s.height * 0x1p-24;
				final String what = s.what + ", channel " + c;
				assertEquals(x, single[l], inImage * ax, what + ": sum in floats");
				assertEquals(x, sum[l], inRow * ax, what + ": sum");
				assertEquals(q, squares[l], inRow * q, what + ": squares"); // differences round too: twice, of width + 4 at most width / 2 + 4
				assertEquals(g, sumG[l], inRow * ag, what + ": sum of gradients");
				assertEquals(p, products[l], inRow * ap, what + ": products");
			}
			for (int l = 0; l < at; l++) assertEquals(0.5, sum[l] * single[l] / squares[l] * sumG[l] / products[l], "before the sums");
		}
	}

	// -- other sizes --

	/** A small and a wide map, whose sides are {@code factor} times as long, plus {@code rest} pixels that belong to no square. */
	private final class Pair {

		final int factor = random.nextInt(2, 5), height = random.nextInt(1, 9), width = random.nextInt(1, 24), restY, restX;
		final TestBlocks t = new TestBlocks(random);
		final Blocks small, gradient, wide, wideGradient;
		final String what;

		Pair(final boolean rest) {
			restY = rest ? random.nextInt(factor) : 0;
			restX = rest ? random.nextInt(factor) : 0;
			final int halo = random.nextInt(3), channels = random.nextInt(1, 34);
			small = t.place(height, width, halo, channels);
			gradient = t.place(height, width, halo, channels);
			wide = t.place(height * factor + restY, width * factor + restX, halo, channels);
			wideGradient = t.place(height * factor + restY, width * factor + restX, halo, channels);
			what = channels + " channels of " + height + " x " + width + " times " + factor + ", rest " + restY + " x " + restX;
			t.allocate();
		}

		double[][] random(final Blocks map) {
			final double[][] p = TestBlocks.random(map.count(), map.shape().height() * map.shape().width(), random);
			t.write(map, p);
			return p;
		}

		/** With many ties, and squares and whole planes that are constant. */
		double[][] tied(final Blocks map) {
			final BlockShape s = map.shape();
			final double[][] p = TestBlocks.coarse(map.count(), s.height() * s.width(), random);
			for (final double[] plane : p) if (random.nextInt(4) == 0) Arrays.fill(plane, random.nextInt(-1, 2));
			for (final double[] plane : p) for (int i = 0; i < plane.length; i++) if (i / s.width() / factor % 3 == 0) plane[i] = -1;
			t.write(map, p);
			return p;
		}
	}

	@Test
	void maxPooling() {
		for (int n = 0; n < 60; n++) {
			final Pair s = new Pair(true);
			final double[][] x = s.tied(s.wide), g = s.random(s.gradient), start = TestBlocks.random(x.length, x[0].length, random);
			final boolean add = n % 2 == 0;
			final float slope = slope(), relu = slope == 0 ? 0 : 1; // a ReLU is done with the maxima
			s.t.remember();
			for (int b = 0; b < s.small.blocks().length; b++) {
				final int k = b;
				TestBlocks.inTwo(s.small.shape().height(), (y0, y1) -> BlockMaps.maxPool(s.t.m, s.wide.blocks()[k], s.wide.shape(), s.small.blocks()[k], s.small.shape(), s.factor, relu, y0, y1));
			}
			s.t.wrote(s.what, s.small);
			final int wide = s.wide.shape().width();
			final float[][] max = s.t.read(s.small), dx = new float[x.length][x[0].length];
			for (int c = 0; c < x.length; c++) {
				for (int i = 0; add && i < dx[c].length; i++) dx[c][i] = (float) start[c][i];
				for (int i = 0; i < max[c].length; i++) {
					int first = i / s.width * s.factor * wide + i % s.width * s.factor;
					final int corner = first;
					for (int u = 0; u < s.factor; u++) for (int v = 0; v < s.factor; v++) if (x[c][corner + u * wide + v] > x[c][first]) first = corner + u * wide + v;
					assertEquals(relu == 0 ? Math.max(0, (float) x[c][first]) : (float) x[c][first], max[c][i], 0, s.what + ": maximum");
					dx[c][first] += (float) g[c][i];
				}
				for (int i = 0; i < dx[c].length; i++) if (!(x[c][i] > 0)) dx[c][i] *= slope;
			}
			s.t.fill(s.wideGradient, Float.NaN);
			if (add) s.t.write(s.wideGradient, start);
			s.t.remember();
			for (int b = 0; b < s.small.blocks().length; b++) {
				final int k = b;
				TestBlocks.inTwo(s.small.shape().height(), (y0, y1) -> BlockMaps.maxPoolGradient(s.t.m, s.wide.blocks()[k], s.wide.shape(), s.small.blocks()[k], s.gradient
				.blocks()[k], s.small.shape(), s.factor, s.wideGradient.blocks()[k], add, slope, y0, y1));
			}
			s.t.wrote(s.what, s.wideGradient);
			final float[][] actual = s.t.read(s.wideGradient);
			for (int c = 0; c < dx.length; c++) assertArrayEquals(dx[c], actual[c], 0, s.what + ", added: " + add + ", slope " + slope + ", channel " + c);
		}
	}

	@Test
	void upSampling() {
		for (int n = 0; n < 60; n++) {
			final Pair s = new Pair(false);
			final double[][] x = s.tied(s.small), g = s.random(s.wideGradient), start = TestBlocks.random(x.length, x[0].length, random);
			final boolean add = n % 2 == 0;
			final float slope = slope();
			s.t.remember();
			for (int b = 0; b < s.small.blocks().length; b++) {
				final int k = b;
				TestBlocks.inTwo(s.small.shape().height(), (y0, y1) -> BlockMaps.upsample(s.t.m, s.small.blocks()[k], s.small.shape(), s.wide.blocks()[k], s.wide.shape(), s.factor, y0, y1));
			}
			s.t.wrote(s.what, s.wide);
			final int wide = s.wide.shape().width();
			final float[][] y = s.t.read(s.wide);
			for (int c = 0; c < x.length; c++) for (int i = 0; i < y[c].length; i++) assertEquals((float) x[c][i / wide / s.factor * s.width + i % wide / s.factor],
				y[c][i], s.what);
			if (add) s.t.write(s.gradient, start);
			s.t.remember();
			for (int b = 0; b < s.small.blocks().length; b++) {
				final int k = b;
				TestBlocks.inTwo(s.small.shape().height(), (y0, y1) -> BlockMaps.upsampleGradient(s.t.m, s.wideGradient.blocks()[k], s.wide.shape(), s.gradient.blocks()[k],
				s.small.shape(), s.factor, add, s.small.blocks()[k], slope, y0, y1));
			}
			s.t.wrote(s.what, s.gradient);
			final float[][] actual = s.t.read(s.gradient);
			for (int c = 0; c < x.length; c++) {
				final double[] dx = add ? start[c].clone() : new double[x[c].length], size = TestBlocks.absolute(new double[][] { dx })[0];
				for (int i = 0; i < g[c].length; i++) {
					dx[i / wide / s.factor * s.width + i % wide / s.factor] += g[c][i];
					size[i / wide / s.factor * s.width + i % wide / s.factor] += Math.abs(g[c][i]);
				}
				for (int i = 0; i < dx.length; i++) if (!(x[c][i] > 0)) dx[i] *= slope;
				TestBlocks.within(dx, actual[c], size, s.factor * s.factor + 1, s.what + ", added: " + add + ", slope " + slope + ", channel " + c);
			}
		}
	}
}
