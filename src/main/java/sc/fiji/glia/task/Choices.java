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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.glia.data.Augmentation;
import sc.fiji.glia.engine.train.Optimizer;
import sc.fiji.glia.engine.train.Schedule;

/** What a training's settings come to: what the user has given, or else what suits the data, with a line for each that says why. */
final class Choices {

	private final Values values;
	private final List<String> lines = new ArrayList<>();
	private final Map<String, String> used = new LinkedHashMap<>();

	Choices(final Values values) {
		this.values = values;
	}

	/** One line for each choice. */
	List<String> lines() {
		return List.copyOf(lines);
	}

	/** The value used of each setting that can be left automatic, by key. */
	Map<String, String> used() {
		return Collections.unmodifiableMap(new LinkedHashMap<>(used));
	}

	/** A choice that no setting names. */
	void add(final String line) {
		lines.add(line);
	}

	/** A whole number. */
	int whole(final String key, final int standard, final String reason) {
		final boolean automatic = values.isAutomatic(key);
		final int v = automatic ? standard : values.whole(key);
		used.put(key, String.valueOf(v));
		add(key + ": " + v + (automatic ? " " + reason : " (chosen)"));
		return v;
	}

	/** The learning rate. */
	double rate(final double standard, final String reason) {
		final boolean automatic = values.isAutomatic("rate");
		final double v = automatic ? standard : values.decimal("rate");
		used.put("rate", String.valueOf(v));
		add("rate: " + v + " (" + (automatic ? reason : "chosen") + ")");
		return v;
	}

	/** A word. */
	String word(final String key, final String standard, final String reason) {
		final boolean automatic = values.isAutomatic(key);
		final String v = automatic ? standard : values.choice(key);
		used.put(key, v);
		add(key + ": " + v + " (" + (automatic ? reason : "chosen") + ")");
		return v;
	}

	Optimizer optimizer(final String standard, final String reason) {
		return switch (word("optimizer", standard, reason)) {
			case "descent" -> new Optimizer.Sgd(0, false);
			case "sgd" -> new Optimizer.Sgd(0.9f, false);
			case "nesterov" -> new Optimizer.Sgd(0.9f, true);
			case "rmsprop" -> new Optimizer.RmsProp(0.99f, 1e-8f);
			case "adamw" -> new Optimizer.Adam(true);
			default -> new Optimizer.Adam(false);
		};
	}

	Schedule schedule(final String standard, final String reason) {
		return switch (word("schedule", standard, reason)) {
			case "constant" -> new Schedule.Constant();
			case "decay" -> new Schedule.Decay(0.95);
			case "plateau" -> new Schedule.Plateau(0.5, 5);
			default -> new Schedule.Cosine();
		};
	}

	Augmentation augmentation(final String standard, final String reason) {
		return Augmentation.of(word("augment", standard, reason));
	}
}
