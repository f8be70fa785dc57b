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
package sc.fiji.glia.ui;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Settings;

/**
 * Messages name settings as macros do: {@code key: ...} or {@code key=value: ...} first, and {@code key=value} wherever they advise a value; what stands
 * for any value is {@code [path]}, {@code [title]} and the like. For users of a dialog, this puts the dialog's labels there.
 */
final class DialogWords {

	/** What stands in brackets for any value. */
	private static final Pattern ANY = Pattern.compile("\\[(path|title|CSV|column|\\.\\.\\.).*");

	private DialogWords() {}

	/** The message in the words of the dialog of these settings. */
	static String of(final Settings settings, final String message) {
		if (settings.list().isEmpty()) return message;
		final String keys = settings.keys().stream().collect(Collectors.joining("|", "(", ")"));
		final Matcher first = Pattern.compile("^((?:Training failed: )?)" + keys + "(?:=(.+?))?: ").matcher(message);
		if (!first.find()) return advice(settings, keys, "", message);
		final String value = first.group(3) == null ? "" : " '" + first.group(3) + "'";
		return first.group(1) + settings.get(first.group(2)).name() + value + ": " + advice(settings, keys, first.group(2), message.substring(first.end()));
	}

	/**
	 * Replaces {@code key=value}. NB: what a path or title holds is no advice, so that a key must come after a space or bracket.
	 *
	 * @param about key that the message is about: that it takes a value goes without saying
	 */
	private static String advice(final Settings settings, final String keys, final String about, final String text) {
		final Matcher m = Pattern.compile("(, as in |, give )?(?<![^\\s(])" + keys + "=(\\[[^\\]]*\\]|[^\\s,;()]*[^\\s,;().]|)").matcher(text);
		return m.replaceAll(found -> {
			final Setting s = settings.get(found.group(2));
			final String before = found.group(1) == null ? "" : found.group(1), value = found.group(3);
			final boolean isAny = value.isEmpty() || ANY.matcher(value).matches();
			if (isAny && (before.startsWith(", as in") || !before.isEmpty() && s.key().equals(about))) return "";
			final boolean isNamed = isAny || s.kind() == Setting.Kind.SWITCH && value.equals("true");
			return Matcher.quoteReplacement(before + '"' + s.name() + '"' + (isNamed ? "" : " = " + value.replaceAll("^\\[|\\]$", "")));
		});
	}
}
