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

import sc.fiji.glia.engine.graph.Graph.Builder;

/**
 * A residual classifier of whole images (He et al. 2016), compact: a 3x3 convolution, then stages of residual blocks with 2x2 max pooling
 * between the stages, the mean of each feature map, dropout, and a {@link Dense} layer that gives the logits of a {@link Softmax}. A block is
 * convolution, batch norm, ReLU, convolution, batch norm, plus what went in, ReLU; where the number of filters changes, what went in passes a
 * 1x1 convolution with batch norm.
 * <p>
 * Input {@code channels x h x w}, {@code h} and {@code w} multiples of {@link #multiple()}; output {@code classes x 1 x 1}.
 *
 * @param channels channels of the image
 * @param classes number of classes
 * @param width filters of the first stage; each stage has twice those of the one before, but never more than 512
 * @param stages number of stages
 * @param blocks residual blocks of each stage
 * @param dropout rate of the {@link Dropout} before the last layer; 0 for none
 */
public record ResidualNetwork(int channels, int classes, int width, int stages, int blocks, float dropout) {

	/** Filters never grow beyond this. */
	private static final int WIDEST = 512;

	/** @throws IllegalArgumentException if there is no stage or no block */
	public ResidualNetwork {
		if (stages < 1 || stages > 16 || blocks < 1) throw new IllegalArgumentException("ResidualNetwork: expected 1 to 16 stages of at least 1 block, got " +
			stages + " of " + blocks);
	}

	/** What the sizes of images must be multiples of, in pixels. */
	public int multiple() {
		return 1 << stages - 1;
	}

	/** The network. */
	public Graph graph() {
		final Builder b = Graph.of(channels);
		b.add("stem.relu", new ReLU(), convolution(b, 0, "stem.", "", width, 3));
		int filters = width;
		for (int s = 1; s <= stages; s++) {
			int node = s == 1 ? 3 : b.add("pool" + (s - 1), new MaxPool2D(2));
			final int wider = Math.min(width << s - 1, WIDEST);
			for (int k = 1; k <= blocks; k++) {
				node = block(b, node, "stage" + s + ".block" + k + ".", filters, wider);
				filters = wider;
			}
		}
		b.add("average", new GlobalAveragePool2D());
		if (dropout > 0) b.add("dropout", new Dropout(dropout));
		b.add("out", new Dense(classes));
		b.add("probability", new Softmax());
		return b.build();
	}

	private static int block(final Builder b, final int input, final String name, final int before, final int filters) {
		final int relu = b.add(name + "relu1", new ReLU(), convolution(b, input, name, "1", filters, 3));
		final int second = convolution(b, relu, name, "2", filters, 3);
		final int shortcut = before == filters ? input : convolution(b, input, name + "shortcut.", "", filters, 1);
		return b.add(name + "relu2", new ReLU(), b.add(name + "add", new Add(), second, shortcut));
	}

	/** A convolution and batch norm. */
	private static int convolution(final Builder b, final int input, final String name, final String number, final int filters, final int kernel) {
		final int conv = b.add(name + "conv" + number, new Conv2D(filters, kernel, 1, Padding.SAME, false), input);
		return b.add(name + "norm" + number, new BatchNorm(), conv);
	}
}
