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
package sc.fiji.glia.benchmark;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

import sc.fiji.glia.engine.exec.ImageRow;
import sc.fiji.glia.engine.exec.Predictor;
import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.kernel.dense.ByteValues;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Optimizer.Sgd;
import sc.fiji.glia.engine.train.Schedule;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.engine.train.TrainingListener;

/**
 * A workload made ready to run: the one class of the benchmarks that knows how the engine is called. Inputs are uniform random numbers,
 * labels are drawn evenly, weights are normal with the deviation of He et al. 2015, biases 0. The data stay the same from step to step. Where the engine
 * draws images as it needs them, they are bytes, uniform from 0 to 255, which stand for themselves divided by 255.
 */
abstract class Session {

	private static final long SEED = 3;

	/** Runs steps until the clock is over. */
	abstract void run(Clock clock);

	/** Training: the losses of the last step of warming up and of the last step. Inference: the sum of the output, twice. */
	abstract double[] results();

	/** Memory that a training or an inference takes at the most, as far as the engine tells, in bytes. */
	static long bytes(final Workload w, final Kernels kernels, final int threads) {
		long weights = 0, largest = 0;
		for (final var spec : w.graph().weights().values()) {
			weights += spec.length();
			largest = Math.max(largest, spec.length());
		}
		final long images = (w.training() ? 1L : 4L) * w.batch() * w.graph().inputChannels() * w.height() * w.width();
		// weights, their best copy and momentum; and a gap as large as the largest array, since the collector does not move such arrays
		return TrainingPlan.bytes(w.graph(), w.height(), w.width(), w.batch(), w.training(), kernels, threads) + images + 12 * weights + 4 * largest;
	}

	/**
	 * A session that is trained or predicts, as the workload says.
	 *
	 * @throws IllegalStateException if the engine cannot run one of the layers
	 */
	static Session open(final Workload w, final Kernels kernels, final Workers workers) {
		return w.training() ? new Training(w, kernels, workers) : new Inference(w, kernels, workers);
	}

	private static void fill(final float[][] planes, final SplittableRandom random) {
		for (final float[] p : planes) for (int i = 0; i < p.length; i++) p[i] = (float) random.nextDouble();
	}

	private static final class Training extends Session implements Trainer.Source, Trainer.LabelledRows {

		private final Trainer trainer;
		private final Workload workload;
		private final int batch, classes;
		private final ByteValues[] values;
		/** {@code [image][channel and pixel]}, and a label each; made when first asked for. */
		private byte[][] images = {};
		private byte[] imageLabels = {};
		private final float[] corners;
		private double first = Double.NaN, last = Double.NaN;

		Training(final Workload w, final Kernels kernels, final Workers workers) {
			workload = w;
			values = new ByteValues[w.graph().inputChannels()];
			Arrays.fill(values, new ByteValues(0, 1 / 255.0, false));
			batch = w.batch();
			corners = new float[batch];
			final int outputs = w.graph().outputChannels();
			classes = Math.max(2, outputs);
			final Weights weights = Initialization.HE.weights(w.graph(), SEED);
			trainer = new Trainer(w.graph(), weights, new Trainer.Settings(1, Integer.MAX_VALUE, batch, w.height(), w.width(), Loss.CROSS_ENTROPY, new Sgd(w
				.momentum(), false), new Schedule.Constant(), w.rate(), 0, 0, SEED), kernels, workers);
		}

		/**
		 * Fills the images and labels of the first two steps, since a plan may hold those of two; those of later steps are the same and still there.
		 *
		 * @throws IllegalStateException if they are not
		 */
		@Override
		public void draw(final long number, final float[][] planes, final byte[] labels) {
			final int image = (int) (number % batch);
			if (number < 2L * batch) {
				final SplittableRandom random = new SplittableRandom(SEED + image);
				fill(planes, random);
				for (int p = 0; p < labels.length; p++) labels[p] = (byte) random.nextInt(classes);
				corners[image] = planes[0][0];
			}
			else if (planes[0][0] != corners[image]) throw new IllegalStateException("Benchmark: image " + image + " has changed");
		}

		@Override
		public Optional<Trainer.LabelledRows> rows() {
			if (images.length > 0) return Optional.of(this);
			images = new byte[batch][workload.graph().inputChannels() * workload.height() * workload.width()];
			imageLabels = new byte[batch];
			for (int i = 0; i < batch; i++) {
				final SplittableRandom random = new SplittableRandom(SEED + i);
				for (int p = 0; p < images[i].length; p++) images[i][p] = (byte) random.nextInt(256);
				imageLabels[i] = (byte) random.nextInt(classes);
			}
			return Optional.of(this);
		}

		@Override
		public byte label(final long number) {
			return imageLabels[(int) (number % batch)];
		}

		@Override
		public void draw(final long number, final ImageRow row) {
			row.bytes(images[(int) (number % batch)], values);
		}

		@Override
		void run(final Clock clock) {
			clock.start();
			trainer.train(this, Trainer.Validation.NONE, new TrainingListener() {

				@Override
				public void stepEnded(final int epoch, final int step, final int steps, final double loss) {
					if (!clock.isWarm()) first = loss;
					last = loss;
					clock.stepEnded();
				}

				@Override
				public Signal signal() {
					return clock.isOver() ? Signal.FINISH : Signal.CONTINUE;
				}
			});
		}

		@Override
		double[] results() {
			return new double[] { first, last };
		}
	}

	private static final class Inference extends Session {

		private final Workload workload;
		private final Predictor predictor;
		private final Workers workers;
		private final float[][][] images, outputs;

		Inference(final Workload w, final Kernels kernels, final Workers workers) {
			workload = w;
			this.workers = workers;
			predictor = new Predictor(w.graph(), Initialization.HE.weights(w.graph(), SEED), kernels);
			final SplittableRandom random = new SplittableRandom(SEED);
			images = new float[w.batch()][w.graph().inputChannels()][w.height() * w.width()];
			for (final float[][] image : images) fill(image, random);
			outputs = new float[w.batch()][][];
			step(); // takes the memory
		}

		private void step() {
			if (images.length == 1) outputs[0] = predictor.predict(images[0], workload.height(), workload.width(), workers);
			else if (workload.graph().readsWholeImage()) System.arraycopy(predictor.predict(images, workload.height(), workload.width(), workers), 0, outputs, 0,
				outputs.length);
			else workers.run(images.length, (i, worker) -> outputs[i] = predictor.predict(images[i], workload.height(), workload.width()));
		}

		@Override
		void run(final Clock clock) {
			clock.start();
			while (!clock.isOver()) {
				step();
				clock.stepEnded();
			}
		}

		@Override
		double[] results() {
			double sum = 0;
			for (final float[][] image : outputs) for (final float[] plane : image) for (final float v : plane) sum += v;
			return new double[] { sum, sum };
		}
	}
}
