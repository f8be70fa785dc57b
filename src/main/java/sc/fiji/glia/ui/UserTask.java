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
package sc.fiji.glia.ui;

import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import ij.plugin.frame.RoiManager;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.task.AboutGlia;
import sc.fiji.glia.task.CheckGradients;
import sc.fiji.glia.task.ChooseEngine;
import sc.fiji.glia.task.ClassifyImages;
import sc.fiji.glia.task.EvaluateClassification;
import sc.fiji.glia.task.EvaluateSegmentation;
import sc.fiji.glia.task.ExplainClassification;
import sc.fiji.glia.task.MeasureSpeed;
import sc.fiji.glia.task.SegmentStack;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.task.TrainClassification;
import sc.fiji.glia.task.TrainSegmentation;
import sc.fiji.glia.task.Told;
import sc.fiji.glia.task.Trained;
import sc.fiji.glia.task.TrainingProgress;
import sc.fiji.glia.task.Values;
import sc.fiji.glia.task.report.ClassificationPlots;
import sc.fiji.glia.task.report.ClassificationReport;
import sc.fiji.glia.task.report.ClassificationTables;

/**
 * A task as both fronts offer it: run for someone at ImageJ, with progress, Esc, and its tables shown. Needs neither SciJava nor imglib2 before it
 * runs, so that plain ImageJ can load it.
 *
 * @param name argument in plugins.config
 * @param settings what it takes
 * @param details keys that most users leave alone; a dialog may put them aside
 * @param isAlone whether it takes the memory and cores for itself, so that no other such task may run
 * @param work what it does; the new image is left to the front to show
 */
public record UserTask(String name, Settings settings, List<String> details, boolean isAlone, Work work) {

	/** What a task does with checked values and the image they name, if any; gives the new image, if any. */
	@FunctionalInterface
	public interface Work {

		/**
		 * @throws IllegalArgumentException for what the user can mend
		 * @throws java.io.UncheckedIOException for files
		 * @throws CancellationException if the user has cancelled
		 */
		Optional<ImagePlus> run(Values values, Optional<ImagePlus> image);
	}

	/** A task that may run beside others. */
	public UserTask(final String name, final Settings settings, final List<String> details, final Work work) {
		this(name, settings, details, false, work);
	}

	/** @throws java.util.NoSuchElementException if one of the details is no key of the settings */
	public UserTask {
		details = List.copyOf(details);
		details.forEach(settings::get);
	}

	/** Trains a network. */
	public static final UserTask TRAIN = new UserTask("train", TrainSegmentation.SETTINGS, List.of("groups", "values", "network", "channels", "loss",
		"optimizer", "rate", "batch", "schedule", "augment", "validation", "patience", "seed", "start"), true, UserTask::train);
	/** Segments an image. */
	public static final UserTask SEGMENT = new UserTask("segment", SegmentStack.SETTINGS, List.of(), (v, image) -> segment(v, image.orElseThrow()));
	/** Judges a segmentation. */
	public static final UserTask EVALUATE = new UserTask("evaluate", EvaluateSegmentation.SETTINGS, List.of(), (v, image) -> evaluate(v, image
		.orElseThrow()));

	/** Trains a network that gives whole images a class. */
	public static final UserTask TRAIN_CLASSIFICATION = new UserTask("trainclassification", TrainClassification.SETTINGS, List.of("groups", "skip",
		"size", "prepare", "loss", "optimizer", "rate", "batch", "schedule", "augment", "validation", "folds", "patience", "seed", "start", "freeze"),
		true, UserTask::trainClassification);
	/** Classifies images. */
	public static final UserTask CLASSIFY = new UserTask("classify", ClassifyImages.SETTINGS, List.of(), UserTask::classify);
	/** Judges a classification network. */
	public static final UserTask EVALUATE_CLASSIFICATION = new UserTask("evaluateclassification", EvaluateClassification.SETTINGS, List.of(),
		UserTask::evaluateClassification);
	/** Shows what spoke for a class. */
	public static final UserTask EXPLAIN = new UserTask("explain", ExplainClassification.SETTINGS, List.of(), (v, image) -> explain(v, image.orElseThrow()));
	/** Holds gradients against differences of the loss. */
	public static final UserTask GRADIENTS = new UserTask("gradients", CheckGradients.SETTINGS, List.of(), (v, image) -> checkGradients(v));

	/** Chooses where networks are computed. */
	public static final UserTask ENGINE = new UserTask("engine", ChooseEngine.SETTINGS, List.of(), (v, image) -> engine(v));

	/** Measures how fast this computer is. */
	public static final UserTask BENCHMARK = new UserTask("benchmark", MeasureSpeed.SETTINGS, List.of(), true, (v, image) -> benchmark(v));

