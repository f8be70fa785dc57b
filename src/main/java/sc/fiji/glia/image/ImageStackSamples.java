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

import java.util.List;

import ij.ImagePlus;

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;

/**
 * The planes of an open image, without labels: each z and t position is one sample. 8-, 16-, 32-bit, RGB (three channels, 0 to 255), hyperstacks
 * and virtual stacks, which are read slice by slice.
 * <p>
 * Values are calibrated: the calibration function of the image is applied (DICOM rescale, signed 16-bit, optical density). Look-up tables are
 * not: an 8-bit image with an inverting LUT, or with indexed colours, gives its raw pixel values, whatever they look like on the screen.
 * <p>
 * Closing the image does no harm: its pixels stay here. Pixels that are edited later are seen edited.
 */
public final class ImageStackSamples implements Samples {

	private static final byte[] UNLABELLED = {};

	private final ImagePlanes planes;
	private final int[] channels;
	private final List<String> groups;

	/**
	 * All planes of an image, as one group that bears its title.
	 *
	 * @param image an image, shown or not
	 * @param channels {@code all} or numbers counted from 1, see {@link Channels}
	 * @throws IllegalArgumentException if the image has no pixels or not these channels
	 */
	public ImageStackSamples(final ImagePlus image, final String channels) {
		this(image, channels, List.of());
	}

	/** @param groups group of each plane, in order; empty for the image's title */
	public ImageStackSamples(final ImagePlus image, final String channels, final List<String> groups) {
		planes = new ImagePlanes(image, true);
		this.channels = Channels.parse(channels, planes.channels, planes.title);
		this.groups = List.copyOf(groups);
		if (!groups.isEmpty() && groups.size() != planes.size()) throw new IllegalArgumentException("Image '" + planes.title + "' has " + planes.size() +
			" slices, but " + groups.size() + " groups are given: expected one per slice.");
	}

	@Override
	public int size() {
		return planes.size();
	}

	@Override
	public String name(final int i) {
		return planes.name(i);
	}

	@Override
	public String group(final int i) {
		return groups.isEmpty() ? planes.title : groups.get(i);
	}

	/** @throws IllegalArgumentException if a pixel is NaN or infinite, or a slice of a virtual stack can no longer be read */
	@Override
	public Sample get(final int i) {
		final float[][] values = new float[channels.length][];
		for (int c = 0; c < values.length; c++) values[c] = finite(planes.get(i, channels[c]), name(i), channels[c] + 1);
		return new Sample(name(i), group(i), planes.width, planes.height, values, UNLABELLED);
	}

	/** Width of every plane, in pixels. */
	public int width() {
		return planes.width;
	}

	/** Height of every plane, in pixels. */
	public int height() {
		return planes.height;
	}

	/** Number of channels chosen. */
	public int channels() {
		return channels.length;
	}

	/** Title of the image. */
	public String title() {
		return planes.title;
	}

	static float[] finite(final float[] values, final String name, final int channel) {
		int bad = 0;
		for (final float v : values) if (!Float.isFinite(v)) bad++;
		if (bad > 0) throw new IllegalArgumentException("Image '" + name + "', channel " + channel + ": " + bad + " of " + values.length +
			" pixels are NaN or infinite. Replace them first, e.g. with Process > Math > Macro... v = isNaN(v) ? 0 : v.");
		return values;
	}
}
