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
package sc.fiji.glia.engine.parity;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers that another engine came to for a {@link ParityCase}: of each array its length, its Euclidean norm and evenly spread samples.
 * <p>
 * As a file, big-endian: checksum of the case (8 bytes), number of arrays (4); of each array its name (modified UTF-8 with its length in 2
 * bytes), length (4), norm (8), number of samples (4), samples (4 each).
 *
 * @param checksum {@link ParityCase#checksum}
 * @param arrays by name
 */
public record GoldenNumbers(long checksum, Map<String, Array> arrays) {

	/** At most so many samples of an array are kept. */
	private static final int SAMPLES = 400;

	/** What is kept of an array. */
	public record Array(int length, double norm, float[] samples) {

		/** Every so many-th value is kept, starting with the first; the last is kept in any case. */
		static Array of(final double[] values) {
			double squares = 0;
			for (final double v : values) squares += v * v;
			final float[] samples = new float[Math.min(values.length, SAMPLES)];
			for (int i = 0; i < samples.length; i++) samples[i] = (float) values[index(i, samples.length, values.length)];
			return new Array(values.length, Math.sqrt(squares), samples);
		}

		private static int index(final int i, final int samples, final int length) {
			return samples == 1 ? 0 : (int) ((long) i * (length - 1) / (samples - 1));
		}

		/**
		 * The relative error of other values: the greater of that of the norm and that of the samples in the Euclidean norm.
		 *
		 * @throws IllegalArgumentException if the length is another one
		 */
		public double error(final double[] values) {
			if (values.length != length) throw new IllegalArgumentException("expected " + length + " values, got " + values.length);
			final Array other = of(values);
			double squares = 0, difference = 0;
			for (int i = 0; i < samples.length; i++) {
				final double d = values[index(i, samples.length, length)] - samples[i];
				difference += d * d;
				squares += (double) samples[i] * samples[i];
			}
			return Math.max(Math.abs(other.norm - norm) / norm, Math.sqrt(difference / squares));
		}
	}

	/** What is kept of these arrays. */
	public static GoldenNumbers of(final ParityCase c, final Map<String, double[]> arrays) {
		final Map<String, Array> kept = new LinkedHashMap<>();
		arrays.forEach((name, values) -> kept.put(name, Array.of(values)));
		return new GoldenNumbers(c.checksum(), kept);
	}

	/** Writes the file's content. */
	public void write(final OutputStream stream) throws IOException {
		final DataOutputStream out = new DataOutputStream(stream);
		out.writeLong(checksum);
		out.writeInt(arrays.size());
		for (final var e : arrays.entrySet()) {
			out.writeUTF(e.getKey());
			out.writeInt(e.getValue().length);
			out.writeDouble(e.getValue().norm);
			out.writeInt(e.getValue().samples.length);
			for (final float s : e.getValue().samples) out.writeFloat(s);
		}
		out.flush();
	}

	/** Reads what {@link #write} wrote. */
	public static GoldenNumbers read(final InputStream stream) throws IOException {
		final DataInputStream in = new DataInputStream(stream);
		final long checksum = in.readLong();
		final Map<String, Array> arrays = new LinkedHashMap<>();
		for (int n = in.readInt(); n > 0; n--) {
			final String name = in.readUTF();
			final int length = in.readInt();
			final double norm = in.readDouble();
			final float[] samples = new float[in.readInt()];
			for (int i = 0; i < samples.length; i++) samples[i] = in.readFloat();
			arrays.put(name, new Array(length, norm, samples));
		}
		return new GoldenNumbers(checksum, arrays);
	}
}
