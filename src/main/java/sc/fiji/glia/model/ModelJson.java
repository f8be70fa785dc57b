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
package sc.fiji.glia.model;

import java.util.List;
import java.util.Optional;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.train.EpochRecord;

/** Everything of a model but its weights, as {@code model.json}. */
final class ModelJson {

	/** Version of the format. It grows when an older Glia would misread a newer file. */
	static final int FORMAT = 1;
	/** The kinds of models. */
	static final String SEGMENTATION = "segmentation", CLASSIFICATION = "classification";

	private ModelJson() {}

	/** What {@code model.json} says. */
	record Description(Graph graph, Preprocessing preprocessing, List<String> classes, Training training,
		Optional<Classification> classification)
	{}

	static String write(final Model model) {
		final JsonObject o = new JsonObject();
		o.addProperty("format", FORMAT);
		o.addProperty("kind", model.classification().isPresent() ? CLASSIFICATION : SEGMENTATION);
		o.add("classes", Fields.array(model.classes()));
		o.add("preprocessing", preprocessing(model.preprocessing()));
		model.classification().ifPresent(c -> o.add(CLASSIFICATION, classification(c)));
		o.add("graph", GraphJson.write(model.graph()));
		o.add("training", training(model.training()));
		return JsonText.write(o) + "\n";
	}

	/** @throws IllegalArgumentException naming the field that is wrong */
	static Description read(final String text) {
		final Fields f = Fields.of("", JsonText.read(text));
		final int format = f.integer("format", 1, Integer.MAX_VALUE);
		if (format > FORMAT) throw new NewerFormatException(format);
		final String kind = f.string("kind");
		if (!kind.equals(SEGMENTATION) && !kind.equals(CLASSIFICATION)) throw new IllegalArgumentException("its kind is '" + kind + "', expected '" +
			SEGMENTATION + "' or '" + CLASSIFICATION + "'");
		final Optional<Classification> classification = kind.equals(CLASSIFICATION) ? Optional.of(classification(f.object(CLASSIFICATION))) : Optional.empty();
		return new Description(GraphJson.read(f), preprocessing(f.object("preprocessing")), f.strings("classes"), training(f.object("training")),
			classification);
	}

	/** A file of a format that does not exist yet. */
	static final class NewerFormatException extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

		NewerFormatException(final int format) {
			super("it was written by a newer Glia (format " + format + "; this one reads up to " + FORMAT + ")");
		}
	}

	private static JsonObject preprocessing(final Preprocessing p) {
		final JsonObject o = new JsonObject();
		o.addProperty("channels", p.channels());
		o.addProperty("channel_count", p.channelCount());
		o.add("normalization", DataJson.write(p.normalization()));
		o.addProperty("pixel_width", p.pixelWidth());
		o.addProperty("pixel_height", p.pixelHeight());
		o.addProperty("unit", p.unit());
		return o;
	}

	private static Preprocessing preprocessing(final Fields f) {
		final int count = f.integer("channel_count", 1, Integer.MAX_VALUE);
		return new Preprocessing(f.string("channels", "all"), count, DataJson.normalization(f.object("normalization"), count), f.real("pixel_width", 1), f
			.real("pixel_height", 1), f.string("unit", "pixel"));
	}

	private static JsonObject classification(final Classification c) {
		final JsonObject o = new JsonObject();
		o.addProperty("prepare", c.prepare());
		o.addProperty("width", c.width());
		o.addProperty("height", c.height());
		o.addProperty("temperature", c.temperature());
		return o;
	}

	private static Classification classification(final Fields f) {
		return new Classification(f.string("prepare", "none"), f.integer("width", 1, Integer.MAX_VALUE), f.integer("height", 1, Integer.MAX_VALUE), f.real(
			"temperature", 1));
	}

	private static JsonObject training(final Training t) {
		final JsonObject o = new JsonObject();
		o.addProperty("date", t.date());
		o.addProperty("macro", t.macro());
		o.addProperty("seed", t.seed());
		o.add("seconds", Fields.number(t.seconds()));
		o.addProperty("best_epoch", t.bestEpoch());
		o.add("scores", Fields.object(t.scores()));
		o.add("baselines", Fields.object(t.baselines()));
		o.add("settings", Fields.object(t.settings()));
		o.add("choices", Fields.array(t.choices()));
		o.add("data", DataJson.write(t.fingerprint()));
		final JsonObject split = new JsonObject();
		split.add("train", Fields.array(t.split().train()));
		split.add("validation", Fields.array(t.split().validation()));
		split.add("test", Fields.array(t.split().test()));
		o.add("split", split);
		o.add("versions", Fields.object(t.versions()));
		final JsonArray history = new JsonArray();
		t.history().forEach(e -> history.add(epoch(e)));
		o.add("history", history);
		return o;
	}

	private static Training training(final Fields f) {
		final Fields split = f.object("split");
		final SplitNames names = new SplitNames(split.strings("train"), split.strings("validation"), split.strings("test"));
		final int best = f.has("best_epoch") ? f.integer("best_epoch", 0, Integer.MAX_VALUE) : 0;
		return new Training(f.stringMap("settings"), f.strings("choices"), DataJson.fingerprint(f.object("data")), names, //
			f.list("history", ModelJson::epoch), best, f.realMap("scores"), f.realMap("baselines"), f.stringMap("versions"), //
			f.string("date", ""), f.string("macro", ""), f.whole("seed", 0), f.real("seconds", Double.NaN));
	}

	private static JsonObject epoch(final EpochRecord e) {
		final JsonObject o = new JsonObject();
		o.addProperty("epoch", e.epoch());
		o.add("rate", Fields.number(e.rate()));
		o.add("loss", Fields.number(e.loss()));
		o.add("score", Fields.number(e.score()));
		o.add("validation_loss", Fields.number(e.validationLoss()));
		o.add("validation_score", Fields.number(e.validationScore()));
		o.add("seconds", Fields.number(e.seconds()));
		o.add("best", new JsonPrimitive(e.best()));
		return o;
	}

	private static EpochRecord epoch(final JsonElement json) {
		final Fields f = Fields.of("training.history", json);
		return new EpochRecord(f.integer("epoch", 1, Integer.MAX_VALUE), f.real("rate", Double.NaN), f.real("loss", Double.NaN), f.real("score",
			Double.NaN), f.real("validation_loss", Double.NaN), f.real("validation_score", Double.NaN), f.real("seconds", Double.NaN), f.has("best") && f
				.bool("best"));
	}
}
