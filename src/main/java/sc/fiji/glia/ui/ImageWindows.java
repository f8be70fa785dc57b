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
import java.awt.Window;
import java.util.List;
import java.util.Optional;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Plot;
import ij.gui.PlotWindow;
import ij.plugin.frame.Recorder;

/**
 * Opens windows of images. Which image is the active one afterwards is certain, and ImageJ's Recorder does not write it: whoever repeats a task by its macro
 * line has windows of its own, and without a screen none.
 */
public final class ImageWindows {

	private static final int MOST_MILLIS = 500, STEP_MILLIS = 10;

	private ImageWindows() {}

	/** Shows an image, which becomes the active one. Without a screen, macros see it. */
	public static void show(final ImagePlus image) {
		unrecorded(() -> {
			image.show();
			awaitActivation(image.getWindow());
		});
	}

	/**
	 * Shows plots, each in the window of an earlier one of its title, as tables are shown.
	 *
	 * @param active the image that is the active one afterwards, if it has a window
	 */
	static void show(final List<Plot> plots, final Optional<ImagePlus> active) {
		unrecorded(() -> {
			plots.forEach(ImageWindows::show);
			active.filter(i -> WindowManager.getImage(i.getID()) == i).ifPresent(i -> {
				IJ.selectWindow(i.getID());
				awaitActivation(i.getWindow());
			});
		});
	}

	private static void show(final Plot plot) {
		final ImagePlus earlier = WindowManager.getImage(plot.getTitle());
		if (earlier != null && earlier.getWindow() instanceof PlotWindow window) window.drawPlot(plot);
		else awaitActivation(plot.show());
	}

	/** NB: as long as the Recorder has the name of a command, it does not write which image becomes the active one. */
	private static void unrecorded(final Runnable showing) {
		if (GraphicsEnvironment.isHeadless() || !Recorder.record || Recorder.getCommand() != null) {
			showing.run();
			return;
		}
		Recorder.setCommand("Glia");
		try {
			showing.run();
		}
		finally {
			Recorder.setCommand(null);
		}
	}

	/**
	 * Waits until a window has the focus, which it may be refused. NB: a window gets it some time after it was opened, on the event thread, and its image
	 * becomes the active one once more, whichever is by then.
	 */
	private static void awaitActivation(final Window window) {
		if (window == null || EventQueue.isDispatchThread()) return;
		for (int waited = 0; !window.isActive() && waited < MOST_MILLIS; waited += STEP_MILLIS) IJ.wait(STEP_MILLIS);
	}
}
