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

import java.util.Arrays;

/**
 * Connected components of a plane, 8-connected (diagonal neighbours touch), numbered 1, 2 ... in the order of their first pixel, rows first.
 *
 * @param width columns, in pixels
 * @param height rows, in pixels
 * @param labels number of the component of each pixel, 0 for none, {@code [y * width + x]}
 * @param areas area of component {@code n} at {@code n - 1}, in pixels
 */
public record Components(int width, int height, int[] labels, int[] areas) {

	/** The components of the pixels of class {@code k}. */
	public static Components of(final byte[] classes, final int width, final int height, final int k) {
		if (classes.length != width * height) throw new IllegalArgumentException("Expected " + width * height + " classes for " + width + "x" + height +
			" pixels, got " + classes.length);
		final int[] labels = new int[classes.length];
		int[] areas = new int[16];
		final int[] queue = new int[classes.length];
		int n = 0;
		for (int start = 0; start < labels.length; start++) {
			if (labels[start] != 0 || (classes[start] & 0xff) != k) continue;
			n++;
			if (n > areas.length) areas = Arrays.copyOf(areas, 2 * areas.length);
			areas[n - 1] = fill(classes, labels, width, height, start, n, queue);
		}
		return new Components(width, height, labels, Arrays.copyOf(areas, n));
	}

	/** Number of components. */
	public int count() {
		return areas.length;
	}

	/** Without the components of fewer than {@code minimum} pixels; the others are numbered anew. */
	public Components removeSmaller(final int minimum) {
		final int[] renumbered = new int[areas.length + 1], kept = new int[areas.length];
		int n = 0;
		for (int i = 0; i < areas.length; i++) if (areas[i] >= minimum) {
			kept[n] = areas[i];
			renumbered[i + 1] = ++n;
		}
		final int[] out = new int[labels.length];
		for (int i = 0; i < out.length; i++) out[i] = renumbered[labels[i]];
		return new Components(width, height, out, Arrays.copyOf(kept, n));
	}

	/** The classes with every object smaller than {@code minimum} pixels made background, a new array. Objects of each class are judged alone. */
	public static byte[] removeSmaller(final byte[] classes, final int width, final int height, final int minimum) {
		final byte[] out = classes.clone();
		if (minimum <= 1) return out;
		final boolean[] present = new boolean[256];
		for (final byte c : classes) present[c & 0xff] = true;
		for (int k = 1; k < 255; k++) {
			if (!present[k]) continue;
			final Components c = of(classes, width, height, k);
			for (int i = 0; i < out.length; i++) if (c.labels[i] > 0 && c.areas[c.labels[i] - 1] < minimum) out[i] = 0;
		}
		return out;
	}

	private static int fill(final byte[] classes, final int[] labels, final int width, final int height, final int start, final int n, final int[] queue) {
		final byte k = classes[start];
		int head = 0, tail = 0;
		queue[tail++] = start;
		labels[start] = n;
		while (head < tail) {
			final int p = queue[head++], x = p % width, y = p / width;
			for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
				final int q = v * width + u;
				if (labels[q] != 0 || classes[q] != k) continue;
				labels[q] = n;
				queue[tail++] = q;
			}
		}
		return tail;
	}
}
