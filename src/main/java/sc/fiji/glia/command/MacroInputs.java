package sc.fiji.glia.command;

import java.awt.GraphicsEnvironment;
import java.io.File;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;

import ij.IJ;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.ui.MacroCall;

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
			if (isLeftToUser(module, settings)) command.setInteractive();
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
