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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import sc.fiji.glia.engine.exec.Step.Turn;
import sc.fiji.glia.engine.exec.Steps.Ports;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * A network at inference. Safe for use by several threads: each call takes a set of buffers of its own, which later calls for the same
 * image size use again. An image's result does not depend on any other image.
 */
public final class Predictor {

	private static final Workers ONE = new Workers(1);
	/** Images of a batch are dealt to this many lanes at the most. */
	private static final int LANES = 8;

	private final Graph graph;
	private final Weights weights;
	private final Kernels kernels;
	/** Numbers and sizes of images whose buffers are kept at the most; when there is one more, all are made anew. */
	public static final int SIZES = 3;

	/** Number of times that the weights have changed. */
	private final AtomicInteger version = new AtomicInteger();
	private final Map<Key, Queue<Buffers>> spare = new ConcurrentHashMap<>();
	/** Dense weights in the order of the kernels, by name: one copy for all buffers. */
	private final Map<String, DenseWeights> dense = new ConcurrentHashMap<>();

	/** @param weights read by the first call; after they have changed call {@link #refresh} */
	public Predictor(final Graph graph, final Weights weights, final Kernels kernels) {
		this.graph = graph;
		this.weights = weights;
		this.kernels = kernels;
	}

	/**
	 * Bytes that are kept, at the most, for images of one size that go through the network together: feature maps on each thread, packed weights of convolutions,
	 * and the working memory of the threads. Vectors of images and dense weights are not counted.
	 *
	 * @param height rows
	 * @param width columns
	 * @param threads number of threads, or of images if they are fewer
	 */
	public static long bytes(final Graph graph, final int height, final int width, final Kernels kernels, final int threads) {
		final long maps = TrainingPlan.bytes(graph, height, width, threads, false, graph.weights().keySet(), kernels, threads);
		return maps + (kernels.isVector() ? threads * PlanBytes.packing(graph, new Shape(graph.inputChannels(), height, width), kernels.lanes()) : 0);
	}

	/** To be called when the weights have changed, before the next prediction. */
	public void refresh() {
		version.incrementAndGet();
	}

	/** The network. */
	public Graph graph() {
		return graph;
	}

	/**
	 * The network's output for one image.
	 *
	 * @param image planes {@code [channel][y * width + x]}
	 * @param height rows; must fit the network, see {@link sc.fiji.glia.engine.graph.FieldOfView}
	 * @param width columns, likewise
	 * @return new planes {@code [output channel][y * width + x]}
	 * @throws IllegalArgumentException if channels or size do not fit
	 */
	public float[][] predict(final float[][] image, final int height, final int width) {
		return predict(image, height, width, ONE);
	}

	/**
	 * As {@link #predict(float[][], int, int)}, with the same result.
	 *
	 * @param workers threads that share the work on the image; must not be busy with a task that waits for this
	 */
	public float[][] predict(final float[][] image, final int height, final int width, final Workers workers) {
		return predict(new float[][][] { image }, height, width, workers)[0];
	}

	/**
	 * The network's outputs for some images of one size. For networks with dense layers this is much faster than image by image; the results are
	 * the same bits.
	 *
	 * @param images planes {@code [image][channel][y * width + x]}
	 * @param height rows; must fit the network
	 * @param width columns, likewise
	 * @param workers threads to use; must not be busy with a task that waits for this
	 * @return new planes {@code [image][output channel][y * width + x]}
	 * @throws IllegalArgumentException if channels or size do not fit, or there are no images
	 */
	public float[][][] predict(final float[][][] images, final int height, final int width, final Workers workers) {
		if (images.length == 0) throw new IllegalArgumentException("Predictor: expected at least 1 image, got none");
		for (final float[][] image : images) if (image.length != images[0].length || Arrays.stream(image).anyMatch(p -> p.length != height * width))
			throw new IllegalArgumentException("Predictor: expected images of " + images[0].length + " planes of " + height + "x" + width +
				" values, got an image with other ones");
		final Key key = new Key(new Shape(images[0].length, height, width), images.length, Math.min(images.length, workers.count()));
		// NB: a folder may have images of hundreds of sizes
		if (spare.size() >= SIZES && !spare.containsKey(key)) spare.clear();
		final Queue<Buffers> queue = spare.computeIfAbsent(key, k -> new ConcurrentLinkedQueue<>());
		Buffers b = queue.poll();
		if (b == null) b = new Buffers(key);
		final float[][][] result = b.predict(images, version.get(), workers);
		queue.add(b);
		return result;
	}

	/** What buffers are made for. */
	private record Key(Shape shape, int images, int slots) {}

	private final class Buffers {

		private final int images;
		private final Shape out;
		private final float[][][] input, output;
		private final Steps steps;
		private final Stages forward = new Stages(LANES, false);
		private final List<Turn> turns = new ArrayList<>();
		/** Whether all images have feature maps of their own, or those at work only. */
		private final boolean keeps;
		/** Version of the weights that the steps have taken over. */
		private int packed = -1;

		Buffers(final Key key) {
			final List<Shape> shapes = graph.shapes(key.shape);
			out = shapes.get(shapes.size() - 1);
			images = key.images;
			input = new float[images][][];
			output = new float[images][][];
			final Ports ports = new Ports(input, output, new float[0][][], new float[0][][]);
			final Placement placement = new Placement(graph, key.shape, kernels, false);
			keeps = !placement.isMapsFirst();
			final int slots = keeps ? images : key.slots;
			final RowSteps rows = new RowSteps(placement, weights, kernels, new RowSteps.Way(1, images, 0, false, () -> 0, () -> packed, dense), input);
			steps = kernels.isVector() ? BlockSteps.of(graph, placement, weights, kernels.isExact(), false, slots, 0, () -> 0, rows, ports)
				: PlaneSteps.of(placement, weights, slots, 0, () -> 0, rows, ports);
			for (final Step s : steps.forward()) s.forward(forward);
		}

		float[][][] predict(final float[][][] from, final int number, final Workers workers) {
			System.arraycopy(from, 0, input, 0, images);
			final boolean isVector = !steps.rows().isEmpty();
			if (!isVector) for (int i = 0; i < images; i++) output[i] = new float[out.channels()][out.plane()];
			while (turns.size() < workers.count()) turns.add(new Turn());
			if (packed != number) {
				packed = number;
				workers.run(steps.forward().size(), (i, worker) -> steps.forward().get(i).beforeForward(turns.get(worker).scratch));
			}
			forward.run(images, workers, turns.toArray(Turn[]::new), keeps, turn -> {});
			final float[][][] result = output.clone();
			if (isVector) for (int i = 0, k = 0; i < images; i++) {
				result[i] = new float[out.channels()][1];
				for (final float[] value : result[i]) value[0] = steps.rows().of(0)[k++];
			}
			Arrays.fill(input, null);
			Arrays.fill(output, null);
			return result;
		}
	}
}
