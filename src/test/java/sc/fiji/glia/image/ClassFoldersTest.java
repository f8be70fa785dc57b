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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static sc.fiji.glia.image.Pictures.classes;
import static sc.fiji.glia.image.Pictures.gray;
import static sc.fiji.glia.image.Pictures.groups;
import static sc.fiji.glia.image.Pictures.names;
import static sc.fiji.glia.image.Pictures.noted;
import static sc.fiji.glia.image.Pictures.palette;
import static sc.fiji.glia.image.Pictures.pixels;
import static sc.fiji.glia.image.Pictures.refused;
import static sc.fiji.glia.image.Pictures.rgb;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Split.Part;

class ClassFoldersTest {

	@TempDir
	Path place;

	private Pictures in;

	@BeforeEach
	void start() {
		in = new Pictures(place);
	}

	@Test
	void namesOfFoldersAreClassesInNaturalOrder() throws IOException {
		in.png("grade 10/a.png", "grade 9/b/c/2.png", "grade 9/10.png", "grade 9/9.png", ".hidden/x.png", "grade 9/.thumb.png");
		in.text("grade 9/Thumbs.db", "no picture");
		in.png("beside.png");
		Files.createDirectories(place.resolve("empty"));
		final LabelledImages images = in.open();
		assertEquals(List.of("grade 9", "grade 10"), images.classes());
		assertEquals(List.of("grade 9/9.png", "grade 9/10.png", "grade 9/b/c/2.png", "grade 10/a.png"), names(images));
		assertArrayEquals(new byte[] { 0, 0, 0, 1 }, images.labels());
		noted(images, "1 picture in no folder of a class left out: beside.png");
		noted(images, "1 other file passed over: grade 9/Thumbs.db");
		noted(images, "1 folder without pictures, no class: empty");
	}

	@Test
	void sizesTypesAndContentsMayDiffer() throws IOException {
		in.picture("a/1.jpg", "png", gray(3, 2, 50));
		in.picture("a/2.bmp", "gif", gray(1, 4, 60));
		in.picture("a/3", "bmp", gray(2, 2, 70));
		in.tiff("b/1.png", new ShortProcessor(1, 1, new short[] { -1 }, null));
		in.tiff("b/2.tif", new FloatProcessor(1, 1, new float[] { -1.5f }));
		in.picture("b/3.png", "png", rgb(0x050505, 0x060606));
		final LabelledImages images = in.open();
		assertEquals(3, images.images().get(0).width());
		assertEquals(2, images.images().get(0).height());
		assertEquals(50, pixels(images.images(), 0)[0][5]);
		assertEquals(4, images.images().get(1).height());
		assertEquals(70, pixels(images.images(), 2)[0][0]);
		assertArrayEquals(new float[][] { { 65535 } }, pixels(images.images(), 3));
		assertArrayEquals(new float[][] { { -1.5f } }, pixels(images.images(), 4));
		assertArrayEquals(new float[][] { { 5, 6 } }, pixels(images.images(), 5));
		noted(images, "channels: 1, since in all 1 RGB pictures red, green and blue are the same");
	}

	@Test
	void oneColoredPictureMakesThreeChannels() throws IOException {
		in.picture("a/1.png", "png", gray(1, 1, 50));
		in.picture("b/1.png", "png", palette(1, 2, 0));
		in.picture("b/2.png", "png", rgb(0x010203));
		final LabelledImages images = in.open();
		assertArrayEquals(new float[][] { { 50 }, { 50 }, { 50 } }, pixels(images.images(), 0));
		assertArrayEquals(new float[][] { { 0, 0, 255 }, { 255, 0, 0 }, { 0, 255, 0 } }, pixels(images.images(), 1));
		assertArrayEquals(new float[][] { { 1 }, { 2 }, { 3 } }, pixels(images.images(), 2));
		noted(images, "channels: 3 (red, green, blue); 1 of 3 pictures are gray");
	}

