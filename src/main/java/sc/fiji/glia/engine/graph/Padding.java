package sc.fiji.glia.engine.graph;

/** What a convolution does at the border. */
public enum Padding {
	/** Zeros around the image; with stride 1 the output is as large as the input, with stride s it is {@code ceil(size / s)}. */
	SAME,
	/** Only where the kernel fits: {@code (size - kernel) / stride + 1}. */
	VALID
}
