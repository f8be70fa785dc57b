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
package sc.fiji.glia.data;

import java.util.ArrayList;
import java.util.List;

/** Objects in a label map: sets of 8-connected pixels of one foreground class. */
final class ConnectedPixels {

	private ConnectedPixels() {}

	/** Area of each object, in pixels. */
	static List<Integer> areas(final Sample sample) {
		final int w = sample.width(), h = sample.height();
		final byte[] open = sample.labels().clone();
		final int[] stack = new int[open.length];
		final List<Integer> areas = new ArrayList<>();
		for (int start = 0; start < open.length; start++) {
			final byte label = open[start];
			if (label == 0 || label == Sample.IGNORE) continue;
			int size = 0, area = 0;
			stack[size++] = start;
			open[start] = 0;
			while (size > 0) {
				final int p = stack[--size], px = p % w, py = p / w;
				area++;
				for (int y = Math.max(0, py - 1); y <= Math.min(h - 1, py + 1); y++) {
					for (int x = Math.max(0, px - 1); x <= Math.min(w - 1, px + 1); x++) {
						final int q = y * w + x;
						if (open[q] != label) continue;
						open[q] = 0;
						stack[size++] = q;
					}
				}
			}
			areas.add(area);
		}
		return areas;
	}
}
