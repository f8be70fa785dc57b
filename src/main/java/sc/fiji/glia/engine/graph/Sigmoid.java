package sc.fiji.glia.engine.graph;

import java.util.List;

/** Logistic function {@code y = 1 / (1 + exp(-x))}, value by value. */
public record Sigmoid() implements Layer {

	@Override
	public Shape output(final List<Shape> inputs) {
		return Layer.single(inputs);
	}
}
