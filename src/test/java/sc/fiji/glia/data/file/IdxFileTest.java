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
package sc.fiji.glia.data.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {

	private static final byte[] IMAGES = { 0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, -1 };

	@TempDir
	Path folder;

	private Path write(final byte[] bytes) throws IOException {
		return Files.write(folder.resolve("t-images"), bytes);
	}

	private String failure(final byte[] bytes) throws IOException {
		final Path file = write(bytes);
		final String message = assertThrows(IllegalArgumentException.class, () -> IdxFile.read(file)).getMessage();
		assertTrue(message.contains("t-images"), message);
		return message;
	}

	private static byte[] packed(final byte[] bytes) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(bytes);
		}
		return out.toByteArray();
	}

	@Test
	void packedAndNot() throws IOException {
		for (final byte[] bytes : new byte[][] { IMAGES, packed(IMAGES) }) {
			final NdArray a = IdxFile.read(write(bytes));
			assertArrayEquals(new int[] { 2, 1, 3 }, a.shape());
			assertArrayEquals(new float[] { 4, 5, 255 }, a.plane(new int[] { 1, 0, 0 }, 1, 2));
		}
	}

	@Test
	void otherTypes() throws IOException {
		assertEquals(List.of("-2", "258"), IdxFile.read(write(new byte[] { 0, 0, 0x0B, 1, 0, 0, 0, 2, -1, -2, 1, 2 })).texts());
	}

	@Test
	void whatIsWrongIsSaid() throws IOException {
		for (int n = 4; n < IMAGES.length; n++) assertTrue(failure(Arrays.copyOf(IMAGES, n)).contains("truncated"));
		assertTrue(failure(Arrays.copyOf(IMAGES, 20)).contains("expected 6 bytes for shape (2, 1, 3), found 4"));
		final byte[] gzip = packed(IMAGES);
		assertTrue(failure(Arrays.copyOf(gzip, gzip.length - 9)).contains("gzip"));
		for (final byte[] bad : new byte[][] { {}, { 1, 2, 3, 4 }, { 0, 0, 7, 1, 0, 0, 0, 0 }, { 0, 0, 8, 0 } })
			assertTrue(failure(bad).contains("expected an idx file"));
		assertTrue(failure(new byte[] { 0, 0, 8, 2, 127, -1, -1, -1, 127, -1, -1, -1 }).contains("below 2 GB"));
		assertTrue(failure(new byte[] { 0, 0, 8, 1, -1, -1, -1, -1 }).contains("below 2 GB"));
	}
}
