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

import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Arena;
import sc.fiji.glia.engine.kernel.BlockShape;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.vector.BlockConvolution;
import sc.fiji.glia.engine.kernel.vector.BlockConvolution.Wiring;
import sc.fiji.glia.engine.kernel.vector.BlockMaps;
import sc.fiji.glia.engine.kernel.vector.BlockWeightGradient;

/**
 * {@link Conv2D} with the activation behind it, at inference with the batch norm between them, and with the max pooling behind if that suits. The
 * gradient of the weights is summed lane by lane; the lanes are added in order.
 * <p>
 * Backward of a strided convolution spreads the gradient of the output, zeros between, and goes on as with stride 1.
 */
final class BlockConvolutionStep extends BlockStep {

	private static final int[] NONE = {};

	private final Conv2D layer;
	private final int inputs;
	private final boolean learns;
	private final float slope;
	private final float[] weight, bias, weightGradient, biasGradient, packed;
	private final BlockConvolution forward, backward;
	private final BlockWeightGradient gradient;
	private final BlockMap spread;
	private final float[][] sums;
	private final String name;
	private Behind behind = (m, y0, y1) -> {};
	private Normalization normalization = new Normalization(new float[0], new float[0], () -> {});

	/** What is done with rows of the output while they are in the cache. */
	@FunctionalInterface
	private interface Behind {

		void run(float[] m, int y0, int y1);
	}

	/** Factor and shift for each output channel, none for none, and what computes them. */
	private record Normalization(float[] factor, float[] shift, Runnable update) {}

	/**
	 * @param slope of the leaky ReLU behind, 1 for none
	 * @param lanes number of lanes; 0 if the weights do not learn
	 * @param arena where feature maps of its own may be placed
	 */
	BlockConvolutionStep(final String name, final Conv2D layer, final Weights weights, final Maps maps, final boolean exact, final float slope,
		final int lanes, final Arena arena)
	{
		super(maps);
		this.name = name;
		this.layer = layer;
		this.slope = slope;
		weight = weights.get(name + ".weight");
		bias = layer.bias() ? weights.get(name + ".bias") : new float[0];
		inputs = x.count();
		final Arena places = new Arena();
		final int k = layer.kernel(), before = layer.before();
		learns = lanes > 0;
		forward = BlockConvolution.of(new Wiring(x.shape(), y.shape(), x.blocks(), x.channels(), y.blocks(), y.channels(), k, layer.stride(), before,
			x.resolution()), exact, places);
		spread = !dy.isEmpty() && layer.stride() > 1 ? spread(arena) : dy;
		backward = !dy.isEmpty() && !dx.isEmpty() ? BlockConvolution.of(new Wiring(spread.shape(), dx.shape(), spread.blocks(), spread.channels(), dx.blocks(), dx
			.channels(), k, 1, k - 1 - before, Wiring.full(spread.blocks().length), dx.resolution()), exact, places) : forward;
		gradient = new BlockWeightGradient(new Wiring(x.shape(), spread.shape(), x.blocks(), x.channels(), spread.blocks(), y.channels(), k, 1, before,
			x.resolution()), exact);
		packed = places.allocate();
		sums = new float[dy.isEmpty() ? 0 : lanes][gradient.length()];
		weightGradient = new float[learns ? weight.length : 0];
		biasGradient = new float[learns ? bias.length : 0];
	}

	/** A map for the gradient of the output as if the stride were 1. */
	private BlockMap spread(final Arena arena) {
		final int lost = layer.padding() == Padding.VALID ? layer.kernel() - 1 : 0;
		final BlockShape wide = new BlockShape(x.shape().height() - lost, x.shape().width() - lost, y.shape().lanes(), y.shape().halo());
		return new BlockMap(wide, Arrays.stream(dy.blocks()).map(b -> arena.take(wide.size())).toArray(), dy.channels(), dy.resolution());
	}

	/** The step that does the batch norm behind this convolution too, with its running statistics. */
	BlockConvolutionStep with(final String norm, final BatchNorm batchNorm, final Weights weights) {
		final float[] scale = weights.get(norm + ".weight"), shift = weights.get(norm + ".bias");
		final float[] mean = weights.get(norm + ".running_mean"), variance = weights.get(norm + ".running_var");
		final float[] factors = new float[scale.length], shifts = new float[scale.length];
		normalization = new Normalization(factors, shifts, () -> {
			for (int c = 0; c < scale.length; c++) {
				final double f = scale[c] / Math.sqrt((double) variance[c] + batchNorm.epsilon());
				factors[c] = (float) f;
				shifts[c] = (float) (shift[c] + f * ((bias.length > 0 ? bias[c] : 0) - mean[c]));
			}
		});
		return this;
	}

	/** Does the pooling behind the activation too, if the output arises in rows. */
	BlockMapSteps.Pool with(final BlockMapSteps.Pool pool) {
		if (pool.isDoneWith(forward.rows())) behind = pool::run;
		return pool;
	}

	@Override
	boolean learns() {
		return learns;
	}

	@Override
	void beforeForward(final Scratch scratch) {
		final int k = layer.kernel();
		normalization.update.run();
		final float[] f = normalization.factor;
		if (f.length == 0) forward.pack((o, i, u, v) -> weight[((o * inputs + i) * k + u) * k + v], bias, packed, scratch);
		else forward.pack((o, i, u, v) -> f[o] * weight[((o * inputs + i) * k + u) * k + v], normalization.shift, packed, scratch);
		if (backward != forward) backward.pack((i, o, u, v) -> weight[((o * inputs + i) * k + k - 1 - u) * k + k - 1 - v], new float[0], packed, scratch);
	}

	@Override
	void forward(final Program program) {
		program.each(turn -> {
			final float[] m = memory(turn);
			turn.team.run(forward.parts(), (part, scratch) -> {
				forward.run(m, packed, false, slope, NONE, part, scratch);
				behind.run(m, part * forward.rows(), (part + 1) * forward.rows());
			});
		});
	}

	@Override
	void beforeBackward() {
		for (final float[] lane : sums) Arrays.fill(lane, 0);
	}

	@Override
	void backward(final Program program) {
		program.each(turn -> {
			final float[] m = memory(turn);
			if (spread != dy) for (int b = 0; b < dy.blocks().length; b++) BlockMaps.spread(m, dy.blocks()[b], dy.shape(), spread.blocks()[b], spread.shape(),
				layer.stride());
			if (learns) gradient.add(m, sums[turn.lane], 0, turn.scratch, turn.team);
			if (backward != forward) turn.team.run(backward.parts(), (part, scratch) -> backward.run(m, packed, add, mask, mask == 1 ? NONE : x.blocks(), part, scratch));
		});
	}

	@Override
	void afterBackward() {
		if (!learns) return;
		for (int l = 1; l < sums.length; l++) Sums.add(sums[0], sums[l]);
		gradient.unpack(sums[0], 0, inputs, weightGradient, biasGradient);
	}

	@Override
	void gradients(final Map<String, float[]> gradients) {
		if (!learns) return;
		gradients.put(name + ".weight", weightGradient);
		if (bias.length > 0) gradients.put(name + ".bias", biasGradient);
	}
}
