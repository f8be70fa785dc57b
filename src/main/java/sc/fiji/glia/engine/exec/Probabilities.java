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

import sc.fiji.glia.engine.graph.Layer;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.dense.ProbabilityKernels;

/** Probabilities of the logits of an image, in place. */
final class Probabilities {

	/** Pixels that are worked on together. */
	private static final int CHUNK = 1024;

	private final Layer layer;
	private final ProbabilityKernels kernels;

	/** @param layer the last layer of the network; logits are left alone if it is neither a sigmoid nor a softmax */
	Probabilities(final Layer layer, final ProbabilityKernels kernels) {
		this.layer = layer;
		this.kernels = kernels;
	}

	/** Makes probabilities of {@code planes}. */
	void of(final float[][] planes, final Scratch scratch) {
		final int n = planes[0].length, classes = planes.length;
		final float[] s = scratch.floats((classes + 2) * CHUNK);
		for (int i = 0; i < n; i += CHUNK) {
			final int count = Math.min(CHUNK, n - i), at = Scratch.FIRST, rest = at + classes * CHUNK;
			if (layer instanceof Sigmoid) for (final float[] plane : planes) kernels.sigmoid(plane, i, plane, i, s, at, s, at + CHUNK, count);
			else if (layer instanceof Softmax) {
				for (int c = 0; c < classes; c++) System.arraycopy(planes[c], i, s, at + c * CHUNK, count);
				kernels.softmax(s, at, CHUNK, classes, s, at, CHUNK, s, rest, count);
				for (int c = 0; c < classes; c++) System.arraycopy(s, at + c * CHUNK, planes[c], i, count);
			}
		}
	}
}
