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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Samples that stay on one side of a split, and their weights: how much they have of each thing that both sides should have a share of. */
final class Unit {

	final String name;
	final List<Integer> members = new ArrayList<>();
	final double[] weights;

	Unit(final String name, final int weights) {
		this.name = name;
		this.weights = new double[weights];
	}

	/** Adds what a sample weighs. */
	interface Weighing {

		void add(int sample, double[] weights);
	}

	/** One unit for each group of these samples, in natural order. */
	static List<Unit> groups(final Samples samples, final int[] indices, final int weights, final Weighing weighing) {
		final Map<String, Unit> units = new TreeMap<>(NaturalOrder.INSTANCE);
		for (final int i : indices) {
			final Unit unit = units.computeIfAbsent(samples.group(i), name -> new Unit(name, weights));
			unit.members.add(i);
			weighing.add(i, unit.weights);
		}
		return new ArrayList<>(units.values());
	}

	/** Samples of all units, ascending. */
	static int[] indices(final Collection<Unit> units) {
		return units.stream().flatMap(u -> u.members.stream()).mapToInt(i -> i).sorted().toArray();
	}
}
