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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import ij.IJ;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.task.Values;

/**
 * The calls of a task that a user makes in a dialog. What is wrong is told in the words of the dialog, and may be mended in it: what was entered is kept,
 * which nothing of a macro is.
 */
public final class UserCall {

	private final UserTask task;
	private final Settings settings;

	/** @param task what the user has chosen */
	public UserCall(final UserTask task) {
		this.task = task;
		settings = task.settings();
	}

	/** False, and the user has been told, if there is no use in a dialog: the task has to wait for another. */
	public boolean mayBegin() {
		try {
			task.requireFree();
			return true;
		}
		catch (final IllegalArgumentException e) {
			Failure.tell(settings, e);
			return false;
		}
	}

	/** What came of a call. */
	public enum Outcome {
		/** The work is done. */
		DONE,
		/** There is something to mend: the user has been told, or does not want a file to be replaced, and is to be asked again. */
		AGAIN,
		/** The user has cancelled, or been told of what no other value would mend. */
		ENDED
	}

	/**
	 * Checks what has been entered, asks before files are replaced, and has the work done. Tells the user of failures.
	 *
	 * @param entered what a dialog had in it, by key, as text and unchecked
	 * @param checked the call that this comes to; throws an {@link IllegalArgumentException} for what is wrong with it
	 * @param work runs the task; throws what {@link UserTask.Work} does
	 */
	public Outcome run(final Map<String, String> entered, final Supplier<MacroCall> checked, final Consumer<MacroCall> work) {
		LastValues.keep(settings, entered);
		try {
			final MacroCall call = checked.get();
			if (!mayReplaceFiles(call.values())) return Outcome.AGAIN;
			work.accept(call);
			LastValues.done(settings);
			if (settings.keys().contains("model")) call.values().path("model").filter(Files::isRegularFile).ifPresent(Proposals::remember);
			return Outcome.DONE;
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			Failure.tell(settings, e);
			return Failure.isMistake(e) ? Outcome.AGAIN : Outcome.ENDED;
		}
	}

	/** NB: a macro says which file to write and is not asked. */
	private boolean mayReplaceFiles(final Values values) {
		for (final Setting s : settings.list()) {
			if (s.kind() != Setting.Kind.FILE_SAVE) continue;
			final Optional<Path> file = values.path(s.key()).filter(Files::isRegularFile);
			if (file.isPresent() && !IJ.showMessageWithCancel(settings.title(), s.label() + ":\n" + file.get() + "\nis there already. Replace it?")) return false;
		}
		return true;
	}
}
