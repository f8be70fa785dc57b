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
 * Fully connected layer: {@code y[u] = bias[u] + sum over i of weight[u][i] * x[i]}.
 * <p>
 * Input {@code inputs x 1 x 1}; {@code weight}: {@code units x inputs}; {@code bias}: {@code units}; output {@code units x 1 x 1}. A
 * {@link Flatten} or a {@link GlobalAveragePool2D} makes such an input of feature maps.
 *
 * @param units number of outputs
 * @param bias whether a bias is added; needless before a {@link BatchNorm}
 */
public record Dense(int units, boolean bias) implements Layer {

	/** @throws IllegalArgumentException if there are fewer than 1 units */
	public Dense {
		if (units < 1) throw new IllegalArgumentException("Dense: expected at least 1 unit, got " + units);
	}

	/** With bias. */
	public Dense(final int units) {
		this(units, true);
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape s = Layer.single(inputs);
		if (s.height() != 1 || s.width() != 1) throw new IllegalArgumentException("expected an input of 1x1 pixels, got " + s + "; put a Flatten(" + s
			.height() + ", " + s.width() + ") or a GlobalAveragePool2D before it");
		return new Shape(units, 1, 1);
	}

	@Override
	public int channels(final List<Integer> inputs) {
		return units;
	}

	@Override
	public List<WeightSpec> weights(final int channels) {
		final WeightSpec w = new WeightSpec("weight", List.of(units, channels), Start.RANDOM, true, true);
		return bias ? List.of(w, new WeightSpec("bias", List.of(units), Start.ZERO, true, false)) : List.of(w);
	}

	@Override
	public boolean readsWholeImage() {
		return true;
	}
}
