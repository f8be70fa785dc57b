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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;

/** Runs the macros of the folder macros, each with a training of one epoch of a small network in the place of its own. */
class ExampleMacrosTest {

	private static final Path IMAGES = Path.of("test-images").toAbsolutePath();

	@TempDir
	private Path folder;

	@BeforeAll
	static void installCommands() throws Exception {
		MacroTest.installCommands();
	}

	@AfterEach
	void closeAll() {
		IJ.runMacro("close('*');");
	}

	/** What the macro returns. */
	private static String run(final String name, final String argument) throws IOException {
		return run(name, argument, "network=[U-Net]");
	}

	private static String run(final String name, final String argument, final String network) throws IOException {
		final String macro = Files.readString(Path.of("macros", name)).replaceFirst("epochs = \\d+;", "epochs = 1;").replaceFirst("epochs=\\d+", "epochs=1")
			.replaceFirst("seed=1 ", "seed=1 " + network + " ");
		return IJ.runMacro(macro, argument);
	}

	@Test
	void trainsAndSegmentsAndGoesOnWithAFolder() throws IOException {
		assertEquals("done", run("train-and-segment.ijm", IMAGES + "|" + folder));
		final ImagePlus mask = IJ.openImage(folder.resolve("phantom-b-segmented.tif").toString());
		assertEquals(12, mask.getStackSize());
		assertEquals(4 * 256, IJ.openImage(folder.resolve("phantom-b-outlines.png").toString()).getWidth());
		assertEquals(1 + 12 + 2, Files.readAllLines(folder.resolve("phantom-b-scores.csv")).size(), "a heading, the slices, two summaries");
		assertTrue(Files.isRegularFile(folder.resolve("training").resolve("report.html")));

		final Path images = Files.createDirectory(folder.resolve("images")), results = Files.createDirectory(folder.resolve("masks"));
		Files.copy(IMAGES.resolve("phantom-b.tif"), images.resolve("one.tif"));
		Files.copy(IMAGES.resolve("phantom-b-mask.tif"), images.resolve("one_mask.tif"));
		assertEquals("1", run("segment-folder.ijm", images + "|" + folder.resolve("lesions.zip") + "|" + results));
		assertEquals(12, IJ.openImage(results.resolve("one_mask.tif").toString()).getStackSize());
		assertEquals(1 + 12, Files.readAllLines(results.resolve("one_objects.csv")).size());
	}

	@Test
	void trainsAClassifierAndShowsWhatItWentBy() throws IOException {
		assertEquals("done", run("train-classifier.ijm", IMAGES + "|" + folder, "network=[CNN 128] size=24"));
		assertEquals(1 + 12, Files.readAllLines(folder.resolve("phantom-b-classes.csv")).size());
		assertEquals(4 * 256, IJ.openImage(folder.resolve("phantom-b-explained.png").toString()).getWidth());
		assertTrue(Files.isRegularFile(folder.resolve("classification").resolve("report.html")));
	}

	@Test
	void trainsFromRois() throws IOException {
		final Path model = folder.resolve("rois.zip");
		assertTrue(Integer.parseInt(run("train-from-rois.ijm", IMAGES + "|" + model)) >= 7, "four backgrounds, three lesions, and what was found");
		assertTrue(Files.isRegularFile(model));
		assertEquals("phantom-a.tif", IJ.getImage().getTitle());
	}
}
