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

import static sc.fiji.glia.task.Setting.image;
import static sc.fiji.glia.task.Setting.onOff;
import static sc.fiji.glia.task.Setting.path;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.measure.ResultsTable;

import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.image.ImageSources;
import sc.fiji.glia.image.RoiResults;
import sc.fiji.glia.model.AtomicFile;
import sc.fiji.glia.task.Setting.Kind;
import sc.fiji.glia.task.report.PredictedClasses;

/** Gives each slice of a stack, or each picture of a folder, a class, by a trained network. */
public final class ClassifyImages {

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Classify with Network...", "Plugins>Glia", List.of( //
		image("image", "Image", "Title of the image or stack to classify, each slice by itself; the active image if left out.").unless("folder"), //
		path("folder", Kind.FOLDER, "Folder of images",
			"Folder to classify instead of an open image: pictures at any depth, NumPy arrays, or the files of MNIST."), //
		path("model", Kind.FILE_OPEN, "Model file", "Model file that the training of a classification has written.").required(), //
		onOff("skip", "Skip unreadable files", "True if unreadable files are left out with a note; otherwise they are an error."), //
		path("save", Kind.FILE_SAVE, "CSV file to write", "File for the table, with columns Name,Class,Confidence and the probability of each class; empty writes none."), //
		onOff("overlay", "Show as overlay", "Writes class and confidence on each slice, as text in the image's overlay.")));

	private ClassifyImages() {}

	/**
	 * What classification came to.
	 *
	 * @param table a row for each image, for a table titled {@code Glia Classification}
	 * @param notes sentences that the user should read, as on files that were left out or on values of another range than those trained on
	 * @param kernels by what it was computed, where and why
	 */
	public record Result(ResultsTable table, List<String> notes, String kernels) {

		/** Keeps a copy of the list. */
		public Result {
			notes = List.copyOf(notes);
		}
	}

	/**
	 * Classifies all images. Sets the overlay of the image and writes the file if that is wanted, but shows nothing.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param image the image to classify; not looked at if a folder is given
	 * @param watch hears how far it is and may end it, see {@link Told}
	 * @throws IllegalArgumentException if images and model do not fit; the message is for the user
	 * @throws java.io.UncheckedIOException if a file cannot be read or written
	 */
	public static Result run(final Values values, final Optional<ImagePlus> image, final Watch watch) {
		return run(values, image, watch, Engine.preferred());
	}

	/** As {@link #run(Values, Optional, Watch)} on an engine. */
	static Result run(final Values values, final Optional<ImagePlus> image, final Watch watch, final Engine engine) {
		final Optional<Path> folder = values.path("folder"), file = values.path("save");
		if (folder.isPresent() && values.isOn("overlay")) throw new IllegalArgumentException(
			"overlay: it is drawn on an open image, but the images of a folder are not open. Leave out overlay=true, or leave out folder=[path] and open the images");
		file.ifPresent(AtomicFile::checkWritable);
		final AppliedClassifier network = AppliedClassifier.read("model", values.path("model").orElseThrow());
		final List<String> notes = new ArrayList<>();
		final Samples images = ImageSources.unlabelled(image, folder, network.channels(), values.isOn("skip"), notes::add, watch);
		final int[] all = IntStream.range(0, images.size()).toArray();
		final AppliedClassifier.Predictions found = network.predict(network.inputs(images), all, engine, watch);
		found.doubt().ifPresent(notes::add);
		final PredictedClasses classes = new PredictedClasses(network.classes(), Arrays.stream(all).mapToObj(images::name).toList(), network.calibrated(found
			.probabilities()));
		file.ifPresent(f -> AtomicFile.write(f, classes.csv()));
		if (values.isOn("overlay")) RoiResults.overlay(image.orElseThrow(), Arrays.stream(all).mapToObj(i -> text(classes, i)).toList(), Arrays.stream(all).map(
			classes::best).toArray());
		return new Result(classes.table(), notes, found.kernels() + ". " + found.reason());
	}

	/** As in {@code tumour 0.973}. */
	private static String text(final PredictedClasses classes, final int i) {
		return classes.name(i) + String.format(Locale.ROOT, " %.3f", classes.confidence(i));
	}
}
