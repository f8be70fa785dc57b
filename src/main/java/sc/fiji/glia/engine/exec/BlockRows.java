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

import sc.fiji.glia.engine.exec.Step.Turn;
import sc.fiji.glia.engine.kernel.BlockShape;

/** Blocks of channels as rows. */
record BlockRows(BlockMemory memory, BlockMap map) implements MapRows {

	@Override
	public boolean isEmpty() {
		return map.isEmpty();
	}

	/** Work on one lane of a block; {@code m[first + row(y) + x * lanes]} is a pixel of the channel. */
	@FunctionalInterface
	private interface LaneWork {

		void run(float[] m, int first, int channel);
	}

	private void each(final Turn turn, final LaneWork work) {
		final float[] m = memory.of(turn.slot);
		final int lanes = map.shape().lanes();
		turn.team.run(map.blocks().length, (b, scratch) -> {
			for (int l = 0; l < lanes; l++) if (map.channels()[b * lanes + l] >= 0) work.run(m, map.blocks()[b] + l, map.channels()[b * lanes + l]);
		});
	}

	/** Work on one row of one lane; {@code m[first + x * lanes]} is a pixel of the channel, {@code at + x} its place among the values of an image. */
	@FunctionalInterface
	private interface RowWork {

		void run(float[] m, int first, int at);
	}

	/** Row by row all lanes, since these lie together. */
	private void eachRow(final Turn turn, final RowWork work) {
		final float[] m = memory.of(turn.slot);
		final BlockShape s = map.shape();
		turn.team.run(map.blocks().length, (b, scratch) -> {
			for (int y = 0; y < s.height(); y++) for (int l = 0; l < s.lanes(); l++) {
				final int c = map.channels()[b * s.lanes() + l];
				if (c >= 0) work.run(m, map.blocks()[b] + s.row(y) + l, c * plane() + y * s.width());
			}
		});
	}

	private int plane() {
		return map.shape().height() * map.shape().width();
	}

	@Override
	public void read(final Turn turn, final float[] row, final int at) {
		final BlockShape s = map.shape();
		eachRow(turn, (m, first, values) -> {
			for (int x = 0, i = first, j = at + values; x < s.width(); x++, i += s.lanes()) row[j++] = m[i];
		});
	}

	@Override
	public void write(final Turn turn, final float[] row, final int at, final boolean add) {
		final BlockShape s = map.shape();
		eachRow(turn, (m, first, values) -> {
			for (int x = 0, i = first, j = at + values; x < s.width(); x++, i += s.lanes(), j++) m[i] = add ? m[i] + row[j] : row[j];
		});
	}

	@Override
	public void means(final Turn turn, final float[] row, final int at) {
		final BlockShape s = map.shape();
		each(turn, (m, first, c) -> {
			double sum = 0;
			for (int y = 0; y < s.height(); y++) for (int x = 0, i = first + s.row(y); x < s.width(); x++, i += s.lanes()) sum += m[i];
			row[at + c] = (float) (sum / plane());
		});
	}

	@Override
	public void spread(final Turn turn, final float[] row, final int at, final boolean add) {
		final BlockShape s = map.shape();
		each(turn, (m, first, c) -> {
			final float v = row[at + c] / plane();
			for (int y = 0; y < s.height(); y++) for (int x = 0, i = first + s.row(y); x < s.width(); x++, i += s.lanes()) m[i] = add ? m[i] + v : v;
		});
	}
}
