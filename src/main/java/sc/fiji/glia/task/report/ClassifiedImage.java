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
package sc.fiji.glia.task.report;

import java.util.List;

import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.score.ClassificationScores;

/**
 * One image with its class and the one that a network gives it, as the training window and the report show it.
 *
 * @param name name of the sample
 * @param width columns, in pixels
 * @param height rows, in pixels
 * @param input first channel, normalised
 * @param actual name of its class
 * @param predicted name of the most probable class
 * @param confidence probability of that, 0 to 1
 */
public record ClassifiedImage(String name, int width, int height, float[] input, String actual, String predicted, double confidence) {

	/**
	 * An image with what the network says of it.
	 *
	 * @param sample the image as it enters the network, but for the normalisation
	 * @param classes names of the classes
	 * @param actual its class
	 * @param probabilities probability of each class
	 */
	public static ClassifiedImage of(final Sample sample, final Normalization normalization, final List<String> classes, final int actual,
		final float[] probabilities)
	{
		final int best = ClassificationScores.best(probabilities);
		return new ClassifiedImage(sample.name(), sample.width(), sample.height(), normalization.apply(sample.channels())[0], classes.get(actual), classes
			.get(best), probabilities[best]);
	}

	/** True if the network is right. */
	public boolean isRight() {
		return actual.equals(predicted);
	}

	/** The input as gray values, see {@link Gray}. */
	public int[] gray() {
		return Gray.of(input);
	}
}
