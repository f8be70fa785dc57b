package sc.fiji.glia.engine.graph;

import java.util.List;

/**
 * The image that enters the network, {@code channels x height x width}.
 *
 * @param channels channels of the image
 */
public record Input(int channels) implements Layer {

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape s = Layer.single(inputs);
		if (s.channels() != channels) throw new IllegalArgumentException("expected " + channels + " input channels, got " + s.channels() + " (input " +
			s + ")");
		return s;
	}

	@Override
	public int channels(final List<Integer> inputs) {
		return channels;
	}
}
