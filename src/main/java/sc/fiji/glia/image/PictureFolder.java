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
package sc.fiji.glia.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import sc.fiji.glia.data.NaturalOrder;

/**
 * The pictures in a folder, at any depth. What the first bytes say is a picture counts, whatever the file is called; and what is called like one counts too, so
 * that it is noticed if it is none. Hidden files and folders are passed over.
 *
 * @param folder the folder
 * @param pictures path in the folder, with {@code /}, and file, in natural order
 * @param others visible files that are no pictures
 */
record PictureFolder(Path folder, Map<String, Path> pictures, List<String> others) {

	private static final Pattern EXTENSION = Pattern.compile("\\.(tiff?|png|jpe?g|bmp|gif)$");

	/** @throws IllegalArgumentException if there is no such folder */
	static PictureFolder of(final Path folder) {
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("folder=" + folder + ": there is no such folder.");
		final Map<String, Path> pictures = new TreeMap<>(NaturalOrder.INSTANCE);
		final List<String> others = new ArrayList<>();
		files(folder).forEach((name, file) -> {
			if (EXTENSION.matcher(name.toLowerCase(Locale.ROOT)).find() || PictureFile.format(file) != PictureFile.Format.OTHER) pictures.put(name, file);
			else others.add(name);
		});
		return new PictureFolder(folder, pictures, others);
	}

	/** All visible files at any depth, by their path in the folder with {@code /} between its parts, in natural order. */
	static Map<String, Path> files(final Path folder) {
		final Map<String, Path> files = new TreeMap<>(NaturalOrder.INSTANCE);
		try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
			walk.filter(Files::isRegularFile).forEach(f -> {
				final String path = folder.relativize(f).toString().replace('\\', '/');
				if (!("/" + path).contains("/.")) files.put(path, f);
			});
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot list folder '" + folder + "': " + e.getMessage(), e);
		}
		return files;
	}

	/** A path without the extension of a picture; other endings stay. */
	static String withoutExtension(final String path) {
		final Matcher extension = EXTENSION.matcher(path.toLowerCase(Locale.ROOT));
		return extension.find() ? path.substring(0, extension.start()) : path;
	}

	/** These pictures only. */
	PictureFolder only(final Predicate<String> chosen) {
		final Map<String, Path> some = new TreeMap<>(NaturalOrder.INSTANCE);
		some.putAll(pictures);
		some.keySet().removeIf(chosen.negate());
		return new PictureFolder(folder, some, others);
	}

	/** As in {@code a, b, c, d, e, ... (12)}: at most five names. */
	static String some(final List<String> names) {
		return String.join(", ", names.subList(0, Math.min(5, names.size()))) + (names.size() > 5 ? ", ... (" + names.size() + " in all)" : "");
	}

	/** As in {@code 1 file} or {@code 2 files}. */
	static String counted(final int n, final String what) {
		return n + " " + what + (n == 1 ? "" : "s");
	}
}
