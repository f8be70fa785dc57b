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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import ij.ImagePlus;

import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.model.Training;
import sc.fiji.glia.task.Setting.Kind;
import sc.fiji.glia.task.report.ResultsFolder;

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

	private TrainSegmentation() {}

	/**
	 * Trains until the epochs are done, the score stops rising, or {@code progress} says so, and writes the best model. A model is on disk
	 * from the first epoch on, and replaced whenever an epoch is better. A model that was there before stays as it is until the first epoch has
	 * ended, and for good if training is cancelled before.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param image the image to learn from; empty if a folder is given
	 * @param progress hears how it goes
	 * @throws CancellationException if {@code progress} says so before the first step
	 * @throws IllegalArgumentException if the data do not fit; the message is for the user
	 * @throws java.io.UncheckedIOException if a file cannot be read or written
	 */
	public static Trained run(final Values values, final Optional<ImagePlus> image, final TrainingProgress progress) {
		return run(values, image, progress, Engine.preferred());
	}

	/** As {@link #run(Values, Optional, TrainingProgress)} on an engine; the weights do not depend on it. */
	static Trained run(final Values values, final Optional<ImagePlus> image, final TrainingProgress progress, final Engine engine) {
		final Path file = values.path("model").orElseThrow();
		ModelFile.checkWritable(file);
		final Optional<Path> made = values.path("results").filter(ResultsFolder::prepare);
		try (TrainingRun training = new TrainingRun(values, image, progress, file, engine)) {
			final Trained result = training.run();
			progress.ended(result.summary());
			return result;
		}
		catch (final CancellationException e) {
			progress.ended(Endings.NOTHING);
			throw e;
		}
		catch (final RuntimeException | Error e) {
			progress.ended("Training failed: " + e.getMessage());
			throw e;
		}
		finally {
			made.ifPresent(ResultsFolder::removeIfEmpty);
		}
	}
}
