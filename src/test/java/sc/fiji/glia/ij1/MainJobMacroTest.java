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
package sc.fiji.glia.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;

import sc.fiji.glia.model.ModelFile;

/** The whole job in one macro without a screen: train, segment, evaluate. */
class MainJobMacroTest extends MacrosInFolder {

	/** Bright rectangles that move from slice to slice on a dark ground, and their mask. */
	private static final String IMAGES = """
		setBatchMode(true);
		newImage("truth", "8-bit black", 32, 24, 4);
		run("Macro...", "code=[v = 255 * (x >= 2 + 3 * z && x < 14 + 3 * z && y >= 4 + z && y < 14 + z)] stack");
		newImage("my cells.tif", "8-bit black", 32, 24, 4);
		run("Macro...", "code=[v = 40 + z + 160 * (x >= 2 + 3 * z && x < 14 + 3 * z && y >= 4 + z && y < 14 + z)] stack");
		""";

	MainJobMacroTest() {
		super(IMAGES);
	}

	@Test
	void trainSegmentEvaluate() throws IOException {
		final String returned = IJ.runMacro(macro("""
			run("Train Segmentation Network...", "image=[my cells.tif] labels=truth network=U-Net batch=2 epochs=2 model=[FOLDER/my net.zip] results=[FOLDER/out]");
			trained = nResults;
			selectImage("my cells.tif");
			run("Segment with Network...", "model=[FOLDER/my net.zip] overlay");
			title = getTitle();
			slices = nResults;
			selectImage("my cells.tif");
			outlines = Overlay.size;
			run("Segment with Network...", "image=[my cells.tif] model=[FOLDER/my net.zip] output=none minimum=5000 overlay");
			left = Overlay.size;
			run("Evaluate Segmentation...", "image=[my cells.tif-mask] reference=truth save=[FOLDER/scores.csv]");
			return "" + trained + "|" + title + "|" + slices + "|" + left + "|" + nResults + "|" + getResultString("Scope", 4) + "|" + getResult("Dice", 4);
			"""));
		assertNotNull(returned, "the macro stopped");
		final String[] parts = returned.split("\\|");
		assertEquals(List.of("2", "my cells.tif-mask", "4", "0", "6", "volume"), List.of(parts).subList(0, 6));
		final String volume = Files.readAllLines(folder.resolve("scores.csv")).get(5);
		assertEquals(Double.parseDouble(volume.split(",")[1]), Double.parseDouble(parts[6]), 5e-5, "four digits of " + volume);
		assertTrue(Files.exists(folder.resolve("out/report.html")));
		assertEquals(1, ModelFile.read(folder.resolve("my net.zip")).training().baselines().get("best threshold: Dice"), "labels lie on the objects");
	}

	@Test
	void evaluationOfTheTruthIsOne() {
		assertEquals("1", IJ.runMacro(macro("""
			selectImage("truth");
			run("Duplicate...", "title=copy duplicate");
			run("Evaluate Segmentation...", "reference=truth");
			return "" + getResult("Dice", 4);
			""")));
	}

	@Test
	void theRecordedLineIsThatOfTheModel() {
		final String line = "run(\"Train Segmentation Network...\", \"image=[my cells.tif] labels=truth network=U-Net epochs=1 batch=2 model=" + folder.resolve(
			"m.zip").toString().replace('\\', '/') + "\");";
		IJ.runMacro(macro(line));
		assertEquals(line, ModelFile.read(folder.resolve("m.zip")).training().macro());
	}

	@Test
	void aMistakeStopsTheMacro() {
		for (final String[] c : new String[][] { { "image=[my cells.tif] labels=wrong model=[FOLDER/m.zip]", "labels: no open image is called 'wrong'" }, {
			"image=[my cells.tif] labels=truth model=[FOLDER/none/m.zip]", "does not exist. Make it first" }, {
				"image=truth labels=truth model=[FOLDER/m.zip] epoch=1", "did you mean 'epochs'?" }, {
					"image=[my cells.tif] labels=truth batch=4096 model=[FOLDER/m.zip]", "MB are free. batch=" } }) {
			final Interpreter interpreter = new Interpreter();
			interpreter.setIgnoreErrors(true);
			interpreter.run(macro("run(\"Train Segmentation Network...\", \"" + c[0] + "\"); setResult('went on', nResults, 1);"));
			assertTrue(String.valueOf(interpreter.getErrorMessage()).contains(c[1]), interpreter.getErrorMessage());
			assertEquals(0, ResultsTable.getResultsTable().size(), "the macro went on");
			assertFalse(Files.exists(folder.resolve("m.zip")));
		}
	}
}
