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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import sc.fiji.glia.compute.Classifier;
import sc.fiji.glia.compute.NetworkTraining;
import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Preparation;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.engine.graph.FoldedNetwork;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Transfer;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.model.Classification;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.Preprocessing;
import sc.fiji.glia.model.SplitNames;
import sc.fiji.glia.task.report.ClassifiedImage;

/** A classification network that is fitted to one side of a split, and what it makes of the images. */
final class FittedNetwork implements AutoCloseable {

	/** Images whose predictions are shown after each epoch. */
	private static final int EXAMPLES = 12;

	private final ClassificationData data;
	private final Split split;
	private final Values values;
	private final TrainingProgress progress;
	private final Told told;
	private final Engine engine;
	private final Fingerprint fingerprint;
	private final ClassificationPlan plan;
	private final Samples images;
	private final Normalization normalization;
	private final Weights weights;
	private final int[] examples;
	private final TrainingMemory memory;
	private final Engine.Placed<NetworkTraining> network;
	private final TrainingRecord record;

	/** @param start a model to start from, if any */
	FittedNetwork(final ClassificationData data, final Split split, final Values values, final Optional<Model> start, final TrainingProgress progress,
		final Engine engine)
	{
		this.data = data;
		this.split = split;
		this.values = values;
		this.progress = progress;
		this.engine = engine;
		final long began = System.nanoTime();
		told = Told.to(progress);
		told.now("looking at the training images");
		fingerprint = data.fingerprint(split.train());
		final ClassificationPlan fresh = ClassificationPlan.of(values, fingerprint, data.images(), split.train(), engine.memory(), engine
			.sizes());
		final long seed = values.whole("seed");
		final Optional<Started> started = start.map(m -> Started.of(m, values, data.images(), fingerprint, fresh));
		plan = started.map(Started::plan).orElse(fresh);
		images = data.inputs().at(plan.preparation(), plan.width(), plan.height());
		normalization = started.map(Started::normalization).orElseGet(this::fitted);
		weights = started.map(Started::weights).orElseGet(() -> plan.initialization().weights(plan.graph(), seed));
		examples = data.examples(split.validation().length > 0 ? split.validation() : split.train(), EXAMPLES);
		memory = TrainingMemory.of(plan, split.train().length, engine);
		told.now("making ready to train");
		network = engine.train(plan.job(data.images(), split, normalization, examples, memory.cache(), engine.threads(), seed), images, weights, memory,
			told);
		record = new TrainingRecord(values, plan.used(), reasons(), fingerprint, new SplitNames(data.groups(split.train()), data.groups(split.validation()), data.groups(
			split.test())), network.kernels(), began);
	}

	/** NB: means of 8-bit values no longer show that the values are 8-bit ones, 0 to 255. */
	private Normalization fitted() {
		final boolean isOfWhole = plan.method() == Normalization.Method.RANGE && plan.preparation() == Preparation.NONE;
		return isOfWhole ? Normalization.range(data.thumbnails(), split.train()) : Normalization.fit(plan.method(), plan.scope(), false, told.over(images,
			"measuring image", split.train().length), split.train());
	}

	/** Where a training begins that goes on from a model. */
	private record Started(ClassificationPlan plan, Normalization normalization, Weights weights) {

		static Started of(final Model m, final Values values, final LabelledImages images, final Fingerprint data, final ClassificationPlan fresh) {
			final int channels = fresh.preparation().channels(data.channels()), classes = images.classes().size();
			if (m.graph().inputChannels() != channels) throw new IllegalArgumentException("start: the model takes " + m.graph().inputChannels() +
				" channels, the images have " + channels + ". Start from a model of the same kind of images, or leave out start=[path]");
			final boolean freezes = values.isOn("freeze"), isSame = m.classification().isPresent() && m.classes().equals(images.classes()) && !freezes;
			final Optional<Shape> taken = ClassificationPlan.size(m);
			final int width = taken.map(Shape::width).orElse(fresh.width()), height = taken.map(Shape::height).orElse(fresh.height());
			requireSize(values, width, height, fresh);
			final Normalization n = m.preprocessing().normalization();
			if (isSame) return new Started(fresh.with(m.graph(), List.of(), width, height,
				"network and normalisation: those of the model that training starts from"), n, m.weights().copy(m.graph()));
			// NB: the running statistics of batch norm would follow the new images
			final Optional<FoldedNetwork> folded = freezes ? Optional.of(FoldedNetwork.of(m.graph(), m.weights())) : Optional.empty();
			final Transfer t = Transfer.of(folded.map(FoldedNetwork::graph).orElse(m.graph()), folded.map(FoldedNetwork::weights).orElse(m.weights()), classes,
				0.2f, values.whole("seed"));
			return new Started(fresh.with(t.graph(), freezes ? t.frozen() : List.of(), width, height,
				"network: the encoder of the model that training starts from" + (freezes ? ", as it is, its batch norm folded into the convolutions," : "") +
					" and a new last layer"), n, t.weights());
		}

