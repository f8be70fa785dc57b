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
package sc.fiji.glia.engine.kernel.vector;

import java.util.Arrays;
import java.util.stream.Stream;

import sc.fiji.glia.engine.kernel.Arena;
import sc.fiji.glia.engine.kernel.BlockShape;
import sc.fiji.glia.engine.kernel.Lanes;
import sc.fiji.glia.engine.kernel.Resolution;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.WinogradRule;

/**
 * One direction of a convolution of stride 1 or more on blocks: from some blocks to some others, with weights that were packed before.
 * Direct, or by Winograd's algorithm.
 * <p>
 * Immutable but for the packed weights; what changes during a call is in the arrays that are given.
 */
public abstract sealed class BlockConvolution permits TapConvolution, WinogradConvolution {

	static final int V = Lanes.COUNT;

	/**
	 * What a convolution connects.
	 *
	 * @param in blocks of the input
	 * @param out blocks of the output
	 * @param from offsets of the input blocks in the memory of an image
	 * @param channels for each lane of the input blocks the channel of the weights, or -1 for a lane that holds nothing
	 * @param to offsets of the output blocks
	 * @param target for each lane of the output blocks the channel of the weights, or -1
	 * @param kernel height and width of the kernel
	 * @param stride pixels between outputs
	 * @param before zero pixels before the first row and column
	 * @param read how each input block is kept; {@link Resolution#HALF} is for those only that {@link WinogradRule} is for
	 * @param written how each output block is kept, likewise
	 */
	public record Wiring(BlockShape in, BlockShape out, int[] from, int[] channels, int[] to, int[] target, int kernel, int stride, int before,
		Resolution[] read, Resolution[] written)
	{

		/** With whole output blocks. */
		public Wiring(final BlockShape in, final BlockShape out, final int[] from, final int[] channels, final int[] to, final int[] target, final int kernel,
			final int stride, final int before, final Resolution[] read)
		{
			this(in, out, from, channels, to, target, kernel, stride, before, read, full(to.length));
		}

		/** For as many blocks, that they are whole. */
		public static Resolution[] full(final int blocks) {
			final Resolution[] full = new Resolution[blocks];
			Arrays.fill(full, Resolution.FULL);
			return full;
		}

		/** Number of input lanes that hold something. */
		int inputs() {
			return used(channels);
		}

		/** Number of output lanes that hold something. */
		int outputs() {
			return used(target);
		}

		private static int used(final int[] lanes) {
			int n = 0;
			for (final int c : lanes) if (c >= 0) n++;
			return n;
		}
	}

	/** A weight by output channel, input channel and kernel position. */
	@FunctionalInterface
	public interface Filter {

		/** The weight. */
		float at(int out, int in, int row, int column);
	}

	final Wiring wiring;
	/** Lanes that hold something, as {@code block * V + lane}. */
	final int[] lanes;
	final int bias;

	BlockConvolution(final Wiring wiring, final Arena weights) {
		this.wiring = wiring;
		lanes = new int[wiring.inputs()];
		int n = 0;
		for (int i = 0; i < wiring.channels.length; i++) if (wiring.channels[i] >= 0) lanes[n++] = i;
		bias = weights.take(wiring.to.length * V);
	}

	/**
	 * The fastest convolution for this wiring.
	 *
	 * @param exact whether to do without Winograd's algorithm
	 * @param weights where the packed weights will be
	 */
	public static BlockConvolution of(final Wiring wiring, final boolean exact, final Arena weights) {
		if (!exact && Winograd.suits(wiring)) return new WinogradConvolution(wiring, weights);
		if (Stream.of(wiring.read, wiring.written).flatMap(Arrays::stream).anyMatch(r -> r == Resolution.HALF)) throw new IllegalArgumentException(
			"BlockConvolution: expected whole blocks, since this is not done by Winograd's algorithm, got some of half the resolution");
		return new TapConvolution(wiring, weights);
	}

	/**
	 * Brings weights into the order this convolution reads.
	 *
	 * @param filter the weights
	 * @param bias one for each output channel, or none for no bias
	 * @param weights the array that the arena made
	 * @param scratch working memory
	 */
	public final void pack(final Filter filter, final float[] bias, final float[] weights, final Scratch scratch) {
		for (int i = 0; i < wiring.target.length; i++) weights[this.bias + i] = bias.length > 0 && wiring.target[i] >= 0 ? bias[wiring.target[i]] : 0;
		packFilter(filter, weights, scratch);
	}

	abstract void packFilter(Filter filter, float[] weights, Scratch scratch);

	/** Weights in the order {@code [output block][input block][kernel row][kernel column][lane that holds something][V]}. */
	final void packTaps(final Filter filter, final float[] packed, final int first) {
		final int k = wiring.kernel;
		int p = first;
		for (int o = 0; o < wiring.to.length; o++) for (int b = 0; b < wiring.from.length; b++) for (int u = 0; u < k; u++) for (int v = 0; v < k; v++) {
			for (int l = 0; l < V; l++) {
				final int in = wiring.channels[b * V + l];
				if (in < 0) continue;
				for (int q = 0; q < V; q++) {
					final int out = wiring.target[o * V + q];
					packed[p++] = out < 0 ? 0 : filter.at(out, in, u, v);
				}
			}
		}
	}

	/** Number of parts that {@link #run} can be split into. */
	public abstract int parts();

	/** Number of rows of the output that a part computes, the last one perhaps fewer; 0 if the parts are no whole rows. */
	public int rows() {
		return 0;
	}

	/**
	 * Computes a part of the output: {@code f(x * weight + bias)} where f is the leaky ReLU of the given slope (1 for none), or its
	 * derivative at other values.
	 *
	 * @param m memory of the image
	 * @param weights packed weights
	 * @param add whether to start from what the output holds, in the place of the bias, instead of overwriting it
	 * @param slope of the leaky ReLU
	 * @param mask blocks like those of the output: where they are not above 0, the output is multiplied by the slope; or none, for the leaky
	 *          ReLU itself. Output blocks of {@link Resolution#HALF} are overwritten with the sums, without bias and slope
	 * @param part number of the part
	 * @param scratch working memory of the thread
	 */
	public abstract void run(float[] m, float[] weights, boolean add, float slope, int[] mask, int part, Scratch scratch);
}
