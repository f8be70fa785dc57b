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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.exec.Thrift;
import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.ResidualNetwork;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/** The heap that trainings hold while they run, against what was said of them before. */
class TrainingMemoryTest {

	/** What a training is. */
	private record Job(String name, Graph graph, int size, int batch, Loss loss, Thrift thrift, int threads) {}

	private static List<Job> jobs() {
		final List<Job> all = new ArrayList<>();
		for (final int threads : new int[] { 1, 4 }) {
			all.add(new Job("automatic U-Net", new UNet(1, 1, 16, 4, 2, true, 0).graph(), 128, 4, Loss.DICE_CROSS_ENTROPY, Thrift.NONE, threads));
			for (final Thrift t : Thrift.values()) all.add(new Job("plain U-Net", UNet.plain(1, 1).graph(), 128, 8, Loss.DICE, t, threads));
			all.add(new Job("plain U-Net, image by image", UNet.plain(3, 4).graph(), 96, 6, Loss.CROSS_ENTROPY, Thrift.NONE, threads));
			all.add(new Job("residual", new ResidualNetwork(1, 5, 16, 4, 1, 0.2f).graph(), 64, 16, Loss.CROSS_ENTROPY, Thrift.NONE, threads));
			all.add(new Job("wide residual, small images", new ResidualNetwork(3, 5, 32, 5, 1, 0.2f).graph(), 32, 4, Loss.CROSS_ENTROPY, Thrift.NONE, threads));
			for (final Thrift t : Thrift.values()) all.add(new Job("CNN 32-64", Cnn.cnn32x64(1, 96, 96, 3).graph(), 96, 16, Loss.CROSS_ENTROPY, t, threads));
			all.add(new Job("dense", new DenseNetwork(1, 96, 96, 4, List.of(256), true, 0.2f).graph(), 96, 32, Loss.CROSS_ENTROPY, Thrift.NONE, threads));
			all.add(new Job("dense, many small images", new DenseNetwork(1, 28, 28, 10, List.of(64), false, 0).graph(), 28, 2000, Loss.CROSS_ENTROPY, Thrift.NONE,
				threads));
		}
		return all;
	}

	private static long labels(final Job j) {
		final List<Shape> shapes = j.graph.shapes(j.size, j.size);
		return j.batch * (64L + shapes.get(shapes.size() - 1).plane());
	}

	/** Bytes that are taken while the job runs; without its images, which come from nowhere. */
	private static long taken(final Job j, final Kernels kernels) {
		final Weights weights = Initialization.HE.weights(j.graph, 1);
		final Trainer.Settings settings = new Trainer.Settings(1, 2, j.batch, j.size, j.size, j.loss, new Optimizer.Adam(true), new Schedule.Constant(), 1e-3, 1e-4, 0,
			1).with(j.thrift);
		final long before = used();
		final long[] most = new long[1];
		try (Workers workers = new Workers(j.threads)) {
			new Trainer(j.graph, weights, settings, kernels, workers).train((number, planes, labels) -> {
				final SplittableRandom random = new SplittableRandom(number);
				for (final float[] p : planes) for (int i = 0; i < p.length; i++) p[i] = (float) random.nextDouble();
				for (int i = 0; i < labels.length; i++) labels[i] = (byte) random.nextInt(2);
			}, Trainer.Validation.NONE, new TrainingListener() {

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

	@Test
	void isKnownBeforehand() {
		final Map<String, Double> shares = new LinkedHashMap<>();
		for (final Job j : jobs()) for (final Kernels kernels : KernelProvider.available()) {
			final long weights = j.graph.weights().values().stream().mapToLong(w -> w.length()).sum();
			// the moments of the optimizer, and a copy of the best
			final long expected = TrainingPlan.bytes(j.graph, j.size, j.size, j.batch, j.loss.isSumOverImages(), j.thrift, Set.of(), kernels, j.threads) + 12 *
				weights + labels(j);
			final long taken = taken(j, kernels);
			shares.put(j.name + ", " + j.thrift + ", " + kernels.name() + ", " + j.threads + " threads: " + (taken >> 10) + " kB", (double) taken / expected);
		}
		shares.forEach((what, s) -> System.out.printf("%.3f %s%n", s, what));
		shares.forEach((what, s) -> assertTrue(s > 0.6 && s < 1, what + ", that is " + s + " of what was expected"));
	}
}
