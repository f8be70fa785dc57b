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

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import net.imagej.patcher.LegacyInjector;
import sc.fiji.glia.image.LabelColors;

/**
 * Starts plain ImageJ with the built jar in its plugins folder: with a screen, it opens the test images; without one, it runs the macros
 * {@code train-and-segment.ijm} and {@code train-classifier.ijm} on them and leaves what they make in {@code target/demo}.
 */
public final class Demo {

	private static final Path IMAGES = Path.of("test-images").toAbsolutePath();
	private static final Path OUTPUT = Path.of("target", "demo").toAbsolutePath();

	private Demo() {}

	/** @param args path of the built jar */
	public static void main(final String... args) throws IOException {
		final Path jar = Path.of(args[0]);
		final Path plugins = Files.createDirectories(OUTPUT.resolve("plugins"));
		Files.copy(jar, plugins.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
		System.setProperty("plugins.dir", OUTPUT.toString());
		if (GraphicsEnvironment.isHeadless()) runMacro();
		else openImageJ();
	}

	private static void openImageJ() throws IOException {
		Installed.colours();
		new ImageJ();
		try (Stream<Path> files = Files.list(IMAGES)) {
			files.filter(f -> f.toString().endsWith(".tif")).sorted().forEach(Demo::open);
		}
		IJ.run("Tile");
		IJ.selectWindow("phantom-a.tif");
		IJ.showStatus("Try Plugins > Glia > Train Segmentation Network...");
	}

	/** At a slice with a lesion. */
	private static void open(final Path file) {
		final ImagePlus image = IJ.openImage(file.toString());
		image.setSlice(image.getStackSize() / 2);
		image.show();
	}

	/** NB: the patch comes before the first class of ImageJ, so nothing of it is touched above. */
	private static void runMacro() {
		LegacyInjector.preinit();
		for (final String macro : new String[] { "train-and-segment.ijm", "train-classifier.ijm" }) {
			if (!HeadlessRun.succeeds(Path.of("macros", macro).toAbsolutePath(), IMAGES + "|" + OUTPUT)) System.exit(1);
		}
		System.exit(0);
	}

	/** A class of its own, so that ImageJ is loaded after the patch. */
	private static final class HeadlessRun {

		static boolean succeeds(final Path macro, final String argument) {
			Installed.colours();
			return "done".equals(IJ.runMacroFile(macro.toString(), argument));
		}
	}

	/** What an installed ImageJ has beside its jar. */
	private static final class Installed {

		/** The colours of ROI groups; ImageJ would log that it misses them. */
		static void colours() {
			try {
				Files.write(Files.createDirectories(OUTPUT.resolve("luts")).resolve("Glasbey.lut"), LabelColors.lut().getBytes());
			}
			catch (final IOException e) {
				throw new UncheckedIOException("Cannot write to '" + OUTPUT + "'", e);
			}
		}
	}
}
