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
import java.util.Locale;
import java.util.Map;

/** The language of the second argument of ImageJ's {@code run(command, options)}: key=value, key=[a value], key='a value' and bare words. */
public final class MacroOptions {

	private MacroOptions() {}

	/**
	 * Values by key (in lower case), in the order written. A bare word has the value "true".
	 *
	 * @throws IllegalArgumentException if a key comes twice or a bracket or quote is not closed
	 */
	public static Map<String, String> parse(final String options) {
		final Map<String, String> values = new LinkedHashMap<>();
		int at = 0;
		while (true) {
			while (at < options.length() && Character.isWhitespace(options.charAt(at))) at++;
			if (at == options.length()) return values;
			final int start = at;
			while (at < options.length() && options.charAt(at) != '=' && !Character.isWhitespace(options.charAt(at))) at++;
			final String key = options.substring(start, at).toLowerCase(Locale.ROOT);
			String value = "true";
			if (at < options.length() && options.charAt(at) == '=') {
				final int end = valueEnd(options, ++at, key);
				final boolean isWrapped = end > at && (options.charAt(at) == '[' || options.charAt(at) == '\'');
				value = isWrapped ? options.substring(at + 1, end - 1) : options.substring(at, end);
				at = end;
			}
			if (values.put(key, value) != null) throw new IllegalArgumentException("Key '" + key + "' is given twice in \"" + options.trim() + "\"");
		}
	}

	/** Index after the value that starts at {@code start}, its bracket or quote included. */
	private static int valueEnd(final String options, final int start, final String key) {
		final int n = options.length();
		if (start < n && options.charAt(start) == '[') {
			int depth = 0;
			for (int i = start; i < n; i++) {
				if (options.charAt(i) == '[') depth++;
				if (options.charAt(i) == ']' && --depth == 0) return i + 1;
			}
			throw new IllegalArgumentException(key + ": the bracket is not closed in \"" + options.trim() + "\"");
		}
		if (start < n && options.charAt(start) == '\'') {
			final int close = options.indexOf('\'', start + 1);
			if (close < 0) throw new IllegalArgumentException(key + ": the quote is not closed in \"" + options.trim() + "\"");
			return close + 1;
		}
		int i = start;
		while (i < n && !Character.isWhitespace(options.charAt(i))) i++;
		return i;
	}

	/**
	 * A value as it is written after {@code key=}: in brackets unless it is a simple word, in quotes if its brackets do not match.
	 *
	 * @throws IllegalArgumentException if there is no way to write it: brackets that do not match, and a quote
	 */
	public static String quote(final String value) {
		if (value.matches("[^\\s\\[\\]'&]+")) return value;
		if (isBalanced(value)) return "[" + value + "]";
		if (value.indexOf('\'') < 0) return "'" + value + "'";
		throw new IllegalArgumentException("'" + value + "' cannot be written in a macro: its brackets do not match. Rename it");
	}

	private static boolean isBalanced(final String value) {
		int depth = 0;
		for (final char c : value.toCharArray()) {
			if (c == '[') depth++;
			if (c == ']' && --depth < 0) return false;
		}
		return depth == 0;
	}
}
