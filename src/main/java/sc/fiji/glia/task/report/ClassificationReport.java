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

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import sc.fiji.glia.data.ClassBaselines;
import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.data.score.Metric;
import sc.fiji.glia.data.score.Reliability;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.SplitNames;

/**
 * Everything the results folder of a classification tells, after training or after judging a model on other images.
 *
 * @param title what was trained or judged on, for the heading
 * @param model the network. Its settings, reasons, split, data and versions are told, and where {@code evaluation} is empty also its curves
 * @param evaluation what was asked for, if a model was judged on other images; empty after a training
 * @param judgedOn which images the scores are of
 * @param scores what the network made of these images
 * @param metrics the scores with intervals, see {@link ClassificationScores#metrics}; the first is {@code accuracy}
 * @param baselines the trivial baselines on the same images; without scores if nothing was there to fit them to
 * @param warnings sentences that come before everything else, as on copies on both sides of the split
 * @param notes further sentences the reader should see
 * @param predictions all images for {@code predictions.csv}; may be more than {@code scores} is of
 * @param mistakes the most confident mistakes, the most confident first; some are enough
 * @param calibration what temperature scaling did; empty if there was none
 * @param counts images of each class on each side of the split
 * @param folds scores of each fold of a cross-validation; empty if there was none
 * @param facts further lines on the data by name, as in {@code Folder}
 */
public record ClassificationReport(String title, Optional<Model> model, Optional<Evaluation> evaluation, JudgedOn judgedOn,
	ClassificationScores scores, List<Metric> metrics, ClassBaselines baselines, List<String> warnings, List<String> notes,
	List<PredictedImage> predictions, List<ClassifiedImage> mistakes, Optional<Calibration> calibration, List<ClassCounts> counts, List<Fold> folds,
	Map<String, String> facts)
{

	/** Mistakes that are shown, at most. */
	public static final int MOST_MISTAKES = 24;
	private static final int NAMED = 3;

	/** Which images scores are of. */
	public enum JudgedOn {
		/** Kept apart from the training. */
		TEST("test"),
		/** Those that chose the best epoch. */
		VALIDATION("validation"),
		/** Those that the weights were fitted to. */
		TRAINING("training"),
		/** All, each by a network that was not fitted to it. */
		FOLDS("cross-validation"),
		/** Given to a model that was there before. */
		GIVEN("given");

		private final String label;

		JudgedOn(final String label) {
			this.label = label;
		}

		/** As in <i>label images</i>. */
		public String label() {
			return label;
		}
	}

	/**
	 * The judging of a model on other images than those of its training.
	 *
	 * @param model name of the model's file
	 * @param settings every setting's key with its value
	 * @param versions version of each piece of software that took part, by name
	 * @param date when it ended, ISO 8601
	 * @param macro the macro line that repeats it
	 */
	public record Evaluation(String model, Map<String, String> settings, Map<String, String> versions, String date, String macro) {

		/** Keeps copies in order. */
		public Evaluation {
			settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
			versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
		}
	}

	/**
	 * What temperature scaling did.
	 *
	 * @param temperature what logits are divided by
	 * @param before confidence and accuracy of the same images at temperature 1
	 */
	public record Calibration(double temperature, Reliability before) {}

	/**
	 * Images of each class.
	 *
	 * @param part side of the split, as in {@code training}
	 * @param images number of images of each class
	 */
	public record ClassCounts(String part, List<Integer> images) {

		/** Keeps a copy of the list. */
		public ClassCounts {
			images = List.copyOf(images);
		}
	}

	/**
	 * Scores of one fold.
	 *
	 * @param number number of the fold, from 1
	 * @param images number of images judged
	 * @param accuracy share of them that are given their class
	 * @param balancedAccuracy mean recall of the classes
	 */
	public record Fold(int number, int images, double accuracy, double balancedAccuracy) {}

	/**
	 * Keeps copies of the lists.
	 *
	 * @throws IllegalArgumentException if {@code metrics} does not begin with accuracy, or counts or predictions are of other classes than the scores
	 */
	public ClassificationReport {
		metrics = List.copyOf(metrics);
		warnings = List.copyOf(warnings);
		notes = List.copyOf(notes);
		predictions = List.copyOf(predictions);
		mistakes = List.copyOf(mistakes);
		counts = List.copyOf(counts);
		folds = List.copyOf(folds);
		facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
		final int classes = scores.classes().size();
		if (metrics.isEmpty() || !metrics.get(0).name().equals("accuracy")) throw new IllegalArgumentException(
			"Report: expected metrics that begin with accuracy, got " + metrics.stream().map(Metric::name).limit(3).toList());
		for (final ClassCounts c : counts) if (c.images.size() != classes) throw new IllegalArgumentException("Report: expected counts of " + classes +
			" classes, got " + c.images.size() + " of '" + c.part + "'");
		for (final PredictedImage p : predictions) if (p.probabilities().length != classes) throw new IllegalArgumentException("Report: expected " + classes +
			" probabilities of '" + p.name() + "', got " + p.probabilities().length);
	}

	/**
	 * What a reader must know before anything else, the gravest first; empty if there is nothing to warn of: judged on images trained on, no better
	 * than a trivial baseline or judged on one class only, where nothing can be compared, {@code warnings}, images given whose names were trained on,
	 * judged on the images that chose the epoch.
	 */
	public List<String> verdict() {
		final List<String> all = new ArrayList<>();
		if (judgedOn == JudgedOn.TRAINING) all.add("Judged on the very images it was trained on: the scores say nothing about other images.");
		scores.onlyClass().ifPresentOrElse(c -> all.add(oneClass(c)), () -> all.addAll(BaselineMatch.sentences(this)));
		all.addAll(warnings);
		if (evaluation.isPresent()) model.flatMap(m -> known(m.training().split())).ifPresent(all::add);
		if (judgedOn == JudgedOn.VALIDATION) all.add(
			"Judged on the validation images: the best epoch was chosen by these very images, so the scores are a little too good.");
		return all;
	}

	private String oneClass(final String only) {
		return "All " + scores.size() + " " + judgedOn.label() + " images are of class \u201c" + only +
			"\u201d: the scores tell how many of them are found, not whether they can be told from others, and no baseline can be compared. Judge images of several classes.";
	}

	/** Names tell what was trained on; other images may have the same ones, though. */
	private Optional<String> known(final SplitNames split) {
		final Set<String> trained = new HashSet<>(split.train());
		trained.addAll(split.validation());
		final List<String> known = predictions.stream().map(p -> trained.contains(p.group()) ? p.group() : p.name()).filter(trained::contains).toList();
		if (known.isEmpty()) return Optional.empty();
		final List<String> different = known.stream().distinct().toList();
		return Optional.of(known.size() + " of " + predictions.size() +
			" images have the names of images or groups that this network was trained or validated on: if they are the same, the scores are too good: " +
			different.stream().limit(NAMED).map(n -> "'" + n + "'").collect(Collectors.joining(", ")) + (different.size() > NAMED ? " and " + (different.size() -
				NAMED) + " more" : "") + ".");
	}

	/** The metric of that name; a value of NaN if there is none. */
	Metric metric(final String name) {
		return metrics.stream().filter(m -> m.name().equals(name)).findFirst().orElse(new Metric(name, Double.NaN, Double.NaN, Double.NaN));
	}
}
