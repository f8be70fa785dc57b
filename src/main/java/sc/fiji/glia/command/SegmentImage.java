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

/** Segments an image or stack with a trained network. */
@Plugin(type = Command.class, menuPath = "Plugins>Glia>Segment with Network...", headless = true)
public class SegmentImage extends TaskCommand {

	@Parameter(label = "Image", persist = false, //
		description = "Title of the image or stack to segment; the active image if left out.")
	private ImagePlus image;

	@Parameter(label = "Model file", style = "open", persist = false, //
		description = "Model file that a training has written.")
	private File model = new File("");

	@Parameter(label = "Output", choices = { "mask", "labels", "probability", "none" }, persist = false, //
		description = "New image to make: mask (0 and 255), labels (class numbers, or object numbers if there is one class), probability " + //
			"(0 to 1), or none.")
	private String output = "mask";

	@Parameter(label = "Threshold", min = "0", max = "1", stepSize = "0.1", persist = false, //
		description = "Probability from which a pixel is foreground.")
	private double threshold = 0.5;

	@Parameter(label = "Smallest object (pixels)", min = "0", max = "2147483647", persist = false, //
		description = "Objects of fewer pixels are removed.")
	private int minimum = 0;

	@Parameter(label = "Show as overlay", persist = false, //
		description = "Draws the outlines of the objects on the image, as its overlay.")
	private boolean overlay;

	@Parameter(label = "Add to ROI Manager", persist = false, //
		description = "Appends the outlines of the objects to the ROI Manager.")
	private boolean manager;

	@Parameter(type = ItemIO.OUTPUT, label = "Segmentation")
	private ImagePlus result;

	@Override
	protected UserTask task() {
		return UserTask.SEGMENT;
	}

	/** NB: with a screen the framework shows outputs; without one a macro would not find it. */
	@Override
	protected void setResult(final Optional<ImagePlus> image) {
		result = image.orElse(null);
		if (GraphicsEnvironment.isHeadless() && IJ.isMacro()) image.ifPresent(ImagePlus::show);
	}
}
