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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.data.Sample;

class FolderSamplesTest {

	@TempDir
	Path folder;

	private static BufferedImage gray(final int... values) {
		final BufferedImage image = new BufferedImage(values.length, 1, BufferedImage.TYPE_BYTE_GRAY);
		for (int i = 0; i < values.length; i++) image.getRaster().setSample(i, 0, 0, values[i]);
		return image;
	}

	private static BufferedImage rgb(final int... values) {
		final BufferedImage image = new BufferedImage(values.length, 1, BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < values.length; i++) image.setRGB(i, 0, values[i]);
		return image;
	}

	private void write(final String path, final String format, final BufferedImage image) throws IOException {
		final Path file = folder.resolve(path);
		Files.createDirectories(file.getParent());
		assertTrue(ImageIO.write(image, format, file.toFile()));
	}

	private void png(final String path, final int... values) throws IOException {
		write(path, "png", gray(values));
	}

	private void tiff(final String path, final ImageProcessor... slices) {
		final ImageStack stack = new ImageStack(slices[0].getWidth(), slices[0].getHeight());
		for (final ImageProcessor ip : slices) stack.addSlice(ip);
		final FileSaver saver = new FileSaver(new ImagePlus("x", stack));
		assertTrue(slices.length > 1 ? saver.saveAsTiffStack(folder.resolve(path).toString()) : saver.saveAsTiff(folder.resolve(path).toString()));
	}

	private FolderSamples open() {
		return open("auto");
	}

	private FolderSamples open(final String groups) {
		return new FolderSamples(folder, "all", groups, LabelValues.AUTO);
	}

	private static List<String> names(final FolderSamples s) {
		return IntStream.range(0, s.size()).mapToObj(s::name).toList();
	}

	@Test
	void sideBySideAtAnyDepthInNaturalOrder() throws IOException {
		for (final String n : new String[] { "a/p_10", "a/p_9", "b/q_1" }) {
			png(n + ".png", 10, 20);
			png(n + "_mask.png", 0, 255);
		}
		png("b/lonely.png", 1, 2);
		Files.writeString(folder.resolve("b/README.png"), "no picture");
		final FolderSamples s = open();
		assertEquals(List.of("a/p_9", "a/p_10", "b/q_1"), names(s));
		assertEquals(List.of("a", "a", "b"), s.groups());
		assertTrue(s.description().contains("1 image without a mask left out: b/lonely"), s.description());
		final Sample first = s.get(0);
		assertArrayEquals(new float[] { 10, 20 }, first.channels()[0]);
		assertArrayEquals(new byte[] { 0, 1 }, first.labels());
	}

	@Test
	void twoFolders() throws IOException {
		png("images/a.png", 1, 2);
		png("labels/a_label.png", 0, 1);
		assertEquals(List.of("a"), names(open()));
		png("masks/a.png", 255, 0);
		final FolderSamples s = open();
		assertArrayEquals(new byte[] { 1, 0 }, s.get(0).labels());
		assertTrue(s.description().contains("masks/ is used"), s.description());
	}

	@Test
	void contentNotExtensionDecides() throws IOException {
		write("images/a.jpg", "png", gray(3, 4));
		write("masks/a.tif", "bmp", gray(0, 255));
		write("images/b.bmp", "gif", gray(5, 6));
		tiff("masks/b.png", new ByteProcessor(2, 1, new byte[] { 0, 1 }));
		final FolderSamples s = open();
		assertArrayEquals(new float[] { 3, 4 }, s.get(0).channels()[0]);
		assertArrayEquals(new byte[] { 0, 1 }, s.get(0).labels());
		assertArrayEquals(new float[] { 5, 6 }, s.get(1).channels()[0]);
		assertArrayEquals(new byte[] { 0, 1 }, s.get(1).labels());
	}

	@Test
	void stacksGiveASamplePerSlice() {
		tiff("v.tif", new ByteProcessor(2, 1, new byte[] { 1, 2 }), new ByteProcessor(2, 1, new byte[] { 3, 4 }));
		tiff("v_mask.tif", new ByteProcessor(2, 1, new byte[] { 0, 0 }), new ByteProcessor(2, 1, new byte[] { 0, -1 }));
		final FolderSamples s = open();
		assertEquals(List.of("v:1", "v:2"), names(s));
		assertEquals(List.of("v", "v"), s.groups());
		assertArrayEquals(new float[] { 3, 4 }, s.get(1).channels()[0]);
		assertArrayEquals(new byte[] { 0, 1 }, s.get(1).labels());
		assertEquals(List.of("v:1", "v:2"), open("slice").groups());
	}

	@Test
	void groupsFromNames() throws IOException {
		for (final String n : new String[] { "p_1", "p_2", "q-1", "q-2", "r" }) {
			png("images/" + n + ".png", 1);
			png("masks/" + n + ".png", 255);
		}
		assertEquals(List.of("p", "p", "q", "q", "r"), open().groups());
	}

