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
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Many bytes, in memory or mapped from a file, in segments of 2^30 since a buffer holds fewer than 2^31. Safe for several threads. */
final class Bytes {

	private static final int BITS = 30;

	private final ByteBuffer[] segments;

	private Bytes(final ByteBuffer[] segments, final ByteOrder order) {
		this.segments = segments;
		for (final ByteBuffer s : segments) s.order(order);
	}

	/** These bytes from {@code offset} on. */
	static Bytes of(final byte[] bytes, final int offset, final ByteOrder order) {
		final int rest = bytes.length - offset, n = (rest >> BITS) + 1;
		final ByteBuffer[] segments = new ByteBuffer[n];
		for (int s = 0; s < n; s++) segments[s] = ByteBuffer.wrap(bytes, offset + (s << BITS), Math.min(1 << BITS, rest - (s << BITS))).slice();
		return new Bytes(segments, order);
	}

	/** Part of a file, not read before it is asked for. */
	static Bytes map(final Path file, final long offset, final long length, final ByteOrder order) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			final ByteBuffer[] segments = new ByteBuffer[(int) (length >> BITS) + 1];
			for (int s = 0; s < segments.length; s++) {
				final long start = (long) s << BITS;
				segments[s] = channel.map(MapMode.READ_ONLY, offset + start, Math.min(1L << BITS, length - start));
			}
			return new Bytes(segments, order);
		}
	}

	byte get(final long at) {
		return segment(at).get(local(at));
	}

	/** The segment that a byte is in; elements never lie across two, since their sizes are powers of two. */
	ByteBuffer segment(final long at) {
		return segments[(int) (at >> BITS)];
	}

	/** Where in its segment a byte is. */
	static int local(final long at) {
		return (int) (at & (1 << BITS) - 1);
	}

	static boolean sameSegment(final long a, final long b) {
		return a >> BITS == b >> BITS;
	}
}
