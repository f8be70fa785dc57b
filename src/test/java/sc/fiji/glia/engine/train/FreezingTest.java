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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.exec.DenseKernels;
import sc.fiji.glia.engine.exec.Predictor;
import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.ResidualNetwork;
import sc.fiji.glia.engine.graph.Transfer;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Trainer.Settings;
import sc.fiji.glia.engine.train.Trainer.Source;
import sc.fiji.glia.engine.train.Trainer.Validation;

/** Which weights a training changes, and by how much; and what it counts as score. */
class FreezingTest {

	private static final int EDGE = 8;
	private static final TrainingListener SILENT = new TrainingListener() {};

	/** Noise, brighter on the left for class 1; one label for each that there is room for. */
	private static final Source NOISE = (number, planes, labels) -> {
		final SplittableRandom r = new SplittableRandom(number * 7919 + 1);
		final byte label = (byte) r.nextInt(2);
		for (int i = 0; i < EDGE * EDGE; i++) planes[0][i] = (float) (r.nextDouble(-1, 1) + (label == 1 && i % EDGE < 4 ? 0.7 : 0));
		for (int i = 0; i < labels.length; i++) labels[i] = labels.length > 1 && i % EDGE < 4 || labels.length == 1 ? label : 0;
	};

	private static Settings settings(final Optimizer optimizer, final int steps, final int batch, final double rate, final double decay,
		final List<String> frozen)
	{
		return new Settings(1, steps, batch, EDGE, EDGE, Loss.CROSS_ENTROPY, optimizer, new Schedule.Constant(), rate, decay, 0, 5, frozen);
	}

	private static EpochRecord train(final Graph graph, final Weights weights, final Settings s, final Kernels kernels) {
		try (Workers workers = new Workers(2)) {
			return new Trainer(graph, weights, s, kernels, workers).train(NOISE, Validation.NONE, SILENT).history().get(0);
		}
	}

	@Test
	void frozenArraysStayBitForBitAndAllOthersLearn() {
		final Map<Graph, List<String>> frozen = new LinkedHashMap<>();
		frozen.put(new Cnn(1, EDGE, EDGE, 2, List.of(4), List.of(8)).graph(), List.of("conv1.weight", "dense1.weight", "out.bias"));
		frozen.put(new DenseNetwork(1, EDGE, EDGE, 2, List.of(8), true, 0.1f).graph(), List.of("dense1.weight", "norm1.bias"));
		frozen.put(new UNet(1, 1, 3, 2, 1, true, 0).graph(), List.of("enc1.conv1.weight", "enc1.norm1.weight", "enc1.norm1.bias", "dec1.conv1.weight"));
		frozen.put(new ResidualNetwork(1, 2, 3, 2, 1, 0).graph(), List.of("stem.conv.weight", "stage2.block1.shortcut.conv.weight", "out.weight"));
		final Graph all = new Cnn(1, EDGE, EDGE, 2, List.of(3), List.of(8)).graph();
		frozen.put(all, List.copyOf(all.weights().keySet()));
		frozen.forEach((graph, names) -> {
			for (final Kernels kernels : KernelProvider.available()) for (final int batch : new int[] { 4, 520 }) {
				// many images are worked off in another way, but only by networks of vectors
				if (batch > 4 && !graph.nodes().get(1).name().equals("flatten")) continue;
				final Weights before = Initialization.HE.weights(graph, 3), after = before.copy(graph);
				train(graph, after, settings(new Optimizer.Adam(true), 3, batch, 0.01, 0.1, names), kernels);
				graph.weights().forEach((name, spec) -> {
					if (names.contains(name)) assertArrayEquals(before.get(name), after.get(name), kernels.name() + ", " + name);
					else assertFalse(Arrays.equals(before.get(name), after.get(name)), kernels.name() + ", " + name + " learns");
				});
			}
		});
	}