		/** @throws IllegalArgumentException if the user has chosen another size than the model takes */
		private static void requireSize(final Values values, final int width, final int height, final ClassificationPlan fresh) {
			final boolean isTaken = width == height && (width == values.whole("size") || width == fresh.width());
			if (!values.isAutomatic("size") && !isTaken) throw new IllegalArgumentException("size: the model to start from takes images of " + width + "x" + height +
				" pixels, got " + values.whole("size") + ". Take size=0, which means the model's own, or leave out start=[path]");
		}
	}

	Split split() {
		return split;
	}

	ClassificationPlan plan() {
		return plan;
	}

	Samples images() {
		return images;
	}

	NetworkTraining network() {
		return network.by();
	}

	/** Tells the progress what begins now. */
	void begin(final String title) {
		progress.started(new TrainingProgress.Start(title, "Accuracy", plan.epochs(), reasons(), network.megabytes(), values.macro()));
	}

	/** Passes on what a training without a model file tells. */
	NetworkTraining.Listener news() {
		return new PassedOn(progress, this::show);
	}

	/** Shows the predictions of the examples. */
	void show(final float[][][] predictions) {
		final List<ClassifiedImage> shown = new ArrayList<>();
		for (int k = 0; k < predictions.length; k++) shown.add(classified(examples[k], Classifier.vector(predictions[k])));
		progress.examples(shown);
	}

	/** An image with what the network says of it. */
	ClassifiedImage classified(final int index, final float[] probabilities) {
		return ClassifiedImage.of(images.get(index), normalization, data.images().classes(), data.images().labels()[index], probabilities);
	}

	/**
	 * Probabilities of some images with the present weights, {@code [image][class]}.
	 *
	 * @param what what is being done with an image, for the user
	 * @throws java.util.concurrent.CancellationException if the user has cancelled
	 */
	float[][] probabilities(final int[] indices, final String what) {
		final float[][] p = new float[indices.length][];
		final int together = Classifier.together(plan.graph(), plan.width(), plan.height());
		for (int from = 0; from < p.length; from += together) {
			told.at(what, from + 1, p.length);
			final float[][][] planes = network.by().predict(Arrays.copyOfRange(indices, from, Math.min(from + together, p.length)), told.asked(what, from + 1,
				p.length));
			for (int k = 0; k < planes.length; k++) p[from + k] = Classifier.vector(planes[k]);
		}
		return p;
	}

	/** Tells how far the work around the training is. */
	Told told() {
		return told;
	}

	/** What was chosen, and why. */
	List<String> reasons() {
		final List<String> lines = new ArrayList<>(data.notes());
		lines.add(data.line(split));
		lines.addAll(plan.reasons());
		lines.addAll(network.lines(engine.threads()));
		return lines;
	}

	/** What became of the images before they entered the network. */
	Map<String, String> facts() {
		final Map<String, String> facts = new LinkedHashMap<>();
		if (plan.preparation() != Preparation.NONE) facts.put("Prepared", plan.preparation().key());
		facts.put("Resized to", plan.width() + " x " + plan.height() + " pixels");
		return facts;
	}

	/** The model with the present weights. */
	Model model(final List<EpochRecord> history, final int best, final double temperature, final Map<String, Double> scores,
		final Map<String, Double> baselines)
	{
		return new Model(plan.graph(), weights, new Preprocessing("all", plan.graph().inputChannels(), normalization, 1, 1, "pixel"), data.images().classes(),
			record.training(history, best, scores, baselines), Optional.of(new Classification(plan.preparation().key(), plan.width(), plan.height(), temperature)));
	}

	@Override
	public void close() {
		network.by().close();
	}
}
