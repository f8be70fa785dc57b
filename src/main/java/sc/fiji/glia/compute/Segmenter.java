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

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.engine.exec.Predictor;
import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.FieldOfView;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.image.Tiles;

/**
 * Applies a network to images of any size: normalises, pads, predicts tile by tile and puts the tiles together. The result does not depend on
 * how an image is cut into tiles, nor on other images. Safe for use by several threads.
 */
public final class Segmenter implements ImagePredictor {

	/** Longest side that is predicted in one piece, in pixels. */
	private static final int TILE = 512;

	private final Predictor predictor;
	private final FieldOfView view;
	private final Normalization normalization;
	private final int target;

	/** @param weights read by every prediction; may change between them */
	public Segmenter(final Graph graph, final Weights weights, final Normalization normalization) {
		this(graph, weights, normalization, TILE);
	}

	/** @param target longest side that is predicted in one piece, in pixels */
	Segmenter(final Graph graph, final Weights weights, final Normalization normalization, final int target) {
		predictor = new Predictor(graph, weights, KernelProvider.best());
		view = FieldOfView.of(graph);
		this.normalization = normalization;
		this.target = target;
	}

	@Override
	public void refresh() {
		predictor.refresh();
	}

	/** One: the tiles of an image give all threads work. */
	@Override
	public int atATime(final int width, final int height) {
		return 1;
	}

	@Override
	public float[][][] predict(final List<Sample> images, final Workers workers, final BooleanSupplier cancelled) {
		final float[][][] results = new float[images.size()][][];
		for (int i = 0; i < results.length; i++) results[i] = predict(images.get(i), workers, cancelled);
		return results;
	}

	/**
	 * Probabilities (or, if the graph ends in logits, those) of one image.
	 *
	 * @param workers threads that share the tiles
	 * @param cancelled asked before each tile
	 * @return planes {@code [output][y * width + x]}
	 * @throws CancellationException if {@code cancelled} says so
	 */
	public float[][] predict(final Sample sample, final Workers workers, final BooleanSupplier cancelled) {
		final float[][] channels = normalization.apply(sample.channels());
		final Tiles tiles = Tiles.of(sample.width(), sample.height(), view.multiple(), view.halo(), target);
		final float[][] result = new float[predictor.graph().outputChannels()][sample.width() * sample.height()];
		// few tiles one after the other, all threads on each; many side by side
		final boolean shared = tiles.tiles().size() < 2 * workers.count();
		final Workers.Task task = (t, worker) -> {
			if (cancelled.getAsBoolean()) throw new CancellationException();
			final Tiles.Tile tile = tiles.tiles().get(t);
			final float[][] in = new float[channels.length][];
			for (int c = 0; c < in.length; c++) in[c] = tiles.read(channels[c], tile);
			final int h = tiles.readHeight(), w = tiles.readWidth();
			final float[][] out = shared ? predictor.predict(in, h, w, workers) : predictor.predict(in, h, w);
			for (int c = 0; c < out.length; c++) tiles.write(out[c], 0, tile, result[c]);
		};
		if (shared) for (int t = 0; t < tiles.tiles().size(); t++) task.run(t, 0);
		else workers.run(tiles.tiles().size(), task);
		return result;
	}

	/** Bytes that the prediction of a tile of an image takes at the most: what training on it would take. */
	public static long bytes(final Graph graph, final int width, final int height, final Kernels kernels) {
		final FieldOfView view = FieldOfView.of(graph);
		final Tiles tiles = Tiles.of(width, height, view.multiple(), view.halo(), TILE);
		return TrainingPlan.bytes(graph, tiles.readHeight(), tiles.readWidth(), 1, false, kernels, 1);
	}

	/**
	 * Bytes that the predictions of images keep at the most during a training: of logits and of probabilities, each on one tile that all threads share, or on as
	 * many as there are threads.
	 *
	 * @param width columns of the largest image, in pixels
	 * @param height rows of the largest image, in pixels
	 * @param isOneSize whether all images have that size
	 */
	public static long bytes(final Graph graph, final int width, final int height, final boolean isOneSize, final Kernels kernels, final int threads) {
		final FieldOfView view = FieldOfView.of(graph);
		final Tiles tiles = Tiles.of(width, height, view.multiple(), view.halo(), TILE);
		final boolean isShared = tiles.tiles().size() < 2 * threads;
		final long tile = TrainingPlan.bytes(graph, tiles.readHeight(), tiles.readWidth(), 1, false, graph.weights().keySet(), kernels, isShared ? threads : 1);
		return 2 * (isOneSize ? 1 : Predictor.SIZES) * (isShared ? 1 : threads) * tile;
	}

	/** The class of each pixel: foreground from {@code threshold} on, and of several classes the most probable one. */
	public static byte[] classes(final float[][] probabilities, final double threshold) {
		final byte[] classes = new byte[probabilities[0].length];
		for (int i = 0; i < classes.length; i++) {
			if (probabilities.length == 1) classes[i] = (byte) (probabilities[0][i] >= threshold ? 1 : 0);
			else if (1 - probabilities[0][i] >= threshold) {
				int best = 1;
				for (int c = 2; c < probabilities.length; c++) if (probabilities[c][i] > probabilities[best][i]) best = c;
				classes[i] = (byte) best;
			}
		}
		return classes;
	}

	/** Probabilities of the foreground classes alone. */
	public static float[][] foreground(final float[][] probabilities) {
		return probabilities.length == 1 ? probabilities : Arrays.copyOfRange(probabilities, 1, probabilities.length);
	}

	/** Probability that a pixel is foreground of any class. */
	public static float[] anyForeground(final float[][] probabilities) {
		if (probabilities.length == 1) return probabilities[0];
		final float[] p = new float[probabilities[0].length];
		for (int i = 0; i < p.length; i++) p[i] = 1 - probabilities[0][i];
		return p;
	}
}
