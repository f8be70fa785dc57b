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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.SampleList;

class ClassificationScoresTest {

	/** Sums of at most some thousand terms in double precision. */
	private static final double ROUNDING = 1e-12;

	/** 6 images: a a a b b c, predicted a a b b c b. */
	private static final ClassificationScores SMALL = scores(List.of("a", "b", "c"), SampleList.bytes(0, 0, 0, 1, 1, 2), new float[][] { { 0.5f, 0.25f, 0.25f
	}, { 0.75f, 0.25f, 0 }, { 0.25f, 0.5f, 0.25f }, { 0, 1, 0 }, { 0.125f, 0.125f, 0.75f }, { 0, 0.875f, 0.125f } });

	@Test
	void countsAreThoseDoneByHand() {
		assertArrayEquals(new long[][] { { 2, 1, 0 }, { 0, 1, 1 }, { 0, 1, 0 } }, SMALL.confusion());
		assertEquals(new Confusion(1, 2, 1, 2), SMALL.confusion(1));
		assertEquals(0.5, SMALL.accuracy(), 0);
		assertEquals((2.0 / 3 + 1.0 / 2 + 0) / 3, SMALL.balancedAccuracy(), ROUNDING);
		final ClassificationScores.ClassScore b = SMALL.perClass().get(1);
		assertEquals(2, b.support());
		assertEquals(1.0 / 3, b.precision(), ROUNDING);
		assertEquals(0.5, b.recall(), 0);
		assertEquals(0.5, b.specificity(), 0);
		assertEquals(2.0 / (2 + 2 + 1), b.f1(), ROUNDING);
		assertArrayEquals(new int[] { 5, 4, 2 }, SMALL.mistakes());
	}

	@Test
	void logLossAndBrierAreThoseDoneByHand() {
		final double logs = Math.log(0.5) + Math.log(0.75) + Math.log(0.25) + Math.log(1) + Math.log(0.125) + Math.log(0.125);
		assertEquals(-logs / 6, SMALL.logLoss(), ROUNDING);
		final double squares = (0.25 + 0.0625 * 2) + 0.0625 * 2 + (0.5625 + 0.25 + 0.0625) + 0 + (0.015625 + 0.765625 + 0.5625) + 0.765625 * 2;
		assertEquals(squares / 6, SMALL.brier(), ROUNDING);
		final ClassificationScores sure = scores(List.of("a", "b"), SampleList.bytes(1), new float[][] { { 1, 0 } });
		assertEquals(23 * Math.log(2), sure.logLoss(), ROUNDING);
	}

