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

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import sc.fiji.glia.data.score.Metric;


/** Pieces of a page. Everything that comes from outside goes through {@link #text}. */
final class Html {

	private Html() {}

	/** Text with everything escaped that has a meaning in HTML, in attributes too. */
	static String text(final String s) {
		final StringBuilder b = new StringBuilder(s.length() + 16);
		s.codePoints().forEach(c -> {
			switch (c) {
				case '&' -> b.append("&amp;");
				case '<' -> b.append("&lt;");
				case '>' -> b.append("&gt;");
				case '"' -> b.append("&quot;");
				case '\'' -> b.append("&#39;");
				default -> b.appendCodePoint(c < ' ' && c != '\n' && c != '\t' || c >= 0xd800 && c <= 0xdfff ? 0xfffd : c);
			}
		});
		return b.toString();
	}

	/** A score with three digits; a dash if it does not exist. */
	static String score(final double d) {
		return Double.isFinite(d) ? String.format(Locale.ROOT, "%.3f", d) : "\u2013";
	}

	/** A number in at most four digits; a dash if it does not exist. */
	static String number(final double d) {
		if (!Double.isFinite(d)) return "\u2013";
		final String s = d != 0 && (Math.abs(d) < 1e-3 || Math.abs(d) >= 1e6) ? String.format(Locale.ROOT, "%.3e", d) : String.format(Locale.ROOT, "%.4f",
			d);
		return s.contains("e") ? s : s.replaceFirst("\\.?0+$", "");
	}

	/** A duration as people say it. */
	static String duration(final double seconds) {
		if (!Double.isFinite(seconds)) return "\u2013";
		final long s = Math.round(seconds);
		if (s < 60) return s + " s";
		return s < 3600 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s % 3600 / 60 + " min";
	}

	/** A table row; the cells are HTML already. */
	static String row(final String cell, final List<String> cells) {
		final StringBuilder b = new StringBuilder("<tr>");
		for (final String c : cells) {
			final String kind = c.matches("[-\\d.\u2013 %]+") ? " class=\"n\"" : "";
			b.append('<').append(cell).append(kind).append('>').append(c).append("</").append(cell).append('>');
		}
		return b.append("</tr>\n").toString();
	}

	/** A picture inside the page. */
	static String image(final byte[] png, final String alternative) {
		return "<img alt=\"" + text(alternative) + "\" src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(png) + "\">";
	}

	/** A table of names and values, which are HTML already. */
	static String facts(final List<List<String>> rows) {
		return "<table class=\"facts\">\n" + rows.stream().map(r -> row("td", r)).collect(Collectors.joining()) + "</table>\n";
	}

	/** A section; the content is HTML already. */
	static String section(final String title, final String content) {
		return "<section>\n<h2>" + title + "</h2>\n" + content + "</section>\n";
	}

	/** A section of pictures; nothing if there are none. With an introduction, which is HTML, they have captions. */
	static String pictures(final String title, final String intro, final List<Picture> pictures) {
		if (pictures.isEmpty()) return "";
		final boolean captions = !intro.isEmpty();
		return section(title, intro + pictures.stream().map(p -> "<figure>" + Html.image(p.png(), p.caption()) + (captions ? "<figcaption>" + text(p
			.caption()) + "</figcaption>" : "") + "</figure>\n").collect(Collectors.joining()));
	}

	/** A bar of a score. */
	static void bar(final StringBuilder b, final String kind, final String name, final double value) {
		final double percent = Double.isFinite(value) ? 100 * Math.min(1, Math.max(0, value)) : 0;
		b.append("<div class=\"").append(kind).append("\"><span>").append(text(name)).append("</span><span class=\"track\"><i style=\"width:").append(String
			.format(Locale.ROOT, "%.1f", percent)).append("%\"></i></span><span class=\"n\">").append(score(value)).append("</span></div>\n");
	}

	/** A bar of a score with a line for its interval, if there is one. */
	static void bar(final StringBuilder b, final String kind, final String name, final Metric m) {
		if (!Double.isFinite(m.low()) || !Double.isFinite(m.high())) {
			bar(b, kind, name, m.value());
			return;
		}
		b.append(String.format(Locale.ROOT, "<div class=\"%s\"><span>%s</span><span class=\"track\"><i style=\"width:%.1f%%\"></i>" +
			"<b style=\"left:%.1f%%;width:%.1f%%\"></b></span><span class=\"n\">%s <span class=\"low\">[%s to %s]</span></span></div>\n", kind, text(name), 100 * m
				.value(), 100 * m.low(), 100 * (m.high() - m.low()), score(m.value()), score(m.low()), score(m.high())));
	}
}
