package sc.fiji.glia.engine.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** How random weights are drawn: normal, mean 0, the same for the same seed on every machine. */
public enum Initialization {
	/** Standard deviation {@code sqrt(2 / fan_in)} (He et al. 2015, equation 10); for layers before a ReLU. */
	HE,
	/** Standard deviation {@code sqrt(2 / (fan_in + fan_out))} (Glorot and Bengio 2010, equation 12). */
	GLOROT;

	/** New weights for a network. */
	public Weights weights(final Graph graph, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final Map<String, float[]> arrays = new LinkedHashMap<>();
		graph.weights().forEach((name, spec) -> {
			final float[] a = new float[spec.length()];
			switch (spec.start()) {
				case ZERO -> { /* as it is */ }
				case ONE -> Arrays.fill(a, 1);
				case RANDOM -> {
					final double deviation = deviation(spec.shape());
					for (int i = 0; i < a.length; i++) a[i] = (float) (deviation * normal(random));
				}
			}
			arrays.put(name, a);
		});
		return new Weights(graph, arrays);
	}

	/** @param shape outputs, inputs, and kernel sizes if any */
	private double deviation(final List<Integer> shape) {
		int area = 1;
		for (int i = 2; i < shape.size(); i++) area *= shape.get(i);
		final double in = (double) shape.get(1) * area, out = (double) shape.get(0) * area;
		return this == HE ? Math.sqrt(2 / in) : Math.sqrt(2 / (in + out));
	}

	/** Box-Muller in StrictMath, so that every machine draws the same bits. */
	private static double normal(final SplittableRandom random) {
		final double u = 1 - random.nextDouble(), v = random.nextDouble();
		return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
	}
}
