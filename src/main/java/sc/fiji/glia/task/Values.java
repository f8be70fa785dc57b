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

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Checked values of a task's {@link Settings}. Immutable; made by {@link Settings#parse}. */
public final class Values {

	private final Settings settings;
	private final Map<String, String> values;

	Values(final Settings settings, final Map<String, String> values) {
		this.settings = settings;
		this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
	}

	/** What these are values of. */
	public Settings settings() {
		return settings;
	}

	/** All values by key, in the order of the settings, standard values included. */
	public Map<String, String> asMap() {
		return values;
	}

	/** The value as text. For a number or switch, its one spelling. */
	public String text(final String key) {
		final String value = values.get(key);
		if (value == null) throw new NoSuchElementException("'" + settings.label() + "' has no setting '" + key + "'");
		return value;
	}

	/** The value of a CHOICE. */
	public String choice(final String key) {
		return text(key);
	}

	/** The value of a WHOLE. */
	public int whole(final String key) {
		return Integer.parseInt(text(key));
	}

	/** The value of a DECIMAL. */
	public double decimal(final String key) {
		return Double.parseDouble(text(key));
	}

	/** The value of a SWITCH. */
	public boolean isOn(final String key) {
		return Boolean.parseBoolean(text(key));
	}

	/** The value of a path, or empty if none is given. */
	public Optional<Path> path(final String key) {
		final String text = text(key);
		try {
			return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException(key + ": '" + text + "' is not a path: " + e.getReason(), e);
		}
	}

	/** True if the value is left to be derived from the data: {@code auto}, or 0 where that means automatic. */
	public boolean isAutomatic(final String key) {
		final String text = text(key);
		return settings.get(key).kind().isNumber() ? settings.get(key).isAutomatic() && Double.parseDouble(text) == 0 : text.equals("auto");
	}

	/** True if the value is the standard one. */
	public boolean isStandard(final String key) {
		return text(key).equals(settings.get(key).standard());
	}

	/** These values with one more, checked. */
	public Values with(final String key, final String value) {
		final Map<String, String> changed = new LinkedHashMap<>(values);
		changed.put(key, value);
		return settings.parse(changed);
	}

	/** What stands in the second argument of {@code run(label, options)}: all values but the standard ones. */
	public String options() {
		final StringBuilder b = new StringBuilder();
		values.forEach((key, value) -> {
			if (!isStandard(key)) b.append(b.isEmpty() ? "" : " ").append(key).append('=').append(MacroOptions.quote(value));
		});
		return b.toString();
	}

	/** The macro line that repeats the task. */
	public String macro() {
		final String options = options();
		final String name = "run(\"" + settings.label() + "\"";
		return options.isEmpty() ? name + ");" : name + ", \"" + options.replace("\\", "\\\\").replace("\"", "\\\"") + "\");";
	}

	@Override
	public String toString() {
		return macro();
	}
}
