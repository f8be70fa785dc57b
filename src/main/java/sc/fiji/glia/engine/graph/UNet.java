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
 * The U-Net (Ronneberger et al. 2015) with zero padding and nearest-neighbour up-sampling: on each level some 3x3 convolutions with ReLU,
 * 2x2 max pooling down, up-sampling and concatenation with the level's skip connection up, and a 1x1 convolution at the end.
 * <p>
 * Input {@code channels x h x w}, {@code h} and {@code w} multiples of {@code 2^(levels - 1)}; output {@code classes x h x w} of
 * probabilities, with a {@link Sigmoid} if {@code outputs} is 1 and a {@link Softmax} otherwise.
 *
 * @param channels channels of the image
 * @param outputs 1 for foreground against background, otherwise the number of classes with the background
 * @param width filters of the first level; each level has twice those of the one above
 * @param levels number of levels
 * @param convolutions convolutions on each level, on the way down and on the way up
 * @param batchNorm whether each convolution is followed by {@link BatchNorm}
 * @param dropout rate of the {@link Dropout} after the lowest level; 0 for none
 */
public record UNet(int channels, int outputs, int width, int levels, int convolutions, boolean batchNorm, float dropout) {

	/** Filters never grow beyond this. */
	private static final int WIDEST = 512;

	/** The plain U-Net: 16, 32 and 64 filters, one convolution each way, no batch norm. */
	public static UNet plain(final int channels, final int outputs) {
		return new UNet(channels, outputs, 16, 3, 1, false, 0);
	}

	/** The network. */
	public Graph graph() {
		final Builder b = Graph.of(channels);
		final int[] skip = new int[levels];
		int node = 0;
		for (int l = 0; l < levels; l++) {
			if (l > 0) node = b.add("pool" + l, new MaxPool2D(2), node);
			node = skip[l] = block(b, node, "enc" + (l + 1), filters(l));
		}
		if (dropout > 0) node = b.add("dropout", new Dropout(dropout), node);
		for (int l = levels - 2; l >= 0; l--) {
			node = b.add("up" + (l + 1), new Upsample2D(2), node);
			node = b.add("concat" + (l + 1), new Concat(), node, skip[l]);
			node = block(b, node, "dec" + (l + 1), filters(l));
		}
		node = b.add("out", new Conv2D(outputs, 1), node);
		b.add("probability", outputs == 1 ? new Sigmoid() : new Softmax(), node);
		return b.build();
	}

	private int filters(final int level) {
		return Math.min(width << level, WIDEST);
	}

	private int block(final Builder b, final int input, final String name, final int filters) {
		int node = input;
		for (int c = 1; c <= convolutions; c++) {
			node = b.add(name + ".conv" + c, new Conv2D(filters, 3, 1, Padding.SAME, !batchNorm), node);
			if (batchNorm) node = b.add(name + ".norm" + c, new BatchNorm(), node);
			node = b.add(name + ".relu" + c, new ReLU(), node);
		}
		return node;
	}
}
