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
package sc.fiji.glia.engine.train;

import java.util.List;

import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;

/**
 * The exponential moving average of weights over the steps of a training, {@code average = share * average + (1 - share) * weights}: what the
 * noise of mini-batches adds to the weights cancels in it, so that it is often better than any of them (Polyak and Juditsky 1992; Izmailov et
 * al. 2018). After {@code t} steps the share is at most {@code (t - 1) / (t + 9)}, so that where training started is soon forgotten. The running
 * statistics of batch norm are averaged too.
 */
final class MovingAverage {

	private final Weights average, own;
	private final double share;
	private long steps;

	/** @param share of the past, at each step */
	MovingAverage(final Graph graph, final Weights weights, final double share) {
		average = weights.copy(graph);
		own = weights.copy(graph);
		this.share = share;
	}

	/** Takes in the weights after a step. */
	void add(final Weights weights, final Workers workers) {
		steps++;
		final float part = (float) (1 - Math.min(share, (steps - 1.0) / (steps + 9)));
		final List<String> names = List.copyOf(weights.arrays().keySet());
		workers.run(names.size(), (i, worker) -> {
			final float[] mean = average.get(names.get(i)), w = weights.get(names.get(i));
			for (int k = 0; k < mean.length; k++) mean[k] += part * (w[k] - mean[k]);
		});
	}

	/** Puts the average in the place of the weights, until {@link #takeFrom}. */
	void putInto(final Weights weights) {
		own.set(weights);
		weights.set(average);
	}

	/** Puts the weights back to where they were. */
	void takeFrom(final Weights weights) {
		weights.set(own);
	}
}
