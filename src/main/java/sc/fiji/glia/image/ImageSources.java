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
import java.util.Optional;
import java.util.function.Consumer;

import ij.ImagePlus;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.SameChannels;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;

/**
 * Images with a class each, from wherever users have them; finds out itself what a folder is. Images are read when asked for, so there may be more than fit
 * into memory; every picture of a folder is read once at the start, to find the unreadable ones and to decide on the number of channels.
 * <p>
 * What it knows:
 * <ul>
 * <li>a folder with one sub-folder of pictures per class, perhaps below {@code train}, {@code val} and {@code test}</li>
 * <li>a folder of pictures and a table (CSV) with a column {@code file} and a column of classes</li>
 * <li>an open stack whose slice labels are classes, or a stack and a table with a column {@code slice}</li>
 * <li>NumPy arrays: a {@code .npz} file, {@code .npy} files in a folder, with the classes in an array of their own or in a table</li>
 * <li>a folder with the idx files of MNIST</li>
 * </ul>
 */
public final class ImageSources {

	private static final String LAYOUTS = "There may be: a folder with one sub-folder of pictures per class; pictures with table=[CSV] that has columns file and class; " +
		"a .npz file; the idx files of MNIST; an open stack whose slice labels are classes.";

	private ImageSources() {}

	/**
	 * Images and their classes.
	 *
	 * @param image an open image; not looked at if there is a folder
	 * @param folder a folder, or a {@code .npz} or {@code .npy} file
	 * @param table CSV with a row for each image
	 * @param classes name of the column of classes; {@code labels} or empty without a table, or for the column {@code class} or {@code label}
	 * @param groups what must stay together: {@code auto}, {@code none}, {@code blocks} or {@code blocks:20}, a column of the table, or the path of a CSV
	 * @param skip whether unreadable files, images without a class and rows without an image are left out, with a note, and are no error
	 * @throws IllegalArgumentException if there is nothing of that kind, or something does not fit; says what was found, what is expected, what to do
	 * @throws java.io.UncheckedIOException if a file cannot be read
	 */
	public static LabelledImages of(final Optional<ImagePlus> image, final Optional<Path> folder, final Optional<Path> table, final String classes,
		final String groups, final boolean skip)
	{
		return of(image, folder, table, classes, groups, skip, Watch.NONE);
	}

	/**
	 * As {@link #of(Optional, Optional, Optional, String, String, boolean)}.
	 *
	 * @param watch may end the first reading of the pictures of a folder
	 */
	public static LabelledImages of(final Optional<ImagePlus> image, final Optional<Path> folder, final Optional<Path> table, final String classes,
		final String groups, final boolean skip, final Watch watch)
	{
		if (folder.isPresent()) return labelled(folder.get(), table, classes.trim(), groups, skip, watch);
		if (image.isEmpty()) throw new IllegalArgumentException("image: expected an open stack or folder=[path], found neither. " + LAYOUTS);
		if (table.isEmpty()) requireNoColumn(classes.trim(), "labels of slices are classes");
		return LabelledSlices.of(image.get(), table, classes, groups, skip);
	}

	/**
	 * Images to classify, of which the classes are not known: all planes of an image, all pictures of a folder, all images of an array. Each is a group of its own.
	 *
	 * @param image an open image; not looked at if there is a folder
	 * @param folder a folder, or a {@code .npz} or {@code .npy} file
	 * @param channels that the network takes: gray images are repeated for 3, nearly gray RGB images are averaged for 1, see {@link SameChannels}
	 * @param skip whether unreadable files are left out and are no error
	 * @throws IllegalArgumentException if there is nothing of that kind, or something does not fit; says what was found, what is expected, what to do
	 * @throws java.io.UncheckedIOException if a file cannot be read
	 */
	public static Samples unlabelled(final Optional<ImagePlus> image, final Optional<Path> folder, final int channels, final boolean skip) {
		return unlabelled(image, folder, channels, skip, note -> {}, Watch.NONE);
	}

