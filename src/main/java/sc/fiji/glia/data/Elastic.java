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

/**
 * A smooth random displacement: a uniform cubic B-spline over a coarse grid of knots. Its slope is at most
 * {@code 2 * amplitude / SPACING} in each direction, so an amplitude of up to a quarter of the spacing makes no folds.
 */
final class Elastic {

	/** Distance between knots, in pixels. */
	static final int SPACING = 32;

	private final int columns;
	private final double[] knotsX, knotsY;

	private Elastic(final int columns, final double[] knotsX, final double[] knotsY) {
		this.columns = columns;
		this.knotsX = knotsX;
		this.knotsY = knotsY;
	}

	/** No displacement. */
	static Elastic none() {
		return new Elastic(0, new double[0], new double[0]);
	}

	/** Displaces each knot by up to the amplitude in both directions. */
	static Elastic random(final int width, final int height, final double amplitude, final SplittableRandom random) {
		final int columns = (width - 1) / SPACING + 4, rows = (height - 1) / SPACING + 4;
		final double[] x = new double[columns * rows], y = new double[columns * rows];
		for (int i = 0; i < x.length; i++) {
			x[i] = amplitude * (2 * random.nextDouble() - 1);
			y[i] = amplitude * (2 * random.nextDouble() - 1);
		}
		return new Elastic(columns, x, y);
	}

	/** The displacements of a row of pixels; both arrays are filled. */
	void row(final int y, final double[] shiftX, final double[] shiftY) {
		if (columns == 0) return;
		final double[] weights = new double[4], lineX = new double[columns], lineY = new double[columns];
		weights(y % SPACING / (double) SPACING, weights);
		for (int k = 0; k < 4; k++) {
			final int from = (y / SPACING + k) * columns;
			for (int c = 0; c < columns; c++) {
				lineX[c] += weights[k] * knotsX[from + c];
				lineY[c] += weights[k] * knotsY[from + c];
			}
		}
		for (int x = 0; x < shiftX.length; x++) {
			weights(x % SPACING / (double) SPACING, weights);
			final int c = x / SPACING;
			shiftX[x] = weights[0] * lineX[c] + weights[1] * lineX[c + 1] + weights[2] * lineX[c + 2] + weights[3] * lineX[c + 3];
			shiftY[x] = weights[0] * lineY[c] + weights[1] * lineY[c + 1] + weights[2] * lineY[c + 2] + weights[3] * lineY[c + 3];
		}
	}

	/** Values of the four B-splines that reach a place between two knots; they sum to 1. */
	private static void weights(final double t, final double[] w) {
		final double u = 1 - t;
		w[0] = u * u * u / 6;
		w[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
		w[2] = (3 * u * u * u - 6 * u * u + 4) / 6;
		w[3] = t * t * t / 6;
	}
}
