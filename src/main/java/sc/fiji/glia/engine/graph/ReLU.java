package sc.fiji.glia.engine.graph;

import java.util.List;

/** Rectified linear unit: {@code y = max(x, 0)}; the gradient at 0 is 0. */
public record ReLU() implements Layer {

	@Override
	public Shape output(final List<Shape> inputs) {
		return Layer.single(inputs);
	}
}
