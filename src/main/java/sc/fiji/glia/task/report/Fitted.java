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

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.List;

/** Text in pictures. */
final class Fitted {

	private Fitted() {}

	/** The text, or as much of its end as fits into the width, after an ellipsis: files of a folder differ at the end of their paths. */
	static String end(final FontMetrics metrics, final String text, final int width) {
		if (metrics.stringWidth(text) <= width) return text;
		int from = 1;
		while (from < text.length() && metrics.stringWidth("\u2026" + text.substring(from)) > width) from++;
		return "\u2026" + text.substring(from);
	}

	/** The text, or as much of its beginning as fits into the width, before an ellipsis. */
	static String beginning(final FontMetrics metrics, final String text, final int width) {
		if (metrics.stringWidth(text) <= width) return text;
		int to = text.length() - 1;
		while (to > 0 && metrics.stringWidth(text.substring(0, to) + "\u2026") > width) to--;
		return text.substring(0, to) + "\u2026";
	}

	/** The text in lines that break after spaces, underscores and dashes; a word may be wider than the width all the same. */
	static List<String> lines(final FontMetrics metrics, final String text, final int width) {
		final List<String> lines = new ArrayList<>();
		String line = "";
		for (final String word : text.split("(?<=[ _-])")) {
			if (!line.isEmpty() && metrics.stringWidth((line + word).strip()) > width) {
				lines.add(line.strip());
				line = "";
			}
			line += word;
		}
		lines.add(line.strip());
		return lines;
	}

	/** Smooth letters. */
	static void smooth(final Graphics2D g) {
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
	}
}
