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
package sc.fiji.glia.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

class ToldTest {

	private static final long MS = 1_000_000;

	private final List<String> lines = new ArrayList<>();
	private final List<Double> shares = new ArrayList<>();
	private long now;
	private boolean cancelled;
	private final Told told = new Told(lines::add, shares::add, () -> cancelled, () -> now);

	@Test
	void theFirstAndTheLastItemAreToldAndOthersTenTimesASecond() {
		for (int i = 1; i <= 25; i++) {
			told.at("reading image", i, 25);
			now += 10 * MS;
		}
		assertEquals(List.of("Glia: reading image 1 of 25", "Glia: reading image 11 of 25", "Glia: reading image 21 of 25", "Glia: reading image 25 of 25"), lines);
		assertEquals(List.of(0.0, 0.4, 0.8, 0.96), shares);
		told.at("reading image", 25, 25);
		assertEquals(4, lines.size(), "the last item once");
		told.at("comparing image", 1, 2);
		assertEquals("Glia: comparing image 1 of 2", lines.get(4), "another phase is told at once");
	}

	@Test
	void afterTwoSecondsItSaysHowLongItWillTake() {
		for (int i = 1; i <= 400; i++) {
			told.at("reading image", i, 400);
			now += 100 * MS;
		}
		assertEquals("Glia: reading image 20 of 400", lines.get(19));
		// 20 images took 2 s, 380 are left
		assertEquals("Glia: reading image 21 of 400, 38 s left", lines.get(20));
		now = 0;
		told.at("training image", 1, 2000);
		now += 10_000 * MS;
		told.at("training image", 11, 2000);
		assertEquals("Glia: training image 11 of 2000, 33 min left", lines.get(lines.size() - 1), "1990 s");
	}

	@Test
	void whoHasCancelledHearsNoMore() {
		told.at("reading image", 1, 3);
		cancelled = true;
		assertThrows(CancellationException.class, () -> told.at("reading image", 2, 3));
		assertThrows(CancellationException.class, () -> told.now("judging"));
		assertThrows(CancellationException.class, () -> told.asked("reading image", 2, 3).getAsBoolean());
		assertEquals(List.of("Glia: reading image 1 of 3"), lines);
	}
}
