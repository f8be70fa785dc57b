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

import sc.fiji.glia.ui.UserTask;

/** Holds the gradients that training computes against differences of the loss. */
@Plugin(type = Command.class, menuPath = "Plugins>Glia>Check Gradients...", headless = true)
public class CheckNetwork extends TaskCommand {

	@Parameter(label = "Model file", style = "open", required = false, persist = false, //
		description = "Model file whose network and weights are checked; empty checks the network below with drawn weights.")
	private File model = new File("");

	@Parameter(label = "Network", choices = { "auto", "Dense 512", "CNN 32-64", "CNN 128", "Dense 10", "U-Net", "U-Net auto" }, persist = false, //
		description = "Network to check where no model is given, made for small images: auto and the next four classify, the last two segment.")
	private String network = "auto";

	@Parameter(label = "Folder of images", style = "directory", required = false, persist = false, //
		description = "Folder of images to check with, up to four of them; empty draws random ones.")
	private File folder = new File("");

	@Parameter(label = "Seed", min = "0", max = "2147483647", persist = false, //
		description = "Start of the random numbers for weights, images and the entries that are compared.")
	private int seed = 1;

	@Override
	protected UserTask task() {
		return UserTask.GRADIENTS;
	}
}
