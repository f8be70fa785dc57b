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
package sc.fiji.glia.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class AxisTest {

	@Test
	void dice() {
		final Axis axis = Axis.exactly(0, 1, 5);
		assertEquals(List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"), axis.ticks().stream().map(axis::text).toList());
	}

	@Test
	void anAxisAroundValuesHoldsThemAndHasFewTicks() {
		final Random random = new Random(1);
		for (int i = 0; i < 2000; i++) {
			final double low = random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4);
			final double high = low + random.nextDouble() * Math.pow(10, random.nextInt(9) - 4);
			final int intervals = 2 + random.nextInt(6);
			final Axis axis = Axis.around(low, high, intervals);
			final double rounding = axis.step() * 1e-6;
			assertTrue(axis.low() <= low + rounding && axis.high() >= high - rounding, axis + " does not hold " + low + " to " + high);
			// a step is at least range / (intervals - 1); at both ends less than a step is added
			final int ticks = axis.ticks().size();
			assertTrue(ticks >= 2 && ticks <= intervals + 2, axis + " has " + ticks + " ticks");
		}
	}

	@Test
	void equalValuesGetRoom() {
		for (final double value : new double[] { 0, 1, -3, 1e-9, 250 }) {
			final Axis axis = Axis.around(value, value, 5);
			assertTrue(axis.low() < value && axis.high() > value, axis + " around " + value);
		}
	}

	@Test
	void epochsGrowUpToTheirNumber() {
		assertEquals(10, Axis.epochs(0, 50, 5).high());
		assertEquals(20, Axis.epochs(11, 50, 5).high());
		assertEquals(15, Axis.epochs(11, 15, 5).high());
		assertEquals(2, Axis.epochs(1, 1, 5).high());
		for (int done = 0; done <= 1000; done++) {
			final Axis axis = Axis.epochs(done, 1000, 5);
			assertTrue(axis.high() >= done && axis.high() <= Math.max(10, done * 1.25 + 10), done + ": " + axis);
			assertEquals(0, axis.step() % 1, done + ": a tick between two epochs: " + axis);
		}
	}

	@Test
	void anEmptyAxisIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> new Axis(1, 1, 1));
		assertThrows(IllegalArgumentException.class, () -> new Axis(0, Double.NaN, 1));
	}
}
