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
package sc.fiji.glia.engine.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import sc.fiji.glia.engine.graph.WeightSpec.Start;

/** How random weights are drawn, the same for the same seed on every machine. The first two are normal with mean 0, and leave biases 0. */
public enum Initialization {
	/** Standard deviation {@code sqrt(2 / fan_in)} (He et al. 2015, equation 10); for layers before a ReLU. */
	HE,
	/** Standard deviation {@code sqrt(2 / (fan_in + fan_out))} (Glorot and Bengio 2010, equation 12). */
	GLOROT,
	/** Uniform in -0.5 to 0.5, whatever the layer's size, the biases of convolutions and dense layers too. */
	UNIFORM;

	/** New weights for a network. */
	public Weights weights(final Graph graph, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final Map<String, float[]> arrays = new LinkedHashMap<>();
		graph.weights().forEach((name, spec) -> {
			final float[] a = new float[spec.length()];
			if (this == UNIFORM && (spec.start() == Start.RANDOM || isBias(graph, name))) for (int i = 0; i < a.length; i++) a[i] = (float) (random.nextDouble() - 0.5);
			else switch (spec.start()) {
				case ZERO -> { /* as it is */ }
				case ONE -> Arrays.fill(a, 1);
				case RANDOM -> {
					final double deviation = deviation(spec.shape());
					for (int i = 0; i < a.length; i++) a[i] = (float) (deviation * normal(random));
				}
			}
			arrays.put(name, a);
		});
		return new Weights(graph, arrays);
	}

	/** Whether the array is the bias beside weights that are drawn. */
	private static boolean isBias(final Graph graph, final String name) {
		final int dot = name.lastIndexOf('.');
		final WeightSpec weight = graph.weights().get(name.substring(0, dot) + ".weight");
		return name.endsWith(".bias") && weight != null && weight.start() == Start.RANDOM;
	}

	/** @param shape outputs, inputs, and kernel sizes if any */
	private double deviation(final List<Integer> shape) {
		int area = 1;
		for (int i = 2; i < shape.size(); i++) area *= shape.get(i);
		final double in = (double) shape.get(1) * area, out = (double) shape.get(0) * area;
		return this == HE ? Math.sqrt(2 / in) : Math.sqrt(2 / (in + out));
	}

	/** Box-Muller in StrictMath, so that every machine draws the same bits. */
	private static double normal(final SplittableRandom random) {
		final double u = 1 - random.nextDouble(), v = random.nextDouble();
		return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
	}
}
