package sc.fiji.glia.engine.graph;

import java.util.List;

/**
 * Dropout (Srivastava et al. 2014), inverted: in training each value is 0 with probability {@code rate} and divided by
 * {@code 1 - rate} otherwise; at inference nothing happens.
 *
 * @param rate probability, from 0 to below 1
 */
public record Dropout(float rate) implements Layer {

	/** @throws IllegalArgumentException if the rate is not from 0 to below 1 */
	public Dropout {
		if (!(rate >= 0 && rate < 1)) throw new IllegalArgumentException("Dropout: expected a rate from 0 to below 1, got " + rate);
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		return Layer.single(inputs);
	}
}
