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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SameChannelsTest {

	private static Sample sample(final float[]... channels) {
		return new Sample("x", "g", channels[0].length, 1, channels, new byte[channels[0].length]);
	}

	private static Sample as(final int channels, final Sample sample) {
		return SameChannels.of(SampleList.of(sample), channels).get(0);
	}

	@Test
	void grayIsRepeated() {
		final Sample s = as(3, sample(new float[] { 1, 2 }));
		assertArrayEquals(new float[][] { { 1, 2 }, { 1, 2 }, { 1, 2 } }, s.channels());
		assertNotSame(s.channels()[0], s.channels()[1]);
		assertEquals("g", s.group());
		assertEquals(2, s.labels().length);
	}

	@Test
	void whatFitsStays() {
		final Sample two = sample(new float[1], new float[1]);
		assertSame(two, as(2, two));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> as(1, two)).getMessage().contains("Image 'x': expected 1 channel, got 2 channels"));
	}

	/** 0.1f + 0.1f + 0.1f, divided by 3, is not 0.1f: gray must stay what it is. */
	@Test
	void grayRgbIsExact() {
		final float[] v = { 0.1f, 0.7f, 123.456f };
		assertArrayEquals(v, as(1, sample(v.clone(), v.clone(), v.clone())).channels()[0]);
	}

	@Test
	void tintsAreAveraged() {
		assertEquals(110, as(1, sample(new float[] { 100 }, new float[] { 110 }, new float[] { 120 })).channels()[0][0]);
		assertThrows(IllegalArgumentException.class, () -> as(1, sample(new float[] { 100 }, new float[] { 110 }, new float[] { 140 })));
	}

	/** The range of 16-bit images is their own. */
	@Test
	void tintsOfLargerValues() {
		assertTrue(SameChannels.isNearlyGray(new float[][] { { 60000 }, { 60000 }, { 53000 } }));
		assertFalse(SameChannels.isNearlyGray(new float[][] { { 60000 }, { 60000 }, { 52000 } }));
	}
}
