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

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.Split.Part;

class ClassSplitTest {

	@Test
	void singleImagesAreStratifiedToTheImage() {
		final LabelledImages images = images(IntStream.range(0, 100).mapToObj(i -> "g" + i + ":" + (i < 70 ? "a" : i < 90 ? "b" : "c")));
		for (int seed = 0; seed < 20; seed++) {
			final Split split = Split.byClass(images, 0.2, seed);
			assertArrayEquals(new long[] { 14, 4, 2 }, counts(images, split.validation()));
			assertPartition(images, split);
		}
	}

	@Test
	void manySmallClassesAreOnBothSides() {
		// 30 classes of 2 images: half of the images must be validated on, whatever fraction is asked for
		final LabelledImages images = images(IntStream.range(0, 60).mapToObj(i -> "g" + i + ":c" + i / 2));
		final Split split = Split.byClass(images, 0.2, 1);
		for (final long n : counts(images, split.validation())) assertEquals(1, n);
	}

	@Test
	void groupsStayWholeAndSharesAreNear() {
		final SplittableRandom random = new SplittableRandom(8);
		for (int trial = 0; trial < 20; trial++) {
			// 40 groups of 1 to 5 images of a class, so that a share can be met to less than a group
			final LabelledImages images = images(IntStream.range(0, 40).boxed().flatMap(g -> IntStream.rangeClosed(0, random.nextInt(5)).mapToObj(i -> "g" +
				g + ":" + (g % 4 == 0 ? "a" : "b"))));
			final Split split = Split.byClass(images, 0.25, trial);
			assertPartition(images, split);
			assertTrue(disjoint(images, split.train(), split.validation()));
			final long[] all = images.counts().length == 2 ? counts(images, all(images)) : new long[0], here = counts(images, split.validation());
			for (int c = 0; c < 2; c++) assertTrue(Math.abs(here[c] - 0.25 * all[c]) <= 5, here[c] + " of " + all[c]);
		}
	}

	@Test
	void groupsOfSeveralClassesBringEachToBothSides() {
		final LabelledImages images = images(Stream.of("p1:a", "p1:b", "p2:a", "p2:a", "p3:b", "p3:c", "p4:c", "p4:a", "p5:a", "p6:b"));
		for (int seed = 0; seed < 20; seed++) {
			final Split split = Split.byClass(images, 0.3, seed);
			for (final int[] side : List.of(split.train(), split.validation())) for (final long n : counts(images, side)) assertTrue(n > 0, "seed " + seed);
		}
	}

	@Test
	void seedDecides() {
		final LabelledImages images = images(IntStream.range(0, 40).mapToObj(i -> "g" + i + ":" + (i % 2 == 0 ? "a" : "b")));
		final Set<String> different = new HashSet<>();
		for (int seed = 0; seed < 10; seed++) {
			final int[] validation = Split.byClass(images, 0.2, seed).validation();
			assertArrayEquals(validation, Split.byClass(images, 0.2, seed).validation());
			different.add(Arrays.toString(validation));
		}
		assertTrue(different.size() > 5, different.toString());
	}

	@Test
	void foldsValidateEachGroupOnceWithEachClass() {
		final LabelledImages images = images(IntStream.range(0, 50).boxed().flatMap(g -> Stream.of("g" + g + ":" + (g < 35 ? "a" : "b"), "g" + g + ":" +
			(g < 35 ? "a" : "b"))));
		final List<Split> folds = Split.folds(images, 5, 3);
		assertEquals(5, folds.size());
		final int[] validated = folds.stream().flatMapToInt(f -> Arrays.stream(f.validation())).sorted().toArray();
		assertArrayEquals(all(images), validated);
		for (final Split f : folds) {
			assertPartition(images, f);
			assertTrue(disjoint(images, f.train(), f.validation()));
			assertArrayEquals(new long[] { 14, 6 }, counts(images, f.validation()));
		}
	}

	@Test
	void rareClassIsTrainedOnInEveryFold() {
		final LabelledImages images = images(IntStream.range(0, 20).mapToObj(i -> "g" + i + ":" + (i < 18 ? "a" : "b")));
		for (int seed = 0; seed < 10; seed++) for (final Split f : Split.folds(images, 5, seed)) assertTrue(counts(images, f.train())[1] >= 1);
		assertThrows(IllegalArgumentException.class, () -> Split.folds(images, 21, 0));
		assertThrows(IllegalArgumentException.class, () -> Split.folds(images, 1, 0));
		assertEquals(20, Split.folds(images, 20, 0).size());
	}

