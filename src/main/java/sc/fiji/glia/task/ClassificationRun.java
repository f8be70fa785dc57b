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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import ij.ImagePlus;

import sc.fiji.glia.data.ClassBaselines;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.data.score.Metric;
import sc.fiji.glia.data.score.Temperature;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.report.ClassificationReport;
import sc.fiji.glia.task.report.ClassificationReport.Calibration;
import sc.fiji.glia.task.report.ClassificationReport.ClassCounts;
import sc.fiji.glia.task.report.ClassificationReport.Fold;
import sc.fiji.glia.task.report.ClassificationReport.JudgedOn;
import sc.fiji.glia.task.report.ClassificationResults;
import sc.fiji.glia.task.report.ClassifiedImage;
import sc.fiji.glia.task.report.PredictedImage;

/** One training of a classification network, from the data that the settings name to the model file. */
final class ClassificationRun {

	private final Values values;
	private final TrainingProgress progress;
	private final Path file;
	private final Engine engine;
	private final Optional<Model> start;
	private final ClassificationData data;
	private final long seed;

	ClassificationRun(final Values values, final Optional<ImagePlus> image, final TrainingProgress progress, final Path file, final Engine engine) {
		this.values = values;
		this.progress = progress;
		this.file = file;
		this.engine = engine;
		seed = values.whole("seed");
		start = values.path("start").map(ModelFile::read);
		start.ifPresent(m -> ModelKind.requireItsNetwork(values, m));
		final Told told = Told.to(progress);
		told.now("looking at the data");
		data = ClassificationData.of(values, image, start, told);
		data.images().requireTrainable(values.decimal("validation") > 0 || values.whole("folds") > 1);
	}

	/**
	 * Images that were judged.
	 *
	 * @param on which they are
	 * @param train numbers of the images that the network was fitted to
	 * @param indices numbers of the judged images
	 * @param probabilities probability of each class
	 */
	private record Judged(JudgedOn on, int[] train, int[] indices, float[][] probabilities) {

		/** At another temperature. */
		Judged at(final Temperature t) {
			return new Judged(on, train, indices, t.calibrated(probabilities));
		}
	}

	Trained run() {
		final double fraction = values.decimal("validation");
		final List<Judged> folds = new ArrayList<>();
		if (values.whole("folds") > 1) for (final Split s : data.folds(values.whole("folds"), fraction, seed)) {
			try (FittedNetwork f = fitted(s)) {
				f.begin(data.title() + ", fold " + (folds.size() + 1) + " of " + values.whole("folds"));
				final Trainer.Result r = f.network().run(f.news());
				Endings.requireLearnt(r, f.plan().rate());
				// NB: a wish to end holds for the folds to come as well
				final String ended = "in fold " + (folds.size() + 1) + " of " + values.whole("folds");
				if (progress.signal() == Signal.CANCEL) return new Trained(file, TrainingTable.of(r, "Accuracy"), "Cancelled " + ended +
					", before the network proper was trained: no model was written");
				if (progress.signal() == Signal.FINISH) return new Trained(file, TrainingTable.of(r, "Accuracy"), judgedFold(f, r) +
					"\nFinished " + ended + ": the model is the network of that fold, judged on the images that the fold leaves out.");
				folds.add(new Judged(JudgedOn.FOLDS, s.train(), s.test(), f.probabilities(s.test(), "judging image")));
			}
		}
		try (FittedNetwork f = fitted(data.split(fraction, seed))) {
			final ModelKeeper keeper = new ModelKeeper(file, progress, (history, best) -> f.model(history, best, 1, Map.of(), Map.of()));
			f.begin(data.title());
			final Trainer.Result r = keeper.train(f.network(), f::show);
			Endings.requireLearnt(r, f.plan().rate());
			final Optional<String> older = keeper.older(r);
			if (older.isPresent()) return new Trained(file, TrainingTable.of(r, "Accuracy"), older.get());
			return new Trained(file, TrainingTable.of(r, "Accuracy"), judged(f, r, folds));
		}
	}

