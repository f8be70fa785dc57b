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
package sc.fiji.glia.ui;

import java.awt.geom.Path2D;
import java.util.function.IntPredicate;

/** The border of a mask along the edges of its pixels, as lines to draw at any scale. */
final class Outline {

	private Outline() {}

	/**
	 * The border between pixels inside and outside; the image's own border counts as outside.
	 *
	 * @param width columns of the mask
	 * @param height rows of the mask
	 * @param inside tells for {@code y * width + x} whether the pixel is inside
	 * @return lines in pixel coordinates, (0, 0) the upper left corner of the first pixel; straight runs are one line
	 */
	static Path2D of(final int width, final int height, final IntPredicate inside) {
		final Path2D path = new Path2D.Float();
		for (int y = 0; y <= height; y++) {
			final int row = y;
			runs(path, width, y, true, x -> at(x, row - 1, width, height, inside) != at(x, row, width, height, inside));
		}
		for (int x = 0; x <= width; x++) {
			final int column = x;
			runs(path, height, x, false, y -> at(column - 1, y, width, height, inside) != at(column, y, width, height, inside));
		}
		return path;
	}

	private static void runs(final Path2D path, final int length, final int line, final boolean horizontal, final IntPredicate edge) {
		for (int i = 0; i < length; i++) {
			if (!edge.test(i)) continue;
			final int start = i;
			while (i < length && edge.test(i)) i++;
			path.moveTo(horizontal ? start : line, horizontal ? line : start);
			path.lineTo(horizontal ? i : line, horizontal ? line : i);
		}
	}

	private static boolean at(final int x, final int y, final int width, final int height, final IntPredicate inside) {
		return x >= 0 && y >= 0 && x < width && y < height && inside.test(y * width + x);
	}
}
