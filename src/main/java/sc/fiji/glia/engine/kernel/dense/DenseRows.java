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
package sc.fiji.glia.engine.kernel.dense;

/**
 * The vectors that enter a dense layer: rows of one array, or images where they are, each a plane of its own. Value {@code i} of row
 * {@code b} is {@code array(b)[start(b) + i]}.
 *
 * @param images {@code [image][0][value]}
 * @param first the image that row 0 is in
 * @param step images from row to row: 0 if all are in one array
 * @param at where row 0 begins
 * @param stride values from row to row
 */
public record DenseRows(float[][][] images, int first, int step, int at, int stride) {

	/** Rows of one array, row {@code b} from {@code at + b * stride} on. */
	public static DenseRows of(final float[] array, final int at, final int stride) {
		return new DenseRows(new float[][][] { { array } }, 0, 0, at, stride);
	}

	/** Images of one plane, row {@code b} being image {@code first + b}. */
	public static DenseRows ofImages(final float[][][] images, final int first) {
		return new DenseRows(images, first, 1, 0, 0);
	}

	/** Whether all rows are in the array of row 0. */
	public boolean isOneArray() {
		return step == 0;
	}

	/** The array that row {@code b} is in. */
	public float[] array(final int b) {
		return images[first + b * step][0];
	}

	/** Where row {@code b} begins in its array. */
	public int start(final int b) {
		return at + b * stride;
	}

	/** The rows from {@code rows} on, without their first {@code values} values. */
	public DenseRows from(final int rows, final int values) {
		return new DenseRows(images, first + rows * step, step, at + rows * stride + values, stride);
	}
}
