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
package sc.fiji.glia.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.plugin.frame.RoiManager;

import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.image.FolderSamples;
import sc.fiji.glia.image.ImageStackSamples;
import sc.fiji.glia.image.LabelValues;
import sc.fiji.glia.image.LabelledStack;
import sc.fiji.glia.image.Labels;
import sc.fiji.glia.image.MaskLabels;
import sc.fiji.glia.image.RoiLabels;

/**
 * What a training learns from: an open image with its labels, or a folder of pairs.
 *
 * @param title of the image or folder
 * @param samples the labelled samples
 * @param classes names of the foreground classes
 * @param channels channels of every sample
 * @param parts side of the split of groups and samples by name, as a table has said; empty if there was none
 * @param bySlice whether neighbouring slices of one group may stand on two sides
 * @param pixelWidth width of a pixel, in {@code unit}
 * @param pixelHeight height of a pixel, in {@code unit}
 * @param unit {@code pixel} if not calibrated
 * @param notes sentences the user should read
 */
record TrainingData(String title, Samples samples, List<String> classes, int channels, Map<String, Split.Part> parts, boolean bySlice, double pixelWidth,
	double pixelHeight, String unit, List<String> notes)
{

	/** Said where slices of one image stand on both sides. */
	static final String NEIGHBOURS = "Validation slices come from the same image as the training slices: expect lower scores on other images.";

	/**
	 * Reads what the settings name: the folder if there is one, else the image.
	 *
	 * @param watch may end the reading
	 */
	static TrainingData of(final Values values, final Optional<ImagePlus> image, final Watch watch) {
		final LabelValues meaning = LabelValues.parse(values.choice("values"));
		return values.path("folder").map(folder -> folder(folder, values, meaning, watch)).orElseGet(() -> open(image.orElseThrow(
			() -> new IllegalArgumentException("image: no image. Open one, or give folder=[path]")), values, meaning));
	}

	private static TrainingData folder(final Path folder, final Values values, final LabelValues meaning, final Watch watch) {
		final String groups = values.text("groups");
		final FolderSamples samples = new FolderSamples(folder, values.text("channels"), groups, meaning, watch);
		final Map<String, Split.Part> parts = new LinkedHashMap<>();
		for (int i = 0; i < samples.size(); i++) {
			final String part = samples.splitOf(i);
			if (!part.isEmpty()) parts.put(samples.name(i), switch (part) {
				case "train" -> Split.Part.TRAIN;
				case "val" -> Split.Part.VALIDATION;
				default -> Split.Part.TEST;
			});
		}
		final List<String> notes = new ArrayList<>(List.of(samples.description()));
		final boolean bySlice = groups.equals("slice");
		if (bySlice) notes.add("Slices were split without regard to groups: near copies may stand on both sides, and scores may be too high.");
		return new TrainingData(folder.getFileName() == null ? folder.toString() : folder.getFileName().toString(), samples, samples.classes(), samples
			.channels(), parts, bySlice, 1, 1, "pixel", notes);
	}

	private static TrainingData open(final ImagePlus image, final Values values, final LabelValues meaning) {
		final String groups = values.text("groups");
		if (!groups.equals("auto") && !groups.equals("slice")) throw new IllegalArgumentException("groups: expected auto or slice for an open image, got '" +
			groups + "'. A table of groups goes with a folder of images");
		final ImageStackSamples pixels = new ImageStackSamples(image, values.text("channels"));
		final LabelledStack stack = new LabelledStack(pixels, labels(image, values, meaning));
		final Calibration c = image.getCalibration();
		return new TrainingData(image.getTitle(), stack, stack.classes(), stack.channels(), Map.of(), true, size(c.pixelWidth), size(c.pixelHeight), c
			.scaled() ? c.getUnit() : "pixel", List.of(stack.description(), NEIGHBOURS));
	}

	/** NB: images with the y axis upwards have pixels of negative height, and scripts set any number. */
	private static double size(final double ofPixel) {
		final double size = Math.abs(ofPixel);
		return size > 0 && Double.isFinite(size) ? size : 1;
	}

	private static Labels labels(final ImagePlus image, final Values values, final LabelValues meaning) {
		final String title = values.text("labels");
		if (!title.equals("rois")) return new MaskLabels(image, OpenImages.other("labels", title, image), meaning);
		final RoiManager manager = RoiManager.getRawInstance();
		final Roi[] rois = RoiLabels.rois(image, manager == null ? new Roi[0] : manager.getRoisAsArray());
		if (rois.length == 0) throw new IllegalArgumentException("labels: image '" + image.getTitle() +
			"' has no ROIs in its overlay or the ROI Manager. Draw some (press b to add one to the overlay, t for the ROI Manager), " +
			"or open a mask or label image and name it with labels=[title]");
		return new RoiLabels(image, rois, values.isOn("complete"));
	}

	/** Splits the samples as the table or the settings say. */
	Split split(final double fraction, final long seed, final long[] foreground) {
		if (!parts.isEmpty()) return Split.assigned(samples, parts, foreground, fraction, seed);
		if (bySlice) return samples.size() < 2 ? new Split(new int[] { 0 }, new int[0], new int[0]) : Split.bySlice(samples, foreground, fraction, seed);
		return Split.byGroup(samples, foreground, fraction, seed);
	}

	/** Names of the groups of some samples, each once; names of the samples where groups stand on several sides. */
	List<String> groups(final int[] indices) {
		final Set<String> names = new LinkedHashSet<>();
		for (final int i : indices) names.add(bySlice ? samples.name(i) : samples.group(i));
		return List.copyOf(names);
	}
}
