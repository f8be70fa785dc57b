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

/** {@link sc.fiji.glia.engine.graph.Add} of feature maps in planes. */
final class SumStep extends PlaneStep {

	private final List<float[][][]> terms;
	private final List<ConcatStep.Part> parts;

	/**
	 * @param terms what is added up
	 * @param parts where the gradient goes
	 */
	SumStep(final Planes planes, final List<float[][][]> terms, final List<ConcatStep.Part> parts) {
		super(planes);
		this.terms = terms;
		this.parts = parts;
	}

	@Override
	void forward(final Program program) {
		program.each(turn -> channels(turn, y[turn.slot].length, (c, scratch) -> {
			final float[] sum = y[turn.slot][c];
			for (int t = 0; t < terms.size(); t++) copy(terms.get(t)[turn.slot][c], sum, t > 0);
		}));
	}

	@Override
	void backward(final Program program) {
		program.each(turn -> channels(turn, dy[turn.slot].length, (c, scratch) -> {
			for (final ConcatStep.Part p : parts) copy(dy[turn.slot][c], p.dx()[turn.slot][c], p.add());
		}));
	}

	private static void copy(final float[] from, final float[] to, final boolean add) {
		if (add) Sums.add(to, from);
		else System.arraycopy(from, 0, to, 0, to.length);
	}
}
