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
import static sc.fiji.glia.task.report.Html.score;
import static sc.fiji.glia.task.report.Html.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Normalization.Scope;
import sc.fiji.glia.model.Preprocessing;
import sc.fiji.glia.model.SplitNames;
import sc.fiji.glia.model.Training;
import sc.fiji.glia.task.report.ResultsFolder.Picture;

/**
 * {@code report.html}: one page without anything outside it.
 *
 * @param report what to tell
 * @param curves pictures of the curves
 * @param predictions pictures of sample predictions
 */
record ReportPage(TrainingReport report, List<Picture> curves, List<Picture> predictions) {

	/** A baseline matches the network if it is not worse by more than this; scores differ by as much from seed to seed. */
	private static final double MARGIN = 0.01;
	/** Longer lists of names are folded. */
	private static final int FOLDED = 40;

	/** The page. */
	String html() {
		final Training t = report.model().training();
		return """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<title>%s</title>
			<style>
			%s</style>
			</head>
			<body>
			<main>
			<header>
			%s<h1>%s</h1>
			<p class="meta">Training report &middot; %s &middot; %s &middot; %s, best epoch %s</p>
			</header>
			%s%s%s%s%s%s%s%s%s<footer>Research software, not a medical device.</footer>
			</main>
			</body>
			</html>
			""".formatted(text(report.title()), STYLE, lede(), text(report.title()), text(t.date()), Html.duration(t.seconds()), t.history().size() + (t.history()
				.size() == 1 ? " epoch" : " epochs"), t.bestEpoch() > 0 ? t.bestEpoch() : "\u2013", scores(), groups(), pictures("Curves", "", curves), pictures("Sample predictions",
					"<p>Outlines: <b class=\"label\">label</b> and <b class=\"prediction\">prediction</b> (probability of at least 0.5).</p>\n", predictions),
				settings(), data(), split(), repeat(), versions());
	}

	/** The names of the baselines that are as good as the network, by the same measure. */
	private List<String> matching() {
		final Map<String, Double> baselines = report.model().training().baselines();
		return baselines.entrySet().stream().filter(b -> !isAccuracy(b.getKey()) && b.getValue() >= report.score() - MARGIN).map(Entry::getKey).toList();
	}

	/** NB: where there is little foreground, pixel accuracy is high whatever is predicted; no measure to set beside the score. */
	private static boolean isAccuracy(final String name) {
		return name.endsWith("accuracy");
	}

	/** What comes before everything else if the network is worth nothing or nobody can tell. */
	private String lede() {
		final List<String> matching = matching();
		if (Double.isNaN(report.score())) return """
			<p class="warning">This network was not judged: no image outside the training had anything to judge it on.</p>
			""";
		if (matching.isEmpty()) return "";
		final Map<String, Double> baselines = report.model().training().baselines();
		final String list = matching.stream().map(b -> "\u201c" + text(b) + "\u201d (" + score(baselines.get(b)) + ")") //
			.collect(Collectors.joining(" and "));
		return "<p class=\"warning\">This network (" + score(report.score()) + ") is no better than the trivial " + //
			(matching.size() == 1 ? "baseline " : "baselines ") + list + ": do not use it as it is.</p>\n";
	}

	private String scores() {
		final StringBuilder bars = new StringBuilder();
		bar(bars, "network", "This network", report.score());
		final StringBuilder more = new StringBuilder();
		report.model().training().baselines().forEach((name, value) -> {
			if (isAccuracy(name)) more.append(row("td", List.of("baseline " + text(name), score(value))));
			else bar(bars, "baseline", "Baseline: " + name, value);
		});
		report.model().training().scores().forEach((name, value) -> more.append(row("td", List.of(text(name), score(value)))));
		final String notes = report.notes().stream().map(n -> "<p>" + text(n) + "</p>\n").collect(Collectors.joining());
		return section("Score", "<p>" + text(report.scoreName()) + ":</p>\n<div class=\"bars\">\n" + bars + "</div>\n<p class=\"small\">" + //
			text(report.emptyRule()) + "</p>\n" + (more.isEmpty() ? "" : "<table>\n" + more + "</table>\n") + notes);
	}

	private static void bar(final StringBuilder b, final String kind, final String name, final double value) {
		final double percent = Double.isFinite(value) ? 100 * Math.min(1, Math.max(0, value)) : 0;
		b.append("<div class=\"").append(kind).append("\"><span>").append(text(name)).append("</span><span class=\"track\"><i style=\"width:").append(String
			.format(Locale.ROOT, "%.1f", percent)).append("%\"></i></span><span class=\"n\">").append(score(value)).append("</span></div>\n");
	}

