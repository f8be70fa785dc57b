package sc.fiji.glia.task;

import static sc.fiji.glia.task.Setting.choice;
import static sc.fiji.glia.task.Setting.decimal;
import static sc.fiji.glia.task.Setting.image;
import static sc.fiji.glia.task.Setting.onOff;
import static sc.fiji.glia.task.Setting.path;
import static sc.fiji.glia.task.Setting.text;
import static sc.fiji.glia.task.Setting.title;
import static sc.fiji.glia.task.Setting.whole;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import sc.fiji.glia.data.Baselines;
import sc.fiji.glia.data.Confusion;
import sc.fiji.glia.data.EmptyRule;
import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.SegmentationScores;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.engine.train.TrainingListener;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.model.Preprocessing;
import sc.fiji.glia.model.SplitNames;
import sc.fiji.glia.model.Training;
import sc.fiji.glia.task.report.GroupScore;
import sc.fiji.glia.task.report.Preview;
import sc.fiji.glia.task.report.ResultsFolder;
import sc.fiji.glia.task.report.TrainingReport;
import java.util.Optional;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import sc.fiji.glia.task.Setting.Kind;

/** Trains a segmentation network on an image and its labels, or on a folder of pairs, and writes the model file. */
public final class TrainSegmentation {

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Train Segmentation Network...", "Plugins>Glia", List.of( //
		image("image", "Image", "Title of the image or stack to learn from; the active image if left out.").unless("folder"), //
		title("labels", "rois", List.of("rois"), "Labels",
			"Title of the open mask or label image that goes with the image, or rois for its overlay and the ROI Manager."), //
		path("folder", Kind.FOLDER, "Folder of pairs",
			"Folder to learn from instead of open images: X.tif with X_mask.tif at any depth, or images/ with masks/ or labels/."), //
		text("groups", "auto", "Groups",
			"What must not be split between training and validation: auto, slice, or the path of a CSV file with columns file or group, optional group and split."),
		choice("values", List.of("auto", "classes", "objects", "inverted"), "Label values",
			"Whether label values are classes or object numbers (objects train as one foreground class), or a mask is inverted: 0 is what to find."), //
		onOff("complete", "ROIs are complete",
			"True if the ROIs cover every object of all slices, so that whatever is not painted is background; otherwise slices without a ROI are left out and unpainted pixels count nothing."), //
		choice("network", List.of("auto", "U-Net"), "Network",
			"Network to train: auto derives depth and width from the data, U-Net is the plain one with its own settings wherever others are left automatic."), //
		text("channels", "all", "Channels", "Channels to use: all, one number or several as in 1,2."), //
		choice("loss", List.of("auto", "cross-entropy", "dice", "dice+cross-entropy"), "Loss", "What training makes small."), //
		choice("optimizer", List.of("auto", "sgd", "nesterov", "rmsprop", "adam", "adamw"), "Optimizer", "How weights follow the gradient."), //
		decimal("rate", 0, 1e-7, 10, "Learning rate (0: auto)", "Learning rate at the start; 0 derives it.").automatic(), //
		whole("epochs", 0, 1, 100000, "Epochs (0: auto)", "Passes over the training data at the most; 0 derives it.").automatic(), //
		whole("batch", 0, 1, 4096, "Batch size (0: auto)", "Patches per step; 0 derives it from size and memory.").automatic(), //
		choice("schedule", List.of("auto", "constant", "decay", "cosine", "plateau"), "Schedule", "How the learning rate changes over the epochs."), //
		choice("augment", List.of("auto", "none", "flips", "light", "strong"), "Augmentation", "How much training images are varied."), //
		decimal("validation", 0.2, 0, 0.9, "Validation fraction",
			"Share of the groups that is kept for validation; 0 trains on all of them and keeps the epoch of lowest loss."), //
		whole("patience", 0, 1, 100000, "Patience (0: auto)",
			"Epochs without a better validation score after which training ends early; 0 derives it.").automatic(), //
		whole("seed", 1, 0, Integer.MAX_VALUE, "Seed", "Start of all random numbers; the same seed gives the same weights."), //
		path("start", Kind.FILE_OPEN, "Start from model", "Model file to go on from; empty starts anew."), //
		path("model", Kind.FILE_SAVE, "Model file to write", "Model file to write, as in brain.zip.").required(), //
		path("results", Kind.FOLDER, "Folder for results",
			"Folder for history.csv, loss_curve.png, dice_curve.png, sample_predictions and report.html; empty writes none.")));

	/** Images with their predictions in the report. */
	private static final int EXAMPLES = 6;

	private TrainSegmentation() {}

	/**
	 * What training came to.
	 *
	 * @param model the file written
	 * @param history one row per epoch, for a table titled {@code Glia Training}
	 * @param summary how it ended and the score beside the trivial baselines, in a few lines
	 */
	public record Result(Path model, ResultsTable history, String summary) {}

	/**
	 * Trains until the epochs are done, the score stops rising, or {@code progress} says so, and writes the best model. A model is on disk
	 * from the first epoch on, and replaced whenever an epoch is better.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param image the image to learn from; empty if a folder is given
	 * @param progress hears how it goes
	 * @throws IllegalArgumentException if the data do not fit; the message is for the user
	 * @throws java.io.UncheckedIOException if a file cannot be read or written
	 */
	public static Result run(final Values values, final Optional<ImagePlus> image, final TrainingProgress progress) {
		return run(values, image, progress, Runtime.getRuntime().availableProcessors());
	}

	/** As {@link #run(Values, Optional, TrainingProgress)} with a number of threads; the weights do not depend on it. */
	static Result run(final Values values, final Optional<ImagePlus> image, final TrainingProgress progress, final int threads) {
		final Path file = values.path("model").orElseThrow(() -> new IllegalArgumentException("model: missing. Give the file to write, as in model=[path.zip]"));
		ModelFile.checkWritable(file);
		values.path("results").ifPresent(ResultsFolder::prepare);
		try (Workers workers = new Workers(threads)) {
			final Result result = new Run(values, image, progress, file, workers).run();
			progress.ended(result.summary);
			return result;
		}
		catch (final RuntimeException | Error e) {
			progress.ended("Training failed: " + e.getMessage());
			throw e;
		}
	}

	/** One training. */
	private static final class Run {

		private final Values values;
		private final TrainingProgress progress;
		private final Path file;
		private final Workers workers;
		private final TrainingData data;
		private final long[] foreground;
		private final Split split;
		private final Fingerprint fingerprint;
		private final Recommendation plan;
		private final Optional<Model> start;
		private final Normalization normalization;
		private final Weights weights;
		private final SegmentationTraining training;
		private final long began = System.nanoTime();

		Run(final Values values, final Optional<ImagePlus> image, final TrainingProgress progress, final Path file, final Workers workers) {
			this.values = values;
			this.progress = progress;
			this.file = file;
			this.workers = workers;
			progress.status("Glia: looking at the data");
			data = TrainingData.of(values, image);
			foreground = Split.foreground(data.samples());
			if (Arrays.stream(foreground).sum() == 0) throw new IllegalArgumentException("labels: the labels of '" + data.title() +
				"' are all background. Mark what the network is to find (any value above 0)");
			split = data.split(values.decimal("validation"), values.whole("seed"), foreground);
			if (Arrays.stream(split.train()).mapToLong(i -> foreground[i]).sum() == 0) throw new IllegalArgumentException(
				"groups: no training image has foreground. Label more images, or change validation, groups or seed");
			fingerprint = Fingerprint.of(data.samples(), split.train());
			requireSize(fingerprint);
			start = values.path("start").map(ModelFile::read);
			start.ifPresent(this::requireFits);
			plan = start.map(m -> Recommendation.of(values, fingerprint).with(m.graph())).orElseGet(() -> Recommendation.of(values, fingerprint));
			requireMemory();
			normalization = start.map(m -> m.preprocessing().normalization()).orElseGet(() -> Normalization.fit(plan.method(), plan.scope(), plan.nonZero(), data
				.samples(), split.train()));
			weights = start.map(m -> m.weights().copy(m.graph())).orElseGet(() -> Initialization.HE.weights(plan.graph(), values.whole("seed")));
			training = new SegmentationTraining(data.samples(), split, plan, normalization, weights, values.whole("seed"));
		}

		Result run() {
			progress.started(data.title(), plan.epochs(), reasons(), memory() >> 20, values.macro());
			final List<EpochRecord> history = new ArrayList<>();
			final Trainer.Result result = training.run(workers, listener(history));
			if (result.bestEpoch() == 0) throw new IllegalArgumentException(
				"rate: the loss was not a number from the start. Take a smaller rate than " + plan.rate());
			progress.status("Glia: judging the best network");
			final Report report = new Report(result);
			final Model model = report.model();
			ModelFile.write(file, model);
			values.path("results").ifPresent(folder -> ResultsFolder.write(folder, report.report(model)));
			return new Result(file, table(result), report.summary());
		}

		private List<String> reasons() {
			final List<String> lines = new ArrayList<>(data.notes());
			lines.add("split: " + split.train().length + " images to train on, " + split.validation().length + " to validate, " + split.test().length +
				" to test");
			lines.addAll(plan.reasons());
			lines.add("kernels: " + KernelProvider.best().name() + ", " + workers.count() + " threads. " + KernelProvider.reason());
			return lines;
		}

		private TrainingListener listener(final List<EpochRecord> history) {
			final int[] shown = split.validation().length > 0 ? split.validation() : split.train();
			final int example = training.examples(shown, foreground, 1)[0];
			return new TrainingListener() {

				@Override
				public void stepEnded(final int epoch, final int step, final int steps, final double loss) {
					progress.stepEnded(epoch, step, steps, loss);
				}

				@Override
				public void epochEnded(final EpochRecord epoch) {
					history.add(epoch);
					if (epoch.best()) ModelFile.write(file, unjudged(history, epoch.epoch()));
					progress.epochEnded(epoch);
					progress.preview(training.preview(example, workers));
				}

				@Override
				public Signal signal() {
					return progress.signal();
				}
			};
		}

		private Model unjudged(final List<EpochRecord> history, final int best) {
			return model(history, best, Map.of(), Map.of());
		}

		private Model model(final List<EpochRecord> history, final int best, final Map<String, Double> scores, final Map<String, Double> baselines) {
			final Map<String, String> versions = new LinkedHashMap<>();
			versions.put("Glia", Optional.ofNullable(TrainSegmentation.class.getPackage().getImplementationVersion()).orElse("development"));
			versions.put("Java", System.getProperty("java.version"));
			versions.put("ImageJ", ij.ImageJ.VERSION);
			versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
			versions.put("kernels", KernelProvider.best().name());
			final SplitNames names = new SplitNames(data.groups(split.train()), data.groups(split.validation()), data.groups(split.test()));
			final Training record = new Training(values.asMap(), reasons(), fingerprint, names, history, best, scores, baselines, versions, Instant.now()
				.truncatedTo(ChronoUnit.SECONDS).toString(), values.macro(), values.whole("seed"), (System.nanoTime() - began) * 1e-9);
			final List<String> classes = new ArrayList<>(List.of("background"));
			classes.addAll(data.classes());
			return new Model(plan.graph(), weights, new Preprocessing(values.text("channels"), data.channels(), normalization, data.pixelWidth(), data
				.pixelHeight(), data.unit()), classes, record);
		}

		// -- what must hold --

		private static void requireSize(final Fingerprint data) {
			final int least = 8;
			if (data.width().min() < least || data.height().min() < least) throw new IllegalArgumentException("image: expected at least " + least + "x" + least +
				" pixels to learn from, found " + data.width().min() + "x" + data.height().min() + ". Take larger images, or enlarge these with Image > Scale...");
		}

		private void requireFits(final Model m) {
			final int outputs = fingerprint.classes() > 2 ? fingerprint.classes() : 1;
			if (m.graph().inputChannels() != data.channels() || m.graph().outputChannels() != outputs) throw new IllegalArgumentException("start: the model takes " + count(m
				.graph().inputChannels(), "channel") + " and has " + count(m.graph().outputChannels(), "output") + "; the data have " + count(data.channels(),
					"channel") + " and need " + count(outputs, "output") + ". Start from a model of the same kind, or leave start empty");
		}

		private static String count(final int n, final String what) {
			return n + " " + what + (n == 1 ? "" : "s");
		}

		private long memory() {
			return Memory.of(plan.graph(), plan.patchHeight(), plan.patchWidth()).bytes(plan.batch());
		}

		private void requireMemory() {
			System.gc(); // NB: garbage would count as used
			final Runtime r = Runtime.getRuntime();
			Memory.of(plan.graph(), plan.patchHeight(), plan.patchWidth()).require(plan.batch(), r.maxMemory() - (r.totalMemory() - r.freeMemory()));
		}

		// -- how well it did --

		/** Judges the trained network, and the trivial baselines on the same images. */
		private final class Report {

			private final Trainer.Result result;
			private final String part;
			private final int[] judged;
			private final SegmentationScores scores;
			private final Map<String, Double> baselines = new LinkedHashMap<>();

			Report(final Trainer.Result result) {
				this.result = result;
				judged = split.test().length > 0 ? split.test() : split.validation().length > 0 ? split.validation() : split.train();
				part = judged == split.test() ? "test" : judged == split.validation() ? "validation" : "training";
				scores = training.scores(judged, workers);
				final Baselines.Threshold threshold = Baselines.bestThreshold(data.samples(), split.train());
				baselines.put("all background: Dice", Baselines.allBackground(data.samples(), judged).pooled().dice());
				baselines.put("all background: pixel accuracy", Baselines.allBackground(data.samples(), judged).pooled().accuracy());
				baselines.put("best threshold: Dice", threshold.score(data.samples(), judged).pooled().dice());
			}

			Model model() {
				final Map<String, Double> all = new LinkedHashMap<>();
				put(all, part, scores);
				if (part.equals("test") && split.validation().length > 0) put(all, "validation", training.scores(split.validation(), workers));
				return Run.this.model(result.history(), result.bestEpoch(), all, baselines);
			}

			private void put(final Map<String, Double> all, final String of, final SegmentationScores s) {
				all.put(of + " dice, pooled pixels", s.pooled().dice());
				all.put(of + " iou, pooled pixels", s.pooled().iou());
				all.put(of + " pixel accuracy", s.pooled().accuracy());
				all.put(of + " sensitivity", s.pooled().sensitivity());
				all.put(of + " specificity", s.pooled().specificity());
				all.put(of + " dice, mean of groups", s.meanOfGroups(Confusion::dice));
				all.put(of + " dice, mean of slices with foreground", s.meanOfLabelledSlices(Confusion::dice));
			}

			String summary() {
				final String how = switch (result.end()) {
					case COMPLETED -> "All " + result.history().size() + " epochs done";
					case STOPPED_EARLY -> "No better epoch for " + plan.patience() + " epochs";
					case FINISHED -> "Finished on request";
					case CANCELLED -> "Cancelled";
					case DIVERGED -> "The loss was no number any more: take a smaller rate";
				};
				return String.format(Locale.ROOT, "%s. Kept the best epoch, %d.%nDice of the pooled %s pixels: %.3f (all background: %.3f, best threshold: %.3f).%n%s",
					how, result.bestEpoch(), part, scores.pooled().dice(), baselines.get("all background: Dice"), baselines.get("best threshold: Dice"), EmptyRule.TEXT);
			}

			TrainingReport report(final Model model) {
				final List<GroupScore> groups = new ArrayList<>();
				scores.groups().forEach((name, c) -> groups.add(new GroupScore(name, part, (int) scores.slices().stream().filter(s -> s.group().equals(name)).count(), c
					.dice(), c.iou(), c.accuracy(), c.sensitivity(), c.specificity())));
				final List<Preview> previews = new ArrayList<>();
				for (final int i : training.examples(judged, foreground, EXAMPLES)) previews.add(training.preview(i, workers));
				return new TrainingReport(data.title(), model, "Dice of the pooled " + part + " pixels", scores.pooled().dice(), EmptyRule.TEXT, groups, previews, data
					.notes());
			}
		}
	}

	private static ResultsTable table(final Trainer.Result result) {
		final ResultsTable table = new ResultsTable();
		table.setPrecision(4);
		for (final EpochRecord e : result.history()) {
			table.incrementCounter();
			table.addValue("Epoch", e.epoch());
			table.addValue("Rate", e.rate());
			table.addValue("Loss", e.loss());
			table.addValue("Dice", e.score());
			table.addValue("Validation loss", e.validationLoss());
			table.addValue("Validation Dice", e.validationScore());
			table.addValue("Seconds", e.seconds());
			table.addValue("Best", e.epoch() == result.bestEpoch() ? "best" : "");
		}
		return table;
	}
}
