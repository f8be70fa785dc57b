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
package sc.fiji.glia.engine.graph;

import java.util.List;

import sc.fiji.glia.engine.graph.WeightSpec.Start;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, section 3): per channel {@code y = weight * (x - mean) / sqrt(var + epsilon) + bias}.
 * <p>
 * In training, mean and (biased) variance are taken over batch and pixels, and the running statistics follow:
 * {@code running = (1 - m) * running + m * batch}, the variance of the batch being the unbiased one and {@code m} the greater of
 * {@code momentum} and 1 / (number of the step): in the first steps the running statistics are the mean over the steps so far, so that a short
 * training can be used too. At inference the running statistics are used, so that the result for an image does not depend on the other
 * images.
 *
 * @param epsilon added to the variance
 * @param momentum share of the newest batch in the running statistics
 */
public record BatchNorm(float epsilon, float momentum) implements Layer {

	/** Epsilon 1e-5, momentum 0.1. */
	public BatchNorm() {
		this(1e-5f, 0.1f);
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		return Layer.single(inputs);
	}

	@Override
	public List<WeightSpec> weights(final int channels) {
		final List<Integer> s = List.of(channels);
		return List.of(new WeightSpec("weight", s, Start.ONE, true, false), new WeightSpec("bias", s, Start.ZERO, true, false), //
			new WeightSpec("running_mean", s, Start.ZERO, false, false), new WeightSpec("running_var", s, Start.ONE, false, false));
	}
}
