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
import sc.fiji.glia.engine.kernel.vector.BlockMaps;
import sc.fiji.glia.engine.kernel.Lanes;

/** Where planes become blocks, and blocks planes. */
final class BlockPorts {

	private BlockPorts() {}

	/** The images that enter, and their gradients that leave. */
	static final class Input extends Step {

		private final BlockMemory memory;
		private final BlockMap map, gradient;
		private final Ports ports;

		/** @param gradient empty if nobody needs it */
		Input(final BlockMemory memory, final BlockMap map, final BlockMap gradient, final Ports ports) {
			this.memory = memory;
			this.map = map;
			this.gradient = gradient;
			this.ports = ports;
		}

		@Override
		void forward(final Program program) {
			program.each(turn -> BlockStep.rows(turn, map.blocks().length, map.shape().height(), (b, y0, y1, scratch) -> BlockMaps.fromPlanes(ports.input()[turn
				.image], map.channels(), b * Lanes.COUNT, memory.of(turn.slot), map.blocks()[b], map.shape(), y0, y1)));
		}

		@Override
		void backward(final Program program) {
			if (!gradient.isEmpty()) program.each(turn -> BlockStep.rows(turn, gradient.blocks().length, gradient.shape().height(), (b, y0, y1, scratch) -> BlockMaps
				.toPlanes(memory.of(turn.slot), gradient.blocks()[b], gradient.shape(), gradient.channels(), b * Lanes.COUNT, ports.inputGradient()[turn.image], y0,
					y1)));
		}
	}

	/** The results that leave, and their gradients that enter; with the probabilities, if the network ends in some. */
	static final class Output extends Step {

		private final BlockMemory memory;
		private final BlockMap map, gradient;
		private final Ports ports;
		private final Probabilities probabilities;

		Output(final BlockMemory memory, final BlockMap map, final BlockMap gradient, final Ports ports, final Layer last) {
			this.memory = memory;
			this.map = map;
			this.gradient = gradient;
			this.ports = ports;
			probabilities = new Probabilities(last, DenseKernels.VECTOR.probabilities());
		}

		@Override
		void forward(final Program program) {
			program.each(turn -> {
				final float[][] out = ports.output()[turn.image];
				BlockStep.rows(turn, map.blocks().length, map.shape().height(), (b, y0, y1, scratch) -> BlockMaps.toPlanes(memory.of(turn.slot), map.blocks()[b], map
					.shape(), map.channels(), b * Lanes.COUNT, out, y0, y1));
				probabilities.of(out, turn.scratch);
			});
		}

		@Override
		void backward(final Program program) {
			program.each(turn -> BlockStep.rows(turn, gradient.blocks().length, gradient.shape().height(), (b, y0, y1, scratch) -> BlockMaps.fromPlanes(ports
				.outputGradient()[turn.image], gradient.channels(), b * Lanes.COUNT, memory.of(turn.slot), gradient.blocks()[b], gradient.shape(), y0, y1)));
		}
	}
}
