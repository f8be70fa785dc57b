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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Bootstrap of classification scores. A resample is a number of times for each image; every score is computed of such weights, so that the value
 * itself, of weights 1, and the resamples come of the same formulas and images are sorted once.
 */
final class Bootstrap {

	static final int RESAMPLES = 1000;
	private static final int PER_CLASS = 5, MACRO_AUC = 6, LOSSES = 7;
	/** Share of the chances beyond each end of a 95 % interval. */
	private static final double TAIL = 0.025;
	private static final List<String> OVERALL = List.of("accuracy", "balanced_accuracy", "macro_precision", "macro_recall", "macro_specificity", "macro_f1",
		"macro_auc", "log_loss", "brier", "ece");
	private static final List<String> OF_CLASS = List.of("precision", "recall", "specificity", "f1", "auc");

	private final ClassificationScores scores;
	private final int n, classes;
	private final int[] predicted, group, bin;
	private final int groups;
	private final double[] confidence, logLoss, brier;
	/** Images by ascending probability of each class, and whether the next one has a higher one. */
	private final int[][] order;
	private final boolean[][] last;

	Bootstrap(final ClassificationScores scores) {
		this.scores = scores;
		n = scores.size();
		classes = scores.classes().size();
		predicted = IntStream.range(0, n).map(scores::predicted).toArray();
		confidence = IntStream.range(0, n).mapToDouble(scores::confidence).toArray();
		bin = Arrays.stream(confidence).mapToInt(Reliability::bin).toArray();
		logLoss = IntStream.range(0, n).mapToDouble(scores::logLoss).toArray();
		brier = IntStream.range(0, n).mapToDouble(scores::brier).toArray();
		final Map<String, Integer> numbers = new HashMap<>();
		group = scores.groups().stream().mapToInt(g -> numbers.computeIfAbsent(g, name -> numbers.size())).toArray();
		groups = numbers.size();
		order = new int[classes][];
		last = new boolean[classes][n];
		for (int c = 0; c < classes; c++) {
			final int k = c;
			order[c] = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> scores.probabilities()[i][k])).mapToInt(i -> i).toArray();
			for (int i = 0; i < n; i++) last[c][i] = i == n - 1 || probability(c, i) != probability(c, i + 1);
		}
	}

	private float probability(final int c, final int place) {
		return scores.probabilities()[order[c][place]][c];
	}

	/** @param each called before each resample, by several threads; what it throws ends the work */
	List<Metric> metrics(final long seed, final Runnable each) {
		final int[] once = new int[n];
		Arrays.fill(once, 1);
		final double[] values = values(once);
		final SplittableRandom random = new SplittableRandom(seed);
		final long[] seeds = random.longs(groups > 1 ? RESAMPLES : 0).toArray();
		final double[][] resampled = Arrays.stream(seeds).parallel().mapToObj(s -> {
			each.run();
			return values(resample(new SplittableRandom(s)));
		}).toArray(double[][]::new);
		final List<Metric> metrics = new ArrayList<>();
		for (int m = 0; m < values.length; m++) {
			final int k = m;
			final double[] sorted = Arrays.stream(resampled).mapToDouble(r -> r[k]).filter(v -> !Double.isNaN(v)).sorted().toArray();
			final boolean defined = !Double.isNaN(values[m]) && 2 * sorted.length > RESAMPLES;
			if (defined && isUniform(m, values[m])) metrics.add(uniform(m, values[m]));
			else metrics.add(new Metric(name(m), values[m], defined ? percentile(sorted, TAIL) : Double.NaN, defined ? percentile(sorted, 1 - TAIL) : Double.NaN));
		}
		return metrics;
	}

	/** Whether a score is 1 or 0 as all or none of its images are right: it is the same in every resample, however few images there are. */
	private static boolean isUniform(final int m, final double value) {
		return (m < LOSSES || m >= OVERALL.size()) && (value == 1 || value == 0);
	}

	/** The exact interval of a share of 1 or 0, see {@link ClassificationScores#metrics}; none for areas, which are no shares of images. */
	private Metric uniform(final int m, final double value) {
		final int n = independent(m);
		final double end = n == 0 ? Double.NaN : Math.pow(TAIL, 1.0 / n), other = n == 0 ? Double.NaN : value;
		return value == 1 ? new Metric(name(m), value, end, other) : new Metric(name(m), value, other, 1 - end);
	}

	/** Number of groups that a score is of; 0 if it is an area. */
	private int independent(final int m) {
		if (m == 0) return groups;
		if (m < OVERALL.size()) return m == MACRO_AUC ? 0 : ofClasses();
		final int c = (m - OVERALL.size()) / PER_CLASS;
		return switch ((m - OVERALL.size()) % PER_CLASS) {
			case 0 -> groups(i -> predicted[i] == c);
			case 1 -> groups(i -> scores.labels()[i] == c);
			case 2 -> groups(i -> scores.labels()[i] != c);
			case 3 -> groups(i -> scores.labels()[i] == c || predicted[i] == c);
			default -> 0;
		};
	}

	/** As many for each class as the class of the fewest has; exact for classes equally frequent, for others an interval that is rather too wide. */
	private int ofClasses() {
		final int[] each = IntStream.range(0, classes).map(c -> groups(i -> scores.labels()[i] == c)).filter(g -> g > 0).toArray();
		return each.length * Arrays.stream(each).min().orElseThrow();
	}

	private int groups(final IntPredicate chosen) {
		return (int) IntStream.range(0, n).filter(chosen).map(i -> group[i]).distinct().count();
	}

	private String name(final int m) {
		if (m < OVERALL.size()) return OVERALL.get(m);
		return OF_CLASS.get((m - OVERALL.size()) % PER_CLASS) + ": " + scores.classes().get((m - OVERALL.size()) / PER_CLASS);
	}

	/** Between the two values that it falls between, in proportion. */
	private static double percentile(final double[] sorted, final double share) {
		final double place = share * (sorted.length - 1);
		final int below = (int) place;
		return below == sorted.length - 1 ? sorted[below] : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
	}

	private int[] resample(final SplittableRandom random) {
		final int[] times = new int[groups];
		for (int g = 0; g < groups; g++) times[random.nextInt(groups)]++;
		final int[] weights = new int[n];
		for (int i = 0; i < n; i++) weights[i] = times[group[i]];
		return weights;
	}

	private double[] values(final int[] weights) {
		final double[] values = new double[OVERALL.size() + PER_CLASS * classes];
		final double[] tp = new double[classes], fp = new double[classes], support = new double[classes];
		double all = 0, right = 0;
		for (int i = 0; i < n; i++) {
			final int w = weights[i], label = scores.labels()[i];
			all += w;
			support[label] += w;
			if (predicted[i] == label) {
				tp[label] += w;
				right += w;
			}
			else fp[predicted[i]] += w;
			values[7] += w * logLoss[i];
			values[8] += w * brier[i];
		}
		values[0] = right / all;
		values[7] /= all;
		values[8] /= all;
		values[9] = calibrationError(weights, all);
		for (int c = 0; c < classes; c++) {
			final int at = OVERALL.size() + PER_CLASS * c;
			values[at] = EmptyRule.ratio(tp[c], tp[c] + fp[c]);
			values[at + 1] = EmptyRule.ratio(tp[c], support[c]);
			values[at + 2] = EmptyRule.ratio(all - support[c] - fp[c], all - support[c]);
			values[at + 3] = support[c] == 0 ? Double.NaN : 2 * tp[c] / (tp[c] + fp[c] + support[c]);
			values[at + 4] = auc(c, weights, support[c], all - support[c]);
		}
		for (int s = 0; s < PER_CLASS; s++) values[2 + s] = macro(values, s, support);
		values[1] = values[3];
		return values;
	}

	/** Mean over the classes with examples: a precision that is not defined is 0 there, other scores that are not are left out. */
	private double macro(final double[] values, final int score, final double[] support) {
		double sum = 0, count = 0;
		for (int c = 0; c < classes; c++) {
			final double value = values[OVERALL.size() + PER_CLASS * c + score];
			if (support[c] == 0 || score != 0 && Double.isNaN(value)) continue;
			sum += Double.isNaN(value) ? 0 : value;
			count++;
		}
		return sum / count;
	}

	private double calibrationError(final int[] weights, final double all) {
		final double[] gap = new double[Reliability.BINS];
		for (int i = 0; i < n; i++) gap[bin[i]] += weights[i] * (confidence[i] - (predicted[i] == scores.labels()[i] ? 1 : 0));
		return Arrays.stream(gap).map(Math::abs).sum() / all;
	}

	/** Statistic of Mann and Whitney by the number of pairs: pairs in which the positive has the higher score, and half of those with equal ones. */
	private double auc(final int c, final int[] weights, final double positives, final double others) {
		double pairs = 0, below = 0, tiedPositives = 0, tiedOthers = 0;
		for (int k = 0; k < n; k++) {
			final int i = order[c][k];
			if (scores.labels()[i] == c) tiedPositives += weights[i];
			else tiedOthers += weights[i];
			if (!last[c][k]) continue;
			pairs += tiedPositives * (below + tiedOthers / 2);
			below += tiedOthers;
			tiedPositives = 0;
			tiedOthers = 0;
		}
		return EmptyRule.ratio(pairs, positives * others);
	}
}
