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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.check.GradientCheck.Result;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;

/** The check must pass right gradients, catch wrong ones, and not be fooled by corners. */
class GradientCheckTest {

	private static final ReferenceLoss CE = new ReferenceLoss(1, 0);
	private static final double[] X = { 1, -2, 0.5, 3 };
	private static final byte[][] LABELS = { { 1, 0, (byte) 255, 0 } };

	/** sigmoid(w x + b) has the gradient mean((p - t) x), mean(p - t): no engine needed to know it. */
	private static Map<String, float[]> logistic(final double w, final double b) {
		double dw = 0, db = 0;
		for (int i = 0; i < X.length; i++) {
			if (LABELS[0][i] == (byte) 255) continue;
			final double d = (1 / (1 + Math.exp(-w * X[i] - b)) - LABELS[0][i]) / 3;
			dw += d * X[i];
			db += d;
		}
		final Map<String, float[]> m = new LinkedHashMap<>();
		m.put("a.weight", new float[] { (float) dw });
		m.put("a.bias", new float[] { (float) db });
		return m;
	}

	private static GradientCheck check(final double w, final double b) {
		final Graph.Builder g = Graph.of(1);
		g.add("a", new Conv2D(1, 1));
		g.add("p", new Sigmoid());
		return new GradientCheck(g.build(), Map.of("a.weight", new double[] { w }, "a.bias", new double[] { b }), new double[][][] { { X } }, 2, 2, LABELS, CE);
	}

	@Test
	void rightGradientsPass() {
		final GradientCheck check = check(0.3, -0.1);
		final List<Result> results = check.compare(logistic(0.3, -0.1), 10, 1, 1e-6);
		assertEquals(List.of("a.weight", "a.bias"), results.stream().map(Result::array).toList());
		// The gradients were rounded to floats once: half a unit of 2^-23
		for (final Result r : results) assertTrue(r.error() < 6e-8 + 1e-9 && r.checked() == 1, r.toString());
		assertArrayEquals(new double[] { 0.3 }, check.weights().get("a.weight"), "weights are put back");
	}

	@Test
	void wrongGradientsAreCaught() {
		final Map<String, float[]> g = logistic(0.3, -0.1);
		g.get("a.bias")[0] *= 1.001f;
		final List<Result> results = check(0.3, -0.1).compare(g, 10, 1, 1e-6);
		assertTrue(results.get(0).error() < 1e-7);
		assertEquals(1e-3, results.get(1).error(), 2e-6);
		g.get("a.bias")[0] = Float.NaN;
		assertEquals(Double.POSITIVE_INFINITY, check(0.3, -0.1).compare(g, 10, 1, 1e-6).get(1).error());
	}

	/** Softmax regression of two images of two pixels: the gradient of weight[u][i] is mean((p[u] - t[u]) x[i]), that of the bias mean(p - t). */
	@Test
	void softmaxRegressionOfWholeImages() {
		final Graph.Builder b = Graph.of(1);
		b.add("f", new Flatten(1, 2));
		b.add("d", new Dense(2));
		b.add("p", new Softmax());
		final double[][][] x = { { { 1, -2 } }, { { 0.5, 3 } } };
		final byte[][] labels = { { 1 }, { 0 } };
		final double[] w = { 0.1, -0.3, 0.4, 0.2 }, bias = { 0.05, -0.15 };
		final double[] dw = new double[4], db = new double[2];
		for (int k = 0; k < 2; k++) {
			final double[] z = new double[2];
			for (int u = 0; u < 2; u++) z[u] = bias[u] + w[2 * u] * x[k][0][0] + w[2 * u + 1] * x[k][0][1];
			for (int u = 0; u < 2; u++) {
				final double d = (1 / (1 + Math.exp(z[1 - u] - z[u])) - (labels[k][0] == u ? 1 : 0)) / 2;
				db[u] += d;
				for (int i = 0; i < 2; i++) dw[2 * u + i] += d * x[k][0][i];
			}
		}
		final List<Result> results = new GradientCheck(b.build(), Map.of("d.weight", w, "d.bias", bias), x, 1, 2, labels, CE).compare(Map.of("d.weight",
			floats(dw), "d.bias", floats(db)), 10, 1, 1e-6);
		assertEquals(List.of("d.weight", "d.bias"), results.stream().map(Result::array).toList());
		// The gradients were rounded to floats once: half a unit of 2^-23
		for (final Result r : results) assertTrue(r.error() < 6e-8 + 1e-9, r.toString());
		assertEquals(4, results.get(0).checked());
	}

	private static float[] floats(final double[] a) {
		final float[] f = new float[a.length];
		for (int i = 0; i < a.length; i++) f[i] = (float) a[i];
		return f;
	}

	@Test
	void missingGradientsAreRefused() {
		final Map<String, float[]> g = logistic(0.3, -0.1);
		g.remove("a.bias");
		assertEquals("GradientCheck: expected 1 gradients for 'a.bias', got none", assertThrows(IllegalArgumentException.class, //
			() -> check(0.3, -0.1).compare(g, 10, 1, 1e-6)).getMessage());
	}

	/** relu(x + b) of one pixel, with b so that the argument is {@code distance}: gradient of log(1 + exp(y)) is p there. */
	private static Result relu(final double distance, final float analytic) {
		final Graph.Builder g = Graph.of(1);
		g.add("a", new Conv2D(1, 1));
		g.add("r", new ReLU());
		final Map<String, double[]> w = Map.of("a.weight", new double[] { 1 }, "a.bias", new double[] { distance - 1 });
		return new GradientCheck(g.build(), w, new double[][][] { { { 1 } } }, 1, 1, new byte[][] { { 0 } }, CE).compare(Map.of("a.weight", new float[] {
			analytic }, "a.bias", new float[] { analytic }), 10, 1, 1e-6).get(1);
	}

	@Test
	void aCornerWithinTheStepIsSteppedAround() {
		for (final double d : new double[] { 1e-6, 3e-6, 4.9e-6, 5e-6, 7e-6, 9e-6 }) {
			// Differences of the loss, about 0.7, at steps down to 1e-8: 1e-16 / 1e-8 of rounding
			assertTrue(relu(d, 0.5f).error() < 1e-5, "gradient just above 0: " + relu(d, 0.5f));
			assertTrue(relu(-d, 0).error() < 1e-5, "gradient just below 0: " + relu(-d, 0));
			assertEquals(1, relu(d, 0.5f).checked());
		}
	}

	@Test
	void aCornerAtTheWeightIsLeftOut() {
		assertEquals(1, relu(0, 0).corners());
		assertEquals(0, relu(0, 0).checked());
	}

	@Test
	void longArraysAreSampled() {
		final Graph.Builder g = Graph.of(3);
		g.add("a", new Conv2D(1, 5));
		final TestBatch t = TestBatch.textured(1, 3, 4, 4, 2, 1);
		final Map<String, double[]> w = Reference.weights(TestBatch.weights(g.build(), 2));
		final Map<String, float[]> zero = Map.of("a.weight", new float[75], "a.bias", new float[1]);
		final GradientCheck check = new GradientCheck(g.build(), w, t.images(), 4, 4, t.labels(), CE);
		final Result r = check.compare(zero, 20, 3, 1e-6).get(0);
		assertEquals(20, r.checked());
		assertEquals(1, r.error(), 0, "a gradient of 0 is all wrong");
		assertEquals(r, check.compare(zero, 20, 3, 1e-6).get(0), "the draw is seeded");
	}
}
