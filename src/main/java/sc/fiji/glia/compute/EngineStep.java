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
package sc.fiji.glia.compute;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

import sc.fiji.glia.engine.exec.DenseKernels;
import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Loss.Statistics;
import sc.fiji.glia.engine.train.VectorLoss;

/**
 * One step of training as the engine does it, and what of it a check has to know.
 *
 * @param weights running statistics are changed
 * @param batch images, {@code [image][channel][y * width + x]}
 * @param labels classes, {@code [image][pixel of the output]}
 * @param seed for dropout
 */
record EngineStep(Graph graph, Weights weights, int height, int width, float[][][] batch, byte[][] labels, Loss loss, long seed, Kernels kernels,
	Workers workers)
{

	/** The images in double precision. */
	double[][][] images() {
		return Arrays.stream(batch).map(EngineStep::doubles).toArray(double[][][]::new);
	}

	/** The gradients of all learned weights. */
	Map<String, float[]> gradients() {
		final int images = batch.length;
		final TrainingPlan plan = new TrainingPlan(graph, weights, height, width, images, loss.isSumOverImages(), kernels, workers);
		fill(plan);
		if (graph.readsWholeImage()) {
			final byte[] each = new byte[images];
			for (int b = 0; b < images; b++) each[b] = labels[b][0];
			final VectorLoss vectorLoss = new VectorLoss(loss, DenseKernels.of(kernels).probabilities(), graph.outputChannels(), each);
			vectorLoss.begin();
			plan.stepRows(images, seed, vectorLoss);
		}
		else {
			plan.forward(images, seed);
			final Statistics total = IntStream.range(0, images).mapToObj(b -> loss.statistics(plan.logits(b), labels[b], plan.logitGradient(b))).reduce(
				Statistics::plus).orElseThrow();
			for (int b = 0; b < images; b++) loss.gradient(total, labels[b], plan.logitGradient(b));
			plan.backward(images);
		}
		return plan.gradients();
	}

	private void fill(final TrainingPlan plan) {
		for (int b = 0; b < batch.length; b++) for (int c = 0; c < batch[b].length; c++) System.arraycopy(batch[b][c], 0, plan.input(b)[c], 0, height * width);
	}

	/** What each dropout multiplies with, by name of the node: seen in the network that ends there, against the one that ends before. */
	Map<String, double[][][]> dropped() {
		final Map<String, double[][][]> factors = new LinkedHashMap<>();
		for (int i = 1; i < graph.nodes().size(); i++) if (graph.nodes().get(i).layer() instanceof final Dropout d) {
			final double[][][] y = outputs(i);
			for (final double[][] image : y) for (final double[] c : image) for (int k = 0; k < c.length; k++) c[k] = c[k] == 0 ? 0 : 1 / (1.0 - d.rate());
			factors.put(graph.nodes().get(i).name(), y);
		}
		return factors;
	}

	/** What node {@code last} gives in training. NB: where that is 0 because its input is, it does not matter whether it was dropped. */
	private double[][][] outputs(final int last) {
		final int images = batch.length;
		final Graph part = new Graph(graph.nodes().subList(0, last + 1));
		final Map<String, float[]> arrays = new LinkedHashMap<>();
		for (final String name : part.weights().keySet()) arrays.put(name, weights.get(name).clone());
		final TrainingPlan plan = new TrainingPlan(part, new Weights(part, arrays), height, width, images, kernels, workers);
		fill(plan);
		plan.forward(images, seed);
		return IntStream.range(0, images).mapToObj(b -> doubles(plan.logits(b))).toArray(double[][][]::new);
	}

	private static double[][] doubles(final float[][] planes) {
		return Arrays.stream(planes).map(p -> IntStream.range(0, p.length).mapToDouble(i -> p[i]).toArray()).toArray(double[][]::new);
	}
}
