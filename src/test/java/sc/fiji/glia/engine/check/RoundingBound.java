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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

import sc.fiji.glia.engine.graph.Add;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.GlobalAveragePool2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Layer;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;

/**
 * How far a network computed in floats may be from the {@link Reference} at inference, value by value: each layer passes on the errors
 * of its input and adds those of its own roundings, whatever the order of its sums. The textbook bound, for small networks: it grows with
 * the sum of the sizes of the weights from layer to layer, while actual errors partly cancel.
 */
public final class RoundingBound {

	/** The most by which rounding to a float changes a number, relative to it. */
	public static final double U = 0x1p-24;

	private RoundingBound() {}

	/** The bounds for the last node, in the shape of its output. */
	public static double[][][] of(final Graph graph, final Map<String, double[]> weights, final double[][][] batch, final int height, final int width) {
		final List<double[][][]> values = Reference.nodes(graph, weights, batch, height, width, false, Map.of()), errors = new ArrayList<>();
		final List<Shape> shapes = graph.shapes(height, width);
		errors.add(map(batch, v -> 0));
		for (int n = 1; n < values.size(); n++) {
			final Node node = graph.nodes().get(n);
			final List<double[][][]> e = node.inputs().stream().map(errors::get).toList();
			errors.add(bound(node, weights, node.inputs().stream().map(values::get).toList(), values.get(n), e, node.inputs().stream().map(shapes::get).toList()));
		}
		return errors.get(errors.size() - 1);
	}

	private static double[][][] bound(final Node node, final Map<String, double[]> weights, final List<double[][][]> inputs, final double[][][] y,
		final List<double[][][]> errors, final List<Shape> in)
	{
		final Layer layer = node.layer();
		final double[][][] x = inputs.get(0), e = errors.get(0);
		if (layer instanceof Conv2D || layer instanceof Dense) {
			final Map<String, double[]> w = new HashMap<>();
			for (final String s : new String[] { ".weight", ".bias" }) if (weights.containsKey(node.name() + s)) w.put("n" + s, absolute(weights.get(node.name() +
				s)));
			// sum of |w| (|x| + e) + |b|: what each addition may round; the bias in it is not passed on
			final double[][][] sizes = single(layer, w, sum(map(x, Math::abs), e), in.get(0));
			w.computeIfPresent("n.bias", (name, b) -> new double[b.length]);
			final double[][][] passed = single(layer, w, e, in.get(0));
			final int terms = in.get(0).channels() * (layer instanceof final Conv2D conv ? conv.kernel() * conv.kernel() : 1);
			return sum(passed, map(sizes, s -> 1.01 * (terms + 2) * U * s));
		}
		if (layer instanceof final BatchNorm norm) {
			final double[] w = weights.get(node.name() + ".weight"), b = weights.get(node.name() + ".bias"), m = weights.get(node.name() + ".running_mean"), v =
				weights.get(node.name() + ".running_var");
			final double[][][] r = map(x, Math::abs);
			for (int i = 0; i < r.length; i++) for (int c = 0; c < r[i].length; c++) {
				final double a = Math.abs(w[c]) / Math.sqrt(v[c] + norm.epsilon());
				// y = a x + (b - a m): factor, shift, product and sum, each with a few roundings
				for (int p = 0; p < r[i][c].length; p++) r[i][c][p] = a * e[i][c][p] + 8 * U * (a * (r[i][c][p] + e[i][c][p] + Math.abs(m[c])) + Math.abs(b[c]));
			}
			return r;
		}
		if (layer instanceof Sigmoid) return sum(map(e, v -> v / 4), map(y, p -> 8 * U)); // steepest slope 1/4
		if (layer instanceof Softmax) {
			final double[][][] r = map(y, p -> p);
			for (int i = 0; i < r.length; i++) for (int p = 0; p < r[i][0].length; p++) {
				double worst = 0;
				for (final double[] c : e[i]) worst = Math.max(worst, c[p]);
				// a change of every logit by at most d changes log p by at most 2 d
				for (final double[] c : r[i]) c[p] = c[p] * Math.expm1(2 * worst) + 8 * U;
			}
			return r;
		}
		if (layer instanceof ReLU) return e;
		if (layer instanceof LeakyReLU) return sum(e, map(y, v -> U * Math.abs(v)));
		if (layer instanceof GlobalAveragePool2D) {
			final double[][][] passed = single(layer, Map.of(), e, in.get(0));
			final double[][][] sizes = single(layer, Map.of(), sum(map(x, Math::abs), e), in.get(0));
			return sum(passed, map(sizes, s -> 1.01 * (in.get(0).plane() + 2) * U * s));
		}
		if (layer instanceof Add) {
			double[][][] passed = map(y, v -> 0), sizes = passed; // of the partial sums, at the most those of all inputs together
			for (int k = 0; k < errors.size(); k++) {
				passed = sum(passed, errors.get(k));
				sizes = sum(sizes, sum(map(inputs.get(k), Math::abs), errors.get(k)));
			}
			return sum(passed, map(sizes, s -> 1.01 * errors.size() * U * s));
		}
		// Flattening, pooling, up-sampling and concatenation do to the errors what they do to the values
		if (errors.size() == 1) return single(layer, Map.of(), e, in.get(0));
		final double[][][] joined = new double[e.length][][];
		for (int i = 0; i < e.length; i++) {
			final List<double[]> planes = new ArrayList<>();
			for (final double[][][] k : errors) planes.addAll(List.of(k[i]));
			joined[i] = planes.toArray(double[][]::new);
		}
		return joined;
	}

	private static double[][][] single(final Layer layer, final Map<String, double[]> weights, final double[][][] x, final Shape shape) {
		final Graph.Builder b = Graph.of(shape.channels());
		b.add("n", layer);
		return Reference.forward(b.build(), weights, x, shape.height(), shape.width(), false);
	}

	private static double[] absolute(final double[] a) {
		return Arrays.stream(a).map(Math::abs).toArray();
	}

	private static double[][][] sum(final double[][][] a, final double[][][] b) {
		final double[][][] s = map(a, v -> v);
		for (int i = 0; i < s.length; i++) for (int c = 0; c < s[i].length; c++) for (int p = 0; p < s[i][c].length; p++) s[i][c][p] += b[i][c][p];
		return s;
	}

	private static double[][][] map(final double[][][] a, final DoubleUnaryOperator f) {
		final double[][][] r = new double[a.length][][];
		for (int i = 0; i < r.length; i++) {
			r[i] = new double[a[i].length][];
			for (int c = 0; c < r[i].length; c++) r[i][c] = Arrays.stream(a[i][c]).map(f).toArray();
		}
		return r;
	}
}
