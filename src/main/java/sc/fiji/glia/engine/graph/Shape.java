package sc.fiji.glia.engine.graph;

/**
 * The size of one image's feature map: {@code channels x height x width}, in that order everywhere in the engine.
 *
 * @param channels number of feature maps
 * @param height rows, in pixels
 * @param width columns, in pixels
 */
public record Shape(int channels, int height, int width) {

	/** @throws IllegalArgumentException if a dimension is below 1 */
	public Shape {
		if (channels < 1 || height < 1 || width < 1) throw new IllegalArgumentException("Shape: expected sizes of at least 1, got " + channels + "x" +
			height + "x" + width);
	}

	/** Pixels of one channel. */
	public int plane() {
		return Math.multiplyExact(height, width);
	}

	/** Values of all channels. */
	public long size() {
		return (long) channels * plane();
	}

	@Override
	public String toString() {
		return channels + "x" + height + "x" + width;
	}
}
