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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;

/** Commands as scripts call them. */
class CommandServiceTest {

	private Context context;
	private CommandService commands;

	@BeforeEach
	void open() {
		context = new Context(CommandService.class);
		commands = context.service(CommandService.class);
		WindowManager.setTempCurrentImage(null);
	}

	@AfterEach
	void close() {
		context.dispose();
	}

	private Throwable failure(final Class<? extends TaskCommand> command, final Object... inputs) {
		Throwable e = assertThrows(ExecutionException.class, () -> commands.run(command, true, inputs).get());
		while (e.getCause() != null && !(e instanceof IllegalArgumentException)) e = e.getCause();
		return e;
	}

	private static ImagePlus image() {
		return IJ.createImage("a b.tif", "8-bit black", 4, 3, 2);
	}

	@Test
	void wrongValuesAreExceptions() {
		assertEquals("rate: expected a number from 0.0000001 to 10 (or 0: automatic), got '-1.0'", failure(TrainNetwork.class, "image", image(), "rate",
			-1.0, "model", "x.zip").getMessage());
		assertEquals("output: expected one of mask, labels, probability, none, got 'masks'; did you mean 'mask'?", failure(SegmentImage.class, "image",
			image(), "model", "x.zip", "output", "masks").getMessage());
		assertEquals("model: missing. Give the file to read, as in model=[path.zip]", failure(SegmentImage.class, "image", image()).getMessage());
		assertEquals("reference: missing. Give the title of an open image, as in reference=[title]", failure(EvaluateImage.class, "image", image())
			.getMessage());
		assertEquals("image: no image. Open one, give image=[title], or give folder=[path]", failure(TrainNetwork.class, "model", "x.zip").getMessage());
	}

	/** NB: it takes nothing, so that nothing can be asked either. */
	@Test
	void aboutTakesNothing() throws Exception {
		assertFalse(commands.run(ShowAbout.class, true).get().isCanceled());
	}

	@Test
	void outputOfAFakeTaskIsTheResult() throws Exception {
		final CommandModule module = commands.run(FakeCommand.class, true, "image", image(), "seed", 5, "overlay", true).get();
		assertEquals("a b.tif seed=5 overlay=true file=", ((ImagePlus) module.getOutput("result")).getTitle());
	}

	@Test
	void aFakeTaskIsToldOfFiles() throws Exception {
		final CommandModule module = commands.run(FakeCommand.class, true, "image", image(), "file", "x y.zip").get();
		assertEquals("a b.tif seed=1 overlay=false file=x y.zip", ((ImagePlus) module.getOutput("result")).getTitle());
	}
}