	/** Half of the pictures gray and the other tinted by less than 32 of 255, or more in 1 pixel of 20: gray. Anything more: colors. */
	@Test
	void slightTintsAreNoColors() throws IOException {
		in.picture("a/1.png", "png", gray(1, 1, 50));
		final int[] pixels = new int[20];
		Arrays.fill(pixels, 0x640000 + 0x6000 + 0x45);
		pixels[7] = 0xff0000;
		in.picture("b/1.png", "png", rgb(pixels));
		final LabelledImages images = in.open();
		assertEquals((100 + 96 + 69) / 3f, pixels(images.images(), 1)[0][0]);
		assertEquals(85, pixels(images.images(), 1)[0][7]);
		noted(images, "channels: 1; 1 of 2 pictures have a tint");
		pixels[8] = 0xff0000;
		in.picture("b/1.png", "png", rgb(pixels));
		assertEquals(3, pixels(in.open().images(), 0).length);
		pixels[8] = pixels[7] = pixels[0] + 0x10000;
		in.picture("b/1.png", "png", rgb(pixels));
		assertEquals(3, pixels(in.open().images(), 0).length);
		pixels[8] = pixels[7] = pixels[0];
		in.picture("b/1.png", "png", rgb(pixels));
		assertEquals(1, pixels(in.open().images(), 0).length);
		in.picture("b/2.png", "png", rgb(pixels));
		assertEquals(3, pixels(in.open().images(), 0).length, "most are tinted");
	}

	@Test
	void stacksGiveAnImagePerSliceAndAreAGroup() throws IOException {
		in.tiff("a/v.tif", new ByteProcessor(1, 1, new byte[] { 1 }), new ByteProcessor(1, 1, new byte[] { 2 }));
		in.png("b/w.png");
		final LabelledImages images = in.open();
		assertEquals(List.of("a/v.tif:1", "a/v.tif:2", "b/w.png"), names(images));
		assertEquals(List.of("a/v.tif", "a/v.tif", "b/w.png"), groups(images));
		assertEquals(2, pixels(images.images(), 1)[0][0]);
		assertEquals(List.of("a/v.tif:1", "a/v.tif:2", "b/w.png"), groups(in.open("none", false)));
	}

	@Test
	void unreadablePicturesAreNamedAndLeftOutOnlyIfAsked() throws IOException {
		in.png("a/good.png", "b/good.png", "b/broken.png");
		in.text("a/empty.jpg", "");
		in.text("a/text.tif", "no picture");
		in.cut("b/broken.png", 45);
		in.picture("b/half.jpg", "jpg", noise(64));
		in.cut("b/half.jpg", 1500);
		in.tiff("b/half.tif", new ByteProcessor(100, 100));
		in.cut("b/half.tif", 5000);
		final String message = refused(in::open, "5 pictures of 7 cannot be read", "a/empty.jpg (0 bytes)", "a/text.tif (", "b/broken.png (", "b/half.jpg (it is truncated",
			"b/half.tif (it is truncated", "set skip=true to leave them out");
		assertFalse(message.contains("good"), message);
		final LabelledImages images = in.open("auto", true);
		assertEquals(List.of("a/good.png", "b/good.png"), names(images));
		noted(images, "5 unreadable pictures left out: a/empty.jpg (0 bytes)");
	}

	private static BufferedImage noise(final int size) {
		final BufferedImage image = gray(size, size, 0);
		final Random random = new Random(1);
		for (int i = 0; i < size * size; i++) image.getRaster().setSample(i % size, i / size, 0, random.nextInt(256));
		return image;
	}

	@Test
	void atMostFiveAreNamed() throws IOException {
		in.png("a/good.png");
		for (int i = 1; i <= 7; i++) in.text("b/" + i + ".png", "");
		final String message = refused(in::open, "7 pictures of 8", "b/5.png (0 bytes), ... (7 in all)");
		assertFalse(message.contains("b/6.png"), message);
	}

	@Test
	void onlyUnreadablePictures() throws IOException {
		in.text("a/1.png", "");
		final String message = refused(() -> in.open("auto", true), "1 picture of 1 cannot be read: a/1.png (0 bytes). Replace or remove it.");
		assertFalse(message.contains("skip"), message);
	}

