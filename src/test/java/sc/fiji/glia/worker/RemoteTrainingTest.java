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
package sc.fiji.glia.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.compute.LocalTraining;
import sc.fiji.glia.compute.TrainingJob;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;

class RemoteTrainingTest {

	private static final int MANY = 100_000;

	private static RemoteTraining remote(final TrainingJob job, final Weights weights) {
		return new RemoteTraining(Launch.standard(), Jobs.NEED, job, Jobs.samples(), weights);
	}

	private static void assertSame(final Weights expected, final Weights actual) {
		expected.arrays().forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
	}

	private static long millisSince(final long nanos) {
		return (System.nanoTime() - nanos) / 1_000_000;
	}

	@Test
	void givesTheSameBitsAndNews() {
		assumeTrue(KernelProvider.available().size() > 1, "the same kernels here and there");
		final TrainingJob job = Jobs.job(4);
		final Weights here = Jobs.weights(), there = Jobs.weights();
		final Jobs.News newsHere = new Jobs.News(), newsThere = new Jobs.News();
		try (LocalTraining local = new LocalTraining(job, Jobs.samples(), here); RemoteTraining remote = remote(job, there)) {
			final Trainer.Result expected = local.run(newsHere), result = remote.run(newsThere);
			assertEquals(expected.bestEpoch(), result.bestEpoch());
			assertEquals(expected.end(), result.end());
			assertEquals(newsHere.events, newsThere.events);
			assertEquals(newsThere.epochs, result.history());
			assertSame(here, there);
			for (int i = 0; i < 4; i++) assertArrayEquals(newsHere.examples.get(i), newsThere.examples.get(i));
			assertArrayEquals(local.predict(2, () -> false), remote.predict(2, () -> false));
		}
	}

	@Test
	void finishKeepsTheBestWeights() {
		final Weights weights = Jobs.weights();
		final Jobs.News news = new Jobs.News(Signal.FINISH, 10);
		try (RemoteTraining remote = remote(Jobs.job(MANY), weights)) {
			final Trainer.Result result = remote.run(news);
			assertTrue(millisSince(news.saidAt) < 2000);
			assertEquals(Trainer.End.FINISHED, result.end());
			assertTrue(result.bestEpoch() >= 1 && result.bestEpoch() <= result.history().size());
			assertEquals(1, remote.predict(0, () -> false).length, "the network can still be judged");
		}
	}

	@Test
	void cancelIsHeardAtOnce() {
		final Jobs.News news = new Jobs.News(Signal.CANCEL, 10);
		try (RemoteTraining remote = remote(Jobs.job(MANY), Jobs.weights())) {
			assertEquals(Trainer.End.CANCELLED, remote.run(news).end());
			assertTrue(millisSince(news.saidAt) < 2000);
		}
	}

	@Test
	void aCancelledWorkerThatHearsNothingIsEnded() {
		final Weights weights = Jobs.weights();
		final Jobs.News news = new Jobs.News(Signal.CANCEL, 0) {

			@Override
			public Signal signal() {
				return epochs.isEmpty() ? Signal.CONTINUE : super.signal();
			}
		};
		try (RemoteTraining remote = new RemoteTraining(FakeWorker.command("deaf"), Duration.ofSeconds(10), 0, Jobs.job(MANY), Jobs.samples(), weights)) {
			final Trainer.Result result = remote.run(news);
			assertTrue(millisSince(news.saidAt) < 2000);
			assertEquals(Trainer.End.CANCELLED, result.end());
			assertEquals(1, result.bestEpoch());
			assertEquals(0, weights.arrays().values().iterator().next()[0], "those that the worker sent");
			assertFalse(remote.handle().isAlive());
		}
	}

