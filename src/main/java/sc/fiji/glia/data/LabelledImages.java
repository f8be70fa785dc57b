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
package sc.fiji.glia.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import sc.fiji.glia.data.score.ClassificationScores;

/**
 * Images with a class each.
 *
 * @param images the images, whose sizes may differ; their pixels have no labels
 * @param classes names of the classes, in natural order
 * @param labels class of each image, an index into {@code classes}
 * @param parts side of the split by name of an image or group, as the source itself has it; empty if it has none
 * @param notes sentences the user should read, as on files that were left out
 */
public record LabelledImages(Samples images, List<String> classes, byte[] labels, Map<String, Split.Part> parts, List<String> notes) {

	/** More classes than this are no classes, but names or numbers of images. */
	public static final int MOST_CLASSES = 127;

	/** @throws IllegalArgumentException if there are no images, a label is missing, or labels and classes do not fit */
	public LabelledImages {
		classes = List.copyOf(classes);
		parts = Map.copyOf(parts);
		notes = List.copyOf(notes);
		if (images.size() == 0) throw new IllegalArgumentException("classes: expected images, found none");
		if (labels.length != images.size()) throw new IllegalArgumentException("classes: expected a class for each of " + images.size() + " images, got " +
			labels.length);
		if (classes.size() > MOST_CLASSES) throw new IllegalArgumentException("classes: expected at most " + MOST_CLASSES + ", got " + classes.size() +
			", as '" + classes.get(0) + "'; choose a column with few different values");
		for (int i = 0; i < labels.length; i++) if (labels[i] < 0 || labels[i] >= classes.size()) throw new IllegalArgumentException("classes: image '" +
			images.name(i) + "' has class " + labels[i] + " of " + classes.size());
	}

	/** Number of images of each class. */
	public int[] counts() {
		return counts(IntStream.range(0, labels.length).toArray());
	}

	/** Number of images of each class among some. */
	public int[] counts(final int[] indices) {
		final int[] counts = new int[classes.size()];
		for (final int i : indices) counts[labels[i]]++;
		return counts;
	}

	/** Classes of some images. */
	public byte[] labels(final int[] indices) {
		final byte[] some = new byte[indices.length];
		for (int k = 0; k < some.length; k++) some[k] = labels[indices[k]];
		return some;
	}

	/**
	 * Scores of some images.
	 *
	 * @param indices which of them
	 * @param probabilities probability of each class, {@code [index][class]}
	 * @throws IllegalArgumentException if there are none, or the probabilities do not fit
	 */
	public ClassificationScores scores(final int[] indices, final float[][] probabilities) {
		return new ClassificationScores(classes, labels(indices), probabilities, Arrays.stream(indices).mapToObj(images::group).toList());
	}

	/** The side of the split that the source has for image {@code i} or its group; training if none. */
	public Split.Part part(final int i) {
		return parts.getOrDefault(images.name(i), parts.getOrDefault(images.group(i), Split.Part.TRAIN));
	}

	/**
	 * These images, if a network can be trained on them: at least two classes, and enough images of each that the source does not keep for testing.
	 *
	 * @param isValidated whether images are kept for validation, so that a class needs two
	 * @throws IllegalArgumentException if not; names the classes
	 */
	public LabelledImages requireTrainable(final boolean isValidated) {
		final int least = isValidated ? 2 : 1;
		final int[] counts = counts(IntStream.range(0, labels.length).filter(i -> part(i) != Split.Part.TEST).toArray());
		if (classes.size() < 2) throw new IllegalArgumentException("classes: expected at least 2, found 1 ('" + classes.get(0) + "', " + labels.length +
			" images). Add images of another class, or name another column or folder");
		for (int c = 0; c < counts.length; c++) if (counts[c] < least) throw new IllegalArgumentException("classes: class '" + classes.get(c) + "' has " +
			(counts[c] == 0 ? "no image" : "1 image") + (parts.containsValue(Split.Part.TEST) ? " outside the test part" : "") +
			", expected at least " + least + (isValidated ? ": one to train on and one to validate on" : "") + ". Add images of it, or leave the class out" +
			(isValidated && counts[c] == 1 ? "; validation=0 trains without validation" : ""));
		return this;
	}

	/**
	 * These images with the classes of a network, by name.
	 *
	 * @param known the network's classes, in its order; some may have no image here
	 * @throws IllegalArgumentException if images have a class that the network does not know; names it
	 */
	public LabelledImages withClasses(final List<String> known) {
		final int[] counts = counts();
		final byte[] mapped = new byte[labels.length];
		for (int i = 0; i < labels.length; i++) {
			final int c = known.indexOf(classes.get(labels[i]));
			if (c < 0) throw new IllegalArgumentException("classes: class '" + classes.get(labels[i]) + "' of " + counts[labels[i]] + " images, as '" + images.name(
				i) + "', is none of the network's: " + String.join(", ", known) + ". Rename it, or leave these images out");
			mapped[i] = (byte) c;
		}
		return new LabelledImages(images, known, mapped, parts, notes);
	}
}
