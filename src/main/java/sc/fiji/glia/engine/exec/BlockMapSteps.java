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
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

import sc.fiji.glia.engine.kernel.BlockShape;
import sc.fiji.glia.engine.kernel.vector.BlockMaps;
import sc.fiji.glia.engine.kernel.Lanes;

/** Layers without weights on blocks. */
final class BlockMapSteps {

	private BlockMapSteps() {}

	/** A layer that works block by block. */
	private abstract static class Each extends BlockStep {

		Each(final Maps maps) {
			super(maps);
		}

		/** Forward of block {@code b}. */
		abstract void forward(Turn turn, float[] m, int b);

		/** Backward of block {@code b}; {@code dx} is not empty. */
		abstract void backward(Turn turn, float[] m, int b);

		@Override
		void forward(final Program program) {
			program.each(turn -> turn.team.run(y.blocks().length, (b, scratch) -> forward(turn, memory(turn), b)));
		}

		@Override
		void backward(final Program program) {
			if (!dx.isEmpty()) program.each(turn -> turn.team.run(dy.blocks().length, (b, scratch) -> backward(turn, memory(turn), b)));
		}
	}

	/** ReLU and leaky ReLU; forward may have been done by the layer before, and backward by the last one behind. */
	static final class Relu extends Each {

		private final float slope;
		private final boolean done, masked;

		Relu(final Maps maps, final float slope, final boolean done, final boolean masked) {
			super(maps);
			this.slope = slope;
			this.done = done;
			this.masked = masked;
		}

		@Override
		void backward(final Program program) {
			if (!masked) super.backward(program);
		}

		@Override
		void forward(final Program program) {
			if (!done) super.forward(program);
		}

		@Override
		void forward(final Turn turn, final float[] m, final int b) {
			BlockMaps.relu(m, x.blocks()[b], y.blocks()[b], y.shape().size(), slope);
		}

		@Override
		void backward(final Turn turn, final float[] m, final int b) {
			BlockMaps.reluGradient(m, dy.blocks()[b], y.blocks()[b], dx.blocks()[b], y.shape(), slope, add);
		}
	}

	/** {@code 1 / (1 + exp(-x))}. */
	static final class Sigmoid extends Each {

		Sigmoid(final Maps maps) {
			super(maps);
		}

		@Override
		void forward(final Turn turn, final float[] m, final int b) {
			final BlockShape s = y.shape();
			for (int r = 0; r < s.height(); r++) for (int i = s.row(r); i < s.row(r) + s.width() * Lanes.COUNT; i++) {
				m[y.blocks()[b] + i] = (float) (1 / (1 + Math.exp(-(double) m[x.blocks()[b] + i])));
			}
		}

		@Override
		void backward(final Turn turn, final float[] m, final int b) {
			final BlockShape s = y.shape();
			for (int r = 0; r < s.height(); r++) for (int i = s.row(r); i < s.row(r) + s.width() * Lanes.COUNT; i++) {
				final float v = m[y.blocks()[b] + i], d = v * (1 - v) * m[dy.blocks()[b] + i];
				m[dx.blocks()[b] + i] = add ? m[dx.blocks()[b] + i] + d : d;
			}
		}
	}

	/** Softmax over the channels of each pixel, in the middle of a network. */
	static final class Softmax extends BlockStep {

		Softmax(final Maps maps) {
			super(maps);
		}

		@Override
		void forward(final Program program) {
			program.each(turn -> {
				final float[] m = memory(turn);
				for (int r = 0; r < y.shape().height(); r++) for (int k = 0; k < y.shape().width(); k++) {
					final int at = y.shape().row(r) + k * Lanes.COUNT;
					double max = Double.NEGATIVE_INFINITY, sum = 0;
					for (int l = 0; l < x.channels().length; l++) if (x.channels()[l] >= 0) max = Math.max(max, m[index(x, l, at)]);
					for (int l = 0; l < x.channels().length; l++) if (x.channels()[l] >= 0) sum += Math.exp(m[index(x, l, at)] - max);
					for (int l = 0; l < x.channels().length; l++) if (x.channels()[l] >= 0) m[index(y, l, at)] = (float) (Math.exp(m[index(x, l, at)] - max) / sum);
				}
			});
		}

