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
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;

import sc.fiji.glia.task.Classifiers;

/** Classification in macros without a screen. */
class ClassificationMacroTest extends MacrosInFolder {

	/** Slices of one gray each, labelled with their class. */
	private static final String STACK = """
		setBatchMode(true);
		newImage("my scans.tif", "8-bit black", 16, 12, 20);
		for (i = 1; i <= 20; i++) {
			setSlice(i);
			bright = i % 2;
			run("Set...", "value=" + (40 + 120 * bright + i) + " slice");
			if (bright) run("Set Label...", "label=bright"); else run("Set Label...", "label=dark");
		}
		""";

	ClassificationMacroTest() {
		super(STACK);
	}

	@Test
	void trainClassifyEvaluate() throws IOException {
		final String returned = IJ.runMacro(macro("""
			run("Train Classification Network...", "groups=none network=[Dense 10] size=8 optimizer=adam rate=0.02 batch=4 epochs=40 model=[FOLDER/my net.zip]");
			run("Classify with Network...", "model=[FOLDER/my net.zip] overlay save=[FOLDER/classes.csv]");
			rows = nResults;
			third = getResultString("Name", 2) + "|" + getResultString("Class", 2);
			texts = Overlay.size;
			run("Evaluate Classification...", "image=[my scans.tif] groups=none model=[FOLDER/my net.zip] results=[FOLDER/out]");
			return "" + rows + "|" + third + "|" + texts + "|" + getTitle() + "|" + getResultString("name", 0) + "|" + getResult("value", 0);
			"""));
		assertNotNull(returned, "the macro stopped");
		final String[] parts = returned.split("\\|");
		assertEquals(List.of("20", "my scans.tif:3", "bright", "20", "my scans.tif", "accuracy"), List.of(parts).subList(0, 6));
		assertEquals(1, Double.parseDouble(parts[6]), "means tell the classes apart");
		assertEquals(21, Files.readAllLines(folder.resolve("classes.csv")).size());
		final String page = Files.readString(folder.resolve("out/report.html"));
		assertTrue(page.contains("image=[my scans.tif] groups=none model="), "the line that repeats it");
	}

	@Test
	void aFolderNeedsNoImage() {
		Classifiers.save(folder.resolve("images"), "dark/a.png", 5, 5, 20);
		Classifiers.save(folder.resolve("images"), "bright/b.png", 9, 5, 220);
		Classifiers.brightness(folder.resolve("net.zip"));
		assertEquals("2 bright/b.png 1", IJ.runMacro(macro("""
			close("*");
			run("Classify with Network...", "folder=[FOLDER/images] model=[FOLDER/net.zip]");
			found = "" + nResults + " " + getResultString("Name", 0);
			run("Evaluate Classification...", "folder=[FOLDER/images] model=[FOLDER/net.zip]");
			return found + " " + getResult("value", 0);
			""")));
	}

	@Test
	void aMistakeStopsTheMacro() {
		Classifiers.brightness(folder.resolve("net.zip"));
		for (final String[] c : new String[][] { { "Classify with Network...", "model=[FOLDER/none.zip]", "There is no model file" }, {
			"Classify with Network...", "folder=[FOLDER] model=[FOLDER/net.zip] overlay", "overlay: it is drawn on an open image" }, {
				"Evaluate Classification...", "model=[FOLDER/net.zip] classes=diagnosis", "needs a table" }, {
					"Evaluate Classification...", "modell=[FOLDER/net.zip]", "did you mean 'model'?" }, {
						"Segment with Network...", "model=[FOLDER/net.zip]", "Use it with Classify with Network..." } }) {
			final Interpreter interpreter = new Interpreter();
			interpreter.setIgnoreErrors(true);
			interpreter.run(macro("run(\"" + c[0] + "\", \"" + c[1] + "\"); setResult('went on', nResults, 1);"));
			assertTrue(String.valueOf(interpreter.getErrorMessage()).contains(c[2]), interpreter.getErrorMessage());
			assertEquals(0, ResultsTable.getResultsTable().size(), "the macro went on");
		}
	}
}
