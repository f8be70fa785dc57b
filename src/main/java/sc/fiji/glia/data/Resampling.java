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

import java.util.Arrays;

/**
 * Brings planes of one size to another, along rows and along columns. Sums are formed in double precision and rounded once; constant planes stay
 * exactly constant.
 */
public final class Resampling {

	private final Taps columns, rows;

	private Resampling(final Taps columns, final Taps rows) {
		this.columns = columns;
		this.rows = rows;
	}

	/**
	 * Along an axis that shrinks, a pixel is the mean of what it covers, parts of pixels counted as such; along one that grows, it is interpolated
	 * linearly between the middles of pixels, and beyond the last middles constant. All sizes in pixels, at least 1.
	 */
	public static Resampling to(final int width, final int height, final int newWidth, final int newHeight) {
		return new Resampling(Taps.of(width, newWidth, newWidth > width), Taps.of(height, newHeight, newHeight > height));
	}

	/** A pixel is the mean of what it covers, also where it is smaller than a pixel of the plane. All sizes in pixels, at least 1. */
	static Resampling areas(final int width, final int height, final int newWidth, final int newHeight) {
		return new Resampling(Taps.of(width, newWidth, false), Taps.of(height, newHeight, false));
	}

	/**
	 * A plane in the new size.
	 *
	 * @param plane {@code [y * width + x]}; not changed
	 * @return {@code [y * newWidth + x]}, a new array
	 */
	public float[] apply(final float[] plane) {
		final int w = columns.first.length, h = rows.first.length;
		final double[] narrow = new double[w], sum = new double[w];
		final float[] out = new float[w * h];
		int held = -1;
		for (int y = 0; y < h; y++) {
			Arrays.fill(sum, 0);
			for (int k = 0; k < rows.weights[y].length; k++) {
				final int row = rows.first[y] + k;
				if (row != held) columns.apply(plane, row * columns.length, narrow);
				held = row;
				final double weight = rows.weights[y][k];
				for (int x = 0; x < w; x++) sum[x] += weight * narrow[x];
			}
			for (int x = 0; x < w; x++) out[y * w + x] = (float) sum[x];
		}
		return out;
	}

	/**
	 * What is added up along an axis: new pixel {@code i} is the sum of {@code weights[i][k]} times pixel {@code first[i] + k}.
	 *
	 * @param length number of pixels of the image
	 */
	private record Taps(int length, int[] first, double[][] weights) {

		static Taps of(final int length, final int resized, final boolean interpolated) {
			final Taps taps = new Taps(length, new int[resized], new double[resized][]);
			for (int i = 0; i < resized; i++) if (interpolated) taps.interpolate(i);
			else taps.average(i);
			return taps;
		}

		/** The middle of the new pixel, in pixels, counted from the middle of the first. */
		private void interpolate(final int i) {
			final double at = Math.min(length - 1, Math.max(0, (i + 0.5) * length / first.length - 0.5));
			first[i] = (int) at;
			final double part = at - first[i];
			weights[i] = part == 0 ? new double[] { 1 } : new double[] { 1 - part, part };
		}

		/** In units of a pixel divided by the number of new pixels, where all edges are whole numbers. */
		private void average(final int i) {
			final long n = first.length, from = (long) i * length, to = from + length;
			first[i] = (int) (from / n);
			final int last = (int) ((to - 1) / n);
			weights[i] = new double[last - first[i] + 1];
			for (int k = 0; k < weights[i].length; k++) {
				final long left = (first[i] + k) * n;
				weights[i][k] = (double) (Math.min(to, left + n) - Math.max(from, left)) / length;
			}
		}

		void apply(final float[] in, final int start, final double[] out) {
			for (int i = 0; i < first.length; i++) {
				final double[] w = weights[i];
				final int from = start + first[i];
				double sum = 0;
				for (int k = 0; k < w.length; k++) sum += w[k] * in[from + k];
				out[i] = sum;
			}
		}
	}
}
