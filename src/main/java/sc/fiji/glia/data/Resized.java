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

import java.util.function.IntUnaryOperator;

/**
 * Images, each prepared and then resized to one width and height: a view, nothing is kept. The aspect ratio is not kept either: the whole
 * image fills the whole of the new one. Along an axis that shrinks, a pixel is the mean of what it covers, parts of pixels counted as
 * such; along one that grows, it is interpolated linearly between the middles of pixels, and beyond the last middles constant. An image
 * that has the size already comes out as it is.
 * <p>
 * Sums are formed in double precision and rounded once; constant regions stay exactly constant. Labels are those of the nearest pixel.
 */
public final class Resized extends SamplesView {

	private final Preparation preparation;
	private final int width, height;

	/**
	 * @param images images of any size
	 * @param width columns of all images of this view, in pixels
	 * @param height rows, in pixels
	 * @throws IllegalArgumentException if width or height is not positive
	 */
	public Resized(final Samples images, final Preparation preparation, final int width, final int height) {
		super(images);
		check(width, height);
		this.preparation = preparation;
		this.width = width;
		this.height = height;
	}

	@Override
	public Sample get(final int i) {
		return apply(samples.get(i), preparation, width, height);
	}

	/**
	 * One image, prepared and resized, exactly as by the view.
	 *
	 * @param image of any size; not changed
	 * @throws IllegalArgumentException if width or height is not positive, or the image has no pixels
	 */
	public static Sample apply(final Sample image, final Preparation preparation, final int width, final int height) {
		check(width, height);
		if (image.width() == 0 || image.height() == 0) throw new IllegalArgumentException("Image '" + image.name() + "': expected pixels, got " +
			image.width() + "x" + image.height());
		final Sample prepared = preparation.apply(image);
		if (prepared.width() == width && prepared.height() == height) return prepared;
		final Resampling resampling = Resampling.to(prepared.width(), prepared.height(), width, height);
		final float[][] channels = new float[prepared.channels().length][];
		for (int c = 0; c < channels.length; c++) channels[c] = resampling.apply(prepared.channels()[c]);
		return new Sample(image.name(), image.group(), width, height, channels, nearest(prepared, width, height));
	}

	private static void check(final int width, final int height) {
		if (width < 1 || height < 1) throw new IllegalArgumentException("Resized: expected at least 1x1 pixels, got " + width + "x" + height);
	}

	private static byte[] nearest(final Sample image, final int width, final int height) {
		if (!image.isLabelled()) return image.labels();
		final IntUnaryOperator column = x -> (int) ((2L * x + 1) * image.width() / (2L * width)), row = y -> (int) ((2L * y + 1) * image.height() /
			(2L * height));
		final byte[] labels = new byte[width * height];
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) labels[y * width + x] = image.labels()[row.applyAsInt(y) * image.width() +
			column.applyAsInt(x)];
		return labels;
	}
}
