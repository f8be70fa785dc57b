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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

import sc.fiji.glia.data.Fingerprint;

/**
 * {@code report.html}: one page without anything outside it.
 *
 * @param report what to tell
 * @param curves pictures of the curves
 * @param predictions pictures of sample predictions
 */
record ReportPage(TrainingReport report, List<Picture> curves, List<Picture> predictions) {

	/** The page. */
	String html() {
		final TrainingSections sections = new TrainingSections(report.model().training());
		return Page.html(report.title(), lede(), "Training report &middot; " + sections.meta(), List.of(scores(), groups(), Html.pictures("Curves", "",
			curves), Html.pictures("Sample predictions",
				"<p>Outlines: <b class=\"label\">label</b> and <b class=\"prediction\">prediction</b> (probability of at least 0.5).</p>\n", predictions),
			// slices are named image:slice
			sections.settings(), data(), sections.split(n -> n.replaceFirst(":\\d+$", ""), Integer.MAX_VALUE), sections.repeat(), sections.versions()));
	}

	/** The names of the baselines that are as good as the network, by the same measure. */
	private List<String> matching() {
		final Map<String, Double> baselines = report.model().training().baselines();
		return baselines.entrySet().stream().filter(b -> !isAccuracy(b.getKey()) && b.getValue() >= report.score() - BaselineMatch.MARGIN).map(Entry::getKey).toList();
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
		Html.bar(bars, "network", "This network", report.score());
		final StringBuilder more = new StringBuilder();
		report.model().training().baselines().forEach((name, value) -> {
			if (isAccuracy(name)) more.append(row("td", List.of("baseline " + text(name), score(value))));
			else Html.bar(bars, "baseline", "Baseline: " + name, value);
		});
		report.model().training().scores().forEach((name, value) -> more.append(row("td", List.of(text(name), score(value)))));
		final String notes = report.notes().stream().map(n -> "<p>" + text(n) + "</p>\n").collect(Collectors.joining());
		return Html.section("Score", "<p>" + text(report.scoreName()) + ":</p>\n<div class=\"bars\">\n" + bars + "</div>\n<p class=\"small\">" + //
			text(report.emptyRule()) + "</p>\n" + (more.isEmpty() ? "" : "<table>\n" + more + "</table>\n") + notes);
	}

	private String groups() {
		if (report.groups().isEmpty()) return "";
		final StringBuilder rows = new StringBuilder();
		rows.append(row("th", List.of("Group", "Part", "Images", "Dice", "IoU", "Accuracy", "Sensitivity", "Specificity")));
		for (final GroupScore g : report.groups()) rows.append(row("td", List.of(text(g.group()), text(g.part()), "" + g.slices(), //
			score(g.dice()), score(g.iou()), score(g.accuracy()), score(g.sensitivity()), score(g.specificity()))));
		return Html.section("By volume", "<p>Each group of images (volume, patient) by itself, pooled over its pixels.</p>\n<table class=\"scores\">\n" + rows +
			"</table>\n");
	}

	private String data() {
		final Fingerprint f = report.model().training().fingerprint();
		final List<List<String>> rows = new ArrayList<>(TrainingSections.images(report.model()));
		rows.add(List.of("Foreground", number(100 * f.foregroundShare()) + " % of the pixels, in " + number(100 * f.foregroundSampleShare()) +
			" % of the images"));
		for (int i = 0; i < f.pixels().size(); i++) rows.add(List.of("Class " + i, (i < report.model().classes().size() ? text(report.model().classes().get(
			i)) + ": " : "") + String.format(Locale.ROOT, "%,d pixels", f.pixels().get(i))));
		if (f.ignored() > 0) rows.add(List.of("Not counted", String.format(Locale.ROOT, "%,d pixels", f.ignored())));
		rows.add(TrainingSections.values(f));
		if (f.objectDiameter() > 0) rows.add(List.of("Objects", "median diameter " + number(f.objectDiameter()) + " pixels"));
		rows.add(TrainingSections.hash(f));
		return Html.section("Data", Html.facts(rows));
	}
}
