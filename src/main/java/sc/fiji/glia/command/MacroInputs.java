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

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.util.Map;
import java.util.Optional;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.ImagePlus;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.ui.MacroCall;
import sc.fiji.glia.ui.Proposals;
import sc.fiji.glia.ui.UserCall;

/**
 * Fills in the parameters of our commands when a macro calls. It reads the macro's own text: stock conversion makes 0 of {@code epochs=abc}, ignores
 * misspelt keys and bare words, and opens a dialog for a key that is left out.
 * <p>
 * NB: runs after the stock macro and active-image preprocessors and before everything that asks a user.
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.HIGH - 1)
public class MacroInputs extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof TaskCommand command)) return;
		final Settings settings = command.task().settings();
		if (!IJ.isMacro()) {
			if (isLeftToUser(module, settings)) propose(module, command);
			return;
		}
		try {
			fill(module, MacroCall.current(settings));
		}
		catch (final IllegalArgumentException e) {
			TaskCommand.stopMacro(settings, e);
			cancel(null);
		}
	}

	/** Shows in the dialog to come what a user is likely to want; where there is no use in one, says why. */
	private void propose(final Module module, final TaskCommand command) {
		if (!new UserCall(command.task()).mayBegin()) {
			cancel(null);
			return;
		}
		final Optional<ImagePlus> image = Optional.ofNullable(command.task().settings().takeImage() ? (ImagePlus) module.getInput("image") : null)
			.filter(i -> i.getWidth() > 0);
		final Map<String, String> proposed = Proposals.initial(command.task(), image);
		command.setInteractive(proposed.getOrDefault("model", ""));
		for (final Setting s : command.task().settings().list()) if (s.kind() != Setting.Kind.IMAGE) set(module, s, proposed.get(s.key()));
	}

	private static void fill(final Module module, final MacroCall call) {
		for (final Setting s : call.values().settings().list()) {
			if (s.kind() != Setting.Kind.IMAGE) set(module, s, call.values().text(s.key()));
			module.resolveInput(s.key());
		}
		call.image().ifPresent(i -> module.setInput("image", i));
	}

	private static void set(final Module module, final Setting s, final String value) {
		final Object object = switch (s.kind()) {
			case WHOLE -> Integer.valueOf(value);
			case DECIMAL -> Double.valueOf(value);
			case SWITCH -> Boolean.valueOf(value);
			case FILE_OPEN, FILE_SAVE, FOLDER -> new File(value);
			default -> value;
		};
		module.setInput(s.key(), object);
	}

	/** True if nobody has given anything but the image, so that a dialog will follow. */
	private static boolean isLeftToUser(final Module module, final Settings settings) {
		return !GraphicsEnvironment.isHeadless() && settings.keys().stream().noneMatch(k -> !k.equals("image") && module.isInputResolved(k));
	}
}
