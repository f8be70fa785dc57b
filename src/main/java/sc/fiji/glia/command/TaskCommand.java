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
package sc.fiji.glia.command;

import java.io.File;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.scijava.command.CommandService;
import org.scijava.command.ContextCommand;
import org.scijava.util.ClassUtils;

import ij.IJ;
import ij.ImagePlus;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.ui.Failure;
import sc.fiji.glia.ui.MacroCall;
import sc.fiji.glia.ui.Proposals;
import sc.fiji.glia.ui.UserCall;
import sc.fiji.glia.ui.UserTask;

/**
 * A command whose parameters are the settings of a task: a field for each key, checked by the task's settings, since SciJava checks nothing that
 * comes from a script. What goes wrong stops a macro, is an exception for a script, and a message for a user.
 */
public abstract class TaskCommand extends ContextCommand {

	private boolean isInteractive;
	private String proposedModel = "";

	/** The task behind the command. */
	protected abstract UserTask task();

	/** Takes the new image, if there is one. */
	protected void setResult(final Optional<ImagePlus> result) {}

	/**
	 * Says that a user will fill in a dialog and wants to be told in another.
	 *
	 * @param model the file for the model that is proposed; "" for none
	 */
	final void setInteractive(final String model) {
		isInteractive = true;
		proposedModel = model;
	}

	/** Called by SciJava's dialog while a user enters the folder to learn from: the file for the model follows, unless the user has named another. */
	protected final void folderEntered() {
		final Field model = ClassUtils.getField(getClass(), "model");
		if (!text(value("model")).equals(proposedModel)) return;
		proposedModel = Proposals.of(task().settings(), image(), text(value("folder"))).get("model");
		ClassUtils.setValue(model, this, new File(proposedModel));
	}

	@Override
	public final void run() {
		final Optional<ImagePlus> image = image();
		final Map<String, String> given = given(image);
		if (isInteractive) runForUser(given, image);
		else try {
			setResult(task().work().run(task().settings().parse(given), image));
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			fail(e);
		}
	}

	/** NB: SciJava's dialog is closed by now; another call opens it again, with the values just entered. */
	private void runForUser(final Map<String, String> given, final Optional<ImagePlus> image) {
		final UserCall.Outcome outcome = new UserCall(task()).run(given, () -> new MacroCall(task().settings().parse(given), image), //
			call -> setResult(task().work().run(call.values(), image)));
		if (outcome != UserCall.Outcome.DONE) cancel(null);
		if (outcome == UserCall.Outcome.AGAIN) context().service(CommandService.class).run(getClass(), true);
	}

	private Map<String, String> given(final Optional<ImagePlus> image) {
		final Map<String, String> given = new LinkedHashMap<>();
		for (final Setting s : task().settings().list()) {
			if (s.kind() != Setting.Kind.IMAGE) given.put(s.key(), text(value(s.key())));
		}
		image.ifPresent(i -> given.put("image", MacroCall.nameOf(i)));
		return given;
	}

	/** NB: without a screen an image that was not given is an empty one, not null. */
	private Optional<ImagePlus> image() {
		if (!task().settings().takeImage()) return Optional.empty();
		return Optional.ofNullable((ImagePlus) value("image")).filter(i -> i.getWidth() > 0 && i.getStackSize() > 0);
	}

	private Object value(final String key) {
		final Field field = ClassUtils.getField(getClass(), key);
		return ClassUtils.getValue(field, this);
	}

	private static String text(final Object value) {
		return value == null ? "" : value instanceof File f ? f.getPath() : value.toString();
	}

	/** NB: neither an exception nor {@code cancel(reason)} stops a running macro. */
	final void fail(final Throwable failure) {
		final Settings settings = task().settings();
		if (IJ.isMacro()) {
			stopMacro(settings, failure);
			cancel(null);
		}
		else if (failure instanceof RuntimeException e) throw e;
		else throw new IllegalStateException(Failure.message(failure), failure);
	}

	/** Stops the macro. The exception by which ImageJ does so must not reach SciJava, which would open a second error window. */
	static void stopMacro(final Settings settings, final Throwable failure) {
		try {
			if (!Failure.isAbort(failure)) Failure.stopMacro(settings, failure);
		}
		catch (final RuntimeException e) {
			if (!Failure.isAbort(e)) throw e;
		}
	}
}
