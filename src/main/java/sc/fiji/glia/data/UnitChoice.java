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
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** How units are chosen for validation: in random orders, and the best of many. Units are compared by identity. */
enum UnitChoice {
	/** By the number of samples; shares of foreground only tell which of the choices is best. */
	FOREGROUND(0.25),
	/** By the share of each class. NB: its emphasis outweighs the number of samples, so that one class never stands in for another. */
	CLASSES(1);

	private static final int TRIALS = 200;
	/** Units looked at in all trials together, beyond which there are fewer trials: the more units, the better each. */
	private static final int WORK = 2_000_000;

	private final double emphasis;

	UnitChoice(final double emphasis) {
		this.emphasis = emphasis;
	}

	/** Units for validation: one at least, and not all. */
	Set<Unit> best(final List<Unit> units, final double fraction, final long seed) {
		final List<Unit> order = new ArrayList<>(units);
		final Random random = new Random(seed);
		final int trials = this == FOREGROUND ? TRIALS : trials(units.size());
		List<Unit> best = List.of();
		double lowest = Double.POSITIVE_INFINITY;
		for (int t = 0; t < trials; t++) {
			Collections.shuffle(order, random);
			final Side side = new Side(order, fraction);
			final List<Unit> chosen = this == FOREGROUND ? bySamples(order, side) : byWeights(order, side);
			final double penalty = side.penalty(emphasis);
			if (penalty < lowest) {
				lowest = penalty;
				best = chosen;
			}
		}
		return new HashSet<>(best);
	}

	/** Parts of about equal size with about the same share of each weight; none is empty. */
	static List<Set<Unit>> folds(final List<Unit> units, final int k, final long seed) {
		final List<Unit> order = new ArrayList<>(units);
		final Random random = new Random(seed);
		List<Set<Unit>> best = List.of();
		double lowest = Double.POSITIVE_INFINITY;
		for (int t = 0; t < Math.max(1, trials(units.size()) / k); t++) {
			Collections.shuffle(order, random);
			order.sort((a, b) -> b.members.size() - a.members.size());
			final List<Set<Unit>> folds = new ArrayList<>();
			final Side[] sides = new Side[k];
			for (int f = 0; f < k; f++) {
				folds.add(new HashSet<>());
				sides[f] = new Side(units, 1.0 / k);
			}
			for (final Unit unit : order) {
				final int f = cheapest(sides, unit);
				sides[f].add(unit);
				folds.get(f).add(unit);
			}
			final double penalty = Arrays.stream(sides).mapToDouble(s -> s.penalty(CLASSES.emphasis)).sum();
			if (penalty < lowest && folds.stream().noneMatch(Set::isEmpty)) {
				lowest = penalty;
				best = folds;
			}
		}
		if (best.isEmpty()) throw new IllegalStateException("folds: found none of " + units.size() + " groups in " + k + " folds");
		return best;
	}

	/** The fold whose penalty grows least, an empty one before others, then the smallest. */
	private static int cheapest(final Side[] sides, final Unit unit) {
		int best = 0;
		double lowest = Double.POSITIVE_INFINITY;
		for (int f = 0; f < sides.length; f++) {
			final double before = sides[f].penalty(CLASSES.emphasis);
			sides[f].add(unit);
			final double growth = sides[f].penalty(CLASSES.emphasis) - before;
			sides[f].remove(unit);
			if (growth < lowest - 1e-12 || growth < lowest + 1e-12 && sides[f].samples < sides[best].samples) {
				lowest = growth;
				best = f;
			}
		}
		return best;
	}

	private static int trials(final int units) {
		return Math.max(5, Math.min(TRIALS, WORK / units));
	}

	/** Takes units in order, each if it brings the share of samples nearer to the fraction; one at least, and leaves one at least. */
	private static List<Unit> bySamples(final List<Unit> order, final Side side) {
		final double target = side.fraction * side.allSamples;
		final List<Unit> chosen = new ArrayList<>();
		for (final Unit unit : order) {
			final double with = side.samples + unit.members.size();
			if (!chosen.isEmpty() && (Math.abs(with - target) > Math.abs(side.samples - target) || chosen.size() == order.size() - 1)) continue;
			chosen.add(unit);
			side.add(unit);
		}
		return chosen;
	}

	/** Takes units in order, each if it lowers the penalty; one at least, and leaves one at least. */
	private List<Unit> byWeights(final List<Unit> order, final Side side) {
		final List<Unit> chosen = new ArrayList<>();
		double penalty = side.penalty(emphasis);
		for (final Unit unit : order) {
			if (chosen.size() == order.size() - 1) break;
			side.add(unit);
			final double with = side.penalty(emphasis);
			if (with < penalty) {
				chosen.add(unit);
				penalty = with;
			}
			else side.remove(unit);
		}
		if (chosen.isEmpty()) {
			chosen.add(order.get(0));
			side.add(order.get(0));
		}
		return chosen;
	}

	/** What has been taken for validation, of what there is. */
	private static final class Side {

		final double fraction;
		final double[] all, taken;
		final int allSamples;
		int samples;

		Side(final Collection<Unit> units, final double fraction) {
			this.fraction = fraction;
			all = new double[units.iterator().next().weights.length];
			taken = new double[all.length];
			int n = 0;
			for (final Unit u : units) {
				n += u.members.size();
				for (int w = 0; w < all.length; w++) all[w] += u.weights[w];
			}
			allSamples = n;
		}

		void add(final Unit unit) {
			samples += unit.members.size();
			for (int w = 0; w < taken.length; w++) taken[w] += unit.weights[w];
		}

		void remove(final Unit unit) {
			samples -= unit.members.size();
			for (int w = 0; w < taken.length; w++) taken[w] -= unit.weights[w];
		}

		/** 0 is best: training without some of a weight is worst, then validation without, then shares of samples and weights that are off. */
		double penalty(final double emphasis) {
			double penalty = Math.abs((double) samples / allSamples - fraction);
			for (int w = 0; w < all.length; w++) {
				if (all[w] == 0) continue;
				penalty += emphasis * Math.abs(taken[w] / all[w] - fraction);
				if (taken[w] == all[w]) penalty += 20;
				if (taken[w] == 0) penalty += 10;
			}
			return penalty;
		}
	}
}
