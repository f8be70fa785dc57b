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

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Gathers a {@link Fingerprint}, sample by sample; mutable. */
final class FingerprintScan {

	private final MessageDigest digest = SampleFacts.sha256Digest();
	private final Set<String> groups = new HashSet<>();
	private final List<Integer> widths = new ArrayList<>(), heights = new ArrayList<>();
	private final List<Moments> values = new ArrayList<>(), means = new ArrayList<>();
	private final long[] labels = new long[256];
	private final ZeroBackground background = new ZeroBackground();
	private final List<Integer> areas = new ArrayList<>();
	private int withForeground;

	void add(final Sample sample) {
		add(sample.name(), sample.group(), SampleFacts.of(sample));
	}

	/** @throws IllegalArgumentException if the number of channels is not that of the samples before */
	void add(final String name, final String group, final SampleFacts sample) {
		if (widths.isEmpty()) for (int c = 0; c < sample.values().size(); c++) {
			values.add(new Moments());
			means.add(new Moments());
		}
		if (sample.values().size() != values.size()) throw new IllegalArgumentException("Sample '" + name + "': expected " + values.size() +
			" channels as in the samples before it, got " + sample.values().size());
		groups.add(group);
		widths.add(sample.width());
		heights.add(sample.height());
		for (int c = 0; c < values.size(); c++) {
			values.get(c).add(sample.values().get(c));
			means.get(c).add(Moments.of(sample.values().get(c).mean));
		}
		background.add(sample.background());
		for (int l = 0; l < sample.labels().length; l++) labels[l] += sample.labels()[l];
		areas.addAll(sample.areas());
		if (sample.hasForeground()) withForeground++;
		digest.update(sample.sha256());
	}

	Fingerprint result() {
		final long ignored = labels[Sample.IGNORE & 0xff];
		int classes = 1;
		for (int c = 1; c < 255; c++) if (labels[c] > 0) classes = c + 1;
		final long[] counts = Arrays.copyOf(labels, classes);
		final long counted = Arrays.stream(counts).sum(), foreground = counted - counts[0];
		final int n = widths.size();
		return new Fingerprint(n, groups.size(), size(widths), size(heights), values.size(), classes, Arrays.stream(counts).boxed().toList(), ignored,
			counted == 0 ? 0 : (double) foreground / counted, (double) withForeground / n, list(values, m -> m.min), list(values, m -> m.max), list(values,
				m -> m.mean), list(values, Moments::deviation), list(means, Moments::deviation), background.found(), diameter(), HexFormat.of().formatHex(
					digest.digest()));
	}

	private double diameter() {
		if (areas.isEmpty()) return 0;
		return Math.sqrt(4 * areas.stream().sorted().toList().get((areas.size() - 1) / 2) / Math.PI);
	}

	private static Fingerprint.Size size(final List<Integer> sizes) {
		final List<Integer> sorted = sizes.stream().sorted().toList();
		return new Fingerprint.Size(sorted.get(0), sorted.get((sorted.size() - 1) / 2), sorted.get(sorted.size() - 1));
	}

	private static List<Double> list(final List<Moments> moments, final ToDoubleFunction<Moments> value) {
		return moments.stream().map(value::applyAsDouble).toList();
	}
}
