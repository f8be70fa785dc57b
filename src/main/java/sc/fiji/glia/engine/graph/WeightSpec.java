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

/**
 * Name, shape and first values of one array of weights.
 *
 * @param name last part of the name: {@code weight}, {@code bias}, {@code running_mean} or {@code running_var}
 * @param shape sizes, slowest first
 * @param start how the array is filled before training
 * @param learned true if the optimizer changes it, false for statistics
 * @param decayed true if L2 regularisation applies to it (weights of convolutions and dense layers, not biases nor batch norm)
 */
public record WeightSpec(String name, List<Integer> shape, Start start, boolean learned, boolean decayed) {

	/** First values. */
	public enum Start {
		/** All 0. */
		ZERO,
		/** All 1. */
		ONE,
		/** Normal, by He et al. 2015 or Glorot and Bengio 2010; {@link Initialization} says which. */
		RANDOM
	}

	/** Number of values. */
	public int length() {
		int n = 1;
		for (final int s : shape) n = Math.multiplyExact(n, s);
		return n;
	}
}
