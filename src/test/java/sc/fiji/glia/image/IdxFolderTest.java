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
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static sc.fiji.glia.image.Pictures.classes;
import static sc.fiji.glia.image.Pictures.names;
import static sc.fiji.glia.image.Pictures.pixels;
import static sc.fiji.glia.image.Pictures.refused;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Split.Part;

class IdxFolderTest {

	@TempDir
	Path folder;

	private void write(final String name, final int... bytes) throws IOException {
		final byte[] b = new byte[bytes.length];
		for (int i = 0; i < b.length; i++) b[i] = (byte) bytes[i];
		try (OutputStream file = Files.newOutputStream(folder.resolve(name)); OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(file) : file) {
			out.write(b);
		}
	}

	private LabelledImages open() {
		return new Pictures(folder).open();
	}

	private void train() throws IOException {
		write("train-images-idx3-ubyte.gz", 0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4, 5, 255);
		write("train-labels.idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 3, 9, 0, 9);
	}

	@Test
	void trainAndTest() throws IOException {
		train();
		write("t10k-images.idx3-ubyte", 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 7, 8);
		write("t10k-labels-idx1-ubyte.gz", 0, 0, 8, 1, 0, 0, 0, 1, 10);
		final LabelledImages images = open();
		assertEquals(List.of("0", "9", "10"), images.classes());
		assertEquals(List.of("train:1", "train:2", "train:3", "t10k:1"), names(images));
		assertEquals(List.of("9", "0", "9", "10"), classes(images));
		assertEquals(Map.of("t10k:1", Part.TEST), images.parts());
		assertArrayEquals(new float[][] { { 5, 255 } }, pixels(images.images(), 2));
		assertArrayEquals(new float[][] { { 7, 8 } }, pixels(images.images(), 3));
		refused(() -> images.requireTrainable(true), "class '0' has 1 image outside the test part");
		Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
		refused(this::open, "expected t10k-labels-idx1-ubyte (or .gz) beside 't10k-images.idx3-ubyte', found none");
		assertEquals(4, ImageSources.unlabelled(Optional.empty(), Optional.of(folder), 1, false).size());
	}

	@Test
	void trainAlone() throws IOException {
		train();
		final LabelledImages images = open();
		assertEquals(3, images.images().size());
		assertTrue(images.parts().isEmpty());
	}

	@Test
	void whatDoesNotFit() throws IOException {
		train();
		refused(() -> new Pictures(folder).open(folder.resolve("t.csv"), "", "auto", false), "t.csv: there is no need of a table");
		refused(() -> ImageSources.of(Optional.empty(), Optional.of(folder), Optional.empty(), "Digit", "auto", false), "classes=Digit");
		write("train-labels.idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 2, 9, 0);
		refused(this::open, "train-labels.idx1-ubyte': expected 3 labels", "found 2");
		write("train-labels.idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 3, 9, 0);
		refused(this::open, "train-labels.idx1-ubyte': truncated: expected 3 bytes for shape (3,), found 2");
		write("train-images-idx3-ubyte.gz", 0, 0, 8, 1, 0, 0, 0, 1, 1);
		refused(this::open, "train-images-idx3-ubyte.gz': expected images, an array with 3 dimensions, found 1");
		Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
		refused(this::open, "expected a file of images beside train-labels.idx1-ubyte");
		train();
		write("letters-test-images-idx3-ubyte", 0, 0, 8, 3);
		refused(this::open, "found those of several: letters-test, train");
	}

	@Test
	void realDigits() {
		final Path data = Path.of("../shared/data/mnist");
		assumeTrue(Files.isDirectory(data), data + " is not here");
		final LabelledImages images = new Pictures(data).open();
		assertEquals(70000, images.images().size());
		assertEquals(10000, images.parts().size());
		assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), images.classes());
		assertEquals(28, images.images().get(69999).width());
		assertEquals("t10k:10000", images.images().name(69999));
		assertEquals(List.of("5", "0", "4"), classes(images).subList(0, 3));
		assertEquals(6903, images.counts()[0]);
	}
}
