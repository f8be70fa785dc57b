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
package sc.fiji.glia.data.score;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Scores of a prediction, slice by slice, and what they come to together. Means leave out values that are not defined: see {@link EmptyRule}.
 *
 * @param slices one entry for each slice, in order
 */
public record SegmentationScores(List<Slice> slices) {

	/**
	 * One slice.
	 *
	 * @param name name of the sample
	 * @param group its group: a volume, a patient
	 * @param confusion its pixels, counted
	 */
	public record Slice(String name, String group, Confusion confusion) {}

	/** Keeps a copy of the list. */
	public SegmentationScores {
		slices = List.copyOf(slices);
	}

	/** Pixels of each group taken together, by the group's name, in the order of their first slices. */
	public Map<String, Confusion> groups() {
		final Map<String, Confusion> groups = new LinkedHashMap<>();
		for (final Slice s : slices) groups.merge(s.group, s.confusion, Confusion::plus);
		return Collections.unmodifiableMap(groups);
	}

	/** Pixels of all slices taken together. */
	public Confusion pooled() {
		return slices.stream().map(Slice::confusion).reduce(Confusion.NONE, Confusion::plus);
	}

	/** Slices whose reference is not empty. */
	public List<Slice> labelledSlices() {
		return slices.stream().filter(s -> s.confusion.isInReference()).toList();
	}

	/** Mean over groups of a score of each group's pixels, as in {@code meanOfGroups(Confusion::dice)}; NaN if it is defined for none. */
	public double meanOfGroups(final ToDoubleFunction<Confusion> score) {
		return mean(groups().values(), score);
	}

	/** Mean of a score over the slices whose reference is not empty; NaN if it is defined for none. */
	public double meanOfLabelledSlices(final ToDoubleFunction<Confusion> score) {
		return mean(labelledSlices().stream().map(Slice::confusion).toList(), score);
	}

	private static double mean(final Collection<Confusion> confusions, final ToDoubleFunction<Confusion> score) {
		return confusions.stream().mapToDouble(score).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
	}
}
