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
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sc.fiji.glia.image.Pictures.classes;
import static sc.fiji.glia.image.Pictures.groups;
import static sc.fiji.glia.image.Pictures.names;
import static sc.fiji.glia.image.Pictures.noted;
import static sc.fiji.glia.image.Pictures.refused;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import ij.process.ByteProcessor;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Split.Part;

class ClassTableTest {

	@TempDir
	Path place;

	private Pictures in;

	@BeforeEach
	void start() {
		in = new Pictures(place.resolve("images"));
	}

	private Path table(final String text) throws IOException {
		return new Pictures(place).text("t.csv", text);
	}

	private LabelledImages open(final String text) throws IOException {
		return in.open(table(text), "labels", "auto", false);
	}

	@Test
	void rowsNameFilesInManyWays() throws IOException {
		in.png("1.png", "x/2.PNG", "x/3.png", "x/a.b.png", "4.PNG");
		final LabelledImages images = open("id;File;Class\r\n7;1.tif;b\r\n8;\"x/2\";a\r\n9;.\\\\x\\\\3.PNG;b\r\n10;a.b;a\r\n11;4;c\r\n".replace("\\\\", "\\"));
		assertEquals(List.of("a", "b", "c"), images.classes());
		assertEquals(List.of("1.png", "4.PNG", "x/2.PNG", "x/3.png", "x/a.b.png"), names(images));
		assertEquals(List.of("b", "c", "a", "b", "a"), classes(images));
	}

	@Test
	void theStrictestWayOfComparingCounts() throws IOException {
		in.png("a/1.png", "b/1.png", "1.png");
		assertEquals(List.of("z", "x", "y"), classes(open("file,class\na/1,x\nb/1.png,y\n1,z")));
		in.png("1.tif");
		refused(() -> open("file,class\na/1,x\nb/1.png,y\n1,z"), "line 4: '1' may be any of 1.png, 1.tif. Write its path in the folder, with the extension");
		assertEquals(List.of("z", "q", "x", "y"), classes(open("file,class\na/1,x\nb/1.png,y\n1.png,z\n1.tif,q")));
	}

	@Test
	void columnsOfClasses() throws IOException {
		in.png("1.png", "2.png");
		assertEquals(List.of("x", "y"), classes(open("image,label\n1,x\n2,y")));
		assertEquals(List.of("x", "y"), classes(open("image,LABELS,n\n1,x,1\n2,y,2")));
		final Path table = table("image,Class,label,Grade\n1,x,1,g\n2,y,2,h");
		refused(() -> in.open(table, "", "auto", false), "expected one column class or label, found image, Class, label, Grade", "classes=[column]");
		assertEquals(List.of("g", "h"), classes(in.open(table, "Grade", "auto", false)));
		assertEquals(List.of("g", "h"), classes(in.open(table, "grade", "auto", false)));
		refused(() -> in.open(table, "Stage", "auto", false), "expected a column 'Stage', found image, Class, label, Grade");
		refused(() -> open("image,x\n1,2"), "expected a column class or label, found image, x");
		refused(() -> open("picture,class\n1,2"), "expected a column file (names of files), found picture, class");
	}

	@Test
	void rowsAndImagesMustFit() throws IOException {
		in.png("1.png", "2.png", "3.png");
		refused(() -> open("file,class\n1,x\n2,y\n3,x\n4,x\n5,y"), "t.csv'", "2 rows without an image: 4 (line 5), 5 (line 6). Add the images or remove the rows, or set skip");
		refused(() -> open("file,class\n1,x"), "2 images without a row: 2.png, 3.png. Add rows, or set skip");
		refused(() -> open("file,class\n1,x\n2,\n3,y"), "1 image with an empty class in column class: 2.png. Fill it in, or set skip");
		refused(() -> open("file,class\n1,x\n2,y\n3,y\n1.png,y"), "lines 2 and 5 are both about image '1.png'");
		refused(() -> open("file,class\n7,x\n8,y"), "none of its 2 rows is about an image here. First row: 7, x; first image: 1.png");
		final LabelledImages images = in.open(table("file,class\n1,x\n2,\n9,y"), "", "auto", true);
		assertEquals(List.of("1.png"), names(images));
		noted(images, "1 row without an image left out: 9 (line 4)");
		noted(images, "1 image without a row left out: 3.png");
		noted(images, "1 image with an empty class in column class left out: 2.png");
		refused(() -> in.open(table("file,class\n1,\n2,"), "", "auto", true), "no image has a class");
	}

