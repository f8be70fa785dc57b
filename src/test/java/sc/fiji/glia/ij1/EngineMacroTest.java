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

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.measure.ResultsTable;
import sc.fiji.glia.task.ChooseEngine;

class EngineMacroTest {

	@BeforeAll
	static void installCommands() throws Exception {
		MacroTest.installCommands();
	}

	@Test
	void macrosChooseWithAnImageOrWithout() {
		assertEquals("1", IJ.runMacro("close('*'); run('Glia Engine...', 'engine=in-process'); return '1';"));
		assertEquals("in-process", ChooseEngine.present());
		assertEquals("1", IJ.runMacro("newImage('a', '8-bit black', 4, 3, 1); run('Glia Engine...', ''); close('*'); return '1';"));
		assertEquals("auto", ChooseEngine.present(), "what is left out is the standard");
	}

	@Test
	void aMacroMeasures() {
		ResultsTable.getResultsTable().reset();
		assertEquals("1", IJ.runMacro("run('Benchmark Glia...', 'seconds=1'); return '' + (nResults > 0);"));
	}
}
