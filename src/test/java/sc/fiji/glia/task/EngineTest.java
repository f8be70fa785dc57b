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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.Trainings.News;
import sc.fiji.glia.worker.Launch;

/** The whole job in a worker process, against the same in this one. */
class EngineTest {

	private static final int W = 40, H = 32, SLICES = 10;

	@TempDir
	Path folder;

	private static Engine engine(final Engine.Where where) {
		return new Engine(where, true, Launch.standard(), 2);
	}

	private Model train(final String name, final Engine engine, final News news, final String options) {
		Trainings.open(Discs.mask("mask", W, H, SLICES));
		final Path file = folder.resolve(name);
		return ModelFile.read(TrainSegmentation.run(Trainings.values(file, "labels=mask epochs=3 " + options), Optional.of(Discs.image("image", W, H, SLICES)),
			news, engine).model());
	}

	@Test
	void workerGivesTheSameBits() {
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

	private static List<EpochRecord> withoutTimes(final List<EpochRecord> epochs) {
		return epochs.stream().map(e -> new EpochRecord(e.epoch(), e.rate(), e.loss(), e.score(), e.validationLoss(), e.validationScore(), 0, e.best()))
			.toList();
	}
}
