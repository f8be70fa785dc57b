package sc.fiji.glia.engine.exec;

import java.util.List;

/**
 * {@link sc.fiji.glia.engine.graph.Concat}. The output's planes are those of the inputs, so forward has nothing to do, and backward only for
 * inputs whose gradient could not share its planes with the output's.
 */
final class ConcatStep extends Step {

	/** Gradient of an input that has planes of its own. */
	record Part(int firstChannel, float[][][] dx, boolean add) {}

	private final List<Part> parts;

	ConcatStep(final Planes planes, final List<Part> parts) {
		super(planes);
		this.parts = parts;
	}

	@Override
	void forward(final Program program) {}

	@Override
	void backward(final Program program) {
		for (final Part part : parts) program.each((i, lane, scratch) -> {
			for (int c = 0; c < part.dx[i].length; c++) {
				final float[] to = part.dx[i][c], from = dy[i][part.firstChannel + c];
				if (part.add) Sums.add(to, from);
				else System.arraycopy(from, 0, to, 0, to.length);
			}
		});
	}
}
