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
import static sc.fiji.glia.image.Pictures.gray;
import static sc.fiji.glia.image.Pictures.pixels;
import static sc.fiji.glia.image.Pictures.refused;
import static sc.fiji.glia.image.Pictures.rgb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.file.Npy;

/** Images to classify; sources with classes have tests of their own. */
class ImageSourcesTest {

	@TempDir
	Path place;

	private Pictures in;

	@BeforeEach
	void start() {
		in = new Pictures(place);
	}

	private Samples unlabelled(final Path folder, final int channels, final boolean skip) {
		return ImageSources.unlabelled(Optional.empty(), Optional.of(folder), channels, skip);
	}

	private static List<String> names(final Samples samples) {
		return IntStream.range(0, samples.size()).mapToObj(samples::name).toList();
	}

	@Test
	void picturesAtAnyDepth() throws IOException {
		in.picture("x/10.png", "png", gray(2, 1, 10));
		in.picture("x/9.png", "png", gray(1, 1, 9));
		in.picture("1.jpg", "png", rgb(0x070707));
		in.text("notes.txt", "x");
		final Samples samples = unlabelled(place, 1, false);
		assertEquals(List.of("1.jpg", "x/9.png", "x/10.png"), names(samples));
		assertArrayEquals(new float[][] { { 7 } }, pixels(samples, 0));
		assertArrayEquals(new float[][] { { 10, 10 } }, pixels(samples, 2));
		assertArrayEquals(new float[][] { { 9 }, { 9 }, { 9 } }, pixels(unlabelled(place, 3, false), 1));
	}

	@Test
	void colorsNeedThreeChannels() throws IOException {
		in.picture("1.png", "png", rgb(0x01f003));
		assertArrayEquals(new float[][] { { 1 }, { 240 }, { 3 } }, pixels(unlabelled(place, 3, false), 0));
		final Samples one = unlabelled(place, 1, false), two = unlabelled(place, 2, false);
		refused(() -> one.get(0), "Image '1.png': expected 1 channel, got 3 (red, green, blue) that differ", "8-bit");
		refused(() -> two.get(0), "Image '1.png': expected 2 channels, got 3 channels");
	}

	@Test
	void unreadablePictures() throws IOException {
		in.png("1.png");
		in.text("2.png", "");
		refused(() -> unlabelled(place, 1, false), "1 picture of 2 cannot be read: 2.png (0 bytes)", "set skip");
		assertEquals(List.of("1.png"), names(unlabelled(place, 1, true)));
	}

	@Test
	void stacksAndArrays() throws IOException {
		final ImageStack stack = new ImageStack(1, 1);
		for (int i = 0; i < 3; i++) stack.addSlice(new ByteProcessor(1, 1, new byte[] { (byte) i }));
		final Samples slices = ImageSources.unlabelled(Optional.of(new ImagePlus("s", stack)), Optional.empty(), 1, false);
		assertEquals(List.of("s:1", "s:2", "s:3"), names(slices));
		assertEquals(2, pixels(slices, 2)[0][0]);
		final Path file = Npy.archive(place.resolve("d.npz"), true, "x", Npy.of("|u1", false, new int[] { 2, 1, 1 }, 5, 6));
		assertEquals(List.of("d.npz:1", "d.npz:2"), names(unlabelled(file, 1, false)));
		assertEquals(6, pixels(unlabelled(place, 1, false), 1)[0][0]);
	}

	@Test
	void nothingThere() throws IOException {
		in.text("a.txt", "x");
		refused(() -> unlabelled(place, 1, false), "expected pictures, a .npz file or idx files, found 0 pictures and 1 other file (a.txt)");
		refused(() -> unlabelled(place.resolve("no"), 1, false), "no: there is no such folder or file");
		in.text("b.npz", "");
		refused(() -> unlabelled(place.resolve("b.npz"), 1, false), "b.npz: the file is empty (0 bytes)");
		refused(() -> ImageSources.unlabelled(Optional.empty(), Optional.empty(), 1, false), "expected an open image or folder=[path], found neither");
	}

	/** Several threads may read the same images. */
	@Test
	void threads() throws IOException {
		for (int i = 0; i < 20; i++) in.picture((i % 2 == 0 ? "a/" : "b/") + i + ".png", "png", gray(3, 3, i));
		in.tiff("a/99.tif", new ByteProcessor(1, 1, new byte[] { 50 }), new ByteProcessor(1, 1, new byte[] { 51 }));
		final LabelledImages images = in.open();
		final List<String> names = Pictures.names(images);
		IntStream.range(0, 440).parallel().forEach(k -> {
			final int i = k % 22;
			final String name = names.get(i).substring(2);
			final float expected = name.startsWith("99") ? 49 + Integer.parseInt(name.substring(7)) : Integer.parseInt(name.substring(0, name.indexOf('.')));
			assertEquals(expected, pixels(images.images(), i)[0][0]);
		});
	}
}
