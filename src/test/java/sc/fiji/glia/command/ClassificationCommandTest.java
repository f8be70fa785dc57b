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
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

import ij.ImagePlus;
import ij.WindowManager;
import ij.measure.ResultsTable;

import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.Classifiers;

/** Classification as a script does it, with named inputs. */
class ClassificationCommandTest {

	@TempDir
	Path folder;
	private Context context;
	private CommandService commands;
	private File model;

	@BeforeEach
	void open() {
		context = new Context(CommandService.class);
		commands = context.service(CommandService.class);
		model = Classifiers.brightness(folder.resolve("net.zip")).toFile();
		WindowManager.setTempCurrentImage(null);
	}

	@AfterEach
	void close() {
		context.dispose();
	}

	private static ImagePlus scans() {
		return Classifiers.stack("scans.tif", new int[] { 20, 180, 190 }, "dark", "bright", "dark");
	}

	@Test
	void classifyAndEvaluate() throws Exception {
		final ImagePlus image = scans();
		final File csv = folder.resolve("classes.csv").toFile();
		commands.run(ClassifyImage.class, true, "image", image, "model", model, "overlay", true, "save", csv).get();
		assertEquals(3, ResultsTable.getResultsTable().size());
		assertEquals("bright", ResultsTable.getResultsTable().getStringValue("Class", 2));
		assertEquals(3, image.getOverlay().size());
		assertEquals(4, Files.readAllLines(csv.toPath()).size());
		commands.run(EvaluateClassifier.class, true, "image", image, "model", model, "results", folder.resolve("out").toFile()).get();
		assertEquals(2 / 3.0, ResultsTable.getResultsTable().getValue("value", 0), 1e-12);
		assertTrue(Files.exists(folder.resolve("out/report.html")));
	}

	@Test
	void train() throws Exception {
		final File net = folder.resolve("trained.zip").toFile();
		final ImagePlus stack = Classifiers.stack("scans.tif", new int[] { 20, 180, 190, 30, 40, 170 }, "dark", "bright", "bright", "dark", "dark", "bright");
		commands.run(TrainClassifier.class, true, "image", stack, "network", "Dense 10", "epochs", 2, "model", net).get();
		assertEquals(2, ResultsTable.getResultsTable().size(), "epochs");
		assertEquals(List.of("bright", "dark"), ModelFile.read(net.toPath()).classes());
	}

	@Test
	void explain() throws Exception {
		final CommandModule module = commands.run(ExplainImage.class, true, "image", scans(), "model", model, "method", "integrated-gradients", "output", "stack")
			.get();
		final ImagePlus made = (ImagePlus) module.getOutput("result");
		assertEquals(List.of("scans.tif-explanation", 32, 3), List.of(made.getTitle(), made.getBitDepth(), made.getStackSize()));
		assertEquals(3, ResultsTable.getResultsTable().size());
	}

	@Test
	void checkGradients() throws Exception {
		commands.run(CheckNetwork.class, true, "network", "Dense 10").get();
		assertTrue(ResultsTable.getResultsTable().size() >= 2, "weights and biases");
	}

	@Test
	void aFolderNeedsNoImage() throws Exception {
		final Path images = folder.resolve("images");
		Classifiers.save(images, "dark/a.png", 5, 5, 20);
		Classifiers.save(images, "bright/b.png", 9, 5, 220);
		commands.run(ClassifyImage.class, true, "folder", images.toFile(), "model", model).get();
		assertEquals(List.of("bright/b.png", "dark/a.png"), List.of(ResultsTable.getResultsTable().getStringValue("Name", 0), ResultsTable.getResultsTable()
			.getStringValue("Name", 1)));
		commands.run(EvaluateClassifier.class, true, "folder", images.toFile(), "model", model).get();
		assertEquals(1, ResultsTable.getResultsTable().getValue("value", 0));
	}

	@Test
	void aMistakeIsAnException() {
		final ExecutionException e = assertThrows(ExecutionException.class, () -> commands.run(EvaluateClassifier.class, true, "image", scans(), "model", model,
			"classes", "diagnosis").get());
		Throwable cause = e;
		while (cause.getCause() != null && !(cause instanceof IllegalArgumentException)) cause = cause.getCause();
		assertTrue(cause.getMessage().startsWith("classes=diagnosis: the name of a column needs a table"), cause.getMessage());
	}
}
