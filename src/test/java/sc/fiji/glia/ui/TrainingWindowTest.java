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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;

import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import javax.imageio.ImageIO;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.task.TrainingProgress;

/** Presses the buttons of the training window and keeps pictures of it in target/screenshots. Skipped where there is no screen. */
@Tag("gui")
class TrainingWindowTest {

	private static final Path SCREENSHOTS = Path.of("target/screenshots");

	@AfterEach
	void closeAll() throws Exception {
		IJ.resetEscape();
		for (final Frame frame : Frame.getFrames()) if (String.valueOf(frame.getName()).startsWith("glia-")) onEventThread(() -> {
			frame.dispose();
			return true;
		});
	}

	@Test
	void aWindowWithoutAScreenIsRefused() {
		assumeTrue(GraphicsEnvironment.isHeadless(), "this test is for machines without a screen");
		assertThrows(HeadlessException.class, () -> new TrainingWindow(m -> m, l -> {}));
	}

	@Test
	void finishEndsTheTrainingAndTheWindowStaysUntilClosed() throws Exception {
		final TrainingWindow window = open();
		screenshot("1-start");
		for (int epoch = 1; epoch <= 30; epoch++) {
			window.stepEnded(epoch, TrainingWindowDemo.STEPS, TrainingWindowDemo.STEPS, 0.2);
			TrainingWindowDemo.epoch(window, epoch, true, 3.4);
		}
		window.stepEnded(31, 12, TrainingWindowDemo.STEPS, 0.2);
		waitFor(() -> text("status").equals("training"));
		screenshot("2-middle");
		assertEquals(Signal.CONTINUE, window.signal());
		click("Finish");
		assertEquals(Signal.FINISH, window.signal());
		assertFalse(button("Finish").isEnabled(), "the same wish once more");
		assertTrue(button("Cancel").isEnabled(), "judging may be cancelled, too");
		window.ended("Finished after 30 epochs: best Dice 0.845 in epoch 19. Network written to brain.zip");
		waitFor(() -> button("Close").isVisible());
		screenshot("3-end");
		assertTrue(frame().isShowing());
		click("Close");
		waitFor(() -> !isOpen());
	}

	@Test
	void whatIsLeftWhenTheWindowIsClosedIsLoggedOnce() throws Exception {
		final List<String> logged = new ArrayList<>();
		final TrainingWindow never = new TrainingWindow(m -> m, logged::add);
		never.ended("Training failed: labels: none");
		assertEquals(List.of(), logged, "it did not start");
		final TrainingWindow window = new TrainingWindow(m -> m.replace("batch:", "Batch size:"), logged::add);
		window.started(new TrainingProgress.Start("brain.tif, fold 1 of 2", "Dice", 50, List.of("batch: 2"), 742, "run();"));
		window.started(new TrainingProgress.Start("brain.tif", "Dice", 50, List.of("notes", "batch: 4"), 742, "run();"));
		window.ended("All 50 epochs done.\nbatch: end");
		assertEquals(List.of("Glia trains on brain.tif: at most 50 epochs, 742 MB of memory\n  notes\n  batch: 4\n  run();\nAll 50 epochs done.\nBatch size: end"), logged);
		waitFor(() -> isOpen() && text("status").startsWith("<html>"));
	}

	@Test
	void cancelAndEscapeCancel() throws Exception {
		final TrainingWindow window = open();
		click("Cancel");
		assertEquals(Signal.CANCEL, window.signal());
		window.close();
		waitFor(() -> !isOpen());
		final TrainingWindow other = open();
		click("Finish");
		assertEquals(Signal.FINISH, other.signal());
		IJ.setKeyDown(KeyEvent.VK_ESCAPE);
		assertEquals(Signal.CANCEL, other.signal());
	}

