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
import ij.measure.Calibration;
import ij.measure.ResultsTable;

/**
 * What was found in each plane, one row each: {@code Slice} (counted from 1, z first), {@code Label} (of the slice, else the image's title), and for
 * each class {@code Area (unit^2)} in calibrated units, {@code Objects} (8-connected), {@code Mean probability} of the pixels of the class (NaN if there
 * are none). With several classes the name of the class goes before each.
 */
public final class SegmentationTable {

	/** Title under which the table is shown. */
	public static final String TITLE = "Glia Segmentation";

	private SegmentationTable() {}

	/**
	 * @param source what was segmented
	 * @param classes class of each pixel for each plane
	 * @param means for each plane, of each foreground class, the mean probability of its pixels, see {@link #mean}; empty if unknown, then there is no
	 *          such column
	 * @param names names of the foreground classes 1, 2 ...
	 */
	public static ResultsTable of(final ImagePlus source, final List<byte[]> classes, final List<double[]> means, final List<String> names) {
		final ResultsTable table = new ResultsTable();
		table.setPrecision(4);
		table.setNaNEmptyCells(true);
		final Calibration calibration = source.getCalibration();
		// NB: the height of a pixel is negative where the y axis points upwards
		final double pixel = Math.abs(calibration.pixelWidth * calibration.pixelHeight);
		final String area = "Area (" + (calibration.scaled() ? calibration.getUnits() : "pixel") + "^2)";
		for (int p = 0; p < classes.size(); p++) {
			table.incrementCounter();
			table.addValue("Slice", p + 1);
			table.addValue("Label", label(source, p));
			for (int k = 1; k <= names.size(); k++) {
				final String prefix = names.size() == 1 ? "" : names.get(k - 1) + " ";
				final Components objects = Components.of(classes.get(p), source.getWidth(), source.getHeight(), k);
				table.addValue(prefix + area, pixels(objects) * pixel);
				table.addValue(prefix + "Objects", objects.count());
				if (!means.isEmpty()) table.addValue(prefix + "Mean probability", means.get(p)[k - 1]);
			}
		}
		return table;
	}

	private static int pixels(final Components objects) {
		int sum = 0;
		for (final int a : objects.areas()) sum += a;
		return sum;
	}

	/** The mean probability of the pixels of class k; NaN if there are none. */
	public static double mean(final float[] probability, final byte[] classes, final int k) {
		double sum = 0;
		int n = 0;
		for (int i = 0; i < classes.length; i++) if ((classes[i] & 0xff) == k) {
			sum += probability[i];
			n++;
		}
		return n == 0 ? Double.NaN : sum / n;
	}

	/** What a plane is called in a table: its label, else the image's title. */
	public static String label(final ImagePlus source, final int plane) {
		final int index = source.getStackIndex(1, plane % source.getNSlices() + 1, plane / source.getNSlices() + 1);
		final String label = source.getStackSize() == 1 ? null : source.getStack().getShortSliceLabel(index);
		return label == null || label.isBlank() ? source.getTitle() : label;
	}
}
