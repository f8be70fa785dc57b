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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import sc.fiji.glia.engine.graph.Shape;

/**
 * Planes for feature maps, one set for each image of a batch: {@code [image][channel][y * width + x]}. While a plan is made, planes that
 * are given back are handed out again for maps of the same resolution.
 */
final class FeatureMaps {

	/** The planes of nothing. */
	static final float[][][] NONE = {};

	private final int images;
	private final boolean dry;
	private final Map<Integer, Deque<float[][]>> free = new HashMap<>();
	private long floats;

	/** @param dry whether to count the planes without allocating them; such planes have length 0 */
	FeatureMaps(final int images, final boolean dry) {
		this.images = images;
		this.dry = dry;
	}

	/** Planes for a map of the given shape, with anything in them. */
	float[][][] take(final Shape shape) {
		final Deque<float[][]> spare = free.computeIfAbsent(shape.plane(), k -> new ArrayDeque<>());
		final float[][][] planes = new float[images][shape.channels()][];
		for (int c = 0; c < shape.channels(); c++) {
			final float[][] column = spare.isEmpty() ? fresh(shape.plane()) : spare.pop();
			for (int i = 0; i < images; i++) planes[i][c] = column[i];
		}
		return planes;
	}

	/** Gives planes back; the steps made so far still use them, the steps made later may be given them. */
	void release(final float[][][] planes, final Shape shape) {
		for (int c = 0; c < shape.channels(); c++) {
			final float[][] column = new float[images][];
			for (int i = 0; i < images; i++) column[i] = planes[i][c];
			free.get(shape.plane()).push(column);
		}
	}

	private float[][] fresh(final int plane) {
		floats += (long) images * plane;
		final float[][] column = new float[images][];
		for (int i = 0; i < images; i++) column[i] = new float[dry ? 0 : plane];
		return column;
	}

	/** Bytes of all planes. */
	long bytes() {
		return 4 * floats;
	}
}
