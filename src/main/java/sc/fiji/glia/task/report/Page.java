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

import static sc.fiji.glia.task.report.Html.text;

import java.util.List;

/** The frame of a report: one page without anything outside it. */
final class Page {

	private Page() {}

	/**
	 * The page.
	 *
	 * @param title heading
	 * @param lede what comes before everything else, as HTML; may be empty
	 * @param meta line below the heading, as HTML
	 * @param sections the rest, as HTML
	 */
	static String html(final String title, final String lede, final String meta, final List<String> sections) {
		return """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<title>%s</title>
			<style>
			%s</style>
			</head>
			<body>
			<main>
			<header>
			%s<h1>%s</h1>
			<p class="meta">%s</p>
			</header>
			%s<footer>Research software, not a medical device.</footer>
			</main>
			</body>
			</html>
			""".formatted(text(title), STYLE, lede, text(title), meta, String.join("", sections));
	}

	private static final String STYLE = """
		:root { --ink: #1d2329; --soft: #66707a; --line: #e3e7ea; --accent: #1f6fb4; }
		* { box-sizing: border-box; }
		body { margin: 0; background: #f5f6f7; color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
		main { max-width: 60rem; margin: 2.5rem auto; padding: 2.5rem 3.5rem; background: #fff; border: 1px solid var(--line); border-radius: 8px; }
		h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; overflow-wrap: anywhere; }
		h2 { font-size: 1.2rem; margin: 2.6rem 0 .6rem; padding-top: 1.2rem; border-top: 1px solid var(--line); }
		p { margin: .5rem 0; max-width: 44rem; }
		.meta, .small, figcaption, footer { color: var(--soft); font-size: .9rem; }
		.warning { max-width: none; margin: 0 0 1.6rem; padding: .9rem 1.2rem; background: #fdf0e6; border-left: 4px solid #d9541e; font-weight: 600; }
		.bars { margin: .9rem 0; }
		.bars div { display: grid; grid-template-columns: 14rem 1fr 4rem; gap: 1rem; align-items: center; margin: .45rem 0; }
		.track { height: 1rem; background: #eef1f3; border-radius: 3px; overflow: hidden; }
		.track i { display: block; height: 100%; background: #b4bcc4; }
		.network { font-weight: 600; }
		.wide div { grid-template-columns: 16rem 1fr 11rem; }
		.wide .track { position: relative; }
		.track b { position: absolute; top: .42rem; height: .16rem; min-width: 2px; background: var(--ink); }
		.low { color: var(--soft); font-weight: 400; font-size: .85em; }
		.classes td .low { display: block; }
		.classes td { text-align: left; } .classes .n { text-align: right; }
		details { margin: .8rem 0; } summary { cursor: pointer; color: var(--soft); }
		.network .track i { background: var(--accent); }
		table { border-collapse: collapse; margin: .8rem 0; font-size: .93rem; }
		th, td { text-align: left; vertical-align: top; padding: .32rem 1.1rem .32rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
		th { color: var(--soft); font-weight: 600; overflow-wrap: normal; }
		.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
		.scores, .settings { width: 100%; }
		.scores th:nth-child(n+3) { text-align: right; } .scores td:nth-child(-n+2) { text-align: left; }
		.settings td:nth-child(1), .facts td:nth-child(1) { white-space: nowrap; }
		.settings td:nth-child(-n+2), .facts td { text-align: left; white-space: normal; }
		.facts td:nth-child(1) { color: var(--soft); min-width: 9rem; }
		code, pre { font-family: ui-monospace, Consolas, Menlo, "DejaVu Sans Mono", monospace; font-size: .88em; }
		pre { padding: .9rem 1.1rem; background: #f5f6f7; border-radius: 5px; white-space: pre-wrap; overflow-wrap: anywhere; }
		figure { margin: 1.1rem 0; }
		img { max-width: 100%; height: auto; display: block; }
		.label { color: #1d9c30; } .prediction { color: #d414c4; }
		footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
		@media (max-width: 45rem) {
		  main { margin: 0; padding: 1.2rem; border: 0; }
		  .bars div { grid-template-columns: 1fr 4rem; } .wide div { grid-template-columns: 1fr 11rem; } .bars .track { grid-row: 2; }
		}
		@media print { body { background: #fff; } main { border: 0; margin: 0; padding: 0; max-width: none; } section { break-inside: avoid; } }
		""";
}
