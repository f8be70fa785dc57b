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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** What stays in memory, by how often it is read. */
class KeptSamplesTest {

	private final AtomicIntegerArray reads = new AtomicIntegerArray(3);

	/** Three images of 2x2 pixels and one channel: 20 bytes each with labels. */
	private final Samples source = new SamplesView(new SampleList(IntStream.range(0, 3).mapToObj(i -> new Sample("s" + i, "g" + i, 2, 2, new float[][] { { i,
		i, i, i } }, new byte[4])).toList())) {

		@Override
		public Sample get(final int i) {
			reads.incrementAndGet(i);
			return samples.get(i);
		}
	};

	@Test
	void asManyAsFitAreReadOnce() {
		final KeptSamples kept = new KeptSamples(source, 40);
		for (int round = 0; round < 2; round++) for (int i = 0; i < 3; i++) assertEquals(i, kept.get(i).channels()[0][0]);
		assertArrayEquals(new int[] { 1, 1, 2 }, IntStream.range(0, 3).map(reads::get).toArray());
		assertEquals(List.of("s2", "g2"), List.of(kept.name(2), kept.group(2)));
		assertEquals(3, kept.size());
	}

	/** While one thread reads an image another one does, too: it takes its memory once. */
	@Test
	void anImageReadTwiceAtATimeTakesItsMemoryOnce() {
		final Samples[] all = new Samples[1];
		final boolean[] nested = new boolean[1];
		all[0] = new KeptSamples(new SamplesView(source) {

			@Override
			public Sample get(final int i) {
				if (i == 0 && !nested[0]) {
					nested[0] = true;
					all[0].get(0);
				}
				return samples.get(i);
			}
		}, 40);
		all[0].get(0);
		for (int round = 0; round < 2; round++) all[0].get(1);
		assertEquals(1, reads.get(1));
	}
}
