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
import java.util.List;
import java.util.SplittableRandom;

import sc.fiji.glia.engine.exec.Predictor;
import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Loss.Statistics;
import sc.fiji.glia.engine.train.Optimizer.Sgd;
import sc.fiji.glia.engine.train.Optimizer.Updater;

/**
 * A workload made ready to run: the one class of the benchmarks that knows how the engine is called. Inputs are uniform random numbers,
 * labels are drawn evenly, weights are normal with the deviation of He et al. 2015, biases 0. The data stay the same from step to step.
 */
abstract class Session {

	private static final long SEED = 1;

	/** Does what is timed. */
	abstract void step();

	/** Training: the loss of the last step. Inference: the sum of the last output. */
	abstract double result();

	/**
	 * @param engine {@code plain}, {@code vector} or {@code exact}
	 * @return the kernels of that name
	 * @throws IllegalArgumentException if this Java virtual machine has none
	 */
	static Kernels kernels(final String engine) {
		return KernelProvider.named(engine);
	}

	/** Memory that a training or an inference takes at the most, as far as the engine tells, in bytes. */
	static long bytes(final Workload w, final Kernels kernels, final int threads) {
		final long weights = 4 * Initialization.HE.weights(w.graph(), SEED).count();
		// weights and momentum
		return TrainingPlan.bytes(w.graph(), w.height(), w.width(), w.batch(), w.training(), kernels, threads) + 2 * weights;
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

	private static final class Training extends Session {

		private final Workload workload;
		private final Weights weights;
		private final TrainingPlan plan;
		private final Workers workers;
		private final byte[][] labels;
		private final List<String> names;
		private final Updater[] updaters;
		private final double inputs;
		private long steps;
		private double loss = Double.NaN;

		Training(final Workload w, final Kernels kernels, final Workers workers) {
			workload = w;
			this.workers = workers;
			weights = Initialization.HE.weights(w.graph(), SEED);
			plan = new TrainingPlan(w.graph(), weights, w.height(), w.width(), w.batch(), true, kernels, workers);
			names = List.copyOf(plan.gradients().keySet());
			updaters = names.stream().map(n -> new Sgd(w.momentum(), false).updater(weights.get(n).length)).toArray(Updater[]::new);
			final SplittableRandom random = new SplittableRandom(SEED);
			final int outputs = w.graph().outputChannels(), classes = Math.max(2, outputs);
			labels = new byte[w.batch()][plan.logits(0)[0].length];
			for (int i = 0; i < w.batch(); i++) {
				fill(plan.input(i), random);
				for (int p = 0; p < labels[i].length; p++) labels[i][p] = (byte) random.nextInt(classes);
			}
			inputs = inputs();
		}

		private double inputs() {
			double sum = 0;
			for (int i = 0; i < workload.batch(); i++) for (final float[] p : plan.input(i)) for (final float v : p) sum += v;
			return sum;
		}

		@Override
		void step() {
			final int batch = workload.batch();
			final Statistics[] each = new Statistics[batch];
			plan.step(batch, steps++, i -> {
				each[i] = Loss.CROSS_ENTROPY.statistics(plan.logits(i), labels[i], plan.logitGradient(i));
				Loss.CROSS_ENTROPY.gradient(each[i].ofPixels((long) batch * labels[i].length), labels[i], plan.logitGradient(i));
			});
			final Statistics total = Arrays.stream(each).reduce(Statistics::plus).orElseThrow();
			workers.run(names.size(), (i, worker) -> {
				final String name = names.get(i);
				updaters[i].step(weights.get(name), plan.gradients().get(name), workload.rate(), 0);
			});
			loss = Loss.CROSS_ENTROPY.value(total);
		}

		/** @throws IllegalStateException if the plan has written over its inputs, which are filled only once */
		@Override
		double result() {
			if (inputs() != inputs) throw new IllegalStateException("Benchmark: the inputs of " + workload.id() + " have changed");
			return loss;
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

		@Override
		void step() {
			workers.run(images.length, (i, worker) -> outputs[i] = predictor.predict(images[i], workload.height(), workload.width()));
		}

		@Override
		double result() {
			double sum = 0;
			for (final float[][] image : outputs) for (final float[] plane : image) for (final float v : plane) sum += v;
			return sum;
		}
	}
}