	@Test
	void oneGroupInAllIsNone() throws IOException {
		for (final String n : new String[] { "img_1", "img_2" }) {
			png("images/" + n + ".png", 1);
			png("masks/" + n + ".png", 255);
		}
		assertEquals(List.of("img_1", "img_2"), open().groups());
	}

	@Test
	void csvSaysGroupsAndSplit() throws IOException {
		for (final String n : new String[] { "TCGA_CS_1_01", "TCGA_CS_1_02", "TCGA_CS_10_01", "X" }) {
			png("images/" + n + ".png", 1);
			png("masks/" + n + ".png", 255);
		}
		Files.writeString(folder.resolve("split.csv"), "\uFEFFpatient,x,Split\nTCGA_CS_1,5,train\n\"TCGA_CS_10\",6,Validation\n");
		final FolderSamples s = open();
		assertEquals(List.of("TCGA_CS_1", "TCGA_CS_1", "TCGA_CS_10", "X"), s.groups());
		assertEquals(List.of("train", "train", "val", ""), IntStream.range(0, 4).mapToObj(s::splitOf).toList());
		assertTrue(s.description().contains("1 of 4 files are not in it"), s.description());
		final Path own = folder.resolve("own.csv");
		Files.writeString(own, "file;patient\nTCGA_CS_1_01.png;A\nTCGA_CS_1_02;B\nTCGA_CS_10_01;A\nX.png;C\n");
		assertEquals(List.of("A", "B", "A", "C"), open(own.toString()).groups());
	}

	@Test
	void badCsv() throws IOException {
		png("images/a_1.png", 1);
		png("masks/a_1.png", 255);
		png("images/a_2.png", 1);
		png("masks/a_2.png", 255);
		final Path csv = folder.resolve("g.csv");
		for (final String[] bad : new String[][] { { "who,split\na_1,train", "column file or group" }, { "file,split\na_1,learn", "'learn'" }, { "file,group\nb,c",
			"none of its 1 entries" }, { "file", "one more row" }, { "file,group,split\na_1,g,train\na_2,g,test", "two sides" } })
		{
			Files.writeString(csv, bad[0]);
			final String message = assertThrows(IllegalArgumentException.class, () -> open(csv.toString())).getMessage();
			assertTrue(message.contains(bad[1]), message);
		}
		assertTrue(assertThrows(IllegalArgumentException.class, () -> open("nowhere.csv")).getMessage().contains("groups=nowhere.csv"));
	}

	@Test
	void channelsMustAgree() throws IOException {
		write("images/a.png", "png", rgb(0x010203));
		png("masks/a.png", 255);
		png("images/b.png", 7);
		png("masks/b.png", 255);
		final String message = assertThrows(IllegalArgumentException.class, this::open).getMessage();
		assertTrue(message.contains("b.png' has 1 channel") && message.contains("3 channels"), message);
		write("images/a.png", "png", rgb(0x040404));
		final FolderSamples s = open();
		assertEquals(1, s.channels());
		assertArrayEquals(new float[][] { { 4 } }, s.get(0).channels());
		assertArrayEquals(new float[][] { { 7 } }, s.get(1).channels());
	}

	@Test
	void rgbChannelChoice() throws IOException {
		write("images/a.png", "png", rgb(0x010203));
		png("masks/a.png", 255);
		assertArrayEquals(new float[][] { { 2 } }, new FolderSamples(folder, "2", "auto", LabelValues.AUTO).get(0).channels());
		assertThrows(IllegalArgumentException.class, () -> new FolderSamples(folder, "4", "auto", LabelValues.AUTO));
	}

