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
package sc.fiji.glia.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What of a sample goes into a {@link Fingerprint}, so that its pixels need not be read again.
 *
 * @param width columns, in pixels
 * @param height rows, in pixels
 * @param values moments of each channel
 * @param background what its border and its pixels say of a zero background
 * @param labels number of pixels of each label; of length 0 if it has none
 * @param areas areas of its objects, in pixels
 * @param sha256 of its size, values and labels; channels that are all the same count once
 */
record SampleFacts(int width, int height, List<Moments> values, ZeroBackground background, long[] labels, List<Integer> areas, byte[] sha256) {

	private static final int CHUNK = 1 << 14;

	/** @throws IllegalArgumentException if a value is not finite; the message names the sample */
	static SampleFacts of(final Sample sample) {
		Normalization.check(sample);
		final List<Moments> values = new ArrayList<>();
		for (final float[] c : sample.channels()) values.add(Moments.of(c, false));
		final ZeroBackground background = new ZeroBackground();
		background.add(sample);
		final long[] labels = new long[sample.isLabelled() ? 256 : 0];
		for (final byte b : sample.labels()) labels[b & 0xff]++;
		return new SampleFacts(sample.width(), sample.height(), values, background, labels, foreground(labels) > 0 ? ConnectedPixels.areas(sample) : List.of(), hash(
			sample));
	}

	/** True if there is a pixel that is neither background nor {@link Sample#IGNORE}. */
	boolean hasForeground() {
		return foreground(labels) > 0;
	}

	private static long foreground(final long[] labels) {
		long sum = 0;
		for (int c = 1; c < labels.length - 1; c++) sum += labels[c];
		return sum;
	}

	private static byte[] hash(final Sample sample) {
		final MessageDigest digest = sha256Digest();
		final float[][] channels = sample.channels();
		final int different = Arrays.stream(channels).allMatch(c -> Arrays.equals(c, channels[0])) ? Math.min(1, channels.length) : channels.length;
		digest.update(ByteBuffer.allocate(16).putInt(sample.width()).putInt(sample.height()).putInt(different).putInt(sample.labels().length).array());
		// NB: in pieces, since the bytes of a large image are more than an array holds
		final ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK);
		for (int c = 0; c < different; c++) for (int from = 0; from < channels[c].length; from += CHUNK) {
			final int length = Math.min(CHUNK, channels[c].length - from);
			bytes.asFloatBuffer().put(channels[c], from, length);
			digest.update(bytes.array(), 0, 4 * length);
		}
		digest.update(sample.labels());
		return digest.digest();
	}

	static MessageDigest sha256Digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java platform has SHA-256", e);
		}
	}
}
