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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import ij.ImagePlus;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.SameChannels;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.model.Training;
import sc.fiji.glia.task.report.ClassificationReport.JudgedOn;

/**
 * Images with known classes, on which a trained network is judged.
 *
 * @param title of the image or folder
 * @param images all images of the source; their classes are those of the network
 * @param on which of them are judged: of a source that has sides of a split itself its test side, or else its validation; of others all
 * @param judged indices of these
 * @param train indices of those that the source has to train on; empty if it has no sides
 * @param warnings sentences that come before everything else
 * @param notes further sentences the user should read
 */
record GivenImages(String title, LabelledImages images, JudgedOn on, int[] judged, int[] train, List<String> warnings, List<String> notes) {

	/**
	 * Reads what the settings name: keys image, folder, table, classes, groups, skip.
	 *
	 * @param watch may end the reading
	 * @throws IllegalArgumentException if a class is none of the network's
	 */
	static GivenImages of(final Values values, final Optional<ImagePlus> image, final AppliedClassifier network, final Watch watch) {
		final LabelledImages raw = ClassificationData.read(values, image, watch);
		final LabelledImages images = ofNetwork(raw, network);
		final JudgedOn on = raw.parts().containsValue(Split.Part.TEST) ? JudgedOn.TEST : raw.parts().containsValue(Split.Part.VALIDATION) ? JudgedOn.VALIDATION
			: JudgedOn.GIVEN;
		final int[] judged = switch (on) {
			case TEST -> where(raw, i -> raw.part(i) == Split.Part.TEST);
			case VALIDATION -> where(raw, i -> raw.part(i) == Split.Part.VALIDATION);
			default -> where(raw, i -> true);
		};
		final int[] train = on == JudgedOn.GIVEN ? new int[0] : where(raw, i -> raw.part(i) == Split.Part.TRAIN);
		if (judged.length == 0) throw new IllegalArgumentException("groups: no image is assigned to test or validation under the names that were given");
		final List<String> warnings = new ArrayList<>(), notes = new ArrayList<>(raw.notes());
		if (on != JudgedOn.GIVEN) notes.add("Judged are the " + judged.length + " " + on.label() + " images of the source" + (train.length > 0
			? "; the baselines are fitted to its " + train.length + " training images." : "."));
		final int trainedOn = trainedOn(watch.over(raw.images(), "comparing with the training, image", judged.length), judged, network.model().training());
		if (trainedOn > 0 && trainedOn < judged.length) warnings.add("The network was trained on " + trainedOn + " of these " + judged.length +
			" images, pixel for pixel: the scores are too good.");
		return new GivenImages(ClassificationData.title(values, image), images, trainedOn == judged.length ? JudgedOn.TRAINING : on, judged, train, List.copyOf(warnings), List.copyOf(notes));
	}

	private static int[] where(final LabelledImages images, final IntPredicate chosen) {
		return IntStream.range(0, images.labels().length).filter(chosen).toArray();
	}

	/** The same images with the classes and the channels of the network. */
	private static LabelledImages ofNetwork(final LabelledImages given, final AppliedClassifier network) {
		final LabelledImages known = given.withClasses(network.classes());
		return new LabelledImages(SameChannels.of(known.images(), network.channels()), known.classes(), known.labels(), known.parts(), known.notes());
	}

	/**
	 * Among some images, the number of those that the network was trained on, if that is certain: the groups of its training are all there, and the pixels are the
	 * same; else 0.
	 */
	private static int trainedOn(final Samples images, final int[] judged, final Training training) {
		final Set<String> trained = new HashSet<>(training.split().train());
		final int[] same = Arrays.stream(judged).filter(i -> trained.contains(images.group(i))).toArray();
		if (same.length == 0 || same.length != training.fingerprint().samples()) return 0;
		return Fingerprint.of(images, same).sha256().equals(training.fingerprint().sha256()) ? same.length : 0;
	}
}
