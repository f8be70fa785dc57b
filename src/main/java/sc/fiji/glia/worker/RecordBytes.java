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
package sc.fiji.glia.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.model.GraphText;

/**
 * Records as bytes, component by component: numbers, booleans, text, constants, {@code int[]}, lists of numbers, networks, and records of
 * these. Where a sealed interface is declared, the simple name of the record stands first, and only what the interface permits is read.
 */
final class RecordBytes {

	private RecordBytes() {}

	/** The bytes of a record that {@link #read} makes again of them. */
	static byte[] write(final Class<?> declared, final Record value) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			write(declared, value, new DataOutputStream(bytes));
		}
		catch (final IOException e) {
			throw new IllegalStateException("cannot happen in memory", e);
		}
		return bytes.toByteArray();
	}

	/** @throws IOException if these are not the bytes of such a record */
	static <T> T read(final Class<T> declared, final byte[] bytes) throws IOException {
		final DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
		final T value = declared.cast(read(declared, in));
		if (in.available() > 0) throw new IOException(in.available() + " bytes after a " + value.getClass().getSimpleName());
		return value;
	}

	private static void write(final Type declared, final Object value, final DataOutputStream out) throws IOException {
		if (value instanceof Integer i) out.writeInt(i);
		else if (value instanceof Long l) out.writeLong(l);
		else if (value instanceof Float f) out.writeFloat(f);
		else if (value instanceof Double d) out.writeDouble(d);
		else if (value instanceof Boolean b) out.writeBoolean(b);
		else if (value instanceof String s) text(s, out);
		else if (value instanceof Enum<?> e) text(e.name(), out);
		else if (value instanceof Graph g) text(GraphText.write(g), out);
		else if (value instanceof int[] a) {
			out.writeInt(a.length);
			for (final int i : a) out.writeInt(i);
		}
		else if (value instanceof List<?> list) {
			out.writeInt(list.size());
			for (final Object o : list) write(element(declared), o, out);
		}
		else if (value instanceof Record r) record((Class<?>) declared, r, out);
		else throw new IllegalStateException("RecordBytes: no bytes for " + value);
	}

	private static void record(final Class<?> declared, final Record r, final DataOutputStream out) throws IOException {
		if (declared.isInterface()) text(r.getClass().getSimpleName(), out);
		for (final RecordComponent c : r.getClass().getRecordComponents()) {
			try {
				c.getAccessor().setAccessible(true);
				write(c.getGenericType(), c.getAccessor().invoke(r), out);
			}
			catch (final IllegalAccessException | InvocationTargetException e) {
				throw new IllegalStateException("RecordBytes: cannot read " + c, e);
			}
		}
	}

	private static Object read(final Type declared, final DataInputStream in) throws IOException {
		if (declared == int.class || declared == Integer.class) return in.readInt();
		if (declared == long.class) return in.readLong();
		if (declared == float.class) return in.readFloat();
		if (declared == double.class || declared == Double.class) return in.readDouble();
		if (declared == boolean.class) return in.readBoolean();
		if (declared == String.class) return text(in);
		if (declared == Graph.class) return GraphText.read(text(in));
		if (declared == int[].class) {
			final int[] a = new int[length(in, Integer.BYTES)];
			for (int i = 0; i < a.length; i++) a[i] = in.readInt();
			return a;
		}
		if (declared instanceof ParameterizedType) {
			final List<Object> list = new ArrayList<>();
			for (int n = length(in, 1); n > 0; n--) list.add(read(element(declared), in));
			return list;
		}
		final Class<?> type = (Class<?>) declared;
		if (type.isEnum()) return constant(type, text(in));
		return record(type.isInterface() ? permitted(type, text(in)) : type, in);
	}

	private static Object record(final Class<?> type, final DataInputStream in) throws IOException {
		final RecordComponent[] components = type.getRecordComponents();
		final Object[] values = new Object[components.length];
		for (int i = 0; i < values.length; i++) values[i] = read(components[i].getGenericType(), in);
		try {
			final var constructor = type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
			constructor.setAccessible(true);
			return constructor.newInstance(values);
		}
		catch (final InvocationTargetException e) {
			throw new IOException("no " + type.getSimpleName() + ": " + e.getCause().getMessage(), e);
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException("RecordBytes: cannot make a " + type, e);
		}
	}

	private static Object constant(final Class<?> type, final String name) throws IOException {
		for (final Object c : type.getEnumConstants()) if (((Enum<?>) c).name().equals(name)) return c;
		throw new IOException("unknown " + type.getSimpleName() + " '" + name + "'");
	}

	private static Class<?> permitted(final Class<?> type, final String name) throws IOException {
		for (final Class<?> c : type.getPermittedSubclasses()) if (c.getSimpleName().equals(name)) return c;
		throw new IOException("unknown " + type.getSimpleName() + " '" + name + "'");
	}

	private static Type element(final Type list) {
		return ((ParameterizedType) list).getActualTypeArguments()[0];
	}

	private static void text(final String s, final DataOutputStream out) throws IOException {
		final byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	private static String text(final DataInputStream in) throws IOException {
		return new String(in.readNBytes(length(in, 1)), StandardCharsets.UTF_8);
	}

	private static int length(final DataInputStream in, final int bytes) throws IOException {
		final int n = in.readInt();
		if (n < 0 || n > in.available() / bytes) throw new IOException("expected a length from 0 to " + in.available() / bytes + ", found " + n);
		return n;
	}
}
