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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which samples are trained on, validated on and tested on: indices into a list of {@link Samples}, ascending. Samples of one group never
 * stand on two sides, unless {@link #bySlice} is asked for. The same samples, fraction and seed give the same split.
 *
 * @param train samples that the weights are fitted to
 * @param validation samples that choose the best epoch; may be empty
 * @param test samples that take no part in training; may be empty
 */
public record Split(int[] train, int[] validation, int[] test) {

	/** A side of a split. */
	public enum Part {
		/** Weights are fitted to it. */
		TRAIN,
		/** Chooses the best epoch. */
		VALIDATION,
		/** Takes no part in training. */
		TEST
	}

	private static final int BLOCKS = 10;

	/**
	 * Foreground pixels of each sample, which is what the factories go by. Reads every sample once.
	 *
	 * @return for each sample the number of pixels that are neither background nor {@link Sample#IGNORE}
	 */
	public static long[] foreground(final Samples samples) {
		final long[] counts = new long[samples.size()];
		for (int i = 0; i < counts.length; i++) {
			for (final byte b : samples.get(i).labels()) if (b != 0 && b != Sample.IGNORE) counts[i]++;
		}
		return counts;
	}

	/**
	 * Takes whole groups for validation, so that the share of samples is near the fraction and, if at least two groups have foreground, both
	 * sides have some.
	 *
	 * @param foreground foreground pixels of each sample, see {@link #foreground(Samples)}
	 * @param fraction share of the samples to validate on, 0 (no validation) up to but not including 1
	 * @throws IllegalArgumentException if a fraction above 0 is asked for and there are fewer than two groups
	 */
	public static Split byGroup(final Samples samples, final long[] foreground, final double fraction, final long seed) {
		final List<Unit> units = groups(samples, foreground, IntStream.range(0, samples.size()).toArray());
		return split(units, fraction, seed, new int[0]);
	}

	/**
	 * Splits without regard to groups, in blocks of about a tenth of the samples: neighbouring slices look alike, and apart from the ends of
	 * the blocks they stay on one side. Samples are neighbours in the natural order of group, then name.
	 *
	 * @param foreground foreground pixels of each sample, see {@link #foreground(Samples)}
	 * @param fraction share of the samples to validate on, 0 (no validation) up to but not including 1
	 * @throws IllegalArgumentException if a fraction above 0 is asked for and there are fewer than two samples
	 */
	public static Split bySlice(final Samples samples, final long[] foreground, final double fraction, final long seed) {
		final int n = samples.size(), blocks = Math.min(n, BLOCKS);
		final int[] order = naturalOrder(samples);
		final List<Unit> units = new ArrayList<>();
		for (int b = 0; b < blocks; b++) {
			final Unit unit = new Unit("block " + (b + 1), 1);
			for (int k = (int) ((long) n * b / blocks); k < (int) ((long) n * (b + 1) / blocks); k++) {
				unit.members.add(order[k]);
				unit.weights[0] += foreground[order[k]];
			}
			units.add(unit);
		}
		return split(units, fraction, seed, new int[0]);
	}

	/**
	 * Follows assignments by name. A sample's own name goes before its group's; samples without an assignment go with the rest of their group,
	 * and groups without any are trained on. If nothing is assigned to validation, the fraction is taken from the training groups.
	 *
	 * @param assignment side of each group or sample, by name; names that no sample has are passed over
	 * @param foreground foreground pixels of each sample, see {@link #foreground(Samples)}
	 * @param fraction share of the training samples to validate on if nothing is assigned to validation
	 * @throws IllegalArgumentException if no name matches, a group would stand on two sides, nothing is left to train on, or the fraction
	 *           cannot be taken
	 */
	public static Split assigned(final Samples samples, final Map<String, Part> assignment, final long[] foreground, final double fraction,
		final long seed)
	{
		final Map<String, Part> parts = parts(samples, assignment);
		final int[] train = select(samples, parts, Part.TRAIN), validation = select(samples, parts, Part.VALIDATION);
		final int[] test = select(samples, parts, Part.TEST);
		if (train.length == 0) throw new IllegalArgumentException("groups: nothing is left to train on, expected at least 1 group. Assign one to train");
		if (validation.length > 0) return new Split(train, validation, test);
		return split(groups(samples, foreground, train), fraction, seed, test);
	}

	/**
	 * Splits images with classes: follows the sides that their source has for them, and takes whole groups for validation where it has none, so
	 * that the share of images and that of each class are near the fraction, and both sides have each class.
	 *
	 * @param fraction share of the images to validate on, 0 (no validation) up to but not including 1; passed over if the source has some
	 * @throws IllegalArgumentException if there are fewer than two classes, a class has nothing to train on, a class that should be on both
	 *           sides is in one group only, or the source's sides cannot be followed, see {@link #assigned}
	 */
	public static Split byClass(final LabelledImages images, final double fraction, final long seed) {
		final Split given = given(images);
		return given.validation.length > 0 ? given : byClass(images, given.train, given.test, fraction, seed);
	}

	/**
	 * Splits some images with classes as {@link #byClass(LabelledImages, double, long)} does, whatever sides their source has for them.
	 *
	 * @param train images to train on, of which some are taken for validation
	 * @param test images to test on
	 * @throws IllegalArgumentException if a class has nothing to train on, or one that should be on both sides is in one group only
	 */
	public static Split byClass(final LabelledImages images, final int[] train, final int[] test, final double fraction, final long seed) {
		ClassUnits.checkClasses(images, train);
		if (fraction == 0) return new Split(train, new int[0], test);
		ClassUnits.checkGroups(images, train, "validation=0 to train without validation");
		return split(ClassUnits.of(images, train), fraction, seed, test, UnitChoice.CLASSES);
	}

	/**
	 * Splits for cross-validation: each group is validated on once, in one of {@code k} folds of about the same size that have about the same
	 * share of each class. A class in fewer groups than folds is missing from the validation of some. What the images'
	 * source has for testing is the test side of every split; its other sides do not matter here.
	 *
	 * @param k number of splits, at least 2
	 * @throws IllegalArgumentException if there are fewer groups than folds, fewer than two classes, or a class is in one group only
	 */
	public static List<Split> folds(final LabelledImages images, final int k, final long seed) {
		final Split given = given(images);
		final int[] used = IntStream.concat(IntStream.of(given.train), IntStream.of(given.validation)).sorted().toArray();
		ClassUnits.checkGroups(images, used, "folds=0 and validation=0 to train without validation");
		final List<Unit> units = ClassUnits.of(images, used);
		if (k < 2 || k > units.size()) throw new IllegalArgumentException("folds: expected from 2 to the number of groups, " + units.size() + ", got " + k);
		final List<Split> splits = new ArrayList<>();
		for (final Set<Unit> fold : UnitChoice.folds(units, k, seed)) splits.add(new Split(Unit.indices(units.stream().filter(u -> !fold.contains(u))
			.toList()), Unit.indices(fold), given.test));
		return splits;
	}

	/** What the source has for each side: everything is trained on if it has nothing. */
	private static Split given(final LabelledImages images) {
		final int[] all = IntStream.range(0, images.labels().length).toArray();
		if (images.parts().isEmpty()) {
			ClassUnits.checkClasses(images, all);
			return new Split(all, new int[0], new int[0]);
		}
		final Map<String, Part> parts = parts(images.images(), images.parts());
		final int[] train = select(images.images(), parts, Part.TRAIN);
		ClassUnits.checkClasses(images, train);
		return new Split(train, select(images.images(), parts, Part.VALIDATION), select(images.images(), parts, Part.TEST));
	}

	/** Indices of all samples in the natural order of group, then name. */
	public static int[] naturalOrder(final Samples samples) {
		final Comparator<Integer> byGroup = Comparator.comparing(samples::group, NaturalOrder.INSTANCE);
		return IntStream.range(0, samples.size()).boxed().sorted(byGroup.thenComparing(samples::name, NaturalOrder.INSTANCE)).mapToInt(i -> i).toArray();
	}

	/** Side of each group that has one; groups of other samples are trained on. */
	static Map<String, Part> parts(final Samples samples, final Map<String, Part> assignment) {
		final Map<String, Part> parts = new TreeMap<>();
		for (int i = 0; i < samples.size(); i++) {
			final String group = samples.group(i);
			final String key = assignment.containsKey(samples.name(i)) ? samples.name(i) : group;
			if (!assignment.containsKey(key)) continue;
			final Part part = assignment.get(key), before = parts.putIfAbsent(group, part);
			if (before != null && before != part) throw new IllegalArgumentException("groups: expected all samples of group '" + group +
				"' on one side, got both " + before + " and " + part + " ('" + samples.name(i) +
				"'); assign the whole group, or give its samples groups of their own");
		}
		if (parts.isEmpty()) throw new IllegalArgumentException("groups: none of the " + assignment.size() +
			" assigned names is that of a sample or group" + (samples.size() == 0 ? "" : "; the first sample is '" + samples.name(0) + "' of group '" +
				samples.group(0) + "'"));
		return parts;
	}

	private static int[] select(final Samples samples, final Map<String, Part> parts, final Part part) {
		return IntStream.range(0, samples.size()).filter(i -> parts.getOrDefault(samples.group(i), Part.TRAIN) == part).toArray();
	}

	private static List<Unit> groups(final Samples samples, final long[] foreground, final int[] indices) {
		return Unit.groups(samples, indices, 1, (i, weights) -> weights[0] += foreground[i]);
	}

	private static Split split(final List<Unit> units, final double fraction, final long seed, final int[] test) {
		return split(units, fraction, seed, test, UnitChoice.FOREGROUND);
	}

	private static Split split(final List<Unit> units, final double fraction, final long seed, final int[] test, final UnitChoice choice) {
		if (!(fraction >= 0 && fraction < 1)) throw new IllegalArgumentException("validation: expected a fraction from 0 up to but not including 1, got " +
			fraction);
		if (fraction == 0) return new Split(Unit.indices(units), new int[0], test);
		if (units.size() < 2) throw new IllegalArgumentException("groups: expected at least 2 to take " + fraction +
			" of the samples for validation, found " + units.size() + (units.isEmpty() ? "" : " ('" + units.get(0).name + "')") +
			". Add images of another group, or take groups=slice to split by slice, or validation=0 to train without validation");
		final Set<Unit> best = choice.best(units, fraction, seed);
		return new Split(Unit.indices(units.stream().filter(u -> !best.contains(u)).toList()), Unit.indices(best), test);
	}
}
