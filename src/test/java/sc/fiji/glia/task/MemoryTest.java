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

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.exec.Thrift;
import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Optimizer;
import sc.fiji.glia.engine.train.Schedule;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.worker.Launch;

class MemoryTest {

	private static final long MB = 1 << 20;

	private static Trainer.Settings settings(final int size, final Loss loss) {
		return new Trainer.Settings(1, 1, 2, size, size, loss, new Optimizer.Adam(false), new Schedule.Plateau(0.5, 2), 0.001, 0, 0, 1);
	}

	private static String message(final Memory memory, final int batch, final long free) {
		return memory.tooMuch(batch, free, 100 * MB, 16000 * MB, "").getMessage();
	}

	@Test
	void namesTheLargestBatchThatLeavesAQuarter() {
		final Memory memory = new Memory(batch -> (10 + 20L * batch) * MB);
		assertEquals("batch: this training needs 170 MB, 169 MB are free. batch=5 would fit; or let ImageJ use 327 MB (Edit>Options>Memory & Threads)",
			message(memory, 8, 169 * MB));
		// 40 MB are free, 30 MB may be taken: just one patch
		assertTrue(message(memory, 2, 40 * MB).contains("batch=1 would fit"));
		assertEquals("batch: this training needs 30 MB, 29 MB are free. Close images, or take smaller ones; or let ImageJ use 140 MB " +
			"(Edit>Options>Memory & Threads)", message(memory, 1, 29 * MB));
		assertTrue(message(memory, 4, 0).contains("Close images"));
	}

	@Test
	void whatIsAdvisedIsAccepted() {
		final Memory memory = Memory.of(new UNet(1, 1, 16, 4, 2, true, 0).graph(), settings(256, Loss.DICE), KernelProvider.best(), 2, 0);
		final long free = memory.bytes(7) - 1;
		final String message = message(memory, 7, free);
		final int advised = Integer.parseInt(message.replaceFirst("(?s).*batch=(\\d+) would fit.*", "$1"));
		assertTrue(advised >= 1 && advised < 7, message);
		assertTrue(memory.bytes(advised) <= free / 4 * 3 && memory.bytes(advised + 1) > free / 4 * 3, message);
	}

	@Test
	void weightsCountTooButFrozenOnesHaveNoStateOfTheOptimizer() {
		final var graph = new UNet(1, 1, 16, 3, 1, false, 0).graph();
		final Kernels kernels = KernelProvider.best();
		final long weights = graph.weights().values().stream().mapToLong(w -> w.length()).sum(), headers = 80L * graph.weights().size();
		for (final Set<String> frozen : List.of(Set.<String>of(), graph.weights().keySet())) {
			final long of = (frozen.isEmpty() ? 16 : 8) * weights, plan = TrainingPlan.bytes(graph, 16, 16, 2, false, Thrift.NONE, frozen, kernels, 2);
			final Trainer.Settings s = settings(16, Loss.DICE), settings = new Trainer.Settings(1, 1, 2, 16, 16, s.loss(), s.optimizer(), s.schedule(), 0.001, 0, 0, 1, List
				.copyOf(frozen));
			assertEquals(plan + of, Memory.of(graph, settings, kernels, 2, 0).bytes(2), 4 * headers + 2 * (256 + 80), frozen + ", but for headers and labels");
		}
	}

	@Test
	void aBatchThatIsWorkedOffImageByImageNeedsRoomForItsImagesOnly() {
		final var plain = UNet.plain(1, 1).graph();
		for (final Kernels kernels : KernelProvider.available()) {
			final Memory images = Memory.of(plain, settings(256, Loss.CROSS_ENTROPY), kernels, 2, 0);
			// and labels; each array has a header
			assertEquals(56 * (4 * 3 + 1) * 256 * 256, images.bytes(64) - images.bytes(8), 56 * 4 * 80, "an input, an output and its gradient for each");
			assertTrue(Memory.of(plain, settings(256, Loss.DICE_CROSS_ENTROPY), kernels, 2, 0).bytes(64) > 5 * images.bytes(64), "a loss of the whole batch");
		}
	}

	@Test
	void predictionsBesideATrainingHereCountToo() {
		final var graph = new UNet(1, 1, 16, 2, 1, false, 0).graph();
		final Engine here = new Engine(Engine.Where.IN_PROCESS, true, Launch.standard(), 2);
		assertDoesNotThrow(() -> new TrainingMemory(graph, settings(16, Loss.CROSS_ENTROPY), 1, 256, MB, here).here());
		final long much = Runtime.getRuntime().maxMemory();
		final TrainingMemory memory = new TrainingMemory(graph, settings(16, Loss.CROSS_ENTROPY), 1, 256, much, here);
		final String message = assertThrows(IllegalArgumentException.class, memory::here).getMessage();
		assertTrue(Long.parseLong(message.replaceFirst("(?s)batch: this training needs (\\d+) MB.*", "$1")) >= much >> 20, message);
	}

	@Test
	void adviceIsPossibleOnThisComputer() {
		final Memory memory = new Memory(batch -> (10 + 20L * batch) * MB);
		assertEquals("batch: this training needs 170 MB, 100 MB are free. batch=3 would fit; the computer has 300 MB", memory.tooMuch(8, 100 *
			MB, 60 * MB, 300 * MB, "").getMessage());
		assertTrue(memory.tooMuch(8, 100 * MB, 60 * MB, 390 * MB, "").getMessage().endsWith(
			"batch=3 would fit; or let ImageJ use 287 MB (Edit>Options>Memory & Threads)"));
	}
}
