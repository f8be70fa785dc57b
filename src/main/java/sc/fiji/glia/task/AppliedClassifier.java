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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import sc.fiji.glia.compute.Classifier;
import sc.fiji.glia.compute.Explainer;
import sc.fiji.glia.compute.Explanation;
import sc.fiji.glia.compute.Inference;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Preparation;
import sc.fiji.glia.data.Resized;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.data.score.Temperature;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.model.Classification;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.worker.Launch;

/**
 * A classification network with all that happens to an image before it and to its probabilities after it.
 *
 * @param file where it comes from
 * @param model the network
 * @param how what only classification networks have
 */
record AppliedClassifier(Path file, Model model, Classification how) {

	/**
	 * Reads a model.
	 *
	 * @param key setting that names the file
	 * @throws IllegalArgumentException if it is no classification network, or cannot be read
	 */
	static AppliedClassifier read(final String key, final Path file) {
		final Model model = ModelKind.classification(key, file);
		return new AppliedClassifier(file, model, model.classification().orElseThrow());
	}

	/**
	 * What the network says of some images.
	 *
	 * @param probabilities of each class as the network gives them, {@code [image][class]}, see {@link #calibrated}
	 * @param kernels name of the kernels that computed it
	 * @param reason why these, and where
	 * @param doubt what must be known of the images' values, if they are of another range than those trained on
	 */
	record Predictions(float[][] probabilities, String kernels, String reason, Optional<String> doubt) {}

	/** Names of the classes. */
	List<String> classes() {
		return model.classes();
	}

	private Preparation preparation() {
		return Preparation.of(how.prepare());
	}

	/** Number of channels that images must have before they are prepared: as many as those that the network was trained on. */
	int channels() {
		final int trained = model.training().fingerprint().channels(), taken = model.preprocessing().channelCount();
		return preparation().channels(trained) == taken ? trained : taken;
	}

	/** Images as the network takes them but for the normalisation: prepared and resized. */
	Samples inputs(final Samples images) {
		return new Resized(images, preparation(), how.width(), how.height());
	}

	/** Probabilities after temperature scaling. */
	float[][] calibrated(final float[][] probabilities) {
		return new Temperature(how.temperature()).calibrated(probabilities);
	}

	/**
	 * Applies the network to some images. An image's result does not depend on the others.
	 *
	 * @param inputs of {@link #inputs}
	 * @param indices which of them
	 * @param watch may end it before each image is read, and while the network computes
	 */
	Predictions predict(final Samples inputs, final int[] indices, final Engine engine, final Watch watch) {
		final String what = "classifying image";
		final Engine.Placed<Inference> placed = placed(engine, indices.length, 1, 0);
		final float[][] results = new float[indices.length][];
		final AtomicInteger begun = new AtomicInteger();
		ValueRange range = ValueRange.NONE;
		try (Inference network = placed.by(); Workers workers = new Workers(engine.threads())) {
			for (int from = 0; from < results.length; from += together()) {
				final Sample[] some = new Sample[Math.min(together(), results.length - from)];
				final int first = from;
				workers.run(some.length, (k, worker) -> {
					watch.at(what, begun.incrementAndGet(), results.length);
					some[k] = inputs.get(indices[first + k]);
				});
				for (final Sample s : some) range = range.with(s);
				final float[][][] planes = network.predict(List.of(some), watch.asked(what, begun.get(), results.length));
				for (int k = 0; k < some.length; k++) results[from + k] = Classifier.vector(planes[k]);
			}
		}
		return new Predictions(results, placed.kernels(), placed.reason(), doubt(range));
	}

	/** What must be known of images' values, if they are of another range than those trained on. NB: normalised by its own statistics, an image has any. */
	Optional<String> doubt(final ValueRange range) {
		if (model.preprocessing().normalization().scope() == Normalization.Scope.IMAGE) return Optional.empty();
		return range.doubt(ValueRange.of(model.training().fingerprint()));
	}

	/** The network where it predicts and explains some images. */
	Engine.Placed<Inference> explaining(final Explanation.Method method, final int images, final Engine engine) {
		return placed(engine, images, 1 + method.predictions(), Explainer.bytes(method, model.graph(), model.weights(), how.width(), how.height(), engine.sizes(),
			engine.threads()));
	}

	/**
	 * @param predictions how often each image goes through the network
	 * @param more bytes that are needed besides those of predictions
	 */
	private Engine.Placed<Inference> placed(final Engine engine, final int images, final int predictions, final long more) {
		final double operations = Recommendation.operations(model.graph(), how.width(), how.height());
		final Launch.Need need = memory(engine);
		return engine.infer(model.graph(), model.weights(), model.preprocessing().normalization(), new Launch.Need(need.least() + more, need.useful() + more),
			images, images * predictions * operations);
	}

	private long bytesOfImage() {
		return 4L * how.width() * how.height() * model.graph().inputChannels();
	}

	private int together() {
		return Classifier.together(model.graph(), how.width(), how.height());
	}

	/** The weights, as they come and as they are; what predictions take; the images that are under way, as they come and as they are normalised. */
	private Launch.Need memory(final Engine engine) {
		final long images = 3 * together() * bytesOfImage() + 8 * model.graph().weights().values().stream().mapToLong(w -> w.length()).sum();
		return new Launch.Need(bytes(engine, 1) + images, bytes(engine, engine.threads()) + 2 * images);
	}

	private long bytes(final Engine engine, final int threads) {
		return Classifier.bytes(model.graph(), how.width(), how.height(), engine.sizes(), threads);
	}
}
