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

import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.Label;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ij.gui.MultiLineLabel;
import ij.plugin.frame.Recorder;

/** What a user does at the menu and in ImageJ's dialogs. */
final class Dialogs {

	static final int PATIENCE_MILLIS = 10_000;

	private Dialogs() {}

	/** NB: as ImageJ does for a menu: on a thread named after the label, and with the Recorder told before and after. */
	static Thread start(final RunTask plugin, final String argument, final String label) {
		final Thread thread = new Thread(() -> {
			Recorder.setCommand(label);
			plugin.run(argument);
			Recorder.saveCommand();
		}, label);
		thread.start();
		return thread;
	}

	static Stream<Dialog> showing() {
		return Arrays.stream(Window.getWindows()).filter(w -> w instanceof Dialog && w.isShowing()).map(w -> (Dialog) w);
	}

	/** The dialog of this title that is none of those known. */
	static Dialog titled(final String title, final Dialog... known) throws InterruptedException {
		return await(() -> showing().filter(d -> d.getTitle().equals(title) && !List.of(known).contains(d)).findFirst());
	}

	static <T> T await(final Supplier<Optional<T>> supplier) throws InterruptedException {
		for (int waited = 0; waited < PATIENCE_MILLIS; waited += 50) {
			final Optional<T> found = supplier.get();
			if (found.isPresent()) return found.get();
			Thread.sleep(50);
		}
		throw new AssertionError("not found within " + PATIENCE_MILLIS + " ms; dialogs: " + showing().map(Dialog::getTitle).toList());
	}

	/** Enters a value in the field behind a label, or in the checkbox of that label. */
	static void enter(final Dialog dialog, final String label, final String value) {
		boolean isNext = false;
		for (final Component c : all(dialog)) {
			if (c instanceof Checkbox box && box.getLabel().equals(label)) {
				box.setState(Boolean.parseBoolean(value));
				return;
			}
			else if (isNext && c instanceof TextField text) {
				text.setText(value);
				return;
			}
			else if (isNext && c instanceof Choice choice) {
				choice.select(value);
				if (!choice.getSelectedItem().equals(value)) throw new AssertionError(label + " does not offer " + value);
				return;
			}
			else if (c instanceof Label l) isNext = l.getText().trim().equals(label);
		}
		throw new AssertionError(dialog.getTitle() + " has no field " + label);
	}

	static TextField field(final Dialog dialog, final int index) {
		return all(dialog).stream().filter(TextField.class::isInstance).map(TextField.class::cast).toList().get(index);
	}

	static void press(final Dialog dialog, final String label) {
		final Button button = all(dialog).stream().filter(Button.class::isInstance).map(Button.class::cast).filter(b -> b.getLabel().trim().equals(label
			.trim())).findFirst().orElseThrow();
		button.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, label));
	}

	/** The labels of all fields. */
	static List<String> labels(final Dialog dialog) {
		final List<String> texts = new ArrayList<>();
		for (final Component c : all(dialog)) {
			if (c instanceof Label l) texts.add(l.getText());
			if (c instanceof Checkbox b) texts.add(b.getLabel());
		}
		return texts;
	}

	/** What a message says. NB: ImageJ draws its messages, and does not give them away. */
	static String said(final Dialog message) throws ReflectiveOperationException {
		final Field lines = MultiLineLabel.class.getDeclaredField("lines");
		lines.setAccessible(true);
		for (final Component c : all(message)) if (c instanceof MultiLineLabel) return String.join("\n", (String[]) lines.get(c));
		return "no message";
	}

	static List<Component> all(final Container container) {
		final List<Component> found = new ArrayList<>();
		for (final Component c : container.getComponents()) {
			found.add(c);
			if (c instanceof Container inner) found.addAll(all(inner));
		}
		return found;
	}
}
