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
			channels(turn, y[i].length, (c, scratch) -> {
				if (function == Function.SIGMOID) sigmoid(x[i][c], y[i][c]);
				else relu(x[i][c], y[i][c], slope);
			});
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
			channels(turn, y[i].length, (c, scratch) -> {
				if (function == Function.SIGMOID) sigmoidGradient(dy[i][c], y[i][c], dx[i][c], add);
				else if (dx[i][c] == dy[i][c]) mask(dx[i][c], y[i][c], slope);
				else reluGradient(dy[i][c], y[i][c], dx[i][c], add, slope);
			});
		});
	}

	private static void sigmoidGradient(final float[] dy, final float[] y, final float[] dx, final boolean add) {
		if (add) for (int j = 0; j < dx.length; j++) dx[j] += y[j] * (1 - y[j]) * dy[j];
		else for (int j = 0; j < dx.length; j++) dx[j] = y[j] * (1 - y[j]) * dy[j];
	}

	/** So large that any positive float times its square is more than 1. */
	private static final float HUGE = 0x1p127f;

	/**
	 * {@code dy *= y > 0 ? 1 : slope}. The factor is exactly that, without a comparison, which HotSpot would not vectorise: the smallest
	 * positive float is {@code 2^-149}. An infinite gradient becomes NaN where the factor is 0.
	 */
	static void mask(final float[] dy, final float[] y, final float slope) {
		if (slope == 0) for (int j = 0; j < dy.length; j++) dy[j] *= Math.min(y[j] * HUGE * HUGE, 1f);
		else for (int j = 0; j < dy.length; j++) dy[j] *= Math.max(Math.min(y[j] * HUGE * HUGE, 1f), slope);
	}

	private static void reluGradient(final float[] dy, final float[] y, final float[] dx, final boolean add, final float slope) {
		if (add) for (int j = 0; j < dx.length; j++) dx[j] += Math.max(Math.min(y[j] * HUGE * HUGE, 1f), slope) * dy[j];
		else for (int j = 0; j < dx.length; j++) dx[j] = Math.max(Math.min(y[j] * HUGE * HUGE, 1f), slope) * dy[j];
	}
}
