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

/** Trains a segmentation network on an image and its labels, or on a folder of pairs. */
@Plugin(type = Command.class, menuPath = "Plugins>Glia>Train Segmentation Network...", headless = true)
public class TrainNetwork extends TaskCommand {

	@Parameter(label = "Image", required = false, persist = false, //
		description = "Title of the image or stack to learn from; the active image if left out.")
	private ImagePlus image;

	@Parameter(label = "Labels", persist = false, //
		description = "Title of the open mask or label image that goes with the image, or rois for its overlay and the ROI Manager.")
	private String labels = "rois";

	@Parameter(label = "Folder of pairs", style = "directory", callback = "folderEntered", required = false, persist = false, //
		description = "Folder to learn from instead of open images: X.tif with X_mask.tif at any depth, or images/ with masks/ or labels/.")
	private File folder = new File("");

	@Parameter(label = "Groups", persist = false, //
		description = "What must not be split between training and validation: auto, slice, or the path of a CSV file with columns file or" + //
			" group, optional group and split.")
	private String groups = "auto";

	@Parameter(label = "Label values", choices = { "auto", "classes", "objects", "inverted" }, persist = false, //
		description = "Whether label values are classes or object numbers (objects train as one foreground class), or a mask is inverted: " + //
			"0 is what to find.")
	private String values = "auto";

	@Parameter(label = "ROIs are complete", persist = false, //
		description = "True if the ROIs cover every object of all slices, so that whatever is not painted is background; otherwise slices " + //
			"without a ROI are left out and unpainted pixels count nothing.")
	private boolean complete;

	@Parameter(label = "Network", choices = { "auto", "U-Net" }, persist = false, //
		description = "Network to train: auto derives depth and width from the data, U-Net is the plain one with its own settings wherever" + //
			" others are left automatic.")
	private String network = "auto";

	@Parameter(label = "Channels", persist = false, //
		description = "Channels to use: all, one number or several as in 1,2.")
	private String channels = "all";

	@Parameter(label = "Loss", choices = { "auto", "cross-entropy", "dice", "dice+cross-entropy" }, persist = false, //
		description = "What training makes small.")
	private String loss = "auto";

	@Parameter(label = "Optimizer", choices = { "auto", "sgd", "nesterov", "rmsprop", "adam", "adamw" }, persist = false, //
		description = "How weights follow the gradient.")
	private String optimizer = "auto";

	@Parameter(label = "Learning rate (0: auto)", min = "0", max = "10", stepSize = "0.1", persist = false, //
		description = "Learning rate at the start; 0 derives it.")
	private double rate = 0;

	@Parameter(label = "Epochs (0: auto)", min = "0", max = "100000", persist = false, //
		description = "Passes over the training data at the most; 0 derives it.")
	private int epochs = 0;

	@Parameter(label = "Batch size (0: auto)", min = "0", max = "4096", persist = false, //
		description = "Patches per step; 0 derives it from size and memory.")
	private int batch = 0;

	@Parameter(label = "Schedule", choices = { "auto", "constant", "decay", "cosine", "plateau" }, persist = false, //
		description = "How the learning rate changes over the epochs.")
	private String schedule = "auto";

	@Parameter(label = "Augmentation", choices = { "auto", "none", "flips", "light", "strong" }, persist = false, //
		description = "How much training images are varied.")
	private String augment = "auto";

	@Parameter(label = "Validation fraction", min = "0", max = "0.9", stepSize = "0.1", persist = false, //
		description = "Share of the groups that is kept for validation; 0 trains on all of them and keeps the epoch of lowest loss.")
	private double validation = 0.2;

	@Parameter(label = "Patience (0: auto)", min = "0", max = "100000", persist = false, //
		description = "Epochs without a better validation score after which training ends early; 0 derives it.")
	private int patience = 0;

	@Parameter(label = "Seed", min = "0", max = "2147483647", persist = false, //
		description = "Start of all random numbers; the same seed gives the same weights.")
	private int seed = 1;

	@Parameter(label = "Start from model", style = "open", required = false, persist = false, //
		description = "Model file to go on from; empty starts anew.")
	private File start = new File("");

	@Parameter(label = "Model file to write", style = "save", persist = false, //
		description = "Model file to write, as in brain.zip.")
	private File model = new File("");

	@Parameter(label = "Folder for results", style = "directory", required = false, persist = false, //
		description = "Folder for history.csv, loss_curve.png, dice_curve.png, sample_predictions and report.html; empty writes none.")
	private File results = new File("");

	@Override
	protected UserTask task() {
		return UserTask.TRAIN;
	}
}
