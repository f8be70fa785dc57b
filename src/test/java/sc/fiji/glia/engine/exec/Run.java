package sc.fiji.glia.engine.exec;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import sc.fiji.glia.engine.check.ReferenceLoss;
import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Kernels;

/** One step of a plan on a test's batch; the derivative of the loss is a central difference of the reference, so no engine code is in it. */
final class Run {

	private Run() {}

	/** Copies of the gradients after one step. */
	static Map<String, float[]> gradients(final Graph graph, final Weights weights, final TestBatch t, final ReferenceLoss loss, final Kernels kernels,
		final int threads)
	{
		try (Workers workers = new Workers(threads)) {
			final TrainingPlan plan = new TrainingPlan(graph, weights, t.height(), t.width(), t.images().length, kernels, workers);
			for (int i = 0; i < t.images().length; i++) for (final float[] c : plan.logitGradient(i)) Arrays.fill(c, 1);
			plan.forward(t.images().length, 6);
			plan.backward(t.images().length); // what this leaves in the buffers must not matter
			step(plan, t, loss, 7);
			final Map<String, float[]> copy = new LinkedHashMap<>();
			plan.gradients().forEach((name, g) -> copy.put(name, g.clone()));
			return copy;
		}
	}

	/** Forward and backward; the logits. */
	static double[][][] step(final TrainingPlan plan, final TestBatch t, final ReferenceLoss loss, final long seed) {
		final int images = t.images().length;
		final float[][][] x = t.floats();
		for (int i = 0; i < images; i++) for (int c = 0; c < x[i].length; c++) System.arraycopy(x[i][c], 0, plan.input(i)[c], 0, x[i][c].length);
		plan.forward(images, seed);
		final double[][][] logits = new double[images][][];
		for (int i = 0; i < images; i++) logits[i] = doubles(plan.logits(i));
		for (int i = 0; i < images; i++) for (int c = 0; c < logits[i].length; c++) for (int p = 0; p < logits[i][c].length; p++)
			plan.logitGradient(i)[c][p] = (float) derivative(logits, t.labels(), loss, i, c, p);
		plan.backward(images);
		return logits;
	}

	private static double derivative(final double[][][] logits, final byte[][] labels, final ReferenceLoss loss, final int i, final int c, final int p) {
		final double h = 1e-5, x = logits[i][c][p];
		logits[i][c][p] = x + h;
		final double up = loss.value(logits, labels);
		logits[i][c][p] = x - h;
		final double down = loss.value(logits, labels);
		logits[i][c][p] = x;
		return (up - down) / (2 * h);
	}

	static double[][] doubles(final float[][] planes) {
		final double[][] d = new double[planes.length][planes[0].length];
		for (int c = 0; c < d.length; c++) for (int p = 0; p < d[c].length; p++) d[c][p] = planes[c][p];
		return d;
	}

	/** Labels for the size of the network's output. */
	static TestBatch labelled(final TestBatch t, final Graph graph) {
		final var shapes = graph.shapes(t.height(), t.width());
		final int plane = shapes.get(shapes.size() - 1).plane();
		return plane == t.height() * t.width() ? t : t.labelled(plane, Math.max(2, graph.outputChannels()));
	}
}
