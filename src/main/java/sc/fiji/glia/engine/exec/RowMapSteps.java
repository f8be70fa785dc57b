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

/** Layers without weights on vectors. */
final class RowMapSteps {

	private RowMapSteps() {}

	/**
	 * What a layer works on.
	 *
	 * @param rows the most rows at a time
	 * @param x input
	 * @param y output; may be {@code x} for layers that work in place
	 * @param dx gradient of the input; empty if nobody needs it
	 * @param dy gradient of the output; empty without a backward pass
	 * @param add whether to add to {@code dx} instead of overwriting it
	 */
	record Maps(int rows, RowMatrix x, RowMatrix y, RowMatrix dx, RowMatrix dy, boolean add) {}

	/** A layer that works on ranges of values. */
	abstract static class Each extends RowStep {

		final Maps maps;

		Each(final Maps maps) {
			super((long) maps.rows * maps.y.width());
			this.maps = maps;
		}

		/** {@code y} from {@code x}, for values {@code from ... to - 1}. */
		abstract void forward(float[] x, float[] y, int from, int to);

		/** The gradient of {@code x} for one value, from that of {@code y}. */
		abstract float backward(float y, float dy);

		@Override
		void forward(final Rows r) {
			forward(maps.x.of(r.slot()), maps.y.of(r.slot()), r.from() * maps.y.width(), r.to() * maps.y.width());
		}

		@Override
		void backward(final Rows r) {
			if (maps.dx.isEmpty()) return;
			final float[] y = maps.y.of(r.slot()), dx = maps.dx.of(r.slot()), dy = maps.dy.of(r.slot());
			final int to = r.to() * maps.y.width();
			for (int i = r.from() * maps.y.width(); i < to; i++) {
				final float d = backward(y[i], dy[i]);
				dx[i] = maps.add ? dx[i] + d : d;
			}
		}
	}

	/** ReLU and leaky ReLU. */
	static final class Relu extends Each {

		private final float slope;

		Relu(final Maps maps, final float slope) {
			super(maps);
			this.slope = slope;
		}

		@Override
		void forward(final float[] x, final float[] y, final int from, final int to) {
			for (int i = from; i < to; i++) y[i] = Math.max(x[i], slope * x[i]);
		}

		@Override
		float backward(final float y, final float dy) {
			return y > 0 ? dy : slope * dy;
		}
	}

	/** {@code 1 / (1 + exp(-x))}. */
	static final class Sigmoid extends Each {

		Sigmoid(final Maps maps) {
			super(maps);
		}

		@Override
		void forward(final float[] x, final float[] y, final int from, final int to) {
			for (int i = from; i < to; i++) y[i] = (float) (1 / (1 + Math.exp(-(double) x[i])));
		}

		@Override
		float backward(final float y, final float dy) {
			return y * (1 - y) * dy;
		}
	}

	/** Nothing but a copy: flattening what is flat, dropout at inference. */
	static final class Copy extends Each {

		Copy(final Maps maps) {
			super(maps);
		}

		@Override
		void forward(final float[] x, final float[] y, final int from, final int to) {
			if (x != y) System.arraycopy(x, from, y, from, to - from);
		}

		@Override
		float backward(final float y, final float dy) {
			return dy;
		}
	}

	/** A layer that works on vectors. */
	private abstract static class Vectors extends RowStep {

		final Maps maps;

		Vectors(final Maps maps) {
			super((long) maps.rows * maps.y.width());
			this.maps = maps;
		}

		/** {@code y} of an image from {@code x}, {@code width} values from {@code at} on. */
		abstract void forward(int image, float[] x, float[] y, int at, int width);

		/** The gradient of {@code x} from that of {@code y}, overwritten or added to. */
		abstract void backward(int image, float[] y, float[] dy, float[] dx, int at, int width);

		@Override
		void forward(final Rows r) {
			for (int i = r.from(); i < r.to(); i++) forward(r.first() + i, maps.x.of(r.slot()), maps.y.of(r.slot()), i * maps.y.width(), maps.y.width());
		}

		@Override
		void backward(final Rows r) {
			if (!maps.dx.isEmpty()) for (int i = r.from(); i < r.to(); i++) backward(r.first() + i, maps.y.of(r.slot()), maps.dy.of(r.slot()), maps.dx.of(r.slot()),
				i * maps.y.width(), maps.y.width());
		}
	}

	/** Softmax over the values of a vector. */
	static final class Softmax extends Vectors {

		Softmax(final Maps maps) {
			super(maps);
		}

		@Override
		void forward(final int image, final float[] x, final float[] y, final int at, final int width) {
			float max = x[at];
			double sum = 0;
			for (int c = 1; c < width; c++) max = Math.max(max, x[at + c]);
			for (int c = 0; c < width; c++) {
				final double e = Math.exp((double) x[at + c] - max);
				sum += e;
				y[at + c] = (float) e;
			}
			for (int c = 0; c < width; c++) y[at + c] = (float) (y[at + c] / sum);
		}

		@Override
		void backward(final int image, final float[] y, final float[] dy, final float[] dx, final int at, final int width) {
			double dot = 0;
			for (int i = at; i < at + width; i++) dot += (double) dy[i] * y[i];
			for (int i = at; i < at + width; i++) {
				final float d = (float) (y[i] * (dy[i] - dot));
				dx[i] = maps.add ? dx[i] + d : d;
			}
		}
	}

	/** Dropout in training. The zeros follow from a seed for the step, the node and the image; backward draws them again. */
	static final class Drop extends Vectors {

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
		void forward(final int image, final float[] x, final float[] y, final int at, final int width) {
			drop(image, x, y, at, width, false);
		}

		@Override
		void backward(final int image, final float[] y, final float[] dy, final float[] dx, final int at, final int width) {
			drop(image, dy, dx, at, width, maps.add);
		}

		private void drop(final int image, final float[] from, final float[] to, final int at, final int width, final boolean add) {
			final float keep = 1 / (1 - rate);
			final SplittableRandom random = DropoutStep.random(seed.getAsLong(), node, image, 0);
			for (int i = at; i < at + width; i++) {
				final float v = random.nextDouble() < rate ? 0 : keep * from[i];
				to[i] = add ? to[i] + v : v;
			}
		}
	}

	/** An input of a sum: where its gradient goes, and whether to add to it. */
	record Term(RowMatrix dx, boolean add) {}

	/** Sum of vectors. */
	static final class Sum extends RowStep {

		private final RowMatrix y, dy;
		private final List<RowMatrix> terms;
		private final List<Term> gradients;

		/**
		 * @param terms what is added up
		 * @param gradients where the gradient goes
		 */
		Sum(final Maps maps, final List<RowMatrix> terms, final List<Term> gradients) {
			super((long) maps.rows * maps.y.width());
			y = maps.y;
			dy = maps.dy;
			this.terms = terms;
			this.gradients = gradients;
		}

		@Override
		void forward(final Rows r) {
			for (int t = 0; t < terms.size(); t++) copy(terms.get(t).of(r.slot()), y.of(r.slot()), r, t > 0);
		}

		@Override
		void backward(final Rows r) {
			for (final Term t : gradients) copy(dy.of(r.slot()), t.dx.of(r.slot()), r, t.add);
		}

		private void copy(final float[] from, final float[] to, final Rows r, final boolean add) {
			for (int i = r.from() * y.width(); i < r.to() * y.width(); i++) to[i] = add ? to[i] + from[i] : from[i];
		}
	}
}