	private String groups() {
		if (report.groups().isEmpty()) return "";
		final StringBuilder rows = new StringBuilder();
		rows.append(row("th", List.of("Group", "Part", "Images", "Dice", "IoU", "Accuracy", "Sensitivity", "Specificity")));
		for (final GroupScore g : report.groups()) rows.append(row("td", List.of(text(g.group()), text(g.part()), "" + g.slices(), //
			score(g.dice()), score(g.iou()), score(g.accuracy()), score(g.sensitivity()), score(g.specificity()))));
		return section("By volume", "<p>Each group of images (volume, patient) by itself, pooled over its pixels.</p>\n<table class=\"scores\">\n" + rows +
			"</table>\n");
	}

	private static String pictures(final String title, final String intro, final List<Picture> pictures) {
		if (pictures.isEmpty()) return "";
		final boolean captions = !intro.isEmpty();
		return section(title, intro + pictures.stream().map(p -> "<figure>" + Html.image(p.png(), p.caption()) + (captions ? "<figcaption>" + text(p
			.caption()) + "</figcaption>" : "") + "</figure>\n").collect(Collectors.joining()));
	}

	/** Each setting with its reason, if it was chosen automatically. */
	private String settings() {
		final Training t = report.model().training();
		final Set<String> left = new LinkedHashSet<>(t.choices());
		final StringBuilder rows = new StringBuilder(row("th", List.of("Setting", "Value", "Chosen automatically, because")));
		t.settings().forEach((key, value) -> {
			final List<String> reasons = left.stream().filter(c -> c.matches("(?is)" + Pattern.quote(key) + "\\s*[:=].*")).toList();
			reasons.forEach(left::remove);
			rows.append(row("td", List.of("<code>" + text(key) + "</code>", text(value.isEmpty() ? "(none)" : value), text(reasons.stream().map(c -> c
				.substring(key.length()).replaceFirst("^\\s*[:=]\\s*", "")).collect(Collectors.joining("; "))))));
		});
		final String rest = left.isEmpty() ? "" : "<ul>\n" + left.stream().map(c -> "<li>" + text(c) + "</li>\n").collect(Collectors.joining()) +
			"</ul>\n";
		return section("Settings", "<table class=\"settings\">\n" + rows + "</table>\n" + rest);
	}

	private String data() {
		final Fingerprint f = report.model().training().fingerprint();
		final Preprocessing p = report.model().preprocessing();
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("Images", f.samples() + " in " + f.groups() + (f.groups() == 1 ? " group" : " groups")));
		rows.add(List.of("Width, height", size(f.width()) + " \u00d7 " + size(f.height()) + " pixels"));
		rows.add(List.of("Pixel size", number(p.pixelWidth()) + " \u00d7 " + number(p.pixelHeight()) + " " + text(p.unit())));
		rows.add(List.of("Channels", f.channels() + " (used: " + text(p.channels()) + ")"));
		rows.add(List.of("Normalisation", normalization(p.normalization())));
		rows.add(List.of("Foreground", number(100 * f.foregroundShare()) + " % of the pixels, in " + number(100 * f.foregroundSampleShare()) +
			" % of the images"));
		for (int i = 0; i < f.pixels().size(); i++) rows.add(List.of("Class " + i, (i < report.model().classes().size() ? text(report.model().classes().get(
			i)) + ": " : "") + String.format(Locale.ROOT, "%,d pixels", f.pixels().get(i))));
		if (f.ignored() > 0) rows.add(List.of("Not counted", String.format(Locale.ROOT, "%,d pixels", f.ignored())));
		rows.add(List.of("Values", range(f)));
		if (f.objectDiameter() > 0) rows.add(List.of("Objects", "median diameter " + number(f.objectDiameter()) + " pixels"));
		rows.add(List.of("SHA-256", "<code>" + text(f.sha256()) + "</code>"));
		return section("Data", "<table class=\"facts\">\n" + rows.stream().map(r -> row("td", r)).collect(Collectors.joining()) + "</table>\n");
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

