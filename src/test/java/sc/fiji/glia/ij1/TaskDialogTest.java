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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import ij.IJ;
import ij.WindowManager;
import ij.plugin.frame.Recorder;

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

	@Test
	void everyTaskHasADialogWithAllItsSettings() throws Exception {
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
