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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.Split.Part;

class DuplicatesTest {

	private static final int SIZE = 40;

	@Test
	void thumbnailIsTheMeanOfAreas() {
		final float[] large = new float[64 * 64];
		for (int p = 0; p < large.length; p++) large[p] = p % 2 + 10 * (p / 64 / 2);
		final float[] halved = average(large, 64, 64);
		for (int k = 0; k < halved.length; k++) assertEquals(0.5 + 10 * (k / 32), halved[k], 1e-9);
		// 48 columns: each of the 32 has 1.5 of them
		final float[] ramp = new float[48];
		for (int x = 0; x < 48; x++) ramp[x] = x;
		final float[] odd = average(ramp, 48, 1);
		assertEquals((0 + 0.5 * 1) / 1.5, odd[0], Math.ulp(1f));
		assertEquals((0.5 * 1 + 2) / 1.5, odd[1], Math.ulp(2f));
		assertEquals(23.5, IntStream.range(0, odd.length).mapToDouble(k -> odd[k]).average().orElseThrow(), Math.ulp(48f));
		for (final float v : average(new float[] { 7 }, 1, 1)) assertEquals(7, v);
	}

	private static float[] average(final float[] plane, final int width, final int height) {
		return Resampling.areas(width, height, Thumbnails.SIDE, Thumbnails.SIDE).apply(plane);
	}

	@Test
	void thumbnailsAreKeptToHalfAStep() {
		final Sample s = noise("a", 1);
		final float[] exact = average(s.channels()[0], SIZE, SIZE);
		final float[] kept = Thumbnails.of(SampleList.of(s)).values(0);
		final double range = IntStream.range(0, exact.length).mapToDouble(k -> exact[k]).summaryStatistics().getMax() - IntStream.range(0, exact.length)
			.mapToDouble(k -> exact[k]).summaryStatistics().getMin();
		for (int k = 0; k < exact.length; k++) assertEquals(exact[k], kept[k], 0.5001 * range / 255);
	}

	@Test
	void copiesAreFoundWhateverTheirSizeAndContrast() {
		final Sample a = noise("a", 1), b = noise("b", 2);
		final SampleList samples = SampleList.of(a, b, named(a, "exact"), brighter(a), colour(a), doubled(b), noise("c", 3));
		final Duplicates d = Duplicates.of(Thumbnails.of(samples));
		assertEquals(0.99, d.threshold(), 0);
		assertEquals(List.of(List.of(0, 2, 3, 4), List.of(1, 5)), lists(d.sets()));
		assertArrayEquals(new int[] { 0, 1, 2, 3, 4, 5 }, d.images());
		assertEquals(List.of(new Duplicates.Pair(0, 2, 1, true), new Duplicates.Pair(0, 4, 1, true)), d.pairs().stream().filter(Duplicates.Pair::exact)
			.toList());
		assertEquals(2, d.pairs().stream().filter(p -> !p.exact() && p.correlation() > 0.9999).count());
		final List<String> sentences = d.sentences(samples);
		assertTrue(sentences.get(0).startsWith("3 of 7") && sentences.get(0).contains("'a' and 'exact'"), sentences.toString());
		assertTrue(sentences.get(1).startsWith("4 of 7") && sentences.get(1).contains("'b' and 'doubled'"), sentences.toString());
	}

	@Test
	void searchFindsWhatComparingAllPairsFinds() {
		final SplittableRandom random = new SplittableRandom(5);
		final List<Sample> list = new ArrayList<>();
		// noise of different strengths on few pictures: correlations on both sides of the threshold; coarse, so that coordinates tell most of it
		for (int i = 0; i < 120; i++) list.add(mixed("n" + i, coarse(i % 30), coarse(1000 + i), random.nextDouble(0, 0.3)));
		final Thumbnails thumbnails = Thumbnails.of(new SampleList(list));
		final List<List<Integer>> expected = new ArrayList<>();
		int below = 0;
		for (int i = 0; i < 120; i++) for (int j = i + 1; j < 120; j++) {
			if (thumbnails.correlation(i, j) >= 0.99) expected.add(List.of(i, j));
			else if (thumbnails.correlation(i, j) >= 0.9) below++;
		}
		assertTrue(expected.size() > 20 && below > 20, expected.size() + " above, " + below + " below");
		final Duplicates d = Duplicates.of(thumbnails);
		assertEquals(expected, d.pairs().stream().map(p -> List.of(p.first(), p.second())).sorted((p, q) -> p.get(0).equals(q.get(0)) ? p.get(1) - q.get(1)
			: p.get(0) - q.get(0)).toList());
	}

