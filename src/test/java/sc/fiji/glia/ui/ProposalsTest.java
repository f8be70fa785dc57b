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
package sc.fiji.glia.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.io.FileSaver;
import sc.fiji.glia.task.EvaluateSegmentation;
import sc.fiji.glia.task.SegmentStack;
import sc.fiji.glia.task.TrainSegmentation;

/** NB: images are open only where there is a screen. */
@Tag("gui")
class ProposalsTest {

	@TempDir
	private Path folder;

	@BeforeEach
	void open() {
		if (IJ.getInstance() == null) new ImageJ(ImageJ.NO_SHOW).exitWhenQuitting(false);
	}

	@AfterEach
	void close() {
		WindowManager.closeAllWindows();
	}

	private static ImagePlus ramp(final String title, final int slices) {
		return shown(IJ.createImage(title, "8-bit ramp", 16, 12, slices));
	}

	private static ImagePlus mask(final String title, final int slices) {
		final ImagePlus mask = IJ.createImage(title, "8-bit black", 16, 12, slices);
		mask.getStack().getProcessor(1).set(3, 3, 255);
		return shown(mask);
	}

	private static ImagePlus shown(final ImagePlus image) {
		image.show();
		return image;
	}

	private static String labels(final ImagePlus image) {
		return Proposals.of(TrainSegmentation.SETTINGS, Optional.of(image), "").getOrDefault("labels", "none");
	}

	@Test
	void theOnlyMaskOfTheSameSizeIsTheLabels() {
		final ImagePlus image = ramp("a.tif", 2);
		mask("other size", 3);
		assertEquals("none", labels(image));
		ramp("another", 2);
		assertEquals("none", labels(image));
		mask("drawn", 2);
		assertEquals("drawn", labels(image));
		mask("also drawn", 2);
		assertEquals("none", labels(image), "which of the two is not known");
		mask("a-truth.tif", 2);
		assertEquals("a-truth.tif", labels(image));
	}

	@Test
	void aMaskOnTopIsNotTheImageToLearnFrom() {
		ramp("a.tif", 2);
		final ImagePlus mask = mask("a-mask.tif", 2);
		WindowManager.setTempCurrentImage(mask);
		assertEquals("a.tif", Proposals.image(TrainSegmentation.SETTINGS).orElseThrow().getTitle());
		assertEquals("a-mask.tif", Proposals.image(EvaluateSegmentation.SETTINGS).orElseThrow().getTitle());
	}

	@Test
	void resultAndReferenceOfOneImageBelongTogether() {
		final ImagePlus result = mask("b.tif-mask", 2);
		mask("a-mask.tif", 2);
		mask("b-mask.tif", 2);
		assertEquals("b-mask.tif", Proposals.of(EvaluateSegmentation.SETTINGS, Optional.of(result), "").get("reference"));
	}

	@Test
	void theModelIsANewFileBesideTheImage() throws Exception {
		final Path file = folder.resolve("a b.tif");
		new FileSaver(IJ.createImage("a b.tif", "8-bit ramp", 4, 3, 1)).saveAsTiff(file.toString());
		final ImagePlus image = IJ.openImage(file.toString());
		final Path first = folder.resolve("a b-model.zip");
		assertEquals(first.toString(), Proposals.of(TrainSegmentation.SETTINGS, Optional.of(image), "").get("model"));
		Files.writeString(first, "there");
		assertEquals(folder.resolve("a b-model-2.zip").toString(), Proposals.of(TrainSegmentation.SETTINGS, Optional.of(image), "").get("model"));
		final String home = Proposals.of(TrainSegmentation.SETTINGS, Optional.of(IJ.createImage("x/y[1]", "8-bit ramp", 4, 3, 1)), "").get("model");
		assertEquals(Path.of(System.getProperty("user.home"), "x_y_1_-model.zip").toString(), home);
	}

	@Test
	void theModelUsedLastIsProposedWhileItIsThere() throws Exception {
		final Path model = Files.writeString(folder.resolve("m.zip"), "there");
		Proposals.remember(model);
		final ImagePlus image = ramp("a.tif", 1);
		assertEquals(model.toString(), Proposals.of(SegmentStack.SETTINGS, Optional.of(image), "").get("model"));
		Files.delete(model);
		assertFalse(Proposals.of(SegmentStack.SETTINGS, Optional.of(image), "").containsKey("model"));
		assertTrue(Proposals.lastModel().isEmpty());
	}
}