	/** Palette masks: the index is the class, whatever its colour. */
	@Test
	void palettesOfLabels() throws IOException {
		final byte[] r = { 0, (byte) 128, 0 }, g = { 0, 0, (byte) 128 }, b = { 0, 0, 0 };
		final BufferedImage labels = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(2, 3, r, g, b));
		for (int i = 0; i < 3; i++) labels.getRaster().setSample(i, 0, 0, i);
		write("masks/a.png", "png", labels);
		png("images/a.png", 1, 2, 3);
		assertArrayEquals(new byte[] { 0, 1, 2 }, new FolderSamples(folder, "all", "auto", LabelValues.CLASSES).get(0).labels());
	}

	@Test
	void jpegMasksAreCutInTheMiddle() throws IOException {
		final BufferedImage mask = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY), image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
		for (int y = 0; y < 32; y++) for (int x = 0; x < 32; x++) mask.getRaster().setSample(x, y, 0, x > 12 ? 255 : 0);
		write("images/a.png", "png", image);
		write("masks/a.jpg", "jpg", mask);
		final byte[] labels = open().get(0).labels();
		for (int i = 0; i < labels.length; i++) assertEquals(i % 32 > 12 ? 1 : 0, labels[i]);
	}

	@Test
	void sizesMustFit() throws IOException {
		png("images/a.png", 1, 2);
		png("masks/a.png", 255);
		final FolderSamples s = open();
		final String message = assertThrows(IllegalArgumentException.class, () -> s.get(0)).getMessage();
		assertTrue(message.contains("1x1") && message.contains("2x1"), message);
	}

	@Test
	void nothingThere() throws IOException {
		assertTrue(assertThrows(IllegalArgumentException.class, this::open).getMessage().contains("X_mask.tif"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new FolderSamples(folder.resolve("no"), "all", "auto", LabelValues.AUTO)).getMessage()
			.contains("no such folder"));
		png("images/a.png", 1);
		png("masks/a.png", 0);
		assertTrue(assertThrows(IllegalArgumentException.class, this::open).getMessage().contains("no foreground"));
	}

	@Test
	void foregroundIsFoundInTheLastOfManyMasks() throws IOException {
		for (int i = 0; i < 60; i++) {
			png("images/" + i + ".png", 1);
			png("masks/" + i + ".png", i == 58 ? 255 : 0);
		}
		assertEquals(1, open().get(58).labels()[0]);
	}

	@Test
	void theHighestClassMayBeInOneFileOnly() throws IOException {
		for (int i = 0; i < 60; i++) {
			png("images/" + i + ".png", 1, 1, 1);
			png("masks/" + i + ".png", 0, 1, i == 58 ? 2 : 0);
		}
		assertEquals(2, new FolderSamples(folder, "all", "auto", LabelValues.CLASSES).classes().size());
	}

	@Test
	void linkedFolders() throws IOException {
		assumeTrue(File.separatorChar == '/', "links need rights on Windows");
		png("real/images/a.png", 1);
		png("real/masks/a.png", 255);
		final Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
		assertEquals(1, new FolderSamples(link, "all", "auto", LabelValues.AUTO).size());
	}

	@Test
	void brokenFiles() throws IOException {
		png("images/a.png", 1);
		png("masks/a.png", 255);
		final Path file = folder.resolve("images/a.png");
		Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 45));
		assertTrue(assertThrows(UncheckedIOException.class, () -> open().get(0)).getMessage().contains("a.png"));
		Files.delete(file);
		tiff("images/a.tif", new ByteProcessor(100, 100));
		final Path tiff = folder.resolve("images/a.tif");
		Files.write(tiff, Arrays.copyOf(Files.readAllBytes(tiff), 5000));
		assertTrue(assertThrows(UncheckedIOException.class, () -> open().get(0)).getMessage().contains("truncated"));
	}

	@Test
	void severalThreadsReadTheSame() {
		final ByteProcessor[] image = new ByteProcessor[20], mask = new ByteProcessor[20];
		for (int z = 0; z < 20; z++) {
			image[z] = new ByteProcessor(2, 1, new byte[] { (byte) z, 1 });
			mask[z] = new ByteProcessor(2, 1, new byte[] { (byte) (z % 2), 0 });
		}
		for (final String n : new String[] { "a", "b", "c" }) {
			tiff(n + ".tif", image);
			tiff(n + "_mask.tif", mask);
		}
		final FolderSamples s = open();
		IntStream.range(0, 600).parallel().forEach(i -> {
			final Sample sample = s.get(i % 60);
			assertEquals(i % 20, sample.channels()[0][0]);
			assertEquals(i % 20 % 2, sample.labels()[0]);
		});
	}

	private static FolderSamples real(final String name) {
		final Path data = Path.of("../shared/data", name);
		assumeTrue(Files.isDirectory(data), data + " is not here");
		return new FolderSamples(data, "all", "auto", LabelValues.AUTO);
	}

	@Test
	void lggFolder() {
		final FolderSamples s = real("lgg");
		assertEquals(634, s.size());
		assertEquals(3, s.channels());
		assertEquals(18, new HashSet<>(s.groups()).size());
		assertEquals(4, new HashSet<>(IntStream.range(0, 634).filter(i -> s.splitOf(i).equals("test")).mapToObj(s::group).toList()).size());
		assertEquals(3, new HashSet<>(IntStream.range(0, 634).filter(i -> s.splitOf(i).equals("val")).mapToObj(s::group).toList()).size());
		assertEquals(256, s.get(633).width());
		assertEquals(1, s.classes().size());
	}

	@Test
	void nucleiFolder() {
		final FolderSamples s = real("nuclei");
		assertEquals(134, s.size());
		assertEquals(134, new HashSet<>(s.groups()).size());
		assertEquals(1, s.classes().size());
		assertTrue(s.description().contains("object numbers"), s.description());
	}

	@Test
	void membraneFolder() {
		final FolderSamples s = real("em");
		assertEquals(15, s.size());
		assertEquals(15, new HashSet<>(s.groups()).size());
		assertEquals(512, s.get(14).height());
	}
}
