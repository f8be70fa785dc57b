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
import java.util.Map;
import java.util.function.LongSupplier;

import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.dense.AheadKernel;
import sc.fiji.glia.engine.kernel.dense.DenseKernel;
import sc.fiji.glia.engine.kernel.dense.DenseOrder;
import sc.fiji.glia.engine.kernel.dense.DenseRows;

/**
 * {@link Dense}. A whole batch is dealt out by units (forward) and by inputs (backward), so that each weight is read once; the gradient of
 * the weights is written to an array, or handed to {@link Updates} where it arises. Block by block, it is summed lane by lane, and the lanes
 * are added in order.
 * <p>
 * If there is a {@link NextBatch}, the forward pass is dealt out by inputs too: the sums over the inputs of each share are added in order, and then the
 * bias, so that it makes no difference whether a share's sum is formed in the forward pass or with the update before.
 */
final class DenseStep extends RowStep {

	/** Pieces of work of a whole batch: more than there are threads, so that a slow one does not keep the others waiting. */
	static final int SHARES = 16;
	/** Inputs of a share at least, and what their number is a multiple of. */
	private static final int LEAST = 256, STEP = 64;
	/** Weights that stay in the cache between the gradient of the input and their update. */
	private static final int CACHED = 1 << 17;

	/** Products for which threads share the rows where they cannot share the units, and rows that stay together. */
	private static final int PRODUCTS = 1 << 22, GROUP = 8;

	/** Vectors that a dense layer reads. */
	interface Source {

		/** Values of a vector. */
		int width();

		/**
		 * The vectors of a piece of work.
		 *
		 * @param slot which arrays hold them
		 * @param from number of the first row in the slot
		 * @param first number of the image in the slot's row 0
		 */
		DenseRows rows(int slot, int from, int first);
	}

	/** What a dense layer works on; the gradients are empty where nobody needs them. */
	record Matrices(Source x, RowMatrix y, RowMatrix dx, RowMatrix dy, boolean add) {}

	/**
	 * How it works.
	 *
	 * @param rows the most rows at a time
	 * @param lanes lanes of blocks of rows; 0 for whole batches
	 * @param training whether there is a backward pass
	 * @param learns whether the gradient of the weights is needed
	 * @param version number of the weights, which are taken over when it changes
	 */
	record Way(int rows, int lanes, boolean training, boolean learns, LongSupplier version) {}

	private final String weightName, biasName;
	private final Way way;
	private final Matrices m;
	private final RowMatrix sum;
	private final DenseOrder order;
	private final DenseWeights weights;
	private final float[] bias, biasGradient;
	private final double[][] biasSums;
	/** By lane. */
	private final float[][] sums;
	private float[] gradient = {};
	private Updates updates;
	private final NextBatch next;
	/** Products of shares of the inputs, by share; empty without a next batch. */
	private final float[][] products;

	/** @param next the images of the next batch, if those of this one are what the layer reads; else {@link NextBatch#none} */
	DenseStep(final String name, final Dense layer, final Weights all, final DenseWeights weights, final Matrices m, final Way way, final NextBatch next) {
		super((long) way.rows * m.y.width());
		weightName = name + ".weight";
		biasName = name + ".bias";
		this.way = way;
		this.m = m;
		this.weights = weights;
		bias = layer.bias() ? all.get(biasName) : new float[0];
		biasGradient = new float[way.training ? bias.length : 0];
		order = weights.order();
		final int lanes = way.training ? way.lanes : 0;
		sums = new float[way.learns ? lanes : 0][order.length()];
		biasSums = new double[Math.max(1, lanes)][biasGradient.length];
		this.next = next;
		products = new float[next.isEmpty() ? 0 : SHARES][way.rows * m.y.width()];
		sum = m.add ? RowMatrix.of(m.dx.slots().length, way.rows, m.dx.width()) : m.dx;
	}

	// -- what the plan asks --

	/** The full name of the weights. */
	String weightName() {
		return weightName;
	}

	/** Length of the array of weights in the order in which they are kept. */
	int length() {
		return order.length();
	}

