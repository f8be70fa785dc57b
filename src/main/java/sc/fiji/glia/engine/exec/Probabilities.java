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

/** Sigmoid and softmax of planes, in place. */
final class Probabilities {

	private Probabilities() {}

	/** Makes probabilities of the logits of an image, if {@code layer} does that. */
	static void of(final Layer layer, final float[][] planes) {
		if (layer instanceof Sigmoid) for (final float[] plane : planes) sigmoid(plane);
		else if (layer instanceof Softmax) softmax(planes);
	}

	/** {@code 1 / (1 + exp(-x))}. */
	private static void sigmoid(final float[] plane) {
		for (int i = 0; i < plane.length; i++) plane[i] = (float) (1 / (1 + Math.exp(-(double) plane[i])));
	}

	/** {@code exp(x[c]) / sum over k of exp(x[k])}, pixel by pixel. */
	private static void softmax(final float[][] planes) {
		final double[] e = new double[planes.length];
		for (int i = 0; i < planes[0].length; i++) {
			double max = planes[0][i], sum = 0;
			for (final float[] plane : planes) max = Math.max(max, plane[i]);
			for (int c = 0; c < e.length; c++) sum += e[c] = Math.exp(planes[c][i] - max);
			for (int c = 0; c < e.length; c++) planes[c][i] = (float) (e[c] / sum);
		}
	}
}
