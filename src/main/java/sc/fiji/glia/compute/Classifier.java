/*-
 * #%L
 * Glia: train neural networks on the images open in Fiji.
 * %%
 * Copyright (C) 2026 Glia developers.
 * %%
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 * 
 * 1. Redistributions of source code must retain the above copyright notice,
 *    this list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the documentation
 *    and/or other materials provided with the distribution.
 * 
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
 * AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
 * IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
 * ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS OR CONTRIBUTORS BE
 * LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR
 * CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF
 * SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
 * INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
 * CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
 * ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
 * POSSIBILITY OF SUCH DAMAGE.
 * #L%
 */
package sc.fiji.glia.compute;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.engine.exec.Predictor;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.WeightSpec;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/** Applies a network that gives one vector for each image to images of the size that it takes. Safe for use by several threads. */
public final class Classifier implements ImagePredictor {

	/** Images that go through the network together: dense weights are read once for all of them. */
	private static final int TOGETHER = 64;
	/** Bytes that these may take, if they are more than one. */
	private static final long MOST_BYTES = 64 << 20;

	private final Predictor predictor;
	private final Normalization normalization;

	/** @param weights read by every prediction; may change between them */
	public Classifier(final Graph graph, final Weights weights, final Normalization normalization) {
		predictor = new Predictor(graph, weights, KernelProvider.best());
		this.normalization = normalization;
	}

	@Override
	public void refresh() {
		predictor.refresh();
	}

	@Override
	public int atATime(final int width, final int height) {
		return together(predictor.graph(), width, height);
	}

	/** How many images of a size, in pixels, go through a network together. */
	public static int together(final Graph graph, final int width, final int height) {
		return (int) Math.max(1, Math.min(TOGETHER, MOST_BYTES / (4L * width * height * graph.inputChannels())));
	}

	/**
	 * Bytes that predictions take at the most: dense weights in the order of the kernels, and for lots of up to three sizes (whole ones, what is left at the
	 * end, a few examples) what a {@link Predictor} keeps for each, and vectors of each image.
	 */
	public static long bytes(final Graph graph, final int width, final int height, final Kernels kernels, final int threads) {
		final List<Shape> shapes = graph.shapes(height, width);
		long dense = 0, vectors = 0;
		for (int i = 1; i < shapes.size(); i++) {
			final Node n = graph.nodes().get(i);
			if (shapes.get(i).plane() == 1) vectors += shapes.get(i).channels();
			if (n.layer() instanceof Dense) for (final WeightSpec w : n.layer().weights(shapes.get(n.inputs().get(0)).channels())) dense += w.length();
		}
		return 4 * dense + 3 * (Predictor.bytes(graph, height, width, kernels, threads) + 4 * vectors * together(graph, width, height));
	}

	/**
	 * {@inheritDoc}
	 *
	 * @throws IllegalArgumentException if images are of different sizes, or not of the size that the network takes
	 */
	@Override
	public float[][][] predict(final List<Sample> images, final Workers workers, final BooleanSupplier cancelled) {
		final float[][][] results = new float[images.size()][][];
		if (results.length == 0) return results;
		final Sample first = images.get(0);
		final int together = atATime(first.width(), first.height());
		for (int from = 0; from < results.length; from += together) {
			if (cancelled.getAsBoolean()) throw new CancellationException();
			final List<Sample> some = images.subList(from, Math.min(from + together, results.length));
			final float[][][] in = some.stream().map(s -> normalization.apply(s.channels())).toArray(float[][][]::new);
			System.arraycopy(predictor.predict(in, first.height(), first.width(), workers), 0, results, from, in.length);
		}
		return results;
	}

	/** The planes of one pixel as a vector. */
	public static float[] vector(final float[][] probabilities) {
		final float[] v = new float[probabilities.length];
		for (int c = 0; c < v.length; c++) v[c] = probabilities[c][0];
		return v;
	}
}
