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
package sc.fiji.glia.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.worker.SampleFile.Form;

class SampleFileTest {

	@ParameterizedTest
	@ValueSource(ints = { 4, 52, 4096, 1 << 30 })
	void samplesComeBackBitForBit(final int piece) {
		final Samples samples = Jobs.samples();
		try (SampleFile file = new SampleFile(samples)) {
			final MappedSamples mapped = new MappedSamples(file.path(), piece);
			assertEquals(samples.size(), mapped.size());
			for (int i = samples.size() - 1; i >= 0; i--) {
				final Sample s = samples.get(i), m = mapped.get(i);
				assertEquals(s.name(), m.name());
				assertEquals(s.group(), mapped.group(i));
				assertEquals(s.width(), m.width());
				assertArrayEquals(s.labels(), m.labels());
				for (int c = 0; c < 2; c++) assertArrayEquals(s.channels()[c], m.channels()[c]);
			}
		}
	}

	@Test
	void aPlaneTakesTheShortestFormThatKeepsEveryBit() {
		assertEquals(Form.BYTES, Form.of(new float[] { 0, 255 }));
		assertEquals(Form.SHORTS, Form.of(new float[] { 0, 256, 65535 }));
		for (final float v : new float[] { -1, 65536, 0.5f, -0f, Float.NaN, Float.POSITIVE_INFINITY, 1e30f }) assertEquals(Form.FLOATS, Form.of(new float[] { 1,
			v }), () -> v + "");
	}

	@Test
	void everyFormKeepsItsValues() {
		final Random random = new Random(1);
		final float[][] planes = new float[3][5 * 7];
		for (int i = 0; i < 35; i++) {
			planes[0][i] = random.nextInt(256);
			planes[1][i] = random.nextInt(65536);
			planes[2][i] = Float.intBitsToFloat(random.nextInt());
		}
		planes[0][34] = 255;
		planes[1][34] = 65535;
		final Sample unlabelled = new Sample("s", "g", 5, 7, planes, new byte[0]);
		try (SampleFile file = new SampleFile(new One(unlabelled))) {
			final Sample back = new MappedSamples(file.path()).get(0);
			for (int c = 0; c < 3; c++) assertArrayEquals(planes[c], back.channels()[c]);
			assertFalse(back.isLabelled());
		}
	}

	@Test
	void nothingIsLeftBehind() {
		final SampleFile file = new SampleFile(Jobs.samples());
		assertTrue(Files.exists(file.path()));
		final MappedSamples mapped = new MappedSamples(file.path());
		file.close();
		assertFalse(Files.exists(file.path()));
		assertEquals("näme 2", mapped.get(2).name());
	}

	@Test
	void whatASampleThrowsIsNoReasonToGoOn() {
		final Samples broken = new One(Jobs.sample(0)) {

			@Override
			public Sample get(final int i) {
				throw new IllegalArgumentException("cell.tif: not an image");
			}
		};
		assertEquals("cell.tif: not an image", assertThrows(IllegalArgumentException.class, () -> new SampleFile(broken)).getMessage());
	}

	private static class One implements Samples {

		private final Sample sample;

		One(final Sample sample) {
			this.sample = sample;
		}

		@Override
		public int size() {
			return 1;
		}

		@Override
		public String name(final int i) {
			return sample.name();
		}

		@Override
		public String group(final int i) {
			return sample.group();
		}

		@Override
		public Sample get(final int i) {
			return sample;
		}
	}
}
