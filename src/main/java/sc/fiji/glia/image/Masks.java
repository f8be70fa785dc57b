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
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;

/**
 * Predictions as images. They keep the source's z and t sizes, pixel size, unit, origin, slice labels and position; its channels become one. They
 * do not keep its calibration function: their values are no intensities. Nothing is shown.
 */
public final class Masks {

	private Masks() {}

	/** Title of a result: the source's title and {@code -suffix}. */
	public static String title(final ImagePlus source, final String suffix) {
		return source.getTitle() + "-" + suffix;
	}

	/**
	 * A binary mask, 8-bit, 0 and 255, not inverted, titled {@code <title>-mask}.
	 *
	 * @param source what was segmented
	 * @param classes class of each pixel for each plane; any class above 0 is foreground
	 */
	public static ImagePlus mask(final ImagePlus source, final List<byte[]> classes) {
		return image(source, "mask", classes, 1, (plane, c) -> {
			final byte[] out = new byte[plane.length];
			for (int i = 0; i < out.length; i++) out[i] = (byte) (plane[i] != 0 ? 255 : 0);
			return new ByteProcessor(source.getWidth(), source.getHeight(), out);
		}, 255);
	}

	/** A class image, 8-bit, 0 background, 1 ... classes, in the colours of {@link LabelColors}, titled {@code <title>-labels}. */
	public static ImagePlus classes(final ImagePlus source, final List<byte[]> classes) {
		final ImagePlus imp = image(source, "labels", classes, 1, (plane, c) -> new ByteProcessor(source.getWidth(), source.getHeight(), plane.clone()), 255);
		return coloured(imp);
	}

	/** An object image, 0 background, 1 ... n: 8-bit, or 16-bit beyond 255 objects, 32-bit beyond 65535; titled {@code <title>-labels}. */
	public static ImagePlus objects(final ImagePlus source, final List<int[]> objects) {
		int highest = 0;
		for (final int[] plane : objects) for (final int v : plane) highest = Math.max(highest, v);
		final int max = highest, w = source.getWidth(), h = source.getHeight();
		final ImagePlus imp = image(source, "labels", objects, 1, (plane, c) -> {
			final ImageProcessor ip = max <= 255 ? new ByteProcessor(w, h) : max <= 65535 ? new ShortProcessor(w, h) : new FloatProcessor(w, h);
			for (int i = 0; i < plane.length; i++) ip.setf(i, plane[i]);
			return ip;
		}, Math.max(255, max));
		return coloured(imp);
	}

	/**
	 * Probabilities, 32-bit, displayed from 0 to 1, titled {@code <title>-probability}; several classes are channels.
	 *
	 * @param probabilities for each plane, of each foreground class, the probability of each pixel
	 */
	public static ImagePlus probability(final ImagePlus source, final List<float[][]> probabilities) {
		final int classes = probabilities.isEmpty() ? 1 : probabilities.get(0).length;
		return image(source, "probability", probabilities, classes, (plane, c) -> new FloatProcessor(source.getWidth(), source.getHeight(), plane[c].clone()), 1);
	}

	/** Values of any size, 32-bit, in the colours of {@code lut} from {@code min} to {@code max}, titled {@code <title>-suffix}. */
	static ImagePlus heat(final ImagePlus source, final String suffix, final List<float[]> planes, final LUT lut, final double min, final double max) {
		final ImagePlus imp = image(source, suffix, planes, 1, (plane, c) -> new FloatProcessor(source.getWidth(), source.getHeight(), plane.clone()), max);
		imp.getProcessor().setColorModel(lut);
		imp.getStack().setColorModel(lut);
		imp.setDisplayRange(min, max);
		return imp;
	}

	/** Makes the processor of channel {@code c} of a plane. */
	private interface Plane<T> {

		ImageProcessor processor(T plane, int c);
	}

	private static <T> ImagePlus image(final ImagePlus source, final String suffix, final List<T> planes, final int channels, final Plane<T> maker,
		final double max)
	{
		final int slices = source.getNSlices(), frames = source.getNFrames();
		if (planes.size() != slices * frames) throw new IllegalArgumentException("Image '" + source.getTitle() + "' has " + slices * frames +
			" slices, but results for " + planes.size() + " are given.");
		final ImageStack stack = new ImageStack(source.getWidth(), source.getHeight());
		for (int p = 0; p < planes.size(); p++) for (int c = 0; c < channels; c++) stack.addSlice(label(source, p), maker.processor(planes.get(p), c));
		final ImagePlus imp = new ImagePlus(title(source, suffix), stack);
		imp.setDimensions(channels, slices, frames);
		if (channels > 1 || slices > 1 && frames > 1) imp.setOpenAsHyperStack(true);
		final Calibration calibration = source.getCalibration().copy();
		calibration.disableDensityCalibration();
		imp.setCalibration(calibration);
		// NB: getSlice() stays at 1 in a plain stack that is not shown
		final int[] position = source.convertIndexToPosition(source.getCurrentSlice());
		imp.setPositionWithoutUpdate(1, position[1], position[2]);
		imp.setDisplayRange(0, max);
		return imp;
	}

	private static ImagePlus coloured(final ImagePlus imp) {
		final LUT lut = LabelColors.lut();
		imp.getProcessor().setColorModel(lut);
		imp.getStack().setColorModel(lut);
		imp.setDisplayRange(0, Math.max(255, imp.getDisplayRangeMax()));
		return imp;
	}

	private static String label(final ImagePlus source, final int plane) {
		final int index = source.getStackIndex(1, plane % source.getNSlices() + 1, plane / source.getNSlices() + 1);
		return source.getStackSize() == 1 ? (String) null : source.getStack().getSliceLabel(index);
	}
}
