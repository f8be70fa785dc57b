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

import java.util.stream.IntStream;

import sc.fiji.glia.engine.exec.RowStep.Rows;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.kernel.dense.ByteKernels;
import sc.fiji.glia.engine.kernel.dense.DenseOrder;
import sc.fiji.glia.engine.kernel.dense.DenseRows;

/** The images that are worked on, drawn when they are needed: a block of rows for each thread, each row from a line of the cache on. */
final class DrawnRows implements DenseStep.Source {

	private final int width;
	private final float[][][] slots;
	private final ImageRow[] cursors;

	/**
	 * @param slots number of blocks
	 * @param rows rows of a block
	 */
	DrawnRows(final int slots, final int rows, final Shape image, final ByteKernels kernels) {
		width = (int) image.size();
		this.slots = new float[slots][1][Math.toIntExact(floats(rows, width))];
		final int stride = (int) stride(width);
		cursors = IntStream.range(0, slots).mapToObj(i -> new ImageRow(kernels, image, this.slots[i][0], DenseOrder.FIRST, stride, rows)).toArray(ImageRow[]::new);
	}

	/** Floats of a block. */
	static long floats(final long rows, final long width) {
		return DenseOrder.FIRST + rows * stride(width);
	}

	private static long stride(final long width) {
		return (width + DenseOrder.VECTOR - 1) / DenseOrder.VECTOR * DenseOrder.VECTOR;
	}

	/** Draws the images of some rows. */
	void draw(final Rows r, final ImageRows images) {
		final ImageRow row = cursors[r.slot()];
		for (int i = r.from(); i < r.to(); i++) {
			row.at(i);
			images.draw(r.first() + i, row);
		}
		row.read(r.from(), r.to());
	}

	/** Copies the values of a row. */
	void copy(final int slot, final int i, final float[] to, final int at) {
		System.arraycopy(slots[slot][0], start(i), to, at, width);
	}

	private int start(final int row) {
		return DenseOrder.FIRST + row * (int) stride(width);
	}

	@Override
	public int width() {
		return width;
	}

	@Override
	public DenseRows rows(final int slot, final int from, final int first) {
		return new DenseRows(slots, slot, 0, start(from), (int) stride(width));
	}
}
