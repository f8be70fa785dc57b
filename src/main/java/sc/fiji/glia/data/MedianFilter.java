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

/**
 * The median of the 5x5 pixels around each pixel; beyond the border, the pixels of the border go on.
 * <p>
 * The 25 values are sorted by columns, then by rows. Of such a square, the six values at the small corner and the six at the great one have
 * 13 others above or below them, so the median is that of the other 13. All is done for a strip of pixels at a time, since the exchanges are
 * the same for all.
 */
final class MedianFilter {

	private static final int SIZE = 5, HALF = 2, STRIP = 256;

	/** Which to compare and exchange, in order, to sort five. */
	private static final int[][] SORT = { { 0, 1 }, { 3, 4 }, { 2, 4 }, { 2, 3 }, { 1, 4 }, { 0, 3 }, { 0, 2 }, { 1, 3 }, { 1, 2 } };

	private final float[][] columns = new float[SIZE][STRIP + SIZE - 1], row = new float[SIZE][STRIP], middle = new float[13][STRIP];

	private MedianFilter() {}

	/** @return a new array */
	static float[] of(final float[] in, final int width, final int height) {
		final MedianFilter filter = new MedianFilter();
		final float[] out = new float[in.length];
		for (int x = 0; x < width; x += STRIP) for (int y = 0; y < height; y++) {
			filter.load(in, width, height, x, y);
			System.arraycopy(filter.median(), 0, out, y * width + x, Math.min(STRIP, width - x));
		}
		return out;
	}

	private void load(final float[] in, final int width, final int height, final int x, final int y) {
		for (int i = 0; i < SIZE; i++) {
			final int start = Math.min(height - 1, Math.max(0, y + i - HALF)) * width;
			for (int j = 0; j < columns[i].length; j++) columns[i][j] = in[start + Math.min(width - 1, Math.max(0, x + j - HALF))];
		}
	}

	private float[] median() {
		for (final int[] e : SORT) exchange(columns[e[0]], columns[e[1]]);
		int n = 0;
		for (int i = 0; i < SIZE; i++) {
			for (int j = 0; j < SIZE; j++) System.arraycopy(columns[i], j, row[j], 0, STRIP);
			for (final int[] e : SORT) exchange(row[e[0]], row[e[1]]);
			for (int j = 0; j < SIZE; j++) {
				final int atMost = (i + 1) * (j + 1), atLeast = (SIZE - i) * (SIZE - j);
				if (atMost <= 13 && atLeast <= 13) System.arraycopy(row[j], 0, middle[n++], 0, STRIP);
			}
		}
		// of the first 8 neither the least nor the greatest is the median: leave them out, take the next, and so on until one is left
		for (int first = 0; first < 6; first++) {
			for (int k = first + 1; k < 8; k++) exchange(middle[first], middle[k]);
			for (int k = first + 1; k < 7; k++) exchange(middle[k], middle[7]);
			if (first == 5) continue;
			final float[] next = middle[8 + first];
			middle[8 + first] = middle[7];
			middle[7] = next;
		}
		return middle[6];
	}

	/** The lesser ones to {@code a}, the greater ones to {@code b}. */
	private static void exchange(final float[] a, final float[] b) {
		for (int i = 0; i < a.length; i++) {
			final float low = Math.min(a[i], b[i]), high = Math.max(a[i], b[i]);
			a[i] = low;
			b[i] = high;
		}
	}
}
