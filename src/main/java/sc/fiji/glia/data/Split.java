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
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

	private static final int TRIALS = 200, BLOCKS = 10;

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
			final Unit unit = new Unit("block " + (b + 1));
			for (int k = (int) ((long) n * b / blocks); k < (int) ((long) n * (b + 1) / blocks); k++) unit.add(order[k], foreground[order[k]]);
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

	/** Indices of all samples in the natural order of group, then name. */
	public static int[] naturalOrder(final Samples samples) {
		final Comparator<Integer> byGroup = Comparator.comparing(samples::group, NaturalOrder.INSTANCE);
		return IntStream.range(0, samples.size()).boxed().sorted(byGroup.thenComparing(samples::name, NaturalOrder.INSTANCE)).mapToInt(i -> i).toArray();
	}

	/** Samples that stay together. */
	private static final class Unit {

		final String name;
		final List<Integer> members = new ArrayList<>();
		long foreground;

		Unit(final String name) {
			this.name = name;
		}

		void add(final int sample, final long pixels) {
			members.add(sample);
			foreground += pixels;
		}
	}

	private static Map<String, Part> parts(final Samples samples, final Map<String, Part> assignment) {
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
		final Map<String, Unit> units = new TreeMap<>(NaturalOrder.INSTANCE);
		for (final int i : indices) units.computeIfAbsent(samples.group(i), Unit::new).add(i, foreground[i]);
		return new ArrayList<>(units.values());
	}

	private static Split split(final List<Unit> units, final double fraction, final long seed, final int[] test) {
		if (!(fraction >= 0 && fraction < 1)) throw new IllegalArgumentException("validation: expected a fraction from 0 up to but not including 1, got " +
			fraction);
		if (fraction == 0) return new Split(indices(units), new int[0], test);
		if (units.size() < 2) throw new IllegalArgumentException("groups: expected at least 2 to take " + fraction +
			" of the samples for validation, found " + units.size() + (units.isEmpty() ? "" : " ('" + units.get(0).name + "')") +
			". Add images of another group, or take groups=slice to split by slice, or validation=0 to train without validation");
		final List<Unit> order = new ArrayList<>(units);
		final Random random = new Random(seed);
		List<Unit> best = List.of();
		double lowest = Double.POSITIVE_INFINITY;
		for (int t = 0; t < TRIALS; t++) {
			Collections.shuffle(order, random);
			final List<Unit> chosen = choose(order, fraction);
			final double penalty = penalty(units, chosen, fraction);
			if (penalty < lowest) {
				lowest = penalty;
				best = chosen;
			}
		}
		final List<Unit> rest = new ArrayList<>(units);
		rest.removeAll(best);
		return new Split(indices(rest), indices(best), test);
	}

	/** Takes units in order, each if it brings the share of samples nearer to the fraction; one at least, and leaves one at least. */
	private static List<Unit> choose(final List<Unit> order, final double fraction) {
		final double target = fraction * samples(order);
		final List<Unit> chosen = new ArrayList<>();
		double taken = 0;
		for (final Unit unit : order) {
			final double with = taken + unit.members.size();
			if (!chosen.isEmpty() && (Math.abs(with - target) > Math.abs(taken - target) || chosen.size() == order.size() - 1)) continue;
			chosen.add(unit);
			taken = with;
		}
		return chosen;
	}

	/** 0 is best: training without foreground is worst, then validation without, then shares of samples and of foreground that are off. */
	private static double penalty(final List<Unit> all, final List<Unit> chosen, final double fraction) {
		final double foreground = all.stream().mapToLong(u -> u.foreground).sum(), here = chosen.stream().mapToLong(u -> u.foreground).sum();
		double penalty = Math.abs((double) samples(chosen) / samples(all) - fraction);
		if (foreground == 0) return penalty;
		penalty += 0.25 * Math.abs(here / foreground - fraction);
		if (here == foreground) penalty += 20;
		if (here == 0) penalty += 10;
		return penalty;
	}

	private static int samples(final List<Unit> units) {
		return units.stream().mapToInt(u -> u.members.size()).sum();
	}

	private static int[] indices(final List<Unit> units) {
		return units.stream().flatMap(u -> u.members.stream()).mapToInt(i -> i).sorted().toArray();
	}
}