	@Test
	void closingDuringTrainingAsksAndDoesNotBlock() throws Exception {
		final TrainingWindow window = open();
		for (int epoch = 1; epoch <= 8; epoch++) TrainingWindowDemo.epoch(window, epoch, false, 75);
		window.preview(TrainingWindowDemo.partlyLabelled());
		final JFrame frame = frame();
		SwingUtilities.invokeLater(() -> frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING)));
		waitFor(() -> button("answer-go-on").isShowing());
		assertEquals(Signal.CONTINUE, window.signal());
		screenshot("4-no-validation");
		click("answer-go-on");
		assertTrue(frame.isShowing());
		assertEquals(Signal.CONTINUE, window.signal());
		SwingUtilities.invokeLater(() -> frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING)));
		waitFor(() -> button("answer-finish").isShowing());
		click("answer-finish");
		assertEquals(Signal.FINISH, window.signal());
		assertTrue(frame.isShowing(), "the window stays until the training has ended");
		window.ended("Finished");
		waitFor(() -> !isOpen());
	}

	@Test
	void aCrossValidationBeginsAgainWithEachFold() throws Exception {
		assumeFalse(GraphicsEnvironment.isHeadless(), "no screen");
		final TrainingWindow window = new TrainingWindow(m -> m, l -> {});
		ClassificationWindowDemo.start(window, 1);
		waitFor(TrainingWindowTest::isOpen);
		screenshot("5-classification-start");
		for (int epoch = 1; epoch <= 3; epoch++) ClassificationWindowDemo.epoch(window, epoch);
		screenshot("6-classification-early");
		for (int epoch = 4; epoch <= 20; epoch++) ClassificationWindowDemo.epoch(window, epoch);
		window.stepEnded(21, 12, ClassificationWindowDemo.STEPS, 0.2);
		waitFor(() -> panel("Examples").getAccessibleContext().getAccessibleDescription().contains("after epoch 20:"));
		assertTrue(frame().getTitle().endsWith("fold 1 of 3"), frame().getTitle());
		assertTrue(all(frame()).anyMatch(c -> c instanceof JLabel label && label.getText().equals("Validation accuracy")));
		screenshot("7-classification");
		final JFrame frame = frame();
		onEventThread(() -> {
			frame.setSize(900, 620);
			return true;
		});
		screenshot("8-classification-small");
		ClassificationWindowDemo.start(window, 2);
		waitFor(() -> frame.getTitle().endsWith("fold 2 of 3"));
		assertEquals(frame, frame(), "one window for all folds");
		assertEquals("Training on phantom-tumours, fold 2 of 3", text("status"));
		assertTrue(all(frame).anyMatch(c -> c instanceof JLabel label && label.getText().equals("epoch 1 of 30")));
		screenshot("9-second-fold");
		window.examples(ClassificationWindowDemo.digits());
		onEventThread(() -> {
			frame.setSize(1200, 850);
			return true;
		});
		waitFor(() -> panel("Examples").getAccessibleContext().getAccessibleDescription().contains("after epoch 0:"));
		screenshot("10-digits");
		click("Cancel");
		ClassificationWindowDemo.start(window, 3);
		assertEquals(Signal.CANCEL, window.signal(), "a wish holds for the folds to come");
	}

	@Test
	void newsDoNotWaitForTheEventThread() throws Exception {
		final TrainingWindow window = open();
		final CountDownLatch blocked = new CountDownLatch(1);
		SwingUtilities.invokeLater(() -> {
			try {
				blocked.await();
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		});
		assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
			window.stepEnded(1, 1, 2, 0.5);
			TrainingWindowDemo.epoch(window, 1, true, 1);
			window.status("written");
			window.signal();
			window.ended("the end");
		});
		blocked.countDown();
		waitFor(() -> text("status").equals("the end"));
	}

	@Test
	void theMacroLineIsShown() throws Exception {
		open();
		click("Show macro");
		waitFor(() -> Arrays.stream(Frame.getFrames()).anyMatch(f -> "glia-macro".equals(f.getName()) && f.isShowing()));
	}

	private static TrainingWindow open() throws Exception {
		assumeFalse(GraphicsEnvironment.isHeadless(), "no screen: run the tests under a display, for instance xvfb-run -a mvn test");
		final TrainingWindow window = new TrainingWindow(m -> m, l -> {});
		TrainingWindowDemo.start(window);
		window.status("training");
		waitFor(TrainingWindowTest::isOpen);
		return window;
	}

	private static boolean isOpen() {
		return Arrays.stream(Frame.getFrames()).anyMatch(TrainingWindowTest::isTraining);
	}

	private static JFrame frame() {
		return (JFrame) Arrays.stream(Frame.getFrames()).filter(TrainingWindowTest::isTraining).findFirst().orElseThrow();
	}

	private static boolean isTraining(final Frame frame) {
		return "glia-training".equals(frame.getName()) && frame.isShowing();
	}

	private static JButton button(final String name) {
		return (JButton) all(frame()).filter(c -> c instanceof JButton && name.equals(c.getName())).findFirst().orElseThrow();
	}

	private static Component panel(final String accessibleName) {
		return all(frame()).filter(c -> accessibleName.equals(c.getAccessibleContext().getAccessibleName())).findFirst().orElseThrow();
	}

	private static String text(final String label) {
		return all(frame()).filter(c -> c instanceof JLabel && label.equals(c.getName())).map(c -> ((JLabel) c).getText()).findFirst().orElseThrow();
	}

	private static Stream<Component> all(final Container container) {
		return Arrays.stream(container.getComponents()).flatMap(c -> c instanceof Container inner ? Stream.concat(Stream.of(c), all(inner)) : Stream.of(c));
	}

	private static void click(final String name) throws Exception {
		final JButton button = button(name);
		onEventThread(() -> {
			button.doClick(0);
			return true;
		});
	}

	private static void waitFor(final BooleanSupplier condition) throws Exception {
		final long end = System.nanoTime() + 10_000_000_000L;
		while (!onEventThread(condition::getAsBoolean)) {
			assertTrue(System.nanoTime() < end, "waited 10 s in vain");
			Thread.sleep(20);
		}
	}

	/** NB: waits for two looks at the news first, so that the picture shows all of them. */
	private static void screenshot(final String name) throws Exception {
		Thread.sleep(250);
		final BufferedImage image = onEventThread(() -> {
			final Container content = frame().getContentPane();
			final double scale = frame().getGraphicsConfiguration().getDefaultTransform().getScaleX();
			final int width = (int) (content.getWidth() * scale), height = (int) (content.getHeight() * scale);
			final BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
			final Graphics2D g = drawn.createGraphics();
			g.scale(scale, scale);
			content.printAll(g);
			g.dispose();
			return drawn;
		});
		write(image, name);
	}

	private static void write(final BufferedImage image, final String name) throws IOException {
		Files.createDirectories(SCREENSHOTS);
		assertTrue(ImageIO.write(image, "png", SCREENSHOTS.resolve("training-" + name + ".png").toFile()));
	}

	private static <T> T onEventThread(final Callable<T> callable) throws Exception {
		final FutureTask<T> task = new FutureTask<>(callable);
		SwingUtilities.invokeLater(task);
		return task.get();
	}
}
