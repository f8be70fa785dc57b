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

import java.util.List;

/**
 * {@link sc.fiji.glia.engine.graph.Concat}. The output's planes are those of the inputs, so forward has nothing to do, and backward only for
 * inputs whose gradient could not share its planes with the output's.
 */
class ConcatStep extends PlaneStep {

	/** Gradient of an input that has planes of its own. */
	record Part(int firstChannel, float[][][] dx, boolean add) {}

	private final List<Part> parts;

	ConcatStep(final Planes planes, final List<Part> parts) {
		super(planes);
		this.parts = parts;
	}

	@Override
	void forward(final Program program) {}

	@Override
	void backward(final Program program) {
		for (final Part part : parts) program.each(turn -> {
			final int i = turn.slot;
			for (int c = 0; c < part.dx[i].length; c++) {
				final float[] to = part.dx[i][c], from = dy[i][part.firstChannel + c];
				if (part.add) Sums.add(to, from);
				else System.arraycopy(from, 0, to, 0, to.length);
			}
		});
	}
}
