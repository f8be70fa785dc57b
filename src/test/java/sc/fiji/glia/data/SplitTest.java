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

class SplitTest {

	@Test
	void namesAreOrderedByTheirNumbers() {
		final List<String> sorted = List.of("a", "a1", "a2", "a2b", "a10", "a010b", "b");
		assertEquals(sorted, List.of("b", "a10", "a2b", "a010b", "a2", "a", "a1").stream().sorted(NaturalOrder.INSTANCE).toList());
	}

	@Test
	void groupsStayWholeAndEverySampleHasItsPlace() {
		final SplittableRandom random = new SplittableRandom(4);
		for (int trial = 0; trial < 100; trial++) {
			final SampleList samples = randomGroups(random);
			final long[] foreground = random.longs(samples.size(), 0, 3).toArray();
			final Split split = Split.byGroup(samples, foreground, random.nextDouble(0.01, 0.9), trial);
			assertPartition(samples, split);
			final Set<String> common = groups(samples, split.train());
			common.retainAll(groups(samples, split.validation()));
			assertEquals(Set.of(), common);
			assertTrue(split.train().length > 0 && split.validation().length > 0);
		}
	}

	@Test
	void shareOfSamplesIsAsNearAsGroupsAllow() {
		final SampleList samples = equalGroups(10, 7);
		for (final double fraction : new double[] { 0.1, 0.2, 0.5 }) {
			assertEquals(Math.round(70 * fraction), Split.byGroup(samples, new long[70], fraction, 3).validation().length);
		}
	}

	@Test
	void validationAndTrainingHaveForegroundIfTwoGroupsDo() {
		final SampleList samples = equalGroups(8, 2);
		final long[] foreground = new long[16];
		foreground[3] = 5;
		foreground[15] = 5;
		for (int seed = 0; seed < 50; seed++) {
			final Split split = Split.byGroup(samples, foreground, 0.25, seed);
			assertTrue(Arrays.stream(split.validation()).anyMatch(i -> foreground[i] > 0), "validation, seed " + seed);
			assertTrue(Arrays.stream(split.train()).anyMatch(i -> foreground[i] > 0), "training, seed " + seed);
		}
	}

	@Test
	void onlyGroupWithForegroundIsTrainedOn() {
		final long[] foreground = new long[16];
		foreground[3] = 5;
		for (int seed = 0; seed < 20; seed++) {
			assertTrue(Arrays.stream(Split.byGroup(equalGroups(8, 2), foreground, 0.25, seed).train()).anyMatch(i -> i == 3));
		}
	}

	@Test
	void seedDecides() {
		final SampleList samples = equalGroups(20, 3);
		final Set<List<Integer>> different = new HashSet<>();
		for (int seed = 0; seed < 10; seed++) {
			final int[] validation = Split.byGroup(samples, new long[60], 0.2, seed).validation();
			assertArrayEquals(validation, Split.byGroup(samples, new long[60], 0.2, seed).validation());
			different.add(Arrays.stream(validation).boxed().toList());
		}
		assertTrue(different.size() > 5, different.size() + " different splits of 10");
	}

	@Test
	void oneGroupCannotBeSplit() {
		final SampleList samples = SampleList.named("p:1", "p:2");
		final String message = assertThrows(IllegalArgumentException.class, () -> Split.byGroup(samples, new long[2], 0.2, 0)).getMessage();
		assertTrue(message.contains("'p'") && message.contains("groups=slice"), message);
		assertEquals(2, Split.byGroup(samples, new long[2], 0, 0).train().length);
		assertThrows(IllegalArgumentException.class, () -> Split.byGroup(samples, new long[2], 1, 0));
		assertThrows(IllegalArgumentException.class, () -> Split.byGroup(samples, new long[2], Double.NaN, 0));
	}

