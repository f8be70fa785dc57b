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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dialog;
import java.awt.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.plugin.frame.Recorder;
import ij.plugin.frame.RoiManager;
import ij.process.ImageProcessor;
import ij.text.TextWindow;

import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.ChooseEngine;
import sc.fiji.glia.task.Classifiers;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.ui.UserTask;

/**
 * Each command as a user calls it, in plain ImageJ with a screen while the Recorder is open: one line is recorded and nothing else, as on the windows that
 * become active; run as a macro it does the same once more.
 */
@Tag("gui")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordedMacroTest {

	@TempDir
	private Path folder;
	private Recorder recorder;
	/** Length of what was recorded before. */
	private int mark;

	@BeforeEach
	void open() throws Exception {
		Commands.startImageJ();
		Commands.install();
		recorder = new Recorder(false);
	}

	@AfterEach
	void close() {
		Recorder.record = false;
		IJ.runMacro("close('*');");
		WindowManager.closeAllWindows();
		for (final Window w : Window.getWindows()) if (w != IJ.getInstance()) w.dispose();
	}

	/** Forgets what has been recorded. */
	private void mark() throws InterruptedException {
		settle();
		mark = recorder.getText().length();
	}

	private String recorded() throws InterruptedException {
		settle();
		return recorder.getText().substring(mark).strip();
	}

	/** Fills in the dialog of a task as a user, and checks what is recorded meanwhile: the line of these options. */
	private String record(final UserTask task, final Map<String, String> values, final String options) throws InterruptedException {
		final String label = task.settings().label();
		mark();
		final Thread thread = Dialogs.start(new RunTask(), task.name(), label);
		if (!task.settings().list().isEmpty()) {
			final Dialog dialog = Dialogs.titled(task.settings().title());
			for (final Setting s : task.settings().list()) {
				if (values.containsKey(s.key())) Dialogs.enter(dialog, s.label(), values.get(s.key()));
			}
			Dialogs.press(dialog, "OK");
		}
		thread.join(2 * Dialogs.PATIENCE_MILLIS);
		assertFalse(thread.isAlive(), label + " goes on");
		final String line = "run(\"" + label + "\"" + (options.isEmpty() ? "" : ", \"" + options + "\"") + ");";
		assertEquals(line, recorded());
		return line;
	}

	/** Runs the line as a macro; the Recorder stays open and is to write nothing. */
	private void replay(final String line) throws InterruptedException {
		mark();
		assertEquals("done", IJ.runMacro(line + " return 'done';"));
		assertEquals("", recorded());
	}

	/** Windows become active some time after they are shown. */
	private static void settle() throws InterruptedException {
		Thread.sleep(300);
	}

	/** What a table shows, and closes it. */
	private static String table(final String title) {
		final TextWindow window = (TextWindow) WindowManager.getFrame(title);
		assertNotNull(window, "no table " + title);
		final String text = window.getTextPanel().getText();
		assertTrue(text.lines().count() > 1, title + " is empty");
		window.close(false);
		return text;
	}

	private static String text(final ImagePlus image) {
		return image.getTitle() + IntStream.rangeClosed(1, image.getStackSize()).mapToObj(i -> {
			final ImageProcessor ip = image.getStack().getProcessor(i);
			return Arrays.toString((float[]) ip.convertToFloatProcessor().getPixels());
		}).collect(Collectors.joining("\n"));
	}

	private String path(final String name) {
		return folder.resolve(name).toString().replace('\\', '/');
	}

	/** Bright squares on noise, and their mask. */
	private static void showSquares() throws InterruptedException {
		final Random random = new Random(1);
		final ImageStack image = new ImageStack(32, 32), mask = new ImageStack(32, 32);
		for (int s = 0; s < 4; s++) {
			final ImageProcessor pixels = Classifiers.gray(32, 32, 0), labels = Classifiers.gray(32, 32, 0);
			labels.setValue(255);
			labels.fillRect(4 * s, 8, 10, 10);
			for (int i = 0; i < 32 * 32; i++) pixels.set(i, random.nextInt(60) + labels.get(i) / 2);
			image.addSlice(pixels);
			mask.addSlice(labels);
		}
		show(new ImagePlus("mask", mask));
		show(new ImagePlus("cells", image));
	}

	/** Shows an image and makes it the active one: a window that was shown before may get the focus late. */
	private static void show(final ImagePlus image) throws InterruptedException {
		image.show();
		settle();
		WindowManager.setCurrentWindow(image.getWindow());
	}

	private static void showScans() throws InterruptedException {
		show(Classifiers.stack("scans", new int[] { 20, 180, 190, 30, 40, 170 }, "dark", "bright", "dark", "dark", "dark", "bright"));
	}

	private static void showImage(final String title) throws InterruptedException {
		final ImagePlus mask = new ImagePlus(title, Classifiers.gray(8, 8, 0));
		mask.getProcessor().set(3, 3, 255);
		show(mask);
	}

	/** NB: the line names the file, so that the second training replaces the first one's model. */
	private void trainsTwice(final UserTask task, final Map<String, String> values, final String options) throws InterruptedException, IOException {
		final String line = record(task, values, options);
		final Path model = folder.resolve("net.zip");
		final Map<String, float[]> first = ModelFile.read(model).weights().arrays();
		Files.delete(model);
		replay(line);
		final Map<String, float[]> second = ModelFile.read(model).weights().arrays();
		assertEquals(first.keySet(), second.keySet());
		first.forEach((name, weights) -> assertArrayEquals(weights, second.get(name), 0, name));
	}

	@Test
	void trainSegmentation() throws Exception {
		showSquares();
		trainsTwice(UserTask.TRAIN, Map.of("labels", "mask", "epochs", "2", "model", path("net.zip")), "image=cells labels=mask epochs=2 model=" + path(
			"net.zip"));
	}

	@Test
	void trainClassification() throws Exception {
		showScans();
		trainsTwice(UserTask.TRAIN_CLASSIFICATION, Map.of("epochs", "2", "network", "Dense 10", "model", path("net.zip")),
			"image=scans network=[Dense 10] epochs=2 model=" + path("net.zip"));
	}

	@Test
	void segment() throws Exception {
		showSquares();
		assertEquals("done", IJ.runMacro("run('Train Segmentation Network...', 'labels=mask epochs=2 batch=2 model=[" + path("net.zip") + "]'); return 'done';"));
		IJ.selectWindow("cells");
		final String line = record(UserTask.SEGMENT, Map.of("model", path("net.zip"), "output", "probability", "overlay", "true", "manager", "true"),
			"image=cells model=" + path("net.zip") + " output=probability overlay=true manager=true");
		final ImagePlus made = WindowManager.getCurrentImage();
		assertEquals("cells-probability", made.getTitle());
		final String first = text(made) + table("Glia Segmentation");
		final int rois = RoiManager.getInstance().getCount();
		made.changes = false;
		made.close();
		replay(line);
		assertEquals(first, text(WindowManager.getCurrentImage()) + table("Glia Segmentation"));
		assertEquals(2 * rois, RoiManager.getInstance().getCount());
	}

	@Test
	void evaluateSegmentation() throws Exception {
		showImage("found");
		showImage("truth");
		final String line = record(UserTask.EVALUATE, Map.of("image", "found", "reference", "truth"), "image=found reference=truth");
		final String first = table("Glia Evaluation");
		replay(line);
		assertEquals(first, table("Glia Evaluation"));
	}

	@Test
	void classify() throws Exception {
		Classifiers.brightness(folder.resolve("net.zip"));
		showImage("other");
		showScans();
		final String line = record(UserTask.CLASSIFY, Map.of("image", "scans", "model", path("net.zip"), "overlay", "true"), "image=scans model=" + path("net.zip") + " overlay=true");
		final String first = table("Glia Classification");
		replay(line);
		assertEquals(first, table("Glia Classification"));
		assertEquals(6, WindowManager.getImage("scans").getOverlay().size());
	}

	/** Plots open and close here, and others become active: none of that is recorded. */
	@Test
	void evaluateClassification() throws Exception {
		Classifiers.brightness(folder.resolve("net.zip"));
		showScans();
		final String line = record(UserTask.EVALUATE_CLASSIFICATION, Map.of("model", path("net.zip")), "image=scans model=" + path("net.zip"));
		final String first = table("Glia Evaluation") + table("Glia Confusion");
		assertEquals("scans", WindowManager.getCurrentImage().getTitle());
		assertEquals(line, record(UserTask.EVALUATE_CLASSIFICATION, Map.of("model", path("net.zip")), "image=scans model=" + path("net.zip")), "with plots open");
		table("Glia Evaluation");
		table("Glia Confusion");
		replay(line);
		assertEquals(first, table("Glia Evaluation") + table("Glia Confusion"));
		mark();
		IJ.selectWindow("ROC");
		assertEquals("selectImage(\"ROC\");", recorded(), "what the user does is recorded again");
	}

	@Test
	void evaluateClassificationOfAFolder() throws Exception {
		Classifiers.brightness(folder.resolve("net.zip"));
		Classifiers.save(folder.resolve("images"), "dark/a.png", 5, 5, 20);
		Classifiers.save(folder.resolve("images"), "bright/b.png", 9, 5, 220);
		showImage("other");
		final String line = record(UserTask.EVALUATE_CLASSIFICATION, Map.of("image", "", "folder", path("images"), "model", path("net.zip")), "folder=" + path(
			"images") + " model=" + path("net.zip"));
		final String first = table("Glia Evaluation") + table("Glia Confusion");
		replay(line);
		assertEquals(first, table("Glia Evaluation") + table("Glia Confusion"));
	}

	@Test
	void explain() throws Exception {
		Classifiers.brightness(folder.resolve("net.zip"));
		showScans();
		final String line = record(UserTask.EXPLAIN, Map.of("model", path("net.zip"), "method", "integrated-gradients", "output", "stack"),
			"image=scans model=" + path("net.zip") + " method=integrated-gradients output=stack");
		final ImagePlus made = WindowManager.getCurrentImage();
		assertEquals("scans-explanation", made.getTitle());
		final String first = text(made) + table("Glia Explanation");
		made.changes = false;
		made.close();
		replay(line);
		assertEquals(first, text(WindowManager.getCurrentImage()) + table("Glia Explanation"));
	}

	@Test
	void checkGradients() throws Exception {
		final String line = record(UserTask.GRADIENTS, Map.of("network", "Dense 10", "seed", "3"), "network=[Dense 10] seed=3");
		final String first = table("Glia Gradients");
		replay(line);
		assertEquals(first, table("Glia Gradients"));
	}

	@Test
	void engine() throws Exception {
		final String before = ChooseEngine.present();
		final String other = before.equals("in-process") ? "worker" : "in-process";
		try {
			final String line = record(UserTask.ENGINE, Map.of("engine", other), "engine=" + other);
			assertEquals(other, ChooseEngine.present());
			IJ.runMacro("run('Glia Engine...', 'engine=" + before + "');");
			replay(line);
			assertEquals(other, ChooseEngine.present());
		}
		finally {
			IJ.runMacro("run('Glia Engine...', 'engine=" + before + "');");
		}
	}

	/** NB: no two measurements are the same. */
	@Test
	void benchmark() throws Exception {
		final String line = record(UserTask.BENCHMARK, Map.of("seconds", "1"), "seconds=1");
		final long rows = table("Glia Benchmark").lines().count();
		replay(line);
		assertEquals(rows, table("Glia Benchmark").lines().count());
	}

	@Test
	void about() throws Exception {
		replay(record(UserTask.ABOUT, Map.of(), ""));
	}
}
