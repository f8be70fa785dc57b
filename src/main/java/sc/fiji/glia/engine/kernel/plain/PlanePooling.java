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

import sc.fiji.glia.engine.kernel.Scratch;

/** The largest value of each square of 2x2 pixels. The squares of some rows are worked on together, so that the loops are long. */
public final class PlanePooling {

	/** Pixels of a row of the loops, about. */
	private static final int PIXELS = 1024;

	private PlanePooling() {}

	/**
	 * {@code y[r][k] = max(x[2 r][2 k], x[2 r][2 k + 1], x[2 r + 1][2 k], x[2 r + 1][2 k + 1])}, with {@link Math#max}.
	 *
	 * @param x plane {@code [row * width + column]}; an odd last row or column is left out
	 * @param width columns of {@code x}, at least 2
	 * @param y plane of {@code width / 2} columns
	 */
	public static void pool(final float[] x, final int width, final float[] y, final Scratch scratch) {
		final int wide = width / 2, down = y.length / wide, together = Math.min(down, Math.max(1, PIXELS / width));
		final float[][] rows = scratch.rows(0, 6, PlainProducts.padded(2 * together * wide));
		for (int r0 = 0; r0 < down; r0 += together) {
			final int count = Math.min(together, down - r0), n = count * wide;
			for (int r = 0; r < count; r++) {
				System.arraycopy(x, 2 * (r0 + r) * width, rows[0], 2 * r * wide, 2 * wide);
				System.arraycopy(x, (2 * (r0 + r) + 1) * width, rows[1], 2 * r * wide, 2 * wide);
			}
			TileLoops.larger(rows[0], rows[1], rows[2], PlainProducts.padded(2 * n));
			TileLoops.deal(rows[2], 0, rows[3], rows[4], 0, n);
			TileLoops.larger(rows[3], rows[4], rows[5], PlainProducts.padded(n));
			System.arraycopy(rows[5], 0, y, r0 * wide, n);
		}
	}
}
