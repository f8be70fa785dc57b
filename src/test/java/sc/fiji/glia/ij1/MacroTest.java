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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;

/** Macros without a screen, in ImageJ alone. */
class MacroTest {

	private static final String OPEN = "newImage('a b.tif', '8-bit black', 4, 3, 2); newImage('c.tif', '8-bit black', 4, 3, 1); ";

	@BeforeAll
	static void installCommands() throws Exception {
		assumeTrue(GraphicsEnvironment.isHeadless());
		final java.lang.reflect.Method init = IJ.class.getDeclaredMethod("init");
		init.setAccessible(true);
		init.invoke(null);
		Commands.install();
	}

	@BeforeEach
	void closeAll() {
		IJ.runMacro("close('*');");
		ResultsTable.getResultsTable().reset();
	}

	/** What a macro returns. */
	private static String returned(final String macro) {
		return IJ.runMacro("setBatchMode(true); " + macro);
	}

	/** The message that stops a macro. It must not get to the statement after it. */
	private static String message(final String statement) {
		final Interpreter interpreter = new Interpreter();
		interpreter.setIgnoreErrors(true);
		interpreter.run("setBatchMode(true); " + OPEN + statement + " setResult('went on', nResults, 1);");
		final String message = interpreter.getErrorMessage();
		assertEquals(0, ResultsTable.getResultsTable().size(), "the macro went on");
		assertNotNull(message, () -> "no error from " + statement);
		return message;
	}

	@Test
	void runsAtOnceOnTheActiveImage() {
		assertEquals("c.tif seed=1 overlay=false file=", returned(OPEN + "run('Fake Task...', ''); return getTitle();"));
		assertEquals("c.tif seed=1 overlay=false file=", returned(OPEN + "run('Fake Task...'); return getTitle();"));
	}

	@Test
	void readsAllSpellings() {
		assertEquals("a b.tif seed=2 overlay=true file=x y.zip", returned(OPEN +
			"run('Fake Task...', 'image=[a b.tif] seed=2 overlay file=[x y.zip]'); return getTitle();"));
		assertEquals("c.tif seed=1 overlay=true file=z", returned(OPEN + "run('Fake Task...', 'overlay=true file=z'); return getTitle();"));
		assertEquals("c.tif seed=1 overlay=false file=", returned(OPEN + "run('Fake Task...', 'overlay=false file=[]'); return getTitle();"));
		assertEquals("c.tif seed=3 overlay=false file=it is", returned(OPEN +
			"where = 'it is'; n = 3; run('Fake Task...', 'seed=&n file=&where'); return getTitle();"));
	}

	@Test
	void outputsAreOpenForTheMacro() {
		assertEquals("3", returned(OPEN + "run('Fake Task...', 'seed=2'); return '' + nImages;"));
	}

	@Test
	void mistakesStopTheMacroWithTheMessage() {
		assertTrue(message("run('Fake Task...', 'seed=abc');").contains("seed: expected a whole number from 0 to 9, got 'abc'"));
		assertTrue(message("run('Fake Task...', 'sed=1');").contains("Unknown key 'sed'"));
		assertTrue(message("run('Fake Task...', 'image=[no such]');").contains("image: no open image is called 'no such'"));
		assertTrue(message("run('Fake Task...', 'seed=9');").contains("seed: nine is out"));
		assertTrue(message("run('Fake Task...', 'seed=8');").contains("Unexpected error"));
		assertTrue(message("close('*'); run('Fake Task...', 'seed=1');").contains("image: no image"));
	}

	@Test
	void nothingIsReturnedByAMacroThatStops() {
		assertNull(returned(OPEN + "run('Fake Task...', 'seed=abc'); setResult('went on', nResults, 1); return 'went on';"));
		assertEquals(0, ResultsTable.getResultsTable().size());
		assertEquals("went on", returned(OPEN + "run('Fake Task...', 'seed=1'); setResult('went on', nResults, 1); return 'went on';"));
		assertEquals(1, ResultsTable.getResultsTable().size());
	}

	@Test
	void tableIsReadAsDocumented() throws Exception {
		assertEquals("0.5", returned(Commands.EVALUATION + Commands.documented("Glia Evaluation") + " return '' + dice;"));
	}

	/** NB: the first would not even fit the reference. */
	@Test
	void ofTwoImagesOfOneTitleTheActiveOneIsMeant() throws Exception {
		assertEquals("2 0.5", returned("newImage('found', '8-bit black', 9, 9, 1); rename('found'); " + Commands.EVALUATION +
			"same = 0; for (i = 1; i <= nImages; i++) { selectImage(i); if (getTitle() == 'found') same++; } " + Commands.documented("Glia Evaluation") +
			" return '' + same + ' ' + dice;"));
	}

	@Test
	void aboutGoesToTheLog() {
		assertEquals("went on", returned("run('About Glia...'); run('About Glia...', ''); return 'went on';"));
		assertTrue(message("run('About Glia...', 'seed=1');").contains("Unknown key 'seed'"));
	}

	@Test
	void ourCommandsAreThere() {
		assertTrue(message("run('Train Segmentation Network...', 'epochs=abc model=x.zip');").contains("epochs: expected a whole number"));
		assertTrue(message("run('Train Segmentation Network...');").contains("model: missing"));
		assertTrue(message("run('Segment with Network...', 'model=x.zip output=masks');").contains("did you mean 'mask'?"));
		assertTrue(message("run('Evaluate Segmentation...', '');").contains("reference: missing"));
	}
}
