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

import java.util.Map;

import sc.fiji.glia.engine.kernel.Scratch;

/** A step on feature maps in blocks. */
abstract class BlockStep extends Step {

	/**
	 * What a node works on.
	 *
	 * @param memory where everything lies
	 * @param x input
	 * @param y output; may be {@code x} for layers that work in place
	 * @param dx gradient of the input; empty if nobody needs it
	 * @param dy gradient of the output; empty in a plan without backward pass, or if the node does not reach the network's output
	 * @param add whether to add to {@code dx} instead of overwriting it
	 * @param mask slope of the leaky ReLU that {@code x} is the output of, if its derivative is to be applied to {@code dx}; otherwise 1
	 */
	record Maps(BlockMemory memory, BlockMap x, BlockMap y, BlockMap dx, BlockMap dy, boolean add, float mask) {}

	/** Rows that are worked on together. */
	private static final int ROWS = 32;

	private final BlockMemory memory;
	/** See {@link Maps}. */
	final BlockMap x, y, dx, dy;
	final boolean add;
	final float mask;

	BlockStep(final Maps maps) {
		memory = maps.memory;
		x = maps.x;
		y = maps.y;
		dx = maps.dx;
		dy = maps.dy;
		add = maps.add;
		mask = maps.mask;
	}

	/** The array with an image's feature maps. */
	final float[] memory(final Turn turn) {
		return memory.of(turn.slot);
	}

	/** Work on some rows of a block. */
	@FunctionalInterface
	interface RowWork {

		void run(int block, int y0, int y1, Scratch scratch);
	}

	/** Shares work on the rows of some blocks among the team of a turn. */
	static void rows(final Turn turn, final int blocks, final int height, final RowWork work) {
		final int chunks = (height + ROWS - 1) / ROWS;
		turn.team.run(blocks * chunks, (i, scratch) -> work.run(i / chunks, i % chunks * ROWS, Math.min(height, (i % chunks + 1) * ROWS), scratch));
	}

	/** A layer that another step does, or that does nothing. */
	static final class Nothing extends BlockStep {

		Nothing(final Maps maps) {
			super(maps);
		}

		@Override
		void forward(final Program program) {}

		@Override
		void backward(final Program program) {}

		@Override
		void gradients(final Map<String, float[]> gradients) {}
	}
}
