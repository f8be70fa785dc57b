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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import ij.ImagePlus;

import sc.fiji.glia.compute.NetworkTraining;
import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.model.Preprocessing;
import sc.fiji.glia.model.SplitNames;
import sc.fiji.glia.task.report.Preview;
import sc.fiji.glia.task.report.ResultsFolder;

/** One training of a segmentation network, from the data that the settings name to the model file. */
final class TrainingRun implements AutoCloseable {

	private final Values values;
	private final TrainingProgress progress;
	private final Path file;
	private final Engine engine;
	private final TrainingData data;
	private final long[] foreground;
	private final Split split;
	private final Fingerprint fingerprint;
	private final Recommendation plan;
	private final TrainingMemory memory;
	private final Optional<Model> start;
	private final Normalization normalization;
	private final Weights weights;
	private final Engine.Placed<NetworkTraining> network;
	private final SegmentationTraining training;
	private final ModelKeeper keeper;
	private final Told told;
	private final TrainingRecord record;

	TrainingRun(final Values values, final Optional<ImagePlus> image, final TrainingProgress progress, final Path file, final Engine engine) {
		this.values = values;
		this.progress = progress;
		this.file = file;
		this.engine = engine;
		keeper = new ModelKeeper(file, progress, this::unjudged);
		final long began = System.nanoTime();
		told = Told.to(progress);
		told.now("looking at the data");
		data = TrainingData.of(values, image, told);
		foreground = Split.foreground(told.over(data.samples(), "counting foreground of image", data.samples().size()));
		if (Arrays.stream(foreground).sum() == 0) throw new IllegalArgumentException("labels: the labels of '" + data.title() +
			"' are all background. Mark what the network is to find (any value above 0)");
		split = data.split(values.decimal("validation"), values.whole("seed"), foreground);
		if (Arrays.stream(split.train()).mapToLong(i -> foreground[i]).sum() == 0) throw new IllegalArgumentException(
			"groups: no training image has foreground. Label more images, or change validation, groups or seed");
		fingerprint = Fingerprint.of(told.over(data.samples(), "looking at training image", split.train().length), split.train());
		requireSize(fingerprint);
		start = values.path("start").map(other -> ModelKind.segmentation("start", other));
		start.ifPresent(this::requireFits);
		start.ifPresent(m -> ModelKind.requireItsNetwork(values, m));
		final Recommendation fresh = Recommendation.of(values, fingerprint, data.classes().size(), engine.memory(), engine.sizes());
		plan = start.map(m -> fresh.with(m.graph(), values, engine.memory(), engine.sizes())).orElse(fresh);
		memory = TrainingMemory.of(plan, fingerprint, engine);
		normalization = start.map(m -> m.preprocessing().normalization()).orElseGet(() -> Normalization.fit(plan.method(), plan.scope(), plan.nonZero(), told
			.over(data.samples(), "measuring image", split.train().length), split.train()));
		weights = start.map(m -> m.weights().copy(m.graph())).orElseGet(() -> Initialization.HE.weights(plan.graph(), values.whole("seed")));
		final int example = SegmentationTraining.examples(split.validation().length > 0 ? split.validation() : split.train(), foreground, 1)[0];
		told.now("making ready to train");
		network = engine.train(plan.job(split, normalization, example, memory.cache(), engine.threads(), values.whole("seed")), data.samples(), weights,
			memory, told);
		record = new TrainingRecord(values, plan.used(), reasons(), fingerprint, new SplitNames(data.groups(split.train()), data.groups(split.validation()), data
			.groups(split.test())), network.kernels(), began);
		training = new SegmentationTraining(data.samples(), normalization, network.by(), example, told);
	}

	Trained run() {
		progress.started(new TrainingProgress.Start(data.title(), "Dice", plan.epochs(), reasons(), network.megabytes(), values
			.macro()));
		final Trainer.Result result = keeper.train(network.by(), examples -> progress.preview(training.example(examples[0])));
		Endings.requireLearnt(result, plan.rate());
		final Optional<String> older = keeper.older(result);
		if (older.isPresent()) return new Trained(file, TrainingTable.of(result, "Dice"), older.get());
		return new Trained(file, TrainingTable.of(result, "Dice"), judged(result));
	}

	/** Judges the network, whose model is on disk, and writes the report; says what came of it. */
	private String judged(final Trainer.Result result) {
		if (result.end() == Trainer.End.CANCELLED) return finish(result, Judgement.NONE);
		try {
			told.now("judging the best network");
			return finish(result, Judgement.of(data, split, training, told));
		}
		catch (final CancellationException e) {
			return finish(result, Judgement.NONE);
		}
	}

	private String finish(final Trainer.Result result, final Judgement judgement) {
		final Optional<Path> folder = values.path("results");
		final List<Preview> previews = folder.isPresent() ? training.previews(judgement.judged(), foreground) : List.of();
		final Model model = model(result.history(), result.bestEpoch(), judgement.scores(), judgement.baselines());
		ModelFile.write(file, model);
		folder.ifPresent(f -> ResultsFolder.write(f, judgement.report(data, previews, model)));
		return judgement.summary(result, plan.patience());
	}

	private List<String> reasons() {
		final List<String> lines = new ArrayList<>(data.notes());
		lines.add("split: " + split.train().length + " images to train on, " + split.validation().length + " to validate, " + split.test().length +
			" to test");
		lines.addAll(plan.reasons());
		lines.addAll(network.lines(engine.threads()));
		return lines;
	}

	private Model unjudged(final List<EpochRecord> history, final int best) {
		return model(history, best, Map.of(), Map.of());
	}

	private Model model(final List<EpochRecord> history, final int best, final Map<String, Double> scores, final Map<String, Double> baselines) {
		final List<String> classes = new ArrayList<>(List.of("background"));
		classes.addAll(data.classes());
		return new Model(plan.graph(), weights, new Preprocessing(values.text("channels"), data.channels(), normalization, data.pixelWidth(), data
			.pixelHeight(), data.unit()), classes, record.training(history, best, scores, baselines));
	}

	// -- what must hold --

	private static void requireSize(final Fingerprint data) {
		final int least = 8;
		if (data.width().min() < least || data.height().min() < least) throw new IllegalArgumentException("image: expected at least " + least + "x" + least +
			" pixels to learn from, found " + data.width().min() + "x" + data.height().min() + ". Take larger images, or enlarge these with Image > Scale...");
	}

	private void requireFits(final Model m) {
		final int outputs = Recommendation.outputs(data.classes().size());
		if (m.graph().inputChannels() != data.channels() || m.graph().outputChannels() != outputs) throw new IllegalArgumentException(
			"start: the model takes " + count(m.graph().inputChannels(), "channel") + " and has " + count(m.graph().outputChannels(), "output") +
				"; the data have " + count(data.channels(), "channel") + " and need " + count(outputs, "output") +
				". Start from a model of the same kind, or leave out start=[path]");
	}

	private static String count(final int n, final String what) {
		return n + " " + what + (n == 1 ? "" : "s");
	}

	@Override
	public void close() {
		training.close();
	}
}
