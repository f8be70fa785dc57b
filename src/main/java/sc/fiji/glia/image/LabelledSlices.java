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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import ij.ImagePlus;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.SameChannels;
import sc.fiji.glia.data.Samples;

/**
 * The planes of an open stack, whose classes are the labels of the slices (the first line of each) or stand in a table. With channels, the label of the
 * first channel counts. RGB stacks count as one channel if in all slices red, green and blue are the same.
 */
final class LabelledSlices {

	private LabelledSlices() {}

	/**
	 * @param table CSV with a column {@code slice}, or {@code file} for labels of slices; empty if the labels are classes
	 * @param classes column of the table
	 * @param groups {@code auto} is blocks of about a tenth of the slices, else see {@link ImageGroups}
	 * @throws IllegalArgumentException if slices have no label, or labels that are all different and have numbers, as names of files do, or the table does not fit
	 */
	static LabelledImages of(final ImagePlus image, final Optional<Path> table, final String classes, final String groups, final boolean skip) {
		final ImageStackSamples planes = new ImageStackSamples(image, "all");
		final List<String> notes = new ArrayList<>(), labels = labels(image, planes.size());
		final Samples samples = SameChannels.of(planes, channels(planes, image, notes));
		final ImageNames all = ImageNames.of(ImageNames.Kind.SLICES, planes), names = new ImageNames(all.kind(), all.names(), all.keys(), labels);
		if (table.isPresent()) return new ClassTable(table.get(), classes, skip).numbered(samples, names, groups, () -> ImageGroups.tenths(names, planes
			.title()), notes);
		requireLabels(planes, labels, skip, notes);
		return new LabelledSource(samples, labels, Map.of(), notes).grouped(ImageGroups.of(groups, names, () -> ImageGroups.tenths(names, planes.title())));
	}

	private static List<String> labels(final ImagePlus image, final int planes) {
		final int channels = image.getStackSize() / planes;
		return IntStream.range(0, planes).mapToObj(p -> {
			final String label = image.getStack().getSliceLabel(p * channels + 1);
			return label == null ? "" : label.strip().split("\\R", 2)[0].strip();
		}).toList();
	}

	private static void requireLabels(final ImageStackSamples planes, final List<String> labels, final boolean skip, final List<String> notes) {
		final List<String> without = IntStream.range(0, labels.size()).filter(p -> labels.get(p).isEmpty()).mapToObj(p -> Integer.toString(p + 1)).toList();
		final String how = "Label them with Image > Stacks > Set Label..., or give table=[CSV] with columns slice and class";
		if (without.size() == labels.size()) throw new IllegalArgumentException("Image '" + planes.title() +
			"': expected the class of each slice as its label, found no slice with a label. " + how + ".");
		if (!without.isEmpty() && !skip) throw new IllegalArgumentException("Image '" + planes.title() + "': expected the class of each slice as its label, found " +
			PictureFolder.counted(without.size(), "slice") + " without: " + PictureFolder.some(without) + ". " + how + "; or set skip=true to leave them out.");
		if (!without.isEmpty()) notes.add(PictureFolder.counted(without.size(), "slice") + " without a label left out: " + PictureFolder.some(without));
		final int labelled = labels.size() - without.size();
		// NB: a stack to judge on may have one slice of each class
		final boolean isNumbered = labels.stream().anyMatch(l -> l.chars().anyMatch(Character::isDigit));
		if (isNumbered && labelled > 2 && new HashSet<>(labels).size() == labelled + (without.isEmpty() ? 0 : 1)) throw new IllegalArgumentException("Image '" +
			planes.title() + "': expected classes as labels of slices, found " + labelled + " different ones, as '" + labels.get(0) + "', which are no classes. " + how + ".");
	}

	private static int channels(final ImageStackSamples planes, final ImagePlus image, final List<String> notes) {
		if (image.getType() != ImagePlus.COLOR_RGB) return planes.channels();
		for (int p = 0; p < planes.size(); p++) if (!SameChannels.isGray(planes.get(p).channels())) return planes.channels();
		notes.add("channels: 1, since red, green and blue are the same in all slices");
		return 1;
	}
}
