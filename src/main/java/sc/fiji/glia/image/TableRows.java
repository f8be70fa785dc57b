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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

import sc.fiji.glia.data.file.CsvTable;
import sc.fiji.glia.data.file.CsvTable.Row;
import sc.fiji.glia.image.ImageNames.Kind;

/**
 * Which row of a table is about which image. A column {@code slice} counts images from 1; a column {@code file} (or {@code filename}, {@code image},
 * {@code name}, {@code path}) names files by their path in the folder or by their name, with or without the extension, which may be another one.
 *
 * @param table the table
 * @param names of the images for messages; planes of one file have the same
 * @param rowOf row of each image, -1 if there is none
 * @param lonely rows without an image, for messages
 */
record TableRows(CsvTable table, List<String> names, int[] rowOf, List<String> lonely) {

	/** @throws IllegalArgumentException if the table has no such column, two rows are about one image, or a row may be about several files */
	static TableRows of(final CsvTable table, final ImageNames images) {
		final OptionalInt files = ImageGroups.column(table, "file", "filename", "image", "name", "path"), slices = table.column("slice");
		final boolean inFolder = images.kind() == Kind.FILES;
		if (slices.isPresent() && !inFolder) return bySlice(table, images.names(), slices.getAsInt());
		if (images.kind() == Kind.ARRAYS) return inOrder(table, images.names());
		if (files.isPresent()) return byName(table, images, files.getAsInt());
		throw new IllegalArgumentException("Table '" + table.file() + "': expected a column " + (inFolder ? "file (names of files)"
			: "slice (numbers from 1) or file (labels of slices)") + ", found " + String.join(", ", table.columns()) + ".");
	}

	/** Row after row, as many as there are images. */
	private static TableRows inOrder(final CsvTable table, final List<String> names) {
		if (table.rows().size() != names.size()) throw new IllegalArgumentException("Table '" + table.file() + "': expected a row for each of " + names.size() +
			" images, found " + table.rows().size() + " rows. Add the missing rows, or a column slice that says which image (from 1) a row is about.");
		return new TableRows(table, names, IntStream.range(0, names.size()).toArray(), List.of());
	}

	private static TableRows bySlice(final CsvTable table, final List<String> names, final int column) {
		final int[] rowOf = new int[names.size()];
		Arrays.fill(rowOf, -1);
		final List<String> lonely = new ArrayList<>();
		for (int r = 0; r < table.rows().size(); r++) {
			final Row row = table.rows().get(r);
			final String cell = row.cell(column);
			if (!cell.matches("\\d{1,9}(\\.0*)?")) throw new IllegalArgumentException("Table '" + table.file() + "', line " + row.line() +
				": expected a number from 1 in column " + table.columns().get(column) + ", found '" + cell + "'.");
			final int i = (int) Double.parseDouble(cell) - 1;
			// NB: never left out, as a table that counts from 0 is off by one in all rows
			if (i < 0) throw new IllegalArgumentException("Table '" + table.file() + "', line " + row.line() + ": found " + cell + " in column " + table.columns()
				.get(column) + ", but slices count from 1. If the table counts from 0, add 1 to each number.");
			if (i >= rowOf.length) lonely.add(cell + " (line " + row.line() + ")");
			else put(table, rowOf, i, r, cell);
		}
		return new TableRows(table, names, rowOf, lonely);
	}

	private static TableRows byName(final CsvTable table, final ImageNames named, final int column) {
		final List<String> files = named.files();
		final List<Map<String, Set<String>>> indexes = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
		final Map<String, List<Integer>> images = new HashMap<>();
		for (int i = 0; i < files.size(); i++) {
			final String file = files.get(i);
			images.computeIfAbsent(file, f -> new ArrayList<>()).add(i);
			final List<String> forms = forms(file);
			for (int k = 0; k < forms.size(); k++) indexes.get(k).computeIfAbsent(forms.get(k), f -> new LinkedHashSet<>()).add(file);
		}
		final int[] rowOf = new int[files.size()];
		Arrays.fill(rowOf, -1);
		final List<String> lonely = new ArrayList<>();
		for (int r = 0; r < table.rows().size(); r++) {
			final Row row = table.rows().get(r);
			final String cell = row.cell(column).replace('\\', '/').replaceFirst("^(\\./)+", "");
			final Set<String> found = find(cell, indexes);
			if (found.size() > 1) throw new IllegalArgumentException("Table '" + table.file() + "', line " + row.line() + ": '" + cell + "' may be any of " +
				PictureFolder.some(List.copyOf(found)) + ". Write its path in the folder, with the extension.");
			if (found.isEmpty()) lonely.add((cell.isEmpty() ? "no name" : cell) + " (line " + row.line() + ")");
			else for (final int i : images.get(found.iterator().next())) put(table, rowOf, i, r, cell);
		}
		return new TableRows(table, named.kind() == Kind.FILES ? files : named.names(), rowOf, lonely);
	}

	/** Path, path without extension, file name, file name without extension. */
	private static List<String> forms(final String file) {
		final String name = file.substring(file.lastIndexOf('/') + 1);
		return List.of(file, PictureFolder.withoutExtension(file), name, PictureFolder.withoutExtension(name));
	}

	/** Files that an entry fits, by the strictest way of comparing that fits any. */
	private static Set<String> find(final String cell, final List<Map<String, Set<String>>> indexes) {
		final String bare = PictureFolder.withoutExtension(cell);
		for (int k = 0; k < indexes.size(); k++) {
			final Set<String> found = indexes.get(k).get(k % 2 == 0 ? cell : bare);
			if (found != null) return found;
		}
		return Set.of();
	}

	private static void put(final CsvTable table, final int[] rowOf, final int i, final int r, final String cell) {
		if (rowOf[i] >= 0) throw new IllegalArgumentException("Table '" + table.file() + "': lines " + table.rows().get(rowOf[i]).line() + " and " + table.rows()
			.get(r).line() + " are both about image '" + cell + "'. Remove one.");
		rowOf[i] = r;
	}

	/** Cell of the row about image {@code i}, "" if there is none. */
	String cell(final int i, final int column) {
		return rowOf[i] < 0 ? "" : table.rows().get(rowOf[i]).cell(column);
	}

	/** Number of images that a row is about. */
	int matched() {
		return (int) Arrays.stream(rowOf).filter(r -> r >= 0).count();
	}

	/** Names of images that no row is about, each once. */
	List<String> missing() {
		final Set<String> missing = new LinkedHashSet<>();
		for (int i = 0; i < rowOf.length; i++) if (rowOf[i] < 0) missing.add(names.get(i));
		return List.copyOf(missing);
	}
}
