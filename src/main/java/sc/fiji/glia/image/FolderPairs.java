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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import sc.fiji.glia.data.NaturalOrder;

/**
 * The pairs of image and label file in a folder.
 * <p>
 * Where the folder has an {@code images} folder beside a {@code masks} or {@code labels} folder, files pair by their place and name in these; the label file
 * may bear the suffix {@code _mask} or {@code _label}; {@code masks} goes before {@code labels}. Elsewhere {@code X} pairs with {@code X_mask} (else
 * {@code X_label}) in the same folder, at any depth. Extensions may differ; files that are no pictures, hidden files and folders are passed over.
 *
 * @param pairs the pairs in natural order of {@link Pair#name}
 * @param notes what the user should know of how they were found
 */
record FolderPairs(List<Pair> pairs, List<String> notes) {

	/**
	 * @param name path of the image in the folder without extension, {@code /} between its parts
	 * @param image the image file
	 * @param labels the mask or label file
	 */
	record Pair(String name, Path image, Path labels) {

		/** File name of the image without extension. */
		String baseName() {
			return name.substring(name.lastIndexOf('/') + 1);
		}

		/** Folder of the image inside the folder of all, "" if it is that folder. */
		String folder() {
			return name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "";
		}
	}

	private static final String[] SUFFIXES = { "_mask", "_label", "_masks", "_labels" };

	/** @throws IllegalArgumentException if there is no such folder or no pair in it */
	static FolderPairs of(final Path folder) {
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("folder=" + folder + ": there is no such folder.");
		final List<String> notes = new ArrayList<>();
		final Path images = folder.resolve("images");
		final Path masks = folder.resolve("masks"), labels = folder.resolve("labels");
		final boolean twoFolders = Files.isDirectory(images) && (Files.isDirectory(masks) || Files.isDirectory(labels));
		final Map<String, Path> imageFiles, labelFiles;
		if (twoFolders) {
			imageFiles = pictures(images);
			labelFiles = pictures(Files.isDirectory(masks) ? masks : labels);
			if (Files.isDirectory(masks) && Files.isDirectory(labels)) notes.add("both masks/ and labels/ exist, masks/ is used");
		}
		else imageFiles = labelFiles = pictures(folder);
		final List<Pair> pairs = new ArrayList<>();
		final List<String> unpaired = new ArrayList<>();
		final Set<Path> used = new HashSet<>();
		imageFiles.forEach((name, image) -> {
			if (!twoFolders && isLabelName(name)) return;
			final Path label = labelFile(name, labelFiles, twoFolders);
			if (label.equals(Path.of(""))) unpaired.add(name);
			else {
				pairs.add(new Pair(name, image, label));
				used.add(label);
			}
		});
		if (pairs.isEmpty()) throw new IllegalArgumentException("folder=" + folder + ": no pair of image and mask found among " + imageFiles.size() +
			" pictures. Expected X.tif with X_mask.tif side by side (at any depth), " +
			"or folders images and masks (or labels) with files of the same names; TIFF, PNG, JPEG, BMP or GIF.");
		if (!unpaired.isEmpty()) notes.add(counted("image", unpaired.size()) + " without a mask left out: " + some(unpaired));
		final List<String> lonely = labelFiles.entrySet().stream().filter(e -> (twoFolders || isLabelName(e.getKey())) && !used.contains(e.getValue())).map(
			Map.Entry::getKey).toList();
		if (!lonely.isEmpty()) notes.add(counted("mask", lonely.size()) + " without an image left out: " + some(lonely));
		return new FolderPairs(List.copyOf(pairs), List.copyOf(notes));
	}

	private static Path labelFile(final String name, final Map<String, Path> files, final boolean sameName) {
		if (sameName && files.containsKey(name)) return files.get(name);
		for (final String s : SUFFIXES) if (files.containsKey(name + s)) return files.get(name + s);
		return Path.of("");
	}

	private static boolean isLabelName(final String name) {
		final String lower = name.toLowerCase(Locale.ROOT);
		for (final String s : SUFFIXES) if (lower.endsWith(s)) return true;
		return false;
	}

	/** Name without extension -> file, in natural order. */
	private static Map<String, Path> pictures(final Path folder) {
		final Map<String, Path> files = new TreeMap<>(NaturalOrder.INSTANCE);
		PictureFolder.files(folder).forEach((path, f) -> {
			if (PictureFile.format(f) == PictureFile.Format.OTHER) return;
			final Path other = files.put(path.replaceFirst("(?<=[^/])\\.[^./]*$", ""), f);
			if (other != null) throw new IllegalArgumentException("Files '" + other + "' and '" + f.getFileName() +
				"' differ in their extension only, so it is not clear which is meant. Remove one.");
		});
		return files;
	}

	private static String counted(final String what, final int n) {
		return n + " " + what + (n == 1 ? "" : "s");
	}

	private static String some(final List<String> names) {
		return String.join(", ", names.subList(0, Math.min(5, names.size()))) + (names.size() > 5 ? ", ..." : "");
	}
}