	@Test
	void slicesAreTakenInBlocks() {
		final int n = 100;
		final SampleList samples = SampleList.named(IntStream.range(0, n).mapToObj(i -> "s:" + (n - i)).toArray(String[]::new));
		final Split split = Split.bySlice(samples, new long[n], 0.2, 1);
		assertPartition(samples, split);
		assertEquals(20, split.validation().length);
		final int[] order = Split.naturalOrder(samples);
		assertEquals("s:1", samples.name(order[0]));
		final Set<Integer> validation = Arrays.stream(split.validation()).boxed().collect(Collectors.toSet());
		for (int block = 0; block < 10; block++) {
			final int b = block;
			final long taken = IntStream.range(0, 10).filter(k -> validation.contains(order[10 * b + k])).count();
			assertTrue(taken == 0 || taken == 10, taken + " of block " + block);
		}
	}

	@Test
	void fewSlicesAreSplitOneByOne() {
		final Split split = Split.bySlice(SampleList.named("s:1", "s:2", "s:3"), new long[3], 0.2, 1);
		assertEquals(1, split.validation().length);
		assertEquals(2, split.train().length);
	}

	@Test
	void assignmentsAreFollowed() {
		final SampleList samples = SampleList.named("a:1", "b:1", "a:2", "c:1", "d:1");
		final Split split = Split.assigned(samples, Map.of("a", Part.TEST, "b", Part.VALIDATION, "d:1", Part.TRAIN, "x", Part.TEST), new long[5], 0.5, 0);
		assertArrayEquals(new int[] { 3, 4 }, split.train());
		assertArrayEquals(new int[] { 1 }, split.validation());
		assertArrayEquals(new int[] { 0, 2 }, split.test());
	}

	@Test
	void fractionIsTakenFromTrainingIfNoValidationIsAssigned() {
		final SampleList samples = SampleList.named("a:1", "b:1", "c:1", "d:1", "e:1");
		final Split split = Split.assigned(samples, Map.of("a", Part.TEST), new long[5], 0.25, 0);
		assertArrayEquals(new int[] { 0 }, split.test());
		assertEquals(1, split.validation().length);
		assertPartition(samples, split);
	}

	@Test
	void assignmentsThatCannotBeFollowed() {
		final SampleList samples = SampleList.named("a:1", "a:2");
		final String twoSides = assertThrows(IllegalArgumentException.class, () -> Split.assigned(samples, Map.of("a:1", Part.TRAIN, "a", Part.TEST),
			new long[2], 0, 0)).getMessage();
		assertTrue(twoSides.contains("'a'") && twoSides.contains("TEST"), twoSides);
		final String noMatch = assertThrows(IllegalArgumentException.class, () -> Split.assigned(samples, Map.of("b", Part.TEST), new long[2], 0, 0))
			.getMessage();
		assertTrue(noMatch.contains("'a:1'"), noMatch);
		assertThrows(IllegalArgumentException.class, () -> Split.assigned(samples, Map.of("a", Part.TEST), new long[2], 0, 0));
	}

	@Test
	void ignoredPixelsAreNoForeground() {
		final SampleList samples = SampleList.of(SampleList.row("a", "a", new float[4], 0, 1, 255, 2), new Sample("b", "b", 1, 1, new float[1][1],
			new byte[0]));
		assertArrayEquals(new long[] { 2, 0 }, Split.foreground(samples));
	}

	private static SampleList randomGroups(final SplittableRandom random) {
		final int groups = random.nextInt(2, 8), n = random.nextInt(groups, 40);
		return SampleList.named(IntStream.range(0, n).mapToObj(i -> (i < groups ? i : random.nextInt(groups)) + ":" + i).toArray(String[]::new));
	}

	private static SampleList equalGroups(final int groups, final int each) {
		return SampleList.named(IntStream.range(0, groups * each).mapToObj(i -> "g" + i / each + ":" + i).toArray(String[]::new));
	}

	private static Set<String> groups(final Samples samples, final int[] indices) {
		return Arrays.stream(indices).mapToObj(samples::group).collect(Collectors.toSet());
	}

	private static void assertPartition(final SampleList samples, final Split split) {
		final int[] together = Stream.of(split.train(), split.validation(), split.test()).flatMapToInt(Arrays::stream).sorted().toArray();
		assertArrayEquals(samples.all(), together);
	}
}
