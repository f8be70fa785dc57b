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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.measure.ResultsTable;
import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.task.MeasureSpeed.Typical;
import sc.fiji.glia.worker.Launch;

class MeasureSpeedTest {

	private static final double SECONDS = 0.5;
	/** Line that says where it was computed. */
	private static final int KERNELS = 3;

	private static Engine engine(final Engine.Where where, final Launch launch) {
		return new Engine(where, true, launch, 2);
	}

	private static MeasureSpeed.Result measure(final Engine engine, final List<Double> shares) {
		return MeasureSpeed.run(Typical.of(10, 16, engine), engine, SECONDS, shares::add, () -> false);
	}

	private static void check(final MeasureSpeed.Result result, final Engine engine, final String where) {
		final ResultsTable table = result.table();
		assertEquals(1, table.size());
		assertEquals(where, table.getStringValue("Where", 0));
		final double training = table.getValue("Training (images/s)", 0), segmentation = table.getValue("Segmentation (images/s)", 0);
		final Recommendation plan = Typical.of(10, 16, engine).plan();
		assertEquals(List.of(20, 8), List.of(plan.steps(), plan.batch()));
		// in each epoch 20 steps of 8 patches and 2 images to validate
		assertEquals(plan.epochs() * (160 / training + 2 / segmentation) / 60, table.getValue("Typical training (min)", 0), 1e-9);
		assertTrue(training > 0 && segmentation > 0);
		final double gflop = 3e-9 * Recommendation.operations(plan.graph(), 16, 16);
		assertEquals(gflop * training, table.getValue("Training (GFLOP/s)", 0), 1e-9);
	}

	@Test
	void tellsWhatTrainingsDoInTheWorker() {
		final List<Double> shares = new ArrayList<>();
		final Engine engine = engine(Engine.Where.WORKER, Launch.standard());
		final MeasureSpeed.Result result = measure(engine, shares);
		check(result, engine, "worker");
		assertTrue(result.text().get(KERNELS).matches("kernels: vector \\d+, 2 threads. In a worker process: .*"), result.text()::toString);
		assertTrue(result.table().getStringValue("Kernels", 0).startsWith("vector "));
		for (int i = 1; i < shares.size(); i++) assertTrue(shares.get(i) >= shares.get(i - 1) && shares.get(i) <= 1, shares::toString);
		assertEquals(1, shares.get(shares.size() - 1), 1e-9);
		assertEquals(0, ProcessHandle.current().children().filter(p -> p.info().commandLine().orElse("").contains("WorkerMain")).count());
	}

	@Test
	void measuresHereWhereTrainingsAreHere() {
		final Engine engine = engine(Engine.Where.IN_PROCESS, Launch.standard());
		final MeasureSpeed.Result result = measure(engine, new ArrayList<>());
		check(result, engine, "in-process");
		assertEquals("kernels: " + KernelProvider.best().name() + ", 2 threads. " + KernelProvider.reason(), result.text().get(KERNELS));
	}

	@Test
	void saysWhyThereIsNoWorker(@TempDir final Path folder) {
		final Engine engine = engine(Engine.Where.WORKER, new Launch(folder, Duration.ofSeconds(1), 1L << 40));
		final MeasureSpeed.Result result = measure(engine, new ArrayList<>());
		check(result, engine, "in-process");
		assertTrue(result.text().get(KERNELS).endsWith("In this process, as there is no worker. There is no Java to start in '" + folder.resolve("bin") + "'."), result
			.text()::toString);
	}

	@Test
	void endsWhenCancelled() {
		final List<Double> shares = new ArrayList<>();
		for (final Engine.Where where : List.of(Engine.Where.IN_PROCESS, Engine.Where.WORKER)) {
			final Engine engine = engine(where, Launch.standard());
			shares.clear();
			final long begin = System.nanoTime();
			assertThrows(CancellationException.class, () -> MeasureSpeed.run(Typical.of(10, 16, engine), engine, 600, shares::add, () -> shares.size() >= 3));
			assertTrue(System.nanoTime() - begin < 60e9);
			assertTrue(shares.get(shares.size() - 1) < 0.8, "still training");
		}
	}

	@Test
	void typicalTrainingIsTheOneThatIsDocumented() {
		final Typical typical = Typical.on(engine(Engine.Where.WORKER, new Launch(Path.of(System.getProperty("java.home")), Duration.ofSeconds(1), 8L << 30)));
		assertEquals(31, typical.plan().epochs());
		assertTrue(typical.plan().reasons().contains("epochs: 31 of 20 steps: some three minutes of vector instructions on two cores, ten of plain loops"));
		assertTrue(typical.toString().startsWith("100 slices of 256 x 256 pixels, 20 of them for validation; "), typical::toString);
		final Fingerprint data = Fingerprint.of(typical, new int[] { 0, 1, 2 });
		assertEquals(typical.data().foregroundShare(), data.foregroundShare(), 5 * Math.sqrt(0.25 * 0.75 / (3 * 256 * 256)));
		// of 256 * 256 * 3 values that are equally likely: five standard deviations of the mean; and of the variance, whose relative error is about 0.9 / sqrt(n)
		final double n = 3 * 256 * 256;
		assertEquals(127.5, data.mean().get(0), 5 * 73.9 / Math.sqrt(n));
		assertEquals(73.9, data.deviation().get(0), 0.1 + 5 * 73.9 * 0.45 / Math.sqrt(n));
	}
}