	/**
	 * As {@link #unlabelled(Optional, Optional, int, boolean)}.
	 *
	 * @param notes hears sentences that the user should read, as on files that were left out
	 * @param watch may end the first reading of the pictures of a folder
	 */
	public static Samples unlabelled(final Optional<ImagePlus> image, final Optional<Path> folder, final int channels, final boolean skip,
		final Consumer<String> notes, final Watch watch)
	{
		final Samples samples = unlabelled(image, folder, skip, watch);
		if (samples instanceof PictureSamples pictures) pictures.notes().forEach(notes);
		return SameChannels.of(samples, channels);
	}

	private static LabelledImages labelled(final Path folder, final Optional<Path> table, final String classes, final String groups, final boolean skip,
		final Watch watch)
	{
		requireThere(folder);
		if (IdxFolder.isLayout(folder)) {
			requireNoTable(table, "idx files, which have labels of their own");
			requireNoColumn(classes, "idx files have labels of their own");
			return new IdxFolder(folder).labelled(groups);
		}
		if (table.isEmpty()) requireNoColumn(classes, "there is none");
		if (ClassArrays.isLayout(folder)) return new ClassArrays(folder).labelled(table, classes, groups, skip);
		requireFolder(folder);
		final PictureFolder pictures = PictureFolder.of(folder);
		if (table.isPresent()) return new ClassTable(table.get(), classes, skip).pictures(pictures, groups, watch);
		if (ClassFolders.isLayout(pictures)) return ClassFolders.of(pictures, groups, skip, watch);
		throw new IllegalArgumentException("folder=" + folder + ": expected images with classes, found " + found(pictures) + ". " + LAYOUTS);
	}

	private static Samples unlabelled(final Optional<ImagePlus> image, final Optional<Path> place, final boolean skip, final Watch watch) {
		if (place.isEmpty()) return new ImageStackSamples(image.orElseThrow(() -> new IllegalArgumentException(
			"image: expected an open image or folder=[path], found neither.")), "all");
		final Path folder = place.get();
		requireThere(folder);
		if (IdxFolder.isLayout(folder)) return new IdxFolder(folder).samples();
		if (ClassArrays.isLayout(folder)) return new ClassArrays(folder).samples();
		requireFolder(folder);
		final PictureFolder pictures = PictureFolder.of(folder);
		if (pictures.pictures().isEmpty()) throw new IllegalArgumentException("folder=" + folder + ": expected pictures, a .npz file or idx files, found " + found(
			pictures) + ".");
		return new PictureSamples(pictures, skip, watch);
	}

	private static String found(final PictureFolder folder) {
		final String others = folder.others().isEmpty() ? "" : " and " + PictureFolder.counted(folder.others().size(), "other file") + " (" + PictureFolder.some(folder
			.others()) + ")";
		return PictureFolder.counted(folder.pictures().size(), "picture") + (folder.pictures().isEmpty() ? "" : " in no sub-folder") + others;
	}

	private static void requireThere(final Path folder) {
		if (!Files.exists(folder)) throw new IllegalArgumentException("folder=" + folder + ": there is no such folder or file.");
	}

	private static void requireFolder(final Path folder) {
		if (folder.toFile().isFile() && folder.toFile().length() == 0) throw new IllegalArgumentException("folder=" + folder +
			": the file is empty (0 bytes). Copy or save it again.");
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("folder=" + folder + ": expected a folder, a .npz or a .npy file, found another file.");
	}

	private static void requireNoTable(final Optional<Path> table, final String why) {
		if (table.isPresent()) throw new IllegalArgumentException("table=" + table.get() + ": there is no need of a table for " + why + ". Leave it empty.");
	}

	private static void requireNoColumn(final String classes, final String why) {
		if (!classes.isEmpty() && !classes.equals("labels")) throw new IllegalArgumentException("classes=" + classes +
			": the name of a column needs a table, but " + why + ". Give table=[CSV], or leave classes=labels.");
	}
}
