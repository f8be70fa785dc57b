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
