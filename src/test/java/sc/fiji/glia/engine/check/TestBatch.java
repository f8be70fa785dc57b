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
package sc.fiji.glia.engine.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.Weights;

/** Small seeded images, labels and weights for the engine's tests; all values are floats, so that both precisions start alike. */
public record TestBatch(double[][][] images, byte[][] labels, int height, int width) {

	/** Noise on a gradient, with labels in stripes and every 7th pixel ignored. */
	public static TestBatch textured(final int images, final int channels, final int height, final int width, final int classes, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final double[][][] x = new double[images][channels][height * width];
		final byte[][] labels = new byte[images][height * width];
		for (int b = 0; b < images; b++) {
			for (int c = 0; c < channels; c++) for (int i = 0; i < x[b][c].length; i++) x[b][c][i] = (float) (random.nextDouble(-1.5, 1.5) + 0.5 * i / x[b][c].length);
			for (int i = 0; i < labels[b].length; i++) labels[b][i] = i % 7 == 3 ? (byte) 255 : (byte) ((i / 2 + b) % classes);
		}
		return new TestBatch(x, labels, height, width);
	}

	/** The same with exactly 0 in the left two thirds of every row, as around a brain; labelled background there. */
	public TestBatch black() {
		final double[][][] x = new double[images.length][images[0].length][];
		final byte[][] l = new byte[labels.length][];
		for (int b = 0; b < x.length; b++) {
			l[b] = labels[b].clone();
			for (int c = 0; c < x[b].length; c++) {
				x[b][c] = images[b][c].clone();
				for (int i = 0; i < x[b][c].length; i++) if (i % width < width * 2 / 3) {
					x[b][c][i] = 0;
					if (l[b].length == x[b][c].length && l[b][i] != (byte) 255) l[b][i] = 0;
				}
			}
		}
		return new TestBatch(x, l, height, width);
	}

	/** The same images with labels for another size of output. */
	public TestBatch labelled(final int pixels, final int classes) {
		final byte[][] l = new byte[labels.length][pixels];
		for (int b = 0; b < l.length; b++) for (int i = 0; i < pixels; i++) l[b][i] = i % 7 == 3 ? (byte) 255 : (byte) ((i / 2 + b) % classes);
		return new TestBatch(images, l, height, width);
	}

	/** The images as the engine takes them, {@code [image][channel][pixel]}. */
	public float[][][] floats() {
		return floats(images);
	}

	public static float[][][] floats(final double[][][] x) {
		final float[][][] f = new float[x.length][x[0].length][x[0][0].length];
		for (int b = 0; b < x.length; b++) for (int c = 0; c < x[b].length; c++) for (int i = 0; i < x[b][c].length; i++) f[b][c][i] = (float) x[b][c][i];
		return f;
	}

	/** He weights, but biases, scales and statistics drawn at random as well, so that nothing sits at a corner or cancels by chance. */
	public static Weights weights(final Graph graph, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final Map<String, float[]> arrays = new LinkedHashMap<>();
		final Weights start = Initialization.HE.weights(graph, seed);
		graph.weights().forEach((name, spec) -> {
			final float[] a = start.get(name);
			for (int i = 0; i < a.length; i++) switch (spec.start()) {
				case ZERO -> a[i] = (float) random.nextDouble(-0.5, 0.5);
				case ONE -> a[i] = (float) random.nextDouble(0.5, 1.5);
				case RANDOM -> { /* drawn already */ }
			}
			arrays.put(name, a);
		});
		return new Weights(graph, arrays);
	}
}