	@Test
	void correlationIsThatOfPearson() {
		final Thumbnails t = Thumbnails.of(SampleList.of(noise("a", 1), mixed("b", noise("", 1), noise("", 2), 0.5), flat("c", 3)));
		final float[] a = t.values(0), b = t.values(1);
		double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
		for (int k = 0; k < a.length; k++) {
			ma += a[k] / a.length;
			mb += b[k] / a.length;
		}
		for (int k = 0; k < a.length; k++) {
			aa += (a[k] - ma) * (a[k] - ma);
			bb += (b[k] - mb) * (b[k] - mb);
			ab += (a[k] - ma) * (b[k] - mb);
		}
		assertEquals(ab / Math.sqrt(aa * bb), t.correlation(0, 1), 1e-5);
		assertEquals(Double.NaN, t.correlation(0, 2));
	}

	@Test
	void imagesThatAreAllAlikeAreNotJoined() {
		// the same strong pattern in all, and 4 % of their own: each pair correlates by about 0.998
		final List<Sample> list = new ArrayList<>();
		for (int i = 0; i < 60; i++) list.add(mixed("n" + i, noise("", 0), noise("", 100 + i), 0.04));
		list.add(named(list.get(7), "copy"));
		final Duplicates d = Duplicates.of(Thumbnails.of(new SampleList(list)));
		assertEquals(List.of(List.of(7, 60)), lists(d.sets()));
		assertTrue(d.threshold() > 0.995, "threshold " + d.threshold());
		assertTrue(d.notes().get(0).contains("alike"), d.notes().toString());
	}

	@Test
	void imagesThatCannotBeToldApartAreSaidToBe() {
		// 1 % of their own: pairs correlate by 0.9999, and there are more of them than would be listed
		final List<Sample> list = new ArrayList<>();
		for (int i = 0; i < 300; i++) list.add(mixed("n" + i, noise("", 0), noise("", 100 + i), 0.01));
		list.add(named(list.get(7), "copy"));
		final Duplicates d = Duplicates.of(Thumbnails.of(new SampleList(list)));
		assertEquals(List.of(List.of(7, 300)), lists(d.sets()));
		assertTrue(d.threshold() > 1);
		assertTrue(d.notes().get(0).contains("only exact copies"), d.notes().toString());
	}

	@Test
	void imagesOfOneValueAreCopiesOnlyIfExact() {
		final Duplicates d = Duplicates.of(Thumbnails.of(SampleList.of(flat("a", 1), flat("b", 2), flat("c", 1), noise("d", 1))));
		assertEquals(List.of(List.of(0, 2)), lists(d.sets()));
		assertEquals(List.of(List.of(0, 1)), lists(Duplicates.of(Thumbnails.of(SampleList.of(flat("a", 0.1f), flat("b", 0.1f)))).sets()));
		assertTrue(Duplicates.of(Thumbnails.of(SampleList.of(noise("a", 1)))).isEmpty());
		assertEquals(List.of(), Duplicates.of(Thumbnails.of(SampleList.of(noise("a", 1)))).sets());
	}

	@Test
	void copiesShareAGroupAndASide() {
		final LabelledImages images = pairs(Map.of());
		final Duplicates d = Duplicates.of(Thumbnails.of(images.images()));
		final LabelledImages together = d.together(images);
		for (int i = 0; i < 20; i++) assertEquals(together.images().group(i), together.images().group(i + 20));
		assertEquals("g0", together.images().group(20));
		assertEquals("g0", together.images().get(20).group());
		assertEquals("n20", together.images().name(20));
		for (int seed = 0; seed < 10; seed++) {
			final Split split = Split.byClass(together, 0.3, seed), apart = Split.byClass(images, 0.3, seed);
			assertEquals(List.of(), d.across(split.train(), split.validation()));
			assertTrue(d.across(apart.train(), apart.validation()).size() > 0);
		}
	}

	@Test
	void groupsOfCopiesAreJoinedWhole() {
		// groups of 2: 0 1 | 2 3 | 4 5; image 1 is a copy of 2
		final SampleList samples = SampleList.of(grouped(noise("0", 0), "p"), grouped(noise("1", 1), "p"), grouped(noise("2", 1), "q"), grouped(noise("3", 3),
			"q"), grouped(noise("4", 4), "r"), grouped(noise("5", 5), "r"));
		final Samples joined = Duplicates.of(Thumbnails.of(samples)).together(new LabelledImages(samples, List.of("a"), new byte[6], Map.of(), List.of()))
			.images();
		assertEquals(List.of("p", "p", "p", "p", "r", "r"), IntStream.range(0, 6).mapToObj(joined::group).toList());
	}