	@Test
	void notTrainable() throws IOException {
		in.png("a/1.png", "a/2.png");
		refused(() -> in.open().requireTrainable(true), "expected at least 2, found 1 ('a', 2 images)");
		in.png("b/1.png");
		refused(() -> in.open().requireTrainable(true), "class 'b' has 1 image, expected at least 2");
		in.png("b/2.png");
		assertEquals(4, in.open().requireTrainable(true).images().size());
	}

	@Test
	void subFoldersBelowTheClassesAreGroups() throws IOException {
		in.png("yes/p1/1.png", "yes/p1/x/2.png", "yes/p2/1.png", "no/p2/7.png", "no/8.png");
		final LabelledImages images = in.open();
		assertEquals(List.of("no/8.png", "p2", "p1", "p1", "p2"), groups(images));
		noted(images, "groups: 3 from sub-folders");
		assertEquals(names(images), groups(in.open("none", false)));
	}

	@Test
	void oneSubFolderIsNoGroup() throws IOException {
		in.png("yes/all/1.png", "yes/all/2.png", "no/all/3.png");
		assertEquals(List.of("no/all/3.png", "yes/all/1.png", "yes/all/2.png"), groups(in.open()));
	}

	@Test
	void namesBeforeALastNumberAreGroupsIfEachClassHasThree() throws IOException {
		in.png("a/p1_1.png", "a/p1_2.png", "a/p2_1.png", "a/p3-1.png", "b/p1_3.png", "b/p5_1.png", "b/q.png", "b/2020-07.png");
		assertEquals(List.of("p1", "p1", "p2", "p3", "2020", "p1", "p5", "b/q.png"), groups(in.open()));
		in.png("c/p1_7.png", "c/p2_7.png");
		assertEquals(names(in.open()), groups(in.open()), "class c has two only");
	}

	@Test
	void namesOfClassesBeforeNumbersAreNoGroups() throws IOException {
		in.png("a/cat_1.png", "a/cat_2.png", "b/dog_1.png", "b/dog_2.png");
		assertEquals(names(in.open()), groups(in.open()));
	}

	/** Numbers run over both classes; another beginning or end is another series; the extension means nothing. */
	@Test
	void blocksOfNeighbouringNumbers() throws IOException {
		in.png("a/img19.png", "a/img20.png", "a/x19.png", "a/2_img 39 b.png", "b/img0.png", "b/img021.png", "b/none.png");
		in.picture("b/img22.jpg", "jpg", gray(8, 8, 1));
		final LabelledImages images = in.open("blocks", false);
		final Map<String, String> expected = Map.of("a/img19.png", "img0-19", "b/img0.png", "img0-19", "a/img20.png", "img20-39", "b/img021.png", "img20-39",
			"b/img22.jpg", "img20-39", "a/x19.png", "x0-19", "a/2_img 39 b.png", "2_img 20-39 b", "b/none.png", "b/none.png");
		for (int i = 0; i < images.images().size(); i++) assertEquals(expected.get(images.images().name(i)), images.images().group(i));
		noted(images, "groups: 5 blocks of 20 neighbouring numbers");
		noted(images, "1 image without a number in the name");
		assertTrue(groups(in.open("blocks:5", false)).contains("img15-19"));
		refused(() -> in.open("blocks:0", false), "groups=blocks:0", "at least 1");
	}

	@Test
	void blocksWithoutNumbers() throws IOException {
		in.png("a1/x.png", "b2/y.png");
		refused(() -> in.open("blocks", false), "groups=blocks: expected numbers in the names of images, found none, as in 'a1/x.png'");
	}

