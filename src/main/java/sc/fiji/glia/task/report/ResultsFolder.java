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
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.model.AtomicFile;

/**
 * Writes what a training leaves behind: {@code history.csv}, {@code loss_curve.png}, {@code dice_curve.png},
 * {@code sample_predictions/NN_name.png} and {@code report.html}. Works without a screen.
 */
public final class ResultsFolder {

	/** Name of the page. */
	public static final String REPORT = "report.html";
	private static final String PREDICTIONS = "sample_predictions";
	/** Longest name of a sample in a file's name. */
	private static final int LONGEST_NAME = 80;

	private ResultsFolder() {}

	/**
	 * Makes the folder if it does not exist and checks that files can be written to it, before a training starts.
	 *
	 * @return whether the folder was made
	 * @throws IllegalArgumentException if that is impossible; the message names the folder
	 */
	public static boolean prepare(final Path folder) {
		final boolean isNew = !Files.exists(folder);
		try {
			Files.createDirectories(folder);
		}
		catch (final IOException e) {
			throw new IllegalArgumentException("Cannot make the results folder '" + folder + "'. Choose a folder that you may write to.", e);
		}
		AtomicFile.checkWritable(folder.resolve(REPORT));
		return isNew;
	}

	/** Deletes the folder if nothing is in it; for one that was made for a training of which nothing came. */
	public static void removeIfEmpty(final Path folder) {
		try {
			Files.deleteIfExists(folder);
		}
		catch (final DirectoryNotEmptyException e) {
			// NB: as it should be
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The empty results folder '" + folder + "' cannot be deleted", e);
		}
	}

	/**
	 * Writes everything, replacing the files of an earlier training, sample predictions too. Each file appears as a whole or not at all.
	 *
	 * @throws UncheckedIOException if a file cannot be written; the message names it
	 */
	public static void write(final Path folder, final TrainingReport report) {
		prepare(folder);
		final List<EpochRecord> history = report.model().training().history();
		final int best = report.model().training().bestEpoch();
		HistoryCsv.write(folder, history, best, "Dice");
		final List<Picture> curves = new ArrayList<>(), predictions = new ArrayList<>();
		for (final Curve c : Curve.of("Dice")) curves.add(new Picture(c.file(), c.label(), c.draw(history, best)));
		for (final Preview p : report.previews()) predictions.add(new Picture(PREDICTIONS + "/" + fileName(predictions.size() + 1, p.name()), p.name(),
			PredictionPanel.draw(p)));
		clear(folder.resolve(PREDICTIONS));
		Stream.concat(curves.stream(), predictions.stream()).forEach(p -> AtomicFile.write(folder.resolve(p.file()), p.png()));
		AtomicFile.write(folder.resolve(REPORT), new ReportPage(report, curves, predictions).html());
	}

	/** A name that every file system takes. */
	static String fileName(final int number, final String name) {
		final String plain = name.replaceAll("[^\\p{L}\\p{N}._-]+", "_");
		return String.format(Locale.ROOT, "%02d_%s.png", number, plain.length() <= LONGEST_NAME ? plain : plain.substring(plain.length() - LONGEST_NAME));
	}

	/** Deletes the predictions of an earlier training, and nothing else. */
	private static void clear(final Path folder) {
		try {
			Files.createDirectories(folder);
			final List<Path> old;
			try (Stream<Path> files = Files.list(folder)) {
				old = files.filter(f -> f.getFileName().toString().matches("\\d{2,}_.*\\.png")).toList();
			}
			for (final Path f : old) Files.delete(f);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot write to the folder '" + folder + "'. Choose another results folder.", e);
		}
	}
}
