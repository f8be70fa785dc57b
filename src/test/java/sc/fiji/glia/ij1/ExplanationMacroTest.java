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
import static org.junit.jupiter.api.Assertions.assertTrue;


import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;

import sc.fiji.glia.task.Classifiers;

/** Explanations and the check of gradients in macros without a screen. */
class ExplanationMacroTest extends MacrosInFolder {

	private static final String STACK = "setBatchMode(true); newImage('my scans.tif', '8-bit ramp', 16, 12, 3); ";

	ExplanationMacroTest() {
		super(STACK);
	}

	@Test
	void overlayAndStack() {
		Classifiers.brightness(folder.resolve("my net.zip"));
		assertEquals("3 3 my scans.tif bright my scans.tif-explanation 32 3", IJ.runMacro(macro("""
			run("Explain Classification...", "image=[my scans.tif] model=[FOLDER/my net.zip]");
			found = "" + nResults + " " + Overlay.size + " " + getTitle() + " " + getResultString("Class", 2);
			run("Explain Classification...", "model=[FOLDER/my net.zip] target=bright method=integrated-gradients output=stack");
			return found + " " + getTitle() + " " + bitDepth() + " " + nSlices;
			""")));
	}

	@Test
	void gradientsAreATable() {
		assertEquals("4 dense1.weight yes", IJ.runMacro("close('*'); run('Check Gradients...', 'network=[Dense 10] seed=2'); " +
			"return '' + nResults + ' ' + getResultString('Array', 0) + ' ' + getResultString('OK', 0);"));
	}

	@Test
	void aMistakeStopsTheMacro() {
		Classifiers.brightness(folder.resolve("net.zip"));
		for (final String[] c : new String[][] { { "Explain Classification...", "model=[FOLDER/net.zip] target=grey", "Its classes are: bright, dark" }, {
			"Explain Classification...", "", "model: missing" }, { "Check Gradients...", "network=[Dense 11]", "did you mean 'Dense 10'?" } })
		{
			final Interpreter interpreter = new Interpreter();
			interpreter.setIgnoreErrors(true);
			interpreter.run(macro("run(\"" + c[0] + "\", \"" + c[1] + "\"); setResult('went on', nResults, 1);"));
			assertTrue(String.valueOf(interpreter.getErrorMessage()).contains(c[2]), interpreter.getErrorMessage());
			assertEquals(0, ResultsTable.getResultsTable().size(), "the macro went on");
		}
	}
}