	@Test
	void sidesOfTheSourceAreKeptAndCopiesAcrossAreNamed() {
		final LabelledImages images = pairs(Map.of("g20", Part.TEST, "g21", Part.TEST, "g2", Part.TEST, "g22", Part.TEST, "n23", Part.TEST));
		final Duplicates d = Duplicates.of(Thumbnails.of(images.images()));
		final LabelledImages together = d.together(images);
		final Split split = Split.byClass(together, 0.25, 1);
		assertArrayEquals(new int[] { 2, 20, 21, 22, 23 }, split.test());
		assertEquals("g2", together.images().group(22));
		assertEquals("g23", together.images().group(23));
		final int[] trained = IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation())).toArray();
		assertEquals(List.of(List.of(0, 20), List.of(1, 21), List.of(3, 23)), d.across(trained, split.test()).stream().map(p -> List.of(p.first(), p
			.second())).toList());
		assertEquals(List.of(), d.across(split.train(), split.validation()));
		final String warning = d.warning(images.images(), trained, split.test(), "test").orElseThrow();
		assertTrue(warning.startsWith("3 of 5 test images") && warning.contains("'n0' and 'n20'"), warning);
	}

	@Test
	void aGroupMayBearTheNameOfAnImageOfAnotherGroup() {
		// group n1 is for testing, and image n1, of group n0, is not
		final List<Sample> list = IntStream.range(0, 12).mapToObj(i -> grouped(named(noise("", i), "n" + i), i / 2 == 0 ? "n0" : i / 2 == 1 ? "n1" : "g" + i / 2))
			.toList();
		final byte[] labels = new byte[12];
		for (int i = 0; i < 12; i++) labels[i] = (byte) (i % 2);
		final LabelledImages images = new LabelledImages(new SampleList(list), List.of("a", "b"), labels, Map.of("n2", Part.TEST, "n3", Part.TEST), List.of());
		final LabelledImages together = Duplicates.of(Thumbnails.of(images.images())).together(images);
		assertArrayEquals(new int[] { 2, 3 }, Split.byClass(together, 0, 1).test());
		assertEquals(Part.TRAIN, together.part(1));
		assertEquals(Part.TEST, together.part(2));
	}

	@Test
	void groupsThatCopiesWouldChainAreLeftApartAndTheirCopiesLeftOut() {
		// 20 groups of 3 images; the last of each is a copy of the first of the next
		final List<Sample> list = new ArrayList<>();
		final byte[] labels = new byte[60];
		for (int g = 0; g < 20; g++) for (int i = 0; i < 3; i++) {
			list.add(grouped(named(noise("", 2 * g + i), "n" + list.size()), "g" + g));
			labels[list.size() - 1] = (byte) (g % 2);
		}
		final LabelledImages images = new LabelledImages(new SampleList(list), List.of("a", "b"), labels, Map.of(), List.of());
		final Duplicates d = Duplicates.of(Thumbnails.of(images.images()));
		assertEquals(19, d.pairs().size());
		final LabelledImages together = d.together(images);
		final Map<String, Long> sizes = IntStream.range(0, 60).mapToObj(together.images()::group).collect(Collectors.groupingBy(g -> g, Collectors.counting()));
		assertEquals(Set.of(6L), Set.copyOf(sizes.values()));
		for (int seed = 0; seed < 10; seed++) {
			final Split split = Split.byClass(together, 0.2, seed), without = d.leaveOut(together, split);
			final List<Duplicates.Pair> across = d.across(split.train(), split.validation());
			assertTrue(across.size() > 0);
			assertEquals(List.of(), d.across(without.train(), without.validation()));
			assertArrayEquals(split.validation(), without.validation());
			assertEquals(split.train().length - across.size(), without.train().length);
		}
	}

	@Test
	void lastImagesOfAClassAreNotLeftOut() {
		final Sample a = noise("a", 1), b = noise("b", 2);
		final LabelledImages images = new LabelledImages(SampleList.of(a, named(a, "a2"), b, named(b, "b2"), noise("b3", 3)), List.of("a", "b"), SampleList
			.bytes(0, 0, 1, 1, 1), Map.of(), List.of());
		final Duplicates d = Duplicates.of(Thumbnails.of(images.images()));
		final Split split = new Split(new int[] { 0, 2, 4 }, new int[] { 1, 3 }, new int[0]);
		assertArrayEquals(new int[] { 0, 4 }, d.leaveOut(images, split).train());
		final LabelledImages assigned = new LabelledImages(images.images(), images.classes(), images.labels(), Map.of("a2", Part.VALIDATION), List.of());
		assertArrayEquals(split.train(), d.leaveOut(assigned, split).train());
	}

	@Test
	void nearCopyOfAnExactCopyIsAcross() {
		final Sample a = noise("a", 1);
		final Duplicates d = Duplicates.of(Thumbnails.of(SampleList.of(a, named(a, "b"), brighter(a), noise("d", 4))));
		// only b is trained on; the near pair is that of a and the brighter one
		final List<Duplicates.Pair> across = d.across(new int[] { 1, 3 }, new int[] { 0, 2 });
		assertEquals(List.of(List.of(1, 0), List.of(1, 2)), across.stream().map(p -> List.of(p.first(), p.second())).toList());
		assertEquals(List.of(true, false), across.stream().map(Duplicates.Pair::exact).toList());
	}

	@Test
	void imageThatCannotBeReadIsNamed() {
		final float[] values = { 1, Float.NaN };
		final SampleList samples = SampleList.of(noise("a", 1), SampleList.row("broken", "g", values));
		final String message = assertThrows(IllegalArgumentException.class, () -> Thumbnails.of(samples)).getMessage();
		assertTrue(message.startsWith("Sample 'broken'"), message);
	}

	/** 20 images, each of its own group, then an exact or brighter copy of each, of its own group too. */
	private static LabelledImages pairs(final Map<String, Part> parts) {
		final List<Sample> list = new ArrayList<>();
		final byte[] labels = new byte[40];
		for (int i = 0; i < 40; i++) {
			final Sample s = noise("", i % 20);
			list.add(grouped(named(i < 20 || i % 2 == 0 ? s : brighter(s), "n" + i), "g" + i));
			labels[i] = (byte) (i % 20 < 10 ? 0 : 1);
		}
		return new LabelledImages(new SampleList(list), List.of("a", "b"), labels, parts, List.of());
	}

	private static Sample noise(final String name, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final float[] values = new float[SIZE * SIZE];
		for (int p = 0; p < values.length; p++) values[p] = (float) random.nextDouble();
		return new Sample(name, name, SIZE, SIZE, new float[][] { values }, new byte[0]);
	}

	/** Noise of squares of 5x5 pixels. */
	private static Sample coarse(final long seed) {
		final float[] fine = noise("", seed).channels()[0], values = new float[SIZE * SIZE];
		for (int p = 0; p < values.length; p++) values[p] = fine[p / SIZE / 5 * SIZE + p % SIZE / 5];
		return new Sample("coarse", "coarse", SIZE, SIZE, new float[][] { values }, new byte[0]);
	}

	private static Sample flat(final String name, final float value) {
		final float[] values = new float[SIZE * SIZE];
		Arrays.fill(values, value);
		return new Sample(name, name, SIZE, SIZE, new float[][] { values }, new byte[0]);
	}

	private static Sample mixed(final String name, final Sample a, final Sample b, final double share) {
		final float[] values = new float[SIZE * SIZE];
		for (int p = 0; p < values.length; p++) values[p] = (float) ((1 - share) * a.channels()[0][p] + share * b.channels()[0][p]);
		return new Sample(name, name, SIZE, SIZE, new float[][] { values }, new byte[0]);
	}

	private static Sample named(final Sample s, final String name) {
		return new Sample(name, name, s.width(), s.height(), s.channels(), s.labels());
	}

	private static Sample grouped(final Sample s, final String group) {
		return new Sample(s.name(), group, s.width(), s.height(), s.channels(), s.labels());
	}

	private static Sample brighter(final Sample s) {
		final float[] values = s.channels()[0].clone();
		for (int p = 0; p < values.length; p++) values[p] = 3 * values[p] + 100;
		return new Sample("brighter", "brighter", s.width(), s.height(), new float[][] { values }, new byte[0]);
	}

	/** The same gray values as red, green and blue. */
	private static Sample colour(final Sample s) {
		final float[] gray = s.channels()[0];
		return new Sample("colour", "colour", s.width(), s.height(), new float[][] { gray, gray.clone(), gray.clone() }, new byte[0]);
	}

	/** Each pixel four times. */
	private static Sample doubled(final Sample s) {
		final float[] values = new float[4 * SIZE * SIZE];
		for (int p = 0; p < values.length; p++) values[p] = s.channels()[0][p / (2 * SIZE) / 2 * SIZE + p % (2 * SIZE) / 2];
		return new Sample("doubled", "doubled", 2 * SIZE, 2 * SIZE, new float[][] { values }, new byte[0]);
	}

	private static List<List<Integer>> lists(final List<int[]> sets) {
		return sets.stream().map(s -> Arrays.stream(s).boxed().toList()).toList();
	}
}
