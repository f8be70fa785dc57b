package sc.fiji.glia.engine.graph;

import java.util.List;

/**
 * Leaky rectified linear unit (Maas et al. 2013): {@code y = x} where {@code x > 0}, else {@code slope * x}.
 *
 * @param slope factor for negative values, above 0 and at most 1
 */
public record LeakyReLU(float slope) implements Layer {

	/** @throws IllegalArgumentException if the slope is not above 0 and at most 1 */
	public LeakyReLU {
		if (!(slope > 0 && slope <= 1)) throw new IllegalArgumentException("LeakyReLU: expected a slope above 0 and at most 1, got " + slope);
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		return Layer.single(inputs);
	}
}
