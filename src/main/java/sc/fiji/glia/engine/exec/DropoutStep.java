package sc.fiji.glia.engine.exec;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

import sc.fiji.glia.engine.graph.Dropout;

/** {@link Dropout} in training. The zeros follow from a seed for the step, the node, the image and the channel; backward draws them again. */
final class DropoutStep extends Step {

	private final int node;
	private final float rate;
	private final LongSupplier seed;

	/**
	 * @param node number of the node, so that two layers do not drop the same values
	 * @param seed another number for each step of training
	 */
	DropoutStep(final int node, final Dropout layer, final LongSupplier seed, final Planes planes) {
		super(planes);
		this.node = node;
		rate = layer.rate();
		this.seed = seed;
	}

	private SplittableRandom random(final int image, final int channel) {
		return new SplittableRandom((seed.getAsLong() * 1_009L + node) * 1_000_003L + image * 65_537L + channel);
	}

	private void drop(final float[] from, final float[] to, final SplittableRandom random, final boolean sum) {
		final float keep = 1 / (1 - rate);
		for (int j = 0; j < to.length; j++) {
			final float v = random.nextDouble() < rate ? 0 : keep * from[j];
			to[j] = sum ? to[j] + v : v;
		}
	}

	@Override
	void forward(final Program program) {
		program.each((i, lane, scratch) -> {
			for (int c = 0; c < x[i].length; c++) drop(x[i][c], y[i][c], random(i, c), false);
		});
	}

	@Override
	void backward(final Program program) {
		if (dx.length == 0) return;
		program.each((i, lane, scratch) -> {
			for (int c = 0; c < x[i].length; c++) drop(dy[i][c], dx[i][c], random(i, c), add);
		});
	}
}
