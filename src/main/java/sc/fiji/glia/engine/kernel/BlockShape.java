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
 * How one block of a feature map lies in memory: the values of {@code lanes} channels together for each pixel, rows one after the other,
 * with a border of zero pixels around the image. Index of channel lane l at pixel (y, x), from the start of the block:
 * {@code origin() + y * rowStride() + x * lanes + l}.
 *
 * @param height rows of the image
 * @param width columns of the image
 * @param lanes channels of a block
 * @param halo width of the border, in pixels
 */
public record BlockShape(int height, int width, int lanes, int halo) {

	/** Half the height and width, with the same border. */
	public BlockShape half() {
		return new BlockShape(height / 2, width / 2, lanes, halo);
	}

	/** Values from one row to the next. */
	public int rowStride() {
		return (width + 2 * halo) * lanes;
	}

	/** Values of the whole block. */
	public int size() {
		return Math.multiplyExact(height + 2 * halo, rowStride());
	}

	/** Index of the first pixel of the image. */
	public int origin() {
		return halo * rowStride() + halo * lanes;
	}

	/** Index of the first pixel of row {@code y}. */
	public int row(final int y) {
		return origin() + y * rowStride();
	}
}
