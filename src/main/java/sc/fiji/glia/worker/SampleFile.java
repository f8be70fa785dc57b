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

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;

/**
 * A temporary file of samples, for another process to map into its memory. Planes stand one after another, each in the shortest form that keeps every
 * bit: bytes, 16-bit numbers or floats, in the byte order of the machine and from a multiple of 4 on; then the labels; at the end the list of all that,
 * and in the last 8 bytes its position.
 */
final class SampleFile implements AutoCloseable {

	/** How the values of a plane are stored. */
	enum Form {

		BYTES(1), SHORTS(2), FLOATS(4);

		final int bytes;

		Form(final int bytes) {
			this.bytes = bytes;
		}

		/** The shortest that keeps every bit. */
		static Form of(final float[] plane) {
			Form form = BYTES;
			for (final float v : plane) {
				final int i = (int) v;
				if (i < 0 || i > 0xffff || Float.floatToRawIntBits(i) != Float.floatToRawIntBits(v)) return FLOATS;
				if (i > 0xff) form = SHORTS;
			}
			return form;
		}
	}

	static final int ALIGNMENT = 4;
	private static final int CHUNK = 1 << 16;
	/** What is left free for others. */
	private static final long RESERVE = 256L << 20;

	private final Path path;

	/**
	 * Writes all samples, one at a time.
	 *
	 * @throws NoWorkerException if they cannot be written or there is no room for them
	 */
	SampleFile(final Samples samples) {
		try {
			path = Files.createTempFile("glia-", ".samples");
		}
		catch (final IOException e) {
			throw new NoWorkerException("The images for the worker process cannot be written to the temporary folder: " + e.getMessage(), e);
		}
		path.toFile().deleteOnExit(); // NB: a second line only, for virus scanners that hold on to it
		boolean completed = false;
		// NB: no FileChannel: that closes itself when its thread is interrupted
		try (FileOutputStream raw = new FileOutputStream(path.toFile()); Counted out = new Counted(new BufferedOutputStream(raw, CHUNK))) {
			write(samples, out, Files.getFileStore(path));
			completed = true;
		}
		catch (final IOException e) {
			throw new NoWorkerException("The images for the worker process cannot be written to '" + path + "': " + e.getMessage(), e);
		}
		finally {
			if (!completed) close();
		}
	}

	Path path() {
		return path;
	}

	private static void write(final Samples samples, final Counted out, final FileStore store) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		final DataOutputStream list = new DataOutputStream(bytes);
		list.writeInt(samples.size());
		for (int i = 0; i < samples.size(); i++) {
			final Sample s = samples.get(i);
			final long size = (4L * s.channels().length + 1) * s.width() * s.height();
			if (store.getUsableSpace() < size + RESERVE) throw new IOException("only " + (store.getUsableSpace() >> 20) + " MB are free");
			list.writeUTF(s.name());
			list.writeUTF(s.group());
			list.writeInt(s.width());
			list.writeInt(s.height());
			list.writeInt(s.channels().length);
			for (final float[] plane : s.channels()) {
				final Form form = Form.of(plane);
				list.writeByte(form.ordinal());
				list.writeLong(out.align());
				write(plane, form, out);
			}
			list.writeBoolean(s.isLabelled());
			list.writeLong(out.align());
			out.write(s.labels());
		}
		final long at = out.align();
		out.write(bytes.toByteArray());
		out.write(ByteBuffer.allocate(Long.BYTES).putLong(at).array());
	}

	private static void write(final float[] plane, final Form form, final OutputStream out) throws IOException {
		final byte[] chunk = new byte[CHUNK];
		final ByteBuffer b = ByteBuffer.wrap(chunk).order(ByteOrder.nativeOrder());
		for (int i = 0; i < plane.length;) {
			b.clear();
			for (; i < plane.length && b.hasRemaining(); i++) {
				switch (form) {
					case BYTES -> b.put((byte) plane[i]);
					case SHORTS -> b.putShort((short) (int) plane[i]);
					default -> b.putFloat(plane[i]);
				}
			}
			out.write(chunk, 0, b.position());
		}
	}

	/** Deletes the file; on Windows only once the worker, which maps it, has ended. */
	@Override
	public void close() {
		path.toFile().delete();
	}

	/** Knows how many bytes have been written. */
	private static final class Counted extends java.io.FilterOutputStream {

		private long count;

		Counted(final OutputStream out) {
			super(out);
		}

		@Override
		public void write(final byte[] b, final int from, final int length) throws IOException {
			out.write(b, from, length);
			count += length;
		}

		/** Goes to the next position where a plane may begin, and returns it. */
		long align() throws IOException {
			while (count % ALIGNMENT != 0) write(new byte[1], 0, 1);
			return count;
		}
	}
}
