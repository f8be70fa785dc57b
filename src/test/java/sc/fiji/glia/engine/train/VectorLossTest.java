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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.exec.DenseKernels;
import sc.fiji.glia.engine.exec.Predictor;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Loss.Statistics;
import sc.fiji.glia.engine.train.Trainer.Settings;
import sc.fiji.glia.engine.train.Trainer.Source;

/** Training of networks that give one vector for each image: the loss against that of images of one pixel, and that they learn. */
class VectorLossTest {

	private static final int IMAGES = 150;

	@Test
	void isTheLossOfImagesOfOnePixel() {
		for (final int outputs : new int[] { 1, 2, 3, 10 }) {
			isTheLossOfImagesOfOnePixel(new Loss(0.5, 0), outputs);
			isTheLossOfImagesOfOnePixel(new Loss(0.5, 0, IntStream.range(0, Math.max(2, outputs)).mapToObj(c -> c == 0 ? 1.7 : 0.4 + 0.1 * c).toList(), 0.2), outputs);
		}
	}

	private static void isTheLossOfImagesOfOnePixel(final Loss loss, final int outputs) {
		final SplittableRandom random = new SplittableRandom(1);
		for (final Kernels kernels : KernelProvider.available()) {
			final int classes = Math.max(2, outputs);
			final byte[] labels = new byte[IMAGES];
			final float[] z = new float[IMAGES * outputs + 7], g = new float[z.length];
			for (int i = 0; i < IMAGES; i++) labels[i] = i % 11 == 4 ? Loss.IGNORE : (byte) random.nextInt(classes);
			for (int i = 0; i < z.length; i++) z[i] = (float) random.nextDouble(-12, 12);
			final VectorLoss vectors = new VectorLoss(loss, DenseKernels.of(kernels).probabilities(), outputs, labels);
			for (int repeat = 0; repeat < 2; repeat++) {
				vectors.begin();
				vectors.accept(0, 64, z, g, 7);
				vectors.accept(128, 22, z, g, 7 + 128 * outputs);
				vectors.accept(64, 64, z, g, 7 + 64 * outputs);
			}
			final float[][][] planes = new float[IMAGES][outputs][1];
			final Statistics[] each = IntStream.range(0, IMAGES).mapToObj(i -> {
				for (int c = 0; c < outputs; c++) planes[i][c][0] = z[7 + i * outputs + c];
				return loss.statistics(planes[i], new byte[] { labels[i] }, planes[i]);
			}).toArray(Statistics[]::new);
			final Statistics expected = List.of(each).stream().reduce(Statistics::plus).orElseThrow(), actual = vectors.total();
			assertEquals(expected.pixels(), actual.pixels());
			assertEquals(expected.weight(), actual.weight(), 1e-12);
			assertEquals(expected.correct(), actual.correct());
			assertEquals(expected.hits(), actual.hits());
			assertEquals(expected.positives(), actual.positives());
			// Logarithms and probabilities to 1e-6 of the logits' sizes, which are up to 24 apart
			assertEquals(loss.value(expected), loss.value(actual), 1e-5);
			assertArrayEquals(expected.reference(), actual.reference());
			assertArrayEquals(expected.predicted(), actual.predicted(), IMAGES * 1e-6);
			assertArrayEquals(expected.overlap(), actual.overlap(), IMAGES * 1e-6);
			for (int i = 0; i < IMAGES; i++) {
				loss.gradient(expected, new byte[] { labels[i] }, planes[i]);
				for (int c = 0; c < outputs; c++) assertEquals(planes[i][c][0], g[7 + i * outputs + c], 2e-6 * 1.7 * 0.5 / expected.weight(), kernels.name() + ", image " + i);
			}
		}
	}

	@Test
	void refusesWhatItCannotDo() {
		final var kernels = DenseKernels.PLAIN.probabilities();
		assertThrows(IllegalArgumentException.class, () -> new VectorLoss(Loss.DICE_CROSS_ENTROPY, kernels, 2, new byte[1]));
		final VectorLoss two = new VectorLoss(Loss.CROSS_ENTROPY, kernels, 2, new byte[] { 2 });
		two.begin();
		assertEquals("Loss: expected labels below 2, got 2", assertThrows(IllegalArgumentException.class, () -> two.accept(0, 1, new float[2], new float[2], 0))
			.getMessage());
	}

