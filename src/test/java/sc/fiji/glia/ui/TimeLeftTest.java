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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

/** All expected values follow from the definition; the tolerance covers the rounding of a few double operations. */
class TimeLeftTest {

	private static final double ROUNDING = 1e-9;

	@Test
	void nothingIsKnownBeforeTheFirstStep() {
		assertTrue(TimeLeft.seconds(10, List.of(), 0, 40, 3).isEmpty());
		assertTrue(TimeLeft.seconds(10, List.of(), 0, 0, 3).isEmpty());
	}

	@Test
	void stepsTellInTheFirstEpoch() {
		// 10 of 40 steps took 5 s: 20 s an epoch, 200 s in all, 195 s to go
		assertEquals(195, TimeLeft.seconds(10, List.of(), 10, 40, 5).getAsDouble(), ROUNDING);
	}

	@Test
	void theRunningEpochCounts() {
		assertEquals(3 * 20 - 5, TimeLeft.seconds(5, List.of(20.0, 20.0), 1, 4, 5).getAsDouble(), ROUNDING);
	}

	@Test
	void anEpochThatLastsTooLongTakesNothingFromTheOthers() {
		assertEquals(2 * 20, TimeLeft.seconds(5, List.of(20.0, 20.0), 3, 4, 50).getAsDouble(), ROUNDING);
	}

	@Test
	void oneSlowEpochChangesNothing() {
		assertEquals(7 * 2, TimeLeft.seconds(10, List.of(100.0, 2.0, 2.0), 0, 0, 0).getAsDouble(), ROUNDING);
	}

	@Test
	void onlyRecentEpochsCount() {
		final List<Double> durations = new ArrayList<>(Collections.nCopies(20, 50.0));
		durations.addAll(Collections.nCopies(9, 2.0));
		assertEquals(2, TimeLeft.seconds(30, durations, 0, 0, 0).getAsDouble(), ROUNDING);
	}

	@Test
	void nothingIsLeftAfterTheLastEpoch() {
		assertEquals(0, TimeLeft.seconds(2, List.of(1.0, 1.0), 0, 0, 7).getAsDouble(), 0);
	}

	@Test
	void durationsRead() {
		assertEquals("00:00", TimeLeft.text(0.4));
		assertEquals("04:07", TimeLeft.text(247));
		assertEquals("59:59", TimeLeft.text(3599.4));
		assertEquals("1:00:00", TimeLeft.text(3599.6));
		assertEquals("26:03:09", TimeLeft.text(26 * 3600 + 3 * 60 + 9));
	}
}