	/** Whether there is a gradient of the weights that can be handed out in pieces. */
	boolean canUpdate() {
		return way.learns && way.lanes == 0;
	}

	/** From now on the weights are kept here and changed by {@code with}. */
	void updateWith(final Updates with) {
		weights.pack(way.version.getAsLong());
		updates = with;
	}

	/** Writes the weights that are kept here back. */
	void store() {
		if (updates != null) weights.unpack();
	}

	@Override
	boolean learns() {
		return way.learns;
	}

	@Override
	void beforeForward(final Scratch scratch) {
		if (updates == null) weights.pack(way.version.getAsLong());
	}

	// -- a block of rows --

	@Override
	void forward(final Rows r) {
		final DenseKernel k = weights.take();
		final int out = m.y.width();
		k.forward(m.x.rows(r.slot(), r.from(), r.first()), r.to() - r.from(), weights.packed(), bias, 0, order.tiles(), m.y.of(r.slot()), r.from() * out, out);
		weights.giveBack(k);
	}

	@Override
	void backward(final Rows r) {
		final DenseKernel k = weights.take();
		final int in = m.x.width(), out = m.y.width(), rows = r.to() - r.from();
		final float[] dy = m.dy.of(r.slot());
		if (!m.dx.isEmpty()) {
			k.inputGradient(dy, r.from() * out, out, rows, weights.packed(), 0, in, sum.of(r.slot()), r.from() * in, in);
			addSum(r.slot(), r.from(), r.to());
		}
		if (way.learns) k.weightGradient(m.x.rows(r.slot(), r.from(), r.first()), dy, r.from() * out, out, rows, 0, in, sums[r.lane()]);
		weights.giveBack(k);
		sumBias(dy, r.from(), r.to(), biasSums[r.lane()]);
	}

	private void addSum(final int slot, final int from, final int to) {
		if (!m.add) return;
		final float[] a = m.dx.of(slot), b = sum.of(slot);
		for (int i = from * m.dx.width(); i < to * m.dx.width(); i++) a[i] += b[i];
	}

	private void sumBias(final float[] dy, final int from, final int to, final double[] sums) {
		for (int i = from, at = from * m.y.width(); i < to; i++, at += m.y.width()) for (int u = 0; u < sums.length; u++) sums[u] += dy[at + u];
	}

	// -- whole batches --

	@Override
	void forward(final Program program) {
		final int tiles = order.tiles(), out = m.y.width();
		if (!next.isEmpty()) {
			program.share(shares(), (s, images, scratch) -> formProducts(images, s));
			program.once(this::addProducts);
		}
		else if (tiles == 1 || order.tile() == 1) {
			if ((long) way.rows * order.units() * order.inputs() < PRODUCTS) super.forward(program);
			else program.parts((way.rows + GROUP - 1) / GROUP, (from, to, images) -> {
				if (from * GROUP < images) forward(new Rows(0, from * GROUP, Math.min(images, to * GROUP), 0, 0));
			});
		}
		else program.parts(tiles, (from, to, images) -> {
			final DenseKernel k = weights.take();
			k.forward(m.x.rows(0, 0, 0), images, weights.packed(), bias, from, to, m.y.of(0), 0, out);
			weights.giveBack(k);
		});
	}

	/** Number of shares of the inputs. */
	private int shares() {
		return Math.max(1, Math.min(SHARES, m.x.width() / LEAST));
	}

	/** The first input of a share; of the one after the last, the number of inputs. */
	private int first(final int share) {
		return Math.min(m.x.width(), share * ((m.x.width() + STEP - 1) / STEP) / shares() * STEP);
	}

	private void formProducts(final int images, final int share) {
		if (next.prepared() > 0) return;
		final DenseKernel k = weights.take();
		Arrays.fill(products[share], 0);
		((AheadKernel) k).addForward(m.x.rows(0, 0, 0), images, weights.packed(), first(share), first(share + 1), products[share], 0, m.y.width());
		weights.giveBack(k);
	}