	@Test
	void areaUnderTheCurveIsTheShareOfOrderedPairs() {
		final SplittableRandom random = new SplittableRandom(3);
		for (int trial = 0; trial < 50; trial++) {
			final int n = random.nextInt(2, 60);
			final double[] score = new double[n];
			final boolean[] positive = new boolean[n];
			// few different scores, so that many are equal
			for (int i = 0; i < n; i++) {
				score[i] = random.nextInt(1 + trial % 9);
				positive[i] = random.nextBoolean();
			}
			positive[0] = true;
			positive[1] = false;
			double pairs = 0, ordered = 0;
			for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) if (positive[i] && !positive[j]) {
				pairs++;
				ordered += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
			}
			assertEquals(ordered / pairs, RocCurve.of(score, positive).auc(), ROUNDING);
		}
	}

	@Test
	void curveOfFourImages() {
		final RocCurve roc = RocCurve.of(new double[] { 0.2, 0.7, 0.7, 0.9 }, new boolean[] { false, true, false, true });
		assertArrayEquals(new double[] { Double.POSITIVE_INFINITY, 0.9, 0.7, 0.2 }, roc.threshold());
		assertArrayEquals(new double[] { 0, 0, 0.5, 1 }, roc.falsePositiveRate());
		assertArrayEquals(new double[] { 0, 0.5, 1, 1 }, roc.truePositiveRate());
		assertEquals(0.875, roc.auc(), 0);
		assertEquals(Double.NaN, RocCurve.of(new double[] { 1, 2 }, new boolean[2]).auc());
		assertEquals(Double.NaN, RocCurve.of(new double[0], new boolean[0]).auc());
	}

	@Test
	void calibrationErrorIsTheMeanGapOfTheBins() {
		// bin 9 (0.6 to 0.667): 0.625 twice, one right; bin 14: 0.95 right, 1 wrong
		final Reliability r = Reliability.of(new double[] { 0.625, 0.625, 0.95, 1 }, new boolean[] { true, false, true, false });
		assertEquals((2 * 0.125 + 2 * (0.975 - 0.5)) / 4, r.error(), ROUNDING);
		assertEquals(Reliability.BINS, r.bins().size());
		assertEquals(new Reliability.Bin(9.0 / 15, 10.0 / 15, 2, 0.625, 0.5), r.bins().get(9));
		assertEquals(2, r.bins().get(14).count());
		assertEquals(Double.NaN, r.bins().get(0).accuracy());
	}

	@Test
	void classWithoutExamplesHasNoScores() {
		final ClassificationScores s = scores(List.of("a", "b", "c"), SampleList.bytes(0, 0, 1, 1), new float[][] { { 0.8f, 0.1f, 0.1f }, { 0.2f, 0.1f, 0.7f
		}, { 0.6f, 0.3f, 0.1f }, { 0.6f, 0.3f, 0.1f } });
		final ClassificationScores.ClassScore b = s.perClass().get(1), c = s.perClass().get(2);
		assertEquals(Double.NaN, b.precision());
		assertEquals(0, b.f1(), 0);
		assertEquals(0, c.precision(), 0);
		assertEquals(Double.NaN, c.recall());
		assertEquals(Double.NaN, c.f1());
		assertEquals(Double.NaN, c.auc());
		assertEquals(0.75, c.specificity(), 0);
		assertEquals(0.25, s.balancedAccuracy(), 0);
		final Map<String, Metric> metrics = byName(s);
		assertEquals((1.0 / 3 + 0) / 2, metrics.get("macro_precision").value(), ROUNDING);
		assertEquals(0.25, metrics.get("macro_recall").value(), 0);
		assertEquals(Double.NaN, metrics.get("recall: c").value());
		assertEquals(Double.NaN, metrics.get("recall: c").low());
	}

	@Test
	void metricsAreTheScores() {
		final ClassificationScores s = random(300, 4, 300, 5);
		final List<Metric> metrics = s.metrics(1);
		assertEquals("accuracy", metrics.get(0).name());
		final Map<String, Metric> by = byName(s);
		assertEquals(s.accuracy(), by.get("accuracy").value(), ROUNDING);
		assertEquals(s.balancedAccuracy(), by.get("balanced_accuracy").value(), ROUNDING);
		assertEquals(s.logLoss(), by.get("log_loss").value(), ROUNDING);
		assertEquals(s.brier(), by.get("brier").value(), ROUNDING);
		assertEquals(s.reliability().error(), by.get("ece").value(), ROUNDING);
		double f1 = 0, auc = 0, specificity = 0, precision = 0;
		for (final ClassificationScores.ClassScore c : s.perClass()) {
			assertEquals(c.precision(), by.get("precision: " + c.name()).value(), ROUNDING);
			assertEquals(c.recall(), by.get("recall: " + c.name()).value(), ROUNDING);
			assertEquals(c.specificity(), by.get("specificity: " + c.name()).value(), ROUNDING);
			assertEquals(c.f1(), by.get("f1: " + c.name()).value(), ROUNDING);
			assertEquals(c.auc(), by.get("auc: " + c.name()).value(), ROUNDING);
			f1 += c.f1() / 4;
			auc += c.auc() / 4;
			specificity += c.specificity() / 4;
			precision += c.precision() / 4;
		}
		assertEquals(f1, by.get("macro_f1").value(), ROUNDING);
		assertEquals(auc, by.get("macro_auc").value(), ROUNDING);
		assertEquals(specificity, by.get("macro_specificity").value(), ROUNDING);
		assertEquals(precision, by.get("macro_precision").value(), ROUNDING);
		assertEquals(10 + 5 * 4, metrics.size());
		assertEquals(metrics, s.metrics(1));
		for (final Metric m : metrics) assertTrue(m.low() <= m.value() + 0.02 && m.value() - 0.02 <= m.high(), m.toString());
	}

	@Test
	void intervalOfAccuracyIsThatOfTheBinomialDistribution() {
		final ClassificationScores s = random(400, 2, 400, 7);
		assertFalse(s.isGrouped());
		final Metric accuracy = s.metrics(2).get(0);
		final double p = accuracy.value(), deviation = Math.sqrt(p * (1 - p) / 400);
		// the 2.5 % point of 1000 resamples has a standard error of sqrt(0.025 * 0.975 / 1000) / 0.058 = 0.085 deviations: 4 of them
		assertEquals(p - 1.96 * deviation, accuracy.low(), 0.35 * deviation + 1.0 / 400);
		assertEquals(p + 1.96 * deviation, accuracy.high(), 0.35 * deviation + 1.0 / 400);
	}

	@Test
	void copiesInAGroupDoNotNarrowTheInterval() {
		final ClassificationScores one = random(100, 2, 100, 9);
		final int copies = 9;
		final byte[] labels = new byte[100 * copies];
		final float[][] p = new float[labels.length][];
		for (int i = 0; i < labels.length; i++) {
			labels[i] = one.labels()[i / copies];
			p[i] = one.probabilities()[i / copies];
		}
		final ClassificationScores grouped = new ClassificationScores(one.classes(), labels, p, IntStream.range(0, labels.length).mapToObj(i -> "g" + i /
			copies).toList());
		assertTrue(grouped.isGrouped());
		assertEquals(one.metrics(4).get(0).low(), grouped.metrics(4).get(0).low(), ROUNDING);
		final Metric apart = scores(one.classes(), labels, p).metrics(4).get(0), whole = grouped.metrics(4).get(0);
		// the square root of 9 images in a group
		assertEquals(3, (whole.high() - whole.low()) / (apart.high() - apart.low()), 0.8);
	}

	/** Resamples of images that are all right say nothing of how sure that is: 6 of 6 happen in 2.5 % of the cases at an accuracy of 0.541. */
	@Test
	void withoutMistakesTheIntervalIsExact() {
		final float[][] p = { { 0.9f, 0.1f, 0 }, { 0.8f, 0.2f, 0 }, { 0.9f, 0.1f, 0 }, { 0.7f, 0.2f, 0.1f }, { 0.1f, 0.9f, 0 }, { 0.2f, 0.8f, 0 } };
		final Map<String, Metric> all = byName(scores(List.of("a", "b", "c"), SampleList.bytes(0, 0, 0, 0, 1, 1), p));
		assertEquals(new Metric("accuracy", 1, Math.pow(0.025, 1 / 6.0), 1), all.get("accuracy"));
		assertEquals(0.025, Math.pow(all.get("accuracy").low(), 6), 1e-12);
		assertEquals(Math.pow(0.025, 1 / 4.0), all.get("balanced_accuracy").low(), 1e-12, "2 classes of at least 2");
		assertEquals(Math.pow(0.025, 1 / 2.0), all.get("recall: b").low(), 1e-12);
		assertEquals(Math.pow(0.025, 1 / 4.0), all.get("specificity: b").low(), 1e-12);
		assertEquals(Math.pow(0.025, 1 / 4.0), all.get("precision: a").low(), 1e-12);
		assertEquals(Double.NaN, all.get("auc: a").low());
		assertEquals(Double.NaN, all.get("macro_auc").high());
		final Map<String, Metric> none = byName(scores(List.of("a", "b", "c"), SampleList.bytes(1, 1, 1, 2, 0, 0), p));
		assertEquals(new Metric("accuracy", 0, 0, 1 - Math.pow(0.025, 1 / 6.0)), none.get("accuracy"));
		assertEquals(new Metric("recall: a", 0, 0, 1 - Math.pow(0.025, 1 / 2.0)), none.get("recall: a"));
		final Map<String, Metric> grouped = byName(new ClassificationScores(List.of("a", "b", "c"), SampleList.bytes(0, 0, 0, 0, 1, 1), p, List.of("p", "p", "p",
			"q", "r", "r")));
		assertEquals(Math.pow(0.025, 1 / 3.0), grouped.get("accuracy").low(), 1e-12, "groups are independent, images are not");
	}

	@Test
	void oneGroupHasNoInterval() {
		final Metric accuracy = random(50, 2, 1, 1).metrics(0).get(0);
		assertTrue(accuracy.value() > 0);
		assertEquals(Double.NaN, accuracy.low());
		assertEquals(Double.NaN, accuracy.high());
	}

	@Test
	void whatDoesNotFitIsSaid() {
		final byte[] label = { 1 };
		assertThrows(IllegalArgumentException.class, () -> scores(List.of("a", "b"), new byte[0], new float[0][]));
		assertThrows(IllegalArgumentException.class, () -> scores(List.of("a"), label, new float[][] { { 1 } }));
		assertThrows(IllegalArgumentException.class, () -> scores(List.of("a", "b"), label, new float[][] { { 1 } }));
		assertThrows(IllegalArgumentException.class, () -> scores(List.of("a", "b"), label, new float[][] { { Float.NaN, 1 } }));
		assertThrows(IllegalArgumentException.class, () -> scores(List.of("a", "b"), label, new float[][] { { 3, -2 } }));
	}

	private static Map<String, Metric> byName(final ClassificationScores scores) {
		return scores.metrics(1).stream().collect(Collectors.toMap(Metric::name, Function.identity()));
	}

	private static ClassificationScores scores(final List<String> classes, final byte[] labels, final float[][] probabilities) {
		return new ClassificationScores(classes, labels, probabilities, IntStream.range(0, labels.length).mapToObj(i -> "image " + i).toList());
	}

	/** Predictions that are right more often than not; many probabilities are equal. */
	private static ClassificationScores random(final int n, final int classes, final int groups, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final byte[] labels = new byte[n];
		final float[][] p = new float[n][classes];
		for (int i = 0; i < n; i++) {
			labels[i] = (byte) random.nextInt(classes);
			float sum = 0;
			for (int c = 0; c < classes; c++) sum += p[i][c] = (float) Math.exp(random.nextInt(4) + (c == labels[i] ? 1 : 0));
			for (int c = 0; c < classes; c++) p[i][c] /= sum;
		}
		return new ClassificationScores(IntStream.range(0, classes).mapToObj(c -> "c" + c).toList(), labels, p, IntStream.range(0, n).mapToObj(i -> "g" + i %
			groups).toList());
	}
}
