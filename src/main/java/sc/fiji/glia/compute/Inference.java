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
import java.util.function.BooleanSupplier;

import sc.fiji.glia.data.Sample;

/** A network applied to images, wherever that is computed. Safe for use by several threads. */
public interface Inference extends AutoCloseable {

	/** How many calls should be under way at a time, so that all threads have work. */
	int lanes();

	/**
	 * Probabilities of some images. An image's result does not depend on the others.
	 *
	 * @param images images; where the network gives one vector for each, all of the size that it takes
	 * @param cancelled asked now and then
	 * @return planes {@code [image][output][y * width + x]}, of one pixel where the network gives one vector for each image
	 * @throws IllegalArgumentException if an image has not the channels or the size that the network takes
	 * @throws java.util.concurrent.CancellationException if {@code cancelled} says so
	 */
	float[][][] predict(List<Sample> images, BooleanSupplier cancelled);

	/** Probabilities of one image, {@code [output][y * width + x]}. */
	default float[][] predict(final Sample image, final BooleanSupplier cancelled) {
		return predict(List.of(image), cancelled)[0];
	}

	/**
	 * Explains an output for one image, where the network gives one vector for each.
	 *
	 * @param image an image of the size that the network takes
	 * @param target number of the output to be explained
	 * @param cancelled asked now and then
	 * @throws IllegalArgumentException if image, network, method and target do not fit, see {@link GradCam} and {@link IntegratedGradients}
	 * @throws java.util.concurrent.CancellationException if {@code cancelled} says so
	 */
	Explanation explain(Explanation.Method method, Sample image, int target, BooleanSupplier cancelled);

	/** Ends what is running, and gives back threads and memory. */
	@Override
	void close();
}
