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
package sc.fiji.glia.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.check.Reference;

/** What a network needs of its image: composed by hand, and found out by changing one pixel of the reference. */
class FieldOfViewTest {

	private static Graph chain(final Layer... layers) {
		final Graph.Builder b = Graph.of(1);
		for (int i = 0; i < layers.length; i++) b.add("n" + (i + 1), layers[i]);
		return b.build();
	}

	private static Layer same(final int kernel, final int stride) {
		return new Conv2D(1, kernel, stride, Padding.SAME, true);
	}

	@Test
	void uNetByHand() {
		/* Three levels of one 3x3 convolution; the block is [0, 3]. dec1: [-1, 4]; up: [-1, 2] of half size; dec2: [-2, 3]; up: [-1, 1] of quarter
		 * size; enc3: [-2, 2]; pool: [-4, 5]; enc2: [-5, 6]; pool: [-10, 13]; enc1: [-11, 14]. So 11 on either side, 12 as a multiple of 4. */
		assertEquals(new FieldOfView(4, 12), FieldOfView.of(UNet.plain(1, 1).graph()));
		// One level, two convolutions each way but no way up: 2
		assertEquals(new FieldOfView(1, 2), FieldOfView.of(new UNet(1, 1, 4, 1, 2, true, 0.5f).graph()));
	}

	@Test
	void chainsByHand() {
		assertEquals(new FieldOfView(1, 0), FieldOfView.of(chain(same(1, 1), new ReLU())));
		assertEquals(new FieldOfView(1, 5), FieldOfView.of(chain(same(5, 1), same(7, 1))), "2 + 3");
		assertEquals(new FieldOfView(1, 2), FieldOfView.of(chain(same(4, 1))), "1 before, 2 after");
		// [0, 1] of the output is [0, 0] of half size, which is [-1, 1] of the input
		assertEquals(new FieldOfView(2, 2), FieldOfView.of(chain(same(3, 2), new Upsample2D(2))));
	}

	@Test
	void scalesThatDoNotDivideEachOther() {
		// Halves, then thirds: 3 alone is refused by the first pooling
		final Graph g = chain(new MaxPool2D(2), new Upsample2D(2), new MaxPool2D(3), new Upsample2D(3));
		assertEquals(6, FieldOfView.of(g).multiple());
		g.shapes(6, 6);
		// 3/2 of the size must be even
		assertEquals(4, FieldOfView.of(chain(new MaxPool2D(2), new Upsample2D(3), new MaxPool2D(2))).multiple());
		assertEquals(1, FieldOfView.of(chain(new Upsample2D(2), new MaxPool2D(2))).multiple());
	}

	@Test
	void anOutputOfAnotherSizeThanTheInput() {
		// Output [0, 0] is the block [0, 1] of the input and reads [-1, 1]
		assertEquals(new FieldOfView(2, 2), FieldOfView.of(chain(same(3, 2))));
		assertEquals(new FieldOfView(1, 1), FieldOfView.of(chain(same(3, 1), new Upsample2D(2))));
	}

	@Test
	void noPartOfAnImageIsEnoughForAClassifier() {
		assertEquals("FieldOfView: GlobalAveragePool2D 'n3' reads the whole image; give such a network whole images instead of tiles", assertThrows(
			IllegalArgumentException.class, () -> FieldOfView.of(chain(same(3, 1), new MaxPool2D(2), new GlobalAveragePool2D(), new Dense(2)))).getMessage());
		assertEquals(6, FieldOfView.multiple(chain(same(3, 1), new MaxPool2D(2), new MaxPool2D(3), new GlobalAveragePool2D(), new Dense(2))));
		assertEquals(4, FieldOfView.multiple(UNet.plain(1, 1).graph()));
		final Graph.Builder residual = Graph.of(1);
		final int a = residual.add("a", same(5, 1), 0), c = residual.add("b", same(3, 1), a);
		residual.add("sum", new Add(), a, c);
		assertEquals(new FieldOfView(1, 3), FieldOfView.of(residual.build()));
	}

	@Test
	void padded() {
		final FieldOfView f = new FieldOfView(8, 16);
		assertEquals(8, f.padded(0));
		assertEquals(8, f.padded(8));
		assertEquals(16, f.padded(9));
	}

	@Test
	void theMultipleIsTheSmallestThatFits() {
		for (int levels = 1; levels <= 5; levels++) {
			final Graph g = new UNet(1, 1, 1, levels, 1, false, 0).graph();
			final int m = FieldOfView.of(g).multiple();
			assertEquals(1 << levels - 1, m);
			for (int k = 1; k <= 5; k++) g.shapes(k * m, 3 * m);
			for (int size = 1; size < m; size++) {
				final int s = size;
				assertThrows(IllegalArgumentException.class, () -> g.shapes(m, s));
			}
		}
	}

	@Test
	void onePixelChangesOnlyBlocksWithinTheHalo() {
		impulse(new UNet(1, 1, 1, 3, 1, false, 0).graph().logits(), 48);
		impulse(new UNet(1, 2, 1, 2, 2, false, 0).graph().logits(), 40);
		impulse(chain(same(3, 1), new MaxPool2D(3), same(3, 1), new Upsample2D(3), same(2, 1)), 45);
		impulse(chain(same(5, 2), same(4, 1), new Upsample2D(2), new LeakyReLU(0.1f)), 40);
	}

	/**
	 * Changes pixels of the middle row one by one: in a block of outputs that changes, the pixel must lie within the halo; and the halo must
	 * not be larger than the blocks seen need it to be. All weights are positive and the change is large, so that it goes through every ReLU
	 * and every maximum on its way.
	 */
	private static void impulse(final Graph graph, final int size) {
		final FieldOfView f = FieldOfView.of(graph);
		final Map<String, double[]> w = new HashMap<>();
		graph.weights().forEach((name, spec) -> {
			final double[] a = new double[spec.length()];
			Arrays.fill(a, 0.3);
			w.put(name, a);
		});
		final double[] base = Reference.forward(graph, w, new double[][][] { { new double[size * size] } }, size, size, false)[0][0];
		int reach = 0;
		// The pixels of one block say it all, the network being the same for every block
		final int block = size / 2 / f.multiple();
		for (int p = block * f.multiple(); p < (block + 1) * f.multiple(); p++) {
			final double[] x = new double[size * size];
			x[size / 2 * size + p] = 100;
			final double[] y = Reference.forward(graph, w, new double[][][] { { x } }, size, size, false)[0][0];
			for (int i = 0; i < y.length; i++) {
				if (y[i] == base[i]) continue;
				final int first = i % size / f.multiple() * f.multiple(), last = first + f.multiple() - 1;
				reach = Math.max(reach, Math.max(first - p, p - last));
			}
		}
		assertTrue(reach <= f.halo(), graph + ": " + reach + " pixels away, " + f);
		assertTrue(reach > f.halo() - f.multiple(), graph + ": only " + reach + " pixels away, " + f);
		assertFalse(f.halo() >= size / 2, "the image is too small for this test");
	}
}
