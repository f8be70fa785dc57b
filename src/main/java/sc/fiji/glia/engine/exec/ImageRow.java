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

import sc.fiji.glia.engine.kernel.dense.ByteKernels;
import sc.fiji.glia.engine.kernel.dense.ByteValues;

/** Takes the values of an image, from an array or from numbers that stand for them; one channel after the other, in any order. */
public final class ImageRow {

	private final ByteKernels kernels;
	private final int channels, plane;
	private float[][] planes = {};
	private float[] row = {};
	private int at;

	/** @param plane pixels of an image */
	ImageRow(final ByteKernels kernels, final int channels, final int plane) {
		this.channels = channels;
		this.kernels = kernels;
		this.plane = plane;
	}

	/** From now on values go to {@code row}, from {@code at} on. */
	void to(final float[] row, final int at) {
		this.row = row;
		this.at = at;
	}

	/** Working memory for an image, {@code [channel][y * width + x]}, for those that have to compute it; what is in it is not taken. */
	public float[][] planes() {
		if (planes.length == 0) planes = new float[channels][plane];
		return planes;
	}

	/** Takes the values of a channel, {@code [y * width + x]}. */
	public void floats(final int channel, final float[] values) {
		check(values.length);
		System.arraycopy(values, 0, row, at + channel * plane, plane);
	}

	/** Takes what the numbers of a channel stand for, {@code [y * width + x]}. */
	public void bytes(final int channel, final byte[] numbers, final ByteValues values) {
		check(numbers.length);
		kernels.read(numbers, values, row, at + channel * plane);
	}

	private void check(final int length) {
		if (length != plane) throw new IllegalArgumentException("TrainingPlan: expected images of " + plane + " pixels, got " + length);
	}
}