	private void addProducts(final int images) {
		final float[] y = m.y.of(0);
		final int out = m.y.width(), n = images * out;
		System.arraycopy(products[0], 0, y, 0, n);
		for (int s = 1; s < shares(); s++) for (int i = 0; i < n; i++) y[i] += products[s][i];
		for (int b = 0; b < n; b += out) for (int u = 0; u < bias.length; u++) y[b + u] += bias[u];
	}

	@Override
	void backward(final Program program) {
		if (way.learns || !m.dx.isEmpty()) program.share(shares(), (s, images, scratch) -> {
			if (next.expected() > 0) inputsAhead(images, s);
			else inputs(images, first(s), first(s + 1));
		});
		if (m.add) program.once(images -> addSum(0, 0, images));
		if (bias.length > 0) program.once(images -> sumBias(m.dy.of(0), 0, images, biasSums[0]));
	}

	/** Backward for some inputs and all units: with the same weights first the gradient of the input, then the update. */
	private void inputs(final int images, final int from, final int to) {
		final DenseKernel k = weights.take();
		final int in = m.x.width(), out = m.y.width(), piece = m.dx.isEmpty() ? to - from : Math.max(LEAST, CACHED / order.paddedUnits() / STEP * STEP);
		final DenseRows x = m.x.rows(0, 0, 0);
		final float[] dy = m.dy.of(0), w = weights.packed();
		for (int i = from; i < to; i += piece) {
			final int end = Math.min(to, i + piece);
			if (!m.dx.isEmpty()) k.inputGradient(dy, 0, out, images, w, i, end, sum.of(0), 0, in);
			if (!way.learns) continue;
			if (updates == null) k.update(x, dy, 0, out, images, i, end, this::keep);
			else k.update(x, dy, 0, out, images, i, end, (first, last, g, at) -> updates.apply(weightName, w, first, last, g, at));
		}
		weights.giveBack(k);
	}

	/** The update for a share of the inputs, and the products of the next batch. */
	private void inputsAhead(final int images, final int share) {
		final DenseKernel k = weights.take();
		final int out = m.y.width();
		final float[] w = weights.packed();
		Arrays.fill(products[share], 0);
		((AheadKernel) k).updateAhead(m.x.rows(0, 0, 0), m.dy.of(0), 0, out, images, first(share), first(share + 1), (first, last, g, at) -> updates.apply(
			weightName, w, first, last, g, at), new AheadKernel.Next(DenseRows.ofImages(next.images(), 0), next.expected(), w, updates.beside(
				weightName)), products[share], 0, out);
		weights.giveBack(k);
	}

	/** Puts a piece of the gradient where {@link #gradients} finds it, {@code [unit][input]}. */
	private void keep(final int from, final int to, final float[] g, final int at) {
		final int in = order.inputs(), t = (from - order.start(0)) / (order.tile() * in), width = order.width(t);
		for (int i = from; i < to; i++) {
			final int place = i - order.start(t), unit = t * order.tile() + place % width;
			if (unit < order.units()) gradient[unit * in + place / width] = g[at + i - from];
		}
	}

	@Override
	void beforeBackward() {
		if (way.learns && updates == null) array();
		for (final float[] lane : sums) Arrays.fill(lane, 0);
		for (final double[] lane : biasSums) Arrays.fill(lane, 0);
	}

	@Override
	void afterBackward() {
		if (sums.length > 0) {
			for (int l = 1; l < sums.length; l++) Sums.add(sums[0], sums[l]);
			order.unpack(sums[0], gradient);
		}
		for (int u = 0; u < biasGradient.length; u++) {
			double d = 0;
			for (final double[] lane : biasSums) d += lane[u];
			biasGradient[u] = (float) d;
		}
	}

	/** Made when first needed: with {@link Updates} it never is. */
	private float[] array() {
		if (gradient.length == 0) gradient = new float[Math.multiplyExact(order.units(), order.inputs())];
		return gradient;
	}

	@Override
	void gradients(final Map<String, float[]> gradients) {
		if (way.learns && updates == null) gradients.put(weightName, array());
		if (bias.length > 0) gradients.put(biasName, biasGradient);
	}
}
