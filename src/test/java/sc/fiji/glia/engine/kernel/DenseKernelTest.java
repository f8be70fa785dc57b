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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.exec.DenseKernels;
import sc.fiji.glia.engine.kernel.dense.AheadKernel;
import sc.fiji.glia.engine.kernel.dense.DenseKernel;
import sc.fiji.glia.engine.kernel.dense.DenseOrder;
import sc.fiji.glia.engine.kernel.dense.DenseRows;

/** Both forms of dense layers against sums in double precision and against each other, over awkward sizes. */
class DenseKernelTest {

	/** Half the distance of 1 to the next float. */
	private static final double U = 0x1p-24;

	/** A layer's arrays, with gaps between rows and before them that must stay as they are. */
	private record Layer(int units, int inputs, int rows, float[] x, int xAt, int xStride, float[] weight, float[] bias, float[] dy, int dyAt, int dyStride) {

		static Layer random(final int units, final int inputs, final int rows, final SplittableRandom random) {
			final int xStride = inputs + random.nextInt(3), dyStride = units + random.nextInt(3), xAt = random.nextInt(5), dyAt = random.nextInt(5);
			return new Layer(units, inputs, rows, array(xAt + rows * xStride, random), xAt, xStride, array(units * inputs, random), array(random.nextInt(4) == 0 ? 0 : units,
				random), array(dyAt + rows * dyStride, random), dyAt, dyStride);
		}

		double x(final int b, final int i) {
			return x[xAt + b * xStride + i];
		}

		double dy(final int b, final int u) {
			return dy[dyAt + b * dyStride + u];
		}
	}

	private static float[] array(final int length, final SplittableRandom random) {
		final float[] a = new float[length];
		for (int i = 0; i < length; i++) a[i] = (float) random.nextDouble(-1, 1);
		return a;
	}

	private static List<DenseKernels> forms() {
		return KernelProvider.available().size() > 1 ? List.of(DenseKernels.values()) : List.of(DenseKernels.PLAIN);
	}

	/** Sizes around every border: of vectors, tiles, blocks of rows and chunks of inputs. */
	private static List<Layer> layers() {
		final SplittableRandom random = new SplittableRandom(1);
		final List<Layer> all = new ArrayList<>();
		for (int n = 1; n <= 70; n++) for (int k = n % 3; k < 3; k += 2) all.add(Layer.random(k == 0 ? n : 1 + random.nextInt(70), k == 1 ? n : 1 + random
			.nextInt(70), k == 2 ? n : 1 + random.nextInt(70), random));
		final int[][] large = { { 10, 784, 130 }, { 2, 1030, 65 }, { 16, 1024, 64 }, { 17, 1025, 33 }, { 512, 300, 32 }, { 523, 257, 9 }, { 1100, 50, 3 },
			{ 1, 2100, 1 }, { 33, 40, 270 }, { 5, 9, 300 }, { 128, 512, 1 }, { 7, 100, 66 },
			{ 11, 67, 5 }, { 15, 64, 3 }, { 100, 900, 20 } };
		for (final int[] l : large) all.add(Layer.random(l[0], l[1], l[2], random));
		return all;
	}

	private static float[] packed(final DenseKernel kernel, final float[] weight) {
		final float[] w = new float[kernel.order().length()];
		kernel.order().pack(weight, w);
		return w;
	}

	@FunctionalInterface
	private interface Term {

		double of(int k);
	}

	/** Each of the additions rounds a sum of at most the terms' sizes. */
	private static void within(final double start, final int terms, final Term term, final float found, final String what) {
		double sum = start, size = Math.abs(start);
		for (int k = 0; k < terms; k++) {
			sum += term.of(k);
			size += Math.abs(term.of(k));
		}
		final double bound = (terms + 1) * U * size * 1.01;
		if (!(Math.abs(found - sum) <= bound)) assertEquals(sum, found, bound, what);
	}

