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
import java.awt.Window;

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
		final Dialog message = Dialogs.await(() -> Dialogs.showing().filter(d -> d != first && d.getTitle().equals("Fake Task")).findFirst());
		Dialogs.press(message, "OK");
		final Dialog second = Dialogs.await(() -> Dialogs.showing().filter(d -> d != first && d != message && d.getTitle().equals("Fake Task")).findFirst());
		assertEquals("many", Dialogs.field(second, 0).getText());
		Dialogs.press(second, "Cancel");
		thread.join(Dialogs.PATIENCE_MILLIS);
		assertFalse(thread.isAlive());
		assertEquals("a b.tif", WindowManager.getCurrentImage().getTitle());
		assertEquals("", recorded());
	}

	@Test
	void everyTaskHasADialogWithAllItsSettings() throws Exception {
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
