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

import java.util.stream.Collectors;

/** The table of a task's settings as it stands in docs/MACROS.md. */
public final class SettingsDocumentation {

	private SettingsDocumentation() {}

	/** Heading and table, in Markdown. */
	public static String of(final Settings settings) {
		if (settings.list().isEmpty()) return "## " + settings.label() + "\n\nTakes no keys.";
		return "## " + settings.label() + "\n\n| key | standard | takes | meaning |\n|---|---|---|---|\n" + settings.list().stream().map(s -> "| `" + s
			.key() + "` | " + standard(s) + " | " + takes(s) + " | " + s.help() + " |\n").collect(Collectors.joining());
	}

	private static String standard(final Setting s) {
		if (s.kind() == Setting.Kind.IMAGE) return "the active image";
		if (s.isRequired() && s.standard().isEmpty()) return "required";
		return s.standard().isEmpty() ? "none" : "`" + s.standard() + "`";
	}

	private static String takes(final Setting s) {
		final String choices = s.choices().stream().map(c -> "`" + c + "`").collect(Collectors.joining(", "));
		return switch (s.kind()) {
			case IMAGE -> "title of an open image";
			case TITLE -> choices.isEmpty() ? "title of an open image" : choices + ", or the title of an open image";
			case TEXT -> "text";
			case CHOICE -> choices;
			case WHOLE -> "whole number, " + range(s);
			case DECIMAL -> "number, " + range(s);
			case SWITCH -> "`true`, `false`, or the bare key for true";
			case FILE_OPEN -> "path of a file to read";
			case FILE_SAVE -> "path of a file to write";
			case FOLDER -> "path of a folder";
		};
	}

	private static String range(final Setting s) {
		return number(s.min()) + " to " + number(s.max()) + (s.isAutomatic() ? ", or 0: automatic" : "");
	}

	private static String number(final double value) {
		return value == 0 ? "0" : new java.math.BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
	}
}
