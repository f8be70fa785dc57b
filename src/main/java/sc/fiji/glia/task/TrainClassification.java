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
import static sc.fiji.glia.task.Setting.whole;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import ij.ImagePlus;

import sc.fiji.glia.data.Preparation;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.Setting.Kind;
import sc.fiji.glia.task.report.ResultsFolder;

/** Trains a network that gives whole images a class, and writes the model file. */
public final class TrainClassification {

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Train Classification Network...", "Plugins>Glia", List.of( //
		image("image", "Stack", "Title of the stack to learn from, each slice an image; the active image if left out.").unless("folder"), //
		path("folder", Kind.FOLDER, "Folder of images",
			"Folder to learn from instead of an open stack: one subfolder per class, pictures with a table, NumPy arrays, or the files of MNIST."), //
		path("table", Kind.FILE_OPEN, "Table of classes", "CSV file with a row for each image: a column file or slice, a column of classes."), //
		text("classes", "labels", "Classes",
			"Where the class of an image stands: labels for the slice labels, or the name of a column of the table."), //
		text("groups", "auto", "Groups",
			"What must not be split between training and validation: auto, none, blocks or blocks:20 (neighbouring images), a column of the table, or the path of a CSV file with columns file, group."), //
		onOff("skip", "Skip unreadable files", "True if unreadable files, images without a class and rows without an image are left out with a note; otherwise they are an error."), //
		choice("network", ClassificationPlan.NETWORKS, "Network",
			"Network to train: auto derives a residual network from the data, the others are plain ones with their own settings wherever others are left automatic."), //
		whole("size", 0, 8, 1024, "Input size (0: auto)", "Width and height that images are resized to, in pixels; 0 derives it.").automatic(), //
		choice("prepare", Preparation.keys(), "Preparation",
			"What is done to an image before it is resized: none, or breast, which keeps the breast alone of a mammogram."), //
		choice("loss", List.of("auto", "cross-entropy", "weighted", "smoothed"), "Loss",
			"What training makes small: the cross-entropy, weighted by the inverse frequency of the classes, or with labels smoothed by 0.1."), //
		choice("optimizer", List.of("auto", "descent", "sgd", "nesterov", "rmsprop", "adam", "adamw"), "Optimizer",
			"How weights follow the gradient: descent is gradient descent without momentum, sgd has momentum 0.9."), //
		decimal("rate", 0, 1e-7, 10, "Learning rate (0: auto)", "Learning rate at the start; 0 derives it.").automatic(), //
		whole("epochs", 0, 1, 100000, "Epochs (0: auto)", "Passes over the training data at the most; 0 derives it.").automatic(), //
		text("batch", "auto", "Batch size", "Images per step: auto, or a whole number; 0 takes all training images in one step."), //
		choice("schedule", List.of("auto", "constant", "decay", "cosine", "plateau"), "Schedule", "How the learning rate changes over the epochs."), //
		choice("augment", List.of("auto", "none", "flips", "upright", "mirror", "light", "strong"), "Augmentation",
			"How much training images are varied: upright does without mirror images and quarter turns, mirror exchanges left and right."), //
		decimal("validation", 0.2, 0, 0.9, "Validation fraction",
			"Share of the images, in whole groups, that is kept for validation; 0 trains on all of them and keeps the epoch of lowest loss."), //
		whole("folds", 0, 0, 100, "Cross-validation folds", "Number of parts of a cross-validation, each of which is once judged by a network that has not seen it; 0 does without."), //
		whole("patience", 0, 1, 100000, "Patience (0: auto)",
			"Epochs without a better validation score after which training ends early; 0 derives it.").automatic(), //
		whole("seed", 1, 0, Integer.MAX_VALUE, "Seed", "Start of all random numbers; the same seed gives the same weights."), //
		path("start", Kind.FILE_OPEN, "Start from model", "Model file to go on from, or whose encoder to take over; empty starts anew."), //
		onOff("freeze", "Freeze the encoder", "True if of the model to start from only the new last layer learns."), //
		path("model", Kind.FILE_SAVE, "Model file to write", "Model file to write, as in tumour.zip.").required(), //
		path("results", Kind.FOLDER, "Folder for results",
			"Folder for report.html, metrics.csv, confusion.csv, predictions.csv, history.csv and pictures; empty writes none.")));

	private TrainClassification() {}

	/**
	 * Trains until the epochs are done, the score stops rising, or {@code progress} says so, and writes the best model, as
	 * {@link TrainSegmentation#run} does.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param image the stack to learn from; empty if a folder is given
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
		if (values.isOn("freeze") && values.path("start").isEmpty()) throw new IllegalArgumentException(
			"freeze: there is no encoder to freeze, as training starts from nothing. Give start=[path], or leave out freeze=true");
		ModelFile.checkWritable(file);
		final Optional<Path> made = values.path("results").filter(ResultsFolder::prepare);
		try {
			final Trained result = new ClassificationRun(values, image, progress, file, engine).run();
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
