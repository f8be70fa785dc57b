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
package sc.fiji.glia.engine.exec;

import sc.fiji.glia.engine.kernel.dense.DenseRows;

/**
 * The vectors of some images: value {@code c} of row {@code i} is at {@code i * width + c}.
 *
 * @param slots {@code [slot][0][i * width + c]}: arrays, of which each piece of work uses one; none for a gradient that nobody needs
 * @param width values of a vector
 */
record RowMatrix(float[][][] slots, int width) implements DenseStep.Source {

	/** Rows that nobody needs. */
	static final RowMatrix NONE = new RowMatrix(new float[0][][], 0);

	/** New rows of zeros. */
	static RowMatrix of(final int slots, final int rows, final int width) {
		return new RowMatrix(new float[slots][1][Math.multiplyExact(rows, width)], width);
	}

	boolean isEmpty() {
		return slots.length == 0;
	}

	/** The array for a piece of work. */
	float[] of(final int slot) {
		return slots[slot][0];
	}

	@Override
	public DenseRows rows(final int slot, final int from, final int first) {
		return new DenseRows(slots, slot, 0, from * width, width);
	}
}