	@Test
	void forwardIsWithinItsBounds() {
		for (final Layer l : layers()) {
			float[] first = null;
			for (final DenseKernels form : forms()) {
				final DenseKernel kernel = form.dense(l.units, l.inputs, 1);
				final float[] y = new float[l.rows * (l.units + 2) + 3];
				Arrays.fill(y, 7);
				// tile by tile, as threads would
				for (int t = 0; t < kernel.order().tiles(); t++) kernel.forward(DenseRows.of(l.x, l.xAt, l.xStride), l.rows, packed(kernel, l.weight), l.bias, t, t + 1, y, 3,
					l.units + 2);
				for (int b = 0; b < l.rows; b++) for (int u = 0; u < l.units + 2; u++) {
					final int row = b, unit = u;
					final float v = y[3 + b * (l.units + 2) + u];
					if (u < l.units) within(l.bias.length > 0 ? l.bias[u] : 0, l.inputs, i -> l.x(row, i) * l.weight[unit * l.inputs + i], v, form + " " + l.units +
						" units, " + l.inputs + " inputs, row " + b + " of " + l.rows + ", unit " + u);
					else assertEquals(7, v, "beyond the units");
				}
				final float[] whole = y.clone();
				kernel.forward(DenseRows.of(l.x, l.xAt, l.xStride), l.rows, packed(kernel, l.weight), l.bias, 0, kernel.order().tiles(), whole, 3, l.units + 2);
				assertArrayEquals(y, whole, "tiles together");
				if (first == null) first = y;
				// lanes along the inputs add in an order of their own, which the bound holds for too
				if (kernel.order().tile() > 1) assertArrayEquals(first, y, "the same bits in every form");
			}
		}
	}

	@Test
	void aRowDoesNotDependOnTheOthers() {
		final SplittableRandom random = new SplittableRandom(3);
		for (final DenseKernels form : forms()) for (final int units : new int[] { 3, 40 }) {
			final Layer l = Layer.random(units, 300, 70, random);
			final DenseKernel kernel = form.dense(units, 300, 1);
			final float[] all = new float[70 * units], one = new float[units], w = packed(kernel, l.weight);
			kernel.forward(DenseRows.of(l.x, l.xAt, l.xStride), 70, w, l.bias, 0, kernel.order().tiles(), all, 0, units);
			for (int b = 0; b < 70; b++) {
				kernel.forward(DenseRows.of(l.x, l.xAt + b * l.xStride, l.xStride), 1, w, l.bias, 0, kernel.order().tiles(), one, 0, units);
				assertArrayEquals(Arrays.copyOfRange(all, b * units, (b + 1) * units), one);
			}
		}
	}

	@Test
	void imagesWhereTheyAreGiveTheBitsOfRowsOfOneArray() {
		final SplittableRandom random = new SplittableRandom(4);
		for (final DenseKernels form : forms()) for (final int[] size : new int[][] { { 10, 784, 70 }, { 3, 20, 5 }, { 40, 300, 9 }, { 130, 70, 131 } }) {
			final Layer l = Layer.random(size[0], size[1], size[2], random);
			final float[][][] images = new float[l.rows + 1][1][];
			for (int b = 0; b < l.rows; b++) images[b + 1][0] = Arrays.copyOfRange(l.x, l.xAt + b * l.xStride, l.xAt + b * l.xStride + l.inputs);
			final DenseKernel kernel = form.dense(l.units, l.inputs, l.rows);
			final float[] w = packed(kernel, l.weight);
			final float[][] y = new float[2][l.rows * l.units], gradient = new float[2][w.length], handed = new float[2][w.length];
			for (int i = 0; i < 2; i++) {
				final DenseRows x = i == 0 ? DenseRows.of(l.x, l.xAt, l.xStride) : DenseRows.ofImages(images, 1);
				final float[] g = handed[i];
				kernel.forward(x, l.rows, w, l.bias, 0, kernel.order().tiles(), y[i], 0, l.units);
				kernel.weightGradient(x, l.dy, l.dyAt, l.dyStride, l.rows, 0, l.inputs, gradient[i]);
				kernel.update(x, l.dy, l.dyAt, l.dyStride, l.rows, 0, l.inputs, (from, to, piece, at) -> System.arraycopy(piece, at, g, from, to - from));
			}
			assertArrayEquals(y[0], y[1], form + " forward");
			assertArrayEquals(gradient[0], gradient[1], form + " gradient");
			assertArrayEquals(handed[0], handed[1], form + " update");
		}
	}

