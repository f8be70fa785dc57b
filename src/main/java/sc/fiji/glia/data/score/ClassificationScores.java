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

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Scores of predicted classes. An image is given the class of the highest probability, the first of several.
 * <p>
 * What is not defined is NaN: recall, F1 and AUC of a class without examples, specificity and AUC of one that all images have, precision of one
 * that is never predicted. Macro scores are means over the classes that have examples; one of them that is never predicted counts there with
 * precision 0.
 *
 * @param classes names of the classes
 * @param labels class of each image
 * @param probabilities probability of each class, {@code [image][class]}
 * @param groups group of each image: images of one are not independent
 */
public record ClassificationScores(List<String> classes, byte[] labels, float[][] probabilities, List<String> groups) {

	/** The smallest probability in {@link #logLoss}, so that it is finite: 2^-23, the relative precision of probabilities as float. */
	public static final double SMALLEST_PROBABILITY = 0x1p-23;

	/** Number of bootstrap resamples behind an interval. */
	public static final int RESAMPLES = Bootstrap.RESAMPLES;

	/**
	 * Scores of one class against all others.
	 *
	 * @param name its name
	 * @param support number of its images
	 * @param precision share of the images given this class that are of it
	 * @param recall share of its images that are given it (sensitivity)
	 * @param specificity share of the other images that are not given it
	 * @param f1 {@code 2 tp / (2 tp + fp + fn)}
	 * @param auc area under {@link #roc}
	 */
	public record ClassScore(String name, long support, double precision, double recall, double specificity, double f1, double auc) {}

	/**
	 * Checks that all fits. The arrays are not copied.
	 *
	 * @throws IllegalArgumentException if there are no images, lengths differ, a label is no class, or a probability is not from 0 to 1
	 */
	public ClassificationScores {
		classes = List.copyOf(classes);
		groups = List.copyOf(groups);
		final int n = labels.length;
		if (n == 0) throw new IllegalArgumentException("Scores: expected at least 1 image, got 0");
		if (probabilities.length != n || groups.size() != n) throw new IllegalArgumentException("Scores: expected probabilities and groups of " + n +
			" images, got " + probabilities.length + " and " + groups.size());
		for (int i = 0; i < n; i++) {
			if (labels[i] < 0 || labels[i] >= classes.size()) throw new IllegalArgumentException("Scores: image " + i + " has class " + labels[i] + " of " +
				classes.size());
			if (probabilities[i].length != classes.size()) throw new IllegalArgumentException("Scores: expected " + classes.size() +
				" probabilities of image " + i + ", got " + probabilities[i].length);
			for (final float p : probabilities[i]) if (!(p >= 0 && p <= 1.0001f)) throw new IllegalArgumentException(
				"Scores: expected probabilities from 0 to 1, image " + i + " has " + p);
		}
	}

	/** The class that an image of these probabilities is given: that of the highest, the first of several. */
	public static int best(final float[] probabilities) {
		int best = 0;
		for (int c = 1; c < probabilities.length; c++) if (probabilities[c] > probabilities[best]) best = c;
		return best;
	}

	/** The class that all images are of; empty if they are of several. */
	public Optional<String> onlyClass() {
		for (final byte label : labels) if (label != labels[0]) return Optional.empty();
		return Optional.of(classes.get(labels[0]));
	}

	/** Number of images. */
	public int size() {
		return labels.length;
	}

	/** The class image {@code i} is given. */
	public int predicted(final int i) {
		return best(probabilities[i]);
	}

	/** Probability of the class image {@code i} is given. */
	public double confidence(final int i) {
		return probabilities[i][predicted(i)];
	}

	/** True if image {@code i} is given its class. */
	public boolean isRight(final int i) {
		return predicted(i) == labels[i];
	}

	/** Numbers of images, {@code [class][predicted class]}. */
	public long[][] confusion() {
		final long[][] counts = new long[classes.size()][classes.size()];
		for (int i = 0; i < size(); i++) counts[labels[i]][predicted(i)]++;
		return counts;
	}

	/** Images of one class against all others, counted. */
	public Confusion confusion(final int c) {
		long tp = 0, fp = 0, fn = 0;
		for (int i = 0; i < size(); i++) {
			final boolean is = labels[i] == c, given = predicted(i) == c;
			if (is && given) tp++;
			else if (given) fp++;
			else if (is) fn++;
		}
		return new Confusion(tp, fp, fn, size() - tp - fp - fn);
	}

