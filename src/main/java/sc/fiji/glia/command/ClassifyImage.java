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

/** Gives each slice of a stack, or each picture of a folder, a class, by a trained network. */
@Plugin(type = Command.class, menuPath = "Plugins>Glia>Classify with Network...", headless = true)
public class ClassifyImage extends TaskCommand {

	@Parameter(label = "Image", required = false, persist = false, //
		description = "Title of the image or stack to classify, each slice by itself; the active image if left out.")
	private ImagePlus image;

	@Parameter(label = "Folder of images", style = "directory", required = false, persist = false, //
		description = "Folder to classify instead of an open image: pictures at any depth, NumPy arrays, or the files of MNIST.")
	private File folder = new File("");

	@Parameter(label = "Model file", style = "open", persist = false, //
		description = "Model file that the training of a classification has written.")
	private File model = new File("");

	@Parameter(label = "Skip unreadable files", persist = false, //
		description = "True if unreadable files are left out with a note; otherwise they are an error.")
	private boolean skip;

	@Parameter(label = "CSV file to write", style = "save", required = false, persist = false, //
		description = "File for the table, with columns Name,Class,Confidence and the probability of each class; empty writes none.")
	private File save = new File("");

	@Parameter(label = "Show as overlay", persist = false, //
		description = "Writes class and confidence on each slice, as text in the image's overlay.")
	private boolean overlay;

	@Override
	protected UserTask task() {
		return UserTask.CLASSIFY;
	}
}
