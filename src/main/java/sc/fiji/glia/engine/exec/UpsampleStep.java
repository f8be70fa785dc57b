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

import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Upsample2D;

/** {@link Upsample2D}: every pixel becomes a square; backward, the gradients of a square are added up. */
final class UpsampleStep extends PlaneStep {

	private final int factor, width, height;

	UpsampleStep(final Upsample2D layer, final Shape input, final Planes planes) {
		super(planes);
		factor = layer.factor();
		width = input.width();
		height = input.height();
	}

	@Override
	void forward(final Program program) {
		program.each(turn -> {
			final int i = turn.slot;
			channels(turn, x[i].length, (c, scratch) -> repeat(x[i][c], y[i][c]));
		});
	}

	private void repeat(final float[] from, final float[] to) {
		final int wide = width * factor;
		for (int r = 0; r < height; r++) {
			final int first = r * factor * wide;
			if (factor == 2) twice(from, r * width, to, first, width);
			else for (int k = 0, o = first; k < width; k++) {
				final float v = from[r * width + k];
				for (int f = 0; f < factor; f++) to[o++] = v;
			}
			for (int f = 1; f < factor; f++) System.arraycopy(to, first, to, first + f * wide, wide);
		}
	}

	private static void twice(final float[] from, final int at, final float[] to, final int first, final int n) {
		for (int k = 0; k < n; k++) {
			final float v = from[at + k];
			to[first + 2 * k] = v;
			to[first + 2 * k + 1] = v;
		}
	}

	/** Adds the four gradients of each square of one row of squares. */
	private static void four(final float[] from, final int p, final int q, final float[] to, final int at, final int n, final boolean add) {
		if (add) for (int k = 0; k < n; k++) to[at + k] += from[p + 2 * k] + from[p + 2 * k + 1] + (from[q + 2 * k] + from[q + 2 * k + 1]);
		else for (int k = 0; k < n; k++) to[at + k] = from[p + 2 * k] + from[p + 2 * k + 1] + (from[q + 2 * k] + from[q + 2 * k + 1]);
	}

	@Override
	void backward(final Program program) {
		if (dx.length == 0) return;
		final int wide = width * factor;
		program.each(turn -> {
			final int i = turn.slot;
			for (int c = 0; c < x[i].length; c++) {
				final float[] to = dx[i][c], from = dy[i][c];
				if (factor == 2) {
					for (int r = 0; r < height; r++) four(from, 2 * r * wide, (2 * r + 1) * wide, to, r * width, width, add);
					continue;
				}
				if (!add) Arrays.fill(to, 0);
				for (int r = 0; r < height * factor; r++) for (int k = 0, o = r / factor * width, p = r * wide; k < width; k++, o++) {
					float s = 0;
					for (int f = 0; f < factor; f++) s += from[p++];
					to[o] += s;
				}
			}
		});
	}
}
