package sc.fiji.glia.task.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.model.AtomicFile;

/**
 * The history of a training as a table: one row for each epoch, columns {@value #HEADER}. The {@code best} row is the one whose weights
 * the model has. A number that does not exist is {@code NaN}.
 */
public final class HistoryCsv {

	/** First line. */
	public static final String HEADER = "epoch,rate,loss,dice,validation_loss,validation_dice,seconds,best";

	private HistoryCsv() {}

	/**
	 * Writes {@code history.csv} into a folder.
	 *
	 * @param bestEpoch the epoch whose weights the model has; 0 if there is none
	 * @throws java.io.UncheckedIOException if the file cannot be written; the message names it
	 */
	public static void write(final Path folder, final List<EpochRecord> history, final int bestEpoch) {
		AtomicFile.write(folder.resolve("history.csv"), text(history, bestEpoch).getBytes(StandardCharsets.UTF_8));
	}

	static String text(final List<EpochRecord> history, final int bestEpoch) {
		final StringBuilder s = new StringBuilder(HEADER).append('\n');
		for (final EpochRecord e : history) {
			s.append(e.epoch());
			for (final double d : new double[] { e.rate(), e.loss(), e.score(), e.validationLoss(), e.validationScore(), e.seconds() }) s.append(',').append(
				d);
			s.append(',').append(e.epoch() == bestEpoch).append('\n');
		}
		return s.toString();
	}
}
