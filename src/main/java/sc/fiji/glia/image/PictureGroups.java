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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import sc.fiji.glia.data.file.CsvTable;

/**
 * The groups of pictures that {@code groups=auto} finds, the first of these that there is: {@code split.csv} in the folder; sub-folders below the classes, where
 * those of the same name in two classes are one group; names before a last number ({@code patient7_12.png}), if each class has three such names at least.
 * Otherwise each file is a group. The planes of a file always are one.
 */
final class PictureGroups {

	/** Fewer names before a number than this are names of classes, not of patients. */
	private static final int FEWEST = 3;

	private static final Pattern NUMBERED = Pattern.compile("(.*[^/])[_-]\\d+");

	private PictureGroups() {}

	/**
	 * @param images with keys: paths below the folder of the class
	 * @param classes of the images, "" if left out
	 * @param sides whether folders say the split; then names before a number are no groups, since they might lie on two sides
	 */
	static ImageGroups auto(final Path folder, final ImageNames images, final List<String> classes, final boolean sides) {
		final Path split = folder.resolve("split.csv");
		if (Files.isRegularFile(split)) return ImageGroups.table(CsvTable.read(split), images);
		final List<String> folders = new ArrayList<>(), names = new ArrayList<>();
		for (int i = 0; i < images.size(); i++) {
			final String key = images.keys().get(i), file = images.files().get(i);
			final boolean stack = !file.equals(images.names().get(i));
			final Matcher numbered = NUMBERED.matcher(PictureFolder.withoutExtension(key));
			folders.add(key.contains("/") ? key.substring(0, key.indexOf('/')) : file);
			names.add(!stack && numbered.matches() ? numbered.group(1) : file);
		}
		final int files = new HashSet<>(images.files()).size();
		if (areGroups(folders, classes, files)) return new ImageGroups(folders, Map.of(), List.of("groups: " + new HashSet<>(folders).size() +
			" from sub-folders; groups=none if these mean nothing"));
		if (!sides && areGroups(names, classes, files) && fewest(names, classes) >= FEWEST) return new ImageGroups(names, Map.of(), List.of("groups: " +
			new HashSet<>(names).size() + " from what stands before the last number in names of files; groups=none if that means nothing"));
		return new ImageGroups(images.files(), Map.of(), List.of());
	}

	/** Not if there is one only, or as many as files. */
	private static boolean areGroups(final List<String> groups, final List<String> classes, final int files) {
		final int n = new HashSet<>(groups).size();
		return n > 1 && n < files && !areClasses(groups, classes);
	}

	/** True if these are the classes under other names. */
	static boolean areClasses(final List<String> groups, final List<String> classes) {
		final Map<String, Set<String>> classesOf = new HashMap<>();
		for (int i = 0; i < groups.size(); i++) classesOf.computeIfAbsent(groups.get(i), g -> new HashSet<>()).add(classes.get(i));
		return classesOf.size() == new HashSet<>(classes).size() && classesOf.values().stream().allMatch(c -> c.size() == 1);
	}

	private static int fewest(final List<String> groups, final List<String> classes) {
		final Map<String, Set<String>> groupsOf = new HashMap<>();
		for (int i = 0; i < groups.size(); i++) groupsOf.computeIfAbsent(classes.get(i), c -> new HashSet<>()).add(groups.get(i));
		return groupsOf.values().stream().mapToInt(Set::size).min().orElse(0);
	}
}
