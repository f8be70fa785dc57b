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

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is done to each image, at its full size, before it is resized for a network. Part of the model, by its {@link #key()}, so that
 * prediction prepares as training did. An image is prepared by itself alone.
 */
public enum Preparation {

	/** Nothing. */
	NONE {

		@Override
		public Sample apply(final Sample image) {
			return image;
		}
	},

	/**
	 * The breast alone, of a mammogram; gray, one channel, the size stays. Channels are averaged, noise is removed by a median of 5x5 pixels,
	 * and all pixels become 0 but those of the breast: what is above Otsu's threshold, opened and closed with an ellipse of 11x11 pixels,
	 * and of that the largest 8-connected part, which labels and scratches of the film are not. A bright frame of the film stays where it
	 * touches the breast. If nothing is left, as of an image of constant value, all pixels stay.
	 * <p>
	 * N. Otsu, A threshold selection method from gray-level histograms, IEEE Transactions on Systems, Man, and Cybernetics 9 (1979) 62-66.
	 */
	BREAST {

		@Override
		public Sample apply(final Sample image) {
			return Breast.only(image);
		}
	};

	/**
	 * The image prepared; not a copy if there is nothing to do.
	 *
	 * @param image of any size and any number of channels, all values finite; not changed
	 * @return an image of the same name and group
	 */
	public abstract Sample apply(Sample image);

	/** Number of channels of a prepared image. */
	public int channels(final int channels) {
		return this == BREAST ? 1 : channels;
	}

	/** The word for it in settings and model files, as {@code breast}. */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** All keys, {@code none} first. */
	public static List<String> keys() {
		return Arrays.stream(values()).map(Preparation::key).toList();
	}

	/** @throws IllegalArgumentException if there is no preparation of that key; the message names those there are */
	public static Preparation of(final String key) {
		return Arrays.stream(values()).filter(p -> p.key().equals(key)).findFirst().orElseThrow(() -> new IllegalArgumentException("prepare: expected " +
			keys().stream().collect(Collectors.joining(" or ")) + ", got '" + key + "'"));
	}
}
