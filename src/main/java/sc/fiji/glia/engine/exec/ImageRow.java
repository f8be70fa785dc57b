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

import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.kernel.dense.ByteKernels;
import sc.fiji.glia.engine.kernel.dense.ByteValues;

/** Takes the values of an image, from arrays or from numbers that stand for them. */
public final class ImageRow {

	/** Bytes of a line of the cache. */
	private static final int LINE = 64;

	private final ByteKernels kernels;
	private final int channels, plane;
	private final float[] rows;
	private final int first, stride;
	/** By row; none for images that were given as floats. */
	private final byte[][] numbers;
	private final ByteValues[][] values;
	private float[][] planes = {};
	private int row, touched;

	/**
	 * The rows of a block, one at a time.
	 *
	 * @param rows values of all rows
	 * @param first where those of row 0 begin
	 * @param stride values from row to row
	 * @param count number of rows
	 */
	ImageRow(final ByteKernels kernels, final Shape image, final float[] rows, final int first, final int stride, final int count) {
		this.kernels = kernels;
		channels = image.channels();
		plane = image.plane();
		this.rows = rows;
		this.first = first;
		this.stride = stride;
		numbers = new byte[count][];
		values = new ByteValues[count][];
	}

	/** From now on values go to row {@code i}. */
	void at(final int i) {
		row = i;
		numbers[i] = null;
	}

	/** Working memory for an image, {@code [channel][y * width + x]}, for those that have to compute it; what is in it is not taken. */
	public float[][] planes() {
		if (planes.length == 0) planes = new float[channels][plane];
		return planes;
	}

	/** Takes values, {@code [channel][y * width + x]}. */
	public void floats(final float[][] values) {
		for (int c = 0; c < channels; c++) {
			check(values[c].length, plane);
			System.arraycopy(values[c], 0, rows, first + row * stride + c * plane, plane);
		}
	}

	/**
	 * Takes what numbers stand for. They are read some time after this call, and must not change until the step has ended.
	 *
	 * @param numbers {@code [channel * plane + y * width + x]}
	 * @param values what those of each channel stand for
	 */
	public void bytes(final byte[] numbers, final ByteValues[] values) {
		check(numbers.length, channels * plane);
		this.numbers[row] = numbers;
		this.values[row] = values;
	}

	private static void check(final int length, final int expected) {
		if (length != expected) throw new IllegalArgumentException("TrainingPlan: expected images of " + expected + " values, got " + length);
	}

	/**
	 * Reads the numbers of all rows from {@code from} on. NB: a number of each line of the cache first, in a loop of its own: so the processor waits for
	 * many lines from memory at a time, instead of for each, which takes twice as long.
	 */
	void read(final int from, final int to) {
		int sum = 0;
		for (int i = from; i < to; i++) if (numbers[i] != null) sum += touch(numbers[i]);
		touched = sum;
		for (int i = from; i < to; i++) {
			if (numbers[i] != null) for (int c = 0; c < channels; c++) kernels.read(numbers[i], c * plane, values[i][c], rows, first + i * stride + c * plane, plane);
			numbers[i] = null;
		}
	}

	private static int touch(final byte[] n) {
		int sum = 0;
		for (int i = 0; i < n.length; i += LINE) sum += n[i];
		return sum;
	}
}
