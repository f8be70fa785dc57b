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

import java.util.List;

/**
 * What a plan does, in order.
 *
 * @param forward steps of the forward pass
 * @param backward steps of the backward pass; none without training
 * @param rows the last layer's output, if it is a vector
 * @param rowGradients its gradient, in training
 */
record Steps(List<Step> forward, List<Step> backward, RowMatrix rows, RowMatrix rowGradients) {

	/** Steps that end in feature maps. */
	Steps(final List<Step> forward, final List<Step> backward) {
		this(forward, backward, RowMatrix.NONE, RowMatrix.NONE);
	}

	/**
	 * Where images enter and results leave, {@code [image][channel][y * width + x]}.
	 *
	 * @param input the images
	 * @param output the last layer's output, if it is a feature map
	 * @param outputGradient its gradient; empty without training
	 * @param inputGradient the gradient of the images; empty if nobody needs it
	 */
	record Ports(float[][][] input, float[][][] output, float[][][] outputGradient, float[][][] inputGradient) {}
}
