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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import sc.fiji.glia.data.Split;
import sc.fiji.glia.data.file.CsvTable;

/**
 * Which images must stay together, and on which side of the split.
 * <p>
 * Rules: {@code none}, each image is a group of its own; {@code blocks:20} (or {@code blocks}), images whose names are the same but for the last number stay
 * together if that number, divided by 20 and rounded down, is the same; the path of a CSV with columns {@code file} or {@code slice}, {@code group}, and perhaps
 * {@code split}; {@code auto} means something else for each source.
 *
 * @param groups group of each image
 * @param parts side of the split by name of an image
 * @param notes what the user should know of how they were found
 */
record ImageGroups(List<String> groups, Map<String, Split.Part> parts, List<String> notes) {

	/** Neighbouring numbers in a block if nothing else is said. */
	private static final int BLOCK = 20;
	private static final Pattern BLOCKS = Pattern.compile("blocks(?::\\s*(\\d{1,9}))?"), NUMBER = Pattern.compile("^(.*?)(\\d+)(\\D*)$");

	/**
	 * Follows a rule.
	 *
	 * @param auto what the rule {@code auto} gives
	 * @throws IllegalArgumentException if there is no such rule, or the table does not fit
	 */
	static ImageGroups of(final String rule, final ImageNames images, final Supplier<ImageGroups> auto) {
		final String trimmed = rule.trim();
		if (trimmed.isEmpty() || trimmed.equals("auto")) return auto.get();
		if (trimmed.equals("none")) return own(images);
		final Matcher blocks = BLOCKS.matcher(trimmed);
		if (blocks.matches()) return blocks(blocks.group(1) == null ? BLOCK : Integer.parseInt(blocks.group(1)), images, rule);
		return table(CsvTable.read(path(trimmed)), images);
	}

	private static Path path(final String rule) {
		final String expected = ": expected auto, none, blocks, blocks:N (N neighbouring numbers stay together), a column of the table, or the path of a CSV file";
		try {
			final Path file = Path.of(rule);
			if (Files.isRegularFile(file)) return file;
			throw new IllegalArgumentException("groups=" + rule + expected + "; there is no such file.");
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException("groups=" + rule + expected + ".", e);
		}
	}

	/** Each image by itself. */
	static ImageGroups own(final ImageNames images) {
		return new ImageGroups(images.names(), Map.of(), List.of());
	}

	private static ImageGroups blocks(final int size, final ImageNames images, final String rule) {
		if (size < 1) throw new IllegalArgumentException("groups=" + rule + ": expected blocks of at least 1 number.");
		final List<String> groups = new ArrayList<>();
		int without = 0;
		for (int i = 0; i < images.size(); i++) {
			final Matcher m = NUMBER.matcher(PictureFolder.withoutExtension(images.keys().get(i)));
			final boolean numbered = m.matches() && m.group(2).length() <= 18;
			if (!numbered) without++;
			groups.add(numbered ? m.group(1) + block(Long.parseLong(m.group(2)), size) + m.group(3) : images.names().get(i));
		}
		if (without == groups.size()) throw new IllegalArgumentException("groups=" + rule + ": expected numbers in the names of images, found none, as in '" +
			images.names().get(0) + "'. Use groups=none, or a CSV file.");
		final List<String> notes = new ArrayList<>();
		notes.add("groups: " + new HashSet<>(groups).size() + " blocks of " + size + " neighbouring numbers");
		if (without > 0) notes.add(PictureFolder.counted(without, "image") + " without a number in the name, each a group of its own");
		return new ImageGroups(groups, Map.of(), notes);
	}

	private static String block(final long number, final int size) {
		final long first = number / size * size;
		return first + "-" + (first + size - 1);
	}

	/** As {@link Split#bySlice}: neighbouring slices are alike, so that about a tenth of a stack stays together. */
	static ImageGroups tenths(final ImageNames images, final String title) {
		final int n = images.size(), blocks = Math.min(n, 10);
		if (blocks == n) return own(images);
		final List<String> groups = new ArrayList<>();
		for (int b = 0; b < blocks; b++) {
			final int from = (int) ((long) n * b / blocks), to = (int) ((long) n * (b + 1) / blocks);
			for (int i = from; i < to; i++) groups.add(title + ":" + (from + 1) + "-" + to);
		}
		return new ImageGroups(groups, Map.of(), List.of("groups: " + blocks +
			" blocks of neighbouring slices, which often look alike; groups=none if each slice is of another subject"));
	}

	/** Groups from a table of their own: images that are not in it are groups by themselves. */
	static ImageGroups table(final CsvTable table, final ImageNames images) {
		final TableRows rows = TableRows.of(table, images);
		final OptionalInt column = column(table, "group", "patient");
		if (column.isEmpty() && table.column("split").isEmpty()) throw new IllegalArgumentException("Table '" + table.file() +
			"': expected a column group or split, found " + String.join(", ", table.columns()) + ".");
		if (rows.matched() == 0) throw new IllegalArgumentException("Table '" + table.file() + "': none of its " + table.rows().size() +
			" rows is about an image here. First row: " + String.join(", ", table.rows().get(0).cells()) + "; first image: " + images.files().get(0) + ".");
		final List<String> missing = rows.missing();
		final ImageGroups groups = columns(rows, images, column);
		final List<String> notes = new ArrayList<>(groups.notes);
		if (!missing.isEmpty()) notes.add(missing.size() + " of " + images.size() + " images are not in " + table.file().getFileName() +
			", each a group of its own: " + PictureFolder.some(missing));
		return new ImageGroups(groups.groups, groups.parts, notes);
	}

	/** Groups from a column, sides from the column {@code split} if there is one. */
	static ImageGroups columns(final TableRows rows, final ImageNames images, final OptionalInt column) {
		final OptionalInt split = rows.table().column("split");
		final List<String> groups = new ArrayList<>();
		final Map<String, Split.Part> parts = new LinkedHashMap<>();
		for (int i = 0; i < images.size(); i++) {
			final String name = images.names().get(i), group = column.isPresent() ? rows.cell(i, column.getAsInt()) : "";
			groups.add(group.isEmpty() ? name : group);
			final String side = split.isPresent() ? rows.cell(i, split.getAsInt()) : "";
			if (!side.isEmpty()) parts.put(name, SplitWords.part(side).orElseThrow(() -> new IllegalArgumentException("Table '" + rows.table().file() + "', image '" +
				name + "': split is '" + side + "', expected train, val or test.")));
		}
		return new ImageGroups(groups, parts, List.of("groups: " + new HashSet<>(groups).size() + " from " + rows.table().file().getFileName()));
	}

	static OptionalInt column(final CsvTable table, final String... names) {
		for (final String name : names) if (table.column(name).isPresent()) return table.column(name);
		return OptionalInt.empty();
	}
}
