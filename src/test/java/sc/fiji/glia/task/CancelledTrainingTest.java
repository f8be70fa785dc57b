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
package sc.fiji.glia.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.process.ByteProcessor;

import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;

/** Trainings that are cancelled before the first step and after the last: in each phase that is told, at its first item. */
class CancelledTrainingTest {

	private static final int COUNT = 24;

	@TempDir
	Path folder;

	/** Cancels when it hears of a phase. */
	private static final class Cancels extends Trainings.News {

		private final String phase;
		final List<String> after = new ArrayList<>();
		private volatile boolean cancelled;

		Cancels(final String phase) {
			this.phase = phase;
		}

		@Override
		public void status(final String message) {
			if (cancelled) after.add(message);
			cancelled |= message.startsWith("Glia: " + phase);
		}

		@Override
		public void started(final Start start) {
			super.started(start);
			cancelled |= phase.equals("started");
		}

		@Override
		public Signal signal() {
			return cancelled ? Signal.CANCEL : Signal.CONTINUE;
		}
	}

	private Path file() {
		return folder.resolve("model.zip");
	}

	private Values classification(final String options) {
		final Path images = folder.resolve("images");
		for (int i = 0; i < COUNT; i++) {
			final ByteProcessor ip = new ByteProcessor(16, 16);
			for (int p = 0; p < 256; p++) ip.set(p, (i * 37 + p * p * (i + 3)) % 101 + 60 * (i % 2));
			final Path one = images.resolve((i % 2 == 0 ? "dark" : "bright") + "/" + i + ".tif");
			one.getParent().toFile().mkdirs();
			Discs.save(new ImagePlus("image", ip), one);
		}
		final Map<String, String> all = new LinkedHashMap<>(Map.of("folder", images.toString(), "groups", "none", "epochs", "1", "model", file().toString()));
		all.putAll(MacroOptions.parse(options));
		return TrainClassification.SETTINGS.parse(all);
	}

	private Values segmentation(final String options) {
		final Path images = folder.resolve("pairs");
		images.toFile().mkdirs();
		for (final String name : List.of("a", "b", "c", "d")) Discs.savePairs(images, name, 1, 2);
		final Map<String, String> all = new LinkedHashMap<>(Map.of("folder", images.toString(), "network", "U-Net", "batch", "2", "epochs", "1", "model", file()
			.toString()));
		all.putAll(MacroOptions.parse(options));
		return TrainSegmentation.SETTINGS.parse(all);
	}

	private static Engine engine(final Engine.Where where) {
		return new Engine(where, true, Engine.preferred().launch(), 2);
	}

	private void leavesNothing(final Cancels news, final Runnable training) {
		assertThrows(CancellationException.class, training::run);
		assertTrue(news.cancelled, "the phase is told");
		assertEquals(List.of(), news.after, "nothing is begun after it");
		assertEquals(0, news.steps);
		assertEquals("Cancelled: no model was written", news.ended);
		assertFalse(Files.exists(file()));
	}

	private Model keepsTheModel(final Cancels news, final Trained trained) {
		assertTrue(news.cancelled, "the phase is told");
		assertEquals(List.of(), news.after, "nothing is begun after it");
		assertEquals(trained.summary(), news.ended);
		assertTrue(trained.summary().startsWith("All 1 epochs done. Kept the best epoch, 1; it was not judged."), trained.summary());
		final Model m = ModelFile.read(trained.model());
		assertEquals(Map.of(), m.training().scores());
		assertEquals(1, m.training().bestEpoch());
		return m;
	}