	@Test
	void groupsFromATable() throws IOException {
		in.png("a/1.png", "a/2.png", "b/3.png", "b/4.png");
		final Path table = in.text("groups.csv", "file;patient;split\n1;p;train\na/2.JPG;p;\n3.png;q;Validation\n");
		final LabelledImages images = in.open(table.toString(), false);
		assertEquals(List.of("p", "p", "q", "b/4.png"), groups(images));
		assertEquals(Map.of("a/1.png", Part.TRAIN, "b/3.png", Part.VALIDATION), images.parts());
		noted(images, "1 of 4 images are not in groups.csv, each a group of its own: b/4.png");
		in.text("groups.csv", "file,other\n1,p");
		refused(() -> in.open(table.toString(), false), "expected a column group or split, found file, other");
		in.text("groups.csv", "file,group\nz,p");
		refused(() -> in.open(table.toString(), false), "none of its 1 rows is about an image here. First row: z, p; first image: a/1.png");
		in.text("groups.csv", "file,split\n1,learn");
		refused(() -> in.open(table.toString(), false), "image 'a/1.png': split is 'learn', expected train, val or test");
		refused(() -> in.open("nowhere.csv", false), "groups=nowhere.csv: expected auto, none, blocks", "no such file");
	}

	@Test
	void splitCsvIsFoundByItself() throws IOException {
		in.png("a/1.png", "b/2.png");
		in.text("split.csv", "file,group,split\n1,p,test\n2,q,train");
		final LabelledImages images = in.open();
		assertEquals(List.of("p", "q"), groups(images));
		assertEquals(Map.of("a/1.png", Part.TEST, "b/2.png", Part.TRAIN), images.parts());
	}

	@Test
	void foldersOfTheSplit() throws IOException {
		in.png("train/cat/1.png", "train/dog/1.png", "valid/cat/1.png", "Test/dog/1.png", "train/beside.png");
		final LabelledImages images = in.open();
		assertEquals(List.of("cat", "dog"), images.classes());
		assertEquals(List.of("dog", "cat", "dog", "cat"), classes(images));
		assertEquals(Map.of("train/cat/1.png", Part.TRAIN, "train/dog/1.png", Part.TRAIN, "valid/cat/1.png", Part.VALIDATION, "Test/dog/1.png", Part.TEST), images
			.parts());
		noted(images, "1 picture in no folder of a class left out: train/beside.png");
	}

	@Test
	void nothingOfTheKind() throws IOException {
		in.png("1.png", "2.png");
		in.text("classes.csv", "x");
		refused(in::open, "found 2 pictures in no sub-folder and 1 other file (classes.csv)", "one sub-folder of pictures per class", "table=[CSV]");
		refused(() -> new Pictures(place.resolve("no")).open(), "no: there is no such folder");
		refused(() -> new Pictures(place.resolve("1.png")).open(), "expected a folder, a .npz or a .npy file");
		refused(() -> ImageSources.of(Optional.empty(), Optional.empty(), Optional.empty(), "labels", "auto", false), "expected an open stack or folder=[path]");
		refused(() -> ImageSources.of(Optional.empty(), Optional.of(place), Optional.empty(), "Grade", "auto", false), "classes=Grade",
			"needs a table");
	}

	@Test
	void imagesWithMasksAreNoClasses() throws IOException {
		in.png("images/1.png", "masks/1.png");
		refused(in::open, "found images, masks, which are images with masks");
	}

	@Test
	void numbersOfChannelsMustFit() throws IOException {
		in.png("a/1.png");
		final ImagePlus two = new ImagePlus("two", stack(2));
		two.setDimensions(2, 1, 1);
		new FileSaver(new CompositeImage(two)).saveAsTiffStack(in.file("b/2.tif").toString());
		refused(in::open, "'b/2.tif' has 2 channels, but 'a/1.png' has 1 channel");
	}

	private static ImageStack stack(final int n) {
		final ImageStack stack = new ImageStack(1, 1);
		for (int i = 0; i < n; i++) stack.addSlice(new ByteProcessor(1, 1));
		return stack;
	}

	private static LabelledImages real(final String name, final String groups) {
		final Path data = Path.of("../shared/data", name);
		assumeTrue(Files.isDirectory(data), data + " is not here");
		return new Pictures(data).open(groups, false);
	}

	@Test
	void realMixedFolder() {
		final LabelledImages images = real("braintumor253", "auto");
		assertEquals(List.of("no", "yes"), images.classes());
		assertArrayEquals(new int[] { 98, 155 }, images.counts());
		assertEquals(1, pixels(images.images(), 0).length);
		assertEquals(253, new HashSet<>(groups(images)).size());
	}
}
