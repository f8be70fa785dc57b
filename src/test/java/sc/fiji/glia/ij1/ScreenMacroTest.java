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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import javax.swing.JButton;
import javax.swing.JTextArea;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.WindowManager;
import ij.plugin.frame.RoiManager;

import sc.fiji.glia.task.Classifiers;

/** Macros with a screen, in plain ImageJ. */
@Tag("gui")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScreenMacroTest {

	/** Two stacks to learn from: a bright square on noise, and where it is. */
	private static final String IMAGES = "newImage('image', '8-bit black', 32, 32, 4); newImage('mask', '8-bit black', 32, 32, 4); " +
		"for (i = 1; i <= 4; i++) { selectImage('image'); setSlice(i); run('Add Specified Noise...', 'slice standard=10'); makeRectangle(4 * i, 8, 10, 10); " +
		"run('Add...', 'slice value=150'); run('Select None'); selectImage('mask'); setSlice(i); makeRectangle(4 * i, 8, 10, 10); run('Set...', 'slice value=255'); " +
		"run('Select None'); } selectImage('image'); ";

	@TempDir
	private Path folder;

	@BeforeEach
	void open() throws Exception {
		Commands.startImageJ();
		Commands.install();
	}

	@AfterEach
	void close() {
		IJ.runMacro("close('*'); print('\\\\Clear');");
		WindowManager.closeAllWindows();
		for (final Window w : Window.getWindows()) if (w != IJ.getInstance()) w.dispose();
	}

	private String train(final String options) {
		return "run('Train Segmentation Network...', 'image=image labels=mask batch=2 model=[" + model() + "] " + options + "'); ";
	}

	private Path model() {
		return folder.resolve("a model.zip");
	}

	@Test
	void tableIsReadAsDocumented() throws Exception {
		assertEquals("0.5", IJ.runMacro(Commands.EVALUATION + "selectImage('truth'); " + Commands.documented("Glia Evaluation") + " return '' + dice;"));
	}

	@Test
	void trainsAndSegmentsAndKeepsWhatIsInTheManager() {
		final String segment = "selectImage('image'); run('Segment with Network...', 'model=[" + model() + "] overlay manager'); ";
		assertEquals("image-mask", IJ.runMacro(IMAGES + "makeRectangle(1, 1, 2, 2); roiManager('add'); run('Select None'); " + train("epochs=4 seed=2") +
			segment + "return getTitle();"));
		assertEquals("1 1", IJ.runMacro("return '' + isOpen('Glia Training') + ' ' + isOpen('Glia Segmentation');"));
		assertTrue(training().isEmpty(), "the window of a macro's training closes");
		final String log = IJ.runMacro("return getInfo('log');");
		for (final String line : new String[] { "Glia trains on image: at most 4 epochs", "\n  split: 3 images to train on, 1 to validate", "\n  batch: 2 (chosen)",
			"\n  kernels: ", "Kept the best epoch, ", "all background: " }) assertEquals(2, log.split(Pattern.quote(line), -1).length, line + " once in:\n" + log);
		final int count = RoiManager.getInstance().getCount();
		final int outlines = WindowManager.getImage("image").getOverlay().size();
		assertTrue(outlines > 0, "nothing found");
		assertEquals(1 + outlines, count);
		// NB: the names in the list become those of the files in a saved set, and these the names of classes
		for (int i = 1; i < count; i++) assertEquals("foreground#" + i, RoiManager.getInstance().getName(i));
		assertEquals("0", IJ.runMacro("selectImage('image-mask'); rename('first'); " + segment +
			"imageCalculator('Difference stack', 'first', 'image-mask'); selectImage('first'); Stack.getStatistics(area, mean, min, max); return '' + max;"));
	}

	@Test
	void cancelStopsTheMacroAndLeavesAModel() throws Exception {
		final CompletableFuture<String> macro = CompletableFuture.supplyAsync(() -> IJ.runMacro(IMAGES + train("epochs=1000 patience=1000") +
			"newImage('went on', '8-bit black', 2, 2, 1); return 'went on';"));
		final Window window = await(ScreenMacroTest::training);
		await(() -> Optional.of(model()).filter(Files::exists));
		EventQueue.invokeAndWait(() -> ((JButton) component(window, "Cancel")).doClick());
		assertNull(macro.get(20, TimeUnit.SECONDS));
		assertNull(WindowManager.getImage("went on"));
		assertFalse(IJ.isMacro());
		assertEquals("image-mask", IJ.runMacro("selectImage('image'); run('Segment with Network...', 'model=[" + model() + "]'); return getTitle();"));
	}

	@Test
	void aboutIsAWindowThatNobodyWaitsFor() throws Exception {
		assertEquals("went on", IJ.runMacro("run('About Glia...'); return 'went on';"));
		final Window macros = await(() -> window("glia-about"));
		macros.dispose();
		EventQueue.invokeAndWait(() -> IJ.doCommand("About Glia..."));
		final Window users = await(() -> window("glia-about"));
		final String text = ((JTextArea) component(users, "about")).getText();
		assertTrue(text.contains("Research software, not a medical device.") && text.contains("kernels: "), text);
	}

	/** Plots and tables of two evaluations are one of each, and the stack stays the active image. */
	@Test
	void judgesAClassification() {
		final Path net = Classifiers.brightness(folder.resolve("net.zip"));
		Classifiers.stack("scans.tif", new int[] { 20, 180, 190 }, "dark", "bright", "dark").show();
		final String evaluate = "run('Evaluate Classification...', 'model=[" + net + "]'); ";
		assertEquals("scans.tif 3", IJ.runMacro(evaluate + evaluate + "return getTitle() + ' ' + nImages;"));
		assertEquals("1 1 1 1", IJ.runMacro("return '' + isOpen('ROC') + ' ' + isOpen('Reliability') + ' ' + isOpen('Glia Evaluation') + ' ' + isOpen('Glia Confusion');"));
		assertEquals("scans.tif 3 bright", IJ.runMacro("run('Classify with Network...', 'model=[" + net +
			"] overlay'); return getTitle() + ' ' + Overlay.size + ' ' + Table.getString('Class', 2, 'Glia Classification');"));
	}

	private static Optional<Window> training() {
		return window("glia-training");
	}

	private static Optional<Window> window(final String name) {
		return Arrays.stream(Window.getWindows()).filter(w -> w.isShowing() && name.equals(w.getName())).findFirst();
	}

	private static Component component(final Container container, final String name) {
		for (final Component c : container.getComponents()) {
			if (name.equals(c.getName())) return c;
			final Component inner = c instanceof Container next ? component(next, name) : null;
			if (inner != null) return inner;
		}
		return null;
	}

	private static <T> T await(final Supplier<Optional<T>> supplier) throws InterruptedException {
		for (int waited = 0; waited < 20_000; waited += 50) {
			final Optional<T> found = supplier.get();
			if (found.isPresent()) return found.get();
			Thread.sleep(50);
		}
		throw new AssertionError("not found; windows: " + Arrays.stream(Window.getWindows()).filter(Window::isShowing).toList());
	}
}
