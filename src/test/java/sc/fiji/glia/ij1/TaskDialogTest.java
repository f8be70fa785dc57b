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

import java.awt.Button;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.Label;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.WindowManager;
import ij.gui.MultiLineLabel;
import ij.plugin.frame.Recorder;

import sc.fiji.glia.ui.FakeTask;

/** The way of a user through the dialog, in plain ImageJ with a screen. */
@Tag("gui")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskDialogTest {

	private static final int PATIENCE_MILLIS = 10_000;

	private Recorder recorder;

	@BeforeEach
	void open() {
		Commands.startImageJ();
		recorder = new Recorder(false);
		IJ.createImage("a b.tif", "8-bit black", 16, 16, 2).show();
	}

	@AfterEach
	void close() {
		for (final Window w : Window.getWindows()) if (w instanceof Dialog) w.dispose();
		IJ.setProperty("glia.last.Fake Task...", null); // what a test has entered
		Recorder.record = false;
		WindowManager.closeAllWindows();
	}

	/** NB: as ImageJ does for a menu: on a thread named after the label, and with the Recorder told before and after. */
	private static Thread start(final RunTask plugin, final String argument, final String label) {
		final Thread thread = new Thread(() -> {
			Recorder.setCommand(label);
			plugin.run(argument);
			Recorder.saveCommand();
		}, label);
		thread.start();
		return thread;
	}

	@Test
	void okRunsTheTaskAndIsRecorded() throws Exception {
		final Thread thread = start(new RunFake(), "", "Fake Task...");
		final Dialog dialog = dialog("Fake Task");
		field(dialog, 0).setText("3");
		press(dialog, "  OK  ");
		thread.join(PATIENCE_MILLIS);
		assertFalse(thread.isAlive());
		assertEquals("a b.tif seed=3 overlay=false file=", WindowManager.getCurrentImage().getTitle());
		assertEquals("run(\"Fake Task...\", \"image=[a b.tif] seed=3\");", recorded());
	}

	@Test
	void whatIsRecordedRunsAgainWithoutADialog() throws Exception {
		final Thread thread = start(new RunFake(), "", "Fake Task...");
		final Dialog dialog = dialog("Fake Task");
		field(dialog, 0).setText("2");
		field(dialog, 1).setText("C:\\nets\\x y.zip");
		press(dialog, "  OK  ");
		thread.join(PATIENCE_MILLIS);
		final String line = recorded();
		final String title = WindowManager.getCurrentImage().getTitle();
		assertEquals("a b.tif seed=2 overlay=false file=C:\\nets\\x y.zip", title);
		Recorder.record = false;
		WindowManager.getCurrentImage().close();
		putFake();
		assertEquals(title, IJ.runMacro(line + " return getTitle();"));
	}

	/** The recorded calls; NB: the Recorder may add lines of its own when windows become active. */
	private String recorded() {
		return recorder.getText().lines().filter(l -> l.startsWith("run(")).collect(java.util.stream.Collectors.joining("\n"));
	}

	@SuppressWarnings("unchecked")
	private static void putFake() {
		ij.Menus.getCommands().put("Fake Task...", RunFake.class.getName());
	}

	@Test
	void aWrongValueIsToldAndAskedForAgain() throws Exception {
		final Thread thread = start(new RunFake(), "", "Fake Task...");
		final Dialog first = dialog("Fake Task");
		field(first, 0).setText("many");
		press(first, "  OK  ");
		final Dialog message = await(() -> dialogs().filter(d -> d != first && d.getTitle().equals("Fake Task")).findFirst());
		press(message, "OK");
		final Dialog second = await(() -> dialogs().filter(d -> d != first && d != message && d.getTitle().equals("Fake Task")).findFirst());
		assertEquals("many", field(second, 0).getText());
		press(second, "Cancel");
		thread.join(PATIENCE_MILLIS);
		assertFalse(thread.isAlive());
		assertEquals("a b.tif", WindowManager.getCurrentImage().getTitle());
		assertEquals("", recorded());
	}

	/** NB: the task itself refuses 9. */
	@Test
	void whatIsWrongWithTheDataIsMendedInTheSameDialog() throws Exception {
		final Thread thread = start(new RunFake(), "", "Fake Task...");
		final Dialog first = dialog("Fake Task");
		field(first, 0).setText("9");
		field(first, 1).setText("typed.zip");
		press(first, "  OK  ");
		final Dialog message = await(() -> dialogs().filter(d -> d != first && d.getTitle().equals("Fake Task")).findFirst());
		assertTrue(said(message).contains("Number of seeds: nine is out. Take \"Number of seeds\" = 3"), said(message));
		press(message, "OK");
		final Dialog second = await(() -> dialogs().filter(d -> d != first && d != message && d.getTitle().equals("Fake Task")).findFirst());
		assertEquals(List.of("9", "typed.zip"), List.of(field(second, 0).getText(), field(second, 1).getText()));
		field(second, 0).setText("3");
		press(second, "  OK  ");
		thread.join(PATIENCE_MILLIS);
		assertEquals("a b.tif seed=3 overlay=false file=typed.zip", WindowManager.getCurrentImage().getTitle());
	}

	@Test
	void theNextDialogHasTheLastValuesButAMacroHasNot() throws Exception {
		final Thread thread = start(new RunFake(), "", "Fake Task...");
		final Dialog dialog = dialog("Fake Task");
		field(dialog, 0).setText("5");
		field(dialog, 1).setText("of this image.zip");
		press(dialog, "  OK  ");
		thread.join(PATIENCE_MILLIS);
		putFake();
		assertEquals("a b.tif seed=1 overlay=false file=", IJ.runMacro("selectImage('a b.tif'); run('Fake Task...', ''); return getTitle();"));
		assertEquals(List.of("5", ""), shown(), "the image is another one");
		IJ.selectWindow("a b.tif");
		assertEquals(List.of("5", "of this image.zip"), shown());
	}

	/** The text fields of a fake task's dialog as it opens. */
	private static List<String> shown() throws InterruptedException {
		final Thread thread = start(new RunFake(), "", "Fake Task...");
		final Dialog dialog = dialog("Fake Task");
		final List<String> texts = List.of(field(dialog, 0).getText(), field(dialog, 1).getText());
		press(dialog, "Cancel");
		thread.join(PATIENCE_MILLIS);
		return texts;
	}

	@Test
	void aModelIsProposedForWhatIsLearntFrom(@TempDir final Path folder) throws Exception {
		WindowManager.closeAllWindows();
		final Path images = Files.createDirectory(folder.resolve("scans"));
		Files.writeString(folder.resolve("scans-model.zip"), "there");
		final String label = "Train Classification Network...";
		final Thread thread = start(new RunTask(), "trainclassification", label);
		final Dialog dialog = dialog(label.replace("...", ""));
		final List<TextField> fields = all(dialog).stream().filter(TextField.class::isInstance).map(TextField.class::cast).toList();
		final TextField model = fields.stream().filter(f -> f.getText().endsWith("-model.zip")).findFirst().orElseThrow();
		assertEquals(System.getProperty("user.home"), new java.io.File(model.getText()).getParent());
		fields.get(0).setText(images.toString());
		await(() -> Optional.of(model.getText()).filter(folder.resolve("scans-model-2.zip").toString()::equals));
		model.setText("mine.zip");
		fields.get(0).setText("/no such folder");
		java.awt.EventQueue.invokeAndWait(() -> {});
		assertEquals("mine.zip", model.getText(), "what was typed stays");
		press(dialog, "  OK  ");
		final Dialog message = await(() -> dialogs().filter(d -> d != dialog).findFirst());
		assertEquals("Folder of images '/no such folder': there is no such folder or file.", said(message));
		press(message, "OK");
		final Dialog again = await(() -> dialogs().filter(d -> d != dialog && d != message).findFirst());
		java.awt.EventQueue.invokeAndWait(() -> {});
		assertEquals("/no such folder mine.zip", field(again, 0).getText() + " " + field(again, 4).getText());
		press(again, "Cancel");
		thread.join(PATIENCE_MILLIS);
		IJ.setProperty("glia.last." + label, null);
	}

	@Test
	void thatATrainingIsRunningIsSaidBeforeTheDialog() throws Exception {
		final String label = "Train Segmentation Network...";
		FakeTask.whileTraining(() -> {
			try {
				final Thread thread = start(new RunTask(), "train", label);
				final Dialog message = dialog(label.replace("...", ""));
				assertTrue(said(message).startsWith("Another training is running."), said(message));
				press(message, "OK");
				thread.join(PATIENCE_MILLIS);
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
		final Thread thread = start(new RunTask(), "train", label);
		final Dialog dialog = dialog(label.replace("...", ""));
		assertTrue(texts(dialog).contains("Learning rate = 0.5, Seed = 3"), texts(dialog)::toString);
		java.awt.EventQueue.invokeAndWait(() -> press(dialog, "Reset"));
		assertTrue(texts(dialog).contains("as derived from the data"), texts(dialog)::toString);
		press(dialog, "Cancel");
		thread.join(PATIENCE_MILLIS);
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
			final Thread thread = start(new RunTask(), task.name(), label);
			final Dialog dialog = dialog(label.replace("...", ""));
			String shown = String.join("\n", texts(dialog));
			if (!task.details().isEmpty()) {
				// NB: the second dialog holds the event thread until it is closed
				java.awt.EventQueue.invokeLater(() -> press(dialog, "More settings..."));
				final Dialog details = dialog(dialog.getTitle() + ": more settings");
				shown += String.join("\n", texts(details));
				press(details, "Cancel");
			}
			for (final sc.fiji.glia.task.Setting s : task.settings().list()) assertTrue(shown.contains(s.label()), label + " does not show " + s.label() + " in " + shown);
			press(dialog, "Cancel");
			thread.join(PATIENCE_MILLIS);
			assertFalse(thread.isAlive());
		}
	}

	private static java.util.stream.Stream<Dialog> dialogs() {
		return java.util.Arrays.stream(Window.getWindows()).filter(w -> w instanceof Dialog && w.isShowing()).map(w -> (Dialog) w);
	}

	private static Dialog dialog(final String title) throws InterruptedException {
		return await(() -> dialogs().filter(d -> d.getTitle().equals(title)).findFirst());
	}

	private static <T> T await(final Supplier<Optional<T>> supplier) throws InterruptedException {
		for (int waited = 0; waited < PATIENCE_MILLIS; waited += 50) {
			final Optional<T> found = supplier.get();
			if (found.isPresent()) return found.get();
			Thread.sleep(50);
		}
		throw new AssertionError("not found within " + PATIENCE_MILLIS + " ms; windows: " + dialogs().map(Dialog::getTitle).toList());
	}

	private static TextField field(final Dialog dialog, final int index) {
		return all(dialog).stream().filter(TextField.class::isInstance).map(TextField.class::cast).toList().get(index);
	}

	private static void press(final Dialog dialog, final String label) {
		final Button button = all(dialog).stream().filter(Button.class::isInstance).map(Button.class::cast).filter(b -> b.getLabel().trim().equals(label
			.trim())).findFirst().orElseThrow();
		button.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, label));
	}

	/** NB: ImageJ draws its messages, and does not give them away. */
	private static String said(final Dialog message) throws ReflectiveOperationException {
		final Field lines = MultiLineLabel.class.getDeclaredField("lines");
		lines.setAccessible(true);
		for (final Component c : all(message)) if (c instanceof MultiLineLabel) return String.join("\n", (String[]) lines.get(c));
		return "no message";
	}

	private static List<String> texts(final Dialog dialog) {
		final List<String> texts = new ArrayList<>();
		for (final Component c : all(dialog)) {
			if (c instanceof Label l) texts.add(l.getText());
			if (c instanceof java.awt.Checkbox b) texts.add(b.getLabel());
		}
		return texts;
	}

	private static List<Component> all(final Container container) {
		final List<Component> found = new ArrayList<>();
		for (final Component c : container.getComponents()) {
			found.add(c);
			if (c instanceof Container inner) found.addAll(all(inner));
		}
		return found;
	}
}
