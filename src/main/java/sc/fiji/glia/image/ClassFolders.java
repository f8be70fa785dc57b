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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.SameChannels;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.data.Watch;

/**
 * A folder with one sub-folder for each class, which bears the class's name; its pictures lie in it at any depth. If the sub-folders are called {@code train},
 * {@code val} (or {@code valid}, {@code validation}) and {@code test}, classes are the folders in these, and they say the split.
 * <p>
 * Sizes may differ. All images get the same number of channels: 1 if all are gray or most are and the others have a slight tint only, else 3.
 */
final class ClassFolders {

	private ClassFolders() {}

	/** True if there are pictures in sub-folders. */
	static boolean isLayout(final PictureFolder folder) {
		return folder.pictures().keySet().stream().anyMatch(p -> p.contains("/"));
	}

	/**
	 * @param groups see {@link ImageGroups} and {@link PictureGroups}
	 * @param skip whether unreadable pictures are left out
	 * @param watch may end the first reading
	 * @throws IllegalArgumentException if there are no such folders, a picture cannot be read, or the groups do not fit
	 */
	static LabelledImages of(final PictureFolder folder, final String groups, final boolean skip, final Watch watch) {
		final Set<String> top = new LinkedHashSet<>();
		for (final String path : folder.pictures().keySet()) if (path.contains("/")) top.add(path.substring(0, path.indexOf('/')));
		requireClasses(folder.folder(), top);
		final boolean sides = top.stream().allMatch(t -> SplitWords.part(t).isPresent());
		final int level = sides ? 1 : 0;
		final List<String> beside = folder.pictures().keySet().stream().filter(p -> p.split("/").length < level + 2).toList();
		final PictureSamples pictures = new PictureSamples(folder.only(p -> p.split("/").length >= level + 2), skip, watch);
		final List<String> classes = new ArrayList<>(), keys = new ArrayList<>();
		final Map<String, Split.Part> parts = new LinkedHashMap<>();
		for (int i = 0; i < pictures.size(); i++) {
			final String[] path = pictures.name(i).split("/", level + 2);
			classes.add(path[level].trim());
			keys.add(path[level + 1]);
			if (sides) parts.put(pictures.name(i), SplitWords.part(path[0]).orElseThrow());
		}
		final List<String> notes = new ArrayList<>();
		if (!beside.isEmpty()) notes.add(PictureFolder.counted(beside.size(), "picture") + " in no folder of a class left out: " + PictureFolder.some(beside));
		final List<String> empty = foldersBeside(folder.folder(), top);
		if (!empty.isEmpty()) notes.add(PictureFolder.counted(empty.size(), "folder") + " without pictures, no class: " + PictureFolder.some(empty));
		if (!folder.others().isEmpty()) notes.add(PictureFolder.counted(folder.others().size(), "other file") + " passed over: " + PictureFolder.some(folder
			.others()));
		final int channels = pictures.commonChannels();
		notes.addAll(pictures.notes());
		final ImageNames names = ImageNames.of(pictures).withKeys(keys);
		return new LabelledSource(SameChannels.of(pictures, channels), classes, parts, notes).grouped(ImageGroups.of(groups, names, () -> PictureGroups.auto(folder
			.folder(), names, classes, sides)));
	}

	/** Visible folders in a folder but those. */
	private static List<String> foldersBeside(final Path folder, final Set<String> those) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(Files::isDirectory).map(f -> f.getFileName().toString()).filter(n -> !n.startsWith(".") && !those.contains(n)).sorted().toList();
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot look into the folder '" + folder + "'", e);
		}
	}

	private static void requireClasses(final Path folder, final Set<String> top) {
		final Set<String> lower = new HashSet<>();
		for (final String t : top) lower.add(t.toLowerCase(Locale.ROOT));
		if (lower.contains("images") && (lower.contains("masks") || lower.contains("labels"))) throw new IllegalArgumentException("folder=" + folder +
			": expected one folder for each class, found " + String.join(", ", top) +
			", which are images with masks. Use Train Segmentation Network for them, or a table with a class for each image.");
	}
}
