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
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.vector.BlockMaps;
import sc.fiji.glia.engine.kernel.Lanes;

/**
 * {@link BatchNorm} on blocks, with the activation behind it. Training: sums over each image, statistics of the batch, then the
 * normalisation; likewise backward. Inference: a scale and a shift from the running statistics.
 */
final class BlockNormStep extends BlockStep {

	private final NormStatistics statistics;
	private final boolean training;
	private final float slope;

	/** @param slope of the leaky ReLU behind, 1 for none */
	BlockNormStep(final String name, final BatchNorm layer, final Weights weights, final Maps maps, final boolean training, final float slope) {
		super(maps);
		this.training = training;
		this.slope = slope;
		statistics = new NormStatistics(name, layer, weights, x.channels(), x.shape().height() * x.shape().width());
	}

	@Override
	void beforeForward(final Scratch scratch) {
		if (!training) statistics.running();
	}

	@Override
	void forward(final Program program) {
		if (training) {
			program.each(turn -> {
				final float[] m = memory(turn);
				final NormStatistics.Image image = statistics.image(turn.image);
				turn.team.run(x.blocks().length, (k, scratch) -> {
					final float[] row = scratch.floats(2 * Lanes.COUNT);
					BlockMaps.sum(m, x.blocks()[k], x.shape(), image.sum, k * Lanes.COUNT, row);
					image.center(k * Lanes.COUNT, Lanes.COUNT);
					BlockMaps.squares(m, x.blocks()[k], x.shape(), image.mean, k * Lanes.COUNT, image.squares, k * Lanes.COUNT, row);
				});
			});
			program.once(statistics::ofBatch);
		}
		program.each(turn -> {
			final float[] m = memory(turn);
			turn.team.run(x.blocks().length, (k, scratch) -> BlockMaps.scale(m, x.blocks()[k], y.blocks()[k], x.shape(), statistics.factor, statistics.shift, k *
				Lanes.COUNT, slope));
		});
	}

	@Override
	void backward(final Program program) {
		program.each(turn -> {
			final float[] m = memory(turn);
			final NormStatistics.Image image = statistics.image(turn.image);
			turn.team.run(x.blocks().length, (k, scratch) -> {
				final int lane = k * Lanes.COUNT;
				Arrays.fill(image.sum, lane, lane + Lanes.COUNT, 0);
				Arrays.fill(image.squares, lane, lane + Lanes.COUNT, 0);
				BlockMaps.products(m, dy.blocks()[k], x.blocks()[k], x.shape(), statistics.center, lane, image.sum, image.squares, lane, scratch.floats(2 * Lanes.COUNT));
			});
		});
		program.once(statistics::gradients);
		if (!dx.isEmpty()) program.each(turn -> {
			final float[] m = memory(turn);
			turn.team.run(x.blocks().length, (k, scratch) -> BlockMaps.combine(m, dy.blocks()[k], x.blocks()[k], dx.blocks()[k], x.shape(), statistics.a, statistics.b,
				statistics.c, k * Lanes.COUNT, add));
		});
	}

	@Override
	void gradients(final Map<String, float[]> gradients) {
		statistics.gradients(gradients);
	}
}
