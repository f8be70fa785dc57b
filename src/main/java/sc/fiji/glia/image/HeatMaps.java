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
import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Roi;
import ij.plugin.filter.GaussianBlur;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;

/**
 * How much the pixels of each plane of an image count for something, as colours: an image of its own, or a transparent overlay on the image. One scale
 * holds for all planes, so that they can be compared.
 */
public final class HeatMaps {

	/** How much of the image an overlay hides where it is not transparent. */
	private static final double OPACITY = 0.5;
	/** Share of the scale below which an overlay is transparent. */
	private static final double LEAST = 0.1;
	/** Share of the pixels of maps with negative values that stay within the scale: single pixels may count very much. */
	private static final double WITHIN = 0.995;
	/** Pixels that this is found from, about. */
	private static final int SAMPLED = 4_000_000;
	private static final String KIND = "explanation";

	private final ImagePlus source;
	private final List<float[]> planes;
	private final boolean isSigned;
	private final double limit;

	/**
	 * @param source what the maps belong to
	 * @param planes for each plane of it, the value of each pixel, {@code [y * width + x]}
	 * @param isSigned whether there may be negative values, which count against
	 */
	public HeatMaps(final ImagePlus source, final List<float[]> planes, final boolean isSigned) {
		this.source = source;
		this.planes = List.copyOf(planes);
		this.isSigned = isSigned;
		limit = limit();
	}

	/** The greatest value; if there may be negative ones, what most pixels that count are smaller than. 1 if all are 0. */
	private double limit() {
		double most = 0;
		long pixels = 0;
		for (final float[] plane : planes) {
			for (final float v : plane) most = Math.max(most, Math.abs(v));
			pixels += plane.length;
		}
		if (most == 0) return 1;
		if (!isSigned) return most;
		final int step = (int) (pixels / SAMPLED) + 1;
		final float[] sizes = new float[(int) (pixels / step) + planes.size()];
		int count = 0;
		for (final float[] plane : planes) for (int i = 0; i < plane.length; i += step) if (plane[i] != 0) sizes[count++] = Math.abs(plane[i]);
		Arrays.sort(sizes, 0, count);
		return count == 0 ? most : sizes[(int) (WITHIN * (count - 1))];
	}

	/**
	 * A map in which every value is the mean around it, by a Gaussian with a standard deviation of a 64th of the width: what neighbours count for and
	 * against cancels out, and the sum of all stays but for what is beyond the edge.
	 *
	 * @param map {@code [y * width + x]}
	 */
	public static float[] smooth(final float[] map, final int width) {
		final FloatProcessor ip = new FloatProcessor(width, map.length / width, map.clone());
		new GaussianBlur().blurGaussian(ip, width / 64.0);
		return (float[]) ip.getPixels();
	}

	/** A 32-bit image titled {@code <title>-explanation}, with the values and a scale of colours. */
	public ImagePlus image() {
		return Masks.heat(source, KIND, planes, isSigned ? HeatColors.diverging() : HeatColors.rising(), isSigned ? -limit : 0, limit);
	}

	/**
	 * Draws the maps on the image, as its overlay: transparent where little counts. They take the place of those that were drawn so before; all else in the
	 * overlay stays.
	 *
	 * @param names name of the map of each plane
	 */
	public void overlay(final List<String> names) {
		RoiResults.replace(source, IntStream.range(0, planes.size()).mapToObj(p -> roi(p, names.get(p))).toList(), KIND);
	}

	private Roi roi(final int plane, final String name) {
		final float[] values = planes.get(plane);
		final int[] colors = new int[values.length];
		for (int i = 0; i < colors.length; i++) if (Math.abs(values[i]) >= LEAST * limit) colors[i] = HeatColors.rgb(values[i] / limit);
		final ImageRoi roi = new ImageRoi(0, 0, new ColorProcessor(source.getWidth(), source.getHeight(), colors));
		// NB: a transparency for each pixel would be lost when the image is saved; this one is not
		roi.setZeroTransparent(true);
		roi.setOpacity(OPACITY);
		roi.setName(name);
		RoiResults.position(roi, plane, source);
		return roi;
	}
}
