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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.Trainings.News;
import sc.fiji.glia.worker.Launch;
import sc.fiji.glia.worker.WorkerLostException;

/** The whole job in a worker process, against the same in this one. */
class EngineTest {

	/** What is said of work that a worker is not worth its start for. */
	private static final String LITTLE = KernelProvider.best().name() + ". In this process: so little is done before a worker process would have started.";

	private static final int W = 40, H = 32, SLICES = 6;

	@TempDir
	Path folder;

	private static Engine engine(final Engine.Where where) {
		return new Engine(where, true, Launch.standard(), 2);
	}

	private Model train(final String name, final Engine engine, final News news, final String options) {
		Trainings.open(Discs.mask("mask", W, H, SLICES));
		final Path file = folder.resolve(name);
		return ModelFile.read(TrainSegmentation.run(Trainings.values(file, "labels=mask " + (options.isEmpty() ? "epochs=2" : options)), Optional.of(Discs.image("image", W, H, SLICES)),
			news, engine).model());
	}

	@Test
	void workerGivesTheSameBits() {
		assumeTrue(KernelProvider.available().size() > 1, "the same kernels here and there");
		final News there = new News(), here = new News();
		final Model worker = train("worker.zip", engine(Engine.Where.WORKER), there, ""), same = train("here.zip", engine(Engine.Where.IN_PROCESS), here, "");
		final String line = there.choices.stream().filter(c -> c.startsWith("kernels: ")).findFirst().orElseThrow();
		assertTrue(line.startsWith("kernels: " + KernelProvider.best().name() + ", 2 threads. In a worker process"), line);
		assertArrayEquals(ModelFile.weights(same), ModelFile.weights(worker));
		assertEquals(here.events, there.events);
		assertEquals(here.steps, there.steps);
		assertEquals(withoutTimes(here.epochs), withoutTimes(there.epochs));
		assertEquals(same.training().scores(), worker.training().scores());
		for (int i = 0; i < here.previews.size(); i++) {
			assertEquals(here.previews.get(i).name(), there.previews.get(i).name());
			assertArrayEquals(here.previews.get(i).foreground(), there.previews.get(i).foreground());
			assertArrayEquals(here.previews.get(i).input(), there.previews.get(i).input());
		}
	}

	/** Trains on the image of these tests, as a user's ImageJ does: started without any flag. */
	public static final class WithoutTheModule {

		private WithoutTheModule() {}

		/** @param args the model file to write */
		public static void main(final String... args) {
			final News news = new News();
			final Path file = Path.of(args[0]);
			Trainings.open(Discs.mask("mask", W, H, SLICES));
			TrainSegmentation.run(TrainSegmentation.SETTINGS.parse(Map.of("image", "image", "labels", "mask", "epochs", "1", "batch", "1", "model", file.toString())), Optional.of(
				Discs.image("image", W, H, SLICES)), news);
			news.choices.forEach(System.out::println);
			final Values values = SegmentStack.SETTINGS.parse(Map.of("image", "image", "model", file.toString(), "output", "none"));
			System.out.println("segmented by " + SegmentStack.run(values, Discs.image("image", W, H, 2), Watch.NONE, new Engine(Engine.Where.WORKER, false,
				Launch.standard(), 2)).kernels());
		}
	}

