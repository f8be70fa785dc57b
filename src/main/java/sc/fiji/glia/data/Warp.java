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

import java.util.SplittableRandom;

import sc.fiji.glia.data.Augmentation.Symmetry;

/**
 * The map from a patch's pixels to places in the image: {@code centre + matrix * (pixel - middle of the patch + elastic displacement)}.
 * In StrictMath, so that every machine cuts the same patches.
 */
final class Warp {

	private final int width, height;
	private final double centreX, centreY, xx, xy, yx, yy;
	private final Elastic elastic;

	private Warp(final int width, final int height, final double centreX, final double centreY, final double[] matrix, final Elastic elastic) {
		this.width = width;
		this.height = height;
		this.centreX = centreX;
		this.centreY = centreY;
		xx = matrix[0];
		xy = matrix[1];
		yx = matrix[2];
		yy = matrix[3];
		this.elastic = elastic;
	}

	/**
	 * A random map.
	 *
	 * @param focus index of a pixel that the patch is to have in its middle half (before rotation and so on), or -1 for any place
	 */
	static Warp random(final Augmentation a, final Sample image, final int width, final int height, final int focus, final SplittableRandom random) {
		final boolean flip = a.symmetry() != Symmetry.NONE && random.nextBoolean();
		int turns = a.symmetry() == Symmetry.ALL ? random.nextInt(4) : 0;
		// a patch that is not square is laid on its side only where the image has room for it
		if (width != height && (image.width() < height || image.height() < width)) turns &= 2;
		final boolean lying = (turns & 1) == 1;
		final int w = lying ? height : width, h = lying ? width : height;
		final int x = corner(image.width(), w, focus < 0 ? -1 : focus % image.width(), random);
		final int y = corner(image.height(), h, focus < 0 ? -1 : focus / image.width(), random);
		double[] matrix = turned(turns, flip);
		if ((a.rotation() > 0 || a.scaling() > 1) && random.nextDouble() < a.share()) {
			final double angle = Math.toRadians(a.rotation()) * symmetric(random), zoom = StrictMath.exp(StrictMath.log(a.scaling()) * symmetric(random));
			final double cos = StrictMath.cos(angle) * zoom, sin = StrictMath.sin(angle) * zoom;
			matrix = product(new double[] { cos, -sin, sin, cos }, matrix);
		}
		final boolean bent = a.elastic() > 0 && random.nextDouble() < a.share();
		final Elastic elastic = bent ? Elastic.random(width, height, a.elastic() * random.nextDouble(), random) : Elastic.none();
		final double right = a.shift() == 0 ? 0 : a.shift() * w * symmetric(random), down = a.shift() == 0 ? 0 : a.shift() * h * symmetric(random);
		return new Warp(width, height, x + (w - 1) / 2.0 + right, y + (h - 1) / 2.0 + down, matrix, elastic);
	}

	/** Fills a patch: channels bilinearly, labels by the nearest pixel; of length 0 if none are wanted. */
	void cut(final Sample image, final float[][] channels, final byte[] labels) {
		final int w = image.width(), h = image.height();
		final double[] shiftX = new double[width], shiftY = new double[width];
		final byte[] reference = image.labels();
		for (int y = 0, p = 0; y < height; y++) {
			elastic.row(y, shiftX, shiftY);
			final double dy = y - (height - 1) / 2.0;
			for (int x = 0; x < width; x++, p++) {
				final double u = x - (width - 1) / 2.0 + shiftX[x], v = dy + shiftY[x];
				final double sx = mirror(centreX + xx * u + xy * v, w), sy = mirror(centreY + yx * u + yy * v, h);
				if (labels.length > 0) labels[p] = reference[(int) (sy + 0.5) * w + (int) (sx + 0.5)];
				final int x0 = (int) sx, y0 = (int) sy, q = y0 * w + x0;
				final int right = x0 < w - 1 ? 1 : 0, down = y0 < h - 1 ? w : 0;
				final float fx = (float) (sx - x0), fy = (float) (sy - y0);
				for (int c = 0; c < channels.length; c++) {
					final float[] in = image.channels()[c];
					final float top = in[q] + fx * (in[q + right] - in[q]), bottom = in[q + down] + fx * (in[q + down + right] - in[q + down]);
					channels[c][p] = top + fy * (bottom - top);
				}
			}
		}
	}

	/** Reflects a place into 0 ... size - 1, about the centres of the outer pixels: ... 2 1 0 1 2 ... */
	static double mirror(final double place, final int size) {
		final double last = size - 1;
		if (place >= 0 && place <= last) return place;
		if (last == 0) return 0;
		double m = Math.abs(place) % (2 * last);
		if (m > last) m = 2 * last - m;
		return m;
	}

	/** First column or row of the box in the image; centred if the box is not smaller. */
	private static int corner(final int size, final int box, final int focus, final SplittableRandom random) {
		if (box >= size) return Math.floorDiv(size - box, 2);
		if (focus < 0) return random.nextInt(size - box + 1);
		final int start = focus - box / 4 - random.nextInt(Math.max(1, box / 2));
		return Math.max(0, Math.min(size - box, start));
	}

	/** Quarter turns after a flip, without rounding. */
	private static double[] turned(final int turns, final boolean flip) {
		double[] matrix = { flip ? -1 : 1, 0, 0, 1 };
		for (int t = 0; t < turns; t++) matrix = product(new double[] { 0, -1, 1, 0 }, matrix);
		return matrix;
	}

	private static double[] product(final double[] a, final double[] b) {
		return new double[] { a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3] };
	}

	private static double symmetric(final SplittableRandom random) {
		return 2 * random.nextDouble() - 1;
	}
}
