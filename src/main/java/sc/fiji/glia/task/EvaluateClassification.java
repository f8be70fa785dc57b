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

import static sc.fiji.glia.task.Setting.image;
import static sc.fiji.glia.task.Setting.onOff;
import static sc.fiji.glia.task.Setting.path;
import static sc.fiji.glia.task.Setting.text;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import ij.ImagePlus;

import sc.fiji.glia.data.ClassBaselines;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Thumbnails;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.data.score.Metric;
import sc.fiji.glia.task.Setting.Kind;
import sc.fiji.glia.task.report.ClassificationReport;
import sc.fiji.glia.task.report.ClassificationReport.Calibration;
import sc.fiji.glia.task.report.ClassificationReport.ClassCounts;
import sc.fiji.glia.task.report.ClassificationReport.Evaluation;
import sc.fiji.glia.task.report.ClassificationResults;
import sc.fiji.glia.task.report.ClassifiedImage;
import sc.fiji.glia.task.report.PredictedImage;
import sc.fiji.glia.task.report.ResultsFolder;

/** Judges a trained classification network on images whose classes are known. */
public final class EvaluateClassification {

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Evaluate Classification...", "Plugins>Glia", List.of( //
		image("image", "Stack", "Title of the stack to judge on, each slice an image; the active image if left out.").unless("folder"), //
		path("folder", Kind.FOLDER, "Folder of images",
			"Folder to judge on instead of an open stack: one subfolder per class, pictures with a table, NumPy arrays, or the files of MNIST."), //
		path("table", Kind.FILE_OPEN, "Table of classes", "CSV file with a row for each image: a column file or slice, a column of classes."), //
		text("classes", "labels", "Classes", "Where the class of an image stands: labels for the slice labels, or the name of a column of the table."), //
		text("groups", "auto", "Groups",
			"Images that are not independent, for the intervals: auto, none, blocks or blocks:20 (neighbouring images), a column of the table, or the path of a CSV file with columns file, group."), //
		onOff("skip", "Skip unreadable files",
			"True if unreadable files, images without a class and rows without an image are left out with a note; otherwise they are an error."), //
		path("model", Kind.FILE_OPEN, "Model file", "Model file that the training of a classification has written.").required(), //
		path("results", Kind.FOLDER, "Folder for results", "Folder for report.html, metrics.csv, confusion.csv, predictions.csv and pictures; empty writes none.")));

	/** Draws the resamples of intervals, and neighbours if there are very many. */
	private static final long SEED = 1;

	private EvaluateClassification() {}

	/**
	 * What judging came to.
	 *
	 * @param report everything that was found, for tables and plots
	 * @param summary the score, and what must be known of it, in a few lines
	 * @param kernels by what it was computed, where and why
	 */
	public record Result(ClassificationReport report, String summary, String kernels) {}

	/**
	 * Judges the network on all images of the source; if the source has a test side itself, on that, and the baselines are fitted to its training
	 * side. Writes the results folder if one is wanted, but shows nothing.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param image the stack to judge on; not looked at if a folder is given
	 * @param watch hears how far it is and may end it, see {@link Told}
	 * @throws IllegalArgumentException if images and model do not fit; the message is for the user
	 * @throws java.io.UncheckedIOException if a file cannot be read or written
	 */
	public static Result run(final Values values, final Optional<ImagePlus> image, final Watch watch) {
		return run(values, image, watch, Engine.preferred());
	}

	/** As {@link #run(Values, Optional, Watch)} on an engine. */
	static Result run(final Values values, final Optional<ImagePlus> image, final Watch watch, final Engine engine) {
		values.path("results").ifPresent(ResultsFolder::prepare);
		final AppliedClassifier network = AppliedClassifier.read("model", values.path("model").orElseThrow());
		final GivenImages given = GivenImages.of(values, image, network, watch);
		final Samples inputs = network.inputs(given.images().images());
		final AppliedClassifier.Predictions found = network.predict(inputs, given.judged(), engine, watch);
		final ClassificationScores scores = scores(given, network.calibrated(found.probabilities()));
		final AtomicInteger drawn = new AtomicInteger();
		final List<Metric> metrics = scores.metrics(SEED, () -> watch.at("finding intervals, resample", drawn.incrementAndGet(), ClassificationScores.RESAMPLES));
		final List<String> notes = new ArrayList<>(given.notes()), warnings = new ArrayList<>(given.warnings());
		found.doubt().ifPresent(warnings::add);
		final ClassBaselines baselines = baselines(given, scores, watch);
		if (given.train().length == 0) notes.add(withoutTraining(network));
		final double temperature = network.how().temperature();
		final Optional<Calibration> calibration = temperature == 1 ? Optional.empty() : Optional.of(new Calibration(temperature, scores(given, found.probabilities())
			.reliability()));
		final Evaluation evaluation = new Evaluation(network.file().getFileName().toString(), values.asMap(), AboutGlia.versions(found.kernels()), Instant.now()
			.truncatedTo(ChronoUnit.SECONDS).toString(), values.macro());
		final List<String> names = Arrays.stream(given.judged()).mapToObj(given.images().images()::name).toList();
		final ClassificationReport report = new ClassificationReport(given.title(), Optional.of(network.model()), Optional.of(evaluation), given.on(), scores,
			metrics, baselines, warnings, notes, PredictedImage.of(scores, names, given.on().label()), mistakes(given, network, inputs, scores),
			calibration, counts(given), List.of(), facts(values));
		values.path("results").ifPresent(folder -> ClassificationResults.write(folder, report));
		return new Result(report, summary(report), found.kernels() + ". " + found.reason());
	}

	private static ClassificationScores scores(final GivenImages given, final float[][] probabilities) {
		return given.images().scores(given.judged(), probabilities);
	}

	// -- baselines --

	/** All of them if there is something to fit them to; else the one that needs only classes, if there are several. */
	private static ClassBaselines baselines(final GivenImages given, final ClassificationScores scores, final Watch watch) {
		if (given.train().length > 0) {
			final Thumbnails thumbnails = Thumbnails.of(given.images().images(), watch);
			return ClassBaselines.of(thumbnails, given.images().labels(), given.images().classes().size(), given.train(), given.judged(), SEED, watch);
		}
		if (scores.onlyClass().isPresent()) return new ClassBaselines(List.of());
		final long[] support = scores.perClass().stream().mapToLong(ClassificationScores.ClassScore::support).filter(n -> n > 0).toArray();
		return new ClassBaselines(List.of(new ClassBaselines.Score("majority class of these images", (double) Arrays.stream(support).max().orElseThrow() / scores
			.size(), 1.0 / support.length)));
	}

	private static String withoutTraining(final AppliedClassifier network) {
		final Map<String, Double> then = network.model().training().baselines();
		return "Other baselines need images to be fitted to: give a folder with train and test." + (then.isEmpty() ? "" : " On the images that the network was judged on " +
			"after its training, baselines came to: " + then.entrySet().stream().map(b -> String.format(Locale.ROOT, "%s %.3f", b.getKey(), b.getValue())).collect(
				Collectors.joining("; ")) + ".");
	}

	// -- what the report has besides --

	private static List<ClassifiedImage> mistakes(final GivenImages given, final AppliedClassifier network, final Samples inputs, final ClassificationScores scores) {
		final Normalization normalization = network.model().preprocessing().normalization();
		return Arrays.stream(scores.mistakes()).limit(ClassificationReport.MOST_MISTAKES).mapToObj(k -> ClassifiedImage.of(inputs.get(given.judged()[k]),
			normalization, scores.classes(), scores.labels()[k], scores.probabilities()[k])).toList();
	}

	private static List<ClassCounts> counts(final GivenImages given) {
		final List<ClassCounts> counts = new ArrayList<>();
		if (given.train().length > 0) counts.add(counts("training", given, given.train()));
		counts.add(counts(given.on().label(), given, given.judged()));
		return counts;
	}

	private static ClassCounts counts(final String part, final GivenImages given, final int[] indices) {
		return new ClassCounts(part, Arrays.stream(given.images().counts(indices)).boxed().toList());
	}

	private static Map<String, String> facts(final Values values) {
		final Map<String, String> facts = new LinkedHashMap<>();
		for (final String key : List.of("folder", "image", "table")) {
			if (!values.text(key).isEmpty()) facts.put(SETTINGS.get(key).label(), values.text(key));
		}
		return facts;
	}

	private static String summary(final ClassificationReport report) {
		final List<String> lines = new ArrayList<>(report.verdict());
		lines.addAll(ScoreLines.of(report.judgedOn().label() + " images of '" + report.title() + "'", report.scores(), report.metrics().get(0), report
			.baselines()));
		lines.addAll(report.notes());
		return String.join("\n", lines);
	}
}
