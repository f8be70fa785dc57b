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
package sc.fiji.glia.engine.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Trainer.End;
import sc.fiji.glia.engine.train.Trainer.Result;
import sc.fiji.glia.engine.train.Trainer.Settings;
import sc.fiji.glia.engine.train.Trainer.Validation;

/** Trainings whose plan wants the images of the next step too. */
class LookingAheadTest {

	private static final int EDGE = 210, BATCH = 2;
	private static final Graph GRAPH = new DenseNetwork(1, EDGE, EDGE, 2, List.of(50), true, 0.3f).graph();

	private final Queue<Long> drawn = new ConcurrentLinkedQueue<>();

	private void draw(final long number, final float[][] planes, final byte[] labels) {
		drawn.add(number);
		final SplittableRandom random = new SplittableRandom(number);
		labels[0] = (byte) random.nextInt(2);
		for (int i = 0; i < planes[0].length; i++) planes[0][i] = (float) random.nextDouble() * (labels[0] + 1);
	}

	private static Trainer trainer(final Weights weights, final Kernels kernels, final Workers workers) {
		return new Trainer(GRAPH, weights, new Settings(2, 3, BATCH, EDGE, EDGE, Loss.CROSS_ENTROPY, new Optimizer.Sgd(0.9f, false), new Schedule.Constant(), 1e-3, 0, 0,
			5), kernels, workers);
	}

	private static TrainingListener stopping(final int after) {
		final int[] steps = { 0 };
		return new TrainingListener() {

			@Override
			public void stepEnded(final int epoch, final int step, final int of, final double loss) {
				steps[0]++;
			}

			@Override
			public Signal signal() {
				return steps[0] >= after ? Signal.FINISH : Signal.CONTINUE;
			}
		};
	}

	@Test
	void everyImageIsDrawnOnceWhateverTheThreads() {
		Map<String, float[]> expected = Map.of();
		for (final Kernels kernels : KernelProvider.available()) for (final int threads : new int[] { 1, 3 }) try (Workers workers = new Workers(threads)) {
			final Weights weights = TestBatch.weights(GRAPH, 3);
			drawn.clear();
			assertEquals(End.COMPLETED, trainer(weights, kernels, workers).train(this::draw, Validation.NONE, stopping(100)).end());
			assertArrayEquals(LongStream.range(0, 2 * 3 * BATCH).toArray(), drawn.stream().mapToLong(n -> n).sorted().toArray());
			if (expected.isEmpty()) expected = weights.arrays();
			expected.forEach((name, a) -> assertArrayEquals(a, weights.get(name), kernels.name() + ", " + threads + " threads, " + name));
		}
	}

	@Test
	void aTrainingThatWasStoppedLeavesNothingToTheNext() {
		final Kernels kernels = KernelProvider.best();
		try (Workers workers = new Workers(2)) {
			final Weights weights = TestBatch.weights(GRAPH, 3);
			final Trainer trainer = trainer(weights, kernels, workers);
			assertEquals(End.FINISHED, trainer.train(this::draw, Validation.NONE, stopping(1)).end());
			assertTrue(drawn.stream().allMatch(n -> n < 2 * BATCH), "drawn " + drawn);
			drawn.clear();
			final Result again = trainer.train(this::draw, Validation.NONE, stopping(100));
			assertEquals(End.COMPLETED, again.end());
			assertArrayEquals(LongStream.range(0, 2 * 3 * BATCH).toArray(), drawn.stream().mapToLong(n -> n).sorted().toArray());
		}
	}
}
