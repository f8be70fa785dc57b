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
package sc.fiji.glia.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class MacroOptionsTest {

	@Test
	void readsBracketsQuotesAndBareWords() {
		assertEquals(Map.of("image", "a b.tif", "model", "/x/y z.zip", "save", "it is", "overlay", "true", "seed", "1", "empty", "", "last", ""),
			MacroOptions.parse("image=[a b.tif] model=[/x/y z.zip]  save='it is' overlay seed=1 empty=[] last="));
		assertEquals(Map.of("image", "a[1].tif", "x", "y"), MacroOptions.parse(" image=[a[1].tif] x=y "));
		assertEquals(Map.of("model", "/a=b/c.zip"), MacroOptions.parse("model=/a=b/c.zip"));
		assertEquals(Map.of("overlay", "true"), MacroOptions.parse("Overlay"));
		assertEquals(Map.of(), MacroOptions.parse("  "));
	}

	@Test
	void rejectsWhatHasTwoMeanings() {
		assertEquals("Key 'seed' is given twice in \"seed=1 Seed=2\"", assertThrows(IllegalArgumentException.class, () -> MacroOptions.parse(
			"seed=1 Seed=2 ")).getMessage());
		assertEquals("image: the bracket is not closed in \"image=[a seed=1\"", assertThrows(IllegalArgumentException.class, () -> MacroOptions.parse(
			"image=[a seed=1")).getMessage());
		assertEquals("image: the quote is not closed in \"image='a\"", assertThrows(IllegalArgumentException.class, () -> MacroOptions.parse("image='a"))
			.getMessage());
	}

	@Test
	void quotedValuesReadBack() {
		for (final String value : List.of("a", "", "a b", "a[1]", "it's", "a]b", "[a", "x=y z", "C:\\a b\\c", "ü (2).tif", "&var", "'", "a+b")) {
			assertEquals(Map.of("k", value, "l", "m"), MacroOptions.parse("k=" + MacroOptions.quote(value) + " l=m"), value);
		}
		assertThrows(IllegalArgumentException.class, () -> MacroOptions.quote("it's]"));
	}
}
