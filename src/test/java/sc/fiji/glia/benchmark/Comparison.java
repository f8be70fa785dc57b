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
package sc.fiji.glia.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a Markdown table of measurements in alternated rounds: for each workload and number of threads, each of our engines beside the
 * fastest other one. Started by {@code benchmark-peers.sh}; the argument is the file of JSON lines, as {@link Measurement#json} writes them,
 * each with its {@code round}.
 */
public final class Comparison {

	private static final String OURS = "glia-";
	private static final Pattern LOSS = Pattern.compile("\"loss\":\\[([^,\\]]+),([^,\\]]+)\\]");

	/** One line of the file. */
	record Line(int round, String workload, String engine, int threads, double millis, double memory, String loss, String java) {

		boolean ours() {
			return engine.startsWith(OURS);
		}
	}

	private Comparison() {}

	public static void main(final String[] args) throws IOException {
		if (args.length != 1) throw new IllegalArgumentException("Comparison: expected a file of JSON lines");
		table(Files.readAllLines(Path.of(args[0]))).forEach(System.out::println);
	}

	/** The tables in Markdown for lines of JSON; lines of workloads that an engine skips are left out. */
	static List<String> table(final List<String> json) {
		final List<Line> lines = json.stream().filter(l -> l.contains("\"median_ms\"")).map(Comparison::parse).toList();
		final List<String> text = new ArrayList<>();
		by(lines.stream().filter(Line::ours).toList(), Line::java).forEach((java, ours) -> {
			by(ours, l -> String.valueOf(l.threads)).forEach((threads, some) -> {
				text.add("");
				text.add("**" + threads + (threads.equals("1") ? " thread" : " threads") + ", Java " + java + "**");
				text.add("");
				text.add("| workload | engine | ms | fastest other | ms | ratio | ratio of each round | MB | least of others | loss | loss of other |");
				text.add("|---|---|---|---|---|---|---|---|---|---|---|");
				by(some, l -> l.workload + " | " + l.engine.substring(OURS.length())).forEach((name, l) -> text.add(row(name, l, lines)));
			});
			speedUp(ours, text);
		});
		return text;
	}

	private static String row(final String name, final List<Line> ours, final List<Line> all) {
		final Line any = ours.get(0);
		final List<Line> others = all.stream().filter(l -> !l.ours() && l.workload.equals(any.workload) && l.threads == any.threads).toList();
		final String start = "| " + name + " | " + number(median(ours, Line::millis));
		final String loss = ours.get(ours.size() - 1).loss;
		if (others.isEmpty()) return start + " | - | - | - | - | " + number(median(ours, Line::memory)) + " | - | " + loss + " | - |";
		final double[] ratios = ours.stream().flatMapToDouble(o -> others.stream().filter(l -> l.round == o.round).mapToDouble(Line::millis).min().stream()
			.map(m -> m / o.millis)).toArray();
		final Entry<String, List<Line>> fastest = by(others, Line::engine).entrySet().stream().min(Comparator.comparingDouble(e -> median(e.getValue(),
			Line::millis))).orElseThrow();
		final String each = Arrays.stream(ratios).mapToObj(Comparison::number).collect(Collectors.joining(", "));
		return start + " | " + fastest.getKey() + " | " + number(median(fastest.getValue(), Line::millis)) + " | **" + number(Measurement.median(
			ratios)) + "** | " + each + " | " + number(median(ours, Line::memory)) + " | " + number(others.stream().mapToDouble(Line::memory).min()
				.orElseThrow()) + " | " + loss + " | " + fastest.getValue().get(0).loss + " |";
	}

	/** What two threads gain over one, where both were measured. */
	private static void speedUp(final List<Line> ours, final List<String> text) {
		final List<String> rows = new ArrayList<>();
		by(ours, l -> l.workload + " | " + l.engine.substring(OURS.length())).forEach((name, l) -> {
			final Predicate<Line> one = x -> x.threads == 1, two = x -> x.threads == 2;
			if (l.stream().anyMatch(one) && l.stream().anyMatch(two)) rows.add("| " + name + " | " + number(median(l.stream().filter(one).toList(),
				Line::millis) / median(l.stream().filter(two).toList(), Line::millis)) + " |");
		});
		if (rows.isEmpty()) return;
		text.addAll(List.of("", "| workload | engine | speed-up by 2 threads |", "|---|---|---|"));
		text.addAll(rows);
	}

	private static Map<String, List<Line>> by(final List<Line> lines, final Function<Line, String> key) {
		return lines.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
	}

	private static double median(final List<Line> lines, final ToDoubleFunction<Line> value) {
		return Measurement.median(lines.stream().mapToDouble(value).toArray());
	}

	private static String number(final double v) {
		return String.format(Locale.ROOT, v < 10 ? "%.2f" : v < 100 ? "%.1f" : "%.0f", v);
	}

	private static Line parse(final String json) {
		final Matcher loss = LOSS.matcher(json);
		return new Line(Integer.parseInt(field(json, "round")), field(json, "workload"), field(json, "engine"), Integer.parseInt(field(json, "threads")),
			Double.parseDouble(field(json, "median_ms")), Double.parseDouble(field(json, "peak_rss_mb")), loss.find() ? loss.group(1) + " to " + loss.group(
				2) : "-", json.contains("\"java\"") ? field(json, "java") : "");
	}

	/** A text or number of a flat object. */
	private static String field(final String json, final String name) {
		final Matcher m = Pattern.compile("\"" + name + "\":\\s*(?:\"([^\"]*)\"|([-+.\\deE]+))").matcher(json);
		if (!m.find()) throw new IllegalArgumentException("Comparison: expected the field '" + name + "' in " + json);
		return m.group(1) != null ? m.group(1) : m.group(2);
	}
}
