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
package sc.fiji.glia.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.Duplicates;
import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Preparation;
import sc.fiji.glia.data.ResizedImages;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.SampleList;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.data.Thumbnails;

class ClassificationDataTest {

	private static final int COUNT = 16;

	private static Sample noise(final int i, final String group) {
		final Random random = new Random(i);
		final float[] values = new float[64];
		for (int p = 0; p < 64; p++) values[p] = random.nextInt(256);
		return new Sample("n" + i, group, 8, 8, new float[][] { values }, new byte[0]);
	}

	@Test
	void inAFoldAGroupMayBearTheNameOfAnImageOfAnotherGroup() {
		// the groups of images n0 and n1, n2 and n3 ... are called n1, n2 ...: image n3 is of group n2
		final Samples samples = SampleList.of(IntStream.range(0, COUNT).mapToObj(i -> noise(i, "n" + (i / 2 + 1))).toArray(Sample[]::new));
		final byte[] labels = new byte[COUNT];
		for (int i = 0; i < COUNT; i++) labels[i] = (byte) (i % 2);
		final Thumbnails thumbnails = Thumbnails.of(samples);
		final ClassificationData data = new ClassificationData("noise", new LabelledImages(samples, List.of("a", "b"), labels, Map.of(), List.of()), thumbnails,
			Duplicates.of(thumbnails), new ResizedImages(samples, Preparation.NONE, 8, 8, 0), List.of());
		final List<Split> folds = data.folds(4, 0.25, 1);
		assertEquals(4, folds.size());
		for (final Split f : folds) {
			assertEquals(COUNT, f.train().length + f.validation().length + f.test().length, "every image is on a side");
			assertEquals(COUNT, IntStream.concat(IntStream.of(f.train()), IntStream.concat(IntStream.of(f.validation()), IntStream.of(f.test()))).distinct().count(),
				"and on one only");
			assertTrue(f.validation().length > 0);
		}
	}
}