	/**
	 * Judges the network, whose model is on disk; says what came of it.
	 *
	 * @param folds empty without a cross-validation
	 */
	private String judged(final FittedNetwork f, final Trainer.Result r, final List<Judged> folds) {
		final String kept = ". Kept the best epoch, " + r.bestEpoch() + "; ";
		if (r.end() == Trainer.End.CANCELLED) return how(f, r) + kept + "it was not judged.";
		try {
			return finish(f, r, folds);
		}
		catch (final CancellationException e) {
			return how(f, r) + kept + "it was not judged.";
		}
	}

	/** As {@link #judged}, of a network that was trained without a model on disk. */
	private String judgedFold(final FittedNetwork f, final Trainer.Result r) {
		ModelFile.write(file, f.model(r.history(), r.bestEpoch(), 1, Map.of(), Map.of()));
		return judged(f, r, List.of());
	}

	private FittedNetwork fitted(final Split split) {
		return new FittedNetwork(data, split, values, start, progress, engine);
	}

	/** Judges the network, writes the model and the report; says what came of it. */
	private String finish(final FittedNetwork f, final Trainer.Result r, final List<Judged> folds) {
		final Told told = f.told();
		told.now("judging the best network");
		final Split split = f.split();
		final JudgedOn on = split.test().length > 0 ? JudgedOn.TEST : split.validation().length > 0 ? JudgedOn.VALIDATION : JudgedOn.TRAINING;
		final int[] indices = on == JudgedOn.TEST ? split.test() : on == JudgedOn.VALIDATION ? split.validation() : split.train();
		final float[][] own = f.probabilities(indices, "judging image");
		final float[][] validation = split.validation().length == 0 ? new float[0][] : on == JudgedOn.VALIDATION ? own : f.probabilities(split.validation(),
			"judging validation image");
		final Temperature t = validation.length == 0 ? Temperature.ONE : Temperature.fit(logits(validation), data.images().labels(split.validation()));
		final Judged alone = new Judged(on, split.train(), indices, own), judged = folds.isEmpty() ? alone.at(t) : together(folds);
		final ClassificationScores scores = scores(judged);
		final AtomicInteger drawn = new AtomicInteger();
		final List<Metric> metrics = scores.metrics(seed, () -> told.at("finding intervals, resample", drawn.incrementAndGet(), ClassificationScores.RESAMPLES));
		final ClassBaselines baselines = folds.isEmpty() ? baselines(judged, told) : mean(folds, told);
		final Map<String, Double> named = new LinkedHashMap<>(), trivial = new LinkedHashMap<>();
		for (final Metric m : metrics) named.put(judged.on.label() + " " + m.name(), m.value());
		baselines.scores().forEach(b -> trivial.put(b.name() + ": accuracy", b.accuracy()));
		final Model model = f.model(r.history(), r.bestEpoch(), t.value(), named, trivial);
		told.now("writing the report"); // NB: the last place to cancel, while the model on disk has no scores
		ModelFile.write(file, model);
		final Optional<Calibration> calibration = folds.isEmpty() && validation.length > 0 ? Optional.of(new Calibration(t.value(), scores(alone).reliability()))
			: Optional.empty();
		final ClassificationReport report = new ClassificationReport(data.title(), Optional.of(model), Optional.empty(),
			judged.on, scores, metrics, baselines, warnings(folds.isEmpty() ? List.of(alone) : folds), data.notes(), predictions(judged, scores, split, validation, t), mistakes(f, judged,
				scores), calibration, counts(split), foldScores(folds), f.facts());
		values.path("results").ifPresent(folder -> ClassificationResults.write(folder, report));
		return summary(f, r, report);
	}

	private static String how(final FittedNetwork f, final Trainer.Result r) {
		return Endings.sentence(r, f.plan().patience());
	}

	private static String summary(final FittedNetwork f, final Trainer.Result r, final ClassificationReport report) {
		final List<String> lines = new ArrayList<>(List.of(how(f, r) + ". Kept the best epoch, " + r.bestEpoch() + "."));
		lines.addAll(report.verdict());
		lines.addAll(ScoreLines.of(report.judgedOn().label() + " images", report.scores(), report.metrics().get(0), report.baselines()));
		return String.join("\n", lines);
	}

