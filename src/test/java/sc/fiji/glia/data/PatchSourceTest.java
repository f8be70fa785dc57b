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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.Augmentation.Symmetry;
import sc.fiji.glia.data.Normalization.Method;
import sc.fiji.glia.data.Normalization.Scope;

class PatchSourceTest {

	private static final Normalization AS_IS = new Normalization(Method.RANGE, Scope.DATASET, false, List.of(0.0), List.of(1.0));

	@Test
	void wholeImageWithoutAugmentationIsTheImage() {
		for (final int[] size : new int[][] { { 5, 4 }, { 4, 5 }, { 1, 7 }, { 8, 8 }, { 1, 1 } }) {
			final Sample s = random(size[0], size[1], 1);
			final Patch patch = new Patch(source(s, Augmentation.NONE, size[0], size[1], 0.5), 3, size[0] * size[1]);
			assertArrayEquals(s.channels()[0], patch.values[0]);
			assertArrayEquals(s.labels(), patch.labels);
		}
	}

	@Test
	void patchesAreWindowsOfTheImage() {
		final Sample s = numbered(20, 15);
		final PatchSource source = source(s, Augmentation.NONE, 6, 4, 0);
		final Set<Integer> corners = new HashSet<>();
		for (int n = 0; n < 3000; n++) {
			final Patch p = new Patch(source, n, 24);
			final int corner = (int) p.values[0][0];
			corners.add(corner);
			for (int i = 0; i < 24; i++) assertEquals(corner + i / 6 * 20 + i % 6, p.values[0][i]);
		}
		assertEquals((20 - 6 + 1) * (15 - 4 + 1), corners.size(), "every window is drawn"); // one of 180 is missed in 3000 with p = 180 exp(-16.7) = 1e-5
	}

	@Test
	void flipsAreTheEightSymmetries() {
		final Sample s = numbered(6, 6);
		final PatchSource source = source(s, Augmentation.FLIPS, 6, 6, 0);
		final Set<List<Float>> seen = new HashSet<>();
		for (int n = 0; n < 200; n++) seen.add(list(new Patch(source, n, 36).values[0]));
		final Set<List<Float>> expected = new HashSet<>();
		for (int k = 0; k < 8; k++) {
			final List<Float> symmetric = new ArrayList<>();
			for (int y = 0; y < 6; y++) for (int x = 0; x < 6; x++) {
				final int u = (k & 1) == 0 ? x : 5 - x, v = (k & 2) == 0 ? y : 5 - y;
				symmetric.add(s.channels()[0][(k & 4) == 0 ? v * 6 + u : u * 6 + v]);
			}
			expected.add(symmetric);
		}
		assertEquals(expected, seen);
	}

	@Test
	void mirrorExchangesLeftAndRightOnly() {
		final Sample s = numbered(5, 4);
		final Augmentation mirror = new Augmentation(Symmetry.MIRROR, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0);
		final PatchSource source = source(s, mirror, 5, 4, 0);
		final Set<List<Float>> seen = new HashSet<>();
		for (int n = 0; n < 50; n++) seen.add(list(new Patch(source, n, 20).values[0]));
		final List<Float> mirrored = new ArrayList<>();
		for (int i = 0; i < 20; i++) mirrored.add(s.channels()[0][i / 5 * 5 + 4 - i % 5]);
		assertEquals(Set.of(list(s.channels()[0]), mirrored), seen);
	}

