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

import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import ij.IJ;
import ij.Macro;
import ij.plugin.PlugIn;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Values;
import sc.fiji.glia.ui.Failure;
import sc.fiji.glia.ui.ImageWindows;
import sc.fiji.glia.ui.MacroCall;
import sc.fiji.glia.ui.UserTask;

/** Runs the task named in the argument: from the menu after a dialog, from a macro at once with the macro's options. */
public class RunTask implements PlugIn {

	@Override
	public void run(final String argument) {
		run(UserTask.named(argument));
	}

	/** Runs a task to its end; on the event thread, starts it on another. */
	protected final void run(final UserTask task) {
		final String label = task.settings().label();
		if (MacroCall.isMacro(label) || GraphicsEnvironment.isHeadless()) runForMacro(task);
		else if (EventQueue.isDispatchThread()) new Thread(() -> runForUser(task), label).start();
		else runForUser(task);
	}

	private static void runForMacro(final UserTask task) {
		try {
			final MacroCall call = MacroCall.current(task.settings());
			// NB: what the task does must not take these options for its own
			Macro.setOptions(null);
			runAndShow(task, call);
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			if (e instanceof RuntimeException abort && Failure.isAbort(e)) throw abort;
			Failure.stopMacro(task.settings(), e);
		}
	}

	private static void runForUser(final UserTask task) {
		MacroCall.recordNothing();
		try {
			final Optional<MacroCall> call = task.settings().list().isEmpty() ? Optional.of(MacroCall.of(task.settings(), Map.of())) : ask(task);
			if (call.isEmpty()) return;
			MacroCall.record(call.get().values());
			runAndShow(task, call.get());
			if (task.settings().keys().contains("model")) call.get().values().path("model").ifPresent(Proposals::remember);
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			Failure.tell(task.settings(), e);
		}
	}

	/** What a user wants; empty if the dialog was cancelled. */
	private static Optional<MacroCall> ask(final UserTask task) {
		final TaskDialog dialog = new TaskDialog(task);
		while (true) {
			final Optional<Map<String, String>> entered = dialog.ask();
			if (entered.isEmpty()) return Optional.empty();
			final Optional<MacroCall> call = check(task, entered.get());
			if (call.isPresent()) return call;
		}
	}

	/** The call, or empty if something is wrong and the user has been told, or wants to keep a file that would be replaced. */
	private static Optional<MacroCall> check(final UserTask task, final Map<String, String> entered) {
		try {
			final MacroCall call = MacroCall.of(task.settings(), entered);
			return Optional.of(call).filter(c -> mayReplaceFiles(task, c.values()));
		}
		catch (final IllegalArgumentException e) {
			Failure.tell(task.settings(), e);
			return Optional.empty();
		}
	}

	/** NB: a macro says which file to write and is not asked. */
	private static boolean mayReplaceFiles(final UserTask task, final Values values) {
		for (final Setting s : task.settings().list()) {
			if (s.kind() != Setting.Kind.FILE_SAVE) continue;
			final Optional<Path> file = values.path(s.key()).filter(Files::isRegularFile);
			if (file.isPresent() && !IJ.showMessageWithCancel(task.settings().title(), s.label() + ":\n" + file.get() +
				"\nis there already. Replace it?")) return false;
		}
		return true;
	}

	private static void runAndShow(final UserTask task, final MacroCall call) {
		task.work().run(call.values(), call.image()).ifPresent(ImageWindows::show);
	}
}
