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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.check.Reference;
import sc.fiji.glia.engine.check.ReferenceLoss;
import sc.fiji.glia.engine.exec.Predictor;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Trainer.End;
import sc.fiji.glia.engine.train.Trainer.Result;
import sc.fiji.glia.engine.train.Trainer.Score;
import sc.fiji.glia.engine.train.Trainer.Settings;
import sc.fiji.glia.engine.train.Trainer.Source;
import sc.fiji.glia.engine.train.Trainer.Validation;

/** What the trainer promises: it learns, it is reproducible, and it ends with the best weights however it ends. */
class TrainerTest {

	private static final Graph GRAPH = new UNet(1, 1, 4, 2, 1, true, 0.1f).graph();
	private static final TrainingListener SILENT = new TrainingListener() {};

	private static Settings settings(final int epochs, final int steps, final double rate, final int patience) {
		return new Settings(epochs, steps, 3, 16, 16, Loss.DICE_CROSS_ENTROPY, new Optimizer.Adam(false), new Schedule.Constant(), rate, 1e-4, patience, 5);
	}

	/** A bright ring or a bright disc in noise; only the disc is foreground, so that brightness alone does not tell. */
	private static final Source DISCS = (number, planes, labels) -> {
		final SplittableRandom r = new SplittableRandom(number * 7919 + 1);
		final int x = r.nextInt(4, 12), y = r.nextInt(4, 12);
		final boolean ring = r.nextInt(4) == 0;
		for (int i = 0; i < 256; i++) {
			final int d = (i % 16 - x) * (i % 16 - x) + (i / 16 - y) * (i / 16 - y);
			final boolean in = ring ? d >= 9 && d < 14 : d < 10;
			planes[0][i] = (float) (r.nextDouble(-0.3, 0.3) + (in ? 1 : 0));
			labels[i] = i % 16 == 0 ? Loss.IGNORE : (byte) (in && !ring ? 1 : 0);
		}
	};

	private static Weights weights() {
		return Initialization.HE.weights(GRAPH, 3);
	}

	private static Result train(final Weights weights, final Settings s, final Kernels kernels, final int threads, final Validation validation,
		final TrainingListener listener)
	{
		try (Workers workers = new Workers(threads)) {
			return new Trainer(GRAPH, weights, s, kernels, workers).train(DISCS, validation, listener);
		}
	}

	/** Dice of the foreground in 40 images that training has not seen. */
	private static double dice(final Weights weights) {
		final Predictor p = new Predictor(GRAPH, weights, KernelProvider.best());
		long hits = 0, sum = 0;
		for (int n = 0; n < 40; n++) {
			final float[][] planes = new float[1][256];
			final byte[] labels = new byte[256];
			DISCS.draw(1_000_000 + n, planes, labels);
			final float[] out = p.predict(planes, 16, 16)[0];
			for (int i = 0; i < 256; i++) {
				if (labels[i] == Loss.IGNORE) continue;
				if (out[i] > 0.5) sum++;
				if (labels[i] == 1) sum++;
				if (out[i] > 0.5 && labels[i] == 1) hits++;
			}
		}
		return sum == 0 ? 0 : 2.0 * hits / sum;
	}

	@Test
	void itLearns() {
		for (final Kernels kernels : KernelProvider.available()) {
			final Weights w = weights();
			final double before = dice(w);
			final Result r = train(w, settings(4, 60, 0.01, 0), kernels, 1, Validation.NONE, SILENT);
			assertEquals(End.COMPLETED, r.end());
			assertEquals(4, r.history().size());
			assertTrue(r.history().get(3).loss() < r.history().get(0).loss() / 2, r.history().toString());
			// Taking every bright pixel for foreground would give at most 2 * 3 / (3 + 4) = 0.86
			assertTrue(dice(w) > 0.87, "Dice " + before + " before, " + dice(w) + " after");
		}
	}

