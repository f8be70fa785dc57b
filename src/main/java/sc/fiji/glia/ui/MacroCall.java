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

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.macro.Interpreter;
import ij.plugin.frame.Recorder;
import sc.fiji.glia.task.MacroOptions;
import sc.fiji.glia.task.OpenImages;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.task.Values;

/** What a macro asks of a task: checked values and the image they name. */
public record MacroCall(Values values, Optional<ImagePlus> image) {

	/** True if this thread runs a command for a macro, not for a user at the menu. */
	public static boolean isMacro(final String label) {
		// NB: ImageJ runs a menu's command on a thread of its name; that a macro is running elsewhere must not hide the dialog
		return Macro.getOptions() != null || IJ.isMacro() && !Thread.currentThread().getName().equals(label);
	}

	/**
	 * The call that the macro on this thread is making.
	 *
	 * @throws IllegalArgumentException for what is wrong with its options
	 */
	public static MacroCall current(final Settings settings) {
		final String options = Macro.getOptions();
		return of(settings, MacroOptions.parse(options == null ? "" : options));
	}

	/**
	 * Checks values and finds the image, if the task takes one: the one named (the active one goes before others of its title), else the active one. A value
	 * {@code &name} is the value of that macro variable.
	 *
	 * @throws IllegalArgumentException if a value is wrong or there is no such image
	 */
	public static MacroCall of(final Settings settings, final Map<String, String> options) {
		final Map<String, String> given = new LinkedHashMap<>();
		options.forEach((key, value) -> given.put(key.toLowerCase(Locale.ROOT), variable(value)));
		if (!settings.takeImage()) return new MacroCall(settings.parse(given), Optional.empty());
		final boolean isReplaced = !given.getOrDefault(settings.get("image").instead(), "").isEmpty();
		final String title = given.getOrDefault("image", "");
		final Optional<ImagePlus> image = isReplaced ? Optional.empty() : title.isEmpty() ? OpenImages.active() : named(title);
		image.ifPresent(i -> given.put("image", nameOf(i)));
		return new MacroCall(settings.parse(given), image);
	}

	/** The active image if it has the title, for several may have it; else the first that has. */
	private static Optional<ImagePlus> named(final String title) {
		return OpenImages.active().filter(i -> i.getTitle().equals(title)).or(() -> Optional.of(OpenImages.titled("image", title)));
	}

	/** The title of an image, or a word for it if it has none. */
	public static String nameOf(final ImagePlus image) {
		final String title = image.getTitle();
		return title == null || title.isBlank() ? "untitled" : title.trim();
	}

	private static String variable(final String value) {
		if (!value.startsWith("&") || Interpreter.getInstance() == null) return value;
		final String found = Interpreter.getInstance().getVariableAsString(value.substring(1));
		return found == null ? value : found;
	}

	/** Keeps ImageJ's Recorder from writing the command that runs on this thread: a dialog may still be cancelled. */
	public static void recordNothing() {
		if (Recorder.record) Recorder.setCommand(null);
	}

	/** Writes the macro line that repeats a task to ImageJ's Recorder, if it is recording. */
	public static void record(final Values values) {
		if (Recorder.record) Recorder.recordString((Recorder.scriptMode() ? "IJ." : "") + values.macro() + "\n");
	}
}
