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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ij.IJ;
import ij.ImageJ;
import ij.Menus;

/** What macro tests share, with a screen and without. */
final class Commands {

	/** Compares two stacks whose Dice is 0.5: two pixels each, one in common, all in one of two slices. */
	static final String EVALUATION = "newImage('truth', '8-bit black', 4, 3, 2); setPixel(0, 0, 255); setPixel(1, 0, 255); newImage('found', '8-bit black', 4, 3, 2); " +
		"setPixel(1, 0, 255); setPixel(2, 0, 255); run('Evaluate Segmentation...', 'image=found reference=truth'); ";

	private Commands() {}

	/** ImageJ, without a window of its own. NB: one for all tests, as its quitting goes on while the next test begins. */
	static void startImageJ() {
		if (IJ.getInstance() == null) new ImageJ(ImageJ.NO_SHOW).exitWhenQuitting(false);
	}

	/** Puts our commands into ImageJ's table. NB: target/classes is no jar in a plugins folder, where ImageJ would find them itself. */
	static void install() throws IOException {
		final Pattern line = Pattern.compile("^[^#\"][^\"]*, *\"([^\"]+)\", *(.+)$");
		try (BufferedReader r = new BufferedReader(new InputStreamReader(RunTask.class.getResourceAsStream("/plugins.config"), StandardCharsets.UTF_8))) {
			r.lines().map(line::matcher).filter(Matcher::matches).forEach(m -> put(m.group(1), m.group(2)));
		}
		put("Fake Task...", RunFake.class.getName());
	}

	@SuppressWarnings("unchecked")
	private static void put(final String label, final String plugin) {
		Menus.getCommands().put(label, plugin);
	}

	/** The code block of docs/MACROS.md that begins with a table's title. */
	static String documented(final String table) throws IOException {
		final String[] blocks = Files.readString(Path.of("docs/MACROS.md")).split("```");
		return Arrays.stream(blocks).map(String::strip).filter(b -> b.startsWith("table = \"" + table)).findFirst().orElseThrow();
	}
}