	@Test
	void withoutAnyFlagItIsAWorker() throws Exception {
		final List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true", "-cp", System
			.getProperty("java.class.path"), WithoutTheModule.class.getName(), folder.resolve("m.zip").toString());
		final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		final String said = new String(process.getInputStream().readAllBytes());
		assertEquals(0, process.waitFor(), said);
		assertTrue(Pattern.compile("kernels: vector \\d+, \\d+ threads. In a worker process").matcher(said).find(), said);
		assertTrue(said.contains("MB in the worker process"), said);
		assertTrue(Pattern.compile("segmented by vector \\d+. In a worker process").matcher(said).find(), said);
		assertTrue(ModelFile.read(folder.resolve("m.zip")).training().versions().get("kernels").startsWith("vector"));
	}

	@Test
	void withoutAWorkerItIsDoneHereAndSaysWhy() {
		final Engine engine = new Engine(Engine.Where.WORKER, true, new Launch(folder, Duration.ofSeconds(1), 1L << 40), 2);
		final News news = new News();
		final Model model = train("here.zip", engine, news, "epochs=1");
		final String end = " In this process, as there is no worker. There is no Java to start in '" + folder.resolve("bin") + "'.";
		assertTrue(news.choices.stream().anyMatch(c -> c.startsWith("kernels: " + KernelProvider.best().name()) && c.endsWith(end)), () -> news.choices
			.toString());
		assertTrue(model.training().choices().stream().anyMatch(c -> c.endsWith(end)));
		assertTrue(segment("here.zip", engine, 3, () -> false).kernels().endsWith(end));
	}

	@Test
	void aKilledWorkerLeavesTheBestModel() {
		final News news = new News() {

			@Override
			public void stepEnded(final int epoch, final int step, final int most, final double loss) {
				if (epoch == 2) workers().forEach(ProcessHandle::destroyForcibly);
			}
		};
		final WorkerLostException e = assertThrows(WorkerLostException.class, () -> train("best.zip", engine(Engine.Where.WORKER), news, "epochs=10000"));
		final Path file = folder.resolve("best.zip");
		assertTrue(e.getMessage().matches("The worker process ended with exit code .*The best network so far, of epoch \\d+, is in '" + Pattern.quote(file
			.toString()) + "'.*"), e.getMessage());
		assertEquals("Training failed: " + e.getMessage(), news.ended);
		final Model best = ModelFile.read(file);
		assertTrue(best.training().bestEpoch() >= 1);
		assertEquals(List.of(), workers().toList());
	}

	@Test
	void cancelledInTheFirstEpochAnOlderModelStays() throws IOException {
		train("old.zip", engine(Engine.Where.IN_PROCESS), new News(), "epochs=1");
		final byte[] before = Files.readAllBytes(folder.resolve("old.zip"));
		final News news = new News() {

			@Override
			public Signal signal() {
				return steps > 0 ? Signal.CANCEL : Signal.CONTINUE;
			}
		};
		train("old.zip", engine(Engine.Where.WORKER), news, "epochs=10000");
		assertArrayEquals(before, Files.readAllBytes(folder.resolve("old.zip")));
		assertTrue(news.ended.startsWith("Cancelled in the first epoch."), news.ended);
		assertEquals(List.of(), workers().toList());
	}

	private static Stream<ProcessHandle> workers() {
		return ProcessHandle.current().children().filter(p -> p.info().commandLine().orElse("").contains("WorkerMain"));
	}

	private SegmentStack.Result segment(final String model, final Engine engine, final int slices, final BooleanSupplier cancelled) {
		final Values values = SegmentStack.SETTINGS.parse(Map.of("image", "image", "model", folder.resolve(model).toString(), "output", "probability"));
		return SegmentStack.run(values, Discs.image("image", W, H, slices), new Told(s -> {}, p -> {}, cancelled), engine);
	}

	@Test
	void segmentationInTheWorkerGivesTheSameBits() {
		assumeTrue(KernelProvider.available().size() > 1, "the same kernels here and there");
		train("m.zip", engine(Engine.Where.IN_PROCESS), new News(), "epochs=1");
		for (final int slices : new int[] { 1, 4 }) {
			final SegmentStack.Result there = segment("m.zip", engine(Engine.Where.WORKER), slices, () -> false), here = segment("m.zip", engine(
				Engine.Where.IN_PROCESS), slices, () -> false);
			assertEquals(KernelProvider.best().name() + ". In a worker process", there.kernels());
			for (int z = 1; z <= slices; z++) assertArrayEquals((float[]) here.output().orElseThrow().getStack().getPixels(z), (float[]) there.output().orElseThrow()
				.getStack().getPixels(z));
		}
		assertThrows(CancellationException.class, () -> segment("m.zip", engine(Engine.Where.WORKER), 7, () -> true));
		assertEquals(List.of(), workers().toList());
		final Engine automatic = new Engine(Engine.Where.AUTO, false, Launch.standard(), 2);
		assertEquals(LITTLE, segment("m.zip", automatic, 1, () -> false).kernels());
	}

	private ExplainClassification.Result explain(final Path model, final String method, final Engine engine, final BooleanSupplier cancelled) {
		final Values values = ExplainClassification.SETTINGS.parse(Map.of("image", "image", "model", model.toString(), "output", "stack", "method", method));
		return ExplainClassification.run(values, Discs.image("image", W, H, 3), new Told(s -> {}, p -> {}, cancelled), engine);
	}

	@Test
	void explanationsInTheWorkerAreTheSameBits() {
		assumeTrue(KernelProvider.available().size() > 1, "the same kernels here and there");
		final Path model = Classifiers.brightness(folder.resolve("brightness.zip"));
		for (final String method : List.of("grad-cam", "integrated-gradients")) {
			final ExplainClassification.Result there = explain(model, method, engine(Engine.Where.WORKER), () -> false), here = explain(model, method, engine(
				Engine.Where.IN_PROCESS), () -> false);
			assertEquals(KernelProvider.best().name() + ". In a worker process", there.kernels());
			assertEquals(KernelProvider.best().name() + ". " + KernelProvider.reason(), here.kernels());
			for (int z = 1; z <= 3; z++) assertArrayEquals((float[]) here.output().orElseThrow().getStack().getPixels(z), (float[]) there.output().orElseThrow()
				.getStack().getPixels(z), method);
			for (int z = 0; z < 3; z++) assertEquals(here.table().getRowAsString(z), there.table().getRowAsString(z), method);
			assertThrows(CancellationException.class, () -> explain(model, method, engine(Engine.Where.WORKER), () -> true));
		}
		assertEquals(List.of(), workers().toList());
		final Engine without = new Engine(Engine.Where.WORKER, true, new Launch(folder, Duration.ofSeconds(1), 1L << 40), 2);
		assertTrue(explain(model, "grad-cam", without, () -> false).kernels().contains("In this process, as there is no worker. There is no Java to start in"));
		final Engine automatic = new Engine(Engine.Where.AUTO, false, Launch.standard(), 2);
		assertEquals(LITTLE, explain(model, "grad-cam", automatic, () -> false).kernels());
	}

	@Test
	void aWorkerIsForThoseWhoNeedOne() {
		assertTrue(new Engine(Engine.Where.AUTO, false, Launch.standard(), 2).wantsWorker());
		assertFalse(new Engine(Engine.Where.AUTO, true, Launch.standard(), 2).wantsWorker());
		assertTrue(engine(Engine.Where.WORKER).wantsWorker());
		assertFalse(new Engine(Engine.Where.IN_PROCESS, false, Launch.standard(), 2).wantsWorker());
	}

	@Test
	void theWishIsKept() {
		final Engine.Where before = Engine.wish();
		try {
			for (final Engine.Where w : Engine.Where.values()) {
				ChooseEngine.run(ChooseEngine.SETTINGS.parse(Map.of("engine", w.text())));
				assertEquals(w, Engine.wish());
				assertEquals(w.text(), ChooseEngine.present());
				assertEquals(w, Engine.preferred().where());
			}
			assertEquals(Engine.Where.AUTO, Engine.Where.of("from another version"));
		}
		finally {
			Engine.wish(before);
		}
	}

	private static List<EpochRecord> withoutTimes(final List<EpochRecord> epochs) {
		return epochs.stream().map(e -> new EpochRecord(e.epoch(), e.rate(), e.loss(), e.score(), e.validationLoss(), e.validationScore(), 0, e.best()))
			.toList();
	}
}
