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

import java.util.List;
import java.util.stream.IntStream;

/** Samples in memory, and makers of small ones. */
public record SampleList(List<Sample> list) implements Samples {

	/** These samples. */
	public static SampleList of(final Sample... samples) {
		return new SampleList(List.of(samples));
	}

	/** An image of one row and one channel. */
	static Sample row(final String name, final String group, final float[] values, final int... labels) {
		return new Sample(name, group, values.length, 1, new float[][] { values }, bytes(labels));
	}

	/** A sample of one pixel for each name; the group is what precedes the colon. */
	static SampleList named(final String... names) {
		return new SampleList(java.util.Arrays.stream(names).map(n -> row(n, n.split(":")[0], new float[1], 0)).toList());
	}

	public static byte[] bytes(final int... values) {
		final byte[] b = new byte[values.length];
		for (int i = 0; i < b.length; i++) b[i] = (byte) values[i];
		return b;
	}

	int[] all() {
		return IntStream.range(0, list.size()).toArray();
	}

	@Override
	public int size() {
		return list.size();
	}

	@Override
	public String name(final int i) {
		return list.get(i).name();
	}

	@Override
	public String group(final int i) {
		return list.get(i).group();
	}

	@Override
	public Sample get(final int i) {
		return list.get(i);
	}
}
