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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import sc.fiji.glia.engine.check.GradientCheck;
import sc.fiji.glia.engine.check.GradientCheck.Result;
import sc.fiji.glia.engine.check.Reference;
import sc.fiji.glia.engine.check.ReferenceLoss;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.WeightSpec;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Loss;

/**
 * Holds the gradients that training computes, in floats, against central differences of the double-precision reference, for each array of
 * weights, with dropout, batch statistics and the loss of training with class weights and label smoothing.
 */
public final class GradientChecking {

	/** The greatest relative error of an array that passes. */
	public static final double TOLERANCE = 1e-5;
	/** Gradients below this count as 0. */
	public static final double FLOOR = 1e-6;
	/** Multiplications that the differences of an array may take; but this many entries are looked at in any case, and so many at the most. */
	private static final double WORK = 2e8;
	private static final int LEAST = 6, MOST = 60;
	/** Evaluations of the loss that a central difference takes. */
	private static final int EVALUATIONS = 5;
	/** Batches to choose from, and the share of the time that this takes, about. */
	private static final int DRAWS = 12;
	private static final double DRAWING = 0.1;

	/**
	 * What became of one array.
	 *
	 * @param array full name
	 * @param checked number of entries compared
	 * @param corners number of entries left out, because the loss has no derivative there
	 * @param largest greatest gradient among them, analytic or numeric
	 * @param worstEntry greatest {@code |a - n| / max(|a|, |n|)} of an entry where that maximum is above {@link #FLOOR}
	 * @param error {@code |a - n| / (|a| + |n|)} with the Euclidean norms over the compared entries
	 * @param ok whether the error is at most {@link #TOLERANCE}, or no gradient is above {@link #FLOOR}; and something was compared
	 */
	public record Row(String array, int checked, int corners, double largest, double worstEntry, double error, boolean ok) {}

	private final Graph graph;
	private final Weights weights;
	private final int height, width, images;
	private final long seed;
	private final Loss loss;
	/** The images to check with; none if they are to be drawn. */
	private final float[][][] given;
	private float[][][] batch = {};
	private final byte[][] labels;

	private GradientChecking(final Graph graph, final Weights weights, final int height, final int width, final float[][][] given, final byte[][] labels,
		final long seed)
	{
		this.graph = graph;
		this.weights = weights.copy(graph); // running statistics change
		this.height = height;
		this.width = width;
		this.images = labels.length;
		this.given = given;
		this.labels = labels;
		this.seed = seed;
		final int classes = Math.max(2, graph.outputChannels());
		loss = new Loss(1, graph.readsWholeImage() ? 0 : 0.5, IntStream.range(0, classes).mapToObj(c -> 1 + c / (double) classes).toList(), 0.1);
	}

	/** Classes to check with, {@code [image][pixel of the output]}: every class in turn; of segmentations, some pixels do not count. */
	public static byte[][] labels(final Graph graph, final int height, final int width, final int images) {
		final List<Shape> shapes = graph.shapes(height, width);
		final int classes = Math.max(2, graph.outputChannels());
		final byte[][] labels = new byte[images][shapes.get(shapes.size() - 1).plane()];
		for (int b = 0; b < images; b++) for (int i = 0; i < labels[b].length; i++) labels[b][i] = labels[b].length > 1 && i % 7 == 3 ? Loss.IGNORE
			: (byte) ((b + i / 2) % classes);
		return labels;
	}

	/** The images given, a little brighter with each draw; or random ones that are 0 in the left half. */
	private void draw(final int number) {
		if (given.length > 0) {
			batch = new float[images][graph.inputChannels()][height * width];
			for (int b = 0; b < images; b++) for (int c = 0; c < batch[b].length; c++) for (int i = 0; i < batch[b][c].length; i++) batch[b][c][i] =
				given[b][c][i] * (1 + number / 64f);
			return;
		}
		final SplittableRandom random = new SplittableRandom(seed * DRAWS + number);
		batch = new float[images][graph.inputChannels()][height * width];
		for (final float[][] image : batch) for (final float[] c : image) for (int i = 0; i < c.length; i++) {
			c[i] = i % width < width / 2 ? 0 : (float) random.nextDouble(-1.5, 1.5);
		}
	}

	/** {@link #check(Graph, Weights, int, int, int, long, Kernels)} with the best kernels of this Java. */
	public static List<Row> check(final Graph graph, final Weights weights, final int height, final int width, final int images, final long seed) {
		return check(graph, weights, height, width, images, seed, KernelProvider.best());
	}

	/**
	 * Checks the gradient of all learned arrays, for random images that are 0 in the left half, so that there are equal maxima for a pooling to
	 * choose from; of some batches the one where no ReLU or pooling is on the edge. Of long arrays some entries are drawn.
	 *
	 * @param weights stay as they are; see {@link #weights}
	 * @param height rows of the images; few are enough, since the time grows with them
	 * @param width columns of the images
	 * @param images images of the batch
	 * @param seed of images, dropout and drawn entries
	 * @return one row for each learned array, in the order of the graph
	 */
	public static List<Row> check(final Graph graph, final Weights weights, final int height, final int width, final int images, final long seed,
		final Kernels kernels)
	{
		return check(graph, weights, height, width, images, seed, kernels, g -> g);
	}

	/** @param change what is done to the gradients before they are compared, so that tests can spoil them */
	static List<Row> check(final Graph graph, final Weights weights, final int height, final int width, final int images, final long seed,
		final Kernels kernels, final UnaryOperator<Map<String, float[]>> change)
	{
		return new GradientChecking(graph, weights, height, width, new float[0][][], labels(graph, height, width, images), seed).rows(kernels, change, p -> {},
			() -> false);
	}