	/** Says what this Glia is, and where and with which kernels it computes. */
	public static final UserTask ABOUT = new UserTask("about", AboutGlia.SETTINGS, List.of(), (v, image) -> about());

	/** All tasks, in the order of the menu. */
	public static final List<UserTask> ALL = List.of(TRAIN, SEGMENT, EVALUATE, TRAIN_CLASSIFICATION, CLASSIFY, EVALUATE_CLASSIFICATION, EXPLAIN, GRADIENTS,
		ENGINE, BENCHMARK, ABOUT);

	/** NB: a process has one lot of memory and cores; whoever trains holds the permit. */
	private static final Semaphore TRAINING = new Semaphore(1);

	/** @throws IllegalArgumentException if there is no such task */
	public static UserTask named(final String name) {
		return ALL.stream().filter(t -> t.name.equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException("No task is called '" + name +
			"', only " + Arrays.toString(ALL.stream().map(UserTask::name).toArray())));
	}

	/** @throws IllegalArgumentException if the task would have to wait for another */
	public void requireFree() {
		if (isAlone && TRAINING.availablePermits() == 0) throw busy();
	}

	private static IllegalArgumentException busy() {
		return new IllegalArgumentException("Another training is running. Wait for its end, or finish it in its window, and try again");
	}

	private static Optional<ImagePlus> train(final Values values, final Optional<ImagePlus> image) {
		train(values, progress -> {
			final Trained r = TrainSegmentation.run(values, image, progress);
			finish(r.history(), r.model());
		});
		return Optional.empty();
	}

	private static Optional<ImagePlus> trainClassification(final Values values, final Optional<ImagePlus> image) {
		train(values, progress -> {
			final Trained r = TrainClassification.run(values, image, progress);
			finish(r.history(), r.model());
		});
		return Optional.empty();
	}

	/** Trains with a window, and a block of lines in the log at the end; without a screen, with lines in the log. */
	private static void train(final Values values, final Consumer<TrainingProgress> training) {
		exclusively(() -> {
			IJ.resetEscape();
			if (GraphicsEnvironment.isHeadless()) training.accept(new TrainingText(IJ::log));
			else {
				final boolean isMacro = MacroCall.isMacro(values.settings().label());
				final TrainingWindow window = new TrainingWindow(message -> isMacro ? message : DialogWords.of(values.settings(), message), IJ::log);
				try {
					training.accept(window);
					if (isMacro && window.signal() == Signal.CANCEL) throw new CancellationException("Training cancelled");
				}
				finally {
					// NB: a macro that trains in a loop must not leave a window for each round
					if (isMacro) window.close();
					else window.toFront();
				}
			}
		});
	}

	private static void finish(final ResultsTable history, final Path model) {
		show(history, "Glia Training");
		// NB: a training that ends within a cross-validation writes none
		IJ.showStatus(Files.isRegularFile(model) ? "The model is in " + model : "No model was written");
	}

	/** @throws IllegalArgumentException if a training is running */
	static void exclusively(final Runnable training) {
		if (!TRAINING.tryAcquire()) throw busy();
		try {
			training.run();
		}
		finally {
			TRAINING.release();
		}
	}

	private static Optional<ImagePlus> segment(final Values values, final ImagePlus image) {
		final boolean isManaged = values.isOn("manager");
		if (isManaged && GraphicsEnvironment.isHeadless()) throw new IllegalArgumentException(
			"manager: there is no ROI Manager without a screen. Use overlay, which is saved with the image");
		IJ.resetEscape();
		IJ.showStatus("Glia: segmenting (Esc cancels)");
		final SegmentStack.Result result;
		try {
			result = SegmentStack.run(values, image, watch());
		}
		finally {
			IJ.showProgress(1.0);
		}
		if (isManaged) addToManager(image, result.rois());
		if (values.isOn("overlay")) image.updateAndDraw();
		show(result.table(), "Glia Segmentation");
		IJ.showStatus("Segmented by " + result.kernels());
		return result.output();
	}

	/** Appends, and leaves what is there; NB: {@code addRoi} would overwrite the positions, and a number other than -1 goes before the names in the list. */
	private static void addToManager(final ImagePlus image, final List<Roi> rois) {
		final RoiManager manager = RoiManager.getRoiManager();
		for (final Roi roi : rois) manager.add(image, roi, -1);
	}

	private static Optional<ImagePlus> evaluate(final Values values, final ImagePlus image) {
		show(EvaluateSegmentation.run(values, image), "Glia Evaluation");
		return Optional.empty();
	}

