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

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ImageProcessor;

import org.junit.jupiter.api.function.Executable;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Samples;

/** A folder that tests put small pictures and tables into, and what they ask of its images. */
record Pictures(Path folder) {

	static BufferedImage gray(final int width, final int height, final int value) {
		final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
		for (int i = 0; i < width * height; i++) image.getRaster().setSample(i % width, i / width, 0, value);
		return image;
	}

	/** One row of pixels. */
	static BufferedImage rgb(final int... values) {
		final BufferedImage image = new BufferedImage(values.length, 1, BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < values.length; i++) image.setRGB(i, 0, values[i]);
		return image;
	}

	/** One row of pixels, whose palette is red, green, blue. */
	static BufferedImage palette(final int... indexes) {
		final byte[] r = { -1, 0, 0 }, g = { 0, -1, 0 }, b = { 0, 0, -1 };
		final BufferedImage image = new BufferedImage(indexes.length, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 3, r, g, b));
		for (int i = 0; i < indexes.length; i++) image.getRaster().setSample(i, 0, 0, indexes[i]);
		return image;
	}

	Path file(final String path) throws IOException {
		final Path file = folder.resolve(path);
		Files.createDirectories(file.getParent());
		return file;
	}

	void picture(final String path, final String format, final BufferedImage image) throws IOException {
		assertTrue(ImageIO.write(image, format, file(path).toFile()));
	}

	/** PNG files of one gray pixel. */
	void png(final String... paths) throws IOException {
		for (final String path : paths) picture(path, "png", gray(1, 1, 7));
	}

	void tiff(final String path, final ImageProcessor... slices) throws IOException {
		final ImageStack stack = new ImageStack(slices[0].getWidth(), slices[0].getHeight());
		for (final ImageProcessor ip : slices) stack.addSlice(ip);
		final FileSaver saver = new FileSaver(new ImagePlus("x", stack));
		assertTrue(slices.length > 1 ? saver.saveAsTiffStack(file(path).toString()) : saver.saveAsTiff(file(path).toString()));
	}

	Path text(final String path, final String text) throws IOException {
		return Files.writeString(file(path), text, StandardCharsets.UTF_8);
	}

	/** The first bytes of a file only. */
	void cut(final String path, final int bytes) throws IOException {
		Files.write(folder.resolve(path), Arrays.copyOf(Files.readAllBytes(folder.resolve(path)), bytes));
	}

	LabelledImages open() {
		return open("auto", false);
	}

	LabelledImages open(final String groups, final boolean skip) {
		return ImageSources.of(Optional.empty(), Optional.of(folder), Optional.empty(), "labels", groups, skip);
	}

	LabelledImages open(final Path table, final String classes, final String groups, final boolean skip) {
		return ImageSources.of(Optional.empty(), Optional.of(folder), Optional.of(table), classes, groups, skip);
	}

	static List<String> names(final LabelledImages images) {
		return IntStream.range(0, images.images().size()).mapToObj(images.images()::name).toList();
	}

	static List<String> groups(final LabelledImages images) {
		return IntStream.range(0, images.images().size()).mapToObj(images.images()::group).toList();
	}

	/** Name of the class of each image. */
	static List<String> classes(final LabelledImages images) {
		return IntStream.range(0, images.labels().length).mapToObj(i -> images.classes().get(images.labels()[i])).toList();
	}

	static float[][] pixels(final Samples samples, final int i) {
		return samples.get(i).channels();
	}

	/** The message of what must be refused, which must hold all these parts. */
	static String refused(final Executable what, final String... parts) {
		final String message = assertThrows(IllegalArgumentException.class, what).getMessage();
		for (final String part : parts) assertTrue(message.contains(part), () -> "Expected '" + part + "' in: " + message);
		return message;
	}

	/** There must be a note that holds this. */
	static void noted(final LabelledImages images, final String part) {
		assertTrue(images.notes().stream().anyMatch(n -> n.contains(part)), () -> "Expected '" + part + "' in: " + images.notes());
	}
}
