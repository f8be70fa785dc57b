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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes small NumPy files byte by byte. */
public final class Npy {

	private Npy() {}

	/** Numbers in the order in which they are to lie in the file. */
	public static byte[] of(final String descr, final boolean fortran, final int[] shape, final double... values) {
		final int size = descr.charAt(2) - '0';
		final ByteBuffer b = ByteBuffer.allocate(size * values.length).order(descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
		for (final double v : values) switch (descr.substring(1)) {
			case "f2" -> b.putShort(half(v));
			case "f4" -> b.putFloat((float) v);
			case "f8" -> b.putDouble(v);
			default -> {
				if (size == 1) b.put((byte) v);
				else if (size == 2) b.putShort((short) v);
				else if (size == 4) b.putInt((int) v);
				else b.putLong((long) v);
			}
		}
		return withHeader(header(descr, fortran, shape), b.array());
	}

	/** Texts, filled up with zeros. */
	public static byte[] of(final String descr, final int[] shape, final Charset charset, final String... texts) {
		final int n = Integer.parseInt(descr.substring(2)) * (descr.charAt(1) == 'U' ? 4 : 1);
		final ByteBuffer b = ByteBuffer.allocate(n * texts.length);
		for (int i = 0; i < texts.length; i++) b.position(i * n).put(texts[i].getBytes(charset));
		return withHeader(header(descr, false, shape), b.array());
	}

	private static String header(final String descr, final boolean fortran, final int[] shape) {
		return "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + NdArray.text(shape) + ", }";
	}

	/** Version 1 of the format. */
	public static byte[] withHeader(final String header, final byte[] data) {
		final byte[] text = (header + " ".repeat((118 - header.length() % 64 + 64) % 64) + "\n").getBytes(StandardCharsets.ISO_8859_1);
		return ByteBuffer.allocate(10 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93).put("NUMPY".getBytes(
			StandardCharsets.ISO_8859_1)).put((byte) 1).put((byte) 0).putShort((short) text.length).put(text).put(data).array();
	}

	/** Of integers and their halves that binary16 holds exactly. */
	private static short half(final double v) {
		if (v == 0) return 0;
		final int exponent = Math.getExponent(v);
		return (short) ((v < 0 ? 0x8000 : 0) | exponent + 15 << 10 | (int) ((Math.abs(v) / Math.scalb(1.0, exponent) - 1) * 1024));
	}

	/** A zip of arrays. */
	public static Path archive(final Path file, final boolean packed, final Object... namesAndArrays) throws IOException {
		try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
			out.setLevel(1);
			for (int i = 0; i < namesAndArrays.length; i += 2) {
				final byte[] npy = (byte[]) namesAndArrays[i + 1];
				final ZipEntry entry = new ZipEntry(namesAndArrays[i] + ".npy");
				if (!packed) {
					final CRC32 crc = new CRC32();
					crc.update(npy);
					entry.setMethod(ZipEntry.STORED);
					entry.setSize(npy.length);
					entry.setCrc(crc.getValue());
				}
				out.putNextEntry(entry);
				out.write(npy);
				out.closeEntry();
			}
		}
		return file;
	}
}
