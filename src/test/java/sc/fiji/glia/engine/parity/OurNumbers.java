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
package sc.fiji.glia.engine.parity;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import sc.fiji.glia.engine.exec.Predictor;
import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.parity.ParityCase.Descent;
import sc.fiji.glia.engine.train.Loss.Statistics;
import sc.fiji.glia.engine.train.Optimizer;
import sc.fiji.glia.engine.train.Optimizer.Updater;

/**
 * Our numbers for a {@link ParityCase}: {@code prediction} (probabilities at inference), {@code logits} (in training), {@code loss} and
 * {@code gradient.NAME}, all of the first weights; {@code sgd.losses} of the ten steps and {@code sgd.NAME}, the weights after them;
 * likewise {@code adam}.
 */
public final class OurNumbers {

	private final ParityCase c;
	private final Kernels kernels;
	private final Map<String, double[]> numbers = new LinkedHashMap<>();

	private OurNumbers(final ParityCase c, final Kernels kernels) {
		this.c = c;
		this.kernels = kernels;
	}

	/** All numbers by name. */
	public static Map<String, double[]> of(final ParityCase c, final Kernels kernels) {
		final OurNumbers n = new OurNumbers(c, kernels);
		n.predict();
		for (final Descent d : Descent.values()) n.train(d);
		return n.numbers;
	}

	private void predict() {
		final Predictor predictor = new Predictor(c.graph(), c.weights(), kernels);
		numbers.put("prediction", flat(Arrays.stream(c.images()).map(x -> predictor.predict(x, c.height(), c.width())).toArray(float[][][]::new)));
	}

	private void train(final Descent descent) {
		final Optimizer optimizer = descent == Descent.SGD ? new Optimizer.Sgd(ParityCase.MOMENTUM, false) : new Optimizer.Adam(false);
		final Graph graph = c.graph();
		final Weights weights = c.weights();
		final byte[][] labels = c.labels();
		final float[][][] images = c.images();
		final List<String> names = c.learned();
		final List<Updater> updaters = names.stream().map(n -> optimizer.updater(weights.get(n).length)).toList();
		final double[] losses = new double[ParityCase.STEPS];
		try (Workers workers = new Workers(2)) {
			final TrainingPlan plan = new TrainingPlan(graph, weights, c.height(), c.width(), c.batch(), kernels, workers);
			for (int step = 0; step < losses.length; step++) {
				for (int i = 0; i < images.length; i++) for (int k = 0; k < images[i].length; k++)
					System.arraycopy(images[i][k], 0, plan.input(i)[k], 0, images[i][k].length);
				plan.forward(c.batch(), step);
				if (step == 0) put("logits", plan::logits);
				final Statistics sum = IntStream.range(0, c.batch()).mapToObj(i -> c.loss().statistics(plan.logits(i), labels[i], plan
					.logitGradient(i))).reduce(Statistics::plus).orElseThrow();
				for (int i = 0; i < c.batch(); i++) c.loss().gradient(sum, labels[i], plan.logitGradient(i));
				losses[step] = c.loss().value(sum);
				plan.backward(c.batch());
				if (step == 0) for (final String n : names) numbers.put("gradient." + n, doubles(plan.gradients().get(n)));
				for (int k = 0; k < names.size(); k++) updaters.get(k).step(weights.get(names.get(k)), plan.gradients().get(names.get(k)), c.rate(descent), 0);
			}
		}
		numbers.put("loss", new double[] { losses[0] });
		final String prefix = descent.name().toLowerCase(Locale.ROOT) + ".";
		numbers.put(prefix + "losses", losses);
		for (final String n : names) numbers.put(prefix + n, doubles(weights.get(n)));
	}

	private void put(final String name, final IntFunction<float[][]> planes) {
		numbers.put(name, flat(IntStream.range(0, c.batch()).mapToObj(planes).toArray(float[][][]::new)));
	}

	private static double[] flat(final float[][][] x) {
		return Arrays.stream(x).flatMap(Arrays::stream).flatMapToDouble(p -> Arrays.stream(doubles(p))).toArray();
	}

	private static double[] doubles(final float[] x) {
		final double[] d = new double[x.length];
		for (int i = 0; i < d.length; i++) d[i] = x[i];
		return d;
	}
}