	// -- scores --

	private ClassificationScores scores(final Judged judged) {
		return data.images().scores(judged.indices, judged.probabilities);
	}

	private static float[][] logits(final float[][] probabilities) {
		return Arrays.stream(probabilities).map(Temperature::logits).toArray(float[][]::new);
	}

	/** All folds as one. */
	private static Judged together(final List<Judged> folds) {
		return new Judged(JudgedOn.FOLDS, new int[0], folds.stream().flatMapToInt(f -> Arrays.stream(f.indices)).toArray(), folds.stream().flatMap(f -> Arrays
			.stream(f.probabilities)).toArray(float[][]::new));
	}

	private ClassBaselines baselines(final Judged judged, final Told told) {
		return data.baselines(judged.train, judged.indices, seed, told);
	}

	/** Of the folds, each with the images that its network was fitted to, weighted by the number of judged images. */
	private ClassBaselines mean(final List<Judged> folds, final Told told) {
		final List<ClassBaselines> each = folds.stream().map(judged -> baselines(judged, told)).toList();
		final double all = folds.stream().mapToInt(f -> f.indices.length).sum();
		final List<ClassBaselines.Score> means = new ArrayList<>();
		for (int b = 0; b < each.get(0).scores().size(); b++) {
			double accuracy = 0, balanced = 0;
			for (int k = 0; k < each.size(); k++) {
				final double share = folds.get(k).indices.length / all;
				accuracy += share * each.get(k).scores().get(b).accuracy();
				balanced += share * each.get(k).scores().get(b).balancedAccuracy();
			}
			means.add(new ClassBaselines.Score(each.get(0).scores().get(b).name(), accuracy, balanced));
		}
		return new ClassBaselines(means);
	}

	// -- what the report has besides --

	/** On copies of judged images among those that the network was fitted to. */
	private List<String> warnings(final List<Judged> all) {
		return all.stream().filter(j -> j.on != JudgedOn.TRAINING).flatMap(j -> data.duplicates().warning(data.images().images(), j.train, j.indices, j.on
			.label()).stream()).toList();
	}

	/** The judged images; if those are the test, the validation images too. */
	private List<PredictedImage> predictions(final Judged judged, final ClassificationScores scores, final Split split, final float[][] validation,
		final Temperature t)
	{
		final List<PredictedImage> all = new ArrayList<>(PredictedImage.of(scores, names(judged.indices), judged.on.label()));
		if (judged.on == JudgedOn.TEST && validation.length > 0) {
			final Judged other = new Judged(JudgedOn.VALIDATION, split.train(), split.validation(), validation).at(t);
			all.addAll(PredictedImage.of(scores(other), names(other.indices), other.on.label()));
		}
		return all;
	}

	private List<String> names(final int[] indices) {
		return Arrays.stream(indices).mapToObj(data.images().images()::name).toList();
	}

	private static List<ClassifiedImage> mistakes(final FittedNetwork f, final Judged judged, final ClassificationScores scores) {
		return Arrays.stream(scores.mistakes()).limit(ClassificationReport.MOST_MISTAKES).mapToObj(k -> f.classified(judged.indices[k], judged.probabilities[k])).toList();
	}

	private List<ClassCounts> counts(final Split split) {
		final List<ClassCounts> counts = new ArrayList<>(List.of(new ClassCounts("training", data.counts(split.train()))));
		if (split.validation().length > 0) counts.add(new ClassCounts("validation", data.counts(split.validation())));
		if (split.test().length > 0) counts.add(new ClassCounts("test", data.counts(split.test())));
		return counts;
	}

	private List<Fold> foldScores(final List<Judged> folds) {
		final List<Fold> all = new ArrayList<>();
		for (final Judged f : folds) {
			final ClassificationScores s = scores(f);
			all.add(new Fold(all.size() + 1, s.size(), s.accuracy(), s.balancedAccuracy()));
		}
		return all;
	}
}
