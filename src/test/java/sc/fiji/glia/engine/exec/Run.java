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
package sc.fiji.glia.engine.exec;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import sc.fiji.glia.engine.check.ReferenceLoss;
import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Kernels;

/** One step of a plan on a test's batch; the derivative of the loss is a central difference of the reference, so no engine code is in it. */
final class Run {

	private Run() {}

	/** Copies of the gradients after one step. */
	static Map<String, float[]> gradients(final Graph graph, final Weights weights, final TestBatch t, final ReferenceLoss loss, final Kernels kernels,
		final int threads)
	{
		try (Workers workers = new Workers(threads)) {
			final TrainingPlan plan = new TrainingPlan(graph, weights, t.height(), t.width(), t.images().length, kernels, workers);
			for (int i = 0; i < t.images().length; i++) for (final float[] c : plan.logitGradient(i)) Arrays.fill(c, 1);
			plan.forward(t.images().length, 6);
			plan.backward(t.images().length); // what this leaves in the buffers must not matter
			step(plan, t, loss, 7);
			final Map<String, float[]> copy = new LinkedHashMap<>();
			plan.gradients().forEach((name, g) -> copy.put(name, g.clone()));
			return copy;
		}
	}

	/** Forward and backward; the logits. */
	static double[][][] step(final TrainingPlan plan, final TestBatch t, final ReferenceLoss loss, final long seed) {
		final int images = t.images().length;
		final float[][][] x = t.floats();
		for (int i = 0; i < images; i++) for (int c = 0; c < x[i].length; c++) System.arraycopy(x[i][c], 0, plan.input(i)[c], 0, x[i][c].length);
		plan.forward(images, seed);
		final double[][][] logits = new double[images][][];
		for (int i = 0; i < images; i++) logits[i] = doubles(plan.logits(i));
		for (int i = 0; i < images; i++) for (int c = 0; c < logits[i].length; c++) for (int p = 0; p < logits[i][c].length; p++)
			plan.logitGradient(i)[c][p] = (float) derivative(logits, t.labels(), loss, i, c, p);
		plan.backward(images);
		return logits;
	}

	private static double derivative(final double[][][] logits, final byte[][] labels, final ReferenceLoss loss, final int i, final int c, final int p) {
		final double h = 1e-5, x = logits[i][c][p];
		logits[i][c][p] = x + h;
		final double up = loss.value(logits, labels);
		logits[i][c][p] = x - h;
		final double down = loss.value(logits, labels);
		logits[i][c][p] = x;
		return (up - down) / (2 * h);
	}

	static double[][] doubles(final float[][] planes) {
		final double[][] d = new double[planes.length][planes[0].length];
		for (int c = 0; c < d.length; c++) for (int p = 0; p < d[c].length; p++) d[c][p] = planes[c][p];
		return d;
	}

	/** Labels for the size of the network's output. */
	static TestBatch labelled(final TestBatch t, final Graph graph) {
		final var shapes = graph.shapes(t.height(), t.width());
		final int plane = shapes.get(shapes.size() - 1).plane();
		return plane == t.height() * t.width() ? t : t.labelled(plane, Math.max(2, graph.outputChannels()));
	}
}
