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
 * What one node of a network computes. A layer is immutable and holds no weights: it only says which output shape follows from
 * which input shapes, which arrays of weights it needs, and how much input one output needs.
 */
public sealed interface Layer permits Input, Conv2D, BatchNorm, ReLU, LeakyReLU, Sigmoid, Softmax, Dropout, MaxPool2D, Upsample2D, Concat, Add,
	Dense, Flatten, GlobalAveragePool2D
{

	/**
	 * The output shape.
	 *
	 * @param inputs shapes of the inputs, in order
	 * @throws IllegalArgumentException if the shapes do not fit this layer; the message has no node name, {@link Graph} adds it
	 */
	Shape output(List<Shape> inputs);

	/** The weight arrays this layer needs for {@code channels} input channels, in a fixed order; none for most layers. */
	default List<WeightSpec> weights(final int channels) {
		return List.of();
	}

	/** How much input one output pixel needs; {@link Window#POINT} for layers that work pixel by pixel. */
	default Window window() {
		return Window.POINT;
	}

	/** The channels of the output for the given channels of the inputs, whatever the image size. */
	default int channels(final List<Integer> inputs) {
		return inputs.get(0);
	}

	/** True if each output depends on all pixels, so that the layer has no {@link #window()} and its output has one pixel only. */
	default boolean readsWholeImage() {
		return false;
	}

	/** The largest input size along one axis that gives this output size, for layers that do not read the whole image. */
	default int inputSize(final int outputSize) {
		return Math.multiplyExact(outputSize, window().down()) / window().up();
	}

	/** The only input of a layer that takes one. */
	static Shape single(final List<Shape> inputs) {
		if (inputs.size() != 1) throw new IllegalArgumentException("expected 1 input, got " + inputs.size());
		return inputs.get(0);
	}
}
