package sc.fiji.glia.engine.graph;

import java.util.List;

/**
 * Maximum of each {@code size x size} square, squares side by side; of equal maxima the first in reading order gets the gradient.
 * Input {@code channels x h x w}, output {@code channels x h/size x w/size}; {@code h} and {@code w} must be multiples of {@code size}.
 *
 * @param size edge of the square, in pixels
 */
public record MaxPool2D(int size) implements Layer {

	/** @throws IllegalArgumentException if the size is below 2 */
	public MaxPool2D {
		if (size < 2) throw new IllegalArgumentException("MaxPool2D: expected a size of at least 2, got " + size);
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape s = Layer.single(inputs);
		if (s.height() % size != 0 || s.width() % size != 0) throw new IllegalArgumentException("expected height and width that are multiples of " + size +
			", got " + s);
		return new Shape(s.channels(), s.height() / size, s.width() / size);
	}

	@Override
	public Window window() {
		return new Window(size, 0, size, 1);
	}
}
