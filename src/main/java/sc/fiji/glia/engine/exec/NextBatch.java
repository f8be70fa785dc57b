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
package sc.fiji.glia.engine.exec;

import java.util.stream.IntStream;

import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.kernel.dense.AheadKernel;
import sc.fiji.glia.engine.kernel.dense.DenseOrder;

/**
 * The images of the step after this one, for networks whose first layer has so many weights that it pays to form their products with them
 * while the weights are changed. After a backward pass they take the place of the images of the step.
 */
final class NextBatch {

	/** Weights of a layer that certainly do not stay in the cache. */
	private static final long WEIGHTS = 1 << 21;

	private final float[][][] images;
	private int expected, prepared;

	private NextBatch(final float[][][] images) {
		this.images = images;
	}

	/** For what does not look ahead. */
	static NextBatch none() {
		return new NextBatch(new float[0][][]);
	}

	/** Whether a node is a dense layer that learns, reads the images where they are and has too many weights for the cache. */
	static boolean isFor(final Placement placement, final int node, final int batch) {
		if (node == 0 || batch > AheadKernel.MOST_ROWS || !(placement.node(node).layer() instanceof final Dense d)) return false;
		final int in = placement.input(node);
		return placement.isImages(in) && placement.learns(placement.node(node).name() + ".weight") && d.units() > DenseOrder.VECTOR && (long) d.units() *
			placement.shape(in).channels() >= WEIGHTS;
	}

	private static boolean isFor(final Placement placement, final int batch) {
		return IntStream.range(0, placement.count()).anyMatch(i -> isFor(placement, i, batch));
	}

	/** Images for a plan, if it has a layer that this {@link #isFor}. */
	static NextBatch of(final Placement placement, final int batch, final Shape image) {
		return isFor(placement, batch) ? new NextBatch(new float[batch][image.channels()][image.plane()]) : none();
	}

	/** Adds the arrays of the images, and of the sums of the layers. */
	static void add(final ArraySizes arrays, final Placement placement, final int batch, final Shape image) {
		if (isFor(placement, batch)) arrays.add((long) batch * image.channels(), image.plane());
		for (int i = 1; i < placement.count(); i++) if (isFor(placement, i, batch)) arrays.add(DenseStep.SHARES, (long) batch * placement
			.shape(i).channels());
	}

	boolean isEmpty() {
		return images.length == 0;
	}

	/** {@code [image][channel][y * width + x]}. */
	float[][][] images() {
		return images;
	}

	/** Number of images that the next step will have; 0 for unknown. */
	int expected() {
		return expected;
	}

	/** Number of images of the coming forward pass whose products are there; 0 for none. */
	int prepared() {
		return prepared;
	}

	/** The next step will have so many of the {@link #images}; 0 if that is not known. */
	void expect(final int count) {
		expected = count;
	}

	/** The products of the coming forward pass are to be formed, whatever is there. */
	void forget() {
		expected = 0;
		prepared = 0;
	}

	/** After a forward pass: what was prepared is used up. */
	void used() {
		prepared = 0;
	}

	/** After a backward pass: the expected images become those of the step. */
	void takePlaceOf(final float[][][] input) {
		prepared = expected;
		expected = 0;
		for (int i = 0; i < prepared; i++) {
			final float[][] image = input[i];
			input[i] = images[i];
			images[i] = image;
		}
	}
}
