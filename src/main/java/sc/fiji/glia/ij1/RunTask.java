package sc.fiji.glia.ij1;

import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.plugin.PlugIn;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Values;
import sc.fiji.glia.ui.Failure;
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
			final TaskDialog dialog = new TaskDialog(task);
			Optional<MacroCall> call = Optional.empty();
			while (call.isEmpty()) {
				final Optional<Map<String, String>> entered = dialog.ask();
				if (entered.isEmpty()) return;
				call = check(task, entered.get());
			}
			MacroCall.record(call.get().values());
			runAndShow(task, call.get());
			if (task.settings().keys().contains("model")) call.get().values().path("model").ifPresent(Proposals::remember);
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			Failure.tell(task.settings(), e);
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
		task.work().run(call.values(), call.image()).ifPresent(ImagePlus::show);
	}
}
