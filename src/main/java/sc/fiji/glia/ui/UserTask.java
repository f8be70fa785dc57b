package sc.fiji.glia.ui;

import java.awt.GraphicsEnvironment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import ij.plugin.frame.RoiManager;
import sc.fiji.glia.task.EvaluateSegmentation;
import sc.fiji.glia.task.SegmentStack;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.task.TrainSegmentation;
import sc.fiji.glia.task.TrainingProgress;
import sc.fiji.glia.task.Values;

/**
 * A task as both fronts offer it: run for someone at ImageJ, with progress, Esc, and its tables shown. Needs neither SciJava nor imglib2 before it
 * runs, so that plain ImageJ can load it.
 *
 * @param name argument in plugins.config
 * @param settings what it takes
 * @param work what it does; the new image is left to the front to show
 */
public record UserTask(String name, Settings settings, Work work) {

	/** What a task does with checked values and the image they name, if any; gives the new image, if any. */
	@FunctionalInterface
	public interface Work {

		/**
		 * @throws IllegalArgumentException for what the user can mend
		 * @throws java.io.UncheckedIOException for files
		 * @throws java.util.concurrent.CancellationException if the user has cancelled
		 */
		Optional<ImagePlus> run(Values values, Optional<ImagePlus> image);
	}

	/** Trains a network. */
	public static final UserTask TRAIN = new UserTask("train", TrainSegmentation.SETTINGS, UserTask::train);
	/** Segments an image. */
	public static final UserTask SEGMENT = new UserTask("segment", SegmentStack.SETTINGS, (v, image) -> segment(v, image.orElseThrow()));
	/** Judges a segmentation. */
	public static final UserTask EVALUATE = new UserTask("evaluate", EvaluateSegmentation.SETTINGS, (v, image) -> evaluate(v, image.orElseThrow()));

	/** All tasks, in the order of the menu. */
	public static final List<UserTask> ALL = List.of(TRAIN, SEGMENT, EVALUATE);

	/** NB: a process has one lot of memory and cores; whoever trains holds the permit. */
	private static final Semaphore TRAINING = new Semaphore(1);

	/** @throws IllegalArgumentException if there is no such task */
	public static UserTask named(final String name) {
		return ALL.stream().filter(t -> t.name.equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException("No task is called '" + name +
			"', only " + Arrays.toString(ALL.stream().map(UserTask::name).toArray())));
	}

	private static Optional<ImagePlus> train(final Values values, final Optional<ImagePlus> image) {
		exclusively(() -> {
			final TrainSegmentation.Result result = TrainSegmentation.run(values, image, progress());
			show(result.history(), "Glia Training");
			IJ.showStatus("Model written to " + result.model());
		});
		return Optional.empty();
	}

	/** @throws IllegalArgumentException if a training is running */
	static void exclusively(final Runnable training) {
		if (!TRAINING.tryAcquire()) throw new IllegalArgumentException(
			"Another training is running. Wait for its end, or finish it in its window, and try again");
		try {
			training.run();
		}
		finally {
			TRAINING.release();
		}
	}

	/** Where the news of a training goes: a window, or the log if there is no screen or a macro has asked for no windows. */
	private static TrainingProgress progress() {
		return GraphicsEnvironment.isHeadless() || Interpreter.isBatchMode() ? new TrainingText(IJ::log) : new TrainingWindow();
	}

	private static Optional<ImagePlus> segment(final Values values, final ImagePlus image) {
		final boolean isManaged = values.isOn("manager");
		if (isManaged && GraphicsEnvironment.isHeadless()) throw new IllegalArgumentException(
			"manager: there is no ROI Manager without a screen. Use overlay, which is saved with the image");
		IJ.resetEscape();
		final SegmentStack.Result result;
		try {
			result = SegmentStack.run(values, image, IJ::showProgress, IJ::escapePressed);
		}
		finally {
			IJ.showProgress(1.0);
		}
		if (isManaged) addToManager(image, result.rois());
		if (values.isOn("overlay")) image.updateAndDraw();
		show(result.table(), "Glia Segmentation");
		return result.output();
	}

	/** Appends, and leaves what is there; NB: {@code addRoi} would overwrite the positions. */
	private static void addToManager(final ImagePlus image, final List<Roi> rois) {
		final RoiManager manager = RoiManager.getRoiManager();
		for (final Roi roi : rois) manager.add(image, roi, manager.getCount() + 1);
	}

	private static Optional<ImagePlus> evaluate(final Values values, final ImagePlus image) {
		show(EvaluateSegmentation.run(values, image), "Glia Evaluation");
		return Optional.empty();
	}

	/** Shows a table in its own window; without a screen it becomes ImageJ's results table, where {@code getResult} finds it. */
	private static void show(final ResultsTable table, final String title) {
		if (GraphicsEnvironment.isHeadless()) Analyzer.setResultsTable(table);
		else table.show(title);
	}
}
