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
package sc.fiji.glia.engine.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.glia.engine.graph.Add;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.GlobalAveragePool2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Upsample2D;
import sc.fiji.glia.engine.graph.Weights;

/**
 * The forward pass of every layer in double precision, written as the formula in the layer's documentation: plain loops, one value at a
 * time. A batch is {@code [image][channel][y * width + x]}.
 * <p>
 * NB: Drawing random numbers is not part of a formula. In training, {@link Dropout} multiplies with the factors it is given for its node,
 * or does nothing if there are none. Nothing here changes the running statistics of {@link BatchNorm}.
 */
public final class Reference {

	private Reference() {}

	/**
	 * The output of the last node.
	 *
	 * @param graph the network
	 * @param weights one array for each name of {@link Graph#weights()}
	 * @param batch the images, {@code [image][channel][y * width + x]}
	 * @param height rows of each image, in pixels
	 * @param width columns of each image, in pixels
	 * @param training true for the statistics of the batch in {@link BatchNorm}, false for the running ones
	 * @return {@code [image][channel][y * width + x]}
	 * @throws IllegalArgumentException if the images do not fit the network, or an array is missing or of another length
	 */
	public static double[][][] forward(final Graph graph, final Map<String, double[]> weights, final double[][][] batch, final int height,
		final int width, final boolean training)
	{
		final List<double[][][]> all = nodes(graph, weights, batch, height, width, training, Map.of());
		return all.get(all.size() - 1);
	}

	/**
	 * The outputs of all nodes, in their order; the first is the batch itself. Parameters and errors are those of
	 * {@link #forward(Graph, Map, double[][][], int, int, boolean)}.
	 *
	 * @param factors what the values of a {@link Dropout} node are multiplied with, by name of the node and in the shape of its output
	 */
	public static List<double[][][]> nodes(final Graph graph, final Map<String, double[]> weights, final double[][][] batch, final int height,
		final int width, final boolean training, final Map<String, double[][][]> factors)
	{
		check(graph, weights, batch, height, width);
		final List<double[][][]> outputs = new ArrayList<>();
		outputs.add(batch);
		resume(graph, weights, graph.shapes(height, width), 1, outputs, training, factors);
		return outputs;
	}

	/** The weights in double precision. */
	public static Map<String, double[]> weights(final Weights weights) {
		final Map<String, double[]> m = new LinkedHashMap<>();
		weights.arrays().forEach((name, a) -> {
			final double[] d = new double[a.length];
			for (int i = 0; i < d.length; i++) d[i] = a[i];
			m.put(name, d);
		});
		return m;
	}

	/** Computes the nodes from {@code first} on, in place or at the end of {@code outputs}; those before are there already. */
	static void resume(final Graph graph, final Map<String, double[]> weights, final List<Shape> shapes, final int first,
		final List<double[][][]> outputs, final boolean training, final Map<String, double[][][]> factors)
	{
		for (int n = first; n < graph.nodes().size(); n++) {
			final Node node = graph.nodes().get(n);
			final List<double[][][]> x = node.inputs().stream().map(outputs::get).toList();
			final Shape in = shapes.get(node.inputs().get(0)), out = shapes.get(n);
			final double[][][] y = layer(node, weights, x, in, out, training, factors);
			if (n < outputs.size()) outputs.set(n, y);
			else outputs.add(y);
		}
	}