	private String split() {
		final SplitNames s = report.model().training().split();
		final Set<String> seen = new HashSet<>();
		// slices are named image:slice
		final Set<String> twice = Stream.of(s.train(), s.validation(), s.test()).flatMap(names -> names.stream().map(n -> n.replaceFirst(":\\d+$", ""))
			.distinct()) //
			.filter(n -> !seen.add(n)).collect(Collectors.toCollection(TreeSet::new));
		final String sentence = twice.isEmpty() ? "<p>No group is on two sides.</p>\n"
			: "<p class=\"warning\">On more than one side, so that scores are too good: " + text(String.join(", ", twice)) + "</p>\n";
		return section("Split", sentence + "<table class=\"facts\">\n" + names("Training", s.train()) + names("Validation", s
			.validation()) + names("Test", s.test()) + "</table>\n");
	}

	private static String names(final String part, final List<String> names) {
		final String list = names.stream().map(Html::text).collect(Collectors.joining(", "));
		final String shown = names.isEmpty() ? "none" : names.size() > FOLDED ? "<details><summary>show</summary>" + list + "</details>" : list;
		return row("td", List.of(part + " (" + names.size() + ")", shown));
	}

	private String repeat() {
		return section("Repeat this training", "<p>This macro line does it again, with the same data, version and seed:</p>\n<pre>" + text(report.model()
			.training().macro()) + "</pre>\n");
	}

	private String versions() {
		return section("Versions", "<table class=\"facts\">\n" + report.model().training().versions().entrySet().stream().map(e -> row("td", List.of(text(e
			.getKey()), text(e.getValue())))).collect(Collectors.joining()) + "</table>\n");
	}

	private static String section(final String title, final String content) {
		return "<section>\n<h2>" + title + "</h2>\n" + content + "</section>\n";
	}

	private static final String STYLE = """
		:root { --ink: #1d2329; --soft: #66707a; --line: #e3e7ea; --accent: #1f6fb4; }
		* { box-sizing: border-box; }
		body { margin: 0; background: #f5f6f7; color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
		main { max-width: 60rem; margin: 2.5rem auto; padding: 2.5rem 3.5rem; background: #fff; border: 1px solid var(--line); border-radius: 8px; }
		h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; overflow-wrap: anywhere; }
		h2 { font-size: 1.2rem; margin: 2.6rem 0 .6rem; padding-top: 1.2rem; border-top: 1px solid var(--line); }
		p { margin: .5rem 0; max-width: 44rem; }
		.meta, .small, figcaption, footer { color: var(--soft); font-size: .9rem; }
		.warning { max-width: none; margin: 0 0 1.6rem; padding: .9rem 1.2rem; background: #fdf0e6; border-left: 4px solid #d9541e; font-weight: 600; }
		.bars { margin: .9rem 0; }
		.bars div { display: grid; grid-template-columns: 14rem 1fr 4rem; gap: 1rem; align-items: center; margin: .45rem 0; }
		.track { height: 1rem; background: #eef1f3; border-radius: 3px; overflow: hidden; }
		.track i { display: block; height: 100%; background: #b4bcc4; }
		.network { font-weight: 600; }
		.network .track i { background: var(--accent); }
		table { border-collapse: collapse; margin: .8rem 0; font-size: .93rem; }
		th, td { text-align: left; vertical-align: top; padding: .32rem 1.1rem .32rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
		th { color: var(--soft); font-weight: 600; overflow-wrap: normal; }
		.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
		.scores, .settings { width: 100%; }
		.scores th:nth-child(n+3) { text-align: right; } .scores td:nth-child(-n+2) { text-align: left; }
		.settings td:nth-child(1), .facts td:nth-child(1) { white-space: nowrap; }
		.settings td:nth-child(-n+2), .facts td { text-align: left; white-space: normal; }
		.facts td:nth-child(1) { color: var(--soft); min-width: 9rem; }
		code, pre { font-family: ui-monospace, Consolas, Menlo, "DejaVu Sans Mono", monospace; font-size: .88em; }
		pre { padding: .9rem 1.1rem; background: #f5f6f7; border-radius: 5px; white-space: pre-wrap; overflow-wrap: anywhere; }
		figure { margin: 1.1rem 0; }
		img { max-width: 100%; height: auto; display: block; }
		.label { color: #1d9c30; } .prediction { color: #d414c4; }
		footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
		@media (max-width: 45rem) {
		  main { margin: 0; padding: 1.2rem; border: 0; }
		  .bars div { grid-template-columns: 1fr 4rem; } .bars .track { grid-row: 2; }
		}
		@media print { body { background: #fff; } main { border: 0; margin: 0; padding: 0; max-width: none; } section { break-inside: avoid; } }
		""";
}