	@Test
	void aKilledWorkerIsAnErrorThatSaysSo() {
		final Weights weights = Jobs.weights();
		final Path samples;
		try (RemoteTraining remote = remote(Jobs.job(MANY), weights)) {
			samples = remote.samples();
			final Jobs.News news = new Jobs.News() {

				@Override
				public void stepEnded(final int epoch, final int step, final int of, final double loss) {
					super.stepEnded(epoch, step, of, loss);
					if (steps == 10) remote.handle().destroyForcibly();
				}
			};
			final WorkerLostException e = assertThrows(WorkerLostException.class, () -> remote.run(news));
			assertTrue(e.getMessage().startsWith("The worker process ended with exit code "), e.getMessage());
			assertFalse(news.epochs.isEmpty());
			assertFalse(weights.arrays().values().iterator().next()[0] == Jobs.weights().arrays().values().iterator().next()[0],
				"the weights of the best epoch are here");
		}
		assertFalse(Files.exists(samples));
	}

	@Test
	void failuresArriveAsTheyAre() {
		final TrainingJob j = Jobs.job(1);
		// there is no sample of this number
		final TrainingJob job = new TrainingJob(j.graph(), j.normalization(), j.source(), j.settings(), new int[] { 99 }, new int[0], new int[] { 0 }, 0, 1);
		try (RemoteTraining remote = remote(job, Jobs.weights())) {
			final IllegalStateException e = assertThrows(IllegalStateException.class, () -> remote.run(new Jobs.News()));
			assertTrue(e.getMessage().contains("IndexOutOfBounds"), e.getMessage());
			assertTrue(e.getCause().getMessage().contains("MappedSamples"), "the trace of the worker");
		}
		// nothing to train on
		final TrainingJob empty = new TrainingJob(j.graph(), j.normalization(), j.source(), j.settings(), new int[0], new int[0], new int[] { 0 }, 0, 1);
		try (RemoteTraining remote = remote(empty, Jobs.weights())) {
			final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> remote.run(new Jobs.News()));
			assertEquals("Patch: expected at least 1 sample with labelled pixels, got none among 0", e.getMessage());
		}
	}

	@Test
	void whatPreventsTheBeginningIsNoWorker() {
		final NoWorkerException e = assertThrows(NoWorkerException.class, () -> new RemoteTraining(FakeWorker.command("unready"), Duration.ofSeconds(10), 0, Jobs
			.job(1), Jobs.samples(), Jobs.weights()));
		assertEquals("Cannot map the images", e.getMessage());
	}

	@Test
	void tooSmallAHeapIsTold() {
		final TrainingJob j = Jobs.job(1);
		final Trainer.Settings s = j.settings();
		final Trainer.Settings large = new Trainer.Settings(1, 1, 64, 512, 512, s.loss(), s.optimizer(), s.schedule(), s.rate(), 0, 0, 1);
		final TrainingJob job = new TrainingJob(j.graph(), j.normalization(), j.source(), large, j.train(), j.validation(), new int[] { 0 }, 0, 1);
		try (RemoteTraining remote = remote(job, Jobs.weights())) {
			final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> remote.run(new Jobs.News()));
			assertTrue(e.getMessage().startsWith("batch: the worker process needs more than the 320 MB"), e.getMessage());
		}
	}

	/** Trains for ever; says the number of the worker's process. */
	public static final class Parent {

		private Parent() {}

		public static void main(final String... args) {
			try (RemoteTraining remote = remote(Jobs.job(MANY), Jobs.weights())) {
				System.out.println(remote.handle().pid());
				remote.run(new Jobs.News());
			}
		}
	}

	@Test
	void aWorkerEndsWithItsParent() throws Exception {
		final List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
			Parent.class.getName());
		final Process parent = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		try (BufferedReader r = new BufferedReader(new InputStreamReader(parent.getInputStream()))) {
			final ProcessHandle worker = ProcessHandle.of(Long.parseLong(r.readLine())).orElseThrow();
			Thread.sleep(500); // it trains
			assertTrue(worker.isAlive());
			final long killed = System.nanoTime();
			parent.destroyForcibly().waitFor();
			while (worker.isAlive() && millisSince(killed) < 5000) Thread.sleep(20);
			assertFalse(worker.isAlive());
		}
		finally {
			parent.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
		}
	}
}
