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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/**
 * The fields of one JSON object, checked as they are read. Unknown fields are never looked at. Every error is an
 * {@link IllegalArgumentException} that names the field.
 *
 * @param at where the object is, for messages: {@code training}
 * @param json the object
 */
record Fields(String at, JsonObject json) {

	static Fields of(final String at, final JsonElement e) {
		if (!e.isJsonObject()) throw new IllegalArgumentException(at + ": expected an object { }, found " + shortened(e));
		return new Fields(at, e.getAsJsonObject());
	}

	boolean has(final String key) {
		return json.has(key);
	}

	/** The value of a field that must be there. */
	JsonElement get(final String key) {
		final JsonElement e = json.get(key);
		if (e == null) throw new IllegalArgumentException(at(key) + " is missing");
		return e;
	}

	String string(final String key) {
		return string(at(key), get(key));
	}

	String string(final String key, final String otherwise) {
		return has(key) ? string(key) : otherwise;
	}

	int integer(final String key, final int from, final int to) {
		final String s = number(at(key), get(key));
		final String wrong = at(key) + ": expected a whole number from " + from + " to " + to + ", found " + shortened(get(key));
		try {
			final int i = Integer.parseInt(s);
			if (i < from || i > to) throw new IllegalArgumentException(wrong);
			return i;
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException(wrong, e);
		}
	}

	long whole(final String key, final long otherwise) {
		return has(key) ? whole(at(key), get(key)) : otherwise;
	}

	double real(final String key) {
		return real(at(key), get(key));
	}

	double real(final String key, final double otherwise) {
		return has(key) ? real(key) : otherwise;
	}

	static long whole(final String at, final JsonElement e) {
		final String s = number(at, e);
		try {
			return Long.parseLong(s);
		}
		catch (final NumberFormatException x) {
			throw new IllegalArgumentException(at + ": expected a whole number, found " + shortened(e), x);
		}
	}

	/** The float whose shortest decimal form is stored. */
	float single(final String key) {
		return Float.parseFloat(number(at(key), get(key)));
	}

	boolean bool(final String key) {
		final JsonElement e = get(key);
		if (e instanceof JsonPrimitive p && p.isBoolean()) return p.getAsBoolean();
		throw new IllegalArgumentException(at(key) + ": expected true or false, found " + shortened(e));
	}

	/** The field as an object; an empty one if it is missing. */
	Fields object(final String key) {
		return has(key) ? of(at(key), get(key)) : new Fields(at(key), new JsonObject());
	}

	/** The constant whose lower-case name is stored. */
	<E extends Enum<E>> E constant(final String key, final E[] constants) {
		final String s = string(key);
		for (final E c : constants) if (name(c).equals(s)) return c;
		throw new IllegalArgumentException(at(key) + ": unknown value '" + s + "'");
	}

	List<String> strings(final String key) {
		return list(key, e -> string(at(key), e));
	}

	List<Double> reals(final String key) {
		return list(key, e -> real(at(key), e));
	}

	/** The elements of an array; none if it is missing. */
	<T> List<T> list(final String key, final Function<JsonElement, T> item) {
		if (!has(key)) return List.of();
		if (!get(key).isJsonArray()) throw new IllegalArgumentException(at(key) + ": expected a list [ ], found " + shortened(get(key)));
		final List<T> list = new ArrayList<>();
		get(key).getAsJsonArray().forEach(e -> list.add(item.apply(e)));
		return list;
	}

	Map<String, String> stringMap(final String key) {
		final Map<String, String> map = new LinkedHashMap<>();
		object(key).json.entrySet().forEach(e -> map.put(e.getKey(), string(at(key), e.getValue())));
		return map;
	}

	Map<String, Double> realMap(final String key) {
		final Map<String, Double> map = new LinkedHashMap<>();
		object(key).json.entrySet().forEach(e -> map.put(e.getKey(), real(at(key), e.getValue())));
		return map;
	}

	/** A number as JSON, which knows neither NaN (here null) nor infinity (here text). */
	static JsonElement number(final double d) {
		if (Double.isNaN(d)) return JsonNull.INSTANCE;
		return Double.isInfinite(d) ? new JsonPrimitive(Double.toString(d)) : new JsonPrimitive(d);
	}

	static JsonArray array(final List<String> list) {
		final JsonArray a = new JsonArray();
		list.forEach(a::add);
		return a;
	}

	static JsonArray realArray(final List<Double> list) {
		final JsonArray a = new JsonArray();
		list.forEach(d -> a.add(number(d)));
		return a;
	}

	static JsonObject object(final Map<String, ?> map) {
		final JsonObject o = new JsonObject();
		map.forEach((k, v) -> o.add(k, v instanceof Double d ? number(d) : new JsonPrimitive(String.valueOf(v))));
		return o;
	}

	/** How a constant is stored. */
	static String name(final Enum<?> constant) {
		return constant.name().toLowerCase(java.util.Locale.ROOT);
	}

	private String at(final String key) {
		return at.isEmpty() ? key : at + "." + key;
	}

	private static String string(final String at, final JsonElement e) {
		if (!(e instanceof JsonPrimitive p && p.isString())) throw new IllegalArgumentException(at + ": expected text, found " + shortened(e));
		return e.getAsString();
	}

	/** NB the text of the number: arithmetic on a BigDecimal of a lying exponent would take for ever. */
	private static String number(final String at, final JsonElement e) {
		if (!(e instanceof JsonPrimitive p && p.isNumber())) throw new IllegalArgumentException(at + ": expected a number, found " + shortened(e));
		return e.getAsString();
	}

	private static double real(final String at, final JsonElement e) {
		if (e.isJsonNull()) return Double.NaN;
		if (e instanceof JsonPrimitive p && p.isString()) {
			if (p.getAsString().equals("Infinity")) return Double.POSITIVE_INFINITY;
			if (p.getAsString().equals("-Infinity")) return Double.NEGATIVE_INFINITY;
		}
		return Double.parseDouble(number(at, e));
	}

	/** NB not the text of lists and objects: it would be made by a recursion as deep as a hostile file likes. */
	private static String shortened(final JsonElement e) {
		if (e.isJsonArray()) return "a list";
		if (e.isJsonObject()) return "an object";
		final String s = e.toString();
		return s.length() <= 40 ? s : s.substring(0, 40) + "...";
	}
}
