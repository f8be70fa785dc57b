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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Split.Part;

class LabelledSlicesTest {

	@TempDir
	Path folder;

	private static ImagePlus stack(final String... labels) {
		final ImageStack stack = new ImageStack(1, 1);
		for (int i = 0; i < labels.length; i++) stack.addSlice(labels[i], new ByteProcessor(1, 1, new byte[] { (byte) i }));
		return new ImagePlus("s.tif", stack);
	}

	private static LabelledImages open(final ImagePlus image, final String groups, final boolean skip) {
		return ImageSources.of(Optional.of(image), Optional.empty(), Optional.empty(), "labels", groups, skip);
	}

	private LabelledImages open(final ImagePlus image, final String table, final String classes, final String groups, final boolean skip) throws IOException {
		final Path file = Files.writeString(folder.resolve("t.csv"), table);
		return ImageSources.of(Optional.of(image), Optional.empty(), Optional.of(file), classes, groups, skip);
	}

	@Test
	void firstLinesOfLabelsAreClasses() {
		final LabelledImages images = open(stack(" tumor \nSeries 7", "healthy", "tumor"), "auto", false);
		assertEquals(List.of("healthy", "tumor"), images.classes());
		assertArrayEquals(new byte[] { 1, 0, 1 }, images.labels());
		assertEquals(List.of("s.tif:1", "s.tif:2", "s.tif:3"), names(images));
		assertEquals(2, pixels(images.images(), 2)[0][0]);
	}

	@Test
	void everySliceMustHaveALabel() {
		final ImagePlus image = stack("a", null, "b", "", "a", "b");
		refused(() -> open(image, "auto", false), "Image 's.tif'", "found 2 slices without: 2, 4", "Set Label...", "set skip");
		final LabelledImages images = open(image, "none", true);
		assertEquals(List.of("s.tif:1", "s.tif:3", "s.tif:5", "s.tif:6"), names(images));
		assertEquals(List.of("a", "b", "a", "b"), classes(images));
		noted(images, "2 slices without a label left out: 2, 4");
		refused(() -> open(stack(null, ""), "auto", true), "found no slice with a label", "table=[CSV]");
	}

	@Test
	void labelsThatAreAllDifferentAreNames() {
		refused(() -> open(stack("1.tif", "2.tif", "3.tif"), "auto", false), "found 3 different ones, as '1.tif', which are no classes");
		assertEquals(List.of("bars", "noise", "round"), open(stack("bars", "noise", "round"), "auto", false).classes(), "one slice of each class");
	}

	@Test
	void blocksOfSlices() {
		final String[] labels = new String[25];
		for (int i = 0; i < 25; i++) labels[i] = i % 2 == 0 ? "a" : "b";
		final LabelledImages images = open(stack(labels), "auto", false);
		assertEquals(10, new HashSet<>(groups(images)).size());
		assertEquals(List.of("s.tif:1-2", "s.tif:1-2", "s.tif:3-5", "s.tif:3-5", "s.tif:3-5", "s.tif:6-7"), groups(images).subList(0, 6));
		assertEquals("s.tif:23-25", groups(images).get(24));
		noted(images, "groups: 10 blocks of neighbouring slices");
		assertEquals(names(images), groups(open(stack(labels), "none", false)));
		assertEquals("s.tif:20-29", groups(open(stack(labels), "blocks:10", false)).get(24));
		assertEquals(List.of("s.tif:1", "s.tif:2"), groups(open(stack("a", "b"), "auto", false)));
	}

	@Test
	void theFirstChannelHasTheLabel() {
		final ImagePlus image = stack("a", "x", "b", "y", "a", "z");
		image.setDimensions(2, 3, 1);
		final LabelledImages images = open(image, "auto", false);
		assertEquals(List.of("a", "b", "a"), classes(images));
		assertArrayEquals(new float[][] { { 2 }, { 3 } }, pixels(images.images(), 1));
	}

	@Test
	void grayRgbStacksHaveOneChannel() {
		final ImageStack stack = new ImageStack(1, 1);
		stack.addSlice("a", new ColorProcessor(1, 1, new int[] { 0x040404 }));
		stack.addSlice("b", new ColorProcessor(1, 1, new int[] { 0x050505 }));
		assertArrayEquals(new float[][] { { 5 } }, pixels(open(new ImagePlus("rgb", stack), "auto", false).images(), 1));
		stack.addSlice("b", new ColorProcessor(1, 1, new int[] { 0x050506 }));
		assertArrayEquals(new float[][] { { 5 }, { 5 }, { 5 } }, pixels(open(new ImagePlus("rgb", stack), "auto", false).images(), 1));
	}

	@Test
	void tableBySlice() throws IOException {
		final LabelledImages images = open(stack("i", "j", "k"), "slice,class,group,split\n3,x,p,test\n1,y,q,\n2.0,x,p,test", "labels", "auto", false);
		assertEquals(List.of("y", "x", "x"), classes(images));
		assertEquals(List.of("q", "p", "p"), groups(images));
		assertEquals(Map.of("s.tif:2", Part.TEST, "s.tif:3", Part.TEST), images.parts());
		refused(() -> open(stack("i", "j"), "slice,class\n1,x\n2,y\n3,x\n4,x", "", "auto", false), "2 rows without an image: 3 (line 4), 4 (line 5)");
		for (final boolean skip : new boolean[] { false, true }) refused(() -> open(stack("i", "j"), "slice,class\n0,x\n1,y", "", "auto", skip),
			"line 2: found 0 in column slice, but slices count from 1. If the table counts from 0, add 1 to each number");
		refused(() -> open(stack("i", "j"), "slice,class\n1,x", "", "auto", false), "1 image without a row: s.tif:2");
		refused(() -> open(stack("i", "j"), "slice,class\n1,x\ntwo,y", "", "auto", false), "line 3: expected a number from 1 in column slice, found 'two'");
		refused(() -> open(stack("i", "j"), "slice,class\n1,x\n1,y", "", "auto", false), "lines 2 and 3 are both about image '1'");
		assertEquals(List.of("s.tif:2"), names(open(stack("i", "j"), "slice,class\n2,x\n7,y", "", "auto", true)));
	}

	@Test
	void tableByLabel() throws IOException {
		final ImagePlus image = stack("i.tif\nheader", "j.tif", "k.tif");
		assertEquals(List.of("x", "y", "x"), classes(open(image, "file,Grade\nj,y\nk.png,x\ni.tif,x", "Grade", "auto", false)));
		refused(() -> open(image, "file,Grade\nj,y", "Grade", "auto", false), "2 images without a row: s.tif:1, s.tif:3");
		refused(() -> open(image, "z,Grade\nj,y", "Grade", "auto", false), "expected a column slice (numbers from 1) or file (labels of slices), found z, Grade");
	}

	@Test
	void groupsFromATable() throws IOException {
		final Path groups = Files.writeString(folder.resolve("g.csv"), "slice,patient\n1,p\n2,p\n3,q");
		assertEquals(List.of("p", "p", "q"), groups(open(stack("a", "b", "a"), groups.toString(), false)));
	}

	@Test
	void aColumnNeedsATable() {
		refused(() -> ImageSources.of(Optional.of(stack("a", "b")), Optional.empty(), Optional.empty(), "Grade", "auto", false), "classes=Grade", "needs a table");
	}
}
