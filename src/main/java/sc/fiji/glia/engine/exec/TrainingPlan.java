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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

import sc.fiji.glia.engine.exec.Step.Turn;
import sc.fiji.glia.engine.exec.Steps.Ports;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.WeightSpec;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * Forward and backward of a network for batches of images of one size. All memory is taken when the plan is made.
 * <p>
 * One step of training: fill {@link #input}, {@link #forward}, read {@link #logits}, fill {@link #logitGradient}, {@link #backward}, read
 * {@link #gradients}. Or, if the gradient of an image's logits depends on no other image, {@link #step}, which for most networks needs the
 * feature maps of a few images only. The gradients are the same bits whatever the number of threads, and either way. Not thread-safe.
 */
public final class TrainingPlan {

	/** Images of a batch are dealt to this many lanes at the most, and at most as many threads work at a time. */
	private static final int LANES = 8;

	private final int batch, lanes;
	private final boolean imageByImage;
	private final Workers workers;
	private final Turn[] turns;
	private final Ports ports;
	private final Steps steps;
	private final Stages forward, backward;
	private final Map<String, float[]> gradients = new LinkedHashMap<>();
	private long seed;

	/** A plan for whole batches, see {@link #TrainingPlan(Graph, Weights, int, int, int, boolean, Kernels, Workers)}. */
	public TrainingPlan(final Graph graph, final Weights weights, final int height, final int width, final int batch, final Kernels kernels,
		final Workers workers)
	{
		this(graph, weights, height, width, batch, false, kernels, workers);
	}

	/**
	 * @param graph the network; a final sigmoid or softmax is left out, losses work on logits
	 * @param weights read by every pass; the running statistics of batch norm are changed by {@link #forward}
	 * @param height rows of the images
	 * @param width columns of the images
	 * @param batch images in a batch, at the most
	 * @param steps whether only {@link #step} will be called; then no more feature maps are kept than needed
	 */
	public TrainingPlan(final Graph graph, final Weights weights, final int height, final int width, final int batch, final boolean steps,
		final Kernels kernels, final Workers workers)
	{
		if (batch < 1) throw new IllegalArgumentException("TrainingPlan: expected a batch of at least 1 image, got " + batch);
		this.batch = batch;
		this.workers = workers;
		lanes = Math.min(LANES, batch);
		imageByImage = steps && isImageByImage(graph);
		turns = new Turn[workers.count()];
		for (int i = 0; i < turns.length; i++) turns[i] = new Turn();
		final Graph logits = graph.logits();
		final Shape input = new Shape(graph.inputChannels(), height, width);
		final List<Shape> shapes = logits.shapes(input);
		final Shape output = shapes.get(shapes.size() - 1);
		ports = new Ports(planes(batch, input), planes(batch, output), planes(batch, output));
		this.steps = make(logits, input, weights, kernels);
		forward = new Stages(lanes);
		backward = new Stages(lanes);
		for (final Step s : this.steps.forward()) s.forward(forward);
		for (final Step s : this.steps.backward()) s.backward(backward);
		for (final Step s : this.steps.forward()) s.gradients(gradients);
	}

	private Steps make(final Graph logits, final Shape input, final Weights weights, final Kernels kernels) {
		final int slots = imageByImage ? Math.min(workers.count(), batch) : batch;
		final Placement placement = new Placement(logits, input, kernels.lanes(), true);
		if (kernels.isVector()) return BlockSteps.of(logits, placement, weights, kernels.isExact(), true, slots, lanes, () -> seed, ports);
		return PlaneSteps.of(placement, weights, slots, lanes, () -> seed, ports);
	}

	private static boolean isImageByImage(final Graph graph) {
		return graph.nodes().stream().noneMatch(n -> n.layer() instanceof BatchNorm || n.layer() instanceof Dense);
	}

	private static float[][][] planes(final int images, final Shape shape) {
		return new float[images][shape.channels()][shape.plane()];
	}

	/** Planes of image {@code i} to be filled, {@code [channel][y * width + x]}. */
	public float[][] input(final int i) {
		return ports.input()[i];
	}

	/** Planes of the last layer's output for image {@code i}, before sigmoid or softmax. */
	public float[][] logits(final int i) {
		return ports.output()[i];
	}

	/** Planes to be filled with the derivative of the loss by {@link #logits}. */
	public float[][] logitGradient(final int i) {
		return ports.outputGradient()[i];
	}

	/**
	 * Computes the logits, in training mode.
	 *
	 * @param images number of images in this batch
	 * @param seed for dropout, another one in each step
	 */
	public void forward(final int images, final long seed) {
		if (imageByImage) throw new IllegalStateException("TrainingPlan: made for steps only");
		start(images, seed);
		forward.run(images, workers, turns);
	}

	private void start(final int images, final long number) {
		if (images < 1 || images > batch) throw new IllegalArgumentException("TrainingPlan: expected 1 to " + batch + " images, got " + images);
		seed = number;
		workers.run(steps.forward().size(), (i, worker) -> steps.forward().get(i).beforeForward(turns[worker].scratch));
	}

	/** Computes the gradients of all learned weights, for the batch of the last {@link #forward}. */
	public void backward(final int images) {
		beforeBackward();
		backward.run(images, workers, turns);
		afterBackward();
	}

	private void beforeBackward() {
		workers.run(steps.backward().size(), (i, worker) -> steps.backward().get(i).beforeBackward());
	}

	private void afterBackward() {
		workers.run(steps.backward().size(), (i, worker) -> steps.backward().get(i).afterBackward());
	}

	/**
	 * Forward and backward in one go.
	 *
	 * @param images number of images in this batch
	 * @param seed for dropout, another one in each step
	 * @param loss given the number of an image, reads its logits and fills the gradient of its logits; called once for each image, for
	 *          several images at a time
	 */
	public void step(final int images, final long seed, final IntConsumer loss) {
		if (!imageByImage) {
			forward(images, seed);
			workers.run(images, (i, worker) -> loss.accept(i));
			backward(images);
			return;
		}
		start(images, seed);
		beforeBackward();
		Stages.each(images, lanes, workers, turns, turn -> {
			forward.run(turn);
			loss.accept(turn.image);
			backward.run(turn);
		});
		afterBackward();
	}

	/** The gradient of every learned array of weights, by name; overwritten by each {@link #backward}. */
	public Map<String, float[]> gradients() {
		return Collections.unmodifiableMap(gradients);
	}

	/** As {@link #bytes(Graph, int, int, int, boolean, Kernels, int)}, for whole batches and the kernels of this machine. */
	public static long bytes(final Graph graph, final int height, final int width, final int batch) {
		return bytes(graph, height, width, batch, false, KernelProvider.best(), 1);
	}

	/** Bytes that a plan with these sizes will take, without making it: feature maps, gradients, lanes and packed weights. */
	public static long bytes(final Graph graph, final int height, final int width, final int batch, final boolean steps, final Kernels kernels,
		final int threads)
	{
		final Graph logits = graph.logits();
		final Shape input = new Shape(graph.inputChannels(), height, width);
		final Placement placement = new Placement(logits, input, kernels.lanes(), true);
		final boolean blocks = kernels.isVector();
		final long image = blocks ? BlockSteps.bytes(logits, placement, kernels.lanes()) : PlaneSteps.bytes(placement), output = placement.shape(placement.count() - 1).size();
		final int slots = steps && isImageByImage(graph) ? Math.min(threads, batch) : batch;
		long weights = 0;
		for (final WeightSpec w : graph.weights().values()) weights += w.length();
		// a gradient, sums by lane, and packed for both directions; Winograd's are four times as many
		return slots * image + 4 * batch * (input.size() + 2 * output) + 4 * weights * (1 + Math.min(LANES, batch) + (blocks ? kernels.isExact() ? 2 : 8 : 1));
	}
}
