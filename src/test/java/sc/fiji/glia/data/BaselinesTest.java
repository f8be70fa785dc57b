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
package sc.fiji.glia.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.Baselines.Threshold;
import sc.fiji.glia.data.score.Confusion;
import sc.fiji.glia.data.score.SegmentationScores;

class BaselinesTest {

	@Test
	void allBackgroundFindsNothing() {
		final SampleList samples = SampleList.of(SampleList.row("a", "a", new float[4], 0, 1, 1, 255), SampleList.row("b", "b", new float[2], 0, 0));
		final SegmentationScores scores = Baselines.allBackground(samples, samples.all());
		assertEquals(new Confusion(0, 0, 2, 3), scores.pooled());
		assertEquals(0, scores.meanOfGroups(Confusion::dice));
	}

	@Test
	void brightAndDarkObjectsAreFound() {
		final Threshold bright = best(SampleList.row("a", "a", new float[] { 1, 2, 3, 4, 100 }, 0, 0, 1, 1, 255));
		assertEquals(new Threshold(0, 3, true, 1), bright);
		final Threshold dark = best(SampleList.row("a", "a", new float[] { 1, 2, 3, 4 }, 1, 1, 0, 0));
		assertEquals(new Threshold(0, 3, false, 1), dark);
	}

	@Test
	void theThresholdLiesInTheMiddleOfTheGap() {
		// 44 to 200 part these all the same; on other images the ends would be wrong first
		assertEquals(new Threshold(0, 122, true, 1), best(SampleList.row("a", "a", new float[] { 40, 43, 200, 210 }, 0, 0, 1, 1)));
		assertEquals(new Threshold(0, 122, false, 1), best(SampleList.row("a", "a", new float[] { 40, 43, 200, 210 }, 1, 1, 0, 0)));
	}

	@Test
	void theBetterChannelIsTaken() {
		final Sample s = new Sample("s", "s", 4, 1, new float[][] { { 1, 2, 1, 2 }, { 0.5f, 0.25f, -1.5f, -2 } }, SampleList.bytes(0, 0, 1, 1));
		final Threshold t = best(s);
		assertEquals(1, t.channel());
		assertFalse(t.above());
		assertEquals(1, Confusion.ofForeground(t.apply(s), s.labels()).dice());
	}

	@Test
	void noThresholdIsBetter() {
		final SplittableRandom random = new SplittableRandom(2);
		for (int trial = 0; trial < 30; trial++) {
			final SampleList samples = SampleList.of(random("a", random, trial % 2 == 0), random("b", random, trial % 2 == 0));
			final Threshold best = Baselines.bestThreshold(samples, samples.all());
			double highest = 0;
			for (int i = 0; i < 2; i++) for (final float value : samples.get(i).channels()[0]) for (final boolean above : new boolean[] { true, false }) {
				highest = Math.max(highest, new Threshold(0, value, above, 0).score(samples, samples.all()).pooled().dice());
			}
			assertEquals(highest, best.dice(), 1e-12);
			assertEquals(best.dice(), best.score(samples, samples.all()).pooled().dice(), 1e-12, "found on a histogram, applied to pixels");
		}
	}

	@Test
	void withoutForegroundOrContrast() {
		assertEquals(0, best(SampleList.row("a", "a", new float[] { 1, 2 }, 0, 0)).dice());
		assertEquals(2 / 3.0, best(SampleList.row("a", "a", new float[] { 5, 5 }, 0, 1)).dice(), 1e-15);
		final String message = assertThrows(IllegalArgumentException.class, () -> best(SampleList.row("a", "a", new float[2]))).getMessage();
		assertTrue(message.contains("labelled"), message);
	}

	private static Threshold best(final Sample sample) {
		return Baselines.bestThreshold(SampleList.of(sample), new int[] { 0 });
	}

	/** Few distinct values, far enough apart for the histogram to keep them apart. */
	private static Sample random(final String name, final SplittableRandom random, final boolean integers) {
		final float[] values = new float[60];
		final int[] labels = new int[60];
		for (int i = 0; i < 60; i++) {
			values[i] = integers ? random.nextInt(-5, 20) : random.nextInt(-50, 200) / 7f;
			labels[i] = random.nextInt(10) == 0 ? 255 : random.nextInt(3);
		}
		return SampleList.row(name, name, values, labels);
	}
}
