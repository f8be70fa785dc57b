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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dialog;
import java.awt.TextField;
import java.awt.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.WindowManager;
import ij.plugin.frame.Recorder;

import sc.fiji.glia.ui.FakeTask;

/** The way of a user through the dialog, in plain ImageJ with a screen. */
@Tag("gui")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskDialogTest {

	private Recorder recorder;

	@BeforeEach
	void open() {
		Commands.startImageJ();
		IJ.createImage("a b.tif", "8-bit black", 16, 16, 2).show();
		recorder = new Recorder(false);
	}

	@AfterEach
	void close() {
		for (final Window w : Window.getWindows()) if (w instanceof Dialog) w.dispose();
		IJ.setProperty("glia.last.Fake Task...", null); // what a test has entered
		Recorder.record = false;
		WindowManager.closeAllWindows();
	}

	@Test
	void okRunsTheTaskAndIsRecorded() throws Exception {
		final Thread thread = Dialogs.start(new RunFake(), "", "Fake Task...");
		final Dialog dialog = Dialogs.titled("Fake Task");
		Dialogs.field(dialog, 0).setText("3");
		Dialogs.press(dialog, "  OK  ");
		thread.join(Dialogs.PATIENCE_MILLIS);
		assertFalse(thread.isAlive());
		assertEquals("a b.tif seed=3 overlay=false file=", WindowManager.getCurrentImage().getTitle());
		assertEquals("run(\"Fake Task...\", \"image=[a b.tif] seed=3\");", recorded());
	}

	@Test
	void whatIsRecordedRunsAgainWithoutADialog() throws Exception {
		final Thread thread = Dialogs.start(new RunFake(), "", "Fake Task...");
		final Dialog dialog = Dialogs.titled("Fake Task");
		Dialogs.field(dialog, 0).setText("2");
		Dialogs.field(dialog, 1).setText("C:\\nets\\x y.zip");
		Dialogs.press(dialog, "  OK  ");
		thread.join(Dialogs.PATIENCE_MILLIS);
		final String line = recorded();
		final String title = WindowManager.getCurrentImage().getTitle();
		assertEquals("a b.tif seed=2 overlay=false file=C:\\nets\\x y.zip", title);
		Recorder.record = false;
		WindowManager.getCurrentImage().close();
		putFake();
		assertEquals(title, IJ.runMacro(line + " return getTitle();"));
	}

	private String recorded() {
		return recorder.getText().strip();
	}

	@SuppressWarnings("unchecked")
	private static void putFake() {
		ij.Menus.getCommands().put("Fake Task...", RunFake.class.getName());
	}

	@Test
	void aWrongValueIsToldAndAskedForAgain() throws Exception {
		final Thread thread = Dialogs.start(new RunFake(), "", "Fake Task...");
		final Dialog first = Dialogs.titled("Fake Task");
		Dialogs.field(first, 0).setText("many");
		Dialogs.press(first, "  OK  ");
		final Dialog message = Dialogs.titled("Fake Task", first);
		Dialogs.press(message, "OK");
		final Dialog second = Dialogs.titled("Fake Task", first, message);
		assertEquals("many", Dialogs.field(second, 0).getText());
		Dialogs.press(second, "Cancel");
		thread.join(Dialogs.PATIENCE_MILLIS);
		assertFalse(thread.isAlive());
		assertEquals("a b.tif", WindowManager.getCurrentImage().getTitle());
		assertEquals("", recorded());
	}

	/** NB: the task itself refuses 9. */
	@Test
	void whatIsWrongWithTheDataIsMendedInTheSameDialog() throws Exception {
		final Thread thread = Dialogs.start(new RunFake(), "", "Fake Task...");
		final Dialog first = Dialogs.titled("Fake Task");
		Dialogs.field(first, 0).setText("9");
		Dialogs.field(first, 1).setText("typed.zip");
		Dialogs.press(first, "  OK  ");
		final Dialog message = Dialogs.titled("Fake Task", first);
		assertTrue(Dialogs.said(message).contains("Number of seeds: nine is out. Take \"Number of seeds\" = 3"), Dialogs.said(message));
		Dialogs.press(message, "OK");
		final Dialog second = Dialogs.titled("Fake Task", first, message);
		assertEquals(List.of("9", "typed.zip"), List.of(Dialogs.field(second, 0).getText(), Dialogs.field(second, 1).getText()));
		Dialogs.field(second, 0).setText("3");
		Dialogs.press(second, "  OK  ");
		thread.join(Dialogs.PATIENCE_MILLIS);
		assertEquals("a b.tif seed=3 overlay=false file=typed.zip", WindowManager.getCurrentImage().getTitle());
		assertEquals("run(\"Fake Task...\", \"image=[a b.tif] seed=3 file=typed.zip\");", recorded(), "the first try is not recorded");
	}

	@Test
	void theNextDialogHasTheLastValuesButAMacroHasNot() throws Exception {
		final Thread thread = Dialogs.start(new RunFake(), "", "Fake Task...");
		final Dialog dialog = Dialogs.titled("Fake Task");
		Dialogs.field(dialog, 0).setText("5");
		Dialogs.field(dialog, 1).setText("of this image.zip");
		Dialogs.press(dialog, "  OK  ");
		thread.join(Dialogs.PATIENCE_MILLIS);
		putFake();
		assertEquals("a b.tif seed=1 overlay=false file=", IJ.runMacro("selectImage('a b.tif'); run('Fake Task...', ''); return getTitle();"));
		assertEquals(List.of("5", ""), shown(), "the image is another one");
		IJ.selectWindow("a b.tif");
		assertEquals(List.of("5", "of this image.zip"), shown());
	}

	/** The text fields of a fake task's dialog as it opens. */
	private static List<String> shown() throws InterruptedException {
		final Thread thread = Dialogs.start(new RunFake(), "", "Fake Task...");
		final Dialog dialog = Dialogs.titled("Fake Task");
		final List<String> texts = List.of(Dialogs.field(dialog, 0).getText(), Dialogs.field(dialog, 1).getText());
		Dialogs.press(dialog, "Cancel");
		thread.join(Dialogs.PATIENCE_MILLIS);
		return texts;
	}

	@Test
	void aModelIsProposedForWhatIsLearntFrom(@TempDir final Path folder) throws Exception {
		WindowManager.closeAllWindows();
		final Path images = Files.createDirectory(folder.resolve("scans"));
		Files.writeString(folder.resolve("scans-model.zip"), "there");
		final String label = "Train Classification Network...";
		final Thread thread = Dialogs.start(new RunTask(), "trainclassification", label);
		final Dialog dialog = Dialogs.titled(label.replace("...", ""));
		final List<TextField> fields = Dialogs.all(dialog).stream().filter(TextField.class::isInstance).map(TextField.class::cast).toList();
		final TextField model = fields.stream().filter(f -> f.getText().endsWith("-model.zip")).findFirst().orElseThrow();
		assertEquals(System.getProperty("user.home"), new java.io.File(model.getText()).getParent());
		fields.get(0).setText(images.toString());
		Dialogs.await(() -> Optional.of(model.getText()).filter(folder.resolve("scans-model-2.zip").toString()::equals));
		model.setText("mine.zip");
		fields.get(0).setText("/no such folder");
		java.awt.EventQueue.invokeAndWait(() -> {});
		assertEquals("mine.zip", model.getText(), "what was typed stays");
		Dialogs.press(dialog, "  OK  ");
		final Dialog message = Dialogs.await(() -> Dialogs.showing().filter(d -> d != dialog).findFirst());
		assertEquals("Folder of images '/no such folder': there is no such folder or file.", Dialogs.said(message));
		Dialogs.press(message, "OK");
		final Dialog again = Dialogs.await(() -> Dialogs.showing().filter(d -> d != dialog && d != message).findFirst());
		java.awt.EventQueue.invokeAndWait(() -> {});
		assertEquals("/no such folder mine.zip", Dialogs.field(again, 0).getText() + " " + Dialogs.field(again, 4).getText());
		Dialogs.press(again, "Cancel");
		thread.join(Dialogs.PATIENCE_MILLIS);
		IJ.setProperty("glia.last." + label, null);
	}

	@Test
	void thatATrainingIsRunningIsSaidBeforeTheDialog() throws Exception {
		final String label = "Train Segmentation Network...";
		FakeTask.whileTraining(() -> {
			try {
				final Thread thread = Dialogs.start(new RunTask(), "train", label);
				final Dialog message = Dialogs.titled(label.replace("...", ""));
				assertTrue(Dialogs.said(message).startsWith("Another training is running."), Dialogs.said(message));
				Dialogs.press(message, "OK");
				thread.join(Dialogs.PATIENCE_MILLIS);
				assertFalse(thread.isAlive(), "no dialog follows");
			}
			catch (final InterruptedException | ReflectiveOperationException e) {
				throw new IllegalStateException(e);
			}
		});
	}

	@Test
	void detailsThatAreNotTheStandardAreSeenAndCanBeReset() throws Exception {
		final String label = "Train Segmentation Network...";
		IJ.setProperty("glia.last." + label, java.util.Map.of("rate", "0.5", "seed", "3"));
		final Thread thread = Dialogs.start(new RunTask(), "train", label);
		final Dialog dialog = Dialogs.titled(label.replace("...", ""));
		assertTrue(Dialogs.labels(dialog).contains("Learning rate = 0.5, Seed = 3"), Dialogs.labels(dialog)::toString);
		java.awt.EventQueue.invokeAndWait(() -> Dialogs.press(dialog, "Reset"));
		assertTrue(Dialogs.labels(dialog).contains("as derived from the data"), Dialogs.labels(dialog)::toString);
		Dialogs.press(dialog, "Cancel");
		thread.join(Dialogs.PATIENCE_MILLIS);
		IJ.setProperty("glia.last." + label, null);
	}

	@Test
	void everyTaskHasADialogWithAllItsSettings() throws Exception {
		showAll();
		WindowManager.closeAllWindows();
		showAll();
	}

	private static void showAll() throws Exception {
		for (final sc.fiji.glia.ui.UserTask task : sc.fiji.glia.ui.UserTask.ALL) {
			final String label = task.settings().label();
			if (task.settings().list().isEmpty()) continue; // starts at once
			final Thread thread = Dialogs.start(new RunTask(), task.name(), label);
			final Dialog dialog = Dialogs.titled(label.replace("...", ""));
			String shown = String.join("\n", Dialogs.labels(dialog));
			if (!task.details().isEmpty()) {
				// NB: the second dialog holds the event thread until it is closed
				java.awt.EventQueue.invokeLater(() -> Dialogs.press(dialog, "More settings..."));
				final Dialog details = Dialogs.titled(dialog.getTitle() + ": more settings");
				shown += String.join("\n", Dialogs.labels(details));
				Dialogs.press(details, "Cancel");
			}
			for (final sc.fiji.glia.task.Setting s : task.settings().list()) assertTrue(shown.contains(s.label()), label + " does not show " + s.label() + " in " + shown);
			Dialogs.press(dialog, "Cancel");
			thread.join(Dialogs.PATIENCE_MILLIS);
			assertFalse(thread.isAlive());
		}
	}
}
