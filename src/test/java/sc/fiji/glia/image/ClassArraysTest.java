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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static sc.fiji.glia.image.Pictures.classes;
import static sc.fiji.glia.image.Pictures.groups;
import static sc.fiji.glia.image.Pictures.names;
import static sc.fiji.glia.image.Pictures.noted;
import static sc.fiji.glia.image.Pictures.pixels;
import static sc.fiji.glia.image.Pictures.refused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Split.Part;
import sc.fiji.glia.data.file.Npy;

class ClassArraysTest {

	@TempDir
	Path folder;

	private static byte[] bytes(final int... shape) {
		final double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
		for (int i = 0; i < values.length; i++) values[i] = i;
		return Npy.of("|u1", false, shape, values);
	}

	private static byte[] classes(final double... values) {
		return Npy.of("<i8", false, new int[] { values.length }, values);
	}

	private Path npz(final Object... namesAndArrays) throws IOException {
		return Npy.archive(folder.resolve("d.npz"), true, namesAndArrays);
	}

	private static LabelledImages open(final Path file) {
		return open(file, Optional.empty(), "labels", "auto", false);
	}

	private static LabelledImages open(final Path file, final Optional<Path> table, final String classes, final String groups, final boolean skip) {
		return ImageSources.of(Optional.empty(), Optional.of(file), table, classes, groups, skip);
	}

	private LabelledImages open(final Path file, final String table, final String groups, final boolean skip) throws IOException {
		return open(file, Optional.of(Files.writeString(folder.resolve("t.csv"), table)), "labels", groups, skip);
	}

	@Test
	void imagesAndClassesInOneFile() throws IOException {
		final LabelledImages images = open(npz("images", bytes(3, 2, 4), "y", classes(7, 10, 7)));
		assertEquals(List.of("7", "10"), images.classes());
		assertArrayEquals(new byte[] { 0, 1, 0 }, images.labels());
		assertEquals(List.of("d.npz:1", "d.npz:2", "d.npz:3"), names(images));
		assertEquals(names(images), groups(images));
		final Sample s = images.images().get(1);
		assertEquals(4, s.width());
		assertEquals(2, s.height());
		assertArrayEquals(new float[][] { { 8, 9, 10, 11, 12, 13, 14, 15 } }, s.channels());
	}

	@Test
	void channelsLastOrSecond() throws IOException {
		final LabelledImages last = open(npz("x", bytes(2, 1, 2, 3), "y", classes(0, 1)));
		assertArrayEquals(new float[][] { { 6, 9 }, { 7, 10 }, { 8, 11 } }, pixels(last.images(), 1));
		final LabelledImages second = open(npz("x", bytes(2, 3, 1, 2), "y", classes(0, 1)));
		assertArrayEquals(new float[][] { { 6, 7 }, { 8, 9 }, { 10, 11 } }, pixels(second.images(), 1));
		assertEquals(1, pixels(open(npz("x", bytes(2, 5, 2, 1), "y", classes(0, 1))).images(), 0).length);
		refused(() -> open(npz("x", bytes(2, 5, 2, 2), "y", classes(0, 1))), "d.npz'", "array 'x'", "with 1, 3 or 4 channels C, found (2, 5, 2, 2)");
	}

	@Test
	void fortranOrderBigEndianDoubles() throws IOException {
		final double[] values = new double[8];
		for (int n = 0; n < 2; n++) for (int y = 0; y < 2; y++) for (int x = 0; x < 2; x++) values[n + 2 * (y + 2 * x)] = 100 * n + 10 * y + x + 0.5;
		final LabelledImages images = open(npz("x", Npy.of(">f8", true, new int[] { 2, 2, 2 }, values), "y", classes(0, 1)));
		assertArrayEquals(new float[][] { { 100.5f, 101.5f, 110.5f, 111.5f } }, pixels(images.images(), 1));
	}

	@Test
	void textsAsClasses() throws IOException {
		assertEquals(List.of("no", "yes"), open(npz("x", bytes(2, 1, 2), "y", Npy.of("|S3", new int[] { 2 }, StandardCharsets.UTF_8, "yes", "no"))).classes());
		final Path gap = npz("x", bytes(3, 1, 2), "y", Npy.of("|S3", new int[] { 3 }, StandardCharsets.UTF_8, "yes", "", "no"));
		refused(() -> open(gap), "1 image with an empty class: d.npz:2");
		assertEquals(List.of("d.npz:1", "d.npz:3"), names(open(gap, Optional.empty(), "", "auto", true)));
	}