	@Test
	void refusesWeightsOfOtherClasses() {
		final Loss loss = new Loss(1, 0, List.of(1.0, 2.0), 0);
		assertThrows(IllegalArgumentException.class, () -> new VectorLoss(loss, DenseKernels.PLAIN.probabilities(), 3, new byte[1]));
		final VectorLoss two = new VectorLoss(loss, DenseKernels.PLAIN.probabilities(), 2, new byte[] { 2 });
		assertEquals("Loss: expected labels below 2, got 2", assertThrows(IllegalArgumentException.class, two::begin).getMessage());
	}

	/** A bright bar in noise, at the left, in the middle or at the right. */
	private static final Source BARS = (number, planes, labels) -> {
		final SplittableRandom r = new SplittableRandom(number * 7919 + 1);
		assertEquals(1, labels.length, "one label for each image");
		labels[0] = (byte) r.nextInt(3);
		for (int i = 0; i < 144; i++) planes[0][i] = (float) (r.nextDouble(-0.5, 0.5) + (i % 12 / 4 == labels[0] && i / 12 == 5 ? 1 : 0));
	};

	private static Map<String, float[]> train(final Graph graph, final int batch, final Loss loss, final Kernels kernels, final int threads) {
		final Weights weights = Initialization.HE.weights(graph, 3);
		try (Workers workers = new Workers(threads)) {
			final List<Double> losses = new ArrayList<>();
			new Trainer(graph, weights, new Settings(3, 40, batch, 12, 12, loss, new Optimizer.Adam(true), new Schedule.Constant(), 0.005, 1e-3, 0, 5), kernels,
				workers).train(BARS, w -> new Trainer.Score(Double.NaN, losses.size()), new TrainingListener() {

					@Override
					public void epochEnded(final EpochRecord epoch) {
						losses.add(epoch.loss());
					}
				});
			assertTrue(losses.get(2) < losses.get(0) / 2, graph.nodes().size() + " nodes, " + kernels.name() + ": " + losses);
			final Predictor p = new Predictor(graph, weights, kernels);
			int right = 0;
			for (int n = 0; n < 60; n++) {
				final float[][] image = new float[1][144];
				final byte[] label = new byte[1];
				BARS.draw(1_000_000 + n, image, label);
				final float[][] out = p.predict(image, 12, 12);
				right += out[label[0]][0] == Math.max(out[0][0], Math.max(out[1][0], out[2][0])) ? 1 : 0;
			}
			// By chance a third; 45 of 60 would be more than six standard deviations above
			assertTrue(right >= 45, graph.nodes().size() + " nodes, " + kernels.name() + ": " + right + " of 60 right");
		}
		return weights.arrays();
	}

	@Test
	void classifiersLearnAlikeOnAnyThreads() {
		final Graph cnn = new Cnn(1, 12, 12, 3, List.of(4), List.of(8)).graph(), dense = new DenseNetwork(1, 12, 12, 3, List.of(16), true, 0.1f).graph();
		for (final Kernels kernels : KernelProvider.available()) for (final Graph g : List.of(cnn, dense)) {
			final Map<String, float[]> one = train(g, 16, Loss.CROSS_ENTROPY, kernels, 1);
			train(g, 16, Loss.CROSS_ENTROPY, kernels, 3).forEach((name, a) -> assertArrayEquals(one.get(name), a, kernels.name() + ", " + name));
		}
		// a batch that is worked off in blocks, and a loss of the whole batch
		train(new DenseNetwork(1, 12, 12, 3, List.of(16), false, 0).graph(), 520, Loss.CROSS_ENTROPY, KernelProvider.best(), 2);
		train(dense, 16, Loss.DICE_CROSS_ENTROPY, KernelProvider.best(), 2);
	}
}
