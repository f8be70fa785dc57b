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
package sc.fiji.glia.data.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {

	@TempDir
	Path folder;

	private CsvTable read(final byte[] bytes) throws IOException {
		return CsvTable.read(Files.write(folder.resolve("t.csv"), bytes));
	}

	private CsvTable read(final String text) throws IOException {
		return read(text.getBytes(StandardCharsets.UTF_8));
	}

	private String failure(final String text) throws IOException {
		Files.writeString(folder.resolve("t.csv"), text);
		return assertThrows(IllegalArgumentException.class, () -> CsvTable.read(folder.resolve("t.csv"))).getMessage();
	}

	@Test
	void quotesSeparatorsAndLineEnds() throws IOException {
		final CsvTable t = read("\uFEFFfile, Class ,\"a,b\"\r\n\"x \"\"1\"\".png\",\"two\r\nlines\", 7 \r\n\r\n,,\r\ny.png,\"\"\rz.png,c");
		assertEquals(List.of("file", "Class", "a,b"), t.columns());
		assertEquals(List.of("x \"1\".png", "two\r\nlines", "7"), t.rows().get(0).cells());
		assertEquals(List.of("y.png", ""), t.rows().get(1).cells());
		assertEquals("", t.rows().get(1).cell(2));
		assertEquals(List.of("z.png", "c"), t.rows().get(2).cells());
		assertEquals(List.of(2, 6, 7), t.rows().stream().map(CsvTable.Row::line).toList());
	}

	@Test
	void theFirstRowSaysTheSeparator() throws IOException {
		assertEquals(List.of("a", "1,5"), read("file;value\na;1,5\n").rows().get(0).cells());
		assertEquals(List.of("a", "1;5"), read("file\tvalue\na\t1;5").rows().get(0).cells());
		assertEquals(List.of("a;b", "1"), read("\"fi;;le\",value\na;b,1").rows().get(0).cells());
	}

	@Test
	void encodings() throws IOException {
		for (final Charset c : new Charset[] { StandardCharsets.UTF_8, Charset.forName("windows-1252") })
			assertEquals("gr\u00fcn", read("a,b\ngr\u00fcn,1".getBytes(c)).rows().get(0).cell(0));
		assertEquals("gr\u00fcn", read("\uFEFFa,b\ngr\u00fcn,1".getBytes(StandardCharsets.UTF_16LE)).rows().get(0).cell(0));
	}

	@Test
	void columnsByName() throws IOException {
		final CsvTable t = read("class,Class,x\n1,2,3");
		assertEquals(OptionalInt.of(1), t.column("Class"));
		assertEquals(OptionalInt.of(0), t.column("CLASS"));
		assertEquals(OptionalInt.empty(), t.column("y"));
	}

	@Test
	void whatIsWrongIsSaid() throws IOException {
		assertTrue(failure("file,class\n").contains("at least one more row, found 1 row."));
		assertTrue(failure("").contains("found 0 rows"));
		assertTrue(failure("a,b\nx,1\ny,1,5\n").contains("line 3: expected 2 cells, as in the first row, found 3"));
		assertTrue(failure("a,b\nx,1\n\"y,1\nz,2").contains("line 3: a quote is opened and not closed"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> CsvTable.read(folder.resolve("no.csv"))).getMessage().contains("no such file"));
	}
}
