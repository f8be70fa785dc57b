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

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;

/**
 * Files that are there as a whole or not at all: written under a temporary name in the same folder, forced to the disk, then moved to
 * their own name. If that fails, an older file of that name stays as it was and the temporary file is deleted.
 */
public final class AtomicFile {

	private AtomicFile() {}

	/** What a file shall hold. */
	@FunctionalInterface
	public interface Content {

		/** Writes everything; need not close the stream. */
		void writeTo(OutputStream out) throws IOException;
	}

	/** Writes a file of the given bytes, see {@link #write(Path, Content)}. */
	public static void write(final Path file, final byte[] bytes) {
		write(file, out -> out.write(bytes));
	}

	/** Writes a file of the given text in UTF-8, see {@link #write(Path, Content)}. */
	public static void write(final Path file, final String text) {
		write(file, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Writes a file, replacing an older one. Works in an interrupted thread too, so that a cancelled training is not lost.
	 *
	 * @throws UncheckedIOException if that is impossible; the message names the file
	 */
	public static void write(final Path file, final Content content) {
		try {
			final Path target = target(file);
			final Path temporary = temporary(target);
			try {
				// NB no FileChannel: that closes itself when its thread is interrupted
				try (FileOutputStream raw = new FileOutputStream(temporary.toFile()); OutputStream out = new BufferedOutputStream(raw, 1 << 16)) {
					content.writeTo(out);
					out.flush();
					raw.getFD().sync();
				}
				move(temporary, target);
			}
			finally {
				Files.deleteIfExists(temporary); // gone already if it was moved
			}
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot write '" + file + "': " + reason(e) + ". Choose another folder, or free this one.", e);
		}
	}

	/**
	 * Checks that {@link #write} can be expected to succeed. Leaves nothing behind and does not touch an existing file.
	 *
	 * @throws IllegalArgumentException if the folder does not exist or cannot be written to, or the path is a folder or write-protected
	 */
	public static void checkWritable(final Path file) {
		if (file.toString().isBlank() || file.getFileName() == null) throw new IllegalArgumentException("Expected the path of a file to write, got '" +
			file + "'.");
		if (Files.isDirectory(file)) throw new IllegalArgumentException("'" + file + "' is a folder. Give the path of a file in it, as in '" + file
			.resolve("model.zip") + "'.");
		final Path folder = file.toAbsolutePath().getParent();
		if (!Files.exists(folder)) throw new IllegalArgumentException("Cannot write '" + file + "': the folder '" + folder +
			"' does not exist. Make it first, or choose another.");
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("Cannot write '" + file + "': '" + folder +
			"' is not a folder. Choose another.");
		if (Files.exists(file) && !Files.isWritable(file)) throw new IllegalArgumentException("Cannot write '" + file +
			"': the file exists and is write-protected. Choose another name, or remove the protection.");
		try {
			final Path probe = temporary(target(file));
			Files.createFile(probe);
			Files.delete(probe);
		}
		catch (final IOException e) {
			throw new IllegalArgumentException("Cannot write '" + file + "': " + reason(e) + ". Choose a folder that you may write to.", e);
		}
	}

	/** The file itself where {@code file} is a link, so that the link stays one. */
	private static Path target(final Path file) throws IOException {
		return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
	}

	/** NB not by Files.createTempFile, which would let nobody but the owner read the file. */
	private static Path temporary(final Path target) {
		return target.resolveSibling("." + UUID.randomUUID() + ".tmp");
	}

	private static void move(final Path from, final Path to) throws IOException {
		try {
			Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final AtomicMoveNotSupportedException e) {
			Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private static String reason(final IOException e) {
		// the subclasses of FileSystemException say in their names what is wrong, others in their messages
		if (!(e instanceof FileSystemException f)) return String.valueOf(e.getMessage());
		if (f.getReason() != null) return f.getReason();
		return f.getClass().getSimpleName().replace("Exception", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
	}
}
