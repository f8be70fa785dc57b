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
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class FingerprintTest {

	private static final Sample A = new Sample("a:1", "a", 3, 2, new float[][] { { 1, 2, 3, 4, 5, 6 } }, SampleList.bytes(0, 0, 1, 0, 0, 3));
	private static final Sample B = new Sample("a:2", "a", 1, 2, new float[][] { { 8, 10 } }, SampleList.bytes(255, 0));
	private static final Sample C = new Sample("b:1", "b", 2, 1, new float[][] { { 0, 0 } }, new byte[0]);

	@Test
	void numbersByHand() {
		final SampleList samples = SampleList.of(A, B, C);
		final Fingerprint f = Fingerprint.of(samples, samples.all());
		assertEquals(3, f.samples());
		assertEquals(2, f.groups());
		assertEquals(new Fingerprint.Size(1, 2, 3), f.width());
		assertEquals(new Fingerprint.Size(1, 2, 2), f.height());
		assertEquals(1, f.channels());
		assertEquals(4, f.classes());
		assertEquals(List.of(5L, 1L, 0L, 1L), f.pixels());
		assertEquals(1, f.ignored());
		assertEquals(2 / 7.0, f.foregroundShare(), 1e-15);
		assertEquals(1 / 3.0, f.foregroundSampleShare(), 1e-15);
		assertEquals(List.of(0.0), f.minimum());
		assertEquals(List.of(10.0), f.maximum());
		assertEquals(3.9, f.mean().get(0), 1e-12); // 39 / 10
		assertEquals(Math.sqrt(255 / 10.0 - 3.9 * 3.9), f.deviation().get(0), 1e-12); // squares sum to 91 + 164
		assertEquals(Math.sqrt((3.5 * 3.5 + 81) / 3 - 12.5 * 12.5 / 9), f.deviationOfMeans().get(0), 1e-12); // means 3.5, 9, 0
		assertFalse(f.zeroBackground());
		assertEquals(Math.sqrt(4 / Math.PI), f.objectDiameter(), 1e-12, "touching classes are two objects of one pixel");
	}

	@Test
	void objectsTouchAtCorners() {
		// 3 objects: 4 pixels along a diagonal; a single pixel; 2 pixels
		final Sample s = new Sample("s", "s", 7, 4, new float[1][28], SampleList.bytes(
			1, 0, 0, 0, 0, 0, 2,
			0, 1, 0, 0, 0, 0, 2,
			0, 0, 1, 0, 0, 0, 255,
			0, 0, 0, 1, 0, 0, 1));
		assertEquals(List.of(4, 2, 1), ConnectedPixels.areas(s));
		assertEquals(Math.sqrt(8 / Math.PI), fingerprint(s).objectDiameter(), 1e-12);
	}

	@Test
	void hashSeesEveryPixelLabelAndSize() {
		final String hash = fingerprint(A).sha256();
		assertEquals(64, hash.length());
		assertEquals(hash, fingerprint(new Sample("other", "name", 3, 2, A.channels(), A.labels())).sha256());
		assertNotEquals(hash, fingerprint(new Sample("a:1", "a", 2, 3, A.channels(), A.labels())).sha256());
		assertNotEquals(hash, fingerprint(new Sample("a:1", "a", 3, 2, new float[][] { { 1, 2, 3, 4, 5, 7 } }, A.labels())).sha256());
		assertNotEquals(hash, fingerprint(new Sample("a:1", "a", 3, 2, A.channels(), SampleList.bytes(0, 0, 1, 0, 0, 2))).sha256());
		// 16 bytes of sizes (1, 1, 1, 1), the bits of 1.5f and the label 1, hashed with coreutils' sha256sum, and the 32 bytes of that once more
		assertEquals("91705c3ecf3ed17235efda1c5cfd3c9051646ceb1c704b5f7b4f3c09b650539c", fingerprint(SampleList.row("s", "s", new float[] { 1.5f }, 1)).sha256());
	}

	@Test
	void hashSeesTheLastPixelOfALargeImage() {
		final float[] values = new float[100_000], others = values.clone();
		others[values.length - 1] = 1;
		assertNotEquals(fingerprint(SampleList.row("s", "s", values)).sha256(), fingerprint(SampleList.row("s", "s", others)).sha256());
		final byte[] alone = SampleFacts.of(new Sample("s", "s", 100_000, 1, new float[][] { others }, new byte[0])).sha256();
		assertArrayEquals(alone, SampleFacts.of(new Sample("s", "s", 100_000, 1, new float[][] { others, others.clone() }, new byte[0])).sha256());
		assertFalse(Arrays.equals(alone, SampleFacts.of(new Sample("s", "s", 100_000, 1, new float[][] { others, values }, new byte[0])).sha256()));
	}

	@Test
	void ofThumbnailsItIsTheSame() {
		final Random random = new Random(1);
		final List<Sample> list = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			final float[][] channels = new float[2][(10 + i) * 9];
			for (final float[] c : channels) for (int p = 0; p < c.length; p++) c[p] = random.nextInt(200);
			list.add(new Sample("n" + i, "g" + i / 3, 10 + i, 9, channels, new byte[0]));
		}
		final SampleList samples = new SampleList(list);
		final Thumbnails thumbnails = Thumbnails.of(samples);
		final int[] some = { 1, 2, 5, 7, 11 };
		assertEquals(Fingerprint.of(samples, some), Fingerprint.of(thumbnails, samples, some));
		assertEquals(Normalization.fit(Normalization.Method.RANGE, Normalization.Scope.DATASET, false, samples, some), Normalization.range(thumbnails, some));
		assertThrows(IllegalArgumentException.class, () -> Fingerprint.of(thumbnails, samples, new int[0]));
		assertThrows(IllegalArgumentException.class, () -> Normalization.range(thumbnails, new int[0]));
	}

	@Test
	void whatCannotBeMeasured() {
		assertThrows(IllegalArgumentException.class, () -> Fingerprint.of(SampleList.of(A), new int[0]));
		assertThrows(IllegalArgumentException.class, () -> fingerprint(SampleList.row("s", "s", new float[] { Float.NaN })));
		final Sample two = new Sample("two", "t", 1, 1, new float[2][1], new byte[0]);
		assertThrows(IllegalArgumentException.class, () -> Fingerprint.of(SampleList.of(A, two), new int[] { 0, 1 }));
	}

	private static Fingerprint fingerprint(final Sample sample) {
		return Fingerprint.of(SampleList.of(sample), new int[] { 0 });
	}
}
