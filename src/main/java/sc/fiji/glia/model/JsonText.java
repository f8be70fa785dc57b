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

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

/** JSON as people read it: what fits into one line stands in one line, keys keep their order. */
final class JsonText {

	/** Columns of a line, without its indentation. */
	private static final int COLUMNS = 170;

	private JsonText() {}

	/** The text, without a line break at its end. */
	static String write(final JsonElement json) {
		return write(json, "");
	}

	/** @throws IllegalArgumentException if the text is not JSON, or anything follows */
	static JsonElement read(final String text) {
		try {
			final JsonReader r = new JsonReader(new StringReader(text));
			final JsonElement e = new Gson().getAdapter(JsonElement.class).read(r);
			if (r.peek() != JsonToken.END_DOCUMENT) throw new IllegalStateException("text after the end");
			return e;
		}
		catch (final IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
			throw new IllegalArgumentException("not valid JSON" + place(e), e);
		}
	}

	/** Where a parser stopped, as in {@code at line 3 column 4}, without its advice to programmers. */
	static String place(final Exception e) {
		final Matcher m = Pattern.compile(" at line \\d+ column \\d+").matcher(String.valueOf(e.getMessage()));
		return m.find() ? m.group() : "";
	}

	private static String write(final JsonElement json, final String indent) {
		final String line = line(json);
		if (line.length() <= COLUMNS && !indent.isEmpty() || json.isJsonPrimitive() || json.isJsonNull()) return line;
		final String inner = indent + "  ";
		final List<String> items = new ArrayList<>();
		if (json.isJsonArray()) json.getAsJsonArray().forEach(e -> items.add(write(e, inner)));
		else json.getAsJsonObject().entrySet().forEach(e -> items.add(new JsonPrimitive(e.getKey()) + ": " + write(e.getValue(), inner)));
		final String open = json.isJsonArray() ? "[" : "{", close = json.isJsonArray() ? "]" : "}";
		return open + "\n" + inner + String.join(",\n" + inner, items) + "\n" + indent + close;
	}

	private static String line(final JsonElement json) {
		final List<String> items = new ArrayList<>();
		if (json.isJsonArray()) json.getAsJsonArray().forEach(e -> items.add(line(e)));
		else if (json.isJsonObject()) json.getAsJsonObject().entrySet().forEach(e -> items.add(new JsonPrimitive(e.getKey()) + ": " + line(e
			.getValue())));
		else return json.toString();
		final String open = json.isJsonArray() ? "[" : "{ ", close = json.isJsonArray() ? "]" : " }";
		return items.isEmpty() ? (open + close).replace("  ", "") : open + String.join(", ", items) + close;
	}
}
