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

import java.awt.GraphicsEnvironment;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import sc.fiji.glia.task.Settings;

/** How a task's failure is told. */
public final class Failure {

	private static final int COLUMNS = 110;

	private Failure() {}

	/** What a user is told of a failure. */
	public static String message(final Throwable failure) {
		if (failure instanceof CancellationException) return "Cancelled";
		if (failure instanceof OutOfMemoryError) return "Out of memory: ImageJ may use " + (Runtime.getRuntime().maxMemory() >> 20) +
			" MB. Train with a smaller batch, segment fewer slices at a time, or give it more in Edit>Options>Memory & Threads";
		if (failure instanceof UncheckedIOException e) return fileMessage(e);
		if (failure instanceof IllegalArgumentException && failure.getMessage() != null) return failure.getMessage();
		return "Unexpected error, please report it: " + failure;
	}

	private static String fileMessage(final UncheckedIOException e) {
		// NB: the messages of these are bare paths
		final Throwable cause = e.getCause();
		if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) return "No such file: " + cause.getMessage();
		if (cause instanceof AccessDeniedException) return "No permission to use the file: " + cause.getMessage();
		final boolean hasOwnMessage = e.getMessage() != null && !e.getMessage().equals(String.valueOf(cause));
		return hasOwnMessage ? e.getMessage() : cause instanceof FileSystemException ? "Cannot use the file: " + cause.getMessage() : cause
			.getMessage();
	}

	/** True if the failure is none of those that a task announces: a defect of this program. */
	public static boolean isDefect(final Throwable failure) {
		return !(failure instanceof IllegalArgumentException || failure instanceof UncheckedIOException || failure instanceof CancellationException ||
			failure instanceof OutOfMemoryError);
	}

	/** True if other values, or another state of files, may help: the user is to have another try. */
	public static boolean isMistake(final Throwable failure) {
		return failure instanceof IllegalArgumentException || failure instanceof UncheckedIOException;
	}

	/** True if this is how ImageJ itself ends a macro: not to be reported again. */
	public static boolean isAbort(final Throwable failure) {
		return Macro.MACRO_CANCELED.equals(failure.getMessage());
	}

	/** Tells the user of a dialog, in the words of the dialog; returns when it is read. */
	public static void tell(final Settings settings, final Throwable failure) {
		if (failure instanceof CancellationException) {
			IJ.showStatus(settings.title() + ": cancelled");
			return;
		}
		if (isDefect(failure)) IJ.handleException(failure);
		IJ.showMessage(settings.title(), shown(DialogWords.of(settings, message(failure))));
	}

	/**
	 * Stops the running macro with the message, or without one if the user has cancelled. NB: a plain exception would not, and the macro would go on
	 * with wrong images.
	 *
	 * @throws RuntimeException most of the time; that is how ImageJ ends a macro
	 */
	public static void stopMacro(final Settings settings, final Throwable failure) {
		if (failure instanceof CancellationException) {
			Interpreter.abort();
			IJ.showStatus(settings.title() + ": cancelled");
			throw new RuntimeException(Macro.MACRO_CANCELED);
		}
		if (isDefect(failure)) IJ.handleException(failure);
		IJ.error(settings.title(), shown(message(failure)));
	}

	private static String shown(final String message) {
		return GraphicsEnvironment.isHeadless() ? message : wrapped(message);
	}

	/** In lines of at most {@value #COLUMNS} characters, but for longer words. NB: ImageJ's windows would be wider than the screen. */
	static String wrapped(final String message) {
		final StringBuilder text = new StringBuilder();
		for (final String line : message.split("\n", -1)) {
			if (text.length() > 0) text.append('\n');
			int column = 0;
			for (final String word : line.split(" ")) {
				if (column > 0) {
					final boolean fits = column + 1 + word.length() <= COLUMNS;
					text.append(fits ? ' ' : '\n');
					column = fits ? column + 1 : 0;
				}
				text.append(word);
				column += word.length();
			}
		}
		return text.toString();
	}
}
