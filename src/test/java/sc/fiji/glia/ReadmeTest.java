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
package sc.fiji.glia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

import ij.IJ;
import ij.ImagePlus;
import sc.fiji.glia.command.SegmentImage;
import sc.fiji.glia.task.MacroOptions;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.ui.UserTask;

/** What the documents say can be done: macro lines are understood, files are there, the script does what it says. */
class ReadmeTest {

	private static final List<Path> DOCUMENTS = List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("docs/MACROS.md"), Path.of(
		"docs/TROUBLESHOOTING.md"), Path.of("docs/ARCHITECTURE.md"), Path.of("docs/MODEL-FORMAT.md"));
	private static final Map<String, Settings> TASKS = UserTask.ALL.stream().map(UserTask::settings).collect(Collectors.toMap(Settings::label, s -> s));
	private static final Pattern CALL = Pattern.compile("run\\(\"([^\"]*\\.\\.\\.)\", (\".*?\")\\)");
	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static List<MatchResult> matches(final Pattern pattern, final Path document) throws IOException {
		return pattern.matcher(Files.readString(document).replaceAll("(?s)<!--.*?-->", "")).results().toList();
	}

	@TestFactory
	Stream<DynamicTest> macroLinesAreUnderstood() throws IOException {
		final List<DynamicTest> tests = new ArrayList<>();
		for (final Path document : DOCUMENTS) for (final MatchResult call : matches(CALL, document)) tests.add(DynamicTest.dynamicTest(document + ": " + call
			.group(), () -> {
				assertTrue(TASKS.containsKey(call.group(1)), () -> "no command is called " + call.group(1));
				final Map<String, String> given = new LinkedHashMap<>();
				if (TASKS.get(call.group(1)).takeImage()) given.put("image", "active.tif");
				given.putAll(MacroOptions.parse(call.group(2).substring(1, call.group(2).length() - 1)));
				TASKS.get(call.group(1)).parse(given);
			}));
		for (final String label : TASKS.keySet()) for (final Path document : List.of(Path.of("README.md"), Path.of("docs/MACROS.md"))) assertTrue(matches(CALL,
			document).stream().anyMatch(m -> m.group(1).equals(label)), () -> document + " shows no line of " + label);
		return tests.stream();
	}

	@TestFactory
	Stream<DynamicTest> linksLeadSomewhere() throws IOException {
		final List<DynamicTest> tests = new ArrayList<>();
		for (final Path document : DOCUMENTS) for (final MatchResult link : matches(LINK, document)) {
			if (!link.group(1).startsWith("http")) tests.add(DynamicTest.dynamicTest(document + ": " + link.group(1), () -> follow(document, link.group(1))));
		}
		assertTrue(tests.size() > 10);
		return tests.stream();
	}

	private static void follow(final Path document, final String link) throws IOException {
		final String[] parts = link.split("#", 2);
		final Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
		assertTrue(Files.exists(file), () -> "there is no file " + file);
		if (parts.length == 2) assertTrue(Files.readAllLines(file).stream().filter(l -> l.startsWith("#")).map(ReadmeTest::anchor).anyMatch(parts[1]::equals),
			() -> file + " has no heading " + parts[1]);
	}

	/** A heading's anchor, as GitHub makes it. */
	private static String anchor(final String heading) {
		return heading.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
	}

	/** The call of README's script. NB: false, so that nothing is asked. */
	@Test
	void scriptGetsAMask() throws Exception {
		final ImagePlus image = IJ.createHyperStack("a", 20, 12, 2, 2, 1, 8);
		final File model = new File("src/test/resources/sc/fiji/glia/model/golden-v1.zip");
		try (Context context = new Context(CommandService.class)) {
			final CommandModule module = context.service(CommandService.class).run(SegmentImage.class, false, "image", image, "model", model, "minimum", 10)
				.get();
			final ImagePlus mask = (ImagePlus) module.getOutput("result");
			assertEquals("a-mask", mask.getTitle());
			assertEquals(2, mask.getStackSize());
		}
	}
}
