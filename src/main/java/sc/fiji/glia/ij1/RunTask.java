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
import java.util.Map;
import java.util.Optional;

import ij.ImagePlus;
import ij.Macro;
import ij.plugin.PlugIn;
import sc.fiji.glia.ui.Failure;
import sc.fiji.glia.ui.ImageWindows;
import sc.fiji.glia.ui.MacroCall;
import sc.fiji.glia.ui.UserCall;
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

	/** NB: what was entered is in the dialog again if something is wrong with it. */
	private static void runForUser(final UserTask task) {
		MacroCall.recordNothing();
		final UserCall user = new UserCall(task);
		if (!user.mayBegin()) return;
		if (task.settings().list().isEmpty()) {
			run(user, task, Map.of());
			return;
		}
		final TaskDialog dialog = new TaskDialog(task);
		Optional<Map<String, String>> entered = dialog.ask();
		while (entered.isPresent() && run(user, task, entered.get()) == UserCall.Outcome.AGAIN) entered = dialog.ask();
	}

	private static UserCall.Outcome run(final UserCall user, final UserTask task, final Map<String, String> entered) {
		return user.run(entered, () -> MacroCall.of(task.settings(), entered), call -> {
			runAndShow(task, call);
			// NB: as ImageJ does, after the work: what was wrong or cancelled is not recorded
			MacroCall.record(call.values());
		});
	}

	private static void runAndShow(final UserTask task, final MacroCall call) {
		task.work().run(call.values(), call.image()).ifPresent(ImageWindows::show);
	}
}