	/**
	 * As {@link #check(Graph, Weights, int, int, int, long, Kernels)}, with given images.
	 *
	 * @param images {@code [image][channel][y * width + x]}, as they enter the network; the check may make them up to a fifth brighter
	 * @param labels classes, {@code [image][pixel of the output]}: one for each image if the network gives a vector
	 * @throws IllegalArgumentException if they do not fit the network
	 */
	public static List<Row> check(final Graph graph, final Weights weights, final int height, final int width, final float[][][] images,
		final byte[][] labels, final long seed, final Kernels kernels)
	{
		if (images.length == 0 || images.length != labels.length) throw new IllegalArgumentException("GradientChecking: expected as many images as labels, got " +
			images.length + " and " + labels.length);
		return check(graph, weights, height, width, images, labels, seed, kernels, p -> {}, () -> false);
	}

	/**
	 * As the others, for someone who waits.
	 *
	 * @param images as they enter the network; none to draw as many as there are labels
	 * @param labels see {@link #labels}
	 * @param progress hears the finished share, 0 to 1, from several threads
	 * @param cancelled asked now and then, by several threads
	 * @throws CancellationException if {@code cancelled} says so
	 */
	public static List<Row> check(final Graph graph, final Weights weights, final int height, final int width, final float[][][] images,
		final byte[][] labels, final long seed, final Kernels kernels, final DoubleConsumer progress, final BooleanSupplier cancelled)
	{
		return new GradientChecking(graph, weights, height, width, images, labels, seed).rows(kernels, g -> g, progress, cancelled);
	}

	private List<Row> rows(final Kernels kernels, final UnaryOperator<Map<String, float[]>> change, final DoubleConsumer progress,
		final BooleanSupplier cancelled)
	{
		try (Workers workers = new Workers(1)) {
			final GradientCheck check = best(kernels, workers, share -> progress.accept(DRAWING * share), cancelled);
			final ToIntFunction<String> entries = entries();
			final int all = graph.weights().entrySet().stream().filter(w -> w.getValue().learned()).mapToInt(w -> Math.min(w.getValue().length(), entries.applyAsInt(w
				.getKey()))).sum();
			final AtomicInteger begun = new AtomicInteger();
			return check.compare(change.apply(step(kernels, workers).gradients()), entries, seed, FLOOR, () -> {
				stopIf(cancelled);
				progress.accept(DRAWING + (1 - DRAWING) * begun.getAndIncrement() / all);
			}).stream().map(GradientChecking::row).toList();
		}
	}

	private static void stopIf(final BooleanSupplier cancelled) {
		if (cancelled.getAsBoolean()) throw new CancellationException();
	}

	/**
	 * Draws the batch that is farthest from corners of the loss: where a ReLU's argument is closer to 0 than floats are precise, training may take the
	 * derivative of the other side, which is no mistake.
	 */
	private GradientCheck best(final Kernels kernels, final Workers workers, final DoubleConsumer progress, final BooleanSupplier cancelled) {
		double greatest = -1;
		int best = 0;
		for (int n = 0; n < DRAWS; n++) {
			stopIf(cancelled);
			progress.accept(n / (double) DRAWS);
			draw(n);
			final double margin = check(kernels, workers).margin();
			if (margin > greatest) {
				greatest = margin;
				best = n;
			}
		}
		draw(best);
		return check(kernels, workers);
	}

	private GradientCheck check(final Kernels kernels, final Workers workers) {
		final ReferenceLoss reference = new ReferenceLoss(loss.crossEntropy(), loss.dice(), loss.classWeights(), loss.smoothing());
		final EngineStep step = step(kernels, workers);
		return new GradientCheck(graph, Reference.weights(weights), step.images(), height, width, labels, reference, step.dropped());
	}

	private EngineStep step(final Kernels kernels, final Workers workers) {
		return new EngineStep(graph, weights, height, width, batch, labels, loss, seed, kernels, workers);
	}

	private static Row row(final Result r) {
		return new Row(r.array(), r.checked(), r.corners(), r.largest(), r.entry(), r.norm(), r.checked() > 0 && (r.norm() <= TOLERANCE || r.largest() <= FLOOR));
	}

	/** Weights to check a network with: by He et al. 2015, but biases and scales drawn too, so that no ReLU stands exactly at its corner. */
	public static Weights weights(final Graph graph, final long seed) {
		final Weights weights = Initialization.HE.weights(graph, seed);
		final SplittableRandom random = new SplittableRandom(seed);
		graph.weights().forEach((name, spec) -> {
			final float[] a = weights.get(name);
			if (spec.learned() && spec.start() != WeightSpec.Start.RANDOM) for (int i = 0; i < a.length; i++) a[i] += (float) random.nextDouble(-0.3, 0.3);
		});
		return weights;
	}

	/** How many entries of an array to look at: each takes as long as the layers from there on. */
	private ToIntFunction<String> entries() {
		final List<Shape> shapes = graph.shapes(height, width);
		final Map<String, Integer> most = new LinkedHashMap<>();
		double work = 0;
		for (int i = shapes.size() - 1; i > 0; i--) {
			final Node n = graph.nodes().get(i);
			final List<String> names = new ArrayList<>();
			double perOutput = 4;
			for (final WeightSpec w : n.layer().weights(shapes.get(n.inputs().get(0)).channels())) {
				names.add(n.name() + "." + w.name());
				if (w.start() == WeightSpec.Start.RANDOM) perOutput += w.length() / (double) w.shape().get(0);
			}
			work += (double) images * shapes.get(i).size() * perOutput;
			for (final String name : names) most.put(name, (int) Math.max(LEAST, Math.min(MOST, WORK / (EVALUATIONS * work))));
		}
		return most::get;
	}
}
