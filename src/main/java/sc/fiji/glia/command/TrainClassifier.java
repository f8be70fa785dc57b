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
package sc.fiji.glia.command;

import java.io.File;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import sc.fiji.glia.ui.UserTask;

/** Trains a network that gives whole images a class. */
@Plugin(type = Command.class, menuPath = "Plugins>Glia>Train Classification Network...", headless = true)
public class TrainClassifier extends TaskCommand {

	@Parameter(label = "Stack", required = false, persist = false, //
		description = "Title of the stack to learn from, each slice an image; the active image if left out.")
	private ImagePlus image;

	@Parameter(label = "Folder of images", style = "directory", callback = "folderEntered", required = false, persist = false, //
		description = "Folder to learn from instead of an open stack: one subfolder per class, pictures with a table, NumPy" + //
			" arrays, or the files of MNIST.")
	private File folder = new File("");

	@Parameter(label = "Table of classes", style = "open", required = false, persist = false, //
		description = "CSV file with a row for each image: a column file or slice, a column of classes.")
	private File table = new File("");

	@Parameter(label = "Classes", persist = false, //
		description = "Where the class of an image stands: labels for the slice labels, or the name of a column of the table.")
	private String classes = "labels";

	@Parameter(label = "Groups", persist = false, //
		description = "What must not be split between training and validation: auto, none, blocks or blocks:20 (neighbouring" + //
			" images), a column of the table, or the path of a CSV file with columns file, group.")
	private String groups = "auto";

	@Parameter(label = "Skip unreadable files", persist = false, //
		description = "True if unreadable files, images without a class and rows without an image are left out with a note;" + //
			" otherwise they are an error.")
	private boolean skip;

	@Parameter(label = "Network", choices = { "auto", "Dense 512", "CNN 32-64", "CNN 128", "Dense 10" }, persist = false, //
		description = "Network to train: auto derives a residual network from the data, the others are plain ones with their" + //
			" own settings wherever others are left automatic.")
	private String network = "auto";

	@Parameter(label = "Input size (0: auto)", min = "0", max = "1024", persist = false, //
		description = "Width and height that images are resized to, in pixels; 0 derives it.")
	private int size = 0;

	@Parameter(label = "Preparation", choices = { "none", "breast" }, persist = false, //
		description = "What is done to an image before it is resized: none, or breast, which keeps the breast alone of a" + //
			" mammogram.")
	private String prepare = "none";

	@Parameter(label = "Loss", choices = { "auto", "cross-entropy", "weighted", "smoothed" }, persist = false, //
		description = "What training makes small: the cross-entropy, weighted by the inverse frequency of the classes, or with" + //
			" labels smoothed by 0.1.")
	private String loss = "auto";

	@Parameter(label = "Optimizer", choices = { "auto", "descent", "sgd", "nesterov", "rmsprop", "adam", "adamw" }, persist = false, //
		description = "How weights follow the gradient: descent is gradient descent without momentum, sgd has momentum 0.9.")
	private String optimizer = "auto";

	@Parameter(label = "Learning rate (0: auto)", min = "0", max = "10", stepSize = "0.1", persist = false, //
		description = "Learning rate at the start; 0 derives it.")
	private double rate = 0;

	@Parameter(label = "Epochs (0: auto)", min = "0", max = "100000", persist = false, //
		description = "Passes over the training data at the most; 0 derives it.")
	private int epochs = 0;

	@Parameter(label = "Batch size", persist = false, //
		description = "Images per step: auto, or a whole number; 0 takes all training images in one step.")
	private String batch = "auto";

	@Parameter(label = "Schedule", choices = { "auto", "constant", "decay", "cosine", "plateau" }, persist = false, //
		description = "How the learning rate changes over the epochs.")
	private String schedule = "auto";

	@Parameter(label = "Augmentation", choices = { "auto", "none", "flips", "upright", "mirror", "light", "strong" }, persist = false, //
		description = "How much training images are varied: upright does without mirror images and quarter turns, mirror exchanges left and right.")
	private String augment = "auto";

	@Parameter(label = "Validation fraction", min = "0", max = "0.9", stepSize = "0.1", persist = false, //
		description = "Share of the images, in whole groups, that is kept for validation; 0 trains on all of them and keeps the" + //
			" epoch of lowest loss.")
	private double validation = 0.2;

	@Parameter(label = "Cross-validation folds", min = "0", max = "100", persist = false, //
		description = "Number of parts of a cross-validation, each of which is once judged by a network that has not seen it; 0" + //
			" does without.")
	private int folds = 0;

	@Parameter(label = "Patience (0: auto)", min = "0", max = "100000", persist = false, //
		description = "Epochs without a better validation score after which training ends early; 0 derives it.")
	private int patience = 0;

	@Parameter(label = "Seed", min = "0", max = "2147483647", persist = false, //
		description = "Start of all random numbers; the same seed gives the same weights.")
	private int seed = 1;

	@Parameter(label = "Start from model", style = "open", required = false, persist = false, //
		description = "Model file to go on from, or whose encoder to take over; empty starts anew.")
	private File start = new File("");

	@Parameter(label = "Freeze the encoder", persist = false, //
		description = "True if of the model to start from only the new last layer learns.")
	private boolean freeze;

	@Parameter(label = "Model file to write", style = "save", persist = false, //
		description = "Model file to write, as in tumour.zip.")
	private File model = new File("");

	@Parameter(label = "Folder for results", style = "directory", required = false, persist = false, //
		description = "Folder for report.html, metrics.csv, confusion.csv, predictions.csv, history.csv and pictures; empty" + //
			" writes none.")
	private File results = new File("");

	@Override
	protected UserTask task() {
		return UserTask.TRAIN_CLASSIFICATION;
	}
}
