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

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.exec.ImageRow;
import sc.fiji.glia.engine.exec.Thrift;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.ResidualNetwork;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Optimizer;
import sc.fiji.glia.engine.train.Schedule;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.engine.train.TrainingListener;

/** The heap that trainings hold while they run, against what was said of them before. */
class TrainingHeapTest {

	/** What a training is. */
	private record Job(String name, Graph graph, int size, int batch, Loss loss, Thrift thrift, int threads) {

		Trainer.Settings settings() {
			return new Trainer.Settings(1, 2, batch, size, size, loss, new Optimizer.Adam(true), new Schedule.Constant(), 1e-3, 1e-4, 0, 1).with(thrift);
		}
	}

	private static List<Job> jobs() {
		final List<Job> all = new ArrayList<>();
		all.add(new Job("automatic U-Net", new UNet(1, 1, 16, 4, 2, true, 0).graph(), 128, 4, Loss.DICE_CROSS_ENTROPY, Thrift.NONE, 1));
		all.add(new Job("automatic U-Net", new UNet(2, 3, 16, 3, 2, true, 0).graph(), 96, 8, Loss.DICE_CROSS_ENTROPY, Thrift.NONE, 4));
		for (final Thrift t : Thrift.values()) all.add(new Job("plain U-Net", UNet.plain(1, 1).graph(), 128, 6, Loss.DICE, t, 3));
		all.add(new Job("plain U-Net, image by image", UNet.plain(3, 4).graph(), 96, 6, Loss.CROSS_ENTROPY, Thrift.NONE, 1));
		all.add(new Job("residual", new ResidualNetwork(1, 5, 16, 4, 1, 0.2f).graph(), 64, 16, Loss.CROSS_ENTROPY, Thrift.NONE, 2));
		all.add(new Job("wide residual, small images", new ResidualNetwork(3, 5, 32, 5, 1, 0.2f).graph(), 32, 2, Loss.CROSS_ENTROPY, Thrift.NONE, 1));
		all.add(new Job("CNN 32-64", Cnn.cnn32x64(1, 96, 96, 3).graph(), 96, 16, Loss.CROSS_ENTROPY, Thrift.NONE, 1));
		all.add(new Job("CNN 32-64", Cnn.cnn32x64(1, 96, 96, 3).graph(), 96, 16, Loss.CROSS_ENTROPY, Thrift.FEW, 2));
		all.add(new Job("dense", new DenseNetwork(1, 128, 128, 4, List.of(256), true, 0.2f).graph(), 128, 32, Loss.CROSS_ENTROPY, Thrift.NONE, 2));
		all.add(new Job("dense, many small images", new DenseNetwork(1, 28, 28, 10, List.of(512), false, 0).graph(), 28, 1000, Loss.CROSS_ENTROPY, Thrift.NONE,
			2));
		return all;
	}

	/** Random images and labels, whole or as rows. */
	private static final class RandomImages implements Trainer.Source, Trainer.LabelledRows {

		@Override
		public void draw(final long number, final float[][] planes, final byte[] labels) {
			fill(number, planes);
			for (int i = 0; i < labels.length; i++) labels[i] = label(number + i);
		}

		private static void fill(final long number, final float[][] planes) {
			final SplittableRandom random = new SplittableRandom(number);
			for (final float[] p : planes) for (int i = 0; i < p.length; i++) p[i] = (float) random.nextDouble();
		}

		@Override
		public Optional<Trainer.LabelledRows> rows() {
			return Optional.of(this);
		}

		@Override
		public byte label(final long number) {
			return (byte) (number % 2);
		}

		@Override
		public void draw(final long number, final ImageRow row) {
			fill(number, row.planes());
			row.floats(row.planes());
		}
	}

	/** Bytes that are taken while the job runs; without its images, which come from nowhere. */
	private static long taken(final Job j, final Kernels kernels) {
		final Weights weights = Initialization.HE.weights(j.graph, 1);
		final long before = used();
		final long[] most = new long[1];
		try (Workers workers = new Workers(j.threads)) {
			new Trainer(j.graph, weights, j.settings(), kernels, workers).train(new RandomImages(), Trainer.Validation.NONE, new TrainingListener() {

				@Override
				public void stepEnded(final int epoch, final int step, final int steps, final double loss) {
					if (step == 2) most[0] = used();
				}
			});
		}
		return most[0] - before;
	}

	private static long used() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	/**
	 * What is counted is exact but for small arrays, a hundredth. Less is taken where it depends on the threads' luck who needs working memory: a thread's
	 * may be 10 MB, where some plans are 20 MB.
	 */
	@Test
	void isKnownBeforehand() {
		for (final Job j : jobs()) for (final Kernels kernels : KernelProvider.available()) {
			if (kernels.isVector() && kernels.isExact() && j.batch != 4) continue; // so as not to do the same again
			final long expected = Memory.of(j.graph, j.settings(), kernels, j.threads, HeapRegions.bytes()).bytes(j.batch) - 4 * j.graph.weights().values().stream()
				.mapToLong(w -> w.length()).sum(); // the weights themselves were there before
			final long taken = taken(j, kernels);
			final double share = (double) taken / expected;
			assertTrue(share > 0.6 && share < 1.02, j.name + ", " + j.thrift + ", " + j.threads + " threads, " + kernels.name() + ": expected " + (expected >> 10) +
				" kB, took " + (taken >> 10) + " kB, that is " + share);
			if (System.getProperty("glia.show") != null) System.out.printf("%.3f %s%n", share, j.name + j.threads + kernels.name());
		}
	}
}
