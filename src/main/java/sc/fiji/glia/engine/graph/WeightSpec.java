package sc.fiji.glia.engine.graph;

import java.util.List;

/**
 * Name, shape and first values of one array of weights.
 *
 * @param name last part of the name: {@code weight}, {@code bias}, {@code running_mean} or {@code running_var}
 * @param shape sizes, slowest first
 * @param start how the array is filled before training
 * @param learned true if the optimizer changes it, false for statistics
 * @param decayed true if L2 regularisation applies to it (weights of convolutions, not biases nor batch norm)
 */
public record WeightSpec(String name, List<Integer> shape, Start start, boolean learned, boolean decayed) {

	/** First values. */
	public enum Start {
		/** All 0. */
		ZERO,
		/** All 1. */
		ONE,
		/** Normal, by He et al. 2015 or Glorot and Bengio 2010; {@link Initialization} says which. */
		RANDOM
	}

	/** Number of values. */
	public int length() {
		int n = 1;
		for (final int s : shape) n = Math.multiplyExact(n, s);
		return n;
	}
}
