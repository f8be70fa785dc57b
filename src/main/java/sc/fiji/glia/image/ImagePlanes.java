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
import ij.ImageStack;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

/**
 * The planes of an image as arrays. Outlives the image: closing it empties its stack, so the pixel arrays of a stack in memory are held here
 * (not copied); virtual stacks are read slice by slice, one thread at a time.
 */
final class ImagePlanes {

	final String title;
	final int width, height, channels, slices, frames;
	private final boolean rgb;
	private final int stackChannels;
	/** Pixel arrays of the stack, empty if it is virtual. */
	private final Object[] pixels;
	private final ImageStack stack;
	/** Calibrated value of each 8- or 16-bit pixel value, empty if the raw values are meant. */
	private final float[] table;

	/** @param calibrated whether the calibration function of the image is applied to 8-bit pixels; to 16-bit ones it always is */
	ImagePlanes(final ImagePlus imp, final boolean calibrated) {
		title = imp.getTitle();
		width = imp.getWidth();
		height = imp.getHeight();
		if (width == 0 || height == 0 || imp.getStackSize() == 0) throw new IllegalArgumentException("Image '" + title +
			"' has no pixels. Is an image open?");
		rgb = imp.getType() == ImagePlus.COLOR_RGB;
		stackChannels = imp.getNChannels();
		if (rgb && stackChannels > 1) throw new IllegalArgumentException("Image '" + title + "' has " + stackChannels +
			" RGB channels; convert it with Image > Color > Split Channels first.");
		channels = rgb ? 3 : stackChannels;
		slices = imp.getNSlices();
		frames = imp.getNFrames();
		stack = imp.getStack();
		final int size = stack.getSize();
		if (stack.isVirtual()) pixels = new Object[0];
		else {
			pixels = new Object[size];
			for (int i = 0; i < size; i++) pixels[i] = stack.getPixels(i + 1);
		}
		final boolean tabled = imp.getBitDepth() == 16 || imp.getBitDepth() == 8 && calibrated;
		final float[] t = tabled ? imp.getCalibration().getCTable() : null;
		table = t == null ? new float[0] : t.clone();
	}

	int size() {
		return slices * frames;
	}

	/** As in {@code brain.tif:12}, or {@code brain.tif:12,3} for z and t. */
	String name(final int plane) {
		if (slices > 1 && frames > 1) return title + ":" + (plane % slices + 1) + "," + (plane / slices + 1);
		return title + ":" + (plane + 1);
	}

	/** Values of one channel (counted from 0) of one plane, a new array. */
	float[] get(final int plane, final int channel) {
		final int index = rgb ? plane : plane * stackChannels + channel;
		final Object array = pixels.length > 0 ? pixels[index] : read(index);
		final int n = width * height;
		final float[] v = new float[n];
		if (array instanceof byte[] b) for (int i = 0; i < n; i++) v[i] = b[i] & 0xff;
		else if (array instanceof short[] s) for (int i = 0; i < n; i++) v[i] = s[i] & 0xffff;
		else if (array instanceof float[] f) System.arraycopy(f, 0, v, 0, n);
		else if (array instanceof int[] c && rgb) for (int i = 0, shift = 16 - 8 * channel; i < n; i++) v[i] = c[i] >> shift & 0xff;
		else throw new IllegalArgumentException("Image '" + name(plane) + "': expected 8-, 16-, 32-bit or RGB pixels. Convert it with Image > Type.");
		if (table.length > 0 && !rgb) for (int i = 0; i < n; i++) v[i] = table[(int) v[i]];
		return v;
	}

	/** Values of all channels of one plane, new arrays. */
	float[][] plane(final int plane) {
		final float[][] values = new float[channels][];
		for (int c = 0; c < channels; c++) values[c] = get(plane, c);
		return values;
	}

	private Object read(final int index) {
		synchronized (stack) {
			final ImageProcessor ip = stack.getProcessor(index + 1);
			if (ip == null || ip.getWidth() != width || ip.getHeight() != height || rgb != ip instanceof ColorProcessor)
				throw new IllegalArgumentException("Slice " + (index + 1) + " of the virtual stack '" + title + "' cannot be read. Are its files still there?");
			return ip.getPixels();
		}
	}

	/** Memory that the pixels take, about, if they are all in memory. */
	long bytes() {
		return 4L * width * height * channels * size();
	}

	/** As in {@code 128x128, 12 slices}. */
	String dimensions() {
		return width + "x" + height + ", " + size() + (size() == 1 ? " slice" : " slices");
	}
}