	@Test
	void oblongPatchesAreLaidOnTheirSideWhereThereIsRoom() {
		final Sample s = numbered(9, 9);
		final PatchSource source = source(s, Augmentation.FLIPS, 5, 2, 0);
		final Set<Integer> steps = new HashSet<>();
		for (int n = 0; n < 200; n++) {
			final Patch p = new Patch(source, n, 10);
			final int step = (int) (p.values[0][1] - p.values[0][0]);
			for (int i = 1; i < 5; i++) assertEquals(step, p.values[0][i] - p.values[0][i - 1], "never mirrored at an edge");
			steps.add(step);
		}
		assertEquals(Set.of(1, -1, 9, -9), steps);
		final PatchSource tight = source(numbered(5, 2), Augmentation.FLIPS, 5, 2, 0);
		for (int n = 0; n < 50; n++) {
			final float[] sorted = new Patch(tight, n, 10).values[0];
			Arrays.sort(sorted);
			assertArrayEquals(new float[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, sorted, "each pixel once");
		}
	}

	@Test
	void smallImagesAreCentredAndMirrored() {
		final Sample s = SampleList.row("s", "s", new float[] { 10, 20, 30 }, 1, 2, 0);
		final Patch p = new Patch(source(s, Augmentation.NONE, 9, 2, 0), 0, 18);
		assertArrayEquals(new float[] { 20, 30, 20, 10, 20, 30, 20, 10, 20 }, Arrays.copyOf(p.values[0], 9));
		assertArrayEquals(SampleList.bytes(2, 0, 2, 1, 2, 0, 2, 1, 2), Arrays.copyOfRange(p.labels, 9, 18));
	}

	@Test
	void labelsFollowTheImage() {
		// the channels are x and y, which bilinear interpolation reproduces; labels are x or y, which the nearest pixel rounds
		final int size = 120;
		final float[] x = new float[size * size], y = new float[size * size];
		final byte[] xs = new byte[size * size], ys = new byte[size * size];
		for (int i = 0; i < x.length; i++) {
			xs[i] = (byte) (x[i] = i % size);
			ys[i] = (byte) (y[i] = i / size);
		}
		final Augmentation geometry = new Augmentation(Symmetry.ALL, 1, 0, 180, 1.4, 8, 0, 0, 1, 0, 0);
		final Normalization two = new Normalization(Method.RANGE, Scope.DATASET, false, List.of(0.0, 0.0), List.of(1.0, 1.0));
		for (int n = 0; n < 40; n++) {
			for (final byte[] labels : List.of(xs, ys)) {
				final Sample s = new Sample("s", "s", size, size, new float[][] { x, y }, labels);
				final PatchSource source = new PatchSource(SampleList.of(s), new int[] { 0 }, two, geometry, 64, 48, 0.5, 7);
				final float[][] values = new float[2][64 * 48];
				final byte[] cut = new byte[64 * 48];
				source.draw(n, values, cut);
				for (int i = 0; i < cut.length; i++) assertEquals(values[labels == xs ? 0 : 1][i], cut[i], 0.5 + 1e-4); // 1e-4: float arithmetic at 120
			}
		}
	}

	@Test
	void elasticMapsAreSmoothAndWithoutFolds() {
		final double a = Elastic.SPACING / 4.0, slope = 2 * a / Elastic.SPACING;
		final SplittableRandom random = new SplittableRandom(5);
		final int w = 100, h = 70;
		double largest = 0;
		for (int trial = 0; trial < 20; trial++) {
			final Elastic elastic = Elastic.random(w, h, a, random);
			final double[][] x = new double[h][w], y = new double[h][w];
			for (int r = 0; r < h; r++) elastic.row(r, x[r], y[r]);
			for (int r = 1; r < h; r++) for (int c = 1; c < w; c++) for (final double[][] d : List.of(x, y)) {
				assertTrue(Math.abs(d[r][c]) <= a);
				assertTrue(Math.abs(d[r][c] - d[r][c - 1]) <= slope + 1e-12 && Math.abs(d[r][c] - d[r - 1][c]) <= slope + 1e-12);
				largest = Math.max(largest, Math.abs(d[r][c]));
			}
		}
		assertTrue(largest > a / 4, "displaces by " + largest);
	}

	@Test
	void mirrorsAboutTheOuterPixels() {
		final double[] places = { -4, -1, -0.25, 0, 1.5, 3, 3.5, 4, 6, 7 }, expected = { 2, 1, 0.25, 0, 1.5, 3, 2.5, 2, 0, 1 };
		for (int i = 0; i < places.length; i++) assertEquals(expected[i], Warp.mirror(places[i], 4), 1e-12, "at " + places[i]);
		assertEquals(0, Warp.mirror(17.3, 1));
	}

	@Test
	void everyThreadDrawsTheSamePatches() {
		final SampleList samples = SampleList.of(random(40, 30, 1), random(20, 50, 2), random(33, 33, 3));
		final PatchSource a = strong(samples, 11, Long.MAX_VALUE), uncached = strong(samples, 11, 5 * 40 * 30), other = strong(samples, 12, 0);
		final int count = 60;
		final Patch[] forwards = new Patch[count], parallel = new Patch[count];
		for (int n = 0; n < count; n++) forwards[n] = new Patch(a, n, 32 * 32);
		IntStream.range(0, count).parallel().forEach(k -> parallel[count - 1 - k] = new Patch(uncached, count - 1 - k, 32 * 32));
		int same = 0;
		for (int n = 0; n < count; n++) {
			assertArrayEquals(forwards[n].values[0], parallel[n].values[0]);
			assertArrayEquals(forwards[n].labels, parallel[n].labels);
			if (Arrays.equals(forwards[n].values[0], new Patch(other, n, 32 * 32).values[0])) same++;
		}
		assertEquals(0, same, "patches of another seed");
	}

	@Test
	void eachEpochVisitsEverySampleInAnotherOrder() {
		final int n = 9;
		final Sample[] list = new Sample[n];
		for (int i = 0; i < n; i++) list[i] = SampleList.row("s" + i, "s", new float[] { i, i }, 0, 1);
		final PatchSource source = new PatchSource(SampleList.of(list), IntStream.range(0, n).toArray(), AS_IS, Augmentation.NONE, 1, 1, 0, 3);
		final Set<List<Float>> orders = new HashSet<>();
		for (int epoch = 0; epoch < 20; epoch++) {
			final List<Float> order = new ArrayList<>();
			for (int k = 0; k < n; k++) order.add(new Patch(source, epoch * n + k, 1).values[0][0]);
			orders.add(order);
			assertEquals(n, new HashSet<>(order).size());
		}
		assertEquals(20, orders.size());
	}

	@Test
	void foregroundIsOversampledClassByClass() {
		// 20 samples, one pixel of class 1 in each, one pixel of class 2 in one
		final Sample[] list = new Sample[20];
		for (int i = 0; i < 20; i++) {
			final byte[] labels = new byte[50 * 50];
			labels[i * 60] = 1;
			if (i == 4) labels[2499] = 2;
			final float[] values = new float[2500];
			Arrays.fill(values, i);
			list[i] = new Sample("s" + i, "s", 50, 50, new float[][] { values }, labels);
		}
		final PatchSource source = new PatchSource(SampleList.of(list), IntStream.range(0, 20).toArray(), AS_IS, Augmentation.NONE, 8, 8, 0.6, 1);
		final int draws = 4000;
		int one = 0, two = 0;
		final int[] oneBySample = new int[20];
		for (int n = 0; n < draws; n++) {
			final Patch p = new Patch(source, n, 64);
			boolean hasOne = false, hasTwo = false;
			for (final byte b : p.labels) {
				hasOne |= b == 1;
				hasTwo |= b == 2;
			}
			if (hasOne) oneBySample[(int) p.values[0][0]]++;
			if (hasOne) one++;
			if (hasTwo) two++;
		}
		// 0.3 each, and chance hits: at most 64 / 43^2 = 0.035 of the other 0.7 for class 1; four standard deviations are 0.03
		assertEquals(0.3 + 0.012, (double) one / draws, 0.03 + 0.012);
		assertEquals(0.3, (double) two / draws, 0.03);
		for (final int hits : oneBySample) assertTrue(hits > 25, hits + " patches of one of 20 samples"); // 60 expected, standard deviation 8
	}

	@Test
	void foregroundLiesInTheMiddleOfThePatch() {
		final byte[] labels = new byte[10_000];
		labels[50 * 100 + 50] = 1;
		final PatchSource source = source(new Sample("s", "s", 100, 100, new float[1][10_000], labels), Augmentation.NONE, 16, 16, 1);
		final Set<Integer> places = new HashSet<>();
		for (int n = 0; n < 2000; n++) {
			final byte[] cut = new Patch(source, n, 256).labels;
			places.add(IntStream.range(0, 256).filter(i -> cut[i] == 1).findFirst().orElseThrow());
		}
		assertEquals(64, places.size());
		for (final int p : places) assertTrue(p % 16 >= 4 && p % 16 < 12 && p / 16 >= 4 && p / 16 < 12, "at " + p);
	}

	@Test
	void samplesThatDoNotCountAreNeverDrawn() {
		final Sample ignored = SampleList.row("ignored", "s", new float[] { 9, Float.NaN }, 255, 255), unlabelled = SampleList.row("none", "s", new float[2]);
		final Sample good = SampleList.row("good", "s", new float[] { 1, 1 }, 0, 255);
		final SampleList samples = SampleList.of(ignored, unlabelled, good);
		final PatchSource source = new PatchSource(samples, samples.all(), AS_IS, Augmentation.NONE, 2, 1, 1, 0);
		assertEquals(1, source.size());
		for (int n = 0; n < 20; n++) assertEquals(1, new Patch(source, n, 2).values[0][0]);
		final String message = assertThrows(IllegalArgumentException.class, () -> new PatchSource(samples, new int[] { 0, 1 }, AS_IS, Augmentation.NONE, 2,
			1, 0, 0)).getMessage();
		assertTrue(message.contains("got none among 2"), message);
	}

	@Test
	void valuesAreNormalised() {
		final Sample s = SampleList.row("s", "s", new float[] { 3, 5 }, 0, 1);
		final Normalization n = new Normalization(Method.ZSCORE, Scope.DATASET, false, List.of(3.0), List.of(0.25));
		final PatchSource source = new PatchSource(SampleList.of(s), new int[] { 0 }, n, Augmentation.NONE, 2, 1, 0, 0);
		assertArrayEquals(new float[] { 0, 0.5f }, new Patch(source, 0, 2).values[0]);
	}

	@Test
	void intensityVariesValuesOnlyAndKeepsTheBackground() {
		final Augmentation intensity = new Augmentation(Symmetry.NONE, 1, 0, 0, 1, 0, 0.25, 0.25, 1.4, 0.15, 0.25);
		final Sample s = random(30, 30, 5);
		for (int i = 0; i < 300; i++) s.channels()[0][i] = 0;
		for (final boolean nonZero : new boolean[] { false, true }) {
			final Normalization n = new Normalization(Method.RANGE, Scope.DATASET, nonZero, List.of(0.0), List.of(1.0));
			final Patch p = new Patch(new PatchSource(SampleList.of(s), new int[] { 0 }, n, intensity, 30, 30, 0, 1), 0, 900);
			assertArrayEquals(s.labels(), p.labels);
			assertFalse(Arrays.equals(s.channels()[0], p.values[0]));
			int zeros = 0;
			for (int i = 0; i < 300; i++) if (p.values[0][i] == 0) zeros++;
			assertEquals(nonZero, zeros == 300, zeros + " zeros");
			for (final float v : p.values[0]) assertTrue(Float.isFinite(v));
		}
	}

	@Test
	void eachIntensityKindDoesWhatItSays() {
		final float[] step = new float[64];
		for (int i = 0; i < 64; i++) step[i] = i % 8 < 4 ? 1 : 3; // mean 2, deviation 1
		final SplittableRandom random = new SplittableRandom(9);
		for (int trial = 0; trial < 20; trial++) {
			final float[] gain = step.clone(), offset = step.clone(), gamma = step.clone(), blur = step.clone(), noise = step.clone();
			new Intensity(only(0.2, 0, 1, 0, 0), false).apply(gain, 8, random);
			assertEquals(4, gain[0] + gain[7], 1e-5);
			assertTrue(gain[7] - gain[0] >= 1.6 - 1e-5 && gain[7] - gain[0] <= 2.4 + 1e-5);
			new Intensity(only(0, 0.5, 1, 0, 0), false).apply(offset, 8, random);
			assertEquals(2, offset[7] - offset[0], 1e-5);
			assertTrue(Math.abs(offset[0] - 1) <= 0.5 + 1e-5);
			gamma[0] = 2;
			new Intensity(only(0, 0, 2, 0, 0), false).apply(gamma, 8, random);
			assertEquals(1, gamma[1], 1e-5);
			assertEquals(3, gamma[7], 1e-5);
			assertTrue(gamma[0] >= 1 + 2 * 0.25 - 1e-5 && gamma[0] <= 1 + 2 * Math.sqrt(0.5) + 1e-5); // 0.5 to the power 1/2 ... 2
			new Intensity(only(0, 0, 1, 0, 0.25), false).apply(blur, 8, random);
			assertEquals(1, blur[1], 1e-5, "far from the step");
			assertEquals(4, blur[3] + blur[4], 1e-5);
			assertTrue(blur[3] > 1 && blur[3] <= 1.5 + 1e-5);
			new Intensity(only(0, 0, 1, 0.1, 0), false).apply(noise, 8, random);
			final double deviation = Math.sqrt(IntStream.range(0, 64).mapToDouble(i -> noise[i] - step[i]).map(d -> d * d).sum() / 64);
			assertTrue(deviation > 0 && deviation < 0.15, "deviation " + deviation); // at most 0.1, and five times 0.1 / sqrt(128) for chance
		}
	}

	@Test
	void blurOfAnImpulse() {
		final float[] impulse = new float[25];
		impulse[12] = 1;
		new Intensity(only(0, 0, 1, 0, 0.25), false).apply(impulse, 5, new SplittableRandom(3));
		final float b = impulse[7] / impulse[12] / (1 + 2 * impulse[7] / impulse[12]); // (1 - 2b) b over (1 - 2b)^2
		final float[] line = { 0, b, 1 - 2 * b, b, 0 };
		for (int i = 0; i < 25; i++) assertEquals(line[i % 5] * line[i / 5], impulse[i], 1e-6);
	}

	@Test
	void presetsByName() {
		assertEquals(Augmentation.STRONG, Augmentation.of("strong"));
		for (final String name : Augmentation.NAMES) Augmentation.of(name);
		final String message = assertThrows(IllegalArgumentException.class, () -> Augmentation.of("storng")).getMessage();
		assertTrue(message.contains("none, flips, upright, mirror, light, strong") && message.contains("'storng'"), message);
	}

	@Test
	void arraysMustFit() {
		final PatchSource source = source(random(4, 4, 1), Augmentation.NONE, 4, 4, 0);
		assertThrows(IllegalArgumentException.class, () -> source.draw(-1, new float[1][16], new byte[16]));
		assertThrows(IllegalArgumentException.class, () -> source.draw(0, new float[2][16], new byte[16]));
		assertThrows(IllegalArgumentException.class, () -> source.draw(0, new float[1][15], new byte[16]));
		assertThrows(IllegalArgumentException.class, () -> source.draw(0, new float[1][16], new byte[15]));
	}

	private static final class Patch {

		final float[][] values;
		final byte[] labels;

		Patch(final PatchSource source, final long number, final int pixels) {
			values = new float[1][pixels];
			labels = new byte[pixels];
			source.draw(number, values, labels);
		}
	}

	private static Augmentation only(final double gain, final double offset, final double gamma, final double noise, final double blur) {
		return new Augmentation(Symmetry.NONE, 1, 0, 0, 1, 0, gain, offset, gamma, noise, blur);
	}

	private static PatchSource source(final Sample sample, final Augmentation augmentation, final int width, final int height, final double share) {
		return new PatchSource(SampleList.of(sample), new int[] { 0 }, AS_IS, augmentation, width, height, share, 42);
	}

	private static PatchSource strong(final SampleList samples, final long seed, final long cacheBytes) {
		final Normalization n = Normalization.fit(Method.ZSCORE, Scope.IMAGE, false, samples, samples.all());
		return new PatchSource(samples, samples.all(), n, Augmentation.STRONG, 32, 32, 0.5, seed, cacheBytes, Watch.NONE);
	}

	/** Values that are their own index. */
	private static Sample numbered(final int width, final int height) {
		final float[] v = new float[width * height];
		for (int i = 0; i < v.length; i++) v[i] = i;
		return new Sample("s", "s", width, height, new float[][] { v }, new byte[v.length]);
	}

	private static Sample random(final int width, final int height, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final float[] v = new float[width * height];
		final byte[] labels = new byte[v.length];
		for (int i = 0; i < v.length; i++) {
			v[i] = (float) random.nextDouble(1, 2);
			labels[i] = (byte) random.nextInt(3);
		}
		return new Sample("s", "s", width, height, new float[][] { v }, labels);
	}

	private static List<Float> list(final float[] values) {
		final List<Float> list = new ArrayList<>();
		for (final float v : values) list.add(v);
		return list;
	}
}
