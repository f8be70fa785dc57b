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
package sc.fiji.glia.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import sc.fiji.glia.compute.NetworkTraining;
import sc.fiji.glia.compute.TrainingJob;
import sc.fiji.glia.data.Augmentation;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Optimizer;
import sc.fiji.glia.engine.train.Schedule;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;

/** Small trainings. */
final class Jobs {

	static final int SIZE = 24, SAMPLES = 6;
	static final Launch.Need NEED = new Launch.Need(64 << 20, 64 << 20);
	static final Graph GRAPH = new UNet(2, 1, 4, 2, 1, true, 0.25f).graph();
	static final Normalization NORMALIZATION = new Normalization(Normalization.Method.ZSCORE, Normalization.Scope.DATASET, false, List.of(100.1, 0.3), List
		.of(0.017, 1.7));

	private Jobs() {}

	/** Of so many epochs, with all that can be random. */
	static TrainingJob job(final int epochs) {
		final Trainer.Settings settings = new Trainer.Settings(epochs, 3, 2, 16, 16, new Loss(1, 1, List.of(0.8, 1.5), 0.05), new Optimizer.Adam(true),
			new Schedule.Plateau(0.5, 2), 0.003, 1e-4, 0, 7, List.of("out.bias"), 0.5);
		return new TrainingJob(GRAPH, NORMALIZATION, new TrainingJob.Patches(Augmentation.STRONG, 0.5), settings, new int[] { 0, 2, 3, 5 }, new int[] { 1, 4 },
			new int[] { 1 }, 1 << 20, 2);
	}

	static Weights weights() {
		return Initialization.HE.weights(GRAPH, 3);
	}

	/** One channel of whole numbers, one of any. */
	static Samples samples() {
		final List<Sample> list = IntStream.range(0, SAMPLES).mapToObj(Jobs::sample).toList();
		return new Samples() {

			@Override
			public int size() {
				return list.size();
			}

			@Override
			public String name(final int i) {
				return list.get(i).name();
			}

			@Override
			public String group(final int i) {
				return list.get(i).group();
			}

			@Override
			public Sample get(final int i) {
				return list.get(i);
			}
		};
	}

	static Sample sample(final int n) {
		final Random random = new Random(n);
		final int width = SIZE + n, height = SIZE - n;
		final float[][] channels = new float[2][width * height];
		final byte[] labels = new byte[width * height];
		for (int i = 0; i < labels.length; i++) {
			labels[i] = (byte) (i % width > 8 && i / width > 8 ? 1 : 0);
			channels[0][i] = random.nextInt(100) + 100 * labels[i];
			channels[1][i] = (float) random.nextGaussian();
		}
		return new Sample("näme " + n, "group " + n / 2, width, height, channels, labels);
	}

	/** Keeps what it hears; says something after so many steps. */
	static class News implements NetworkTraining.Listener {

		final List<String> events = new ArrayList<>();
		final List<EpochRecord> epochs = new ArrayList<>();
		final List<float[]> examples = new ArrayList<>();
		private final Signal signal;
		private final int after;
		volatile int steps;
		volatile long saidAt;

		News() {
			this(Signal.CONTINUE, 0);
		}

		News(final Signal signal, final int after) {
			this.signal = signal;
			this.after = after;
		}

		@Override
		public void stepEnded(final int epoch, final int step, final int of, final double loss) {
			steps++;
			events.add("step " + epoch + " " + step + " " + of + " " + loss);
		}

		@Override
		public void epochEnded(final EpochRecord e) {
			epochs.add(e);
			events.add("epoch " + e.epoch() + " " + e.rate() + " " + e.loss() + " " + e.score() + " " + e.validationLoss() + " " + e.validationScore() + " " + e
				.best());
		}

		@Override
		public void predicted(final float[][][] some) {
			events.add("example");
			for (final float[][] planes : some) examples.add(planes[0]);
		}

		@Override
		public Signal signal() {
			if (signal == Signal.CONTINUE || steps < after) return Signal.CONTINUE;
			if (saidAt == 0) saidAt = System.nanoTime();
			return signal;
		}
	}
}
