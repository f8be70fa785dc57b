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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

import sc.fiji.glia.engine.exec.Placement.Wanted;
import sc.fiji.glia.engine.exec.RowStep.Rows;
import sc.fiji.glia.engine.exec.Step.Turn;
import sc.fiji.glia.engine.exec.Steps.Ports;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * Forward and backward of a network for batches of images of one size. All memory is taken when the plan is made, but for what only some
 * callers need.
 * <p>
 * One step of training: fill {@link #input}, {@link #forward}, read {@link #logits}, fill {@link #logitGradient}, {@link #backward}, read
 * {@link #gradients}. Or, if the gradient of an image's logits depends on no other image, {@link #step}, which for most networks needs the
 * feature maps of a few images only; or {@link #stepRows}, for networks that give one vector for each image. The gradients are the same bits
 * whatever the number of threads. Not thread-safe.
 * <p>
 * Weights may be frozen: then they must not change as long as the plan is used, and nothing is computed or kept for gradients that only they
 * would have. The gradients of the others are the same bits. Below the lowest layer that learns there is no backward pass.
 * <p>
 * Weights of dense layers may be too many for a gradient of their own and a copy in each step: see {@link #updateWith}.
 */
public final class TrainingPlan {

	/** Images of a batch are dealt to this many lanes at the most, and at most as many threads work at a time. */
	static final int LANES = 8;
	/** Rows that go through the network together, where it works on vectors only; and the least batch for that. */
	static final int BLOCK = 64, MANY = LANES * BLOCK;

	/** In what order a step is done. */
	enum Way {
		/** Layer by layer. */
		WHOLE,
		/** Layer by layer, but for the feature maps: these are frozen, so that an image is done with them before the next. */
		FROZEN_MAPS,
		/** Likewise the feature maps of one image after the other, though they learn: they are computed once more before their backward pass. */
		TWICE,
		/** One image from beginning to end, then the next. */
		IMAGES,
		/** Likewise with blocks of vectors. */
		BLOCKS
	}

	private final int batch, lanes;
	private final Way way;
	private final Workers workers;
	private final Turn[] turns;
	private final Ports ports;
	private final Steps steps;
	/** Steps whose weights change. */
	private final List<Step> learning;
	private final Set<String> frozen;
	private final Stages forward, backward;
	/** Forward of what is on feature maps, without what makes vectors of them. */
	private final Stages maps;
	private boolean isPrepared;
	/** The logits of a network that gives vectors, and their gradients, image by image; made when first asked for. */
	private float[][][] vectors = {}, vectorGradients = {};
	private long seed, pass;

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
	 * @param steps whether only {@link #step} or {@link #stepRows} will be called; then no more feature maps are kept than needed
	 */
	public TrainingPlan(final Graph graph, final Weights weights, final int height, final int width, final int batch, final boolean steps,
		final Kernels kernels, final Workers workers)
	{
		this(graph, weights, height, width, batch, steps, Set.of(), kernels, workers);
	}

	/**
	 * As {@link #TrainingPlan(Graph, Weights, int, int, int, boolean, Kernels, Workers)}, in which some weights do not learn.
	 *
	 * @param frozen full names of the learned arrays of weights that stay as they are
	 */
	public TrainingPlan(final Graph graph, final Weights weights, final int height, final int width, final int batch, final boolean steps,
		final Set<String> frozen, final Kernels kernels, final Workers workers)
	{
		this(graph, weights, height, width, batch, steps, Thrift.NONE, frozen, kernels, workers);
	}

	/** As {@link #TrainingPlan(Graph, Weights, int, int, int, boolean, Set, Kernels, Workers)}, with less memory. */
	public TrainingPlan(final Graph graph, final Weights weights, final int height, final int width, final int batch, final boolean steps,
		final Thrift thrift, final Set<String> frozen, final Kernels kernels, final Workers workers)
	{
		this(graph, weights, height, width, batch, steps, thrift, new Wanted(frozen, false), kernels, workers);
	}

	/**
	 * A plan that computes the derivative of the loss by the images, see {@link #inputGradient}, and all weights are frozen; parameters are those of
	 * {@link #TrainingPlan(Graph, Weights, int, int, int, boolean, Kernels, Workers)}.
	 */
	public static TrainingPlan withInputGradient(final Graph graph, final Weights weights, final int height, final int width, final int batch,
		final boolean steps, final Kernels kernels, final Workers workers)
	{
		return new TrainingPlan(graph, weights, height, width, batch, steps, Thrift.NONE, forInput(graph), kernels, workers);
	}

	private static Wanted forInput(final Graph graph) {
		return new Wanted(graph.weights().keySet(), true);
	}

	private TrainingPlan(final Graph graph, final Weights weights, final int height, final int width, final int batch, final boolean steps,
		final Thrift thrift, final Wanted wanted, final Kernels kernels, final Workers workers)
	{
		if (batch < 1) throw new IllegalArgumentException("TrainingPlan: expected a batch of at least 1 image, got " + batch);
		this.batch = batch;
		this.workers = workers;
		frozen = Set.copyOf(wanted.frozen());
		lanes = Math.min(LANES, batch);
		turns = new Turn[workers.count()];
		for (int i = 0; i < turns.length; i++) turns[i] = new Turn();
		final Graph logits = graph.logits();
		final Shape input = new Shape(graph.inputChannels(), height, width);
		final Placement placement = new Placement(logits, input, kernels, true, wanted);
		way = way(placement, steps, thrift, batch);
		final int images = placement.endsInVector() ? 0 : batch;
		final Shape output = placement.shape(placement.count() - 1);
		ports = new Ports(planes(batch, input), planes(images, output), planes(images, output), planes(wanted.input() ? batch : 0, input));
		this.steps = make(logits, placement, weights, slots(way, batch, Math.min(workers.count(), batch), thrift), kernels);
		learning = this.steps.forward().stream().filter(Step::learns).toList();
		final boolean together = thrift == Thrift.ONE && way != Way.WHOLE;
		forward = new Stages(lanes, together);
		backward = new Stages(lanes, together);
		maps = new Stages(lanes, together);
		for (final Step s : this.steps.forward()) {
			s.forward(forward);
			if (way == Way.TWICE && s.isOfMaps()) s.forward(maps);
		}
		for (final Step s : this.steps.backward()) s.backward(backward);
	}

	private Steps make(final Graph logits, final Placement placement, final Weights weights, final int slots, final Kernels kernels) {
		final int threads = Math.min(workers.count(), batch);
		final boolean blocks = way == Way.BLOCKS;
		final RowSteps rows = new RowSteps(placement, weights, kernels, new RowSteps.Way(blocks ? threads : 1, blocks ? BLOCK : batch, blocks ? lanes : 0,
			true, () -> seed, () -> pass, new ConcurrentHashMap<>()), ports.input());
		if (kernels.isVector()) return BlockSteps.of(logits, placement, weights, kernels.isExact(), true, slots, lanes, () -> seed, rows, ports);
		return PlaneSteps.of(placement, weights, slots, lanes, () -> seed, rows, ports);
	}

	static Way way(final Placement placement, final boolean steps, final Thrift thrift, final int batch) {
		boolean norm = false, normOfMaps = false, vectors = false;
		for (int i = 0; i < placement.count(); i++) {
			final boolean isNorm = placement.node(i).layer() instanceof BatchNorm;
			norm |= isNorm;
			normOfMaps |= isNorm && !placement.isVector(i);
			vectors |= placement.isVector(i);
		}
		if (steps && !norm && placement.isAllVectors() && batch >= MANY) return Way.BLOCKS;
		if (steps && !norm && !vectors) return Way.IMAGES;
		if (normOfMaps || !placement.isMapsFirst() || placement.isAllVectors()) return Way.WHOLE;
		if (placement.learnsInVectorsOnly() && placement.endsInVector()) return Way.FROZEN_MAPS;
		return thrift == Thrift.NONE ? Way.WHOLE : Way.TWICE;
	}

	/** Number of images whose feature maps are kept at a time. */
	static int slots(final Way way, final int batch, final int threads, final Thrift thrift) {
		if (way == Way.WHOLE) return batch;
		return thrift == Thrift.ONE ? 1 : Math.min(threads, batch);
	}

	private boolean isByLayers() {
		return way == Way.WHOLE || way == Way.FROZEN_MAPS || way == Way.TWICE;
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
		return isVector() ? vectors()[i] : ports.output()[i];
	}

	/** Planes to be filled with the derivative of the loss by {@link #logits}. */
	public float[][] logitGradient(final int i) {
		if (!isVector()) return ports.outputGradient()[i];
		vectors();
		return vectorGradients[i];
	}

	/**
	 * Planes of the derivative of the loss by {@link #input}, {@code [channel][y * width + x]}; overwritten by each backward pass. NB: in training
	 * mode, where {@link BatchNorm} makes an image's logits depend on all images; see {@link sc.fiji.glia.engine.graph.FoldedNetwork} for inference.
	 *
	 * @throws IllegalStateException if the plan was not made {@link #withInputGradient}
	 */
	public float[][] inputGradient(final int i) {
		if (ports.inputGradient().length == 0) throw new IllegalStateException("TrainingPlan: made without the gradient of the input; use withInputGradient");
		return ports.inputGradient()[i];
	}

	private boolean isVector() {
		return !steps.rows().isEmpty();
	}

	private synchronized float[][][] vectors() {
		if (vectors.length == 0) {
			vectorGradients = new float[batch][steps.rows().width()][1];
			vectors = new float[batch][steps.rows().width()][1];
		}
		return vectors;
	}

	/** Copies rows to the planes of images. */
	private void toImages(final float[] rows, final int at, final float[][][] images, final int first, final int count) {
		for (int i = first, k = at; i < first + count; i++) for (final float[] plane : images[i]) plane[0] = rows[k++];
	}

	/** Copies planes of images to rows. */
	private void toRows(final float[][][] images, final int first, final int count, final float[] rows, final int at) {
		for (int i = first, k = at; i < first + count; i++) for (final float[] plane : images[i]) rows[k++] = plane[0];
	}

	/**
	 * Computes the logits, in training mode.
	 *
	 * @param images number of images in this batch
	 * @param seed for dropout, another one in each step
	 */
	public void forward(final int images, final long seed) {
		if (!isByLayers()) throw new IllegalStateException("TrainingPlan: made for steps only");
		start(images, seed);
		forward.run(images, workers, turns, way == Way.WHOLE, turn -> {});
		if (isVector()) toImages(steps.rows().of(0), 0, vectors(), 0, images);
	}

	private void start(final int images, final long number) {
		if (images < 1 || images > batch) throw new IllegalArgumentException("TrainingPlan: expected 1 to " + batch + " images, got " + images);
		seed = number;
		pass++;
		final List<Step> changed = isPrepared ? learning : steps.forward();
		workers.run(changed.size(), (i, worker) -> changed.get(i).beforeForward(turns[worker].scratch));
		isPrepared = true;
	}

	/** Computes the gradients of all weights that learn, for the batch of the last {@link #forward}; once, since it overwrites feature maps. */
	public void backward(final int images) {
		if (isVector()) {
			vectors();
			toRows(vectorGradients, 0, images, steps.rowGradients().of(0), 0);
		}
		backwardOfRows(images);
	}

	private void backwardOfRows(final int images) {
		beforeBackward();
		backward.run(images, workers, turns, way != Way.TWICE, maps::run);
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
		if (way == Way.IMAGES) {
			start(images, seed);
			beforeBackward();
			forward.each(images, workers, turns, turn -> {
				forward.run(turn);
				loss.accept(turn.image);
				backward.run(turn);
			});
			afterBackward();
		}
		else if (isVector()) {
			vectors();
			stepRows(images, seed, (first, count, logits, gradient, at) -> {
				toImages(logits, at, vectors, first, count);
				for (int i = first; i < first + count; i++) loss.accept(i);
				toRows(vectorGradients, first, count, gradient, at);
			});
		}
		else {
			forward(images, seed);
			workers.run(images, (i, worker) -> loss.accept(i));
			backward(images);
		}
	}

	/**
	 * Forward and backward in one go, of a network that gives one vector for each image: many small images at a time, without arrays for each.
	 * {@link #logits} and {@link #logitGradient} have no meaning then.
	 *
	 * @param images number of images in this batch
	 * @param seed for dropout, another one in each step
	 * @param loss called for blocks of images that together are the batch, always the same ones, for several blocks at a time
	 * @throws IllegalStateException if the network gives feature maps
	 */
	public void stepRows(final int images, final long seed, final RowLoss loss) {
		if (!isVector()) throw new IllegalStateException("TrainingPlan: expected a network that gives one vector for each image, got one of feature maps; use step");
		start(images, seed);
		final int blocks = (images + BLOCK - 1) / BLOCK, width = steps.rows().width();
		if (isByLayers()) {
			forward.run(images, workers, turns, way == Way.WHOLE, turn -> {});
			workers.run(blocks, (b, worker) -> loss.accept(b * BLOCK, Math.min(BLOCK, images - b * BLOCK), steps.rows().of(0), steps.rowGradients().of(0), b *
				BLOCK * width));
			backwardOfRows(images);
			return;
		}
		beforeBackward();
		workers.run(Math.min(lanes, blocks), (lane, worker) -> {
			for (int b = lane; b < blocks; b += lanes) block(new Rows(worker, 0, Math.min(BLOCK, images - b * BLOCK), b * BLOCK, lane), loss);
		});
		afterBackward();
	}

	private void block(final Rows r, final RowLoss loss) {
		for (final Step s : steps.forward()) ((RowStep) s).forward(r);
		loss.accept(r.first(), r.to(), steps.rows().of(r.slot()), steps.rowGradients().of(r.slot()), 0);
		for (final Step s : steps.backward()) ((RowStep) s).backward(r);
	}

	/** The gradient of every array of weights that learns, by name; overwritten by each backward pass. Without those that {@link #updateWith} took over. */
	public Map<String, float[]> gradients() {
		final Map<String, float[]> gradients = new LinkedHashMap<>();
		for (final Step s : steps.forward()) s.gradients(gradients);
		gradients.keySet().removeAll(frozen);
		return Collections.unmodifiableMap(gradients);
	}

	// -- weights that are updated in the backward pass --

	/** The steps whose weights can be updated in the backward pass. */
	private List<DenseStep> updatable() {
		final List<DenseStep> all = new ArrayList<>();
		for (final Step s : steps.forward()) if (s instanceof final DenseStep d && d.canUpdate()) all.add(d);
		return all;
	}

	/**
	 * The weights that {@link #updateWith} takes over, by name: the matrices of dense layers that learn, unless the plan works off a large batch in blocks
	 * of images. With the lengths of the arrays that the plan keeps them in, which are a little longer than those of the network.
	 */
	public Map<String, Integer> updatableLengths() {
		final Map<String, Integer> lengths = new LinkedHashMap<>();
		for (final DenseStep d : updatable()) lengths.put(d.weightName(), d.length());
		return lengths;
	}

	/**
	 * From now on the plan keeps the weights named by {@link #updatableLengths} itself, in an order of its own, and every backward pass hands their
	 * gradient to {@code updates} piece by piece, to change them while they are in the cache; {@link #gradients} has them no longer. The
	 * arrays that the plan was made with stay as they are until {@link #store}.
	 */
	public void updateWith(final Updates updates) {
		pass++;
		for (final DenseStep d : updatable()) d.updateWith(updates);
	}

	/** Writes the weights that {@link #updateWith} took over back to the arrays that the plan was made with. */
	public void store() {
		final List<DenseStep> all = updatable();
		workers.run(all.size(), (i, worker) -> all.get(i).store());
	}

	// -- memory --

	/** As {@link #bytes(Graph, int, int, int, boolean, Kernels, int)}, for whole batches and the kernels of this machine. */
	public static long bytes(final Graph graph, final int height, final int width, final int batch) {
		return bytes(graph, height, width, batch, false, KernelProvider.best(), 1);
	}

	/**
	 * Bytes that a plan with these sizes will take, without making it: feature maps, vectors, gradients, lanes, packed weights, and the working
	 * memory of the threads. Dense weights are counted as after {@link #updateWith}; without it each needs as much again for its gradient.
	 */
	public static long bytes(final Graph graph, final int height, final int width, final int batch, final boolean steps, final Kernels kernels,
		final int threads)
	{
		return bytes(graph, height, width, batch, steps, Set.of(), kernels, threads);
	}

	/** As {@link #bytes(Graph, int, int, int, boolean, Kernels, int)}, of a plan in which some weights do not learn. */
	public static long bytes(final Graph graph, final int height, final int width, final int batch, final boolean steps, final Set<String> frozen,
		final Kernels kernels, final int threads)
	{
		return bytes(graph, height, width, batch, steps, Thrift.NONE, frozen, kernels, threads);
	}

	/** As {@link #bytes(Graph, int, int, int, boolean, Set, Kernels, int)}, with less memory. */
	public static long bytes(final Graph graph, final int height, final int width, final int batch, final boolean steps, final Thrift thrift,
		final Set<String> frozen, final Kernels kernels, final int threads)
	{
		return arrays(graph, height, width, batch, steps, thrift, frozen, kernels, threads).bytes();
	}

	/** The arrays that are counted as {@link #bytes(Graph, int, int, int, boolean, Thrift, Set, Kernels, int)}. */
	public static ArraySizes arrays(final Graph graph, final int height, final int width, final int batch, final boolean steps, final Thrift thrift,
		final Set<String> frozen, final Kernels kernels, final int threads)
	{
		return PlanBytes.of(graph, new Shape(graph.inputChannels(), height, width), batch, steps, thrift, new Wanted(frozen, false), kernels, threads);
	}

	/** As {@link #bytes(Graph, int, int, int, boolean, Kernels, int)}, of a plan {@link #withInputGradient}. */
	public static long bytesWithInputGradient(final Graph graph, final int height, final int width, final int batch, final boolean steps,
		final Kernels kernels, final int threads)
	{
		return PlanBytes.of(graph, new Shape(graph.inputChannels(), height, width), batch, steps, Thrift.NONE, forInput(graph), kernels, threads)
			.bytes();
	}
}