	@Test
	void arraysOfTheSplit() throws IOException {
		final LabelledImages images = open(npz("x_test", bytes(1, 1, 2), "train_images", bytes(3, 1, 2), "y_test", classes(1), "y_train", Npy.of("|u1", false, new int[] {
			3, 1 }, 1, 0, 1), "note", classes(1, 0, 1), "val_images", bytes(2, 1, 2), "val_labels", classes(0, 0)));
		assertEquals(List.of("test:1", "train:1", "train:2", "train:3", "validation:1", "validation:2"), names(images));
		assertArrayEquals(new byte[] { 1, 1, 0, 1, 0, 0 }, images.labels());
		assertEquals(Map.of("test:1", Part.TEST, "validation:1", Part.VALIDATION, "validation:2", Part.VALIDATION), images.parts());
		assertArrayEquals(new float[][] { { 4, 5 } }, pixels(images.images(), 3));
	}

	@Test
	void tablesGoBySliceOrInOrder() throws IOException {
		final Path file = npz("x", bytes(3, 1, 2));
		assertEquals(List.of("b", "a", "b"), Pictures.classes(open(file, "Image,Class\nImage1,b\nImage2,a\nImage3,b", "auto", false)));
		assertEquals(List.of("a", "a", "b"), Pictures.classes(open(file, "slice,Class,group\n3,b,p\n1,a,p\n2,a,q", "auto", false)));
		assertEquals(List.of("p", "q", "p"), groups(open(file, "slice,Class,group\n3,b,p\n1,a,p\n2,a,q", "auto", false)));
		assertEquals(List.of("d.npz:0-1", "d.npz:2-3", "d.npz:2-3"), groups(open(file, "Class\na\nb\na", "blocks:2", false)));
		refused(() -> open(file, "Class\na\nb", "auto", false), "expected a row for each of 3 images, found 2 rows", "a column slice");
		noted(open(file, "slice,class\n1,a\n9,b", "auto", true), "2 images without a row left out: d.npz:2, d.npz:3");
	}

	@Test
	void foldersOfArrays() throws IOException {
		Files.write(folder.resolve("images.npy"), bytes(2, 1, 2));
		Files.write(folder.resolve("labels.npy"), classes(4, 5));
		final LabelledImages images = open(folder);
		assertEquals(List.of("4", "5"), images.classes());
		assertArrayEquals(new float[][] { { 2, 3 } }, pixels(images.images(), 1));
		assertEquals(List.of("a", "b"), Pictures.classes(open(folder.resolve("images.npy"), "class\na\nb", "auto", false)));
		npz("x", bytes(3, 1, 2), "y", classes(1, 2, 3));
		assertEquals(3, open(folder).images().size());
		Npy.archive(folder.resolve("e.npz"), true, "x", bytes(1, 1, 2));
		refused(() -> open(folder), "expected one .npz file, found d.npz, e.npz");
	}

	@Test
	void whatIsNotClear() throws IOException {
		refused(() -> open(npz("a", bytes(2, 1, 2), "b", bytes(2, 1, 2), "y", classes(0, 1))), "expected one array of images",
			"found 'a' (2, 1, 2) uint8, 'b' (2, 1, 2) uint8, 'y' (2,) int64");
		refused(() -> open(npz("a", bytes(2, 9), "y", classes(0, 1))), "expected an array of images with shape (N, H, W)", "found 'a' (2, 9) uint8");
		refused(() -> open(npz("a", bytes(2, 1, 2), "y", classes(0, 1, 2))), "expected one array with a class for each of the 2 images of 'a'", "'y' (3,) int64",
			"table=[CSV]");
		refused(() -> open(npz("a", bytes(2, 1, 2), "y", classes(0, 1), "z", classes(0, 1))), "expected one array with a class for each of the 2 images");
		refused(() -> open(npz("a", bytes(0, 1, 2), "y", classes())), "expected images, found none in the array");
		refused(() -> open(npz("a", bytes(2, 0, 2), "y", classes(0, 1))), "expected images of 1 to 2^31 pixels, found 2x0");
	}

	@Test
	void objectsAreRefused() throws IOException {
		refused(() -> open(npz("x", bytes(2, 1, 2), "y", Npy.withHeader("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", new byte[40]))),
			"d.npz', array 'y': found pickled Python objects");
	}

	@Test
	void valuesMustBeFinite() throws IOException {
		final LabelledImages images = open(npz("x", Npy.of("<f4", false, new int[] { 2, 1, 2 }, 1, 2, 3, Double.NaN), "y", classes(0, 1)));
		assertArrayEquals(new float[][] { { 1, 2 } }, pixels(images.images(), 0));
		refused(() -> images.images().get(1), "Image 'd.npz:2', channel 1: 1 of 2 pixels are NaN or infinite");
	}
}
