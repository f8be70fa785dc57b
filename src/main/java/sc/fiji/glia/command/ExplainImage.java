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

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.util.Optional;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.ImagePlus;
import sc.fiji.glia.ui.UserTask;

/** Shows which pixels of an image spoke for a class. */
@Plugin(type = Command.class, menuPath = "Plugins>Glia>Explain Classification...", headless = true)
public class ExplainImage extends TaskCommand {

	@Parameter(label = "Image", persist = false, //
		description = "Title of the image or stack to explain, each slice an image; the active image if left out.")
	private ImagePlus image;

	@Parameter(label = "Model file", style = "open", persist = false, //
		description = "Model file that the training of a classification has written.")
	private File model = new File("");

	@Parameter(label = "Method", choices = { "grad-cam", "integrated-gradients" }, persist = false, //
		description = "How to explain: grad-cam shows where a convolutional network found what speaks for the class, integrated-gradients what each pixel " + //
			"added to or took from it, with any network.")
	private String method = "grad-cam";

	@Parameter(label = "Class to explain", persist = false, //
		description = "Name of the class to explain; empty explains the class that the network gives each image.")
	private String target = "";

	@Parameter(label = "Output", choices = { "overlay", "stack" }, persist = false, //
		description = "What to make: overlay draws transparent colours on the image, stack makes a new 32-bit image of the values.")
	private String output = "overlay";

	@Parameter(type = ItemIO.OUTPUT, label = "Explanation")
	private ImagePlus result;

	@Override
	protected UserTask task() {
		return UserTask.EXPLAIN;
	}

	/** NB: with a screen the framework shows outputs; without one a macro would not find it. */
	@Override
	protected void setResult(final Optional<ImagePlus> explanation) {
		result = explanation.orElse(null);
		if (GraphicsEnvironment.isHeadless() && IJ.isMacro()) explanation.ifPresent(ImagePlus::show);
	}
}
