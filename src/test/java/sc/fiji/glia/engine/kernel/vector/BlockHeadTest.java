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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.vector.TestBlocks.Blocks;

/** The 1x1 convolution from blocks to planes and back, against double precision. */
class BlockHeadTest {

	private final SplittableRandom random = new SplittableRandom(31);

	@BeforeAll
	static void needsVectors() {
		assumeTrue(KernelProvider.available().size() > 1, "the module jdk.incubator.vector");
	}

	@Test
	void forwardAndBackward() {
		for (int n = 0; n < 60; n++) {
			final int height = random.nextInt(1, 12), width = random.nextInt(1, 71);
			check(height, width, n % 3 == 0 ? new int[] { 8, random.nextInt(1, 21) } : new int[] { random.nextInt(1, 66) }, n % 2 == 0, random.nextBoolean(),
				random.nextBoolean() ? 0 : 0.1f);
		}
	}

	private void check(final int height, final int width, final int[] groups, final boolean add, final boolean mask, final float slope) {
		final int plane = height * width, halo = random.nextInt(3);
		final TestBlocks t = new TestBlocks(random);
		final Blocks x = t.place(height, width, halo, groups), dx = t.place(height, width, halo, groups);
		t.allocate();
		final int channels = x.count(), lanes = x.channels().length;
		final String what = channels + " channels in blocks of " + Arrays.toString(groups) + ", " + height + " x " + width;
		final double[][] px = TestBlocks.random(channels, plane, random), start = TestBlocks.random(channels, plane, random);
		final double[] weight = TestBlocks.random(1, channels, random)[0], dy = TestBlocks.random(1, plane, random)[0];
		for (final double[] p : px) for (int i = 0; i < plane; i += 5) p[i] = 0;
		final float[] w = new float[lanes], fdy = new float[plane], y = new float[plane];
		for (int l = 0; l < lanes; l++) if (x.channels()[l] >= 0) w[l] = (float) weight[x.channels()[l]];
		for (int i = 0; i < plane; i++) fdy[i] = (float) dy[i];
		t.fill(x, 1e30f); // in lanes that hold nothing: finite, times a weight of 0
		t.write(x, px);

		t.remember();
		TestBlocks.inTwo(x.shape().height(), (y0, y1) -> BlockHead.forward(t.m, x.blocks(), x.shape(), w, 0.75f, y, new float[width * TestBlocks.V], y0, y1));
		t.wrote(what);
		for (int i = 0; i < plane; i++) {
			double sum = 0.75, size = 0.75;
			for (int c = 0; c < channels; c++) {
				sum += weight[c] * px[c][i];
				size += Math.abs(weight[c] * px[c][i]);
			}
			assertEquals(sum, y[i], (lanes / TestBlocks.V + TestBlocks.V) * 0x1p-24 * 1.01 * size, what + ": forward, pixel " + i);
		}

		final float[] gradient = new float[lanes + 6];
		Arrays.fill(gradient, 0.5f);
		TestBlocks.inTwo(height, (y0, y1) -> BlockHead.gradient(t.m, x.blocks(), x.shape(), fdy, gradient, 3, y0, y1));
		t.wrote(what);
		for (int l = 0; l < lanes; l++) if (x.channels()[l] >= 0) {
			double sum = 0.5, size = 0.5;
			for (int i = 0; i < plane; i++) {
				sum += dy[i] * px[x.channels()[l]][i];
				size += Math.abs(dy[i] * px[x.channels()[l]][i]);
			}
			// in a row by two sums; rows one after the other
			assertEquals(sum, gradient[3 + l], (width / 2 + 2 + height) * 0x1p-24 * 1.01 * size, what + ": gradient, lane " + l);
		}
		for (final int i : new int[] { 0, 1, 2, lanes + 3, lanes + 4, lanes + 5 }) assertEquals(0.5f, gradient[i], what + ": beside the gradient");

		if (add) t.write(dx, start);
		t.remember();
		TestBlocks.inTwo(x.shape().height(), (y0, y1) -> BlockHead.backward(t.m, fdy, w, dx.blocks(), x.blocks(), x.shape(), add, mask, slope, y0, y1));
		t.wrote(what, dx);
		final float[][] actual = t.read(dx);
		for (int c = 0; c < channels; c++) for (int i = 0; i < plane; i++) {
			final float f = (float) weight[c], v = add ? Math.fma(f, fdy[i], (float) start[c][i]) : f * fdy[i];
			assertEquals(mask && !(px[c][i] > 0) ? slope * v : v, actual[c][i], 0, what + ": backward, channel " + c + ", pixel " + i);
		}
	}
}
