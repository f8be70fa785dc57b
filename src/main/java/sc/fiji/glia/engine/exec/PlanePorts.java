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

import sc.fiji.glia.engine.exec.Steps.Ports;
import sc.fiji.glia.engine.graph.Layer;

/** Where images enter and results leave the planes of a network. */
final class PlanePorts {

	private PlanePorts() {}

	private static void copy(final float[][] from, final float[][] to) {
		for (int c = 0; c < from.length; c++) System.arraycopy(from[c], 0, to[c], 0, from[c].length);
	}

	/** The images that enter, and their gradients that leave. */
	static final class Input extends Step {

		private final float[][][] map, gradient;
		private final Ports ports;

		/** @param gradient of length 0 if nobody needs it */
		Input(final float[][][] map, final float[][][] gradient, final Ports ports) {
			this.map = map;
			this.gradient = gradient;
			this.ports = ports;
		}

		@Override
		void forward(final Program program) {
			program.each(turn -> copy(ports.input()[turn.image], map[turn.slot]));
		}

		@Override
		void backward(final Program program) {
			if (gradient.length > 0) program.each(turn -> copy(gradient[turn.slot], ports.inputGradient()[turn.image]));
		}
	}

	/** The results that leave, and their gradients that enter. */
	static final class Output extends Step {

		private final float[][][] map, gradient;
		private final Ports ports;
		private final Probabilities probabilities;

		/** @param end the network's last layer */
		Output(final float[][][] map, final float[][][] gradient, final Ports ports, final Layer end) {
			this.map = map;
			this.gradient = gradient;
			this.ports = ports;
			probabilities = new Probabilities(end, DenseKernels.PLAIN.probabilities());
		}

		@Override
		void forward(final Program program) {
			program.each(turn -> {
				copy(map[turn.slot], ports.output()[turn.image]);
				probabilities.of(ports.output()[turn.image], turn.scratch);
			});
		}

		@Override
		void backward(final Program program) {
			program.each(turn -> copy(ports.outputGradient()[turn.image], gradient[turn.slot]));
		}
	}
}