	@Test
	void inputGradientIsWithinItsBounds() {
		for (final Layer l : layers()) {
			float[] first = null;
			for (final DenseKernels form : forms()) {
				final DenseKernel kernel = form.dense(l.units, l.inputs, 1);
				final float[] dx = new float[l.rows * (l.inputs + 1) + 2], w = packed(kernel, l.weight);
				Arrays.fill(dx, 7);
				final int cut = l.inputs / 3;
				kernel.inputGradient(l.dy, l.dyAt, l.dyStride, l.rows, w, cut, l.inputs, dx, 2, l.inputs + 1);
				kernel.inputGradient(l.dy, l.dyAt, l.dyStride, l.rows, w, 0, cut, dx, 2, l.inputs + 1);
				for (int b = 0; b < l.rows; b++) for (int i = 0; i <= l.inputs; i++) {
					final int row = b, input = i;
					final float v = dx[2 + b * (l.inputs + 1) + i];
					if (i < l.inputs) within(0, l.units, u -> l.dy(row, u) * l.weight[u * l.inputs + input], v, form + " " + l.units + " units, input " + i +
						" of " + l.inputs + ", row " + b + " of " + l.rows);
					else assertEquals(7, v, "beyond the inputs");
				}
				if (first == null) first = dx;
				assertArrayEquals(first, dx, "the same bits in every form");
			}
		}
	}

	@Test
	void weightGradientIsWithinItsBounds() {
		for (final Layer l : layers()) {
			float[] first = null;
			for (final DenseKernels form : forms()) {
				final DenseKernel kernel = form.dense(l.units, l.inputs, l.rows);
				final float[] added = new float[kernel.order().length()], handed = new float[added.length];
				final int cut = l.inputs / 3, half = l.rows / 2;
				// In two blocks of rows and two ranges of inputs: the sums go on where they stopped
				for (final int[] r : new int[][] { { 0, half }, { half, l.rows } }) for (final int[] k : new int[][] { { cut, l.inputs }, { 0, cut } })
					kernel.weightGradient(DenseRows.of(l.x, l.xAt + r[0] * l.xStride, l.xStride), l.dy, l.dyAt + r[0] * l.dyStride, l.dyStride, r[1] - r[0], k[0], k[1], added);
				final int[] count = new int[added.length];
				for (final int[] k : new int[][] { { cut, l.inputs }, { 0, cut } }) kernel.update(DenseRows.of(l.x, l.xAt, l.xStride), l.dy, l.dyAt, l.dyStride, l.rows, k[0],
					k[1], (from, to, g, at) -> {
						for (int i = from; i < to; i++) {
							count[i]++;
							handed[i] = g[at + i - from];
						}
					});
				assertArrayEquals(added, handed, form + " " + l.units + " units, " + l.inputs + " inputs, " + l.rows + " rows");
				for (int i = DenseOrder.FIRST; i < count.length; i++) assertEquals(1, count[i], "weight " + i + " once");
				final float[] g = new float[l.units * l.inputs];
				kernel.order().unpack(added, g);
				for (int u = 0; u < l.units; u++) for (int i = 0; i < l.inputs; i++) {
					final int unit = u, input = i;
					within(0, l.rows, b -> l.dy(b, unit) * l.x(b, input), g[u * l.inputs + i], form + " unit " + u + " of " + l.units + ", input " + i + " of " +
						l.inputs + ", " + l.rows + " rows");
				}
				if (first == null) first = g;
				assertArrayEquals(first, g, "the same bits in every form");
			}
		}
	}

	@Test
	void forwardInPartsIsForward() {
		for (final Layer l : layers()) for (final DenseKernels form : forms()) {
			if (l.rows > AheadKernel.MOST_ROWS || !(form.dense(l.units, l.inputs, l.rows) instanceof final AheadKernel kernel)) continue;
			final float[] w = packed(kernel, l.weight), whole = new float[l.rows * l.units], parts = new float[3 + l.rows * (l.units + 1)];
			final DenseRows x = DenseRows.of(l.x, l.xAt, l.xStride);
			kernel.forward(x, l.rows, w, l.bias, 0, kernel.order().tiles(), whole, 0, l.units);
			Arrays.fill(parts, 7);
			for (int b = 0; b < l.rows; b++) for (int u = 0; u < l.units; u++) parts[3 + b * (l.units + 1) + u] = l.bias.length > 0 ? l.bias[u] : 0;
			final int cut = l.inputs / 3;
			kernel.addForward(x, l.rows, w, 0, cut, parts, 3, l.units + 1);
			kernel.addForward(x, l.rows, w, cut, l.inputs, parts, 3, l.units + 1);
			for (int b = 0; b < l.rows; b++) {
				final int at = 3 + b * (l.units + 1);
				assertArrayEquals(Arrays.copyOfRange(whole, b * l.units, (b + 1) * l.units), Arrays.copyOfRange(parts, at, at + l.units), form + " " + l);
				assertEquals(7, parts[at + l.units], "beyond the units");
			}
		}
	}