	@Test
	void theFirstLossIsThatOfTheReference() {
		final Graph g = new UNet(1, 1, 4, 2, 1, true, 0).graph();
		final Weights w = Initialization.HE.weights(g, 3);
		final Map<String, double[]> start = Reference.weights(w);
		final List<Double> losses = new ArrayList<>();
		try (Workers workers = new Workers(1)) {
			new Trainer(g, w, settings(1, 1, 0.01, 0), KernelProvider.best(), workers).train(DISCS, Validation.NONE, new TrainingListener() {

				@Override
				public void stepEnded(final int epoch, final int step, final int steps, final double loss) {
					losses.add(loss);
				}
			});
		}
		final float[][][] x = new float[3][1][256];
		final byte[][] labels = new byte[3][256];
		final double[][][] batch = new double[3][1][256];
		for (int i = 0; i < 3; i++) {
			DISCS.draw(i, x[i], labels[i]);
			for (int p = 0; p < 256; p++) batch[i][0][p] = x[i][0][p];
		}
		final double expected = new ReferenceLoss(1, 1).value(Reference.forward(g.logits(), start, batch, 16, 16, true), labels);
		// The logits, about 1, come from four convolutions with errors of 1e-6 that mostly cancel in the mean
		assertEquals(List.of(expected).get(0), losses.get(0), 2e-6);
	}

	@Test
	void sameSeedSameWeightsWhateverTheThreads() {
		for (final Kernels kernels : KernelProvider.available()) {
			final Weights one = weights();
			train(one, settings(2, 3, 0.01, 0), kernels, 1, Validation.NONE, SILENT);
			for (int threads = 1; threads <= 3; threads++) {
				final Weights w = weights();
				train(w, settings(2, 3, 0.01, 0), kernels, threads, Validation.NONE, SILENT);
				for (final String name : one.arrays().keySet()) assertArrayEquals(one.get(name), w.get(name), name + ", " + threads + " threads");
			}
		}
		final Weights a = weights(), b = weights();
		train(a, settings(1, 2, 0.01, 0), KernelProvider.best(), 1, Validation.NONE, SILENT);
		train(b, new Settings(1, 2, 3, 16, 16, Loss.DICE_CROSS_ENTROPY, new Optimizer.Adam(false), new Schedule.Constant(), 0.01, 1e-4, 0, 6), KernelProvider.best(),
			1, Validation.NONE, SILENT);
		assertFalse(Arrays.equals(a.get("enc1.conv1.weight"), b.get("enc1.conv1.weight")), "another seed, another dropout");
	}

	/** Scores of the epochs one after another; keeps the weights of each. */
	private static final class Scripted implements Validation {

		private final Weights weights;
		private final double[] scores;
		private double[] losses = {};
		private final List<Weights> seen = new ArrayList<>();

		Scripted(final Weights weights, final double... scores) {
			this.weights = weights;
			this.scores = scores;
		}

		@Override
		public Score judge(final Workers workers) {
			seen.add(weights.copy(GRAPH));
			return new Score(losses.length == 0 ? 1 : losses[seen.size() - 1], scores[seen.size() - 1]);
		}

		Scripted withLosses(final double... all) {
			losses = all;
			return this;
		}
	}

	private static void same(final Weights a, final Weights b) {
		for (final String name : a.arrays().keySet()) assertArrayEquals(a.get(name), b.get(name), name);
	}

	@Test
	void earlyStoppingRestoresTheBestWeights() {
		final Weights w = weights();
		final Scripted v = new Scripted(w, 0.1, 0.5, 0.4, 0.5, 0.3, 0.9);
		final Result r = train(w, settings(6, 2, 0.01, 3), KernelProvider.best(), 1, v, SILENT);
		assertEquals(End.STOPPED_EARLY, r.end());
		assertEquals(2, r.bestEpoch());
		assertEquals(5, r.history().size());
		assertEquals(List.of(true, true, false, false, false), r.history().stream().map(EpochRecord::best).toList());
		same(v.seen.get(1), w);
		assertFalse(Arrays.equals(v.seen.get(4).get("out.weight"), w.get("out.weight")), "the last epoch's are others");
	}

	@Test
	void theBestIsRestoredAfterTheLastEpochToo() {
		final Weights w = weights();
		final Scripted v = new Scripted(w, 0.1, 0.5, 0.4);
		final Result r = train(w, settings(3, 2, 0.01, 0), KernelProvider.best(), 1, v, SILENT);
		assertEquals(End.COMPLETED, r.end());
		assertEquals(2, r.bestEpoch());
		same(v.seen.get(1), w);
	}

