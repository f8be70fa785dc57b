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

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file of MNIST's format idx, packed with gzip or not: two zeros, type, number of dimensions, their lengths in four bytes each, elements. */
public final class IdxFile {

	private IdxFile() {}

	/**
	 * Reads the whole array into memory, as packed as it is in the file.
	 *
	 * @throws IllegalArgumentException if it is no such file, or truncated
	 * @throws UncheckedIOException if it cannot be read
	 */
	public static NdArray read(final Path file) {
		try (InputStream in = open(file)) {
			final byte[] start = in.readNBytes(4);
			final ElementType type = start.length < 4 || start[0] != 0 || start[1] != 0 || start[3] < 1 ? noIdx(file) : ElementType.idx(start[2]).orElseGet(
				() -> noIdx(file));
			final int[] shape = new int[start[3]];
			final byte[] lengths = in.readNBytes(4 * shape.length);
			if (lengths.length < 4 * shape.length) throw truncated(file, "a header of " + (4 + 4 * shape.length) + " bytes", 4 + lengths.length);
			long expected = type.bytes();
			for (int d = 0; d < shape.length; d++) {
				for (int b = 0; b < 4; b++) shape[d] = shape[d] << 8 | lengths[4 * d + b] & 0xff;
				expected = shape[d] < 0 || expected > Integer.MAX_VALUE ? Long.MAX_VALUE : expected * shape[d];
			}
			if (expected > Integer.MAX_VALUE - 16) throw new IllegalArgumentException("File '" + file + "': expected an idx array below 2 GB, found shape " + NdArray
				.text(shape) + ". Is the file damaged?");
			final byte[] bytes = in.readNBytes((int) expected);
			if (bytes.length < expected) throw truncated(file, expected + " bytes for shape " + NdArray.text(shape), bytes.length);
			// NB: only at the end of its data does gzip compare its check sum
			in.read();
			return new NdArray(file.getFileName().toString(), type, shape, false, Bytes.of(bytes, 0, type.order()));
		}
		catch (final EOFException e) {
			throw new IllegalArgumentException("File '" + file + "': truncated: its gzip data end too early. Copy or download the file again.", e);
		}
		catch (final ZipException e) {
			throw new IllegalArgumentException("File '" + file + "': its gzip data are damaged (" + e.getMessage() + "). Copy or download the file again.", e);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot read '" + file + "': " + e.getMessage(), e);
		}
	}

	private static InputStream open(final Path file) throws IOException {
		final InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
		try {
			in.mark(2);
			final boolean packed = in.read() == 0x1f && in.read() == 0x8b;
			in.reset();
			return packed ? new GZIPInputStream(in, 1 << 16) : in;
		}
		catch (final IOException e) {
			in.close();
			throw e;
		}
	}

	private static ElementType noIdx(final Path file) {
		throw new IllegalArgumentException("File '" + file + "': expected an idx file, which begins with two zeros, a type (8 for bytes) and the number of dimensions.");
	}

	private static IllegalArgumentException truncated(final Path file, final String expected, final int found) {
		return new IllegalArgumentException("File '" + file + "': truncated: expected " + expected + ", found " + found + ". Copy or download the file again.");
	}
}
