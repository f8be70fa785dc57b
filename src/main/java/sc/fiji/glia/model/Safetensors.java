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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

/**
 * Named arrays of 32-bit floats in the safetensors layout: the length of the header as 8 bytes, the header (JSON: name, dtype, shape and
 * byte range of each array), the values one array after another; everything little-endian.
 * <p>
 * Reading is strict: only dtype F32, and the byte ranges cover the data without gap or overlap. Header entries that are not arrays
 * ({@code __metadata__}) are ignored.
 */
public final class Safetensors {

	/** Longest header that is read, in bytes; the reference implementation has the same limit. */
	static final int LONGEST_HEADER = 100_000_000;
	private static final String METADATA = "__metadata__";
	private static final int ALIGNMENT = 8;

	private Safetensors() {}

	/**
	 * One array.
	 *
	 * @param shape sizes, slowest first; empty for a single number
	 * @param values the values, {@code product of shape} many
	 */
	public record Tensor(List<Integer> shape, float[] values) {

		/** @throws IllegalArgumentException if the shape does not have as many values */
		public Tensor {
			shape = List.copyOf(shape);
			final long size = size(shape);
			if (size != values.length) throw new IllegalArgumentException("expected " + size + " values for shape " + shape + ", got " + values.length);
		}
	}

	/**
	 * The bytes of a file that holds the given arrays, in the order of the map. The same arrays give the same bytes.
	 *
	 * @throws IllegalArgumentException if the arrays do not fit into one Java array of bytes
	 */
	public static byte[] write(final Map<String, Tensor> tensors) {
		final JsonObject header = new JsonObject();
		long end = 0;
		for (final Entry<String, Tensor> e : tensors.entrySet()) {
			if (e.getKey().equals(METADATA)) throw new IllegalArgumentException("Safetensors: no array can be named '" + METADATA + "'");
			final JsonObject o = new JsonObject();
			o.addProperty("dtype", "F32");
			final JsonArray shape = new JsonArray(), offsets = new JsonArray();
			e.getValue().shape().forEach(shape::add);
			offsets.add(end);
			offsets.add(end += 4L * e.getValue().values().length);
			o.add("shape", shape);
			o.add("data_offsets", offsets);
			header.add(e.getKey(), o);
		}
		final byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
		final int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
		if (padded > LONGEST_HEADER || 8 + padded + end > Integer.MAX_VALUE - 16) throw new IllegalArgumentException("Safetensors: " + end +
			" bytes of weights are too many for one file, expected less than 2 GiB");
		final ByteBuffer b = ByteBuffer.allocate((int) (8 + padded + end)).order(ByteOrder.LITTLE_ENDIAN);
		b.putLong(padded).put(json);
		while (b.position() < 8 + padded) b.put((byte) ' ');
		for (final Tensor t : tensors.values()) {
			b.asFloatBuffer().put(t.values());
			b.position(b.position() + 4 * t.values().length);
		}
		return b.array();
	}

	/**
	 * The arrays in the bytes of a file, in the order of their values.
	 *
	 * @throws IllegalArgumentException if the bytes are not in the safetensors layout; the message says where
	 */
	public static Map<String, Tensor> read(final byte[] bytes) {
		final ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		if (bytes.length < 8) throw new IllegalArgumentException("expected at least 8 bytes, got " + bytes.length);
		final long length = b.getLong();
		if (length < 2 || length > LONGEST_HEADER || length > bytes.length - 8) throw new IllegalArgumentException(
			"expected a header of 2 to " + (bytes.length - 8) + " bytes, got " + Long.toUnsignedString(length));
		final List<Range> ranges = header(bytes, (int) length);
		ranges.sort(Comparator.comparingLong(Range::begin).thenComparingLong(Range::end));
		final int data = 8 + (int) length;
		final Map<String, Tensor> tensors = new LinkedHashMap<>();
		long at = 0;
		for (final Range r : ranges) {
			final long size = size(r.shape);
			if (r.begin != at || r.end > bytes.length - data || r.end < at || r.end - at != 4 * size) throw new IllegalArgumentException("array '" +
				r.name + "' " + r.shape + ": expected " + size + " values from byte " + at + " on, got the range " + r.begin + " to " + r.end + " of " +
				(bytes.length - data) + " bytes");
			final float[] values = new float[(int) size];
			b.position(data + (int) at);
			b.asFloatBuffer().get(values);
			tensors.put(r.name, new Tensor(r.shape, values));
			at = r.end;
		}
		if (at != bytes.length - data) throw new IllegalArgumentException("expected " + at + " bytes of values, got " + (bytes.length - data));
		return Collections.unmodifiableMap(tensors);
	}

