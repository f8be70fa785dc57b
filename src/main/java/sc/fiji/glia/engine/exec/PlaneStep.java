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

import sc.fiji.glia.engine.kernel.Scratch;

/** A step on feature maps in planes, one array for each channel. */
abstract class PlaneStep extends Step {

	/**
	 * The planes that a node works on, {@code [slot][channel][y * width + x]}.
	 *
	 * @param x input
	 * @param y output; may be {@code x} for layers that work in place
	 * @param dx gradient of the input; of length 0 if nobody needs it
	 * @param dy gradient of the output; of length 0 in a plan without backward pass, or if the node does not reach the network's output
	 * @param add whether to add to {@code dx} instead of overwriting it
	 */
	record Planes(float[][][] x, float[][][] y, float[][][] dx, float[][][] dy, boolean add) {}

	/** See {@link Planes}. */
	final float[][][] x, y, dx, dy;
	final boolean add;

	/** Work on one channel. */
	@FunctionalInterface
	interface ChannelWork {

		void run(int channel, Scratch scratch);
	}

	/** Shares work on channels among the team of a turn. */
	static void channels(final Turn turn, final int count, final ChannelWork work) {
		turn.team.run(count, work::run);
	}

	PlaneStep(final Planes planes) {
		x = planes.x;
		y = planes.y;
		dx = planes.dx;
		dy = planes.dy;
		add = planes.add;
	}
}
