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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.SameChannels;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.data.file.CsvTable;

/**
 * Classes in a column of a table, see {@link TableRows} for how its rows name images. Groups from the column that is asked for, with {@code auto} from a column
 * {@code group} or {@code patient}; the side of the split from a column {@code split}.
 */
final class ClassTable {

	/** What the column of classes is called if nobody says so. */
	private static final Set<String> CLASS = Set.of("class", "label", "labels");

	private final CsvTable table;
	private final int column;
	private final boolean skip;

	/**
	 * @param classes name of the column of classes; empty or {@code labels} for the only one called class or label
	 * @param skip whether images without a row and rows without an image are left out
	 * @throws IllegalArgumentException if there is no such column
	 */
	ClassTable(final Path file, final String classes, final boolean skip) {
		table = CsvTable.read(file);
		column = column(classes.trim());
		this.skip = skip;
	}

	private int column(final String classes) {
		final OptionalInt named = table.column(classes);
		if (named.isPresent()) return named.getAsInt();
		final int[] usual = IntStream.range(0, table.columns().size()).filter(c -> CLASS.contains(table.columns().get(c).toLowerCase(Locale.ROOT)))
			.toArray();
		final boolean any = classes.isEmpty() || classes.equals("labels");
		if (any && usual.length == 1) return usual[0];
		throw new IllegalArgumentException("Table '" + table.file() + "': expected " + (any ? usual.length == 0 ? "a column class or label"
			: "one column class or label" : "a column '" + classes + "'") + ", found " + String.join(", ", table.columns()) +
			". Name the column of classes with classes=[column].");
	}

	/** Pictures of a folder, at any depth. */
	LabelledImages pictures(final PictureFolder folder, final String groups, final Watch watch) {
		final List<String> files = List.copyOf(folder.pictures().keySet());
		if (files.isEmpty()) throw new IllegalArgumentException("folder=" + folder.folder() + ": expected pictures that table '" + table.file() +
			"' is about, found none.");
		final List<String> notes = new ArrayList<>();
		// NB: before pictures are read, so that what the table lacks is told at once
		final TableRows rows = TableRows.of(table, new ImageNames(ImageNames.Kind.FILES, files, files, files));
		requireComplete(rows, notes);
		final Set<String> missing = Set.copyOf(rows.missing());
		final PictureSamples pictures = new PictureSamples(folder.only(f -> !missing.contains(f)), skip, watch);
		final int channels = pictures.commonChannels();
		notes.addAll(pictures.notes());
		final ImageNames all = ImageNames.of(pictures);
		final TableRows found = TableRows.of(table, all);
		final List<String> classes = classes(found);
		final ImageNames names = all.withKeys(keys(all.names(), classes));
		return labelled(SameChannels.of(pictures, channels), names, found, groups, () -> PictureGroups.auto(folder.folder(), names, classes, false), notes);
	}

	/** Names, without the first folder if the folders are the classes. */
	private static List<String> keys(final List<String> names, final List<String> classes) {
		final List<String> folders = names.stream().map(n -> n.substring(0, Math.max(0, n.indexOf('/')))).toList();
		final boolean cut = !folders.contains("") && PictureGroups.areClasses(folders, classes);
		return cut ? names.stream().map(n -> n.substring(n.indexOf('/') + 1)).toList() : names;
	}

	/** Slices of a stack, or images of an array. */
	LabelledImages numbered(final Samples samples, final ImageNames names, final String groups, final Supplier<ImageGroups> auto, final List<String> before) {
		final TableRows rows = TableRows.of(table, names);
		final List<String> notes = new ArrayList<>(before);
		requireComplete(rows, notes);
		return labelled(samples, names, rows, groups, auto, notes);
	}

	private LabelledImages labelled(final Samples samples, final ImageNames names, final TableRows rows, final String groups, final Supplier<ImageGroups> auto,
		final List<String> notes)
	{
		final List<String> classes = classes(rows), empty = IntStream.range(0, classes.size()).filter(i -> rows.rowOf()[i] >= 0 && classes.get(i).isEmpty())
			.mapToObj(names.names()::get).toList();
		if (!empty.isEmpty()) complain(PictureFolder.counted(empty.size(), "image") + " with an empty class in column " + table.columns().get(column), empty,
			"Fill it in", notes);
		if (classes.stream().allMatch(String::isEmpty)) throw new IllegalArgumentException("Table '" + table.file() + "': no image has a class.");
		final ImageGroups sides = ImageGroups.columns(rows, names, OptionalInt.empty());
		return new LabelledSource(samples, classes, sides.parts(), notes).grouped(groups(groups.trim(), names, rows, auto));
	}

	private ImageGroups groups(final String rule, final ImageNames names, final TableRows rows, final Supplier<ImageGroups> auto) {
		final boolean isAuto = rule.isEmpty() || rule.equals("auto");
		final OptionalInt group = isAuto ? ImageGroups.column(table, "group", "patient") : table.column(rule);
		if (group.isPresent()) return ImageGroups.columns(rows, names, group);
		return ImageGroups.of(rule, names, auto);
	}

	private List<String> classes(final TableRows rows) {
		return IntStream.range(0, rows.rowOf().length).mapToObj(i -> rows.cell(i, column)).toList();
	}

	private void requireComplete(final TableRows rows, final List<String> notes) {
		if (rows.matched() == 0) throw new IllegalArgumentException("Table '" + table.file() + "': none of its " + table.rows().size() +
			" rows is about an image here. First row: " + String.join(", ", table.rows().get(0).cells()) + "; first image: " + rows.missing().get(0) + ".");
		final List<String> lonely = rows.lonely(), missing = rows.missing();
		if (!lonely.isEmpty()) complain(PictureFolder.counted(lonely.size(), "row") + " without an image", lonely, "Add the images or remove the rows", notes);
		if (!missing.isEmpty()) complain(PictureFolder.counted(missing.size(), "image") + " without a row", missing, "Add rows", notes);
	}

	private void complain(final String what, final List<String> names, final String remedy, final List<String> notes) {
		if (!skip) throw new IllegalArgumentException("Table '" + table.file() + "': " + what + ": " + PictureFolder.some(names) + ". " + remedy +
			", or set skip=true to leave them out.");
		notes.add(what + " left out: " + PictureFolder.some(names));
	}
}
