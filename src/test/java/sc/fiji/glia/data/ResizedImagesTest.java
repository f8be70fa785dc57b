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
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ResizedImagesTest {

	private static final long PLENTY = 1 << 20;

	private final AtomicIntegerArray reads = new AtomicIntegerArray(3);
	private final Samples source = new SamplesView(new SampleList(IntStream.range(0, 3).mapToObj(i -> new Sample("s" + i, "g", 6, 4, new float[][] { ramp(i) },
		new byte[0])).toList())) {

		@Override
		public Sample get(final int i) {
			reads.incrementAndGet(i);
			return samples.get(i);
		}
	};

	private static float[] ramp(final int from) {
		final float[] values = new float[24];
		for (int p = 0; p < 24; p++) values[p] = from + p * p;
		return values;
	}

	private List<Integer> reads() {
		return IntStream.range(0, 3).mapToObj(reads::get).toList();
	}

	private void assertResized(final Samples found, final int width, final int height) {
		for (int i = 0; i < 3; i++) {
			final Sample expected = Resized.apply(new Sample("s" + i, "g", 6, 4, new float[][] { ramp(i) }, new byte[0]), Preparation.NONE, width, height);
			assertEquals(width, found.get(i).width());
			assertArrayEquals(expected.channels()[0], found.get(i).channels()[0]);
		}
	}

	@Test
	void oneReadingServesAll() {
		final ResizedImages images = new ResizedImages(source, Preparation.NONE, 3, 2, PLENTY);
		assertEquals(3, Thumbnails.of(images.whole()).size());
		assertResized(images.at(Preparation.NONE, 3, 2), 3, 2);
		assertResized(images.at(Preparation.NONE, 3, 2), 3, 2);
		assertEquals(List.of(1, 1, 1), reads());
	}

	@Test
	void anotherSizeIsReadOnceMore() {
		final ResizedImages images = new ResizedImages(source, Preparation.NONE, 3, 2, PLENTY);
		Thumbnails.of(images.whole());
		for (int round = 0; round < 2; round++) assertResized(images.at(Preparation.NONE, 2, 2), 2, 2);
		assertEquals(List.of(2, 2, 2), reads());
	}

	@Test
	void whatDoesNotFitIsReadAgain() {
		// an image of 3x2 pixels takes 30 bytes with a label each
		final ResizedImages images = new ResizedImages(source, Preparation.NONE, 3, 2, 60);
		for (int i = 0; i < 3; i++) images.whole().get(i);
		assertResized(images.at(Preparation.NONE, 3, 2), 3, 2);
		assertEquals(List.of(1, 1, 3), reads());
	}

	@Test
	void aWatchIsAskedBeforeEachReading() {
		final Samples watched = ((Watch) (what, item, of) -> {
			if (item == 2) throw new CancellationException(what + " " + item + " of " + of);
		}).over(source, "reading image", 3);
		watched.get(0);
		assertEquals("reading image 2 of 3", assertThrows(CancellationException.class, () -> watched.get(1)).getMessage());
		assertEquals(List.of(1, 0, 0), reads());
	}
}
