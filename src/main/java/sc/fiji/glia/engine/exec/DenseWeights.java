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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

import sc.fiji.glia.engine.kernel.dense.DenseKernel;
import sc.fiji.glia.engine.kernel.dense.DenseOrder;

/** The weights of a dense layer in the order of the kernels, and the kernels; one object for all that use them. */
final class DenseWeights {

	private final float[] weight, packed;
	private final DenseOrder order;
	private final Supplier<DenseKernel> maker;
	private final Deque<DenseKernel> kernels = new ArrayDeque<>();
	private long version = -1;

	/**
	 * @param weight {@code [unit][input]}
	 * @param maker makes kernels, of which there are as many as are used at a time
	 */
	DenseWeights(final float[] weight, final Supplier<DenseKernel> maker) {
		this.weight = weight;
		this.maker = maker;
		final DenseKernel first = maker.get();
		kernels.push(first);
		order = first.order();
		packed = new float[order.length()];
	}

	/** The order of the weights. */
	DenseOrder order() {
		return order;
	}

	/** A kernel for the caller alone, until it gives it back. */
	DenseKernel take() {
		synchronized (kernels) {
			if (!kernels.isEmpty()) return kernels.pop();
		}
		return maker.get();
	}

	void giveBack(final DenseKernel kernel) {
		synchronized (kernels) {
			kernels.push(kernel);
		}
	}

	/** Takes over the weights, unless that has been done for this number already. */
	synchronized void pack(final long number) {
		if (version != number) order.pack(weight, packed);
		version = number;
	}

	/** Writes the weights back. */
	synchronized void unpack() {
		order.unpack(packed, weight);
	}

	/** The weights in the order of the kernels. */
	float[] packed() {
		return packed;
	}
}