		private static int index(final BlockMap map, final int lane, final int at) {
			return map.blocks()[lane / Lanes.COUNT] + at + lane % Lanes.COUNT;
		}

		@Override
		void backward(final Program program) {
			if (!dx.isEmpty()) program.each(turn -> {
				final float[] m = memory(turn);
				for (int r = 0; r < y.shape().height(); r++) for (int k = 0; k < y.shape().width(); k++) {
					final int at = y.shape().row(r) + k * Lanes.COUNT;
					double dot = 0;
					for (int l = 0; l < y.channels().length; l++) if (y.channels()[l] >= 0) dot += (double) m[index(y, l, at)] * m[index(dy, l, at)];
					for (int l = 0; l < y.channels().length; l++) if (y.channels()[l] >= 0) {
						final float d = (float) (m[index(y, l, at)] * (m[index(dy, l, at)] - dot));
						m[index(dx, l, at)] = add ? m[index(dx, l, at)] + d : d;
					}
				}
			});
		}
	}

	/** Dropout in training. The zeros follow from a seed for the step, the node, the image and the channel; backward draws them again. */
	static final class Drop extends Each {

		private final int node;
		private final float rate;
		private final LongSupplier seed;

		/**
		 * @param node number of the node, so that two layers do not drop the same values
		 * @param seed another number for each step of training
		 */
		Drop(final Maps maps, final int node, final float rate, final LongSupplier seed) {
			super(maps);
			this.node = node;
			this.rate = rate;
			this.seed = seed;
		}

		@Override
		void forward(final Turn turn, final float[] m, final int b) {
			drop(turn, m, b, x.blocks()[b], y.blocks()[b], false);
		}

		@Override
		void backward(final Turn turn, final float[] m, final int b) {
			drop(turn, m, b, dy.blocks()[b], dx.blocks()[b], add);
		}

		private void drop(final Turn turn, final float[] m, final int b, final int from, final int to, final boolean sum) {
			final float keep = 1 / (1 - rate);
			final BlockShape s = y.shape();
			for (int l = 0; l < Lanes.COUNT; l++) {
				final int channel = y.channels()[b * Lanes.COUNT + l];
				if (channel < 0) continue;
				final SplittableRandom random = DropoutStep.random(seed.getAsLong(), node, turn.image, channel);
				for (int r = 0; r < s.height(); r++) for (int k = 0, i = s.row(r) + l; k < s.width(); k++, i += Lanes.COUNT) {
					final float v = random.nextDouble() < rate ? 0 : keep * m[from + i];
					m[to + i] = sum ? m[to + i] + v : v;
				}
			}
		}
	}

	/** Max pooling, with a ReLU before it that nobody else reads; backward finds the first maximum of each square again. */
	static final class Pool extends BlockStep {

		private final int size;
		private final float slope;
		private boolean done;

		/** @param slope of the leaky ReLU to be done, 1 for none */
		Pool(final Maps maps, final int size, final float slope) {
			super(maps);
			this.size = size;
			this.slope = slope;
		}

		/** From now on the layer before calls {@link #run} for all its rows, {@code rows} at a time; whether these are whole squares. */
		boolean isDoneWith(final int rows) {
			done = rows > 0 && rows % size == 0;
			return done;
		}

		/** Forward for rows y0 to y1 of the input, or to its end. */
		void run(final float[] m, final int y0, final int y1) {
			for (int b = 0; b < y.blocks().length; b++) pool(m, b, y0 / size, Math.min(y.shape().height(), y1 / size));
		}

