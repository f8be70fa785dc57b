package sc.fiji.glia.task;

import java.util.List;

import sc.fiji.glia.engine.train.TrainingListener;
import sc.fiji.glia.task.report.Preview;

/** Where the news of a training goes: a window, the log, a test. Called on the training thread. */
public interface TrainingProgress extends TrainingListener {

	/**
	 * Called once, before the first step.
	 *
	 * @param title what is trained on, for a window's title
	 * @param epochs number of epochs at the most
	 * @param choices one line for each setting: its value and why it was chosen
	 * @param megabytes memory that the training needs, in MiB
	 * @param macro the macro line that repeats this training
	 */
	default void started(final String title, final int epochs, final List<String> choices, final long megabytes, final String macro) {}

	/** A word on what is being done, as in "reading 12 of 40". */
	default void status(final String message) {}

	/** Called after an epoch, with a validation image that has foreground. */
	default void preview(final Preview preview) {}

	/** Called once, at the end, however it ended; {@code message} says how. */
	default void ended(final String message) {}
}
