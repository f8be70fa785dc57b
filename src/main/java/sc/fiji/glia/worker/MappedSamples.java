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
package sc.fiji.glia.worker;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;

/** The samples of a {@link SampleFile}, mapped into memory. The file is deleted as soon as the system allows it, at the latest when this process ends. */
final class MappedSamples implements Samples {

	/** Bytes of a piece of the file that is mapped as one; a buffer can have no more than 2 GiB. */
	private static final int PIECE = 1 << 30;

	private record Plane(SampleFile.Form form, long position) {}

	private record Entry(String name, String group, int width, int height, List<Plane> planes, boolean isLabelled, long labels) {}

	private final List<MappedByteBuffer> pieces = new ArrayList<>();
	private final List<Entry> entries = new ArrayList<>();

	/** @throws UncheckedIOException if the file cannot be mapped */
	MappedSamples(final Path file) {
		this(file, PIECE);
	}

	/** @param piece bytes that are mapped as one, a multiple of 4 */
	MappedSamples(final Path file, final int piece) {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE)) {
			final long size = channel.size();
			for (long at = 0; at < size; at += piece) pieces.add(channel.map(FileChannel.MapMode.READ_ONLY, at, Math.min(piece, size - at)));
			pieces.forEach(p -> p.order(ByteOrder.nativeOrder()));
			final long list = ByteBuffer.wrap(bytes(size - Long.BYTES, Long.BYTES)).getLong();
			read(new DataInputStream(new ByteArrayInputStream(bytes(list, (int) (size - Long.BYTES - list)))));
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot map the images in '" + file + "': " + e.getMessage(), e);
		}
	}

	private void read(final DataInputStream in) throws IOException {
		for (int n = in.readInt(); n > 0; n--) {
			final String name = in.readUTF(), group = in.readUTF();
			final int width = in.readInt(), height = in.readInt();
			final List<Plane> planes = new ArrayList<>();
			for (int c = in.readInt(); c > 0; c--) planes.add(new Plane(SampleFile.Form.values()[in.readByte()], in.readLong()));
			entries.add(new Entry(name, group, width, height, planes, in.readBoolean(), in.readLong()));
		}
	}

	@Override
	public int size() {
		return entries.size();
	}

	@Override
	public String name(final int i) {
		return entries.get(i).name;
	}

	@Override
	public String group(final int i) {
		return entries.get(i).group;
	}

	@Override
	public Sample get(final int i) {
		final Entry e = entries.get(i);
		final int pixels = e.width * e.height;
		final float[][] channels = e.planes.stream().map(p -> plane(p, pixels)).toArray(float[][]::new);
		return new Sample(e.name, e.group, e.width, e.height, channels, e.isLabelled ? bytes(e.labels, pixels) : new byte[0]);
	}

	private float[] plane(final Plane p, final int pixels) {
		final float[] values = new float[pixels];
		for (int i = 0; i < pixels;) {
			final ByteBuffer b = from(p.position + (long) i * p.form.bytes);
			final int end = i + Math.min(pixels - i, b.remaining() / p.form.bytes);
			switch (p.form) {
				case BYTES -> {
					for (; i < end; i++) values[i] = b.get() & 0xff;
				}
				case SHORTS -> {
					for (; i < end; i++) values[i] = b.getShort() & 0xffff;
				}
				default -> {
					b.asFloatBuffer().get(values, i, end - i);
					i = end;
				}
			}
		}
		return values;
	}

	private byte[] bytes(final long position, final int length) {
		final byte[] bytes = new byte[length];
		for (int i = 0; i < length;) {
			final ByteBuffer b = from(position + i);
			final int n = Math.min(length - i, b.remaining());
			b.get(bytes, i, n);
			i += n;
		}
		return bytes;
	}

	/** What is mapped from a position to the end of the piece. */
	private ByteBuffer from(final long position) {
		final int piece = pieces.get(0).capacity();
		final MappedByteBuffer p = pieces.get((int) (position / piece));
		return p.duplicate().order(ByteOrder.nativeOrder()).position((int) (position % piece));
	}
}
