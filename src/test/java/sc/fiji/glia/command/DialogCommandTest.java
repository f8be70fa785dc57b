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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Button;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.Priority;
import org.scijava.command.CommandService;
import org.scijava.module.MethodCallException;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import sc.fiji.glia.ui.FakeTask;

/** A user at SciJava's dialog, in whose place stands a preprocessor. */
@Tag("gui")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DialogCommandTest {

	private static final int PATIENCE_SECONDS = 10;
	/** What the users of the coming dialogs enter; none: the dialog is cancelled. */
	private static final BlockingQueue<Map<String, Object>> ENTERED = new LinkedBlockingQueue<>();
	/** What dialogs showed at first. */
	private static final BlockingQueue<List<Object>> SHOWN = new LinkedBlockingQueue<>();

	private Context context;
	private CommandService commands;

	/** Comes last, as the dialog does. */
	public static final class FakeDialog extends AbstractPreprocessorPlugin {

		@Override
		public void process(final Module module) {
			if (!(module.getDelegateObject() instanceof FakeCommand)) {
				SHOWN.add(models(module));
				cancel("cancelled");
				return;
			}
			SHOWN.add(List.of(module.getInput("seed"), module.getInput("overlay"), module.getInput("file")));
			final Map<String, Object> entered = ENTERED.poll();
			if (entered == null) cancel("cancelled");
			else module.getInputs().keySet().forEach(key -> {
				if (entered.containsKey(key)) module.setInput(key, entered.get(key));
				module.resolveInput(key);
			});
		}
	}

	/** Files for the model that are proposed: at first, for each folder entered, and after the user has named one. */
	private static List<Object> models(final Module module) {
		final List<Object> models = new ArrayList<>(List.of(module.getInput("model")));
		for (Map<String, Object> e = ENTERED.poll(); e != null; e = ENTERED.poll()) {
			e.forEach(module::setInput);
			callback(module, module.getInfo().getInput("folder"));
			models.add(module.getInput("model"));
		}
		return models;
	}

	private static void callback(final Module module, final ModuleItem<?> item) {
		try {
			item.callback(module);
		}
		catch (final MethodCallException e) {
			throw new IllegalStateException(e);
		}
	}

	@BeforeEach
	void open() {
		if (IJ.getInstance() == null) new ImageJ(ImageJ.NO_SHOW).exitWhenQuitting(false);
		context = new Context(CommandService.class, PluginService.class);
		commands = context.service(CommandService.class);
		final PluginInfo<PreprocessorPlugin> dialog = new PluginInfo<>(FakeDialog.class, PreprocessorPlugin.class);
		dialog.setPriority(Priority.VERY_LOW);
		context.service(PluginService.class).addPlugin(dialog);
		ENTERED.clear();
		SHOWN.clear();
	}

	@AfterEach
	void close() {
		IJ.setProperty("glia.last.Fake Task...", null);
		for (final Window w : Window.getWindows()) if (w instanceof Dialog) w.dispose();
		WindowManager.closeAllWindows();
		context.dispose();
	}

	private static ImagePlus image(final String title) {
		return IJ.createImage(title, "8-bit black", 4, 3, 2);
	}

	private String run(final ImagePlus image) throws Exception {
		final Module module = commands.run(FakeCommand.class, true, "image", image).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		return Optional.ofNullable((ImagePlus) module.getOutput("result")).map(ImagePlus::getTitle).orElse("none");
	}

	private static List<Object> shown() throws InterruptedException {
		return Optional.ofNullable(SHOWN.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).orElse(List.of("no dialog"));
	}

	/** Presses the button of the message, and of those to come. */
	private static Thread pressOk(final List<String> titles) {
		final Thread thread = new Thread(() -> {
			while (!Thread.interrupted()) {
				for (final Window w : Window.getWindows()) if (w instanceof Dialog d && d.isShowing()) {
					titles.add(d.getTitle());
					press(d);
				}
				try {
					Thread.sleep(50);
				}
				catch (final InterruptedException e) {
					return;
				}
			}
		});
		thread.start();
		return thread;
	}

	private static void press(final Dialog dialog) {
		for (final Component c : all(dialog)) if (c instanceof Button b) b.dispatchEvent(new ActionEvent(b, ActionEvent.ACTION_PERFORMED, b.getLabel()));
	}

	private static List<Component> all(final Container container) {
		final List<Component> found = new ArrayList<>();
		for (final Component c : container.getComponents()) {
			found.add(c);
			if (c instanceof Container inner) found.addAll(all(inner));
		}
		return found;
	}

	@Test
	void theDialogShowsWhatTheUserEnteredLastButScriptsGetTheStandard() throws Exception {
		final File none = new File(""), file = new File("typed.zip");
		ENTERED.add(Map.of("seed", 5, "overlay", true, "file", file));
		assertEquals("a seed=5 overlay=true file=typed.zip", run(image("a")));
		assertEquals(List.of(1, false, none), shown());
		// NB: who gives a value is a script and is not asked; here the dialog only shows what would come of the rest
		ENTERED.add(Map.of());
		assertEquals("a seed=1 overlay=true file=", commandTitle("overlay", true));
		assertEquals(List.of(1, true, none), shown());
		ENTERED.add(Map.of("seed", 6));
		assertEquals("a seed=6 overlay=true file=typed.zip", run(image("a")));
		assertEquals(List.of(5, true, file), shown());
		ENTERED.add(Map.of());
		assertEquals("b seed=6 overlay=true file=", run(image("b")));
		assertEquals(List.of(6, true, none), shown(), "the file went with the other image");
	}

	private String commandTitle(final String key, final Object value) throws Exception {
		final Module module = commands.run(FakeCommand.class, true, "image", image("a"), key, value).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		return ((ImagePlus) module.getOutput("result")).getTitle();
	}

	@Test
	void aMistakeOpensTheDialogAgainWithWhatWasEntered() throws Exception {
		final File file = new File("typed.zip");
		final List<String> messages = Collections.synchronizedList(new ArrayList<>());
		final Thread user = pressOk(messages);
		ENTERED.add(Map.of("seed", 9, "overlay", true, "file", file));
		assertEquals("none", run(image("a")));
		assertEquals(List.of(1, false, new File("")), shown());
		assertEquals(9, shown().get(0));
		await(() -> messages.contains("Fake Task"));
		user.interrupt();
		user.join();
		assertNull(SHOWN.poll(300, TimeUnit.MILLISECONDS), "it was cancelled");
	}

	@Test
	void aDefectDoesNotAskAgain() throws Exception {
		final List<String> messages = Collections.synchronizedList(new ArrayList<>());
		final Thread user = pressOk(messages);
		ENTERED.add(Map.of("seed", 8));
		assertEquals("none", run(image("a")));
		shown();
		await(() -> messages.contains("Fake Task"));
		user.interrupt();
		user.join();
		assertNull(SHOWN.poll(300, TimeUnit.MILLISECONDS));
	}

	@Test
	void aModelIsProposedForTheFolder(@TempDir final Path folder) throws Exception {
		final File scans = Files.createDirectory(folder.resolve("scans")).toFile(), other = Files.createDirectory(folder.resolve("other")).toFile();
		for (final Class<? extends TaskCommand> command : List.of(TrainNetwork.class, TrainClassifier.class)) {
			ENTERED.addAll(List.of(Map.of("folder", scans), Map.of("folder", other), Map.of("folder", scans, "model", new File("mine.zip"))));
			commands.run(command, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			final List<Object> models = shown();
			assertEquals(new File(System.getProperty("user.home")), ((File) models.get(0)).getParentFile());
			assertEquals(List.of(new File(scans + "-model.zip"), new File(other + "-model.zip"), new File("mine.zip")), models.subList(1, 4));
		}
	}

	@Test
	void thatATrainingIsRunningIsSaidBeforeTheDialog() throws Exception {
		final List<String> messages = Collections.synchronizedList(new ArrayList<>());
		final Thread user = pressOk(messages);
		FakeTask.whileTraining(() -> {
			try {
				assertTrue(commands.run(TrainNetwork.class, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS).isCanceled());
			}
			catch (final Exception e) {
				throw new IllegalStateException(e);
			}
		});
		user.interrupt();
		user.join();
		assertEquals(List.of("Train Segmentation Network"), messages.stream().distinct().toList());
		assertNull(SHOWN.poll());
	}

	private static void await(final BooleanSupplier condition) throws InterruptedException {
		for (int waited = 0; waited < PATIENCE_SECONDS * 1000 && !condition.getAsBoolean(); waited += 50) Thread.sleep(50);
		assertTrue(condition.getAsBoolean(), () -> "windows: " + Arrays.toString(Window.getWindows()));
	}
}
