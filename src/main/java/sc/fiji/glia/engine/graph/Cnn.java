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
 * A convolutional classifier of whole images: some times a 3x3 convolution, ReLU and 2x2 max pooling, then {@link Dense} layers with ReLU,
 * the last of which gives the logits of a {@link Softmax}.
 * <p>
 * Input {@code channels x height x width}, output {@code classes x 1 x 1}.
 *
 * @param channels channels of the image
 * @param height rows of the image, in pixels; a multiple of {@code 2^filters.size()}
 * @param width columns of the image, in pixels; likewise
 * @param classes number of classes
 * @param filters filters of each convolution, in order
 * @param hidden units of each hidden dense layer, in order; may be empty
 */
public record Cnn(int channels, int height, int width, int classes, List<Integer> filters, List<Integer> hidden) {

	/** @throws IllegalArgumentException if the image cannot be halved that often */
	public Cnn {
		filters = List.copyOf(filters);
		hidden = List.copyOf(hidden);
		final int multiple = 1 << filters.size();
		if (height < 1 || width < 1 || height % multiple != 0 || width % multiple != 0) throw new IllegalArgumentException(
			"Cnn: expected a height and width that are multiples of " + multiple + " to halve them " + filters.size() + " times, got " + height + "x" + width);
	}

	/** Convolutions of 32 and 64 filters, dense layers of 128 and 64 units. */
	public static Cnn cnn32x64(final int channels, final int height, final int width, final int classes) {
		return new Cnn(channels, height, width, classes, List.of(32, 64), List.of(128, 64));
	}

	/** One convolution of 128 filters, one dense layer of 512 units, for images of 50x50 pixels. */
	public static Cnn cnn128(final int channels, final int classes) {
		return new Cnn(channels, 50, 50, classes, List.of(128), List.of(512));
	}

	/** The network. */
	public Graph graph() {
		final Builder b = Graph.of(channels);
		for (int i = 1; i <= filters.size(); i++) {
			b.add("conv" + i, new Conv2D(filters.get(i - 1), 3));
			b.add("convrelu" + i, new ReLU());
			b.add("pool" + i, new MaxPool2D(2));
		}
		b.add("flatten", new Flatten(height >> filters.size(), width >> filters.size()));
		for (int i = 1; i <= hidden.size(); i++) {
			b.add("dense" + i, new Dense(hidden.get(i - 1)));
			b.add("relu" + i, new ReLU());
		}
		b.add("out", new Dense(classes));
		b.add("probability", new Softmax());
		return b.build();
	}
}
