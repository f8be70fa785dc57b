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

import ij.ImagePlus;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.SameChannels;
import sc.fiji.glia.data.Samples;

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
		throw new UnsupportedOperationException();
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
		throw new UnsupportedOperationException();
	}
}
