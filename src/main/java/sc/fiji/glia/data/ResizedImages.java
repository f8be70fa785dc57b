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

/**
 * Images as networks take them: prepared, resized, and kept in memory as far as there is room. Where all images are read for something else, take
 * {@link #whole}: the same reading makes the resized ones, too, of the size that is foreseen. Safe for use by several threads, but for {@link #at}.
 */
public final class ResizedImages {

	private final Samples images;
	private final long bytes;
	private Preparation preparation;
	private int width, height;
	private KeptSamples kept;

	/**
	 * @param images images of any size
	 * @param width foreseen number of columns, in pixels
	 * @param height foreseen number of rows, in pixels
	 * @param bytes memory for resized images
	 * @throws IllegalArgumentException if width or height is not positive
	 */
	public ResizedImages(final Samples images, final Preparation preparation, final int width, final int height, final long bytes) {
		this.images = images;
		this.bytes = bytes;
		become(preparation, width, height);
	}

	private void become(final Preparation newPreparation, final int newWidth, final int newHeight) {
		preparation = newPreparation;
		width = newWidth;
		height = newHeight;
		kept = new KeptSamples(new Resized(images, newPreparation, newWidth, newHeight), bytes);
	}

	/** The images as they are. Each that is read is resized, too, and kept if there is room. */
	public Samples whole() {
		final KeptSamples into = kept;
		final Preparation p = preparation;
		final int w = width, h = height;
		return new SamplesView(images) {

			@Override
			public Sample get(final int i) {
				final Sample s = images.get(i);
				into.keep(i, KeptSamples.bytes(p.channels(s.channels().length), w, h), () -> Resized.apply(s, p, w, h));
				return s;
			}
		};
	}

	/** The images at a size, see {@link Resized}. If that is not the size of before, those of before are forgotten. */
	public Samples at(final Preparation newPreparation, final int newWidth, final int newHeight) {
		if (newPreparation != preparation || newWidth != width || newHeight != height) become(newPreparation, newWidth, newHeight);
		return kept;
	}
}
