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
package sc.fiji.glia.task.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.ClassBaselines;
import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.data.score.Metric;
import sc.fiji.glia.task.report.ClassificationReport.JudgedOn;

/** What a report says before everything else. */
class VerdictTest {

	@Test
	void nothingIfTheNetworkIsBetter() {
		assertEquals(List.of(), verdict(0.9, 0.85, 0.9, 0.85, baseline(0.84, 0.84)));
	}

	@Test
	void noBetterWithinTheMargin() {
		assertEquals(List.of(
			"This network (accuracy 0.900, balanced accuracy 0.880) is no better than the trivial baseline \u201cx\u201d (0.895, 0.950): do not use it as it is."),
			verdict(0.9, 0.8, 0.88, 0.8, baseline(0.895, 0.95)));
		assertEquals(1, verdict(0.9, 0.899, 0.9, 0.899, baseline(0.891, 0.891)).size(), "the margin counts where the interval is narrow");
		assertEquals(0, verdict(0.9, 0.899, 0.9, 0.899, baseline(0.889, 0.889)).size());
		assertEquals(1, verdict(0.9, Double.NaN, 0.9, Double.NaN, baseline(0.9, 0.9)).size());
		assertEquals(0, verdict(0.9, Double.NaN, 0.9, Double.NaN, baseline(0.8, 0.8)).size(), "no interval");
	}

	@Test
	void notClearlyBetterWithinTheInterval() {
		assertEquals(List.of("This network (accuracy 0.900 [0.800 to 1.000], balanced accuracy 0.900 [0.800 to 1.000]) is not clearly better than the trivial" +
			" baseline \u201cx\u201d (0.850, 0.850): there are too few images to tell them apart."), verdict(0.9, 0.8, 0.9, 0.8, baseline(0.85, 0.85)));
	}

	/** Nine of ten images are of one class: the majority class is right as often, but finds no other. */
	@Test
	void oneMeasureMayMatchAlone() {
		assertEquals(List.of("This network (accuracy 0.905) is no better than the trivial baseline \u201cx\u201d (0.900), though it is by balanced accuracy (0.800)."),
			verdict(0.905, 0.88, 0.8, 0.7, baseline(0.9, 0.5)));
		assertEquals(List.of(
			"This network (balanced accuracy 0.800) is no better than the trivial baseline \u201cx\u201d (0.810), though it is by accuracy (0.950)."), verdict(
				0.95, 0.9, 0.8, 0.7, baseline(0.85, 0.81)));
	}

	@Test
	void theGravestComesFirst() {
		final List<String> all = report(JudgedOn.VALIDATION, 0.9, 0.8, 0.9, 0.8, List.of("copies"), new ClassBaselines.Score("a", 0.85, 0.85),
			new ClassBaselines.Score("b", 0.95, 0.95), new ClassBaselines.Score("c", 0.91, 0.97)).verdict();
		assertEquals(4, all.size(), all.toString());
		assertTrue(all.get(0).contains("no better than the trivial baselines \u201cb\u201d (0.950, 0.950) and \u201cc\u201d (0.910, 0.970)"), all.get(0));
		assertTrue(all.get(1).contains("not clearly better than the trivial baseline \u201ca\u201d"), all.get(1));
		assertEquals("copies", all.get(2));
		assertTrue(all.get(3).contains("chosen by these very images, so the scores are a little too good"), all.get(3));
		assertTrue(report(JudgedOn.TRAINING, 1, 1, 1, 1, List.of("copies"), baseline(1, 1)).verdict().get(0).startsWith(
			"Judged on the very images it was trained on"));
	}

	@Test
	void oneClassIsNotCompared() {
		final ClassificationScores one = ClassificationResultsTest.scores(new int[] { 1, 1 }, 0.1, 0.1);
		final List<String> all = report(one, JudgedOn.TEST, 1, 1, 1, 1, List.of("copies"), baseline(1, 1)).verdict();
		assertEquals(2, all.size(), all.toString());
		assertTrue(all.get(0).startsWith("All 2 test images are of class"), all.get(0));
		assertEquals("copies", all.get(1));
	}

	private static ClassBaselines.Score baseline(final double accuracy, final double balanced) {
		return new ClassBaselines.Score("x", accuracy, balanced);
	}

	private static List<String> verdict(final double accuracy, final double low, final double balanced, final double lowBalanced,
		final ClassBaselines.Score... baselines)
	{
		return report(JudgedOn.TEST, accuracy, low, balanced, lowBalanced, List.of(), baselines).verdict();
	}

	private static ClassificationReport report(final JudgedOn judged, final double accuracy, final double low, final double balanced,
		final double lowBalanced, final List<String> warnings, final ClassBaselines.Score... baselines)
	{
		return report(ClassificationResultsTest.scores(new int[] { 0, 1 }, 0.9, 0.1), judged, accuracy, low, balanced, lowBalanced, warnings, baselines);
	}

	private static ClassificationReport report(final ClassificationScores any, final JudgedOn judged, final double accuracy, final double low,
		final double balanced, final double lowBalanced, final List<String> warnings, final ClassBaselines.Score... baselines)
	{
		return new ClassificationReport("x", Optional.empty(), Optional.empty(), judged, any, List.of(new Metric("accuracy", accuracy, low, 1), new Metric(
			"balanced_accuracy", balanced, lowBalanced, 1)), new ClassBaselines(List.of(baselines)), warnings, List.of(), List.of(), List.of(), Optional
				.empty(), List.of(), List.of(), Map.of());
	}
}
