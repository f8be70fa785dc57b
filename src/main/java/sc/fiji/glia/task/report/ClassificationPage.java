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
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import sc.fiji.glia.data.ClassBaselines;
import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.data.score.Metric;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.Training;

/**
 * {@code report.html} of a classification: one page without anything outside it.
 *
 * @param report what to tell
 * @param pictures the confusion matrix, ROC, reliability and mistakes, by file
 * @param curves pictures of the curves; none after judging a model that was there before
 */
record ClassificationPage(ClassificationReport report, List<Picture> pictures, List<Picture> curves) {

	/** Names of groups shown of each side of the split. */
	private static final int NAMES = 200;
	private static final String EXACT = "of a share of 1 or 0, exact ones.";
	private static final Map<String, String> NAMES_OF_METRICS = Map.of("macro_precision", "precision, mean of the classes", "macro_recall",
		"recall, mean of the classes", "macro_specificity", "specificity, mean of the classes", "macro_f1", "F1, mean of the classes", "macro_auc",
		"AUC, mean of the classes", "log_loss", "log loss", "brier", "Brier score", "ece", "expected calibration error");

	/** The page. */
	String html() {
		final List<String> sections = new ArrayList<>(List.of(scores(), folds(), byClass(), picture("confusion.png", "Confusion matrix",
			"Rows are the classes that images have, columns those they are given. Shades and percentages are shares of the row."), picture("roc.png",
				"ROC", "Share of a class that is found against the share of other images that are taken for it, for all thresholds of its probability." + (report
					.scores().classes().size() > ClassificationPlots.MOST_CURVES ? " Only the " + ClassificationPlots.MOST_CURVES + " classes with the smallest area are shown." : "")),
			calibration(), mistakes(), Html.pictures("Curves", "", curves)));
		report.evaluation().ifPresentOrElse(e -> sections.addAll(evaluated(e)), () -> report.model().ifPresentOrElse(m -> sections.addAll(trained(m)),
			() -> sections.add(data(List.of()))));
		final String lede = report.verdict().stream().map(s -> "<p class=\"warning\">" + text(s) + "</p>\n").collect(Collectors.joining());
		return Page.html(report.title(), lede, meta(), sections);
	}

	private String meta() {
		return report.evaluation().map(e -> "Evaluation report &middot; " + text(e.date()) + " &middot; " + report.scores().size() + " images &middot; " +
			text(e.model())).orElseGet(() -> "Training report" + report.model().map(m -> " &middot; " + new TrainingSections(m.training()).meta()).orElse(""));
	}

	// -- scores --

	private String scores() {
		final ClassificationScores s = report.scores();
		final String of = switch (report.judgedOn()) {
			case FOLDS -> " of all " + s.size() + " images, each judged by a network that was not fitted to it:";
			case GIVEN -> " of the " + s.size() + " images:";
			default -> " of the " + s.size() + " " + report.judgedOn().label() + " images:";
		};
		final StringBuilder rows = new StringBuilder();
		report.metrics().stream().filter(this::isListed).forEach(m -> rows.append(row("td", List.of(text(NAMES_OF_METRICS.getOrDefault(m.name(), m.name()
			.replace('_', ' '))), score(m.value()),
			interval(m)))));
		return Html.section("Score", "<p>Accuracy" + of + "</p>\n" + bars("accuracy", ClassBaselines.Score::accuracy) +
			"<p>Balanced accuracy, the mean recall of the classes:</p>\n" + bars("balanced_accuracy", ClassBaselines.Score::balancedAccuracy) +
			"<p class=\"small\">" + means() + " Lines in bars and numbers in brackets: 95 % intervals by resampling " + (s.isGrouped() ? "whole groups of images"
				: "images") + "; " + EXACT + " " + rule() + "</p>\n<table>\n" +
			rows + "</table>\n" + report.notes().stream().map(n -> "<p>" + text(n) + "</p>\n").collect(Collectors.joining()));
	}

	/** Which classes means are of. */
	private String means() {
		final long with = report.scores().perClass().stream().filter(c -> c.support() > 0).count(), all = report.scores().classes().size();
		return "An image is given the class of the highest probability. Means are over the " + (with == all ? "" : with + " of " + all +
			" ") + "classes that have images here; one that no image is given counts with precision 0.";
	}

	private String rule() {
		if (report.baselines().scores().isEmpty()) return "No trivial baselines were computed.";
		return report.scores().onlyClass().isPresent() ? "With images of one class only, baselines are not compared." : text(BaselineMatch.RULE);
	}