	private static double[][][] layer(final Node node, final Map<String, double[]> weights, final List<double[][][]> inputs, final Shape in,
		final Shape out, final boolean training, final Map<String, double[][][]> factors)
	{
		final double[][][] x = inputs.get(0);
		final double[][][] y = new double[x.length][out.channels()][out.plane()];
		final String name = node.name();
		final var layer = node.layer();
		if (layer instanceof final Conv2D conv) conv(conv, weights.get(name + ".weight"), //
			conv.bias() ? weights.get(name + ".bias") : new double[conv.filters()], in, out, x, y);
		else if (layer instanceof final BatchNorm norm) norm(norm, weights.get(name + ".weight"), weights.get(name + ".bias"), //
			training ? mean(x) : weights.get(name + ".running_mean"), training ? variance(x) : weights.get(name + ".running_var"), x, y);
		else if (layer instanceof MaxPool2D || layer instanceof Upsample2D) resample(layer, in, out, x, y);
		else if (layer instanceof Softmax) softmax(x, y);
		else if (layer instanceof Concat) concat(inputs, y);
		else if (layer instanceof Add) add(inputs, y);
		else if (layer instanceof final Dense dense) dense(weights.get(name + ".weight"), //
			dense.bias() ? weights.get(name + ".bias") : new double[dense.units()], x, y);
		else if (layer instanceof Flatten) flatten(x, y);
		else if (layer instanceof GlobalAveragePool2D) average(x, y);
		else {
			final double[][][] factor = factors.get(name);
			for (int b = 0; b < x.length; b++) for (int c = 0; c < x[b].length; c++) for (int i = 0; i < x[b][c].length; i++) {
				final double v = x[b][c][i];
				if (layer instanceof ReLU) y[b][c][i] = Math.max(v, 0);
				else if (layer instanceof final LeakyReLU leaky) y[b][c][i] = v > 0 ? v : leaky.slope() * v;
				else if (layer instanceof Sigmoid) y[b][c][i] = 1 / (1 + Math.exp(-v));
				else if (layer instanceof Dropout) y[b][c][i] = training && factor != null ? v * factor[b][c][i] : v;
				else throw new IllegalStateException("Reference: no formula for " + layer.getClass().getSimpleName() + " '" + name + "'");
			}
		}
		return y;
	}

	private static void conv(final Conv2D conv, final double[] weight, final double[] bias, final Shape in, final Shape out, final double[][][] x,
		final double[][][] y)
	{
		final int k = conv.kernel();
		for (int b = 0; b < x.length; b++) for (int o = 0; o < out.channels(); o++) for (int i = 0; i < out.height(); i++) for (int j = 0; j < out
			.width(); j++)
		{
			double sum = bias[o];
			for (int c = 0; c < in.channels(); c++) for (int u = 0; u < k; u++) for (int v = 0; v < k; v++) {
				final int row = i * conv.stride() + u - conv.before(), column = j * conv.stride() + v - conv.before();
				if (row < 0 || row >= in.height() || column < 0 || column >= in.width()) continue; // zeros outside
				sum += weight[((o * in.channels() + c) * k + u) * k + v] * x[b][c][row * in.width() + column];
			}
			y[b][o][i * out.width() + j] = sum;
		}
	}

	private static void norm(final BatchNorm norm, final double[] weight, final double[] bias, final double[] mean, final double[] variance,
		final double[][][] x, final double[][][] y)
	{
		for (int b = 0; b < x.length; b++) for (int c = 0; c < x[b].length; c++) for (int i = 0; i < x[b][c].length; i++)
			y[b][c][i] = weight[c] * (x[b][c][i] - mean[c]) / Math.sqrt(variance[c] + norm.epsilon()) + bias[c];
	}

	/** The mean of each channel over the batch and its pixels. */
	static double[] mean(final double[][][] x) {
		final double[] mean = new double[x[0].length];
		for (int c = 0; c < mean.length; c++) {
			for (final double[][] image : x) for (final double v : image[c]) mean[c] += v;
			mean[c] /= (double) x.length * x[0][c].length;
		}
		return mean;
	}

	/** The biased variance of each channel over the batch and its pixels. */
	static double[] variance(final double[][][] x) {
		final double[] mean = mean(x), variance = new double[mean.length];
		for (int c = 0; c < mean.length; c++) {
			for (final double[][] image : x) for (final double v : image[c]) variance[c] += (v - mean[c]) * (v - mean[c]);
			variance[c] /= (double) x.length * x[0][c].length;
		}
		return variance;
	}

