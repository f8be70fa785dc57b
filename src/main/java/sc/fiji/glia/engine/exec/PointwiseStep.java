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

/**
 * ReLU, leaky ReLU and sigmoid: layers whose derivative follows from their output. May work in place ({@code y} being {@code x} and
 * {@code dx} being {@code dy}).
 */
final class PointwiseStep extends PlaneStep {

	/** What is computed. */
	enum Function {
		/** {@code max(x, 0)}, or {@code slope * x} below 0. */
		RELU,
		/** {@code 1 / (1 + exp(-x))}. */
		SIGMOID
	}

	private final Function function;
	private final float slope;

	PointwiseStep(final Function function, final float slope, final Planes planes) {
		super(planes);
		this.function = function;
		this.slope = slope;
	}

	@Override
	void forward(final Program program) {
		program.each(turn -> {
			final int i = turn.slot;
			for (int c = 0; c < y[i].length; c++) {
				if (function == Function.SIGMOID) sigmoid(x[i][c], y[i][c]);
				else relu(x[i][c], y[i][c], slope);
			}
		});
	}

	private static void relu(final float[] from, final float[] to, final float slope) {
		if (slope == 0) for (int i = 0; i < to.length; i++) to[i] = Math.max(from[i], 0f);
		else for (int i = 0; i < to.length; i++) to[i] = Math.max(from[i], slope * from[i]);
	}

	private static void sigmoid(final float[] from, final float[] to) {
		for (int i = 0; i < to.length; i++) to[i] = (float) (1 / (1 + Math.exp(-(double) from[i])));
	}

	@Override
	void backward(final Program program) {
		if (dx.length == 0) return;
		program.each(turn -> {
			final int i = turn.slot;
			for (int c = 0; c < y[i].length; c++) {
				final float[] to = dx[i][c], from = dy[i][c], out = y[i][c];
				for (int j = 0; j < to.length; j++) {
					final float d = function == Function.SIGMOID ? out[j] * (1 - out[j]) : out[j] > 0 ? 1 : slope;
					to[j] = add ? to[j] + d * from[j] : d * from[j];
				}
			}
		});
	}
}
