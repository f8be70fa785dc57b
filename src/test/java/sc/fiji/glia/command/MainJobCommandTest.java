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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;
import org.scijava.module.process.AbstractPreprocessorPlugin;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.process.ImageProcessor;

import sc.fiji.glia.model.ModelFile;

/** The whole job as a script does it, with named inputs. */
class MainJobCommandTest {

	@TempDir
	Path folder;
	private Context context;
	private CommandService commands;

	@BeforeEach
	void open() {
		context = new Context(CommandService.class);
		commands = context.service(CommandService.class);
	}

	@AfterEach
	void close() {
		context.dispose();
	}

	/** Lets an image without window be found by its title; NB: on the thread that the command runs on. */
	private static final class Opens extends AbstractPreprocessorPlugin {

		private final ImagePlus image;

		Opens(final ImagePlus image) {
			this.image = image;
		}

		@Override
		public void process(final Module module) {
			WindowManager.setTempCurrentImage(image);
		}
	}

	private Module runWith(final ImagePlus open, final Class<? extends TaskCommand> command, final Object... inputs) throws Exception {
		return context.service(ModuleService.class).run(commands.getCommand(command), List.of(new Opens(open)), List.of(), inputs).get();
	}

	private static ImagePlus squares(final String title, final int ground, final int square) {
		final ImagePlus imp = IJ.createImage(title, "8-bit black", 24, 24, 4);
		for (int s = 1; s <= 4; s++) {
			final ImageProcessor ip = imp.getStack().getProcessor(s);
			for (int y = 0; y < 24; y++) for (int x = 0; x < 24; x++) ip.set(x, y, x >= 2 * s && x < 2 * s + 10 && y >= s && y < s + 9 ? square : ground);
		}
		return imp;
	}

	@Test
	void trainSegmentEvaluate() throws Exception {
		final ImagePlus image = squares("cells.tif", 40, 200), truth = squares("truth.tif", 0, 255);
		final File model = folder.resolve("m.zip").toFile();
		runWith(truth, TrainNetwork.class, "image", image, "labels", "truth.tif", "network", "U-Net", "batch", 2, "epochs", 2, "model", model);
		assertEquals(2, ModelFile.read(model.toPath()).training().history().size());
		final ImagePlus mask = (ImagePlus) commands.run(SegmentImage.class, true, "image", image, "model", model, "threshold", 0.5).get().getOutput("result");
		assertEquals(List.of("cells.tif-mask", 4), List.of(mask.getTitle(), mask.getStackSize()));
		final File csv = folder.resolve("scores.csv").toFile();
		runWith(truth, EvaluateImage.class, "image", mask, "reference", "truth.tif", "save", csv);
		final double dice = ResultsTable.getResultsTable().getValue("Dice", 4);
		assertEquals(dice, Double.parseDouble(Files.readAllLines(csv.toPath()).get(5).split(",")[1]), 1e-12);
		runWith(truth, EvaluateImage.class, "image", squares("copy.tif", 0, 255), "reference", "truth.tif");
		assertEquals(1, ResultsTable.getResultsTable().getValue("Dice", 4));
	}

	@Test
	void roisAndAFolderOfResults() throws Exception {
		final ImagePlus image = squares("cells.tif", 40, 200);
		final Overlay overlay = new Overlay();
		for (int s = 1; s <= 4; s++) {
			final Roi roi = new Roi(2 * s, s, 10, 9);
			roi.setPosition(s);
			overlay.add(roi);
		}
		image.setOverlay(overlay);
		final Path model = folder.resolve("m.zip"), results = folder.resolve("results");
		commands.run(TrainNetwork.class, true, "image", image, "complete", true, "network", "U-Net", "batch", 2, "epochs", 1, "model", model.toString(),
			"results", results.toString()).get();
		assertTrue(Files.exists(results.resolve("history.csv")));
		final double foreground = 4 * 90 - 90.0 * ModelFile.read(model).training().split().validation().size();
		assertEquals(foreground, ModelFile.read(model).training().fingerprint().pixels().get(1).doubleValue());
	}

	@Test
	void aMistakeIsAnException() {
		final ExecutionException e = assertThrows(ExecutionException.class, () -> commands.run(SegmentImage.class, true, "image", squares("cells.tif", 0, 9),
			"model", folder.resolve("none.zip").toFile()).get());
		Throwable cause = e;
		while (cause.getCause() != null && !(cause instanceof IllegalArgumentException)) cause = cause.getCause();
		assertTrue(cause.getMessage().startsWith("There is no model file"), cause.getMessage());
	}
}
