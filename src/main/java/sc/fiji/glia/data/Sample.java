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
package sc.fiji.glia.data;

import sc.fiji.glia.engine.train.Loss;

/**
 * One image (a slice, a field of view) with what is known of it, as plain arrays.
 *
 * @param name where it comes from, for messages and tables, as in {@code brain.tif:12}
 * @param group images of one group (patient, animal, volume) never stand on both sides of a split
 * @param width columns, in pixels
 * @param height rows, in pixels
 * @param channels calibrated values, {@code [channel][y * width + x]}
 * @param labels class of each pixel, {@code [y * width + x]}: 0 background, 1 ... foreground classes, {@link #IGNORE} for pixels that count
 *          nothing; of length 0 if the image has no labels
 */
public record Sample(String name, String group, int width, int height, float[][] channels, byte[] labels) {

	/** Label of a pixel that is neither trained on nor judged. */
	public static final byte IGNORE = Loss.IGNORE;

	/** @throws IllegalArgumentException if an array has another length than the image has pixels */
	public Sample {
		for (final float[] c : channels) if (c.length != width * height) throw new IllegalArgumentException("Sample '" + name + "': expected " + width *
			height + " values for " + width + "x" + height + " pixels, got " + c.length);
		if (labels.length != 0 && labels.length != width * height) throw new IllegalArgumentException("Sample '" + name + "': expected " + width * height +
			" labels for " + width + "x" + height + " pixels, got " + labels.length);
	}

	/** The same with other values. */
	Sample with(final float[][] values) {
		return new Sample(name, group, width, height, values, labels);
	}

	/** Mean of the channels in each pixel, {@code [y * width + x]}; exactly their value where they are the same. Of one channel that itself, not a copy. */
	float[] gray() {
		if (channels.length == 1) return channels[0];
		final float[] mean = new float[width * height];
		for (int i = 0; i < mean.length; i++) {
			double sum = 0;
			for (final float[] c : channels) sum += c[i];
			mean[i] = (float) (sum / channels.length);
		}
		return mean;
	}

	/** True if it has labels, be they all background. */
	public boolean isLabelled() {
		return labels.length > 0;
	}
}
