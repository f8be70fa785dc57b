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

import sc.fiji.glia.engine.kernel.dense.DenseRows;

/** Where feature maps become rows, and gradients of rows those of feature maps. */
final class RowPorts {

	private RowPorts() {}

	/** Images that become rows as they enter; nobody needs their gradient. */
	static final class Input extends RowStep {

		private final float[][][] planes;
		private final RowMatrix y;

		Input(final float[][][] planes, final RowMatrix y, final int rows) {
			super((long) rows * y.width());
			this.planes = planes;
			this.y = y;
		}

		@Override
		void forward(final Rows r) {
			for (int i = r.from(); i < r.to(); i++) PlaneRows.copy(planes[r.first() + i], y.of(r.slot()), i * y.width());
		}

		@Override
		void backward(final Rows rows) {}
	}

	/**
	 * Images of one channel that dense layers read where they are.
	 *
	 * @param images {@code [image][0][y * width + x]}
	 * @param width values of an image
	 */
	record Images(float[][][] images, int width) implements DenseStep.Source {

		@Override
		public DenseRows rows(final int slot, final int from, final int first) {
			return DenseRows.ofImages(images, first + from);
		}
	}

	/** All values of feature maps, or the means of the channels. */
	static final class FromMaps extends Step {

		private final MapRows x, dx;
		private final RowMatrix y, dy;
		private final boolean mean, add;

		/**
		 * @param mean whether to take the means of the channels
		 * @param add whether to add to {@code dx} instead of overwriting it
		 */
		FromMaps(final MapRows x, final RowMatrix y, final MapRows dx, final RowMatrix dy, final boolean mean, final boolean add) {
			this.x = x;
			this.y = y;
			this.dx = dx;
			this.dy = dy;
			this.mean = mean;
			this.add = add;
		}

		@Override
		boolean isOfMaps() {
			return false;
		}

		@Override
		void forward(final Program program) {
			program.each(turn -> {
				if (mean) x.means(turn, y.of(0), turn.image * y.width());
				else x.read(turn, y.of(0), turn.image * y.width());
			});
		}

		@Override
		void backward(final Program program) {
			if (!dx.isEmpty()) program.each(turn -> {
				if (mean) dx.spread(turn, dy.of(0), turn.image * y.width(), add);
				else dx.write(turn, dy.of(0), turn.image * y.width(), add);
			});
		}
	}
}
