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

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

import sc.fiji.glia.engine.graph.Dropout;

/** {@link Dropout} in training. The zeros follow from a seed for the step, the node, the image and the channel; backward draws them again. */
final class DropoutStep extends PlaneStep {

	private final int node;
	private final float rate;
	private final LongSupplier seed;

	/**
	 * @param node number of the node, so that two layers do not drop the same values
	 * @param seed another number for each step of training
	 */
	DropoutStep(final int node, final Dropout layer, final LongSupplier seed, final Planes planes) {
		super(planes);
		this.node = node;
		rate = layer.rate();
		this.seed = seed;
	}

	/** What decides which values of a channel are dropped, in the order of its pixels. */
	static SplittableRandom random(final long seed, final int node, final int image, final int channel) {
		return new SplittableRandom((seed * 1_009L + node) * 1_000_003L + image * 65_537L + channel);
	}

	private void drop(final float[] from, final float[] to, final SplittableRandom random, final boolean sum) {
		final float keep = 1 / (1 - rate);
		for (int j = 0; j < to.length; j++) {
			final float v = random.nextDouble() < rate ? 0 : keep * from[j];
			to[j] = sum ? to[j] + v : v;
		}
	}

	@Override
	void forward(final Program program) {
		program.each(turn -> {
			final int i = turn.slot;
			for (int c = 0; c < x[i].length; c++) drop(x[i][c], y[i][c], random(seed.getAsLong(), node, turn.image, c), false);
		});
	}

	@Override
	void backward(final Program program) {
		if (dx.length == 0) return;
		program.each(turn -> {
			final int i = turn.slot;
			for (int c = 0; c < x[i].length; c++) drop(dy[i][c], dx[i][c], random(seed.getAsLong(), node, turn.image, c), add);
		});
	}
}
