package sc.fiji.glia.engine.exec;

/**
 * ReLU, leaky ReLU and sigmoid: layers whose derivative follows from their output. May work in place ({@code y} being {@code x} and
 * {@code dx} being {@code dy}).
 */
final class PointwiseStep extends Step {

	/** What is computed. */
	enum Function {
		/** {@code max(x, 0)}, or {@code slope * x} below 0. */
		RELU,
		/** {@code 1 / (1 + exp(-x))}. */
		SIGMOID
	}

	private final Function function;
	private final float slope;

	PointwiseStep(final Function function, final float slope, final Planes planes) {
		super(planes);
		this.function = function;
		this.slope = slope;
	}

	@Override
	void forward(final Program program) {
		program.each((i, lane, scratch) -> {
			for (int c = 0; c < y[i].length; c++) {
				if (function == Function.SIGMOID) sigmoid(x[i][c], y[i][c]);
				else relu(x[i][c], y[i][c], slope);
			}
		});
	}

	private static void relu(final float[] from, final float[] to, final float slope) {
		if (slope == 0) for (int i = 0; i < to.length; i++) to[i] = Math.max(from[i], 0f);
		else for (int i = 0; i < to.length; i++) to[i] = Math.max(from[i], slope * from[i]);
	}

	private static void sigmoid(final float[] from, final float[] to) {
		for (int i = 0; i < to.length; i++) to[i] = (float) (1 / (1 + Math.exp(-(double) from[i])));
	}

	@Override
	void backward(final Program program) {
		if (dx.length == 0) return;
		program.each((i, lane, scratch) -> {
			for (int c = 0; c < y[i].length; c++) {
				final float[] to = dx[i][c], from = dy[i][c], out = y[i][c];
				for (int j = 0; j < to.length; j++) {
					final float d = function == Function.SIGMOID ? out[j] * (1 - out[j]) : out[j] > 0 ? 1 : slope;
					to[j] = add ? to[j] + d * from[j] : d * from[j];
				}
			}
		});
	}
}
