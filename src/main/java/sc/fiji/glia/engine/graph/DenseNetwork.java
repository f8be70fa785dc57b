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

import sc.fiji.glia.engine.graph.Graph.Builder;

/**
 * A classifier of whole images without convolutions: the pixels are the inputs of {@link Dense} layers with ReLU, the last of which gives
 * the logits of a {@link Softmax}.
 * <p>
 * Input {@code channels x height x width}, output {@code classes x 1 x 1}.
 *
 * @param channels channels of the image
 * @param height rows of the image, in pixels
 * @param width columns of the image, in pixels
 * @param classes number of classes
 * @param hidden units of each hidden layer, from the image to the output; may be empty
 * @param batchNorm whether each hidden layer is followed by {@link BatchNorm}, before its ReLU
 * @param dropout rate of the {@link Dropout} after each hidden layer; 0 for none
 */
public record DenseNetwork(int channels, int height, int width, int classes, List<Integer> hidden, boolean batchNorm, float dropout) {

	public DenseNetwork {
		hidden = List.copyOf(hidden);
	}

	/** 300x300 pixels, 512 units with batch norm, ReLU and dropout 0.2. */
	public static DenseNetwork dense512(final int channels, final int classes) {
		return new DenseNetwork(channels, 300, 300, classes, List.of(512), true, 0.2f);
	}

	/** 28x28 pixels of one channel, 10 units with ReLU. */
	public static DenseNetwork dense10(final int classes) {
		return new DenseNetwork(1, 28, 28, classes, List.of(10), false, 0);
	}

	/** The network. */
	public Graph graph() {
		final Builder b = Graph.of(channels);
		b.add("flatten", new Flatten(height, width));
		for (int i = 1; i <= hidden.size(); i++) {
			b.add("dense" + i, new Dense(hidden.get(i - 1), !batchNorm));
			if (batchNorm) b.add("norm" + i, new BatchNorm());
			b.add("relu" + i, new ReLU());
			if (dropout > 0) b.add("dropout" + i, new Dropout(dropout));
		}
		b.add("out", new Dense(classes));
		b.add("probability", new Softmax());
		return b.build();
	}
}