	@Test
	void updateAheadIsUpdateAndForward() {
		final SplittableRandom random = new SplittableRandom(9);
		for (final Layer l : layers()) {
			final int rows = 1 + random.nextInt(AheadKernel.MOST_ROWS), cut = l.inputs / 3;
			final float[] x = array(rows * l.inputs, random), start = array(rows * l.units, random);
			float[] first = null;
			for (final DenseKernels form : forms()) {
				if (l.rows > AheadKernel.MOST_ROWS || !(form.dense(l.units, l.inputs, l.rows) instanceof final AheadKernel kernel)) continue;
				final float[] apart = packed(kernel, l.weight), together = apart.clone(), expected = start.clone(), actual = start.clone();
				for (final int[] k : new int[][] { { 0, cut }, { cut, l.inputs } }) {
					kernel.update(DenseRows.of(l.x, l.xAt, l.xStride), l.dy, l.dyAt, l.dyStride, l.rows, k[0], k[1], down(apart));
					kernel.addForward(DenseRows.of(x, 0, l.inputs), rows, apart, k[0], k[1], expected, 0, l.units);
					kernel.updateAhead(DenseRows.of(l.x, l.xAt, l.xStride), l.dy, l.dyAt, l.dyStride, l.rows, k[0], k[1], down(together), new AheadKernel.Next(
						DenseRows.of(x, 0, l.inputs), rows, together, new float[][] { apart }), actual, 0, l.units);
				}
				assertArrayEquals(apart, together, form + " " + l);
				assertArrayEquals(expected, actual, form + " " + l);
				if (first == null) first = actual;
				assertArrayEquals(first, actual, "the same bits in every form");
			}
		}
	}

	private static DenseKernel.Update down(final float[] weight) {
		return (from, to, g, at) -> {
			for (int i = from; i < to; i++) weight[i] -= 0.1f * g[at + i - from];
		};
	}

	@Test
	void theOrderOfSingleUnitsIsThatOfTheUser() {
		final DenseOrder order = new DenseOrder(3, 5, 1);
		final float[] w = array(15, new SplittableRandom(6)), packed = new float[order.length()], back = new float[15];
		order.pack(w, packed);
		assertArrayEquals(w, Arrays.copyOfRange(packed, DenseOrder.FIRST, packed.length));
		order.unpack(packed, back);
		assertArrayEquals(w, back);
		assertTrue(order.tiles() == 3 && order.paddedUnits() == 3 && order.width(2) == 1);
	}

	@Test
	void ordersKeepEveryWeight() {
		final SplittableRandom random = new SplittableRandom(5);
		for (int units = 1; units <= 70; units++) for (final int tile : new int[] { 16, 32, 48, 512 }) {
			final DenseOrder order = new DenseOrder(units, 7, tile);
			final float[] w = array(units * 7, random), packed = new float[order.length()], back = new float[w.length];
			Arrays.fill(packed, 9);
			order.pack(w, packed);
			for (int u = 0; u < units; u++) for (int i = 0; i < 7; i++) assertEquals(w[u * 7 + i], packed[order.index(u, i)]);
			double size = 0;
			for (int i = DenseOrder.FIRST; i < packed.length; i++) size += packed[i];
			double expected = 0;
			for (final float v : w) expected += v;
			assertEquals(expected, size, 1e-9, "zeros elsewhere");
			order.unpack(packed, back);
			assertArrayEquals(w, back);
			int width = 0;
			for (int t = 0; t < order.tiles(); t++) width += order.width(t);
			assertTrue(width == order.paddedUnits() && width % 16 == 0 && width - units < 16);
		}
		assertEquals("DenseOrder: expected at least 1 unit and input and a tile of 1 or a multiple of 16, got 3, 4, 20", assertThrows(
			IllegalArgumentException.class, () -> new DenseOrder(3, 4, 20)).getMessage());
	}
}
