package sc.fiji.glia.engine.graph;

import java.util.List;

/** The channels of all inputs one after another; the inputs have equal height and width. */
public record Concat() implements Layer {

	@Override
	public Shape output(final List<Shape> inputs) {
		if (inputs.isEmpty()) throw new IllegalArgumentException("expected at least 1 input, got none");
		final Shape first = inputs.get(0);
		int channels = 0;
		for (final Shape s : inputs) {
			if (s.height() != first.height() || s.width() != first.width()) throw new IllegalArgumentException(
				"expected inputs of equal height and width, got " + inputs);
			channels += s.channels();
		}
		return new Shape(channels, first.height(), first.width());
	}

	@Override
	public int channels(final List<Integer> inputs) {
		return inputs.stream().mapToInt(Integer::intValue).sum();
	}
}