	private static Optional<ImagePlus> classify(final Values values, final Optional<ImagePlus> image) {
		IJ.resetEscape();
		final ClassifyImages.Result result;
		try {
			result = ClassifyImages.run(values, image, watch());
		}
		finally {
			IJ.showProgress(1.0);
		}
		if (values.isOn("overlay")) image.ifPresent(ImagePlus::updateAndDraw);
		result.notes().forEach(IJ::log);
		show(result.table(), "Glia Classification");
		IJ.showStatus("Classified by " + result.kernels());
		return Optional.empty();
	}

	/** Shows how far a task is, and hears Esc. */
	private static Watch watch() {
		return new Told(message -> IJ.showStatus(message + " (Esc cancels)"), IJ::showProgress, IJ::escapePressed);
	}

	/** NB: the table of the scores comes last, so that without a screen it is the results table. */
	private static Optional<ImagePlus> evaluateClassification(final Values values, final Optional<ImagePlus> image) {
		IJ.resetEscape();
		final EvaluateClassification.Result result;
		try {
			result = EvaluateClassification.run(values, image, watch());
		}
		finally {
			IJ.showProgress(1.0);
		}
		final ClassificationReport report = result.report();
		result.summary().lines().forEach(IJ::log);
		// NB: a macro goes on with the image that was active
		if (!GraphicsEnvironment.isHeadless()) ImageWindows.show(List.of(ClassificationPlots.roc(report.scores()), ClassificationPlots.reliability(report.scores()
			.reliability(), report.calibration().map(ClassificationReport.Calibration::before))), image);
		show(ClassificationTables.confusion(report.scores()), "Glia Confusion");
		show(ClassificationTables.metrics(report), "Glia Evaluation");
		IJ.showStatus("Judged by " + result.kernels());
		return Optional.empty();
	}

	private static Optional<ImagePlus> explain(final Values values, final ImagePlus image) {
		IJ.resetEscape();
		IJ.showStatus("Glia: explaining (Esc cancels)");
		final ExplainClassification.Result result;
		try {
			result = ExplainClassification.run(values, image, watch());
		}
		finally {
			IJ.showProgress(1.0);
		}
		if (result.output().isEmpty()) image.updateAndDraw();
		result.notes().forEach(IJ::log);
		show(result.table(), "Glia Explanation");
		IJ.showStatus("Explained by " + result.kernels());
		return result.output();
	}

	/** NB: the table is shown first, so that it says what is wrong. */
	private static Optional<ImagePlus> checkGradients(final Values values) {
		IJ.resetEscape();
		IJ.showStatus("Checking gradients...");
		try {
			final CheckGradients.Result result = CheckGradients.run(values, IJ::showProgress, IJ::escapePressed);
			show(result.table(), "Glia Gradients");
			result.requireOk();
			IJ.showStatus(result.summary());
		}
		finally {
			IJ.showProgress(1.0);
		}
		return Optional.empty();
	}

	private static Optional<ImagePlus> engine(final Values values) {
		ChooseEngine.run(values);
		IJ.showStatus("Glia computes networks: " + presentEngine());
		return Optional.empty();
	}

	/** Where networks are computed at present. */
	public static String presentEngine() {
		return ChooseEngine.present();
	}

	/** NB: a training beside it would make both slow. */
	private static Optional<ImagePlus> benchmark(final Values values) {
		exclusively(() -> {
			IJ.resetEscape();
			IJ.showStatus("Measuring for about " + values.whole("seconds") + " s...");
			try {
				final MeasureSpeed.Result result = MeasureSpeed.run(values, IJ::showProgress, IJ::escapePressed);
				show(result.table(), "Glia Benchmark");
				tell("benchmark", MeasureSpeed.SETTINGS.title(), "What trainings will do here:", result.text());
			}
			finally {
				IJ.showProgress(1.0);
				IJ.showStatus("");
			}
		});
		return Optional.empty();
	}

	private static Optional<ImagePlus> about() {
		tell("about", AboutGlia.SETTINGS.title(), "For questions and reports of errors, copy this:", AboutGlia.lines());
		return Optional.empty();
	}

	/** Shows lines in a window that nobody has to wait for; without a screen, in the log. */
	private static void tell(final String name, final String title, final String caption, final List<String> lines) {
		if (GraphicsEnvironment.isHeadless()) lines.stream().filter(l -> !l.isEmpty()).forEach(IJ::log);
		else EventQueue.invokeLater(() -> {
			final TextWindow window = new TextWindow(name, title, caption, String.join("\n", lines), 2 * lines.size());
			window.setLocationRelativeTo(IJ.getInstance());
			window.setVisible(true);
		});
	}

	/** Shows a table in its own window; without a screen it becomes ImageJ's results table, where {@code getResult} finds it. */
	private static void show(final ResultsTable table, final String title) {
		if (GraphicsEnvironment.isHeadless()) Analyzer.setResultsTable(table);
		else table.show(title);
	}
}
