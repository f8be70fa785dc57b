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
package sc.fiji.glia.engine.kernel;

/**
 * When a convolution on blocks is done by Winograd's algorithm F(4x4, 3x3). NB: no vectors here, so that memory can be estimated where the vector
 * kernels cannot be loaded.
 */
public final class WinogradRule {

	/** Values of a transformed tile. */
	public static final int POINTS = 36;
	/** Values of the panels of a convolution, so that they stay in the second-level cache. */
	private static final int PANEL = 160_000;
	/** Tiles that go together well in the products. */
	private static final int GROUP = 28;
	/** The fewest channels for which the transforms pay. */
	private static final int CHANNELS = 8;

	private WinogradRule() {}

	/**
	 * Whether the algorithm applies and is faster than the direct convolution; the same forward and backward.
	 *
	 * @param before zero pixels before the first row and column
	 * @param inputs channels in
	 * @param outputs channels out
	 * @param height rows of the output
	 * @param width columns of the output
	 */
	public static boolean suits(final int kernel, final int stride, final int before, final int inputs, final int outputs, final int height,
		final int width)
	{
		if (kernel != 3 || stride != 1 || before != 1 || Math.min(inputs, outputs) < CHANNELS) return false;
		final long pixels = (long) height * width, covered = 16L * tiles(height) * tiles(width);
		return pixels >= 64 && covered <= 1.6 * pixels;
	}

	/**
	 * Tiles that are transformed and multiplied together.
	 *
	 * @param tiles those of the image
	 * @param channels channels of the blocks of input and output together
	 */
	public static int panel(final int tiles, final int channels) {
		return Math.min(tiles, Math.max(1, PANEL / (POINTS * channels * GROUP)) * GROUP);
	}

	/** Tiles of 4x4 output pixels along {@code size} pixels. */
	public static int tiles(final int size) {
		return (size + 3) / 4;
	}
}
