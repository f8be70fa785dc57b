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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import sc.fiji.glia.model.AtomicFile;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.Training;

/**
 * The folder that a training or a judging of a classification network leaves behind: metrics.csv, confusion.csv, predictions.csv, confusion.png, roc.png,
 * reliability.png, mistakes.png, report.html; after a training also history.csv, loss_curve.png and accuracy_curve.png. {@link ResultsFolder#prepare}
 * makes the folder beforehand.
 */
public final class ClassificationResults {

	private static final String CONFUSION = "confusion.png", ROC = "roc.png", RELIABILITY = "reliability.png", MISTAKES = "mistakes.png";

	private ClassificationResults() {}

	/**
	 * Writes everything, replacing the files of an earlier run; a picture of one that there is nothing to draw for this time is deleted. Each file
	 * appears as a whole or not at all.
	 *
	 * @throws UncheckedIOException if a file cannot be written; the message names it
	 */
	public static void write(final Path folder, final ClassificationReport report) {
		ResultsFolder.prepare(folder);
		final List<Picture> pictures = pictures(report), curves = curves(report);
		training(report).ifPresent(t -> HistoryCsv.write(folder, t.history(), t.bestEpoch(), "Accuracy"));
		AtomicFile.write(folder.resolve("metrics.csv"), ClassificationTables.metricRows(report).csv());
		AtomicFile.write(folder.resolve("confusion.csv"), ClassificationTables.confusionRows(report.scores()).csv());
		AtomicFile.write(folder.resolve("predictions.csv"), ClassificationTables.predictionRows(report).csv());
		for (final String file : List.of(ROC, MISTAKES)) {
			if (pictures.stream().noneMatch(p -> p.file().equals(file))) delete(folder.resolve(file));
		}
		Stream.concat(pictures.stream(), curves.stream()).forEach(p -> AtomicFile.write(folder.resolve(p.file()), p.png()));
		AtomicFile.write(folder.resolve(ResultsFolder.REPORT), new ClassificationPage(report, pictures, curves).html());
	}

	/** The page alone. */
	static String page(final ClassificationReport report) {
		return new ClassificationPage(report, pictures(report), curves(report)).html();
	}

	/** The training that the report is of, if it is of one. */
	private static Optional<Training> training(final ClassificationReport report) {
		return report.evaluation().isPresent() ? Optional.empty() : report.model().map(Model::training);
	}

	private static List<Picture> curves(final ClassificationReport report) {
		return training(report).map(t -> Curve.of("Accuracy").stream().map(c -> new Picture(c.file(), c.label(), c.draw(t.history(), t.bestEpoch())))
			.toList()).orElse(List.of());
	}

	private static List<Picture> pictures(final ClassificationReport report) {
		final List<Picture> pictures = new ArrayList<>();
		pictures.add(new Picture(CONFUSION, "Confusion matrix", ConfusionPicture.draw(report.scores().classes(), report.scores().confusion())));
		if (report.scores().perClass().stream().anyMatch(c -> Double.isFinite(c.auc()))) pictures.add(new Picture(ROC, "ROC", ClassificationPlots.roc(report
			.scores()).getProcessor().getBufferedImage()));
		pictures.add(new Picture(RELIABILITY, "Reliability", ClassificationPlots.reliability(report.scores().reliability(), report.calibration().map(
			ClassificationReport.Calibration::before)).getProcessor().getBufferedImage()));
		if (!report.mistakes().isEmpty()) pictures.add(new Picture(MISTAKES, "Mistakes", MistakesMontage.draw(report.mistakes())));
		return pictures;
	}

	private static void delete(final Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot delete '" + file + "' of an earlier run. Choose another results folder.", e);
		}
	}
}
