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

import java.util.Map;
import java.util.stream.IntStream;

import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.plain.PlaneSums;

/**
 * {@link BatchNorm}. Training: sums over each image, statistics of the batch, then the normalisation; likewise backward. Inference: a
 * scale and a shift from the running statistics.
 */
final class BatchNormStep extends PlaneStep {

	private final NormStatistics statistics;
	private final boolean training;
	private final int channels;

	/** @param training whether batch statistics are used; then {@code y} must not be {@code x} */
	BatchNormStep(final String name, final BatchNorm layer, final Weights weights, final Planes planes, final boolean training) {
		super(planes);
		this.training = training;
		channels = x[0].length;
		statistics = new NormStatistics(name, layer, weights, IntStream.range(0, channels).toArray(), x[0][0].length);
	}

	@Override
	void beforeForward(final Scratch scratch) {
		if (!training) statistics.running();
	}

	@Override
	void forward(final Program program) {
		if (training) {
			program.each(turn -> {
				final float[][] from = x[turn.slot];
				final NormStatistics.Image image = statistics.image(turn.image);
				channels(turn, channels, (c, scratch) -> {
					image.sum[c] = PlaneSums.sum(from[c], scratch);
					image.center(c, 1);
					image.squares[c] = PlaneSums.squares(from[c], image.mean[c], scratch);
				});
			});
			program.once(statistics::ofBatch);
		}
		program.each(turn -> {
			final int i = turn.slot;
			channels(turn, channels, (c, scratch) -> scale(x[i][c], y[i][c], statistics.factor[c], statistics.shift[c]));
		});
	}

	private static void scale(final float[] from, final float[] to, final float a, final float b) {
		for (int i = 0; i < to.length; i++) to[i] = a * from[i] + b;
	}

	@Override
	void backward(final Program program) {
		program.each(turn -> {
			final int i = turn.slot;
			final NormStatistics.Image image = statistics.image(turn.image);
			channels(turn, channels, (c, scratch) -> {
				image.sum[c] = PlaneSums.sum(dy[i][c], scratch);
				image.squares[c] = PlaneSums.product(dy[i][c], x[i][c], scratch) - statistics.center[c] * image.sum[c];
			});
		});
		program.once(statistics::gradients);
		if (dx.length == 0) return;
		program.each(turn -> {
			final int i = turn.slot;
			channels(turn, channels, (c, scratch) -> combine(dy[i][c], x[i][c], dx[i][c], statistics.a[c], statistics.b[c], statistics.c[c]));
		});
	}

	private void combine(final float[] from, final float[] with, final float[] to, final float a, final float b, final float c) {
		if (add) for (int i = 0; i < to.length; i++) to[i] += a * from[i] + (b * with[i] + c);
		else for (int i = 0; i < to.length; i++) to[i] = a * from[i] + (b * with[i] + c);
	}

	@Override
	void gradients(final Map<String, float[]> gradients) {
		statistics.gradients(gradients);
	}
}
