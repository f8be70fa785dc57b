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
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import sc.fiji.glia.data.file.CsvTable;
import sc.fiji.glia.data.file.CsvTable.Row;
import sc.fiji.glia.image.FolderPairs.Pair;

/**
 * Which pair belongs to which group, and to which part of the split.
 *
 * @param groups group of each pair; "" where each plane of the file is a group of its own
 * @param splits "train", "val", "test" or "" of each pair
 * @param note how they were found
 */
record FolderGroups(List<String> groups, List<String> splits, String note) {

	/** Columns that say which files a row is about; the first there is counts. */
	private static final List<String> KEYS = List.of("file", "filename", "image", "name", "patient", "group");

	/**
	 * @param rule {@code auto}, {@code slice}, or the path of a CSV file
	 * @param planes number of planes of each pair
	 */
	static FolderGroups of(final Path folder, final List<Pair> pairs, final String rule, final List<Integer> planes) {
		final String trimmed = rule.trim();
		if (trimmed.equals("slice")) return new FolderGroups(same("", pairs), same("", pairs), "each slice is a group of its own");
		if (!trimmed.isEmpty() && !trimmed.equals("auto")) return csv(path(trimmed), pairs, planes);
		final Path split = folder.resolve("split.csv");
		if (Files.isRegularFile(split)) return csv(split, pairs, planes);
		final List<String> groups = auto(pairs, planes);
		return new FolderGroups(groups, same("", pairs), new HashSet<>(groups).size() + " groups from the names of files and folders");
	}

	private static Path path(final String rule) {
		final Path csv;
		try {
			csv = Path.of(rule);
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException("groups=" + rule + ": expected auto, slice or the path of a CSV file.", e);
		}
		if (!Files.isRegularFile(csv)) throw new IllegalArgumentException("groups=" + rule +
			": expected auto, slice or the path of a CSV file; there is no such file.");
		return csv;
	}

	/** Folder, else the name before a last number; a stack file is a group; each file one, if that gives one group or none that has two files. */
	private static List<String> auto(final List<Pair> pairs, final List<Integer> planes) {
		final List<String> groups = new ArrayList<>(), files = new ArrayList<>();
		for (int i = 0; i < pairs.size(); i++) {
			final Pair p = pairs.get(i);
			files.add(p.name());
			if (planes.get(i) > 1) groups.add(p.name());
			else if (!p.folder().isEmpty()) groups.add(p.folder());
			else groups.add(p.baseName().replaceFirst("(?<=.)[_-]\\d+$", ""));
		}
		final int n = new HashSet<>(groups).size();
		return n == 1 || n == pairs.size() ? files : groups;
	}

	private static FolderGroups csv(final Path file, final List<Pair> pairs, final List<Integer> planes) {
		final CsvTable table = CsvTable.read(file);
		final Map<String, Integer> columns = new LinkedHashMap<>();
		for (int i = 0; i < table.columns().size(); i++) columns.putIfAbsent(table.columns().get(i).toLowerCase(Locale.ROOT), i);
		final String key = KEYS.stream().filter(columns::containsKey).findFirst().orElse("group");
		if (!columns.containsKey(key)) throw new IllegalArgumentException("'" + file + "': expected a first row with a column file or group " +
			"(and perhaps group and split), found " +
			String.join(",", table.columns()));
		final int groupColumn = columns.getOrDefault("group", columns.getOrDefault("patient", columns.get(key)));
		final Map<String, Row> byKey = new LinkedHashMap<>();
		for (final Row row : table.rows()) if (!row.cell(columns.get(key)).isEmpty()) byKey.put(row.cell(columns.get(key)), row);
		final List<String> groups = new ArrayList<>(), splits = new ArrayList<>();
		final List<String> auto = auto(pairs, planes);
		int matched = 0;
		for (int i = 0; i < pairs.size(); i++) {
			final String found = match(pairs.get(i), byKey.keySet());
			if (found.isEmpty()) {
				groups.add(auto.get(i));
				splits.add("");
				continue;
			}
			matched++;
			final Row row = byKey.get(found);
			final String group = row.cell(groupColumn);
			groups.add(group.isEmpty() ? found : group);
			splits.add(columns.containsKey("split") ? split(row.cell(columns.get("split")), found, file) : "");
		}
		if (matched == 0) throw new IllegalArgumentException("'" + file + "': none of its " + byKey.size() + " entries in column " + key +
			" is the name of a file here, or its beginning before an underscore. First entry: " + byKey.keySet().stream().findFirst().orElse("none") +
			", first file: " + pairs.get(0).name());
		checkSplits(groups, splits, file);
		return new FolderGroups(groups, splits, new HashSet<>(groups).size() + " groups from " + file.getFileName() + (matched < pairs.size() ? " (" + (pairs
			.size() - matched) + " of " + pairs.size() + " files are not in it)" : ""));
	}

	/** The entry that fits the pair: its name in the folder, its file name, its folder, or the longest that its file name goes on from with an underscore. */
	private static String match(final Pair pair, final Set<String> keys) {
		final String file = pair.image().getFileName().toString();
		for (final String exact : List.of(pair.name(), pair.folder().isEmpty() ? file : pair.folder() + "/" + file, file, pair.baseName(), pair.folder()))
			if (!exact.isEmpty() && keys.contains(exact)) return exact;
		String best = "";
		for (String s = pair.baseName(); s.lastIndexOf('_') > 0 && best.isEmpty();) {
			s = s.substring(0, s.lastIndexOf('_'));
			if (keys.contains(s)) best = s;
		}
		return best;
	}

	private static void checkSplits(final List<String> groups, final List<String> splits, final Path file) {
		final Map<String, String> seen = new LinkedHashMap<>();
		for (int i = 0; i < groups.size(); i++) {
			final String other = seen.putIfAbsent(groups.get(i), splits.get(i));
			if (other != null && !other.equals(splits.get(i))) throw new IllegalArgumentException("'" + file + "': group '" + groups.get(i) +
				"' is on two sides of the split ('" + other + "' and '" + splits.get(i) + "'). Images of one group must stay together.");
		}
	}

	private static String split(final String text, final String key, final Path file) {
		if (text.isEmpty()) return "";
		return switch (SplitWords.part(text).orElseThrow(() -> new IllegalArgumentException("'" + file + "', entry '" + key + "': split is '" + text +
			"', expected train, val or test."))) {
			case TRAIN -> "train";
			case VALIDATION -> "val";
			case TEST -> "test";
		};
	}

	private static List<String> same(final String value, final List<Pair> pairs) {
		return Collections.nCopies(pairs.size(), value);
	}
}
