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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyFileTest {

	@TempDir
	Path folder;

	private Path write(final byte[] npy) throws IOException {
		return Files.write(folder.resolve("a.npy"), npy);
	}

	private NdArray read(final byte[] npy) throws IOException {
		return NumpyFile.open(write(npy)).load("a.npy");
	}

	private String failure(final byte[] npy) throws IOException {
		final Path file = write(npy);
		final String message = assertThrows(IllegalArgumentException.class, () -> NumpyFile.open(file).load("a.npy").texts()).getMessage();
		assertTrue(message.contains("a.npy"), message);
		return message;
	}

	/** Every type, in both orders of bytes, in C and Fortran order: element (n, y, x) is 100 n + 10 y + x - 50, without sign 100 n + 10 y + x. */
	@ParameterizedTest
	@ValueSource(strings = { "|u1", "|i1", "<u2", ">u2", "<i2", ">i2", "<u4", ">u4", "<i4", ">i4", "<u8", ">u8", "<i8", ">i8", "<f2", ">f2", "<f4", ">f4", "<f8",
		">f8" })
	void everyType(final String descr) throws IOException {
		final int offset = descr.charAt(1) == 'u' ? 0 : 50;
		final int[] shape = { 2, 3, 4 };
		for (final boolean fortran : new boolean[] { false, true }) {
			final double[] values = new double[24];
			for (int n = 0; n < 2; n++) for (int y = 0; y < 3; y++) for (int x = 0; x < 4; x++)
				values[fortran ? n + 2 * (y + 3 * x) : (n * 3 + y) * 4 + x] = 100 * n + 10 * y + x - offset;
			final NdArray a = read(Npy.of(descr, fortran, shape, values));
			assertArrayEquals(shape, a.shape());
			for (int n = 0; n < 2; n++) {
				final float[] expected = new float[12];
				for (int y = 0; y < 3; y++) for (int x = 0; x < 4; x++) expected[y * 4 + x] = 100 * n + 10 * y + x - offset;
				assertArrayEquals(expected, a.plane(new int[] { n, 0, 0 }, 1, 2), descr + fortran);
			}
		}
	}

	@Test
	void extremesOfTypes() throws IOException {
		assertArrayEquals(new float[] { 255, 128 }, read(Npy.of("|u1", false, new int[] { 1, 2 }, -1, -128)).plane(new int[2], 0, 1));
		assertArrayEquals(new float[] { 65535, 32768 }, read(Npy.of(">u2", false, new int[] { 1, 2 }, -1, -32768)).plane(new int[2], 0, 1));
		assertArrayEquals(new float[] { 4294967295f, 1 }, read(Npy.of("<u4", false, new int[] { 1, 2 }, -1, 1)).plane(new int[2], 0, 1));
		assertArrayEquals(new float[] { 0x1p64f, 1 }, read(Npy.of("<u8", false, new int[] { 1, 2 }, -1, 1)).plane(new int[2], 0, 1));
		assertArrayEquals(new float[] { 1, 0 }, read(Npy.of("|b1", false, new int[] { 1, 2 }, 1, 0)).plane(new int[2], 0, 1));
	}

	/** Values of binary16 from the standard: largest, smallest normal and subnormal, 1/3, infinity. */
	@Test
	void halves() {
		final int[] bits = { 0x7bff, 0x0400, 0x0001, 0x3555, 0xc000, 0x7c00, 0x8000 };
		final float[] values = { 65504, 0x1p-14f, 0x1p-24f, 0.333251953125f, -2, Float.POSITIVE_INFINITY, -0f };
		for (int i = 0; i < bits.length; i++) assertEquals(values[i], ElementType.half((short) bits[i]));
		assertTrue(Float.isNaN(ElementType.half((short) 0x7e00)));
	}

	@Test
	void textsAndIntegersAreClasses() throws IOException {
		assertEquals(List.of("3", "-1", "9007199254740992"), read(Npy.of("<i8", false, new int[] { 3 }, 3, -1, 1L << 53)).texts());
		assertEquals(List.of("0", "1"), read(Npy.of("<f8", false, new int[] { 2, 1 }, 0, 1)).texts());
		assertEquals(List.of("true", "false"), read(Npy.of("|b1", false, new int[] { 2 }, 1, 0)).texts());
		assertEquals(List.of("t\u00fc", "longer"), read(Npy.of("|S8", new int[] { 2 }, StandardCharsets.UTF_8, "t\u00fc", "longer")).texts());
		assertEquals(List.of("a", "\ud83d\ude00 b"), read(Npy.of("<U6", new int[] { 2 }, Charset.forName("UTF-32LE"), "a", "\ud83d\ude00 b")).texts());
		assertEquals(List.of("a", "\u00fc"), read(Npy.of(">U1", new int[] { 2 }, Charset.forName("UTF-32BE"), "a", "\u00fc")).texts());
		assertTrue(failure(Npy.of("<f4", false, new int[] { 2 }, 1, 0.5)).contains("element 2 is 0.5, expected integers or texts"));
		assertTrue(failure(Npy.of("<f4", false, new int[] { 1, 2 }, 1, 0)).contains("found shape (1, 2)"));
	}

	@Test
	void laterVersionsOfTheFormat() throws IOException {
		final byte[] one = Npy.of("<i4", false, new int[] { 2 }, 7, 8);
		for (final int version : new int[] { 2, 3 }) {
			final ByteBuffer two = ByteBuffer.allocate(one.length + 2).order(ByteOrder.LITTLE_ENDIAN);
			two.put(one, 0, 6).put((byte) version).put((byte) 0).putInt(one[8] & 0xff | one[9] << 8).put(one, 10, one.length - 10);
			assertEquals(List.of("7", "8"), read(two.array()).texts());
		}
	}

	@Test
	void pickledObjectsAreRefused() throws IOException {
		final String message = failure(Npy.withHeader("{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", new byte[100]));
		assertTrue(message.contains("pickled Python objects") && message.contains("refused") && message.contains("allow_pickle=False"), message);
	}

	@Test
	void otherTypes() throws IOException {
		assertTrue(failure(Npy.withHeader("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", new byte[8])).contains("found dtype <c8"));
		assertTrue(failure(Npy.withHeader("{'descr': [('x', '<f4'), ('y', '<f4')], 'fortran_order': False, 'shape': (1,), }", new byte[8])).contains(
			"several fields"));
		assertTrue(failure(Npy.withHeader("{'descr': '<M8[s]', 'fortran_order': False, 'shape': (1,), }", new byte[8])).contains("<M8[s]"));
		assertTrue(failure(Npy.withHeader("{'shape': (1,), }", new byte[8])).contains("expected a header with descr, fortran_order and shape"));
	}

	@Test
	void truncatedAnywhere() throws IOException {
		final byte[] whole = Npy.of("<f4", false, new int[] { 5, 4 }, new double[20]);
		for (int n = 0; n < whole.length; n++) failure(Arrays.copyOf(whole, n));
		final String message = failure(Arrays.copyOf(whole, whole.length - 1));
		assertTrue(message.contains("truncated: shape (5, 4) of float32 takes 80 bytes, found 79"), message);
		assertTrue(failure(new byte[0]).contains("an empty file"));
		assertTrue(failure("PNG, or so".getBytes(StandardCharsets.UTF_8)).contains("expected a NumPy array"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "(-1,)", "(1000000000000,)", "(3.5,)", "('a',)", "(2147483648,)" })
	void absurdShapes(final String shape) throws IOException {
		final String message = failure(Npy.withHeader("{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }", new byte[8]));
		assertTrue(message.contains("expected a shape of at most 32 lengths from 0 to 2147483647, found " + shape), message);
	}

	@Test
	void giganticShapes() throws IOException {
		assertTrue(failure(Npy.withHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000), }", new byte[8])).contains(
			"more elements than any file"));
		assertTrue(failure(Npy.withHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000, 20), }", new byte[8])).contains(
			"takes 320000000000 bytes, found 8"));
		assertTrue(failure(Npy.withHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (" + "1,".repeat(40) + "), }", new byte[8])).contains(
			"at most 32 lengths"));
		final byte[] header = Npy.of("<f8", false, new int[] { 1 }, 0);
		header[6] = 2;
		header[11] = 127;
		assertTrue(failure(header).contains("a header of at most"));
	}

	@Test
	void archives() throws IOException {
		for (final boolean packed : new boolean[] { false, true }) {
			final Path file = Npy.archive(folder.resolve("a.npz"), packed, "x", Npy.of("|u1", false, new int[] { 2, 1, 2 }, 1, 2, 3, 4), "y", Npy.of("<i8", false,
				new int[] { 2 }, 5, 6));
			assertTrue(NumpyFile.isNumpy(file));
			final NumpyFile f = NumpyFile.open(file);
			assertEquals(List.of("x", "y"), f.names());
			assertEquals("'x' (2, 1, 2) uint8, 'y' (2,) int64", f.description());
			assertArrayEquals(new float[] { 3, 4 }, f.load("x").plane(new int[] { 1, 0, 0 }, 1, 2));
			assertEquals(List.of("5", "6"), f.load("y").texts());
			assertTrue(assertThrows(IllegalArgumentException.class, () -> f.load("z")).getMessage().contains("no array 'z', found 'x'"));
		}
	}

	@Test
	void damagedArchives() throws IOException {
		final byte[] npy = Npy.of("|u1", false, new int[] { 100 }, new double[100]);
		final Path file = Npy.archive(folder.resolve("a.npz"), true, "x", npy);
		final byte[] whole = Files.readAllBytes(file);
		Files.write(file, Arrays.copyOf(whole, whole.length - 10));
		assertTrue(message(file).contains("truncated or damaged"));
		Npy.archive(file, true, "x", Arrays.copyOf(npy, npy.length - 1));
		assertTrue(message(file).contains("array 'x': truncated: shape (100,) of uint8 takes 100 bytes, found 99"));
		Npy.archive(file, true, "o", Npy.withHeader("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", new byte[9]));
		assertTrue(message(file).contains("array 'o': found pickled Python objects"));
	}

	@Test
	void damagedNumbers() throws IOException {
		final Path file = Npy.archive(folder.resolve("a.npz"), false, "x", Npy.of("|u1", false, new int[] { 3 }, 77, 78, 79));
		assertEquals(List.of("77", "78", "79"), NumpyFile.open(file).load("x").texts());
		final byte[] bytes = Files.readAllBytes(file);
		for (int i = 0; i < bytes.length - 2; i++) if (bytes[i] == 77 && bytes[i + 1] == 78 && bytes[i + 2] == 79) bytes[i] = 5;
		Files.write(file, bytes);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> NumpyFile.open(file).load("x")).getMessage().contains(
			"damaged (array 'x' has another check sum)"));
	}

	/** A row that lies on both sides of 2^30 bytes, where one buffer ends and another begins. */
	@Test
	void arraysLongerThanABuffer() throws IOException {
		assumeTrue(File.separatorChar == '/', "files with holes need no room there");
		final byte[] header = Npy.withHeader("{'descr': '|u1', 'fortran_order': False, 'shape': (357913942, 1, 3), }", new byte[0]);
		final Path file = write(header);
		try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
			out.seek(header.length + (1L << 30) - 1);
			out.write(new byte[] { 1, 2, 3 });
		}
		assertArrayEquals(new float[] { 1, 2, 3 }, NumpyFile.open(file).load("a.npy").plane(new int[] { 357913941, 0, 0 }, 1, 2));
	}

	private static String message(final Path file) {
		return assertThrows(IllegalArgumentException.class, () -> NumpyFile.open(file)).getMessage();
	}

	@Test
	void largeArraysOfArchivesGoThroughAFile() throws IOException {
		final int n = 65 << 20;
		final byte[] npy = Npy.withHeader("{'descr': '|u1', 'fortran_order': False, 'shape': (65, 1024, 1024), }", new byte[n]);
		npy[npy.length - 1] = 9;
		final Path file = Npy.archive(folder.resolve("big.npz"), true, "x", npy);
		final Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
		final long before = arrays(temporary);
		final NdArray x = NumpyFile.open(file).load("x");
		final float[] last = x.plane(new int[] { 64, 0, 0 }, 1, 2);
		assertEquals(9, last[last.length - 1]);
		assertEquals(before, arrays(temporary), "a temporary file was left");
	}

	private static long arrays(final Path temporary) throws IOException {
		try (Stream<Path> files = Files.list(temporary)) {
			return files.filter(f -> f.getFileName().toString().matches("glia.*\\.array")).count();
		}
	}

	@Test
	void knownByContent() throws IOException {
		assertTrue(NumpyFile.isNumpy(Files.write(folder.resolve("x.dat"), Npy.of("|u1", false, new int[] { 1 }, 1))));
		assertFalse(NumpyFile.isNumpy(Files.writeString(folder.resolve("x.npy"), "text")));
		assertFalse(NumpyFile.isNumpy(folder.resolve("nowhere.npy")));
	}
}
