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

/** Judges a trained classification network on images whose classes are known. */
@Plugin(type = Command.class, menuPath = "Plugins>Glia>Evaluate Classification...", headless = true)
public class EvaluateClassifier extends TaskCommand {

	@Parameter(label = "Stack", required = false, persist = false, //
		description = "Title of the stack to judge on, each slice an image; the active image if left out.")
	private ImagePlus image;

	@Parameter(label = "Folder of images", style = "directory", required = false, persist = false, //
		description = "Folder to judge on instead of an open stack: one subfolder per class, pictures with a table, NumPy arrays, or the " + //
			"files of MNIST.")
	private File folder = new File("");

	@Parameter(label = "Table of classes", style = "open", required = false, persist = false, //
		description = "CSV file with a row for each image: a column file or slice, a column of classes.")
	private File table = new File("");

	@Parameter(label = "Classes", persist = false, //
		description = "Where the class of an image stands: labels for the slice labels, or the name of a column of the table.")
	private String classes = "labels";

	@Parameter(label = "Groups", persist = false, //
		description = "Images that are not independent, for the intervals: auto, none, blocks or blocks:20 (neighbouring images), a column " + //
			"of the table, or the path of a CSV file with columns file, group.")
	private String groups = "auto";

	@Parameter(label = "Skip unreadable files", persist = false, //
		description = "True if unreadable files, images without a class and rows without an image are left out with a note; otherwise they " + //
			"are an error.")
	private boolean skip;

	@Parameter(label = "Model file", style = "open", persist = false, //
		description = "Model file that the training of a classification has written.")
	private File model = new File("");

	@Parameter(label = "Folder for results", style = "directory", required = false, persist = false, //
		description = "Folder for report.html, metrics.csv, confusion.csv, predictions.csv and pictures; empty writes none.")
	private File results = new File("");

	@Override
	protected UserTask task() {
		return UserTask.EVALUATE_CLASSIFICATION;
	}
}