	@Test
	void ofEqualScoresTheLowerLossIsBetter() {
		final Weights w = weights();
		final Scripted v = new Scripted(w, 0.5, 0.5, 0.5, 0.4).withLosses(0.7, 0.6, 0.65, 0.1);
		final Result r = train(w, settings(4, 2, 0.01, 0), KernelProvider.best(), 1, v, SILENT);
		assertEquals(2, r.bestEpoch());
		assertEquals(List.of(true, true, false, false), r.history().stream().map(EpochRecord::best).toList());
		same(v.seen.get(1), w);
	}

	@Test
	void theAverageOfTheWeightsIsWhatIsJudgedAndKept() {
		final Settings plain = settings(3, 1, 0.01, 0);
		final Weights own = weights();
		final Scripted judged = new Scripted(own, 0.1, 0.2, 0.3);
		train(own, plain, KernelProvider.best(), 1, judged, SILENT);
		final List<Weights> raw = judged.seen;
		final Weights w = weights();
		final Scripted v = new Scripted(w, 0.1, 0.2, 0.3);
		train(w, new Settings(3, 1, 3, 16, 16, plain.loss(), plain.optimizer(), plain.schedule(), plain.rate(), plain.decay(), 0, 5, List.of(), 0.9),
			KernelProvider.best(), 1, v, SILENT);
		same(v.seen.get(2), w);
		for (final String name : w.arrays().keySet()) for (int i = 0; i < w.get(name).length; i++) {
			// shares of the past 0, 1/11, 2/12
			final double second = raw.get(0).get(name)[i] / 11.0 + raw.get(1).get(name)[i] * 10.0 / 11, third = second / 6 + raw.get(2).get(name)[i] * 5.0 / 6;
			// a few roundings of values up to the largest of the three
			assertEquals(third, w.get(name)[i], 1e-6 * (1 + Math.abs(third)), name);
		}
	}

	@Test
	void finishAndCancelKeepTheBest() {
		for (final Signal signal : new Signal[] { Signal.FINISH, Signal.CANCEL }) {
			final Weights w = weights();
			final Scripted v = new Scripted(w, 0.5, 0.4, 0.9);
			final int[] steps = new int[1];
			final Result r = train(w, settings(3, 4, 0.01, 0), KernelProvider.best(), 1, v, new TrainingListener() {

				@Override
				public void stepEnded(final int epoch, final int step, final int all, final double loss) {
					assertEquals(4, all);
					steps[0]++;
				}

				@Override
				public Signal signal() {
					return steps[0] < 10 ? Signal.CONTINUE : signal; // in the middle of epoch 3
				}
			});
			assertEquals(signal == Signal.FINISH ? End.FINISHED : End.CANCELLED, r.end());
			assertEquals(10, steps[0]);
			assertEquals(1, r.bestEpoch());
			same(v.seen.get(0), w);
		}
	}

	@Test
	void cancelledInTheFirstEpochKeepsWhatThereIs() {
		final Weights w = weights(), start = weights();
		final int[] steps = new int[1];
		final Result r = train(w, settings(3, 4, 0.01, 0), KernelProvider.best(), 1, Validation.NONE, new TrainingListener() {

			@Override
			public void stepEnded(final int epoch, final int step, final int all, final double loss) {
				steps[0]++;
			}

			@Override
			public Signal signal() {
				return steps[0] < 2 ? Signal.CONTINUE : Signal.CANCEL;
			}
		});
		assertEquals(End.CANCELLED, r.end());
		assertEquals(1, r.bestEpoch());
		assertFalse(Arrays.equals(start.get("out.weight"), w.get("out.weight")), "two steps were done");
	}

	@Test
	void divergenceEndsWithUsableWeights() {
		final Weights w = weights(), start = weights();
		final Result r = train(w, new Settings(5, 4, 3, 16, 16, Loss.CROSS_ENTROPY, new Optimizer.Sgd(0.9f, false), new Schedule.Constant(), 1e30, 0, 0, 1),
			KernelProvider.best(), 1, Validation.NONE, SILENT);
		assertEquals(End.DIVERGED, r.end());
		assertEquals(0, r.bestEpoch());
		same(start, w);
	}
}
