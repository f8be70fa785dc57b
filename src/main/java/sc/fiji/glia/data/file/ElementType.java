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
package sc.fiji.glia.data.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an element of an array is.
 *
 * @param kind how its bytes are read
 * @param bytes size of an element
 * @param order of its bytes
 */
record ElementType(Kind kind, int bytes, ByteOrder order) {

	/** Kinds of elements, in NumPy's letters: u and i are integers without and with sign, f floating point numbers, the digit their bytes. */
	enum Kind {
		/** False (0) or true. */
		B1, U1, I1, U2, I2, U4, I4, U8, I8, F2, F4, F8,
		/** Text, one byte for a character. */
		S,
		/** Text, four bytes for a character. */
		U
	}

	private static final Map<Integer, Kind> IDX = Map.of(0x08, Kind.U1, 0x09, Kind.I1, 0x0B, Kind.I2, 0x0C, Kind.I4, 0x0D, Kind.F4, 0x0E, Kind.F8);

	/** As NumPy writes it, as in {@code <f4}; empty if it is none of these. */
	static Optional<ElementType> numpy(final String descr) {
		if (!descr.matches("[<>|=][a-zA-Z]\\d{1,6}")) return Optional.empty();
		final ByteOrder order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
		final char letter = descr.charAt(1);
		final int n = Integer.parseInt(descr.substring(2));
		if (letter == 'U') return Optional.of(new ElementType(Kind.U, 4 * n, order));
		if (letter == 'S') return Optional.of(new ElementType(Kind.S, n, order));
		final String name = letter == 'b' ? "B" + n : descr.substring(1).toUpperCase(Locale.ROOT);
		for (final Kind kind : Kind.values()) if (kind.ordinal() < Kind.S.ordinal() && kind.name().equals(name) && Character.isLowerCase(letter))
			return Optional.of(new ElementType(kind, n, order));
		return Optional.empty();
	}

	/** As the third byte of an idx file says it. */
	static Optional<ElementType> idx(final int code) {
		return Optional.ofNullable(IDX.get(code)).map(k -> new ElementType(k, k.name().charAt(1) - '0', ByteOrder.BIG_ENDIAN));
	}

	boolean isText() {
		return kind == Kind.S || kind == Kind.U;
	}

	/** As in {@code float32}. */
	String description() {
		return switch (kind) {
			case B1 -> "bool";
			case S, U -> "text of " + bytes + " bytes";
			case F2, F4, F8 -> "float" + 8 * bytes;
			case U1, U2, U4, U8 -> "uint" + 8 * bytes;
			default -> "int" + 8 * bytes;
		};
	}

	/** Element {@code at} bytes into the buffer, which has this type's order. */
	double number(final ByteBuffer b, final int at) {
		return switch (kind) {
			case B1 -> b.get(at) == 0 ? 0 : 1;
			case U1 -> b.get(at) & 0xff;
			case I1 -> b.get(at);
			case U2 -> b.getShort(at) & 0xffff;
			case I2 -> b.getShort(at);
			case U4 -> b.getInt(at) & 0xffffffffL;
			case I4 -> b.getInt(at);
			case U8 -> unsigned(b.getLong(at));
			case I8 -> b.getLong(at);
			case F2 -> half(b.getShort(at));
			case F4 -> b.getFloat(at);
			case F8 -> b.getDouble(at);
			case S, U -> throw new IllegalStateException("Text is no number");
		};
	}

	/** Reads {@code count} elements, {@code step} bytes from one to the next. */
	void numbers(final ByteBuffer b, final int at, final int step, final float[] into, final int from, final int count) {
		if (kind == Kind.U1) for (int i = 0; i < count; i++) into[from + i] = b.get(at + i * step) & 0xff;
		else if (kind == Kind.F4) for (int i = 0; i < count; i++) into[from + i] = b.getFloat(at + i * step);
		else for (int i = 0; i < count; i++) into[from + i] = (float) number(b, at + i * step);
	}

	private static double unsigned(final long v) {
		return v >= 0 ? v : (v >>> 1 | v & 1) * 2.0;
	}

	/** IEEE 754 binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. */
	static float half(final short bits) {
		final int exponent = bits >> 10 & 0x1f, fraction = bits & 0x3ff;
		final float magnitude = exponent == 0 ? fraction * 0x1p-24f : exponent == 31 ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN) : Math.scalb(
			1 + fraction / 1024f, exponent - 15);
		return bits < 0 ? -magnitude : magnitude;
	}
}
