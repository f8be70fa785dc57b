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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ij.ImagePlus;

import sc.fiji.glia.data.ClassBaselines;
import sc.fiji.glia.data.Duplicates;
import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Preparation;
import sc.fiji.glia.data.ResizedImages;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.data.Thumbnails;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.image.ImageSources;
import sc.fiji.glia.model.Model;

/**
 * What a classification learns from or is judged on.
 *
 * @param title of the image or folder
 * @param images the images with their classes; copies share a group
 * @param thumbnails small versions of them
 * @param duplicates which are copies
 * @param inputs the images as networks take them
 * @param notes sentences the user should read
 */
record ClassificationData(String title, LabelledImages images, Thumbnails thumbnails, Duplicates duplicates, ResizedImages inputs, List<String> notes) {

	/** Part of this process' memory that resized images may take. */
	private static final int KEPT = 4;

	/**
	 * Reads what the settings name: keys image, folder, table, classes, groups, skip. Each image is read once for all that is to be known of it, pictures of a
	 * folder once more before, as not all may be readable.
	 *
	 * @param start a model to start from, if any
	 * @param watch may end the reading
	 */
	static ClassificationData of(final Values values, final Optional<ImagePlus> image, final Optional<Model> start, final Watch watch) {
		final LabelledImages raw = read(values, image, watch);
		final Shape size = ClassificationPlan.foreseen(values, start, raw.images(), watch);
		final ResizedImages inputs = new ResizedImages(raw.images(), Preparation.of(values.choice("prepare")), size.width(), size.height(), Runtime.getRuntime()
			.maxMemory() / KEPT);
		final Thumbnails thumbnails = Thumbnails.of(inputs.whole(), watch);
		final Duplicates duplicates = Duplicates.of(thumbnails, watch);
		final List<String> notes = new ArrayList<>(raw.notes());
		notes.addAll(duplicates.notes());
		notes.addAll(duplicates.sentences(raw.images()));
		return new ClassificationData(title(values, image), duplicates.together(raw), thumbnails, duplicates, inputs, List.copyOf(notes));
	}

	/** The images that the settings name: keys image, folder, table, classes, groups, skip. */
	static LabelledImages read(final Values values, final Optional<ImagePlus> image, final Watch watch) {
		return ImageSources.of(image, values.path("folder"), values.path("table"), values.text("classes"), values.text("groups"), values.isOn("skip"), watch);
	}

	/** Name of the folder, or title of the image. */
	static String title(final Values values, final Optional<ImagePlus> image) {
		return values.path("folder").map(f -> f.getFileName() == null ? f.toString() : f.getFileName().toString()).orElseGet(() -> image.orElseThrow().getTitle());
	}

	/** Splits as the source says; what it does not say, by groups. Training images that are copies of validation images are left out. */
	Split split(final double fraction, final long seed) {
		return duplicates.leaveOut(images, Split.byClass(images, fraction, seed));
	}

	/**
	 * The splits of a cross-validation: the images of a fold are the test, and of the others some choose the best epoch. Copies of images of the fold are
	 * left out of the others.
	 *
	 * @param fraction share of the others to validate on
	 */
	List<Split> folds(final int count, final double fraction, final long seed) {
		final List<Split> folds = new ArrayList<>();
		for (final Split whole : Split.folds(images, count, seed)) {
			final Split fold = duplicates.leaveOut(images, whole);
			final Set<Integer> judged = IntStream.concat(Arrays.stream(fold.validation()), Arrays.stream(fold.test())).boxed().collect(Collectors.toSet());
			final int[] others = IntStream.range(0, images.labels().length).filter(i -> !judged.contains(i)).toArray();
			final Split s = Split.byClass(images, others, new int[0], fraction, seed);
			folds.add(duplicates.leaveOut(images, new Split(both(s.train(), fold.train()), both(s.validation(), fold.train()), fold.validation())));
		}
		return folds;
	}

	/** What is in both lists. */
	private static int[] both(final int[] some, final int[] others) {
		final Set<Integer> set = Arrays.stream(others).boxed().collect(Collectors.toSet());
		return Arrays.stream(some).filter(set::contains).toArray();
	}

	/** What became of the images, as a line for the user. */
	String line(final Split split) {
		final int left = images.labels().length - split.train().length - split.validation().length - split.test().length;
		return "split: " + split.train().length + " images to train on, " + split.validation().length + " to validate, " + split.test().length + " to test" +
			(left == 0 ? "" : "; " + left + " left out as copies of those");
	}

	/** The baselines, fitted to some images and judged on others. */
	ClassBaselines baselines(final int[] train, final int[] judged, final long seed, final Watch watch) {
		return ClassBaselines.of(thumbnails, images.labels(), images.classes().size(), train, judged, seed, watch);
	}

	/** What is known of some images. */
	Fingerprint fingerprint(final int[] indices) {
		return Fingerprint.of(thumbnails, images.images(), indices);
	}

	/** Names of the groups of some images, each once. */
	List<String> groups(final int[] indices) {
		final Set<String> names = new LinkedHashSet<>();
		for (final int i : indices) names.add(images.images().group(i));
		return List.copyOf(names);
	}

	/** Number of images of each class among some. */
	List<Integer> counts(final int[] indices) {
		return Arrays.stream(images.counts(indices)).boxed().toList();
	}

	/** Up to {@code count} of some images, of all classes in turn. */
	int[] examples(final int[] indices, final int count) {
		final List<Integer> chosen = new ArrayList<>();
		final List<int[]> byClass = IntStream.range(0, images.classes().size()).mapToObj(c -> Arrays.stream(indices).filter(i -> images.labels()[i] == c)
			.toArray()).toList();
		final int each = (count + byClass.size() - 1) / byClass.size();
		for (int k = 0; k < each; k++) for (final int[] of : byClass) {
			if (k < of.length && chosen.size() < count) chosen.add(of[(int) ((k + 0.5) * of.length / Math.min(each, of.length))]);
		}
		return chosen.stream().mapToInt(i -> i).toArray();
	}
}
