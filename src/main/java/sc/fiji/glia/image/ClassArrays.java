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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.NaturalOrder;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.data.file.NdArray;
import sc.fiji.glia.data.file.NumpyFile;

/**
 * Images in NumPy arrays: a {@code .npz} file, a {@code .npy} file, or a folder with one {@code .npz} or some {@code .npy}. The array with three or four
 * dimensions holds the images, see {@link ArraySamples}. Several are taken if their names say the side of the split, as in {@code x_train} and {@code x_test}.
 * Classes are in a table, or in the array of one dimension (or {@code (N, 1)}) that is as long, and of the same side.
 */
final class ClassArrays {

	/** An array and where it is. */
	private record Entry(NumpyFile file, String name) {

		int[] shape() {
			return file.shape(name);
		}

		/** Side of the split that a part of the name says. */
		Optional<Split.Part> part() {
			return Stream.of(name.replaceFirst("\\.npy$", "").split("[^A-Za-z]+")).map(SplitWords::part).flatMap(Optional::stream).findFirst();
		}
	}

	private final Path place;
	private final List<Entry> images = new ArrayList<>(), others = new ArrayList<>();
	private final String description;

	/** @throws IllegalArgumentException if there are no arrays of images, or several that are not told apart */
	ClassArrays(final Path place) {
		this.place = place;
		final List<NumpyFile> files = files(place).stream().map(NumpyFile::open).toList();
		description = String.join(", ", files.stream().map(NumpyFile::description).toList());
		for (final NumpyFile file : files) for (final String name : file.names()) {
			final Entry entry = new Entry(file, name);
			(entry.shape().length == 3 || entry.shape().length == 4 ? images : others).add(entry);
		}
		if (images.isEmpty()) throw new IllegalArgumentException("'" + place +
			"': expected an array of images with shape (N, H, W), (N, H, W, C) or (N, C, H, W), found " + description + ". Reshape it.");
		final long sides = images.stream().map(Entry::part).flatMap(Optional::stream).distinct().count();
		if (images.size() > 1 && sides < images.size()) throw new IllegalArgumentException("'" + place +
			"': expected one array of images, or one each called train, val and test, found " + description + ". Save the one that is meant by itself.");
	}

	/** True if it is a NumPy file, or a folder with some at its top. */
	static boolean isLayout(final Path place) {
		return !files(place).isEmpty();
	}

	private static List<Path> files(final Path place) {
		if (Files.isRegularFile(place)) return NumpyFile.isNumpy(place) ? List.of(place) : List.of();
		if (!Files.isDirectory(place)) return List.of();
		final List<Path> files;
		try (Stream<Path> list = Files.list(place)) {
			files = list.filter(f -> !f.getFileName().toString().startsWith(".") && NumpyFile.isNumpy(f)).sorted((a, b) -> NaturalOrder.INSTANCE.compare(a.toString(),
				b.toString())).toList();
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot list folder '" + place + "': " + e.getMessage(), e);
		}
		final List<Path> zips = files.stream().filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".npz")).toList();
		if (zips.size() > 1) throw new IllegalArgumentException("folder=" + place + ": expected one .npz file, found " + PictureFolder.some(zips.stream().map(f -> f
			.getFileName().toString()).toList()) + ". Give the path of one of them as the folder.");
		return zips.isEmpty() ? files : zips;
	}

	/** All images. */
	Samples samples() {
		final List<String> prefixes = new ArrayList<>();
		for (final Entry e : images) prefixes.add(images.size() > 1 ? side(e) : place.getFileName().toString());
		return new ArraySamples(prefixes, images.stream().map(e -> e.file.load(e.name)).toList(), "'" + place + "'");
	}

	private static String side(final Entry entry) {
		return entry.part().map(p -> p.name().toLowerCase(Locale.ROOT)).orElse(entry.name);
	}

	/**
	 * Images with the classes of a table, or of arrays.
	 *
	 * @throws IllegalArgumentException if there are no classes, or they do not fit
	 */
	LabelledImages labelled(final Optional<Path> table, final String classes, final String groups, final boolean skip) {
		final Samples samples = samples();
		final ImageNames names = ImageNames.of(ImageNames.Kind.ARRAYS, samples);
		final Map<String, Split.Part> parts = parts(names);
		if (table.isPresent()) {
			if (!parts.isEmpty()) throw new IllegalArgumentException("'" + place + "': a table goes with one array of images, found " + description + ".");
			return new ClassTable(table.get(), classes, skip).numbered(samples, names, groups, () -> ImageGroups.own(names), List.of());
		}
		final List<String> classOf = new ArrayList<>();
		for (final Entry e : images) classOf.addAll(labels(e).texts());
		final List<String> without = new ArrayList<>();
		for (int i = 0; i < names.size(); i++) if (classOf.get(i).isEmpty()) without.add(names.names().get(i));
		if (!without.isEmpty() && !skip) throw new IllegalArgumentException("'" + place + "': " + PictureFolder.counted(without.size(), "image") +
			" with an empty class: " + PictureFolder.some(without) + ". Set skip=true to leave them out.");
		final List<String> notes = without.isEmpty() ? List.of() : List.of(PictureFolder.counted(without.size(), "image") + " with an empty class left out");
		return new LabelledSource(samples, classOf, parts, notes).grouped(ImageGroups.of(groups, names, () -> ImageGroups.own(names)));
	}

	private Map<String, Split.Part> parts(final ImageNames names) {
		final Map<String, Split.Part> parts = new LinkedHashMap<>();
		int i = 0;
		if (images.size() > 1) for (final Entry e : images) for (int k = 0; k < e.shape()[0]; k++, i++) if (e.part().orElse(Split.Part.TRAIN) != Split.Part.TRAIN)
			parts.put(names.names().get(i), e.part().get());
		return parts;
	}

	private NdArray labels(final Entry image) {
		final int n = image.shape()[0];
		final List<Entry> fitting = others.stream().filter(e -> e.shape().length > 0 && e.shape()[0] == n && Arrays.stream(e.shape()).skip(1).allMatch(d -> d == 1) &&
			(images.size() == 1 || e.part().equals(image.part()))).toList();
		if (fitting.size() != 1) throw new IllegalArgumentException("'" + place + "': expected one array with a class for each of the " + n + " images of '" + image
			.name + "', found " + description + ". Save one of shape (" + n + ",), or give table=[CSV] with a column of classes.");
		return fitting.get(0).file.load(fitting.get(0).name);
	}
}
