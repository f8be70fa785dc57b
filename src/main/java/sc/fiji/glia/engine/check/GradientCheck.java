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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Shape;

/**
 * Compares gradients with central differences {@code (L(w + h) - L(w - h)) / 2h} of the {@link Reference} in training mode.
 * <p>
 * A ReLU or a pooling whose argument changes sides within the step makes the difference depend on {@code h}: the step is halved until
 * {@code h} and {@code h / 2} agree. Where the loss has a corner exactly at the weight (one-sided differences that do not approach each
 * other) there is no gradient to compare with; such entries are counted and left out.
 *
 * @param graph the network; a final sigmoid or softmax is left out, as losses work on logits
 * @param weights the weights in double precision
 * @param batch the images, {@code [image][channel][y * width + x]}
 * @param height rows of each image, in pixels
 * @param width columns of each image, in pixels
 * @param labels classes, {@code [image][pixel of the output]}, 255 for pixels that do not count
 * @param loss the loss
 * @param factors of the dropout nodes, see {@link Reference#nodes}
 */
public record GradientCheck(Graph graph, Map<String, double[]> weights, double[][][] batch, int height, int width, byte[][] labels,
	ReferenceLoss loss, Map<String, double[][][]> factors)
{

	/** About the cube root of the precision of doubles: truncation and rounding of a central difference are then alike. */
	private static final double STEP = 1e-5;
	private static final int HALVINGS = 10;
	/** Values of all layers from which on arrays are checked by several threads. */
	private static final long LARGE = 50_000;

	/**
	 * The comparison of one array of weights.
	 *
	 * @param array full name of the array
	 * @param error the greatest {@code |a - n| / max(|a|, |n|, floor)}
	 * @param index where it is
	 * @param analytic the gradient given, there
	 * @param numeric the central difference, there
	 * @param checked number of entries compared
	 * @param corners number of entries left out because the loss has no gradient there
	 * @param norm the error of the compared entries taken together, {@code |a - n| / (|a| + |n|)} with Euclidean norms: 0 if all agree, 1 if the
	 *          sign or the whole gradient is wrong
	 * @param largest the greatest {@code max(|a|, |n|)}
	 * @param entry the greatest {@code |a - n| / max(|a|, |n|)} where {@code max(|a|, |n|)} is above the floor
	 */
	public record Result(String array, double error, int index, double analytic, double numeric, int checked, int corners, double norm, double largest,
		double entry)
	{}

	/** @throws IllegalArgumentException if the images do not fit the network, or an array is missing or of another length */
	public GradientCheck {
		graph = graph.logits();
		Reference.check(graph, weights, batch, height, width);
	}

	/** Without dropout. */
	public GradientCheck(final Graph graph, final Map<String, double[]> weights, final double[][][] batch, final int height, final int width,
		final byte[][] labels, final ReferenceLoss loss)
	{
		this(graph, weights, batch, height, width, labels, loss, Map.of());
	}

	/** The loss of the batch. */
	public double value() {
		final List<double[][][]> all = Reference.nodes(graph, weights, batch, height, width, true, factors);
		return loss.value(all.get(all.size() - 1), labels);
	}

	/**
	 * Compares the gradients of all learned arrays.
	 *
	 * @param gradients the gradient of the loss for each learned array
	 * @param most entries to look at in each array; of longer arrays, half as many where the gradient is greatest, and as many drawn at random
	 * @param seed of the draw
	 * @param floor below this, and below 1 % of the array's greatest gradient, errors count as absolute ones; a number well above the
	 *          rounding error of the sums behind the gradient
	 * @return one result for each array, in the order of the graph
	 * @throws IllegalArgumentException if a gradient is missing or of another length
	 */
	public List<Result> compare(final Map<String, float[]> gradients, final int most, final long seed, final double floor) {
		return compare(gradients, name -> most, seed, floor);
	}

	/** As {@link #compare(Map, int, long, double)}, with the most entries to look at for each name of an array. */
	public List<Result> compare(final Map<String, float[]> gradients, final ToIntFunction<String> most, final long seed, final double floor) {
		return compare(gradients, most, seed, floor, () -> {});
	}

	/** @param each run before each entry, by several threads; what it throws ends the comparison */
	public List<Result> compare(final Map<String, float[]> gradients, final ToIntFunction<String> most, final long seed, final double floor,
		final Runnable each)
	{
		final List<double[][][]> outputs = Reference.nodes(graph, weights, batch, height, width, true, factors);
		final SplittableRandom random = new SplittableRandom(seed);
		final Map<String, int[]> entries = new LinkedHashMap<>();
		graph.weights().forEach((name, spec) -> {
			if (!spec.learned()) return;
			final float[] g = gradients.get(name);
			if (g == null || g.length != spec.length()) throw new IllegalArgumentException("GradientCheck: expected " + spec.length() +
				" gradients for '" + name + "', got " + (g == null ? "none" : g.length));
			entries.put(name, entries(g, most.applyAsInt(name), random));
		});
		// NB: for small networks threads cost more than they save
		final boolean large = outputs.stream().mapToLong(o -> (long) o.length * o[0].length * o[0][0].length).sum() > LARGE;
		final Stream<String> names = large ? entries.keySet().parallelStream() : entries.keySet().stream();
		return names.map(name -> compare(name, gradients.get(name), differences(name, entries.get(name), outputs, each), floor)).toList();
	}

	/**
	 * How far the batch is from where the loss has no derivative: the least of {@code |x|} of all arguments of ReLUs, and of the differences of the
	 * greatest two numbers in a pooling, each in units of the root mean square of the layer's input. Rounding must be well below that for two
	 * computations to take the same side. Maxima that are equal to the last bits are left out: where an image is constant it does not matter which
	 * is taken.
	 */
	public double margin() {
		final List<double[][][]> outputs = Reference.nodes(graph, weights, batch, height, width, true, factors);
		final List<Shape> shapes = graph.shapes(height, width);
		double least = Double.POSITIVE_INFINITY;
		for (int n = 1; n < outputs.size(); n++) {
			final Node node = graph.nodes().get(n);
			final double[][][] x = outputs.get(node.inputs().get(0));
			final int columns = shapes.get(node.inputs().get(0)).width();
			final double size = Math.sqrt(Arrays.stream(x).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).map(v -> v * v).average().orElse(0));
			for (final double[][] image : x) for (final double[] c : image) {
				if (node.layer() instanceof ReLU || node.layer() instanceof LeakyReLU) for (final double v : c) least = Math.min(least, Math.abs(v) / size);
				if (node.layer() instanceof final MaxPool2D p) least = Math.min(least, gap(c, columns, p.size(), 1e-12 * size) / size);
			}
		}
		return least;
	}

	/** The least difference of the greatest two numbers of a square, where it is above {@code same}. */
	private static double gap(final double[] x, final int columns, final int size, final double same) {
		double least = Double.POSITIVE_INFINITY;
		for (int i = 0; i < x.length / columns; i += size) for (int j = 0; j < columns; j += size) {
			double first = Double.NEGATIVE_INFINITY, second = first;
			for (int u = 0; u < size * size; u++) {
				final double v = x[(i + u / size) * columns + j + u % size];
				second = Math.max(second, Math.min(v, first));
				first = Math.max(first, v);
			}
			if (first - second > same) least = Math.min(least, first - second);
		}
		return least;
	}

	/** The central difference for some entries of an array, by index; NaN at a corner. */
	private Map<Integer, Double> differences(final String name, final int[] entries, final List<double[][][]> outputs, final Runnable each) {
		final int node = IntStream.range(0, graph.nodes().size()).filter(i -> name.startsWith(graph.nodes().get(i).name() + ".") && //
			name.lastIndexOf('.') == graph.nodes().get(i).name().length()).findFirst().getAsInt();
		final List<Shape> shapes = graph.shapes(height, width);
		final List<double[][][]> scratch = new ArrayList<>(outputs);
		final Map<Integer, Double> differences = new LinkedHashMap<>();
		final Map<String, double[]> changed = new LinkedHashMap<>(weights);
		final double[] a = changed.compute(name, (n, w) -> w.clone());
		for (final int i : entries) {
			each.run();
			differences.put(i, difference(a[i], h -> {
				final double before = a[i];
				a[i] = before + h;
				Reference.resume(graph, changed, shapes, node, scratch, true, factors);
				a[i] = before;
				return loss.value(scratch.get(scratch.size() - 1), labels);
			}));
		}
		return differences;
	}

	private double difference(final double weight, final DoubleUnaryOperator lossAt) {
		final double middle = lossAt.applyAsDouble(0);
		double best = Double.NaN, leastChange = Double.POSITIVE_INFINITY, previous = Double.NaN, previousGap = Double.NaN;
		boolean corner = false;
		double h = STEP * Math.max(1, Math.abs(weight));
		for (int k = 0; k <= HALVINGS; k++, h /= 2) {
			final double up = lossAt.applyAsDouble(h), down = lossAt.applyAsDouble(-h), slope = (up - down) / (2 * h);
			final double gap = Math.abs((up - middle) - (middle - down)) / h; // of the one-sided slopes; halves with h where the loss is smooth
			final double noise = 64 * Math.ulp(Math.max(1, middle)) / h, change = Math.abs(slope - previous);
			if (change < leastChange) {
				leastChange = change;
				best = previous; // its rounding error is half that of slope
				corner = gap > 0.75 * previousGap && gap > Math.max(4 * noise, 1e-4 * Math.abs(slope));
			}
			if (change <= Math.max(1e-7 * Math.abs(slope), noise)) break;
			previous = slope;
			previousGap = gap;
		}
		return corner ? Double.NaN : best;
	}

	private static Result compare(final String name, final float[] gradient, final Map<Integer, Double> numeric, final double floor) {
		final double greatest = numeric.values().stream().filter(n -> !n.isNaN()).mapToDouble(Math::abs).max().orElse(0);
		double worst = -1, difference = 0, analytic = 0, norm = 0, largest = 0, entry = 0;
		int index = 0, corners = 0;
		for (final int i : numeric.keySet()) {
			final double n = numeric.get(i), a = gradient[i];
			if (Double.isNaN(n)) {
				corners++;
				continue;
			}
			final double size = Double.isNaN(a) ? Double.POSITIVE_INFINITY : Math.max(Math.abs(a), Math.abs(n));
			final double scale = Math.max(size, Math.max(floor, 0.01 * greatest));
			// A gradient that is not a number is as wrong as can be
			final double error = Double.isNaN(a) ? Double.POSITIVE_INFINITY : Math.abs(a - n) / scale;
			if (error > worst) {
				worst = error;
				index = i;
			}
			difference = Math.hypot(difference, a - n);
			analytic = Math.hypot(analytic, a);
			norm = Math.hypot(norm, n);
			largest = Math.max(largest, size);
			if (size > floor) entry = Math.max(entry, Double.isNaN(a) ? error : Math.abs(a - n) / size);
		}
		final double together = Double.isNaN(analytic) ? Double.POSITIVE_INFINITY : difference == 0 ? 0 : difference / (analytic + norm);
		return new Result(name, Math.max(0, worst), index, gradient[index], numeric.getOrDefault(index, Double.NaN), numeric.size() - corners, corners, together,
			largest, entry);
	}

	/** All indices, or {@code most} different ones: half of them where the gradient is greatest, the others drawn at random. */
	private static int[] entries(final float[] gradient, final int most, final SplittableRandom random) {
		final int length = gradient.length;
		final int[] all = IntStream.range(0, length).toArray();
		if (length <= most) return all;
		for (int i = 0; i < most; i++) {
			int k = i + random.nextInt(length - i);
			if (i < most / 2) for (int j = k = i; j < length; j++) if (Math.abs(gradient[all[j]]) > Math.abs(gradient[all[k]])) k = j;
			final int swap = all[i];
			all[i] = all[k];
			all[k] = swap;
		}
		return Arrays.copyOf(all, most);
	}
}