		private void pool(final float[] m, final int b, final int y0, final int y1) {
			BlockMaps.maxPool(m, x.blocks()[b], x.shape(), y.blocks()[b], y.shape(), size, slope, y0, y1);
		}

		@Override
		void forward(final Program program) {
			if (!done) program.each(turn -> rows(turn, y.blocks().length, y.shape().height(), (b, y0, y1, scratch) -> pool(memory(turn), b, y0, y1)));
		}

		@Override
		void backward(final Program program) {
			if (!dx.isEmpty()) program.each(turn -> rows(turn, dy.blocks().length, y.shape().height(), (b, y0, y1, scratch) -> BlockMaps.maxPoolGradient(memory(turn),
				x.blocks()[b], x.shape(), y.blocks()[b], dy.blocks()[b], y.shape(), size, dx.blocks()[b], add, mask, y0, y1)));
		}
	}

	/** Up-sampling that those who read it do; what is left is the derivative of the activation before it. */
	static final class Mask extends BlockStep {

		Mask(final Maps maps) {
			super(maps);
		}

		@Override
		void forward(final Program program) {}

		@Override
		void backward(final Program program) {
			if (mask != 1 && !dx.isEmpty()) program.each(turn -> turn.team.run(dx.blocks().length, (b, scratch) -> BlockMaps.mask(memory(turn), dx.blocks()[b], x
				.blocks()[b], x.shape().size(), mask)));
		}
	}

	/** Up-sampling: every pixel becomes a square; backward, the gradients of a square are added up. */
	static final class Upsample extends BlockStep {

		private final int factor;

		Upsample(final Maps maps, final int factor) {
			super(maps);
			this.factor = factor;
		}

		@Override
		void forward(final Program program) {
			program.each(turn -> rows(turn, y.blocks().length, x.shape().height(), (b, y0, y1, scratch) -> BlockMaps.upsample(memory(turn), x.blocks()[b], x.shape(),
				y.blocks()[b], y.shape(), factor, y0, y1)));
		}

		@Override
		void backward(final Program program) {
			if (!dx.isEmpty()) program.each(turn -> rows(turn, dy.blocks().length, x.shape().height(), (b, y0, y1, scratch) -> BlockMaps.upsampleGradient(memory(turn),
				dy.blocks()[b], dy.shape(), dx.blocks()[b], dx.shape(), factor, add, x.blocks()[b], mask, y0, y1)));
		}
	}

	/**
	 * Gradient of an input of a concatenation or sum.
	 *
	 * @param dx the input's gradient
	 * @param first number of its first block among those of the output
	 * @param add whether to add to it
	 */
	record Share(BlockMap dx, int first, boolean add) {}

	/**
	 * Concatenation and sum. The output's blocks of a concatenation are those of the inputs, so forward has nothing to do, and backward only
	 * for inputs whose gradient could not share its blocks with the output's.
	 */
	static final class Join extends BlockStep {

		private final List<BlockMap> terms;
		private final List<Share> shares;

		/** @param terms what is added up; none for a concatenation */
		Join(final Maps maps, final List<BlockMap> terms, final List<Share> shares) {
			super(maps);
			this.terms = terms;
			this.shares = shares;
		}

		@Override
		void forward(final Program program) {
			for (int t = 0; t < terms.size(); t++) {
				final BlockMap term = terms.get(t);
				final boolean sum = t > 0;
				program.each(turn -> turn.team.run(y.blocks().length, (b, scratch) -> BlockMaps.copy(memory(turn), term.blocks()[b], y.blocks()[b], y.shape(), sum)));
			}
		}

		@Override
		void backward(final Program program) {
			for (final Share s : shares) program.each(turn -> turn.team.run(s.dx.blocks().length, (b, scratch) -> BlockMaps.copy(memory(turn), dy.blocks()[s.first +
				b], s.dx.blocks()[b], dy.shape(), s.add)));
		}
	}
}
