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
package sc.fiji.glia.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.image.Tiles.Tile;

class TilesTest {

	private static final int[] SIZES = { 1, 2, 7, 16, 31, 32, 33, 100, 255, 256, 257 };

	@Test
	void coresPartitionTheImageAndReadsCoverTheirHalo() {
		for (final int w : SIZES) for (final int h : SIZES) for (final int multiple : new int[] { 1, 4, 16 }) for (final int halo : new int[] { 0, 5, 16 }) for (final int target : new int[] {
			1, 64, 96, 512 })
		{
			final Tiles tiles = Tiles.of(w, h, multiple, halo, target);
			final String what = w + "x" + h + " multiple " + multiple + " halo " + halo + " target " + target;
			final int paddedW = (w + multiple - 1) / multiple * multiple, paddedH = (h + multiple - 1) / multiple * multiple;
			final int[] covered = new int[w * h];
			for (final Tile t : tiles.tiles()) {
				for (int y = t.y(); y < t.y() + t.height(); y++) for (int x = t.x(); x < t.x() + t.width(); x++) covered[y * w + x]++;
				checkSpan(what, t.x(), t.width(), t.readX(), tiles.readWidth(), multiple, halo, w, paddedW);
				checkSpan(what, t.y(), t.height(), t.readY(), tiles.readHeight(), multiple, halo, h, paddedH);
			}
			assertTrue(Arrays.stream(covered).allMatch(n -> n == 1), what);
		}
	}

	private static void checkSpan(final String what, final int core, final int coreSize, final int read, final int readSize, final int multiple, final int halo,
		final int size, final int padded)
	{
		assertTrue(coreSize > 0, what);
		assertEquals(0, readSize % multiple, what);
		assertEquals(0, read % multiple, what);
		assertTrue(read >= 0 && read + readSize <= padded, what);
		assertTrue(read == 0 || read <= core - halo, what);
		assertTrue(read + readSize == padded || read + readSize >= core + coreSize + halo, what);
		assertTrue(core + coreSize <= size, what);
	}

	@Test
	void tilesAreNoLargerThanAskedFor() {
		final Tiles tiles = Tiles.of(1000, 300, 16, 40, 256);
		assertEquals(256, tiles.readWidth());
		assertEquals(256, tiles.readHeight());
		// Halo 40 takes 48; 1008 padded columns: first and last core 208, others 160
		assertEquals((2 + (1008 - 2 * 208 + 159) / 160) * 2, tiles.tiles().size());
	}

	/** A box filter with zeros beyond the border stands for the network: tiled equals untiled. */
	@Test
	void tiledEqualsUntiled() {
		final int w = 75, h = 41, radius = 6;
		final float[] plane = new float[w * h];
		final SplittableRandom random = new SplittableRandom(1);
		for (int i = 0; i < plane.length; i++) plane[i] = random.nextInt(100);
		final float[] whole = predict(Tiles.whole(w, h, 8), plane, radius), tiled = predict(Tiles.of(w, h, 8, radius, 32), plane, radius);
		assertArrayEquals(whole, tiled);
		assertTrue(Tiles.of(w, h, 8, radius, 32).tiles().size() > 4);
		assertTrue(!Arrays.equals(whole, predict(Tiles.of(w, h, 8, 0, 32), plane, radius)), "the filter must reach beyond a tile without halo");
	}

	private static float[] predict(final Tiles tiles, final float[] plane, final int radius) {
		final float[] out = new float[plane.length];
		for (final Tile t : tiles.tiles()) tiles.write(box(tiles.read(plane, t), tiles.readWidth(), tiles.readHeight(), radius), 0, t, out);
		return out;
	}

	private static float[] box(final float[] in, final int w, final int h, final int r) {
		final float[] out = new float[in.length];
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) for (int v = Math.max(0, y - r); v <= Math.min(h - 1, y + r); v++) for (int u = Math.max(0, x -
			r); u <= Math.min(w - 1, x + r); u++) out[y * w + x] += in[v * w + u];
		return out;
	}

	@Test
	void mirrorsWithoutRepeatingTheBorder() {
		final float[] plane = { 1, 2, 3, 4, 5, 6 };
		assertArrayEquals(new float[] { 1, 2, 3, 2, 1, 4, 5, 6, 5, 4, 1, 2, 3, 2, 1 }, MirrorPadding.read(plane, 3, 2, 0, 0, 5, 3));
		assertArrayEquals(new float[] { 2, 1, 2, 3, 2, 5, 4, 5, 6, 5 }, MirrorPadding.read(plane, 3, 2, -1, 0, 5, 2));
		assertArrayEquals(new float[] { 7, 7, 7 }, MirrorPadding.read(new float[] { 7 }, 1, 1, 0, 0, 3, 1));
		assertArrayEquals(new float[] { 5, 6 }, MirrorPadding.read(plane, 3, 2, 1, 1, 2, 1));
	}

	@Test
	void refusesNonsense() {
		assertThrows(IllegalArgumentException.class, () -> Tiles.of(0, 5, 1, 0, 5));
	}
}