	/** An array's entry in the header. */
	private record Range(String name, List<Integer> shape, long begin, long end) {}

	private static List<Range> header(final byte[] bytes, final int length) {
		final List<Range> ranges = new ArrayList<>();
		final java.util.Set<String> names = new java.util.HashSet<>();
		try {
			final String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 8, length)).toString();
			if (text.charAt(0) != '{') throw new IllegalArgumentException("the header does not begin with '{'");
			final JsonReader r = new JsonReader(new StringReader(text));
			r.beginObject();
			while (r.hasNext()) {
				final String name = r.nextName();
				if (!names.add(name)) throw new IllegalArgumentException("the array '" + name + "' is there twice");
				if (name.equals(METADATA)) r.skipValue();
				else ranges.add(range(name, r));
			}
			r.endObject();
			if (r.peek() != JsonToken.END_DOCUMENT) throw new IllegalStateException("text after the end");
		}
		catch (final CharacterCodingException e) {
			throw new IllegalArgumentException("the header is not UTF-8 text", e);
		}
		catch (final IOException | IllegalStateException e) {
			throw new IllegalArgumentException("the header is not valid JSON" + JsonText.place(e), e);
		}
		return ranges;
	}

	private static Range range(final String name, final JsonReader r) throws IOException {
		String dtype = "";
		List<Long> shape = null, offsets = null;
		r.beginObject();
		while (r.hasNext()) {
			switch (r.nextName()) {
				case "dtype" -> dtype = r.nextString();
				case "shape" -> shape = numbers(name, r);
				case "data_offsets" -> offsets = numbers(name, r);
				default -> throw new IllegalArgumentException("array '" + name + "': expected dtype, shape and data_offsets only");
			}
		}
		r.endObject();
		if (!dtype.equals("F32")) throw new IllegalArgumentException("array '" + name + "': expected dtype F32, got '" + dtype + "'");
		if (shape == null || offsets == null || offsets.size() != 2) throw new IllegalArgumentException("array '" + name +
			"': expected a shape and two data_offsets");
		for (final long s : shape) if (s > Integer.MAX_VALUE) throw new IllegalArgumentException("array '" + name + "': the shape " + shape +
			" is too large");
		return new Range(name, shape.stream().map(Long::intValue).toList(), offsets.get(0), offsets.get(1));
	}

	private static List<Long> numbers(final String name, final JsonReader r) throws IOException {
		final List<Long> list = new ArrayList<>();
		r.beginArray();
		while (r.hasNext()) {
			final String s = r.nextString();
			if (!s.matches("\\d{1,18}")) throw new IllegalArgumentException("array '" + name + "': expected whole numbers, got '" + s + "'");
			list.add(Long.parseLong(s));
		}
		r.endArray();
		return list;
	}

	/** Number of values of a shape. */
	private static long size(final List<Integer> shape) {
		long n = 1;
		for (final int s : shape) {
			if (s < 0 || s > 0 && n > Integer.MAX_VALUE / s) throw new IllegalArgumentException("the shape " + shape + " is too large");
			n *= s;
		}
		return n;
	}
}
