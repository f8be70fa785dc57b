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

import java.awt.Color;
import java.util.Arrays;

import ij.process.LUT;

/**
 * Colours that tell labels apart: each is, among the colours of a coarse cube that are neither very dark nor very pale, the one farthest from
 * all before it in CIE L*a*b* (the idea of Glasbey et al., "Colour displays for categorical images", 2007). 0 is black. Always the same.
 */
public final class LabelColors {

	private static final int SIZE = 256;
	/** Steps of the cube of candidates. */
	private static final int STEP = 15;
	private static final int[] COLORS = search();

	private LabelColors() {}

	/** A look-up table of 256 colours for label images; 0 is black. */
	public static LUT lut() {
		final byte[] r = new byte[SIZE], g = new byte[SIZE], b = new byte[SIZE];
		for (int i = 0; i < SIZE; i++) {
			r[i] = (byte) (COLORS[i] >> 16);
			g[i] = (byte) (COLORS[i] >> 8);
			b[i] = (byte) COLORS[i];
		}
		return new LUT(r, g, b);
	}

	/** The colour of class or object {@code k}, from 1; they recur after 255. */
	public static Color of(final int k) {
		return new Color(COLORS[(k - 1) % (SIZE - 1) + 1]);
	}

	private static int[] search() {
		final int n = 256 / STEP + 1;
		final int[] rgb = new int[n * n * n];
		final double[][] lab = new double[rgb.length][];
		int count = 0;
		for (int r = 0; r < 256; r += STEP) for (int g = 0; g < 256; g += STEP) for (int b = 0; b < 256; b += STEP) {
			final double[] c = lab(r, g, b);
			if (c[0] < 35 || c[0] > 90) continue;
			rgb[count] = r << 16 | g << 8 | b;
			lab[count++] = c;
		}
		final double[] distance = new double[count];
		Arrays.fill(distance, Double.MAX_VALUE);
		// Away from the black background and from white and gray, which images have
		for (int v = 0; v < 256; v += 51) approach(distance, lab, lab(v, v, v));
		final int[] colors = new int[SIZE];
		colors[1] = 240 << 16;
		approach(distance, lab, lab(240, 0, 0));
		for (int i = 2; i < SIZE; i++) {
			int best = 0;
			for (int j = 1; j < count; j++) if (distance[j] > distance[best]) best = j;
			colors[i] = rgb[best];
			approach(distance, lab, lab[best]);
		}
		return colors;
	}

	private static void approach(final double[] distance, final double[][] lab, final double[] c) {
		for (int j = 0; j < distance.length; j++) {
			final double l = lab[j][0] - c[0], a = lab[j][1] - c[1], b = lab[j][2] - c[2];
			distance[j] = Math.min(distance[j], l * l + a * a + b * b);
		}
	}

	/** sRGB to CIE L*a*b*, white point D65. */
	private static double[] lab(final int red, final int green, final int blue) {
		final double r = linear(red), g = linear(green), b = linear(blue);
		final double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505), y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
		final double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
		return new double[] { 116 * y - 16, 500 * (x - y), 200 * (y - z) };
	}

	private static double linear(final int v) {
		final double c = v / 255.0;
		return c <= 0.04045 ? c / 12.92 : StrictMath.pow((c + 0.055) / 1.055, 2.4);
	}

	private static double f(final double t) {
		return t > 216.0 / 24389 ? StrictMath.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
	}
}
