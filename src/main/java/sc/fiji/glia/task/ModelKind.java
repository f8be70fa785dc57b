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

import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;

/** Reads model files of the kind that a task applies, and refuses others with a word on what they are for. */
final class ModelKind {

	private ModelKind() {}

	/**
	 * A network that gives each pixel a class.
	 *
	 * @param key setting that names the file
	 * @throws IllegalArgumentException if it is of another kind, or {@link ModelFile#read} cannot read it
	 */
	static Model segmentation(final String key, final Path file) {
		final Model model = ModelFile.read(file);
		if (model.classification().isPresent()) throw new IllegalArgumentException(key + ": '" + file + "' holds a classification network (" + classes(model.classes()) +
			"), which gives whole images a class; expected a segmentation network. Use it with " + ClassifyImages.SETTINGS.label() +
			", or choose a model that " + TrainSegmentation.SETTINGS.label() + " wrote");
		return model;
	}

	/**
	 * A network that gives whole images a class.
	 *
	 * @param key setting that names the file
	 * @throws IllegalArgumentException if it is of another kind, or {@link ModelFile#read} cannot read it
	 */
	static Model classification(final String key, final Path file) {
		final Model model = ModelFile.read(file);
		if (model.classification().isEmpty()) throw new IllegalArgumentException(key + ": '" + file + "' holds a segmentation network (" + classes(model.classes()) +
			"), which gives pixels a class; expected a classification network. Use it with " + SegmentStack.SETTINGS.label() + ", or choose a model that " +
			TrainClassification.SETTINGS.label() + " wrote");
		return model;
	}

	/**
	 * A training that goes on from a model has the model's network: a network that the user has chosen must be that one.
	 *
	 * @param values values with a setting {@code network}
	 * @throws IllegalArgumentException if another network is chosen
	 */
	static void requireItsNetwork(final Values values, final Model start) {
		final String made = start.training().settings().getOrDefault("network", "auto"), chosen = values.choice("network");
		if (!values.isAutomatic("network") && !chosen.equals(made)) throw new IllegalArgumentException(
			"network: training goes on with the network of the model to start from, made with network=" + MacroOptions.quote(made) + "; got '" + chosen +
				"'. Take network=auto, or leave out start=[path]");
	}

	private static String classes(final List<String> names) {
		return String.join(", ", names.subList(0, Math.min(5, names.size()))) + (names.size() > 5 ? ", ..." : "");
	}
}
