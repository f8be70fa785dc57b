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
package sc.fiji.glia.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class ComparisonTest {

	private static String line(final int round, final String engine, final int threads, final double millis, final int memory) {
		return "{\"round\":" + round + ",\"workload\":\"w\",\"engine\":\"" + engine + "\",\"threads\": " + threads + ",\"median_ms\":" + millis +
			",\"peak_rss_mb\": " + memory + ",\"loss\":[0.7,0.6]" + (engine.startsWith("glia") ? ",\"java\":\"17\"" : "") + "}";
	}

	/** The ratio is formed within each round, with what was fastest in that round, and the median is taken of the ratios. */
	@Test
	void comparesWithinEachRound() {
		final List<String> text = Comparison.table(List.of( //
			line(1, "glia-vector", 1, 100, 50), line(1, "a", 1, 300, 900), line(1, "b", 1, 400, 800), //
			line(2, "glia-vector", 1, 200, 60), line(2, "a", 1, 500, 900), line(2, "b", 1, 480, 800), //
			line(3, "glia-vector", 1, 100, 50), line(3, "a", 1, 310, 900), line(3, "b", 1, 420, 800), //
			line(1, "a", 2, 1, 1), "{\"workload\":\"w\",\"engine\":\"c\",\"skipped\":true}"));
		// ratios 300/100, 480/200, 310/100; the fastest by its median is a (300, 310, 500)
		assertTrue(text.contains("| w | vector | 100 | a | 310 | **3.00** | 3.00, 2.40, 3.10 | 50.0 | 800 | 0.7 to 0.6 | 0.7 to 0.6 |"), text::toString);
		assertEquals("**1 thread, Java 17**", text.get(1));
	}

	@Test
	void tellsWhatTwoThreadsGain() {
		final List<String> text = Comparison.table(List.of(line(1, "glia-plain", 1, 190, 1), line(1, "glia-plain", 2, 100, 1)));
		assertTrue(text.contains("| w | plain | 1.90 |"), text::toString);
	}

	@Test
	void namesTheMissingField() {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> Comparison.table(List.of("{\"median_ms\":1}")));
		assertTrue(e.getMessage().contains("'round'"), e.getMessage());
	}

	/** Two operations for each multiplication and addition; sums by hand for the smallest U-Net, one image. */
	@Test
	void countsArithmetic() {
		final long full = 256 * 256, half = full / 4, quarter = full / 16;
		final long macs = 9 * 16 * full + 9 * 16 * 32 * half + 9 * 32 * 64 * quarter + 9 * 96 * 32 * half + 9 * 48 * 16 * full + 16 * full;
		assertEquals(2e-9 * macs, Workload.of("w1-small-infer").gflop(), 1e-12);
		assertEquals(2e-9 * 8 * (3 * macs - 9 * 16 * full), Workload.of("w1-small-train").gflop(), 1e-9);
	}

	@Test
	void countsArithmeticOfDenseLayers() {
		final long conv = 9L * 32 * 128 * 128, rest = 9L * 32 * 64 * 64 * 64 + 64 * 32 * 32 * 128 + 128 * 64 + 64 * 2;
		assertEquals(2e-9 * 32 * (2 * conv + 3 * rest), Workload.of("w2-train").gflop(), 1e-9);
		assertEquals(2e-9 * 41000 * (2 * 784 * 10 + 3 * 10 * 10), Workload.of("w4-train").gflop(), 1e-9);
	}
}
