package sc.fiji.glia.task.report;

import java.nio.file.Path;

/**
 * Writes what a training leaves behind: {@code history.csv}, {@code loss_curve.png}, {@code dice_curve.png},
 * {@code sample_predictions/NN_name.png} and {@code report.html}.
 */
public final class ResultsFolder {

	private ResultsFolder() {}

	/**
	 * Makes the folder if it does not exist and checks that files can be written to it, before a training starts.
	 *
	 * @throws IllegalArgumentException if that is impossible; the message names the folder
	 */
	public static void prepare(final Path folder) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Writes everything, replacing files of an earlier training. Each file appears as a whole or not at all.
	 *
	 * @throws java.io.UncheckedIOException if a file cannot be written; the message names it
	 */
	public static void write(final Path folder, final TrainingReport report) {
		throw new UnsupportedOperationException();
	}
}
