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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ClassBaselinesTest {

	private final SplittableRandom random = new SplittableRandom(6);

	@Test
	void majorityIsThatOfTheImagesTrainedOn() {
		final List<Sample> list = IntStream.range(0, 10).mapToObj(i -> noise(8, 8, 0)).toList();
		// trained on: a b b, judged: a a a a a b b
		final ClassBaselines.Score majority = find(baselines(list, SampleList.bytes(0, 1, 1, 0, 0, 0, 0, 0, 1, 1), 3), "majority class");
		assertEquals(2.0 / 7, majority.accuracy(), 1e-12);
		assertEquals(0.5, majority.balancedAccuracy(), 0);
	}

	@Test
	void sizeAloneIsEnoughWhereClassesDifferInIt() {
		final List<Sample> list = new ArrayList<>();
		final byte[] labels = new byte[120];
		for (int i = 0; i < 120; i++) {
			labels[i] = (byte) (i % 2);
			list.add(labels[i] == 0 ? noise(30 + random.nextInt(5), 30, 0) : noise(30, 44 + random.nextInt(5), 0));
		}
		assertEquals(1, find(baselines(list, labels, 80), "image size").accuracy(), 0);
	}

	@Test
	void sizeIsLeftOutWhereAllAreTheSame() {
		final List<Sample> list = IntStream.range(0, 8).mapToObj(i -> noise(8, 8, 0)).toList();
		final ClassBaselines baselines = baselines(list, SampleList.bytes(0, 1, 0, 1, 0, 1, 0, 1), 4);
		assertTrue(baselines.scores().stream().noneMatch(s -> s.name().equals("image size")));
		assertEquals(3, baselines.scores().size());
	}

	@Test
	void meanAloneIsEnoughWhereClassesDifferInIt() {
		final List<Sample> list = new ArrayList<>();
		final byte[] labels = new byte[300];
		// two ranges of means of class a, and one of b between them: no single threshold would do
		for (int i = 0; i < 300; i++) {
			labels[i] = (byte) (i % 3 == 1 ? 1 : 0);
			list.add(noise(12, 12, 10 * (i % 3)));
		}
		assertEquals(1, find(baselines(list, labels, 200), "mean intensity").accuracy(), 0);
	}

	@Test
	void nearestNeighbourIsThatOfAllDistances() {
		final List<Sample> list = new ArrayList<>();
		final byte[] labels = new byte[300];
		for (int i = 0; i < 300; i++) {
			labels[i] = (byte) random.nextInt(4);
			// far from 0, where single precision has little left for differences
			list.add(noise(4 + random.nextInt(3), 4, 60_000 + 0.2 * labels[i]));
		}
		final Thumbnails thumbnails = Thumbnails.of(new SampleList(list));
		final int[] searched = IntStream.range(0, 200).toArray();
		final CoarseSearch search = new CoarseSearch(thumbnails, searched, false);
		for (int i = 200; i < 300; i++) {
			final float[] here = thumbnails.values(i);
			double lowest = Double.POSITIVE_INFINITY;
			for (final int j : searched) lowest = Math.min(lowest, square(here, thumbnails.values(j)));
			// values are floats of 60000: their steps of 1/256 make the squares of 1024 differences of about 1 uncertain by about 1 %
			assertEquals(lowest, square(here, thumbnails.values(search.nearest(i))), 0.01 * lowest);
		}
		assertEquals(17, search.nearest(17));
	}

	@Test
	void nearestNeighbourKnowsPicturesByTheirNoise() {
		final List<Sample> pictures = IntStream.range(0, 20).mapToObj(i -> noise(40, 40, 0)).toList();
		final List<Sample> list = new ArrayList<>(pictures);
		final byte[] labels = new byte[40];
		for (int i = 0; i < 20; i++) {
			final float[] values = pictures.get(i).channels()[0].clone();
			for (int p = 0; p < values.length; p++) values[p] += (float) random.nextDouble(-0.1, 0.1);
			list.add(new Sample("copy", "copy", 40, 40, new float[][] { values }, new byte[0]));
			labels[i] = labels[i + 20] = (byte) (i % 5);
		}
		final ClassBaselines baselines = baselines(list, labels, 20);
		assertEquals(1, find(baselines, "1-nearest neighbour (32x32 thumbnails)").accuracy(), 0);
	}

	@Test
	void largeNumbersAreSearchedInPart() {
		final int n = ClassBaselines.MOST_NEIGHBOURS + 10;
		final Sample one = noise(4, 4, 0);
		final Thumbnails thumbnails = Thumbnails.of(new SampleList(Collections.nCopies(n, one)));
		final ClassBaselines baselines = ClassBaselines.of(thumbnails, new byte[n], 2, IntStream.range(0, n - 1).toArray(), new int[] { n - 1 }, 1);
		assertEquals("1-nearest neighbour (32x32 thumbnails, 20000 of 20009 images trained on)", baselines.scores().get(1).name());
	}

	@Test
	void nothingToJudgeIsSaid() {
		final Thumbnails thumbnails = Thumbnails.of(SampleList.of(noise(4, 4, 0)));
		assertThrows(IllegalArgumentException.class, () -> ClassBaselines.of(thumbnails, new byte[1], 2, new int[1], new int[0], 0));
		assertThrows(IllegalArgumentException.class, () -> ClassBaselines.of(thumbnails, new byte[1], 2, new int[0], new int[1], 0));
	}

	/** The first {@code trained} images are trained on, the others judged. */
	private static ClassBaselines baselines(final List<Sample> list, final byte[] labels, final int trained) {
		final int classes = 1 + IntStream.range(0, labels.length).map(i -> labels[i]).max().orElseThrow();
		return ClassBaselines.of(Thumbnails.of(new SampleList(list)), labels, classes, IntStream.range(0, trained).toArray(), IntStream.range(trained,
			labels.length).toArray(), 1);
	}

	private static ClassBaselines.Score find(final ClassBaselines baselines, final String name) {
		return baselines.scores().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
	}

	private static double square(final float[] a, final float[] b) {
		return IntStream.range(0, a.length).mapToDouble(k -> ((double) a[k] - b[k]) * ((double) a[k] - b[k])).sum();
	}

	/** Noise from 0 to 1 above an offset. */
	private Sample noise(final int width, final int height, final double offset) {
		final float[] values = new float[width * height];
		for (int p = 0; p < values.length; p++) values[p] = (float) (offset + random.nextDouble());
		return new Sample("noise", "noise", width, height, new float[][] { values }, new byte[0]);
	}
}