	@ParameterizedTest
	@ValueSource(strings = { "looking at the data", "checking picture 1 of 24", "looking at image 1 of 9", "reading image 1 of 24",
		"looking for copies of image", "looking at the training images", "measuring image", "making ready to train", "started" })
	void aClassificationBeforeItsFirstStep(final String phase) {
		final Cancels news = new Cancels(phase);
		// NB: of a range of prepared images, values are measured
		final Values values = classification(phase.startsWith("measuring") ? "network=[Dense 10] size=16 prepare=breast" : "");
		leavesNothing(news, () -> TrainClassification.run(values, Optional.empty(), news, engine(Engine.Where.IN_PROCESS)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "copying image 1 of 24", "started" })
	void aClassificationBeforeItsFirstStepInAWorker(final String phase) {
		final Cancels news = new Cancels(phase);
		leavesNothing(news, () -> TrainClassification.run(classification(""), Optional.empty(), news, engine(Engine.Where.WORKER)));
		assertEquals(0, ProcessHandle.current().children().filter(p -> p.info().commandLine().orElse("").contains("WorkerMain")).count());
	}

	@ParameterizedTest
	@ValueSource(strings = { "judging the best network", "judging image 1 of", "finding intervals, resample 1 of 1000", "comparing with neighbours image 1 of" })
	void aClassificationAfterItsLastStep(final String phase) {
		final Cancels news = new Cancels(phase);
		final Model m = keepsTheModel(news, TrainClassification.run(classification(""), Optional.empty(), news, engine(Engine.Where.IN_PROCESS)));
		assertEquals(List.of("bright", "dark"), m.classes());
	}

	@Test
	void aClassificationInAWorkerAfterItsLastStep() {
		final Cancels news = new Cancels("judging image 1 of");
		keepsTheModel(news, TrainClassification.run(classification(""), Optional.empty(), news, engine(Engine.Where.WORKER)));
	}

	@Test
	void aFoldThatIsJudged() {
		final Cancels news = new Cancels("judging image 1 of");
		assertThrows(CancellationException.class, () -> TrainClassification.run(classification("folds=3"), Optional.empty(), news, engine(Engine.Where.IN_PROCESS)));
		assertEquals(1, news.epochs.size(), "the other folds are not begun");
		assertFalse(Files.exists(file()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "looking at the data", "looking at pair 1 of 8", "looking at labels 1 of 8", "counting foreground of image 1 of 8",
		"looking at training image 1 of", "measuring image 1 of", "making ready to train", "started" })
	void aSegmentationBeforeItsFirstStep(final String phase) {
		final Cancels news = new Cancels(phase);
		leavesNothing(news, () -> TrainSegmentation.run(segmentation(""), Optional.empty(), news, engine(Engine.Where.IN_PROCESS)));
	}

	@Test
	void aSegmentationInAWorkerBeforeItsFirstStep() {
		final Cancels news = new Cancels("copying image 1 of 8");
		leavesNothing(news, () -> TrainSegmentation.run(segmentation(""), Optional.empty(), news, engine(Engine.Where.WORKER)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "judging the best network", "judging image 1 of", "counting background of image 1 of", "finding the best threshold, image 1 of",
		"applying the best threshold to image 1 of", "predicting example 1 of" })
	void aSegmentationAfterItsLastStep(final String phase) {
		final Cancels news = new Cancels(phase);
		final Path results = folder.resolve("results");
		keepsTheModel(news, TrainSegmentation.run(segmentation("results=[" + results + "]"), Optional.empty(), news, engine(Engine.Where.IN_PROCESS)));
		assertTrue(Files.exists(results.resolve("report.html")), "the curves are kept, too");
	}

	@Test
	void noEmptyResultsFolderIsLeftBehind() throws IOException {
		final Path results = folder.resolve("out");
		final String options = "results=[" + results + "]";
		for (int k = 0; k < 2; k++) {
			final Cancels news = new Cancels("making ready to train"), again = new Cancels("making ready to train");
			leavesNothing(news, () -> TrainSegmentation.run(segmentation(options), Optional.empty(), news, engine(Engine.Where.IN_PROCESS)));
			assertEquals(k == 1, Files.exists(results), "the user's own stays");
			leavesNothing(again, () -> TrainClassification.run(classification(options), Optional.empty(), again, engine(Engine.Where.IN_PROCESS)));
			assertEquals(k == 1, Files.exists(results), "the user's own stays");
			if (k == 0) Files.createDirectory(results);
		}
	}
}
