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
 * Two-dimensional convolution (cross-correlation, as in every deep-learning library):
 * {@code y[o][i][j] = bias[o] + sum over c, u, v of weight[o][c][u][v] * x[c][i * stride + u - before][j * stride + v - before]},
 * with zeros outside the image and {@code before = (kernel - 1) / 2} for {@link Padding#SAME}, 0 for {@link Padding#VALID}.
 * <p>
 * Input {@code channels x h x w}; {@code weight}: {@code filters x channels x kernel x kernel}; {@code bias}: {@code filters};
 * output {@code filters x h' x w'}, see {@link Padding}.
 *
 * @param filters output channels
 * @param kernel height and width of the kernel, in pixels
 * @param stride step between output pixels, in pixels
 * @param padding what happens at the border
 * @param bias whether a bias is added; needless before a {@link BatchNorm}
 */
public record Conv2D(int filters, int kernel, int stride, Padding padding, boolean bias) implements Layer {

	/** @throws IllegalArgumentException if a number is below 1 */
	public Conv2D {
		if (filters < 1 || kernel < 1 || stride < 1) throw new IllegalArgumentException("Conv2D: expected filters, kernel and stride of at least 1, got " +
			filters + ", " + kernel + ", " + stride);
	}

	/** Stride 1, zero padding to the same size, with bias. */
	public Conv2D(final int filters, final int kernel) {
		this(filters, kernel, 1, Padding.SAME, true);
	}

	/** Zero pixels before the first row and column. */
	public int before() {
		return padding == Padding.SAME ? (kernel - 1) / 2 : 0;
	}

	/** Output size along one axis. */
	public int outputSize(final int size) {
		return padding == Padding.SAME ? (size + stride - 1) / stride : (size - kernel) / stride + 1;
	}

	@Override
	public int inputSize(final int outputSize) {
		final int last = Math.multiplyExact(outputSize, stride);
		return padding == Padding.SAME ? last : Math.addExact(last, kernel - 1);
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape s = Layer.single(inputs);
		if (padding == Padding.VALID && Math.min(s.height(), s.width()) < kernel) throw new IllegalArgumentException("expected an input of at least " +
			kernel + "x" + kernel + " pixels, got " + s);
		return new Shape(filters, outputSize(s.height()), outputSize(s.width()));
	}

	@Override
	public int channels(final List<Integer> inputs) {
		return filters;
	}

	@Override
	public List<WeightSpec> weights(final int channels) {
		final WeightSpec w = new WeightSpec("weight", List.of(filters, channels, kernel, kernel), Start.RANDOM, true, true);
		return bias ? List.of(w, new WeightSpec("bias", List.of(filters), Start.ZERO, true, false)) : List.of(w);
	}

	@Override
	public Window window() {
		return new Window(kernel, before(), stride, 1);
	}
}