	private static void resample(final Object layer, final Shape in, final Shape out, final double[][][] x, final double[][][] y) {
		for (int b = 0; b < x.length; b++) for (int c = 0; c < out.channels(); c++) for (int i = 0; i < out.height(); i++) for (int j = 0; j < out
			.width(); j++)
		{
			if (layer instanceof final Upsample2D up) y[b][c][i * out.width() + j] = x[b][c][i / up.factor() * in.width() + j / up.factor()];
			else {
				final int size = ((MaxPool2D) layer).size();
				double max = Double.NEGATIVE_INFINITY;
				for (int u = 0; u < size; u++) for (int v = 0; v < size; v++) max = Math.max(max, x[b][c][(i * size + u) * in.width() + j * size + v]);
				y[b][c][i * out.width() + j] = max;
			}
		}
	}

	private static void softmax(final double[][][] x, final double[][][] y) {
		for (int b = 0; b < x.length; b++) for (int i = 0; i < x[b][0].length; i++) {
			final double[] p = softmax(x[b], i);
			for (int c = 0; c < p.length; c++) y[b][c][i] = p[c];
		}
	}

	/** The softmax over the channels at pixel {@code i}; the greatest value is subtracted first so that nothing overflows. */
	static double[] softmax(final double[][] channels, final int i) {
		double max = Double.NEGATIVE_INFINITY, sum = 0;
		for (final double[] c : channels) max = Math.max(max, c[i]);
		final double[] p = new double[channels.length];
		for (int c = 0; c < p.length; c++) sum += p[c] = Math.exp(channels[c][i] - max);
		for (int c = 0; c < p.length; c++) p[c] /= sum;
		return p;
	}

	private static void concat(final List<double[][][]> inputs, final double[][][] y) {
		for (int b = 0; b < y.length; b++) {
			int channel = 0;
			for (final double[][][] x : inputs) for (final double[] c : x[b]) y[b][channel++] = c.clone();
		}
	}

	private static void add(final List<double[][][]> inputs, final double[][][] y) {
		for (int b = 0; b < y.length; b++) for (int c = 0; c < y[b].length; c++) for (int i = 0; i < y[b][c].length; i++)
			for (final double[][][] x : inputs) y[b][c][i] += x[b][c][i];
	}

	private static void dense(final double[] weight, final double[] bias, final double[][][] x, final double[][][] y) {
		for (int b = 0; b < y.length; b++) for (int u = 0; u < y[b].length; u++) {
			double sum = bias[u];
			for (int i = 0; i < x[b].length; i++) sum += weight[u * x[b].length + i] * x[b][i][0];
			y[b][u][0] = sum;
		}
	}

	private static void flatten(final double[][][] x, final double[][][] y) {
		for (int b = 0; b < y.length; b++) for (int c = 0; c < x[b].length; c++) for (int i = 0; i < x[b][c].length; i++)
			y[b][c * x[b][c].length + i][0] = x[b][c][i];
	}

	private static void average(final double[][][] x, final double[][][] y) {
		for (int b = 0; b < y.length; b++) for (int c = 0; c < y[b].length; c++) {
			double sum = 0;
			for (final double v : x[b][c]) sum += v;
			y[b][c][0] = sum / x[b][c].length;
		}
	}

	static void check(final Graph graph, final Map<String, double[]> weights, final double[][][] batch, final int height, final int width) {
		if (batch.length == 0) throw new IllegalArgumentException("Reference: expected at least 1 image, got none");
		for (final double[][] image : batch) {
			graph.shapes(new Shape(image.length, height, width));
			for (final double[] c : image) if (c.length != height * width) throw new IllegalArgumentException("Reference: expected " + height * width +
				" values for " + width + "x" + height + " pixels, got " + c.length);
		}
		graph.weights().forEach((name, spec) -> {
			final double[] a = weights.get(name);
			if (a == null || a.length != spec.length()) throw new IllegalArgumentException("Reference: expected " + spec.length() + " weights '" + name +
				"', got " + (a == null ? "none" : a.length));
		});
	}
}