	private String bars(final String name, final ToDoubleFunction<ClassBaselines.Score> measure) {
		final StringBuilder b = new StringBuilder("<div class=\"bars wide\">\n");
		Html.bar(b, "network", "This network", report.metric(name));
		for (final ClassBaselines.Score s : report.baselines().scores()) Html.bar(b, "baseline", "Baseline: " + s.name(), measure.applyAsDouble(s));
		return b.append("</div>\n").toString();
	}

	/** Those of the bars and of single classes have their places. */
	private boolean isListed(final Metric m) {
		return !m.name().equals("accuracy") && !m.name().equals("balanced_accuracy") && !m.name().contains(": ");
	}

	private static String interval(final Metric m) {
		return Double.isFinite(m.low()) && Double.isFinite(m.high()) ? "<span class=\"low\">[" + score(m.low()) + " to " + score(m.high()) + "]</span>" : "";
	}

	private String folds() {
		if (report.folds().isEmpty()) return "";
		final StringBuilder rows = new StringBuilder(head("Fold", "Images", "Accuracy", "Balanced accuracy"));
		for (final ClassificationReport.Fold f : report.folds()) rows.append("<tr><td>").append(f.number()).append("</td>").append(cell("" + f.images()))
			.append(cell(score(f.accuracy()))).append(cell(score(f.balancedAccuracy()))).append("</tr>\n");
		rows.append("<tr><td>Mean \u00b1 standard deviation</td>").append(cell("")).append(cell(spread(ClassificationReport.Fold::accuracy))).append(cell(
			spread(ClassificationReport.Fold::balancedAccuracy))).append("</tr>\n");
		return Html.section("Cross-validation", "<p>Each fold was judged by a network trained on the others.</p>\n<table class=\"classes\">\n" + rows +
			"</table>\n");
	}

	private String spread(final ToDoubleFunction<ClassificationReport.Fold> measure) {
		final double[] values = report.folds().stream().mapToDouble(measure).filter(Double::isFinite).toArray();
		final double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(Double.NaN);
		final double squares = IntStream.range(0, values.length).mapToDouble(i -> (values[i] - mean) * (values[i] - mean)).sum();
		return score(mean) + (values.length > 1 ? " \u00b1 " + score(Math.sqrt(squares / (values.length - 1))) : "");
	}

	private String byClass() {
		final StringBuilder rows = new StringBuilder(head("Class", "Images", "Precision", "Recall", "Specificity", "F1", "AUC"));
		for (final ClassificationScores.ClassScore c : report.scores().perClass()) {
			rows.append("<tr><td>").append(text(c.name())).append("</td>").append(cell("" + c.support())) //
				.append(cell(c.name(), "precision", c.precision())).append(cell(c.name(), "recall", c.recall())) //
				.append(cell(c.name(), "specificity", c.specificity())).append(cell(c.name(), "f1", c.f1())) //
				.append(cell(c.name(), "auc", c.auc())).append("</tr>\n");
		}
		return Html.section("By class", "<p>Each class against all others. Recall is also called sensitivity." + (report.scores().perClass().stream().anyMatch(
			ClassificationPage::isPartlyUndefined) ? " A dash: not defined, as the recall of a class without images or the precision of one that no image is given." : "") +
			"</p>\n<table class=\"classes\">\n" + rows +
			"</table>\n");
	}

	private static boolean isPartlyUndefined(final ClassificationScores.ClassScore c) {
		return DoubleStream.of(c.precision(), c.recall(), c.specificity(), c.f1(), c.auc()).anyMatch(Double::isNaN);
	}

	private String cell(final String name, final String measure, final double value) {
		return cell(score(value) + interval(report.metric(measure + ": " + name)));
	}

	private static String cell(final String content) {
		return "<td class=\"n\">" + content + "</td>";
	}

	private static String head(final String first, final String... others) {
		return "<tr><th>" + first + "</th>" + List.of(others).stream().map(o -> "<th class=\"n\">" + o + "</th>").collect(Collectors.joining()) + "</tr>\n";
	}

	// -- pictures --

	private String picture(final String file, final String title, final String intro) {
		return pictures.stream().filter(p -> p.file().equals(file)).map(p -> Html.section(title, "<p>" + intro + "</p>\n<figure>" + Html.image(p.png(), p
			.caption()) + "</figure>\n")).findFirst().orElse("");
	}

