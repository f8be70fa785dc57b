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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

/** Statistics of the first weights, and the same bits for the same seed. */
class InitializationTest {

	/** 32 to 64 channels, 3x3: 18432 weights. */
	private static final Graph GRAPH = graph();

	private static Graph graph() {
		final Graph.Builder b = Graph.of(32);
		b.add("a", new Conv2D(64, 3));
		b.add("n", new BatchNorm());
		return b.build();
	}

	private static void normal(final float[] w, final double deviation) {
		final int n = w.length;
		final double mean = sum(w, 1) / n, variance = sum(w, 2) / n, kurtosis = sum(w, 4) / n / (variance * variance);
		// Five standard errors of each: sigma / sqrt(n), sigma^2 sqrt(2 / n), sqrt(24 / n)
		assertEquals(0, mean, 5 * deviation / Math.sqrt(n));
		assertEquals(deviation * deviation, variance, 5 * deviation * deviation * Math.sqrt(2.0 / n));
		assertEquals(3, kurtosis, 5 * Math.sqrt(24.0 / n), "a normal distribution has kurtosis 3");
	}

	private static double sum(final float[] w, final int power) {
		double s = 0;
		for (final float v : w) s += Math.pow(v, power);
		return s;
	}

	@Test
	void heLooksAtTheInputs() {
		normal(Initialization.HE.weights(GRAPH, 1).get("a.weight"), Math.sqrt(2.0 / (32 * 9)));
	}

	@Test
	void glorotLooksAtBothSides() {
		normal(Initialization.GLOROT.weights(GRAPH, 1).get("a.weight"), Math.sqrt(2.0 / (32 * 9 + 64 * 9)));
	}

	@Test
	void denseLayersLookAtTheirInputsAndUnits() {
		final Graph.Builder b = Graph.of(300);
		b.add("a", new Dense(64));
		normal(Initialization.HE.weights(b.build(), 1).get("a.weight"), Math.sqrt(2.0 / 300));
		normal(Initialization.GLOROT.weights(b.build(), 1).get("a.weight"), Math.sqrt(2.0 / (300 + 64)));
		assertArrayEquals(new float[64], Initialization.HE.weights(b.build(), 1).get("a.bias"));
	}

	@Test
	void uniformIsTheSameForWeightsAndBiases() {
		final Weights w = Initialization.UNIFORM.weights(GRAPH, 1);
		final float[] a = w.get("a.weight");
		for (final float v : a) assertTrue(v >= -0.5f && v <= 0.5f);
		final int n = a.length;
		// Of the uniform distribution: variance 1/12, fourth moment 1/80; five standard errors
		assertEquals(0, sum(a, 1) / n, 5 * Math.sqrt(1 / 12.0 / n));
		assertEquals(1 / 12.0, sum(a, 2) / n, 5 * Math.sqrt((1 / 80.0 - 1 / 144.0) / n));
		final float[] bias = w.get("a.bias");
		assertEquals(0, sum(bias, 1) / 64, 5 * Math.sqrt(1 / 12.0 / 64));
		assertEquals(1 / 12.0, sum(bias, 2) / 64, 5 * Math.sqrt((1 / 80.0 - 1 / 144.0) / 64));
		assertArrayEquals(new float[64], w.get("n.bias"), "batch norm starts as ever");
		final float[] ones = new float[64];
		Arrays.fill(ones, 1);
		assertArrayEquals(ones, w.get("n.weight"));
		assertArrayEquals(a, Initialization.UNIFORM.weights(GRAPH, 1).get("a.weight"));
	}

	@Test
	void neighboursAreIndependent() {
		final float[] w = Initialization.HE.weights(GRAPH, 7).get("a.weight");
		double s = 0;
		for (int i = 1; i < w.length; i++) s += (double) w[i] * w[i - 1];
		assertEquals(0, s / sum(w, 2), 5 / Math.sqrt(w.length), "correlation of neighbours");
	}

	@Test
	void theRestIsConstant() {
		final Weights w = Initialization.HE.weights(GRAPH, 1);
		assertArrayEquals(new float[64], w.get("a.bias"));
		assertArrayEquals(new float[64], w.get("n.bias"));
		assertArrayEquals(new float[64], w.get("n.running_mean"));
		final float[] ones = new float[64];
		Arrays.fill(ones, 1);
		assertArrayEquals(ones, w.get("n.weight"));
		assertArrayEquals(ones, w.get("n.running_var"));
	}

	@Test
	void theSameSeedGivesTheSameBits() {
		final float[] w = Initialization.HE.weights(GRAPH, 42).get("a.weight");
		assertArrayEquals(w, Initialization.HE.weights(GRAPH, 42).get("a.weight"));
		assertFalse(Arrays.equals(w, Initialization.HE.weights(GRAPH, 43).get("a.weight")));
		// Golden: files and results of users depend on it, so it never changes
		assertEquals(1012742282, Arrays.hashCode(w));
	}
}
