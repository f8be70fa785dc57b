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

/** {@link sc.fiji.glia.engine.graph.Softmax} over the channels of each pixel; may work in place. */
final class SoftmaxStep extends PlaneStep {

	SoftmaxStep(final Planes planes) {
		super(planes);
	}

	@Override
	void forward(final Program program) {
		program.each(turn -> softmax(x[turn.slot], y[turn.slot]));
	}

	private static void softmax(final float[][] x, final float[][] y) {
		final int channels = x.length;
		for (int p = 0; p < x[0].length; p++) {
			float max = x[0][p];
			for (int c = 1; c < channels; c++) max = Math.max(max, x[c][p]);
			double sum = 0;
			for (int c = 0; c < channels; c++) {
				final double e = Math.exp((double) x[c][p] - max);
				y[c][p] = (float) e;
				sum += e;
			}
			for (int c = 0; c < channels; c++) y[c][p] = (float) (y[c][p] / sum);
		}
	}

	/** {@code dx[c] = y[c] * (dy[c] - sum over k of dy[k] * y[k])}. */
	@Override
	void backward(final Program program) {
		if (dx.length == 0) return;
		program.each(turn -> {
			final int i = turn.slot;
			for (int p = 0; p < y[i][0].length; p++) {
				double dot = 0;
				for (int c = 0; c < y[i].length; c++) dot += (double) dy[i][c][p] * y[i][c][p];
				for (int c = 0; c < y[i].length; c++) {
					final float d = (float) (y[i][c][p] * (dy[i][c][p] - dot));
					dx[i][c][p] = add ? dx[i][c][p] + d : d;
				}
			}
		});
	}
}
