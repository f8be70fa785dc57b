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
package sc.fiji.glia.task.report;

import java.util.List;
import java.util.stream.Collectors;

import ij.measure.ResultsTable;

/**
 * A table of texts and numbers, for a file or for ImageJ.
 *
 * @param header name of each column, all different
 * @param rows the cells of each row: {@link Number} or text
 */
record Rows(List<String> header, List<List<Object>> rows) {

	private static final int DECIMALS = 4;

	/** Comma-separated values (RFC 4180, but lines end with a line feed). */
	String csv() {
		final StringBuilder s = new StringBuilder();
		append(s, header);
		for (final List<Object> row : rows) append(s, row);
		return s.toString();
	}

	/** The same as ImageJ shows it. */
	ResultsTable table() {
		final ResultsTable table = new ResultsTable(rows.size());
		table.setPrecision(DECIMALS);
		final int[] columns = header.stream().mapToInt(table::getFreeColumn).toArray();
		for (int r = 0; r < rows.size(); r++) {
			for (int c = 0; c < columns.length; c++) {
				if (rows.get(r).get(c) instanceof Number n) table.setValue(columns[c], r, n.doubleValue());
				else table.setValue(columns[c], r, String.valueOf(rows.get(r).get(c)));
			}
		}
		return table;
	}

	private static void append(final StringBuilder s, final List<?> cells) {
		s.append(cells.stream().map(c -> cell(String.valueOf(c))).collect(Collectors.joining(","))).append('\n');
	}

	private static String cell(final String s) {
		return s.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') ? '"' + s.replace("\"", "\"\"") + '"' : s;
	}
}
