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

import java.util.Arrays;

import sc.fiji.glia.engine.exec.Step.Turn;

/**
 * Planes as rows.
 *
 * @param planes {@code [slot][channel][y * width + x]}
 */
record PlaneRows(float[][][] planes) implements MapRows {

	@Override
	public boolean isEmpty() {
		return planes.length == 0;
	}

	@Override
	public void read(final Turn turn, final float[] row, final int at) {
		copy(planes[turn.slot], row, at);
	}

	/** Copies all channels of an image into a row. */
	static void copy(final float[][] image, final float[] row, final int at) {
		int i = at;
		for (final float[] plane : image) {
			System.arraycopy(plane, 0, row, i, plane.length);
			i += plane.length;
		}
	}

	@Override
	public void write(final Turn turn, final float[] row, final int at, final boolean add) {
		int i = at;
		for (final float[] plane : planes[turn.slot]) {
			if (add) for (int k = 0; k < plane.length; k++) plane[k] += row[i + k];
			else System.arraycopy(row, i, plane, 0, plane.length);
			i += plane.length;
		}
	}

	@Override
	public void means(final Turn turn, final float[] row, final int at) {
		final float[][] image = planes[turn.slot];
		for (int c = 0; c < image.length; c++) {
			double sum = 0;
			for (final float v : image[c]) sum += v;
			row[at + c] = (float) (sum / image[c].length);
		}
	}

	@Override
	public void spread(final Turn turn, final float[] row, final int at, final boolean add) {
		final float[][] image = planes[turn.slot];
		for (int c = 0; c < image.length; c++) {
			final float v = row[at + c] / image[c].length;
			if (add) for (int k = 0; k < image[c].length; k++) image[c][k] += v;
			else Arrays.fill(image[c], v);
		}
	}
}
