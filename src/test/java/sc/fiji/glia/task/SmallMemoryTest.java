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
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.Trainings.News;
import sc.fiji.glia.worker.Launch;

/** Batches that are too large for the memory that there is, as users meet them. */
class SmallMemoryTest {

	private static final int SLICES = 6;
	private static final String FEW = "batch: to fit into memory it is worked off few images at a time";

	@TempDir
	Path folder;

	/** Trains on an image of some size; cancels before the first step if it is said so. */
	private static News train(final int size, final Path model, final Engine engine, final boolean cancels, final String options) {
		final News news = new News() {

			@Override
			public Signal signal() {
				return cancels && !choices.isEmpty() ? Signal.CANCEL : Signal.CONTINUE;
			}
		};
		final Map<String, String> all = new TreeMap<>(Map.of("image", "image", "labels", "mask", "epochs", "1", "model", model.toString()));
		all.putAll(MacroOptions.parse(options));
		Trainings.open(Discs.mask("mask", size, size, SLICES));
		TrainSegmentation.run(TrainSegmentation.SETTINGS.parse(all), Optional.of(Discs.image("image", size, size, SLICES)), news, engine);
		return news;
	}

	/** Of the whole batch it would need 340 MB, and may take 130. */
	@Test
	void aWorkerWorksOffABatchThatDoesNotFitInPartsWithTheSameBits() {
		assumeTrue(KernelProvider.available().size() > 1, "the same kernels here and there");
		final Launch standard = Launch.standard(), small = new Launch(standard.home(), standard.patience(), 386L << 20);
		final String options = "network=U-Net loss=dice batch=20";
		final Path few = folder.resolve("few.zip"), whole = folder.resolve("whole.zip");
		final News thrifty = train(128, few, new Engine(Engine.Where.WORKER, true, small, 2), false, options);
		assertTrue(thrifty.choices.stream().anyMatch(c -> c.startsWith(FEW)), thrifty.choices.toString());
		assertTrue(thrifty.choices.stream().anyMatch(c -> c.startsWith("memory: at most 3") && c.contains("in the worker process")), thrifty.choices.toString());
		final News fast = train(128, whole, new Engine(Engine.Where.IN_PROCESS, true, standard, 2), false, options);
		assertFalse(fast.choices.stream().anyMatch(c -> c.startsWith(FEW)), fast.choices.toString());
		assertArrayEquals(ModelFile.weights(ModelFile.read(whole)), ModelFile.weights(ModelFile.read(few)));
	}

	/** Trains in this process; a mistake is printed. */
	public static final class Here {

		private Here() {}

		/** @param args size of the image, whether to cancel before the first step, model file, options */
		public static void main(final String... args) {
			try {
				final News news = train(Integer.parseInt(args[0]), Path.of(args[2]), new Engine(Engine.Where.IN_PROCESS, false, Launch.standard(), 2), Boolean.parseBoolean(
					args[1]), args[3]);
				news.choices.forEach(System.out::println);
				System.out.println("ended: " + news.ended);
			}
			catch (final java.util.concurrent.CancellationException e) {
				System.out.println("cancelled");
			}
			catch (final IllegalArgumentException e) {
				System.out.println("refused: " + e.getMessage());
			}
		}
	}

	/** What is said by a training in a Java without flags that may use so many megabytes. */
	private static String here(final int megabytes, final int size, final boolean cancels, final Path model, final String options) throws Exception {
		final List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + megabytes + "m", "-Djava.awt.headless=true",
			"-cp", System.getProperty("java.class.path"), Here.class.getName(), String.valueOf(size), String.valueOf(cancels), model.toString(), options);
		final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		final String said = new String(process.getInputStream().readAllBytes());
		assertEquals(0, process.waitFor(), said);
		return said;
	}

	@Test
	void imageJDoesSoToo() throws Exception {
		final String said = here(128, 64, false, folder.resolve("few.zip"), "network=U-Net loss=dice batch=48");
		assertTrue(said.contains(FEW), said);
		assertTrue(said.contains("ended: All 1 epochs done"), said);
	}

	@Test
	void ifItCannotBeDoneItIsSaidBeforeAnythingIsLostAndWhatIsAdvisedFits() throws Exception {
		final Path model = folder.resolve("never.zip");
		final String said = here(400, 96, false, model, "batch=32");
		final Matcher m = Pattern.compile("refused: batch: this training needs (\\d+) MB, (\\d+) MB are free. batch=(\\d+) would fit; .*Batch norm looks at all images of " +
			"a batch at once, so that it cannot be worked off in parts").matcher(said);
		assertTrue(m.find(), said);
		assertFalse(Files.exists(model));
		final int advised = Integer.parseInt(m.group(3));
		assertTrue(advised > 1 && advised < 32, said);
		assertTrue(here(400, 96, true, model, "batch=" + advised).contains("cancelled"), "makes the plan, and begins");
		assertFalse(here(400, 96, true, model, "").contains("refused"), "automatically as many as fit");
	}
}
