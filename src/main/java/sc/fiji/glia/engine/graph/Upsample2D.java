package sc.fiji.glia.engine.graph;

import java.util.List;

/**
 * Nearest-neighbour up-sampling: {@code y[c][i][j] = x[c][i / factor][j / factor]}.
 * Input {@code channels x h x w}, output {@code channels x h*factor x w*factor}.
 *
 * @param factor how many times each pixel is repeated along each axis
 */
public record Upsample2D(int factor) implements Layer {

	/** @throws IllegalArgumentException if the factor is below 2 */
	public Upsample2D {
		if (factor < 2) throw new IllegalArgumentException("Upsample2D: expected a factor of at least 2, got " + factor);
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape s = Layer.single(inputs);
		return new Shape(s.channels(), Math.multiplyExact(s.height(), factor), Math.multiplyExact(s.width(), factor));
	}

	@Override
	public Window window() {
		return new Window(1, 0, 1, factor);
	}
}
