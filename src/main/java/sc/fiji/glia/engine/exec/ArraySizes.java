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
package sc.fiji.glia.engine.exec;

import java.util.Map;
import java.util.TreeMap;

/** Lengths of arrays, and the memory that they take. */
public final class ArraySizes {

	private static final int HEADER = 16, ALIGNMENT = 64;

	/** Number of arrays by bytes of one. */
	private final Map<Long, Long> counts = new TreeMap<>();

	/** Adds {@code count} arrays of {@code floats} floats each; none if these are none. */
	public ArraySizes add(final long count, final long floats) {
		if (count > 0 && floats > 0) counts.merge((HEADER + Float.BYTES * floats + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT, count, Long::sum);
		return this;
	}

	/** Adds those of another {@code times}. */
	public ArraySizes add(final long times, final ArraySizes other) {
		other.counts.forEach((bytes, count) -> counts.merge(bytes, times * count, Long::sum));
		return this;
	}

	/** Bytes of all arrays, with their headers. */
	public long bytes() {
		return bytes(0);
	}

	/**
	 * Bytes of all arrays in a heap of regions, where an array of half a region or more takes whole regions.
	 *
	 * @param region bytes of a region; 0 for a heap in one piece
	 */
	public long bytes(final long region) {
		long sum = 0;
		for (final Map.Entry<Long, Long> e : counts.entrySet()) {
			final long bytes = e.getKey();
			sum += e.getValue() * (region > 0 && bytes >= region / 2 ? (bytes + region - 1) / region * region : bytes);
		}
		return sum;
	}
}
