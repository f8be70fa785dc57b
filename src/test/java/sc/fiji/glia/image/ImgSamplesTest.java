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
package sc.fiji.glia.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

class ImgSamplesTest {

	/** 2 x 1 x 2 x 3, each value its place in memory. */
	private static short[] counting() {
		final short[] v = new short[12];
		for (int i = 0; i < v.length; i++) v[i] = (short) i;
		return v;
	}

	@Test
	void channelsAndSlices() {
		final ImgSamples s = new ImgSamples("i", ArrayImgs.unsignedShorts(counting(), 2, 1, 2, 3), true);
		assertEquals(3, s.size());
		assertEquals("i:3", s.name(2));
		assertArrayEquals(new float[][] { { 4, 5 }, { 6, 7 } }, s.get(1).channels());
	}

	@Test
	void offsetsAreHeeded() {
		final ImgSamples s = new ImgSamples("i", Views.translate(ArrayImgs.unsignedShorts(counting(), 2, 2, 3), 10, -5, 7), false);
		assertEquals(3, s.size());
		assertArrayEquals(new float[][] { { 8, 9, 10, 11 } }, s.get(2).channels());
	}

	@Test
	void aPlane() {
		assertEquals(1, new ImgSamples("i", ArrayImgs.floats(2, 2), false).size());
		assertThrows(IllegalArgumentException.class, () -> new ImgSamples("i", ArrayImgs.floats(2, 2), true));
		assertThrows(IllegalArgumentException.class, () -> new ImgSamples("i", ArrayImgs.floats(2, 2, 2, 2), false));
	}
}
