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

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/** Samples that stay in memory once they have been read, as far as there is room; those that do not fit are read again each time. */
public final class KeptSamples extends SamplesView {

	private final AtomicReferenceArray<Sample> kept;
	private final AtomicLong free;

	/** @param bytes memory for values and labels */
	public KeptSamples(final Samples samples, final long bytes) {
		super(samples);
		kept = new AtomicReferenceArray<>(samples.size());
		free = new AtomicLong(bytes);
	}

	@Override
	public Sample get(final int i) {
		final Sample before = kept.get(i);
		if (before != null) return before;
		final Sample s = samples.get(i);
		final long bytes = bytes(s.channels().length, s.width(), s.height());
		// NB: another thread may have read it meanwhile
		if (free.addAndGet(-bytes) < 0 || !kept.compareAndSet(i, null, s)) free.addAndGet(bytes);
		return s;
	}

	/** Bytes that a sample takes at the most. */
	static long bytes(final int channels, final int width, final int height) {
		return (4L * channels + 1) * width * height;
	}

	/**
	 * Keeps sample {@code i}, which need not be read then, if there is room and it is not there yet.
	 *
	 * @param bytes memory that it will take
	 * @param sample makes it; not called if it is not kept
	 */
	void keep(final int i, final long bytes, final Supplier<Sample> sample) {
		if (kept.get(i) != null) return;
		if (free.addAndGet(-bytes) < 0 || !kept.compareAndSet(i, null, sample.get())) free.addAndGet(bytes);
	}
}
