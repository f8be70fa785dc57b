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
package sc.fiji.glia.task.report;

import static sc.fiji.glia.task.report.Html.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import sc.fiji.glia.data.ClassBaselines;
import sc.fiji.glia.data.score.Metric;

/**
 * How a trivial baseline compares with a network.
 *
 * @param accuracy by accuracy
 * @param balanced by balanced accuracy, which sees through a class that most images are of
 */
record BaselineMatch(Level accuracy, Level balanced) {

	/** A baseline is as good as the network if it is not worse by more than this; scores differ by as much from seed to seed. */
	static final double MARGIN = 0.01;

	/** The rule, for the page. */
	static final String RULE = "A baseline counts as good as the network if it is worse by at most " + MARGIN +
		" or lies within the network\u2019s 95 % interval, in accuracy or in balanced accuracy.";

	/** What the network is. */
	enum Level {
		/** Better: the baseline is below the margin and the interval. */
		BETTER(""),
		/** Not clearly better: the baseline is within the interval. */
		UNCLEAR("not clearly better"),
		/** No better, but for the margin. */
		NO_BETTER("no better");

		private final String words;

		Level(final String words) {
			this.words = words;
		}
	}

	static BaselineMatch of(final ClassificationReport report, final ClassBaselines.Score baseline) {
		return new BaselineMatch(level(report.metric("accuracy"), baseline.accuracy()), level(report.metric("balanced_accuracy"), baseline
			.balancedAccuracy()));
	}

	/** A sentence for each way in which baselines are as good as the network; empty if it is better than all. */
	static List<String> sentences(final ClassificationReport report) {
		final Map<BaselineMatch, List<ClassBaselines.Score>> matches = new LinkedHashMap<>();
		for (final ClassBaselines.Score b : report.baselines().scores()) matches.computeIfAbsent(of(report, b), m -> new ArrayList<>()).add(b);
		return matches.entrySet().stream().filter(e -> e.getKey().worst() != Level.BETTER).sorted((a, b) -> Integer.compare(b.getKey().gravity(), a.getKey()
			.gravity())).map(e -> e.getKey().sentence(report, e.getValue())).toList();
	}

	private static Level level(final Metric network, final double baseline) {
		if (baseline >= network.value() - MARGIN) return Level.NO_BETTER;
		return baseline >= network.low() ? Level.UNCLEAR : Level.BETTER; // NB: no interval is NaN
	}

	private Level worst() {
		return accuracy.compareTo(balanced) > 0 ? accuracy : balanced;
	}

	/** Both measures are worse than one. */
	private int gravity() {
		return accuracy.ordinal() + balanced.ordinal();
	}

	private String sentence(final ClassificationReport report, final List<ClassBaselines.Score> baselines) {
		final Metric a = report.metric("accuracy"), b = report.metric("balanced_accuracy");
		final boolean byAccuracy = accuracy != Level.BETTER, byBalanced = balanced != Level.BETTER;
		final String list = baselines.stream().map(s -> "\u201c" + s.name() + "\u201d (" + (byAccuracy ? score(s.accuracy()) : "") + (byAccuracy &&
			byBalanced ? ", " : "") + (byBalanced ? score(s.balancedAccuracy()) : "") + ")").collect(Collectors.joining(" and "));
		final String of = " the trivial " + (baselines.size() == 1 ? "baseline " : "baselines ") + list;
		final String measures = (byAccuracy ? "accuracy " + value(a) : "") + (byAccuracy && byBalanced ? ", " : "") + (byBalanced ? "balanced accuracy " +
			value(b) : "");
		final String sentence = "This network (" + measures + ") is " + worst().words + " than" + of;
		if (byAccuracy && byBalanced) return sentence + (worst() == Level.NO_BETTER ? ": do not use it as it is."
			: ": there are too few images to tell them apart.");
		return sentence + ", though it is by " + (byAccuracy ? "balanced accuracy (" + score(b.value()) + ")." : "accuracy (" + score(a.value()) + ").");
	}

	/** With the interval where that is why. */
	private String value(final Metric m) {
		return score(m.value()) + (worst() == Level.UNCLEAR ? " [" + score(m.low()) + " to " + score(m.high()) + "]" : "");
	}
}
