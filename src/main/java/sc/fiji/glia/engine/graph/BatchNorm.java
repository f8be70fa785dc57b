package sc.fiji.glia.engine.graph;

import java.util.List;

import sc.fiji.glia.engine.graph.WeightSpec.Start;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, section 3): per channel {@code y = weight * (x - mean) / sqrt(var + epsilon) + bias}.
 * <p>
 * In training, mean and (biased) variance are taken over batch and pixels, and the running statistics follow:
 * {@code running = (1 - m) * running + m * batch}, the variance of the batch being the unbiased one and {@code m} the greater of
 * {@code momentum} and 1 / (number of the step): in the first steps the running statistics are the mean over the steps so far, so that a short
 * training can be used too. At inference the running statistics are used, so that the result for an image does not depend on the other
 * images.
 *
 * @param epsilon added to the variance
 * @param momentum share of the newest batch in the running statistics
 */
public record BatchNorm(float epsilon, float momentum) implements Layer {

	/** Epsilon 1e-5, momentum 0.1. */
	public BatchNorm() {
		this(1e-5f, 0.1f);
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		return Layer.single(inputs);
	}

	@Override
	public List<WeightSpec> weights(final int channels) {
		final List<Integer> s = List.of(channels);
		return List.of(new WeightSpec("weight", s, Start.ONE, true, false), new WeightSpec("bias", s, Start.ZERO, true, false), //
			new WeightSpec("running_mean", s, Start.ZERO, false, false), new WeightSpec("running_var", s, Start.ONE, false, false));
	}
}
