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

import java.util.Arrays;
import java.util.List;

import ij.ImagePlus;

/**
 * Labels from a mask or a label image of the same size. The raw pixel values count (8-bit masks with an inverting LUT: 255 is foreground
 * however it looks), every plane counts as labelled, and every pixel.
 */
public final class MaskLabels implements Labels {

	private final ImagePlanes planes;
	private final LabelScan.Translation translation;

	/**
	 * Reads the mask once to see what its values mean.
	 *
	 * @param image what is labelled
	 * @param mask 8-, 16- or 32-bit, of one channel, or RGB in shades of gray
	 * @param values what the values mean
	 * @throws IllegalArgumentException if the sizes differ, if the mask has several channels, colours or no foreground
	 */
	public MaskLabels(final ImagePlus image, final ImagePlus mask, final LabelValues values) {
		planes = new ImagePlanes(mask, false);
		if (mask.getWidth() != image.getWidth() || mask.getHeight() != image.getHeight() || planes.size() != image.getNSlices() * image.getNFrames())
			throw new IllegalArgumentException("Labels '" + mask.getTitle() + "' (" + planes.dimensions() + ") do not fit image '" + image.getTitle() + "' (" +
				image.getWidth() + "x" + image.getHeight() + ", " + count(image.getNSlices() * image.getNFrames()) +
				"): expected the same width, height and number of slices.");
		if (planes.channels > 1 && mask.getType() != ImagePlus.COLOR_RGB) throw new IllegalArgumentException("Labels '" + mask.getTitle() + "' have " +
			planes.channels + " channels, expected 1. Keep the channel with the labels (Image > Duplicate...).");
		final LabelScan scan = new LabelScan(values);
		for (int p = 0; p < planes.size(); p++) scan.add(plane(planes, p), planes.width, planes.height);
		translation = scan.finish(planes.title);
	}

	/** Values of a plane of labels; RGB must be gray. */
	static float[] plane(final ImagePlanes planes, final int plane) {
		final float[] first = planes.get(plane, 0);
		for (int c = 1; c < planes.channels; c++) if (!Arrays.equals(first, planes.get(plane, c))) throw new IllegalArgumentException("Labels '" +
			planes.name(plane) + "' are an RGB image with colours. Use a mask (0 and 255) or a label image (8-, 16- or 32-bit).");
		return first;
	}

	private static String count(final int slices) {
		return slices + (slices == 1 ? " slice" : " slices");
	}

	@Override
	public int size() {
		return planes.size();
	}

	@Override
	public boolean isLabelled(final int plane) {
		return true;
	}

	@Override
	public byte[] get(final int plane) {
		return translation.apply(plane(planes, plane), planes.name(plane));
	}

	@Override
	public List<String> classes() {
		return translation.names();
	}

	@Override
	public String description() {
		return "labels '" + planes.title + "': " + translation.description();
	}
}
