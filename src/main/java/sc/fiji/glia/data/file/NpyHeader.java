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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of a {@code .npy} file: format versions 1 to 3 as in NumPy Enhancement Proposal 1, read as text, never evaluated.
 *
 * @param name of the array
 * @param type of its elements
 * @param fortran whether the first index runs fastest
 * @param shape length of each dimension
 * @param offset where the elements begin, in bytes from the beginning of the file
 */
record NpyHeader(String name, ElementType type, boolean fortran, int[] shape, int offset) {

	/** First bytes of each file. */
	static final String MAGIC = "\u0093NUMPY";

	private static final int LONGEST = 1 << 20, MOST_DIMENSIONS = 32;
	private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*(['\"])(.*?)\\1"), FORTRAN = Pattern.compile(
		"['\"]fortran_order['\"]\\s*:\\s*(True|False)"), SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^)]*)\\)");

	/**
	 * Reads a header and leaves the stream at the first element.
	 *
	 * @param where file and entry, for messages
	 * @throws IllegalArgumentException if it is no header, or one of objects, records or other elements that are no numbers or texts
	 */
	static NpyHeader read(final InputStream in, final String where, final String name) throws IOException {
		final byte[] start = in.readNBytes(8);
		final String magic = new String(start, StandardCharsets.ISO_8859_1);
		if (!magic.startsWith(MAGIC)) throw new IllegalArgumentException(where + ": expected a NumPy array, which begins with \\x93NUMPY, found " + (start.length == 0
			? "an empty file." : "other bytes. Save it with numpy.save or numpy.savez."));
		final int version = start.length < 8 ? 0 : start[6], digits = version == 1 ? 2 : 4;
		if (version < 1 || version > 3) throw new IllegalArgumentException(where + ": expected version 1, 2 or 3 of NumPy's format, found " + version + ".");
		long length = 0;
		final byte[] lengthBytes = in.readNBytes(digits);
		for (int i = 0; i < lengthBytes.length; i++) length |= (lengthBytes[i] & 0xffL) << 8 * i;
		if (length > LONGEST) throw new IllegalArgumentException(where + ": expected a header of at most " + LONGEST + " bytes, found one of " + length +
			". Is the file damaged?");
		final byte[] text = in.readNBytes((int) length);
		if (lengthBytes.length < digits || text.length < length) throw new IllegalArgumentException(where + ": truncated: its header should have " + length +
			" bytes, found " + text.length + ". Copy or save the file again.");
		return parse(new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1), where, name, 8 + digits + (int) length);
	}

	private static NpyHeader parse(final String header, final String where, final String name, final int offset) {
		final Matcher descr = DESCR.matcher(header), fortran = FORTRAN.matcher(header), shape = SHAPE.matcher(header);
		final boolean described = descr.find();
		if (described && descr.group(2).endsWith("O")) throw new IllegalArgumentException(where +
			": found pickled Python objects (dtype object), which are refused because reading them would run code. Save an array of numbers or texts, as with " +
			"numpy.save(file, array.astype('float32'), allow_pickle=False).");
		if (!fortran.find() || !shape.find() || !described && !header.contains("descr")) throw new IllegalArgumentException(where +
			": expected a header with descr, fortran_order and shape, found: " + shortened(header));
		final ElementType type = (described ? ElementType.numpy(descr.group(2)) : Optional.<ElementType> empty()).orElseThrow(
			() -> new IllegalArgumentException(where + ": expected bool, integers of 1 to 8 bytes, floats of 2, 4 or 8 bytes or texts, found dtype " + (described
				? descr.group(2) : "with several fields") + ". Convert it, as with array.astype('float32')."));
		return new NpyHeader(name, type, fortran.group(1).equals("True"), shape(shape.group(1), where), offset);
	}

	private static int[] shape(final String tuple, final String where) {
		final String[] parts = Arrays.stream(tuple.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toArray(String[]::new);
		final int[] shape = new int[parts.length];
		for (int d = 0; d < shape.length && d < MOST_DIMENSIONS; d++) {
			final String digits = parts[d].replaceFirst("(?<=\\d)L$", "");
			if (!digits.matches("\\d{1,10}") || Long.parseLong(digits) > Integer.MAX_VALUE) throw absurd(tuple, where);
			shape[d] = Integer.parseInt(digits);
		}
		if (shape.length > MOST_DIMENSIONS) throw absurd(tuple, where);
		return shape;
	}

	private static IllegalArgumentException absurd(final String tuple, final String where) {
		return new IllegalArgumentException(where + ": expected a shape of at most " + MOST_DIMENSIONS + " lengths from 0 to " + Integer.MAX_VALUE + ", found (" +
			shortened(tuple) + "). Is the file damaged?");
	}

	private static String shortened(final String text) {
		return text.length() > 100 ? text.substring(0, 100).trim() + "..." : text.trim();
	}

	/**
	 * Bytes of all elements.
	 *
	 * @throws IllegalArgumentException if there would be 2^63 or more
	 */
	long length(final String where) {
		try {
			long n = type.bytes();
			for (final int d : shape) n = Math.multiplyExact(n, (long) d);
			return n;
		}
		catch (final ArithmeticException e) {
			throw new IllegalArgumentException(where + ": shape " + NdArray.text(shape) + " has more elements than any file. Is the file damaged?", e);
		}
	}

	/** As in {@code 'x' (100, 28, 28) uint8}. */
	String description() {
		return "'" + name + "' " + NdArray.text(shape) + " " + type.description();
	}
}
