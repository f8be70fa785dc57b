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
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The arrays of a {@code .npy} or {@code .npz} file, known by its content. Opening reads the headers only. The array of a {@code .npy} file is mapped, so it
 * may be larger than memory; an array of a {@code .npz} file is unpacked when it is loaded, into memory up to 64 MB, else into a temporary file that is mapped
 * and deleted. Pickled objects are refused.
 */
public final class NumpyFile {

	/** Arrays of a {@code .npz} file up to this size are kept in memory. */
	private static final int IN_MEMORY = 64 << 20;

	private final Path file;
	private final boolean zip;
	private final List<NpyHeader> headers;

	private NumpyFile(final Path file, final boolean zip, final List<NpyHeader> headers) {
		this.file = file;
		this.zip = zip;
		this.headers = headers;
	}

	/** True if a file begins as {@code .npy} files do, or is a zip called {@code .npz}. */
	public static boolean isNumpy(final Path file) {
		if (!Files.isRegularFile(file)) return false;
		final String start = start(file);
		return start.startsWith(NpyHeader.MAGIC) || start.startsWith("PK") && file.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
	}

	/**
	 * Reads what arrays there are.
	 *
	 * @throws IllegalArgumentException if it is no such file, or truncated, or an array has objects or an absurd shape
	 * @throws UncheckedIOException if it cannot be read
	 */
	public static NumpyFile open(final Path file) {
		if (!Files.isRegularFile(file)) throw new IllegalArgumentException("File '" + file + "': there is no such file.");
		try {
			if (start(file).startsWith("PK")) return openZip(file);
			final String where = "File '" + file + "'";
			try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
				final NpyHeader header = NpyHeader.read(in, where, file.getFileName().toString());
				requireLength(header, Files.size(file) - header.offset(), where);
				return new NumpyFile(file, false, List.of(header));
			}
		}
		catch (final IOException e) {
			throw unreadable(file, e);
		}
	}

	private static NumpyFile openZip(final Path file) throws IOException {
		final List<NpyHeader> headers = new ArrayList<>();
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (final ZipEntry entry : Collections.list(zip.entries())) {
				if (!entry.getName().endsWith(".npy")) continue;
				final String name = entry.getName().substring(0, entry.getName().length() - 4), where = where(file, name);
				try (InputStream in = zip.getInputStream(entry)) {
					final NpyHeader header = NpyHeader.read(in, where, name);
					requireLength(header, entry.getSize() - header.offset(), where);
					headers.add(header);
				}
			}
		}
		catch (final ZipException e) {
			throw damaged(file, e);
		}
		if (headers.isEmpty()) throw new IllegalArgumentException("File '" + file + "': expected arrays, which are called *.npy in it, found none.");
		return new NumpyFile(file, true, List.copyOf(headers));
	}

	/** Names of the arrays; of a {@code .npy} file the file's. */
	public List<String> names() {
		return headers.stream().map(NpyHeader::name).toList();
	}

	/** Shape of an array. */
	public int[] shape(final String name) {
		return header(name).shape().clone();
	}

	/** What there is, as in {@code 'x' (100, 28, 28) uint8, 'y' (100,) int64}. */
	public String description() {
		return String.join(", ", headers.stream().map(NpyHeader::description).toList());
	}

	/**
	 * An array.
	 *
	 * @throws IllegalArgumentException if there is none of this name, or it is damaged
	 * @throws UncheckedIOException if it cannot be read, or there is no room for a temporary file
	 */
	public NdArray load(final String name) {
		final NpyHeader header = header(name);
		final long length = header.length(where(file, name));
		try {
			final Bytes bytes = zip ? unpack(header, length) : Bytes.map(file, header.offset(), length, header.type().order());
			return new NdArray(name, header.type(), header.shape(), header.fortran(), bytes);
		}
		catch (final ZipException e) {
			throw damaged(file, e);
		}
		catch (final IOException e) {
			throw unreadable(file, e);
		}
	}

	private NpyHeader header(final String name) {
		return headers.stream().filter(h -> h.name().equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException("File '" + file +
			"': there is no array '" + name + "', found " + description() + "."));
	}

	private Bytes unpack(final NpyHeader header, final long length) throws IOException {
		try (ZipFile opened = new ZipFile(file.toFile())) {
			final ZipEntry entry = opened.getEntry(header.name() + ".npy");
			try (CheckedInputStream in = new CheckedInputStream(opened.getInputStream(entry), new CRC32())) {
				in.readNBytes(header.offset());
				final Bytes bytes = length > IN_MEMORY ? unpackToFile(in, length, header) : unpackToMemory(in, (int) length, header);
				if (in.read() < 0 && in.getChecksum().getValue() != entry.getCrc()) throw new ZipException("array '" + header.name() + "' has another check sum");
				return bytes;
			}
		}
	}

	private Bytes unpackToMemory(final InputStream in, final int length, final NpyHeader header) throws IOException {
		final byte[] bytes = in.readNBytes(length);
		requireLength(header, bytes.length, where(file, header.name()));
		return Bytes.of(bytes, 0, header.type().order());
	}

	private Bytes unpackToFile(final InputStream in, final long length, final NpyHeader header) throws IOException {
		final Path temporary = Files.createTempFile("glia", ".array");
		try {
			final long free = Files.getFileStore(temporary).getUsableSpace();
			if (length > free) throw new IOException("array '" + header.name() + "' takes " + (length >> 20) + " MB, but the disk of '" + temporary.getParent() +
				"' has only " + (free >> 20) + " MB left");
			long rest = length;
			try (OutputStream out = Files.newOutputStream(temporary)) {
				final byte[] buffer = new byte[1 << 16];
				while (rest > 0) {
					final int n = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
					if (n < 0) break;
					out.write(buffer, 0, n);
					rest -= n;
				}
			}
			requireLength(header, length - rest, where(file, header.name()));
			return Bytes.map(temporary, 0, length, header.type().order());
		}
		finally {
			remove(temporary);
		}
	}

	/** NB: Windows deletes no mapped file; it goes when Java ends, if it is no longer mapped then. */
	private static void remove(final Path temporary) {
		try {
			Files.delete(temporary);
		}
		catch (final IOException e) {
			temporary.toFile().deleteOnExit();
		}
	}

	private static void requireLength(final NpyHeader header, final long found, final String where) {
		final long expected = header.length(where);
		if (found < expected) throw new IllegalArgumentException(where + ": truncated: shape " + NdArray.text(header.shape()) + " of " + header.type()
			.description() + " takes " + expected + " bytes, found " + Math.max(0, found) + ". Copy or save the file again.");
	}

	private static String where(final Path file, final String array) {
		return "File '" + file + "', array '" + array + "'";
	}

	private static String start(final Path file) {
		try (InputStream in = Files.newInputStream(file)) {
			return new String(in.readNBytes(6), StandardCharsets.ISO_8859_1);
		}
		catch (final IOException e) {
			throw unreadable(file, e);
		}
	}

	private static IllegalArgumentException damaged(final Path file, final ZipException e) {
		return new IllegalArgumentException("File '" + file + "': expected a zip of NumPy arrays, found one that is truncated or damaged (" + e.getMessage() +
			"). Copy or save the file again.", e);
	}

	private static UncheckedIOException unreadable(final Path file, final IOException e) {
		return new UncheckedIOException("Cannot read '" + file + "': " + e.getMessage(), e);
	}
}
