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

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Trainer.Settings;
import sc.fiji.glia.engine.train.Trainer.Validation;

/** What a step of training allocates, in all threads. */
class AllocationTest {

	/** Bytes for a step, at the most. */
	private static final long MOST = 1_000_000;
	/** Steps that are judged together, and after how many of these training must have settled. */
	private static final int STEPS = 10, ROUNDS = 60;
	private static final int SIZE = 64, BATCH = 4;

	@Test
	void crossEntropy() {
		check(UNet.plain(1, 1).graph(), Loss.CROSS_ENTROPY);
	}

	@Test
	void crossEntropyAndDice() {
		check(UNet.plain(1, 2).graph(), Loss.DICE_CROSS_ENTROPY);
	}

	@Test
	void batchNorm() {
		check(new UNet(2, 3, 16, 3, 1, true, 0.2f).graph(), Loss.CROSS_ENTROPY);
	}

	private static void check(final Graph graph, final Loss loss) {
		for (final Kernels kernels : KernelProvider.available()) for (int threads = 1; threads <= 2; threads++) {
			try (Workers workers = new Workers(threads)) {
				final Settled settled = new Settled();
				final Settings settings = new Settings(1, STEPS * ROUNDS, BATCH, SIZE, SIZE, loss, new Optimizer.Adam(true), new Schedule.Constant(), 1e-3, 1e-4, 0, 1);
				new Trainer(graph, TestBatch.weights(graph, 1), settings, kernels, workers).train(AllocationTest::draw, Validation.NONE, settled);
				assertTrue(settled.least < MOST, kernels.name() + ", " + threads + " threads: " + settled.least + " bytes per step, from " + settled.first);
			}
		}
	}

	private static void draw(final long number, final float[][] planes, final byte[] labels) {
		final SplittableRandom random = new SplittableRandom(number);
		for (int i = 0; i < labels.length; i++) {
			labels[i] = (byte) random.nextInt(2);
			for (final float[] p : planes) p[i] = labels[i] + (float) random.nextDouble();
		}
	}

	/** Ends training when some steps together allocated little: by then the compiler has compiled what vectors are objects without. */
	private static final class Settled implements TrainingListener {

		private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		/** Bytes per step of the first round, and of the best. */
		private long first = -1, least = Long.MAX_VALUE, before = bytes();

		private long bytes() {
			return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds())).filter(n -> n > 0).sum();
		}

		@Override
		public void stepEnded(final int epoch, final int step, final int steps, final double value) {
			if (step % STEPS != 0) return;
			final long now = bytes(), each = (now - before) / STEPS;
			if (first < 0) first = each;
			least = Math.min(least, each);
			before = bytes();
		}

		@Override
		public Signal signal() {
			return least < MOST ? Signal.CANCEL : Signal.CONTINUE;
		}
	}
}
