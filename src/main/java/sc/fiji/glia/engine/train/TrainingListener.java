package sc.fiji.glia.engine.train;

/** Hears how training goes and says whether to go on. Called on the training thread. */
public interface TrainingListener {

	/** Called after each optimizer step. Steps count from 1. */
	default void stepEnded(final int epoch, final int step, final int steps, final double loss) {}

	/** Called after each epoch, when the best weights are up to date. */
	default void epochEnded(final EpochRecord epoch) {}

	/** Asked before each step and during validation. */
	default Signal signal() {
		return Signal.CONTINUE;
	}
}