	@Test
	void unreadablePicturesOfTheTable() throws IOException {
		in.png("1.png", "2.png");
		in.text("3.png", "");
		refused(() -> open("file,class\n1,x\n2,y\n3,y"), "1 picture of 3 cannot be read: 3.png (0 bytes)");
		final LabelledImages images = in.open(table("file,class\n1,x\n2,y\n3,y"), "", "auto", true);
		assertEquals(List.of("1.png", "2.png"), names(images));
		noted(images, "1 unreadable picture left out: 3.png (0 bytes)");
		assertTrue(images.notes().stream().noneMatch(n -> n.contains("row")), images.notes().toString());
	}

	@Test
	void groupsAndSplit() throws IOException {
		in.png("1.png", "2.png", "3.png");
		final String text = "file,class,Patient,split,site\n1,x,p,train,s\n2,y,q,Test,s\n3,x,,,t";
		final LabelledImages images = open(text);
		assertEquals(List.of("p", "q", "3.png"), groups(images));
		assertEquals(Map.of("1.png", Part.TRAIN, "2.png", Part.TEST), images.parts());
		assertEquals(List.of("s", "s", "t"), groups(in.open(table(text), "", "site", false)));
		assertEquals(List.of("1.png", "2.png", "3.png"), groups(in.open(table(text), "", "none", false)));
		assertEquals(List.of("0-19", "0-19", "0-19"), groups(in.open(table(text), "", "blocks", false)));
		refused(() -> in.open(table(text), "", "ward", false), "groups=ward: expected auto, none, blocks", "a column of the table");
		refused(() -> open("file,class,split\n1,x,learn\n2,y,\n3,y,"), "image '1.png': split is 'learn', expected train, val or test");
	}

	/** Folders that are the classes once more are neither groups nor part of a series of numbers. */
	@Test
	void tableBesideFoldersOfClasses() throws IOException {
		in.png("yes/img1.png", "no/img2.png", "yes/img21.png", "no/img22.png");
		final String text = "file,class\nimg1,1\nimg2,0\nimg21,1\nimg22,0";
		final LabelledImages images = open(text);
		assertEquals(names(images), groups(images));
		assertEquals(List.of("img0-19", "img20-39", "img0-19", "img20-39"), groups(in.open(table(text), "", "blocks:20", false)));
	}

	@Test
	void aRowIsAboutAllSlicesOfAFile() throws IOException {
		in.tiff("v.tif", new ByteProcessor(1, 1, new byte[] { 1 }), new ByteProcessor(1, 1, new byte[] { 2 }));
		in.png("w.png");
		final LabelledImages images = open("file,class\nv,x\nw,y");
		assertEquals(List.of("v.tif:1", "v.tif:2", "w.png"), names(images));
		assertArrayEquals(new byte[] { 0, 0, 1 }, images.labels());
		assertEquals(List.of("v.tif", "v.tif", "w.png"), groups(images));
	}

	@Test
	void tooManyClassesAreNames() throws IOException {
		final StringBuilder text = new StringBuilder("file,class");
		for (int i = 0; i < 130; i++) {
			in.png(i + ".png");
			text.append("\n").append(i).append(",c").append(i);
		}
		refused(() -> open(text.toString()), "classes: expected at most 127, got 130");
	}

	@Test
	void noPictures() throws IOException {
		in.text("x.txt", "x");
		refused(() -> open("file,class\n1,x"), "expected pictures that table", "found none");
		refused(() -> in.open(place.resolve("no.csv"), "", "auto", false), "no.csv': there is no such file");
	}
}
