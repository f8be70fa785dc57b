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

import ij.ImagePlus;

/**
 * Foreground and background of a mask or label image that is judged or judged by: raw pixel values above 0 are foreground, NaN is not. Unlike
 * {@link MaskLabels} it may be without foreground.
 */
public final class ForegroundMask {

	private final ImagePlanes planes;

	/**
	 * @param key setting that names the image, for messages
	 * @param mask 8-, 16- or 32-bit, of one channel, or RGB in shades of gray
	 * @throws IllegalArgumentException if the image has several channels
	 */
	public ForegroundMask(final String key, final ImagePlus mask) {
		planes = new ImagePlanes(mask, false);
		if (planes.channels > 1 && mask.getType() != ImagePlus.COLOR_RGB) throw new IllegalArgumentException(key +
			": expected a mask or label image of one channel, '" + planes.title + "' has " + planes.channels +
			". Keep the channel with the labels (Image > Duplicate...)");
	}

	/** Number of planes. */
	public int size() {
		return planes.size();
	}

	/** Title with the number of the plane. */
	public String name(final int plane) {
		return planes.name(plane);
	}

	/** True if width, height and number of planes are the same. */
	public boolean fits(final ForegroundMask other) {
		return planes.width == other.planes.width && planes.height == other.planes.height && size() == other.size();
	}

	/**
	 * Class of each pixel of a plane, 0 or 1.
	 *
	 * @throws IllegalArgumentException if the image is RGB and has colours
	 */
	public byte[] get(final int plane) {
		final float[] values = MaskLabels.plane(planes, plane);
		final byte[] classes = new byte[values.length];
		for (int i = 0; i < classes.length; i++) classes[i] = (byte) (values[i] > 0 ? 1 : 0);
		return classes;
	}

	/** As in {@code 'mask.tif' (128x128, 12 slices)}. */
	@Override
	public String toString() {
		return "'" + planes.title + "' (" + planes.dimensions() + ")";
	}
}
