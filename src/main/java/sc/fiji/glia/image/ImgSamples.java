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
package sc.fiji.glia.image;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;

/**
 * An imglib2 image as samples, for scripts: axes x, y, then channels if there are any, then one axis whose positions are the samples. Pixels are read when
 * asked for, one thread at a time. The only class here that needs imglib2.
 */
public final class ImgSamples implements Samples {

	private static final byte[] UNLABELLED = {};

	private final String title;
	private final RandomAccessibleInterval<? extends RealType<?>> image;
	private final int channelAxis, sampleAxis;

	/**
	 * @param title name of the image and of its group
	 * @param image x, y[, c][, z], in this order
	 * @param hasChannels whether the third axis holds channels
	 * @throws IllegalArgumentException if it has another number of axes, or more than 2^31 pixels in a plane
	 */
	public ImgSamples(final String title, final RandomAccessibleInterval<? extends RealType<?>> image, final boolean hasChannels) {
		final int n = image.numDimensions(), least = hasChannels ? 3 : 2;
		if (n < least || n > least + 1) throw new IllegalArgumentException("Image '" + title + "' has " + n + " axes: expected x, y" + (hasChannels ? ", channel"
			: "") + " and at most one more. Take a slice with Views.hyperSlice.");
		if (Math.multiplyExact(image.dimension(0), image.dimension(1)) > Integer.MAX_VALUE) throw new IllegalArgumentException("Image '" + title +
			"' has more than 2^31 pixels in a plane. Take a part of it with Views.interval.");
		this.title = title;
		this.image = image;
		channelAxis = hasChannels ? 2 : -1;
		sampleAxis = n > least ? least : -1;
	}

	@Override
	public int size() {
		return sampleAxis < 0 ? 1 : (int) image.dimension(sampleAxis);
	}

	@Override
	public String name(final int i) {
		return title + ":" + (i + 1);
	}

	@Override
	public String group(final int i) {
		return title;
	}

	@Override
	public synchronized Sample get(final int i) {
		final float[][] values = new float[channelAxis < 0 ? 1 : (int) image.dimension(channelAxis)][];
		for (int c = 0; c < values.length; c++) values[c] = ImageStackSamples.finite(plane(i, c), name(i), c + 1);
		return new Sample(name(i), group(i), (int) image.dimension(0), (int) image.dimension(1), values, UNLABELLED);
	}

	private float[] plane(final int i, final int c) {
		final int w = (int) image.dimension(0), h = (int) image.dimension(1);
		final float[] out = new float[w * h];
		final RandomAccess<? extends RealType<?>> access = image.randomAccess();
		if (channelAxis >= 0) access.setPosition(image.min(channelAxis) + c, channelAxis);
		if (sampleAxis >= 0) access.setPosition(image.min(sampleAxis) + i, sampleAxis);
		for (int y = 0; y < h; y++) {
			access.setPosition(image.min(0), 0);
			access.setPosition(image.min(1) + y, 1);
			for (int x = 0; x < w; x++, access.fwd(0)) out[y * w + x] = access.get().getRealFloat();
		}
		return out;
	}
}
