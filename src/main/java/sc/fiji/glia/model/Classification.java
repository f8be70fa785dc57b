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
package sc.fiji.glia.model;

/**
 * What a network that classifies whole images has beside {@link Preprocessing}: how an image of any size becomes one that the network takes, before its
 * values are normalised, and how sure it may be.
 *
 * @param prepare name of what is done to an image first; {@code none} for nothing
 * @param width columns that images are then resized to, in pixels
 * @param height rows that images are then resized to, in pixels
 * @param temperature what logits are divided by before softmax, so that confidences are as often right as they say (Guo et al. 2017); 1 for as they are
 */
public record Classification(String prepare, int width, int height, double temperature) {

	/** @throws IllegalArgumentException if a number is not above 0 */
	public Classification {
		if (width < 1 || height < 1) throw new IllegalArgumentException("Classification: expected an image of at least 1x1 pixels, got " + width + "x" +
			height);
		if (!(temperature > 0) || Double.isInfinite(temperature)) throw new IllegalArgumentException("Classification: expected a temperature above 0, got " +
			temperature);
	}
}
