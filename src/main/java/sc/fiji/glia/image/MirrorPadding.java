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

/** Enlarges planes by mirroring them at their border pixels, which are not repeated ({@code c b | a b c | b a}). */
public final class MirrorPadding {

	private MirrorPadding() {}

	/** A rectangle of the plane, which may reach beyond it on any side: {@code [v * w + u]} is pixel {@code (x + u, y + v)}. */
	public static float[] read(final float[] plane, final int width, final int height, final int x, final int y, final int w, final int h) {
		final float[] out = new float[w * h];
		final int[] columns = new int[w];
		for (int u = 0; u < w; u++) columns[u] = mirror(x + u, width);
		for (int v = 0; v < h; v++) {
			final int row = mirror(y + v, height) * width;
			for (int u = 0; u < w; u++) out[v * w + u] = plane[row + columns[u]];
		}
		return out;
	}

	private static int mirror(final int i, final int size) {
		if (size == 1) return 0;
		final int period = 2 * (size - 1), m = Math.floorMod(i, period);
		return m < size ? m : period - m;
	}
}