	@Test
	void onlyTheHeadOfATransferLearns() {
		final Graph unet = new UNet(1, 1, 4, 2, 1, true, 0.1f).graph();
		final Transfer t = Transfer.of(unet, Initialization.HE.weights(unet, 1), 2, 0.1f, 2);
		final Weights after = t.weights().copy(t.graph());
		train(t.graph(), after, settings(new Optimizer.Adam(false), 3, 4, 0.01, 0, t.frozen()), KernelProvider.best());
		t.graph().weights().forEach((name, spec) -> assertEquals(t.frozen().contains(name), Arrays.equals(t.weights().get(name), after.get(name)), name));
	}

	@Test
	void whatDoesNotLearnCannotBeFrozen() {
		final Graph graph = new DenseNetwork(1, EDGE, EDGE, 2, List.of(8), true, 0).graph();
		for (final String name : new String[] { "norm1.running_mean", "dense1.weights" }) {
			assertEquals("Trainer: '" + name + "' cannot be frozen, the network has no such learned array of weights", assertThrows(
				IllegalArgumentException.class, () -> train(graph, Initialization.HE.weights(graph, 1), settings(new Optimizer.Adam(false), 1, 2, 1, 0, List.of(
					name)), KernelProvider.best())).getMessage());
		}
	}

	@Test
	void plainGradientDescentFollowsTheGradient() {
		final Graph graph = new DenseNetwork(1, EDGE, EDGE, 2, List.of(10), false, 0).graph();
		for (final Kernels kernels : KernelProvider.available()) for (final int batch : new int[] { 5, 530 }) {
			final Weights before = Initialization.UNIFORM.weights(graph, 3), after = before.copy(graph);
			train(graph, after, settings(new Optimizer.Sgd(0, false), 1, batch, 0.1, 0, List.of()), kernels);
			final byte[] labels = new byte[batch];
			try (Workers workers = new Workers(1)) {
				final TrainingPlan plan = new TrainingPlan(graph, before, EDGE, EDGE, batch, true, kernels, workers);
				for (int i = 0; i < batch; i++) {
					final byte[] label = new byte[1];
					NOISE.draw(i, plan.input(i), label);
					labels[i] = label[0];
				}
				final VectorLoss loss = new VectorLoss(Loss.CROSS_ENTROPY, DenseKernels.of(kernels).probabilities(), 2, labels);
				loss.begin();
				plan.stepRows(batch, 1, loss);
				plan.gradients().forEach((name, g) -> {
					// one rounding of a weight below 1
					for (int i = 0; i < g.length; i++) assertEquals(before.get(name)[i] - 0.1 * g[i], after.get(name)[i], 0x1p-23, kernels.name() + ", " + name);
				});
			}
		}
	}

	@Test
	void theScoreOfWholeImagesIsTheAccuracy() {
		final Graph graph = new DenseNetwork(1, EDGE, EDGE, 2, List.of(10), false, 0).graph();
		final Weights weights = Initialization.HE.weights(graph, 4);
		final Predictor p = new Predictor(graph, weights, KernelProvider.best());
		int right = 0;
		for (int n = 0; n < 60; n++) {
			final float[][] image = new float[1][EDGE * EDGE];
			final byte[] label = new byte[1];
			NOISE.draw(n, image, label);
			final float[][] out = p.predict(image, EDGE, EDGE);
			right += (out[1][0] > out[0][0] ? 1 : 0) == label[0] ? 1 : 0;
		}
		for (final Loss loss : List.of(Loss.CROSS_ENTROPY, Loss.DICE_CROSS_ENTROPY)) {
			final Settings s = new Settings(1, 6, 10, EDGE, EDGE, loss, new Optimizer.Sgd(0, false), new Schedule.Constant(), 0, 0, 0, 5);
			assertEquals(right / 60.0, train(graph, weights, s, KernelProvider.best()).score(), 1e-12, loss.toString());
		}
	}
}
