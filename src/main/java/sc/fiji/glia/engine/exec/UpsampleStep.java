package sc.fiji.glia.engine.exec;

import java.util.Arrays;

import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Upsample2D;

/** {@link Upsample2D}: every pixel becomes a square; backward, the gradients of a square are added up. */
final class UpsampleStep extends Step {

	private final int factor, width, height;

	UpsampleStep(final Upsample2D layer, final Shape input, final Planes planes) {
		super(planes);
		factor = layer.factor();
		width = input.width();
		height = input.height();
	}

	@Override
	void forward(final Program program) {
		program.each((i, lane, scratch) -> {
			for (int c = 0; c < x[i].length; c++) repeat(x[i][c], y[i][c]);
		});
	}

	private void repeat(final float[] from, final float[] to) {
		final int wide = width * factor;
		for (int r = 0; r < height; r++) {
			final int first = r * factor * wide;
			for (int k = 0, o = first; k < width; k++) {
				final float v = from[r * width + k];
				for (int f = 0; f < factor; f++) to[o++] = v;
			}
			for (int f = 1; f < factor; f++) System.arraycopy(to, first, to, first + f * wide, wide);
		}
	}

	@Override
	void backward(final Program program) {
		if (dx.length == 0) return;
		final int wide = width * factor;
		program.each((i, lane, scratch) -> {
			for (int c = 0; c < x[i].length; c++) {
				final float[] to = dx[i][c], from = dy[i][c];
				if (!add) Arrays.fill(to, 0);
				for (int r = 0; r < height * factor; r++) for (int k = 0, o = r / factor * width, p = r * wide; k < width; k++, o++) {
					float s = 0;
					for (int f = 0; f < factor; f++) s += from[p++];
					to[o] += s;
				}
			}
		});
	}
}
