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
package sc.fiji.glia.engine.train;

import java.util.List;

/** The learning rate of each epoch, as a factor of the first rate. */
public sealed interface Schedule permits Schedule.Constant, Schedule.Decay, Schedule.Cosine, Schedule.Plateau {

	/**
	 * The factor for an epoch.
	 *
	 * @param epoch number of the epoch, from 1
	 * @param epochs number of epochs planned
	 * @param history the epochs before
	 */
	double factor(int epoch, int epochs, List<EpochRecord> history);

	/** Always 1. */
	record Constant() implements Schedule {

		@Override
		public double factor(final int epoch, final int epochs, final List<EpochRecord> history) {
			return 1;
		}
	}

	/**
	 * {@code factor^(epoch - 1)}.
	 *
	 * @param factor per epoch, as 0.95
	 */
	record Decay(double factor) implements Schedule {

		@Override
		public double factor(final int epoch, final int epochs, final List<EpochRecord> history) {
			return Math.pow(factor, epoch - 1);
		}
	}

	/** Half a cosine from 1 to 0.01 (Loshchilov and Hutter 2017, without restarts). */
	record Cosine() implements Schedule {

		private static final double LOWEST = 0.01;

		@Override
		public double factor(final int epoch, final int epochs, final List<EpochRecord> history) {
			if (epochs < 2) return 1;
			return LOWEST + (1 - LOWEST) * (1 + Math.cos(Math.PI * (epoch - 1) / (epochs - 1))) / 2;
		}
	}

	/**
	 * Falls whenever no epoch was the best for a while.
	 *
	 * @param factor by which the rate is multiplied, as 0.5
	 * @param patience epochs without a new best before it falls
	 */
	record Plateau(double factor, int patience) implements Schedule {

		@Override
		public double factor(final int epoch, final int epochs, final List<EpochRecord> history) {
			double f = 1;
			int waited = 0;
			for (final EpochRecord e : history) {
				waited = e.best() ? 0 : waited + 1;
				if (waited >= patience) {
					f *= factor;
					waited = 0;
				}
			}
			return f;
		}
	}
}
