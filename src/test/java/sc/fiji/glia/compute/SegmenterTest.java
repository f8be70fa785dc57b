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
package sc.fiji.glia.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.FieldOfView;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.image.Tiles;

class SegmenterTest {

	private static final int W = 171, H = 133;

	/** Everything random, statistics of batch norm too; weights small enough that probabilities are neither 0 nor 1. */
	private static Weights random(final Graph graph, final float size) {
		final Random random = new Random(11);
		final Map<String, float[]> arrays = new LinkedHashMap<>();
		graph.weights().forEach((name, spec) -> {
			final float[] values = new float[spec.length()];
			for (int i = 0; i < values.length; i++) values[i] = name.endsWith("running_var") ? 0.5f + random.nextFloat() : (float) random.nextGaussian() * size;
			arrays.put(name, values);
		});
		return new Weights(graph, arrays);
	}

	@Test
	void tiledEqualsUntiled() {
		tiledEqualsUntiled(new UNet(2, 3, 4, 3, 2, true, 0.5f).graph(), 0.3f);
	}

	/** As many channels as fast convolutions ask for, whose tiles lie elsewhere in each tile of the image: other roundings. */
	@Test
	void tiledEqualsUntiledWithManyChannels() {
		tiledEqualsUntiled(new UNet(2, 3, 16, 3, 1, false, 0).graph(), 0.1f);
	}

	private static void tiledEqualsUntiled(final Graph graph, final float size) {
		final Weights weights = random(graph, size);
		final Normalization n = new Normalization(Normalization.Method.ZSCORE, Normalization.Scope.IMAGE, false, List.of(), List.of());
		final Random random = new Random(5);
		final float[][] channels = new float[2][W * H];
		for (final float[] c : channels) for (int i = 0; i < c.length; i++) c[i] = 100 * random.nextFloat();
		final Sample sample = new Sample("s", "g", W, H, channels, new byte[0]);
		final FieldOfView view = FieldOfView.of(graph);
		assertTrue(Tiles.of(W, H, view.multiple(), view.halo(), 64).tiles().size() > 4, "really tiled");
		try (Workers workers = new Workers(2)) {
			final float[][] tiled = new Segmenter(graph, weights, n, 64).predict(sample, workers, () -> false);
			final float[][] whole = new Segmenter(graph, weights, n, 1024).predict(sample, workers, () -> false);
			final float[][] alone;
			try (Workers one = new Workers(1)) {
				alone = new Segmenter(graph, weights, n, 64).predict(sample, one, () -> false);
			}
			float low = 1, high = 0;
			for (int c = 0; c < 3; c++) {
				assertArrayEquals(whole[c], tiled[c], 1e-5f);
				assertArrayEquals(alone[c], tiled[c], "one thread");
				for (final float v : whole[c]) {
					low = Math.min(low, v);
					high = Math.max(high, v);
				}
			}
			assertTrue(high - low > 0.1, "the output varies: " + low + " to " + high);
		}
	}

	@Test
	void classesOfProbabilities() {
		assertArrayEquals(new byte[] { 0, 1, 1 }, Segmenter.classes(new float[][] { { 0.49f, 0.5f, 1 } }, 0.5));
		// pixel 1: foreground 0.6 in all, though no single class beats the background; pixel 2: not foreground; pixel 3: the later class
		final float[][] p = { { 0.4f, 0.6f, 0.1f }, { 0.35f, 0.3f, 0.2f }, { 0.25f, 0.1f, 0.7f } };
		assertArrayEquals(new byte[] { 1, 0, 2 }, Segmenter.classes(p, 0.5));
		assertArrayEquals(new byte[] { 1, 1, 2 }, Segmenter.classes(p, 0.3));
		assertEquals(2, Segmenter.foreground(p).length);
		assertEquals(0.6f, Segmenter.anyForeground(p)[0], 1e-6f);
	}
}
