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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A table in a text file, whose first row names the columns. Cells are separated by commas, semicolons or tabs, whichever the first row has most of; in double
 * quotes they may hold these, line breaks and doubled quotes. UTF-8, UTF-16 with a byte order mark, else Windows-1252. Blank rows are passed over.
 *
 * @param file where it is from
 * @param columns names of the columns, trimmed
 * @param rows all other rows
 */
public record CsvTable(Path file, List<String> columns, List<Row> rows) {

	/**
	 * A row.
	 *
	 * @param line where it begins, counted from 1
	 * @param cells trimmed; may be fewer than there are columns
	 */
	public record Row(int line, List<String> cells) {

		/** The cell in a column counted from 0, "" if there is none. */
		public String cell(final int column) {
			return column < cells.size() ? cells.get(column) : "";
		}
	}

	/**
	 * Reads a whole table.
	 *
	 * @throws IllegalArgumentException if there is no such file, no row below the names, a quote that is not closed, or a row longer than the first
	 * @throws UncheckedIOException if the file cannot be read
	 */
	public static CsvTable read(final Path file) {
		if (!Files.isRegularFile(file)) throw new IllegalArgumentException("Table '" + file + "': there is no such file.");
		final String text;
		try {
			text = decode(Files.readAllBytes(file));
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot read table '" + file + "': " + e.getMessage(), e);
		}
		final List<Row> rows = rows(text, file);
		if (rows.size() < 2) throw new IllegalArgumentException("Table '" + file + "': expected a row of column names and at least one more row, found " +
			rows.size() + (rows.size() == 1 ? " row." : " rows."));
		final List<String> columns = rows.get(0).cells();
		for (final Row row : rows) for (int c = columns.size(); c < row.cells().size(); c++) if (!row.cell(c).isEmpty()) throw new IllegalArgumentException(
			"Table '" + file + "', line " + row.line() + ": expected " + columns.size() + " cells, as in the first row, found " + row.cells().size() +
				". Put cells that hold a separator into quotes.");
		return new CsvTable(file, columns, List.copyOf(rows.subList(1, rows.size())));
	}

	/** Column of this name, whatever the case of its letters; one of the very same letters goes first. */
	public OptionalInt column(final String name) {
		final int exact = columns.indexOf(name);
		return exact >= 0 ? OptionalInt.of(exact) : IntStream.range(0, columns.size()).filter(c -> columns.get(c).equalsIgnoreCase(name)).findFirst();
	}

	private static String decode(final byte[] bytes) {
		if (bytes.length >= 2 && (bytes[0] == -2 && bytes[1] == -1 || bytes[0] == -1 && bytes[1] == -2)) return new String(bytes, StandardCharsets.UTF_16);
		try {
			final String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return text.startsWith("\uFEFF") ? text.substring(1) : text;
		}
		catch (final CharacterCodingException e) {
			// NB: what a spreadsheet on Windows writes; every sequence of bytes is text in it
			return new String(bytes, Charset.isSupported("windows-1252") ? Charset.forName("windows-1252") : StandardCharsets.ISO_8859_1);
		}
	}

	private static List<Row> rows(final String text, final Path file) {
		final char separator = separator(text);
		final List<Row> rows = new ArrayList<>();
		List<String> cells = new ArrayList<>();
		final StringBuilder cell = new StringBuilder();
		boolean quoted = false;
		int line = 1, first = 1;
		for (int i = 0; i <= text.length(); i++) {
			final char c = i < text.length() ? text.charAt(i) : '\n';
			if (c == '\n') line++;
			if (quoted) {
				if (i == text.length()) throw new IllegalArgumentException("Table '" + file + "', line " + first + ": a quote is opened and not closed.");
				if (c != '"') cell.append(c);
				else if (i + 1 < text.length() && text.charAt(i + 1) == '"') cell.append(text.charAt(++i));
				else quoted = false;
			}
			else if (c == '"' && cell.toString().isBlank()) {
				cell.setLength(0);
				quoted = true;
			}
			else if (c == separator || c == '\n' || c == '\r') {
				cells.add(cell.toString().trim());
				cell.setLength(0);
				if (c == separator) continue;
				if (cells.stream().anyMatch(s -> !s.isEmpty())) rows.add(new Row(first, List.copyOf(cells)));
				cells = new ArrayList<>();
				if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
					i++;
					line++;
				}
				else if (c == '\r') line++;
				first = line;
			}
			else cell.append(c);
		}
		return rows;
	}

	private static char separator(final String text) {
		final int[] found = new int[3];
		boolean quoted = false;
		for (final char c : text.stripLeading().toCharArray()) {
			if (c == '"') quoted = !quoted;
			if (quoted) continue;
			if (c == '\n' || c == '\r') break;
			final int which = ",;\t".indexOf(c);
			if (which >= 0) found[which]++;
		}
		return found[0] >= Math.max(found[1], found[2]) ? ',' : found[1] >= found[2] ? ';' : '\t';
	}
}
