package sc.fiji.glia.engine.graph;

import java.util.List;

/** Softmax over the channels of each pixel: {@code y[c] = exp(x[c]) / sum over k of exp(x[k])}. */
public record Softmax() implements Layer {

	@Override
	public Shape output(final List<Shape> inputs) {
		return Layer.single(inputs);
	}
}
