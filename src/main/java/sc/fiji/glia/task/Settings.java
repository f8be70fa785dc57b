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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The settings of one task, with the name and place of its command.
 *
 * @param label menu label, which is also the name in {@code run("label", ...)}
 * @param menu where the label stands, as in {@code Plugins>Glia}
 * @param list settings in the order of dialogs
 */
public record Settings(String label, String menu, List<Setting> list) {

	/** @throws IllegalArgumentException if a key is used twice, or ends another key: ImageJ reads {@code rate=} inside of {@code learningrate=} */
	public Settings {
		list = List.copyOf(list);
		for (int i = 0; i < list.size(); i++) for (int j = 0; j < list.size(); j++) {
			if (i != j && list.get(i).key().endsWith(list.get(j).key())) throw new IllegalArgumentException("Key '" + list.get(j).key() +
				"' is an ending of key '" + list.get(i).key() + "' in '" + label + "'");
		}
	}

	/** The label as windows and messages have it: without the dots. */
	public String title() {
		return label.replace("...", "");
	}

	/** All keys, in order. */
	public List<String> keys() {
		return list.stream().map(Setting::key).toList();
	}

	/** Whether the task works on an open image. */
	public boolean takeImage() {
		return list.stream().anyMatch(s -> s.kind() == Setting.Kind.IMAGE);
	}

	/** @throws NoSuchElementException if there is no such setting */
	public Setting get(final String key) {
		return list.stream().filter(s -> s.key().equals(key)).findFirst().orElseThrow(() -> new NoSuchElementException("'" + label +
			"' has no setting '" + key + "'"));
	}

	/**
	 * Checks what a user has given and fills in the rest. A setting that is replaced by another one, as the image by a folder, gets its standard
	 * value.
	 *
	 * @param given values by key, as written in a macro; keys in any case
	 * @throws IllegalArgumentException if a key is unknown, a value is not what its setting takes, or a required one is missing. The message is for the
	 *           user
	 */
	public Values parse(final Map<String, String> given) {
		final Map<String, String> values = new LinkedHashMap<>();
		for (final Setting s : list) values.put(s.key(), s.standard());
		given.forEach((k, value) -> {
			final String key = k.toLowerCase(Locale.ROOT);
			if (!values.containsKey(key)) throw new IllegalArgumentException("Unknown key '" + k + "' in run(\"" + label + "\", ...)" + Nearest.hint(key,
				keys()) + "\nIt takes" + (list.isEmpty() ? " no keys" : ": " + String.join(", ", keys())));
			values.put(key, get(key).check(value));
		});
		for (final Setting s : list) {
			final boolean isReplaced = !values.getOrDefault(s.instead(), "").isEmpty();
			if (isReplaced) values.put(s.key(), s.standard());
			else if (s.isRequired() && values.get(s.key()).isEmpty()) throw missing(s);
		}
		return new Values(this, values);
	}

	private static IllegalArgumentException missing(final Setting s) {
		final String instead = s.instead().isEmpty() ? "" : ", or give " + s.instead() + "=[path]";
		return new IllegalArgumentException(switch (s.kind()) {
			case IMAGE -> s.key() + ": no image. Open one, give " + s.key() + "=[title]" + instead;
			case FILE_SAVE -> s.key() + ": missing. Give the file to write, as in " + s.key() + "=[path.zip]" + instead;
			case FILE_OPEN -> s.key() + ": missing. Give the file to read, as in " + s.key() + "=[path.zip]" + instead;
			case TITLE -> s.key() + ": missing. Give the title of an open image, as in " + s.key() + "=[title]" + instead;
			default -> s.key() + ": missing. Give " + s.key() + "=[...]" + instead + ": " + s.help();
		});
	}
}