	/** Share of images that are given their class. */
	public double accuracy() {
		return (double) IntStream.range(0, size()).filter(this::isRight).count() / size();
	}

	/** Mean recall of the classes that have examples. */
	public double balancedAccuracy() {
		return IntStream.range(0, classes.size()).mapToObj(this::confusion).filter(Confusion::isInReference).mapToDouble(Confusion::sensitivity).average()
			.orElseThrow();
	}

	/** Scores of each class. */
	public List<ClassScore> perClass() {
		return IntStream.range(0, classes.size()).mapToObj(c -> {
			final Confusion n = confusion(c);
			return new ClassScore(classes.get(c), n.tp() + n.fn(), n.precision(), n.sensitivity(), n.specificity(), n.isInReference() ? n.dice()
				: Double.NaN, roc(c).auc());
		}).toList();
	}

	/** Receiver operating characteristic of one class against all others, by its probability. */
	public RocCurve roc(final int c) {
		final double[] score = new double[size()];
		final boolean[] positive = new boolean[size()];
		for (int i = 0; i < size(); i++) {
			score[i] = probabilities[i][c];
			positive[i] = labels[i] == c;
		}
		return RocCurve.of(score, positive);
	}

	/** Mean of minus the natural logarithm of the probability of the image's class, but see {@link #SMALLEST_PROBABILITY}. */
	public double logLoss() {
		return IntStream.range(0, size()).mapToDouble(this::logLoss).sum() / size();
	}

	/** Mean squared distance of the probabilities from 1 for the image's class and 0 for others, summed over classes: 0 to 2 (Brier 1950). */
	public double brier() {
		return IntStream.range(0, size()).mapToDouble(this::brier).sum() / size();
	}

	/** Confidence against accuracy. */
	public Reliability reliability() {
		final double[] confidence = IntStream.range(0, size()).mapToDouble(this::confidence).toArray();
		final boolean[] right = new boolean[size()];
		for (int i = 0; i < right.length; i++) right[i] = isRight(i);
		return Reliability.of(confidence, right);
	}

	/** Images that are given another class than theirs, the most confident first. */
	public int[] mistakes() {
		final Comparator<Integer> confident = Comparator.comparingDouble(i -> -confidence(i));
		return IntStream.range(0, size()).filter(i -> !isRight(i)).boxed().sorted(confident).mapToInt(i -> i).toArray();
	}

	/** True if some group has several images: then intervals come of whole groups, see {@link #metrics}. */
	public boolean isGrouped() {
		final Set<String> different = new HashSet<>(groups);
		return different.size() < size();
	}

	/**
	 * All scores with 95 % intervals: {@code accuracy}, {@code balanced_accuracy}, {@code macro_precision}, {@code macro_recall},
	 * {@code macro_specificity}, {@code macro_f1}, {@code macro_auc}, {@code log_loss}, {@code brier}, {@code ece} (expected calibration error),
	 * then {@code precision: NAME}, {@code recall: NAME}, {@code specificity: NAME}, {@code f1: NAME}, {@code auc: NAME} for each class.
	 * <p>
	 * Intervals are percentiles of the score in 1000 bootstrap resamples of whole groups, drawn with replacement (of images, where each is its own
	 * group). Resamples in which a score is not defined are left out; if half of them are, or there is one group only, there is no interval.
	 * <p>
	 * A share of 1 or 0 is the same in all resamples, however few images there are. Its interval is the exact one of n independent images (Clopper and Pearson
	 * 1934), from {@code 0.025^(1/n)} to 1, or from 0 to {@code 1 - 0.025^(1/n)}, where n is the number of groups the share is of; for means of classes, the number
	 * of classes that have images times the groups of the class that has the fewest. An AUC of 1 or 0 has no interval.
	 */
	public List<Metric> metrics(final long seed) {
		return metrics(seed, () -> {});
	}

	/**
	 * As {@link #metrics(long)}.
	 *
	 * @param each called before each of the {@link #RESAMPLES} resamples, by several threads; what it throws ends the work
	 */
	public List<Metric> metrics(final long seed, final Runnable each) {
		return new Bootstrap(this).metrics(seed, each);
	}

	double logLoss(final int i) {
		return -Math.log(Math.max(SMALLEST_PROBABILITY, probabilities[i][labels[i]]));
	}

	double brier(final int i) {
		double sum = 0;
		for (int c = 0; c < classes.size(); c++) {
			final double d = probabilities[i][c] - (labels[i] == c ? 1 : 0);
			sum += d * d;
		}
		return sum;
	}
}
