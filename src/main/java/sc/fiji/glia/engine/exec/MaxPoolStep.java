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
package sc.fiji.glia.engine.exec;

import java.util.Arrays;

import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.kernel.plain.PlanePooling;

/** {@link MaxPool2D}. Backward finds the first maximum of each square again. */
final class MaxPoolStep extends PlaneStep {

	private final int size, width, outWidth, outHeight;

	MaxPoolStep(final MaxPool2D layer, final Shape input, final Planes planes) {
		super(planes);
		size = layer.size();
		width = input.width();
		outWidth = width / size;
		outHeight = input.height() / size;
	}

	@Override
	void forward(final Program program) {
		program.each(turn -> {
			final int i = turn.slot;
			channels(turn, x[i].length, (c, scratch) -> {
				if (size == 2) PlanePooling.pool(x[i][c], width, y[i][c], scratch);
				else pool(x[i][c], y[i][c]);
			});
		});
	}

	private void spread2(final float[] x, final float[] y, final float[] dy, final float[] dx) {
		if (!add && (width & 1) + (dx.length / width & 1) > 0) Arrays.fill(dx, 0); // the last row or column may be in no square
		for (int r = 0; r < outHeight; r++) spread2(x, 2 * r * width, width, y, dy, r * outWidth, dx, outWidth, add);
	}

	/**
	 * One row of squares. Which of the four is the maximum looks random to the processor, so there are no branches: {@code n} is all ones until
	 * the first value with the bits of the maximum has been found.
	 */
	private static void spread2(final float[] x, final int p, final int width, final float[] y, final float[] dy, final int o, final float[] dx,
		final int squares, final boolean add)
	{
		final int q = p + width;
		for (int k = 0; k < squares; k++) {
			final int m = Float.floatToRawIntBits(y[o + k]), g = Float.floatToRawIntBits(dy[o + k]);
			final int a = m ^ Float.floatToRawIntBits(x[p + 2 * k]), b = m ^ Float.floatToRawIntBits(x[p + 2 * k + 1]), c = m ^ Float.floatToRawIntBits(x[q + 2 *
				k]);
			final int na = (a | -a) >> 31, nb = na & (b | -b) >> 31, nc = nb & (c | -c) >> 31;
			final float ga = Float.intBitsToFloat(g & ~na), gb = Float.intBitsToFloat(g & na & ~nb), gc = Float.intBitsToFloat(g & nb & ~nc), gd = Float
				.intBitsToFloat(g & nc);
			dx[p + 2 * k] = add ? dx[p + 2 * k] + ga : ga;
			dx[p + 2 * k + 1] = add ? dx[p + 2 * k + 1] + gb : gb;
			dx[q + 2 * k] = add ? dx[q + 2 * k] + gc : gc;
			dx[q + 2 * k + 1] = add ? dx[q + 2 * k + 1] + gd : gd;
		}
	}

	private void pool(final float[] from, final float[] to) {
		for (int r = 0, o = 0; r < outHeight; r++) for (int k = 0; k < outWidth; k++, o++) to[o] = from[first(from, to, r, k, false)];
	}

	/** Index of the first maximum of square (r, k); if {@code known}, its value is in {@code max}. */
	private int first(final float[] from, final float[] max, final int r, final int k, final boolean known) {
		int best = r * size * width + k * size;
		for (int u = 0; u < size; u++) for (int v = 0; v < size; v++) {
			final int p = (r * size + u) * width + k * size + v;
			if (known && from[p] == max[r * outWidth + k]) return p;
			if (from[p] > from[best]) best = p;
		}
		return best;
	}

	@Override
	void backward(final Program program) {
		if (dx.length == 0) return;
		program.each(turn -> {
			final int i = turn.slot;
			for (int c = 0; c < x[i].length; c++) {
				if (size == 2) {
					spread2(x[i][c], y[i][c], dy[i][c], dx[i][c]);
					continue;
				}
				if (!add) Arrays.fill(dx[i][c], 0);
				final float[] to = dx[i][c], from = dy[i][c];
				for (int r = 0, o = 0; r < outHeight; r++) for (int k = 0; k < outWidth; k++, o++) to[first(x[i][c], y[i][c], r, k, true)] += from[o];
			}
		});
	}
}
