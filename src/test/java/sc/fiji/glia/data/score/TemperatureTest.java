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
package sc.fiji.glia.data.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class TemperatureTest {

	@Test
	void knownTemperatureIsRecovered() {
		for (final double truth : new double[] { 0.5, 1, 2.5 }) {
			final Drawn drawn = draw(20_000, 3, truth, 1);
			final Temperature fitted = Temperature.fit(drawn.logits, drawn.labels);
			// the standard error, of the second derivative of the likelihood, is about 1 % of the temperature
			assertEquals(truth, fitted.value(), 0.05 * truth);
			final double here = loss(fitted, drawn);
			assertTrue(here <= loss(new Temperature(fitted.value() * 1.01), drawn));
			assertTrue(here <= loss(new Temperature(fitted.value() / 1.01), drawn));
		}
	}

	/** Mean of minus the natural logarithm of the probability of each image's class. */
	private static double loss(final Temperature t, final Drawn drawn) {
		double sum = 0;
		for (int i = 0; i < drawn.labels.length; i++) {
			double highest = Double.NEGATIVE_INFINITY, total = 0;
			for (final float z : drawn.logits[i]) highest = Math.max(highest, z / t.value());
			for (final float z : drawn.logits[i]) total += Math.exp(z / t.value() - highest);
			sum += highest + Math.log(total) - drawn.logits[i][drawn.labels[i]] / t.value();
		}
		return sum / drawn.labels.length;
	}

	@Test
	void likelihoodIsNeverWorse() {
		final SplittableRandom random = new SplittableRandom(2);
		for (int trial = 0; trial < 200; trial++) {
			final Drawn drawn = draw(random.nextInt(1, 30), random.nextInt(2, 6), Math.exp(random.nextDouble(-4, 4)), trial);
			final Temperature fitted = Temperature.fit(drawn.logits, drawn.labels);
			assertTrue(fitted.value() >= Temperature.MIN && fitted.value() <= Temperature.MAX, fitted.toString());
			final double before = loss(Temperature.ONE, drawn);
			assertTrue(loss(fitted, drawn) <= before * (1 + 1e-12) + 1e-12, "trial " + trial);
		}
	}

	@Test
	void boundsAreKept() {
		final float[][] logits = { { 1, 0 }, { 2, 0 } }, timid = new float[20][];
		final byte[] labels = new byte[20];
		for (int i = 0; i < timid.length; i++) timid[i] = new float[] { 0.05f, 0 };
		labels[0] = 1;
		assertEquals(Temperature.MIN, Temperature.fit(timid, labels).value(), 0);
		assertEquals(Temperature.ONE, Temperature.fit(logits, new byte[] { 0, 0 }), "without mistakes there is nothing to learn from");
		assertEquals(Temperature.MAX, Temperature.fit(logits, new byte[] { 1, 1 }).value(), 0);
		assertEquals(1, Temperature.fit(new float[][] { { 3, 3 } }, new byte[] { 0 }).value(), 0);
	}

	@Test
	void probabilitiesAreTheSoftmax() {
		final float[] p = new Temperature(2).apply(new float[] { 0, (float) (2 * Math.log(3)) });
		assertArrayEquals(new float[] { 0.25f, 0.75f }, p, 1e-6f);
		assertArrayEquals(new float[] { 1, 0 }, Temperature.ONE.apply(new float[] { 1e4f, -1e4f }), 0);
	}

	@Test
	void logarithmsOfProbabilitiesServeAsLogits() {
		final float[] p = { 0.125f, 0.25f, 0.625f, 0 };
		assertArrayEquals(p, Temperature.ONE.apply(Temperature.logits(p)), 1e-6f);
		final Drawn drawn = draw(500, 3, 1.7, 5);
		final float[][] logs = new float[500][];
		for (int i = 0; i < 500; i++) logs[i] = Temperature.logits(Temperature.ONE.apply(drawn.logits[i]));
		assertEquals(Temperature.fit(drawn.logits, drawn.labels).value(), Temperature.fit(logs, drawn.labels).value(), 1e-4);
	}

	@Test
	void whatCannotBeFittedIsSaid() {
		assertThrows(IllegalArgumentException.class, () -> Temperature.fit(new float[0][], new byte[0]));
		assertThrows(IllegalArgumentException.class, () -> Temperature.fit(new float[][] { { 1, Float.NEGATIVE_INFINITY } }, new byte[1]));
		assertThrows(IllegalArgumentException.class, () -> new Temperature(0));
		assertThrows(IllegalArgumentException.class, () -> new Temperature(Double.NaN));
	}

	private record Drawn(float[][] logits, byte[] labels) {}

	/** Classes drawn from the softmax of the logits divided by the temperature. */
	private static Drawn draw(final int n, final int classes, final double temperature, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final float[][] logits = new float[n][classes];
		final byte[] labels = new byte[n];
		for (int i = 0; i < n; i++) {
			for (int c = 0; c < classes; c++) logits[i][c] = (float) random.nextDouble(-4, 4);
			double left = random.nextDouble();
			final float[] p = new Temperature(temperature).apply(logits[i]);
			while (labels[i] < classes - 1 && left >= p[labels[i]]) left -= p[labels[i]++];
		}
		return new Drawn(logits, labels);
	}
}
