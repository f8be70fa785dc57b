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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.data.file.IdxFile;
import sc.fiji.glia.data.file.NdArray;

/**
 * A folder with the idx files of MNIST, {@code train-images-idx3-ubyte} and so on, with a dot in place of the last hyphen or not, packed ({@code .gz}) or not.
 * Where there are {@code train} and {@code t10k} (or {@code test}), the second is the test part. Pixels are kept in memory as the bytes they are.
 */
final class IdxFolder {

	private static final Pattern NAME = Pattern.compile("(.*?)(train|t10k|test)-(images|labels)[-.]idx\\d-u?byte(\\.gz)?");

	private final Path folder;
	/** Files of images by what precedes {@code -images}, which of labels have the same. */
	private final Map<String, Path> images = new TreeMap<>(), labels = new TreeMap<>();

	/** @throws IllegalArgumentException if there are several sets of such files */
	IdxFolder(final Path folder) {
		this.folder = folder;
		for (final Path file : files(folder)) {
			final Matcher m = NAME.matcher(file.getFileName().toString());
			if (!m.matches()) continue;
			final Map<String, Path> kind = m.group(3).equals("images") ? images : labels;
			// NB: sorted, so that an unpacked file goes before the same packed
			kind.putIfAbsent(m.group(1) + m.group(2), file);
		}
		final long sets = images.keySet().stream().map(k -> k.replaceFirst("(train|t10k|test)$", "")).distinct().count();
		if (sets > 1) throw new IllegalArgumentException("folder=" + folder + ": expected the idx files of one data set, found those of several: " + PictureFolder
			.some(List.copyOf(images.keySet())) + ". Move one set to a folder of its own.");
		if (images.isEmpty()) throw new IllegalArgumentException("folder=" + folder + ": expected a file of images beside " + PictureFolder.some(labels.values()
			.stream().map(f -> f.getFileName().toString()).toList()) + ", as train-images-idx3-ubyte, found none.");
	}

	/** True if a file in the folder is called as one of these. */
	static boolean isLayout(final Path folder) {
		return files(folder).stream().anyMatch(f -> NAME.matcher(f.getFileName().toString()).matches());
	}

	private static List<Path> files(final Path folder) {
		if (!Files.isDirectory(folder)) return List.of();
		try (Stream<Path> list = Files.list(folder)) {
			return list.filter(Files::isRegularFile).sorted().toList();
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot list folder '" + folder + "': " + e.getMessage(), e);
		}
	}

	private List<String> keys() {
		return images.keySet().stream().sorted((a, b) -> Boolean.compare(!a.endsWith("train"), !b.endsWith("train"))).toList();
	}

	/** All images, those to train on first. */
	Samples samples() {
		final List<NdArray> arrays = new ArrayList<>();
		for (final String key : keys()) {
			final NdArray array = IdxFile.read(images.get(key));
			if (array.shape().length != 3) throw new IllegalArgumentException("File '" + images.get(key) + "': expected images, an array with 3 dimensions, found " +
				array.shape().length + ".");
			arrays.add(array);
		}
		return new ArraySamples(keys(), arrays, "folder=" + folder);
	}

	/**
	 * Images with their classes.
	 *
	 * @throws IllegalArgumentException if labels are missing or too many
	 */
	LabelledImages labelled(final String groups) {
		final Samples samples = samples();
		final ImageNames names = ImageNames.of(ImageNames.Kind.ARRAYS, samples);
		final List<String> classes = new ArrayList<>();
		final Map<String, Split.Part> parts = new LinkedHashMap<>();
		for (final String key : keys()) {
			final int from = classes.size();
			classes.addAll(labels(key));
			final int n = (int) names.names().stream().skip(from).filter(name -> name.startsWith(key + ":")).count();
			if (classes.size() - from != n) throw new IllegalArgumentException("File '" + labels.get(key) + "': expected " + n + " labels, one for each image of '" +
				images.get(key).getFileName() + "', found " + (classes.size() - from) + ". Copy or download both again.");
			if (images.size() > 1 && !key.endsWith("train")) for (int i = from; i < classes.size(); i++) parts.put(names.names().get(i), Split.Part.TEST);
		}
		return new LabelledSource(samples, classes, parts, List.of()).grouped(ImageGroups.of(groups, names, () -> ImageGroups.own(names)));
	}

	private List<String> labels(final String key) {
		final Path file = labels.get(key);
		if (file == null) throw new IllegalArgumentException("folder=" + folder + ": expected " + key + "-labels-idx1-ubyte (or .gz) beside '" + images.get(key)
			.getFileName() + "', found none.");
		return IdxFile.read(file).texts();
	}
}
