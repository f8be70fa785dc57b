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
package sc.fiji.glia.compute;

import java.util.List;
import java.util.function.BooleanSupplier;

import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;

/** A network applied to whole images in this process: a {@link Segmenter} or a {@link Classifier}. Safe for use by several threads. */
sealed interface ImagePredictor permits Segmenter, Classifier {

	/** What the network's output asks for. */
	static ImagePredictor of(final Graph graph, final Weights weights, final Normalization normalization) {
		return graph.readsWholeImage() ? new Classifier(graph, weights, normalization) : new Segmenter(graph, weights, normalization);
	}

	/** To be called when the weights have changed, before the next prediction. */
	void refresh();

	/** How many images of a size, in pixels, should be asked for at a time. */
	int atATime(int width, int height);

	/**
	 * Probabilities (or, if the graph ends in logits, those) of some images.
	 *
	 * @param workers threads that share the work
	 * @param cancelled asked now and then
	 * @return planes {@code [image][output][y * width + x]}
	 * @throws java.util.concurrent.CancellationException if {@code cancelled} says so
	 */
	float[][][] predict(List<Sample> images, Workers workers, BooleanSupplier cancelled);
}