	@Test
	void sidesOfTheSourceAreFollowed() {
		final LabelledImages plain = images(IntStream.range(0, 20).mapToObj(i -> "g" + i + ":" + (i % 2 == 0 ? "a" : "b")));
		final LabelledImages tested = with(plain, Map.of("g0", Part.TEST, "g1", Part.TEST, "g2", Part.TEST, "g3", Part.TEST));
		final Split split = Split.byClass(tested, 0.25, 1);
		assertArrayEquals(new int[] { 0, 1, 2, 3 }, split.test());
		assertArrayEquals(new long[] { 2, 2 }, counts(tested, split.validation()));
		assertPartition(tested, split);
		for (final Split f : Split.folds(tested, 4, 1)) {
			assertArrayEquals(new int[] { 0, 1, 2, 3 }, f.test());
			assertArrayEquals(new long[] { 2, 2 }, counts(tested, f.validation()));
		}
		final LabelledImages both = with(plain, Map.of("g0", Part.TEST, "g1", Part.VALIDATION));
		assertArrayEquals(new int[] { 1 }, Split.byClass(both, 0.25, 1).validation());
		assertEquals(20, Split.folds(both, 2, 1).stream().mapToInt(f -> f.validation().length).sum() + 1);
	}

	@Test
	void whatCannotBeSplitIsSaid() {
		assertContains(images(Stream.of("g1:a", "g2:a")), 0.2, "at least 2 classes", "'a'");
		assertContains(images(Stream.of("g1:a", "g2:a")), 0, "at least 2 classes");
		assertContains(images(Stream.of("g1:a", "g2:a", "g3:b")), 0.2, "'b'", "a single image, 'g3:b:2'", "validation=0");
		assertContains(images(Stream.of("g1:a", "g2:a", "g3:b", "g3:b")), 0.2, "'b'", "2 images, all of group 'g3'");
		assertContains(with(images(Stream.of("g1:a", "g2:a", "g3:b", "g4:b")), Map.of("g3", Part.TEST, "g4", Part.TEST)), 0, "'b'", "left to train on");
		assertContains(images(Stream.of("g1:a", "g2:a", "g3:b", "g4:b")), 1.5, "1.5");
		assertEquals(3, Split.byClass(images(Stream.of("g1:a", "g2:b", "g3:c")), 0, 0).train().length);
	}

	private static void assertContains(final LabelledImages images, final double fraction, final String... parts) {
		final String message = assertThrows(IllegalArgumentException.class, () -> Split.byClass(images, fraction, 0)).getMessage();
		for (final String p : parts) assertTrue(message.contains(p), message);
	}

	/** Images of one pixel, of {@code group:class}. */
	private static LabelledImages images(final Stream<String> specifications) {
		final List<String> all = specifications.toList();
		final List<String> classes = all.stream().map(s -> s.split(":")[1]).distinct().sorted(NaturalOrder.INSTANCE).toList();
		final byte[] labels = new byte[all.size()];
		for (int i = 0; i < labels.length; i++) labels[i] = (byte) classes.indexOf(all.get(i).split(":")[1]);
		final SampleList samples = SampleList.named(IntStream.range(0, labels.length).mapToObj(i -> all.get(i) + ":" + i).toArray(String[]::new));
		return new LabelledImages(samples, classes, labels, Map.of(), List.of());
	}

	private static LabelledImages with(final LabelledImages images, final Map<String, Part> parts) {
		return new LabelledImages(images.images(), images.classes(), images.labels(), parts, List.of());
	}

	private static int[] all(final LabelledImages images) {
		return IntStream.range(0, images.labels().length).toArray();
	}

	private static long[] counts(final LabelledImages images, final int[] indices) {
		final long[] counts = new long[images.classes().size()];
		for (final int i : indices) counts[images.labels()[i]]++;
		return counts;
	}

	private static boolean disjoint(final LabelledImages images, final int[] a, final int[] b) {
		final Set<String> groups = Arrays.stream(a).mapToObj(images.images()::group).collect(Collectors.toSet());
		assertFalse(groups.isEmpty());
		return Arrays.stream(b).mapToObj(images.images()::group).noneMatch(groups::contains);
	}

	private static void assertPartition(final LabelledImages images, final Split split) {
		final int[] together = Stream.of(split.train(), split.validation(), split.test()).flatMapToInt(Arrays::stream).sorted().toArray();
		assertArrayEquals(all(images), together);
	}
}