	private String calibration() {
		final double error = report.scores().reliability().error();
		final String errors = report.calibration().map(c -> "Expected calibration error: " + score(c.before().error()) + " as the network gives it, " + score(
			error) + " with its logits divided by " + number(c.temperature()) + " (temperature scaling, fitted to validation images" + (report
				.judgedOn() == ClassificationReport.JudgedOn.VALIDATION ? ": these very ones" : "") + "; all other numbers here are with it).").orElseGet(
					() -> "Expected calibration error: " + score(error) + ".");
		return picture("reliability.png", "Calibration", "How often the network is right when it is so sure. Below the diagonal it is too sure. " + errors);
	}

	private String mistakes() {
		final int wrong = report.scores().mistakes().length, all = report.scores().size();
		if (wrong == 0) return Html.section("Mistakes", "<p>None of the " + all + " images is given a wrong class.</p>\n");
		final int shown = Math.min(ClassificationReport.MOST_MISTAKES, report.mistakes().size());
		final String sentence = String.format(Locale.ROOT, "%d of %d images (%.1f %%) %s given a wrong class.", wrong, all, 100.0 * wrong / all, wrong == 1
			? "is" : "are");
		if (shown == 0) return Html.section("Mistakes", "<p>" + sentence + " They are in predictions.csv.</p>\n");
		return picture("mistakes.png", "Mistakes", sentence + (shown < wrong ? " The " + shown + " that the network was surest of; all are in predictions.csv."
			: " The surest come first."));
	}

	// -- where it comes from --

	private List<String> trained(final Model model) {
		final TrainingSections sections = new TrainingSections(model.training());
		return List.of(sections.settings(), data(of(model)), sections.split(n -> n, NAMES), sections.repeat(), sections.versions());
	}

	private List<String> evaluated(final ClassificationReport.Evaluation e) {
		return List.of(data(List.of()), report.model().map(m -> network(e, m)).orElse(""), Html.section("Settings", TrainingSections.facts(e.settings())), Html
			.section("Repeat this evaluation", "<p>This macro line does it again, with the same images and model:</p>\n<pre>" + text(e.macro()) + "</pre>\n"),
			Html.section("Versions", TrainingSections.facts(e.versions())));
	}

	private static String network(final ClassificationReport.Evaluation e, final Model model) {
		final Training t = model.training();
		final TrainingSections sections = new TrainingSections(t);
		final List<List<String>> rows = new ArrayList<>(List.of(List.of("Model", text(e.model())), List.of("Trained", sections.meta()), List.of("Classes", text(
			String.join(", ", model.classes())))));
		t.scores().forEach((name, value) -> rows.add(List.of(text("At training: " + name), score(value))));
		return Html.section("The network", Html.facts(rows) + "<details><summary>How it was trained</summary>\n" + sections.settingsTable() + "<pre>" + text(t
			.macro()) + "</pre>\n" + Html.facts(of(model)) + "</details>\n");
	}

	private static List<List<String>> of(final Model model) {
		final List<List<String>> rows = new ArrayList<>(TrainingSections.images(model));
		rows.add(TrainingSections.values(model.training().fingerprint()));
		rows.add(TrainingSections.hash(model.training().fingerprint()));
		return rows;
	}

	/** Images of each class, then facts. */
	private String data(final List<List<String>> more) {
		final List<String> classes = report.scores().classes();
		final StringBuilder rows = new StringBuilder(head("Class", report.counts().stream().map(c -> text(c.part())).toArray(String[]::new)));
		for (int c = 0; c < classes.size(); c++) {
			rows.append("<tr><td>").append(text(classes.get(c))).append("</td>");
			for (final ClassificationReport.ClassCounts n : report.counts()) rows.append(cell("" + n.images().get(c)));
			rows.append("</tr>\n");
		}
		rows.append("<tr><td>All</td>");
		for (final ClassificationReport.ClassCounts n : report.counts()) rows.append(cell("" + n.images().stream().mapToInt(i -> i).sum()));
		final List<List<String>> facts = new ArrayList<>();
		for (final Map.Entry<String, String> f : report.facts().entrySet()) facts.add(List.of(text(f.getKey()), text(f.getValue())));
		facts.addAll(more);
		final String counts = report.counts().isEmpty() ? "" : "<p>Images of each class:</p>\n<table class=\"classes\">\n" + rows + "</tr>\n</table>\n";
		return counts.isEmpty() && facts.isEmpty() ? "" : Html.section("Data", counts + (facts.isEmpty() ? "" : Html.facts(facts)));
	}
}
