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

import static sc.fiji.glia.task.report.Html.number;
import static sc.fiji.glia.task.report.Html.row;
import static sc.fiji.glia.task.report.Html.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Normalization.Scope;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.Preprocessing;
import sc.fiji.glia.model.SplitNames;
import sc.fiji.glia.model.Training;

/**
 * What pages tell of a training, whatever was trained.
 *
 * @param training the training
 */
record TrainingSections(Training training) {

	/** Longer lists of names are folded. */
	private static final int FOLDED = 40;

	/** When, how long, how many epochs. */
	String meta() {
		final int epochs = training.history().size();
		return text(training.date()) + " &middot; " + Html.duration(training.seconds()) + " &middot; " + epochs + (epochs == 1 ? " epoch" : " epochs") +
			", best epoch " + (training.bestEpoch() > 0 ? training.bestEpoch() : "\u2013");
	}

	/** The settings with their reasons. */
	String settings() {
		return Html.section("Settings", settingsTable());
	}

	/** Each setting with its reason, if it was chosen automatically. */
	String settingsTable() {
		final Set<String> left = new LinkedHashSet<>(training.choices());
		final StringBuilder rows = new StringBuilder(row("th", List.of("Setting", "Value", "Chosen automatically, because")));
		training.settings().forEach((key, value) -> {
			final List<String> reasons = left.stream().filter(c -> c.matches("(?is)" + Pattern.quote(key) + "\\s*[:=].*")).toList();
			reasons.forEach(left::remove);
			rows.append(row("td", List.of("<code>" + text(key) + "</code>", text(value.isEmpty() ? "(none)" : value), text(reasons.stream().map(c -> c
				.substring(key.length()).replaceFirst("^\\s*[:=]\\s*", "")).collect(Collectors.joining("; "))))));
		});
		final String rest = left.isEmpty() ? "" : "<ul>\n" + left.stream().map(c -> "<li>" + text(c) + "</li>\n").collect(Collectors.joining()) +
			"</ul>\n";
		return "<table class=\"settings\">\n" + rows + "</table>\n" + rest;
	}

	/** Facts about the images and how they are normalised. */
	static List<List<String>> images(final Model model) {
		final Fingerprint f = model.training().fingerprint();
		final Preprocessing p = model.preprocessing();
		return List.of(List.of("Images", f.samples() + " in " + f.groups() + (f.groups() == 1 ? " group" : " groups")), //
			List.of("Width, height", size(f.width()) + " \u00d7 " + size(f.height()) + " pixels"), //
			List.of("Pixel size", number(p.pixelWidth()) + " \u00d7 " + number(p.pixelHeight()) + " " + text(p.unit())), //
			List.of("Channels", f.channels() + " (used: " + text(p.channels()) + ")"), //
			List.of("Normalisation", normalization(p.normalization())));
	}

	/** The values that pixels have. */
	static List<String> values(final Fingerprint f) {
		return List.of("Values", range(f));
	}

	/** What tells data from others. */
	static List<String> hash(final Fingerprint f) {
		return List.of("SHA-256", "<code>" + text(f.sha256()) + "</code>");
	}

	/** A table of names and values. */
	static String facts(final Map<String, String> facts) {
		return Html.facts(facts.entrySet().stream().map(e -> List.of(text(e.getKey()), text(e.getValue()))).toList());
	}

	private static String normalization(final Normalization n) {
		final String statistics = switch (n.method()) {
			case RANGE -> "smallest and largest value";
			case PERCENTILE -> "percentiles 1 and 99";
			case ZSCORE -> "mean and standard deviation";
		};
		return statistics + (n.scope() == Scope.IMAGE ? " of each image" : " of the training images") + (n.nonZero() ? ", where pixels are not 0" : "");
	}

	private static String range(final Fingerprint f) {
		final List<String> ranges = new ArrayList<>();
		for (int c = 0; c < Math.min(f.minimum().size(), f.maximum().size()); c++) ranges.add(number(f.minimum().get(c)) + " to " + number(f.maximum().get(
			c)));
		return String.join("; ", ranges);
	}

	private static String size(final Fingerprint.Size s) {
		return s.min() == s.max() ? "" + s.min() : s.min() + "\u2013" + s.max() + " (median " + s.median() + ")";
	}

	/**
	 * Which groups are on which side, and those that are on several.
	 *
	 * @param group the group that a name stands for
	 * @param most names shown of each side
	 */
	String split(final UnaryOperator<String> group, final int most) {
		final SplitNames s = training.split();
		final Set<String> seen = new HashSet<>();
		final Set<String> twice = Stream.of(s.train(), s.validation(), s.test()).flatMap(names -> names.stream().map(group)
			.distinct()) //
			.filter(n -> !seen.add(n)).collect(Collectors.toCollection(TreeSet::new));
		final String sentence = twice.isEmpty() ? "<p>No group is on two sides.</p>\n"
			: "<p class=\"warning\">On more than one side, so that scores are too good: " + text(String.join(", ", twice)) + "</p>\n";
		return Html.section("Split", sentence + "<table class=\"facts\">\n" + names("Training", s.train(), most) + names("Validation", s
			.validation(), most) + names("Test", s.test(), most) + "</table>\n");
	}

	private static String names(final String part, final List<String> names, final int most) {
		final String list = names.stream().limit(most).map(Html::text).collect(Collectors.joining(", ")) + (names.size() > most ? " and " + (names.size() -
			most) + " more" : "");
		final String shown = names.isEmpty() ? "none" : names.size() > FOLDED ? "<details><summary>show</summary>" + list + "</details>" : list;
		return row("td", List.of(part + " (" + names.size() + ")", shown));
	}

	/** The macro line. */
	String repeat() {
		return Html.section("Repeat this training", "<p>This macro line does it again, with the same data, version and seed:</p>\n<pre>" + //
			text(training.macro()) + "</pre>\n");
	}

	/** What took part. */
	String versions() {
		return Html.section("Versions", facts(training.versions()));
	}
}
