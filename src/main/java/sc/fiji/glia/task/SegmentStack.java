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

import static sc.fiji.glia.task.Setting.choice;
import static sc.fiji.glia.task.Setting.decimal;
import static sc.fiji.glia.task.Setting.image;
import static sc.fiji.glia.task.Setting.onOff;
import static sc.fiji.glia.task.Setting.path;
import static sc.fiji.glia.task.Setting.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;

import sc.fiji.glia.compute.Inference;
import sc.fiji.glia.compute.Segmenter;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.FieldOfView;
import sc.fiji.glia.image.Components;
import sc.fiji.glia.image.ImageStackSamples;
import sc.fiji.glia.image.Masks;
import sc.fiji.glia.image.RoiResults;
import sc.fiji.glia.image.SegmentationTable;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.task.Setting.Kind;
import sc.fiji.glia.worker.Launch;

/** Applies a trained network to an image or stack. */
public final class SegmentStack {

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Segment with Network...", "Plugins>Glia", List.of( //
		image("image", "Image", "Title of the image or stack to segment; the active image if left out."), //
		path("model", Kind.FILE_OPEN, "Model file", "Model file that a training has written.").required(), //
		choice("output", List.of("mask", "labels", "probability", "none"), "Output",
			"New image to make: mask (0 and 255), labels (class numbers, or object numbers if there is one class), probability (0 to 1), or none."), //
		decimal("threshold", 0.5, 0, 1, "Threshold", "Probability from which a pixel is foreground."), //
		whole("minimum", 0, 0, Integer.MAX_VALUE, "Smallest object (pixels)", "Objects of fewer pixels are removed."), //
		onOff("overlay", "Show as overlay", "Draws the outlines of the objects on the image, as its overlay."), //
		onOff("manager", "Add to ROI Manager", "Appends the outlines of the objects to the ROI Manager.")));

	private SegmentStack() {}

	/**
	 * What segmentation came to.
	 *
	 * @param output the new image, titled after the input; empty if none is wanted
	 * @param rois outlines of the objects with position and group; empty unless {@code overlay} or {@code manager} is on
	 * @param table one row per slice, for a table titled {@code Glia Segmentation}
	 * @param kernels by what it was computed, where and why
	 */
	public record Result(Optional<ImagePlus> output, List<Roi> rois, ResultsTable table, String kernels) {}

	/**
	 * Segments all slices. Sets the overlay of the image if that is wanted, but shows nothing and leaves the ROI Manager to the
	 * caller.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param image the image to segment
	 * @param watch hears how far it is and may end it, between tiles too, see {@link Told}
	 * @throws IllegalArgumentException if image and model do not fit; the message is for the user
	 * @throws java.io.UncheckedIOException if the model cannot be read
	 */
	public static Result run(final Values values, final ImagePlus image, final Watch watch) {
		return run(values, image, watch, Engine.preferred());
	}

	/** As {@link #run(Values, ImagePlus, Watch)} on an engine. */
	static Result run(final Values values, final ImagePlus image, final Watch watch, final Engine engine) {
		final Model model = ModelKind.segmentation("model", values.path("model").orElseThrow());
		final ImageStackSamples slices = samples(image, model);
		final Engine.Placed<Inference> network = network(model, slices, engine);
		final List<Slice> results = predict(network.by(), slices, values, watch);
		final List<byte[]> classes = results.stream().map(Slice::classes).toList();
		final List<String> names = model.classes().subList(1, model.classes().size());
		final Optional<ImagePlus> output = switch (values.choice("output")) {
			case "mask" -> Optional.of(Masks.mask(image, classes));
			case "labels" -> Optional.of(names.size() > 1 ? Masks.classes(image, classes) : Masks.objects(image, objects(classes, image)));
			case "probability" -> Optional.of(Masks.probability(image, results.stream().map(Slice::foreground).toList()));
			default -> Optional.empty();
		};
		final List<Roi> rois = values.isOn("overlay") || values.isOn("manager") ? RoiResults.trace(image, classes, names) : List.of();
		if (values.isOn("overlay")) RoiResults.overlay(image, rois);
		return new Result(output, rois, SegmentationTable.of(image, classes, results.stream().map(Slice::means).toList(), names),
			network.kernels() + ". " + network.reason());
	}

	/** The image's slices with the channels that the model takes; an image of just as many channels is taken as it is. */
	private static ImageStackSamples samples(final ImagePlus image, final Model model) {
		final int wanted = model.preprocessing().channelCount();
		final ImageStackSamples all = new ImageStackSamples(image, "all");
		if (all.channels() == wanted) return all;
		final String channels = model.preprocessing().channels();
		if (channels.equals("all")) throw new IllegalArgumentException("model: it was trained on images of " + count(wanted) + ", image '" + image.getTitle() +
			"' has " + all.channels() + ". Segment images of the same kind");
		try {
			return new ImageStackSamples(image, channels);
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException("model: it was trained on channel " + channels + " of its images, image '" + image.getTitle() + "' has " + count(all
				.channels()) + ". Segment images of the same kind, or give it just the " + count(wanted) + " it takes", e);
		}
	}

	private static String count(final int channels) {
		return channels + (channels == 1 ? " channel" : " channels");
	}

	/**
	 * What is kept of a slice: probabilities only where they are asked for, since those of a long stack need much memory.
	 *
	 * @param classes class of each pixel
	 * @param foreground probabilities of the foreground classes; of length 0 unless they are the output
	 * @param means for each foreground class, the mean probability of its pixels; NaN if there are none
	 */
	private record Slice(byte[] classes, float[][] foreground, double[] means) {

		static Slice of(final float[][] probabilities, final int width, final int height, final Values values) {
			final byte[] classes = Components.removeSmaller(Segmenter.classes(probabilities, values.decimal("threshold")), width, height, values.whole("minimum"));
			final float[][] foreground = Segmenter.foreground(probabilities);
			final double[] means = new double[foreground.length];
			for (int k = 0; k < means.length; k++) means[k] = SegmentationTable.mean(foreground[k], classes, k + 1);
			return new Slice(classes, values.choice("output").equals("probability") ? foreground : new float[0][], means);
		}
	}

	private static Engine.Placed<Inference> network(final Model model, final ImageStackSamples slices, final Engine engine) {
		final FieldOfView view = FieldOfView.of(model.graph());
		final double each = Recommendation.operations(model.graph(), view.padded(slices.width()), view.padded(slices.height()));
		return engine.infer(model.graph(), model.weights(), model.preprocessing().normalization(), memory(model, slices, engine), slices.size(), slices
			.size() * each);
	}

	/** All slices, several at a time. Closes the network. */
	private static List<Slice> predict(final Inference network, final ImageStackSamples slices, final Values values, final Watch watch) {
		final int n = slices.size();
		final Slice[] results = new Slice[n];
		final AtomicInteger begun = new AtomicInteger();
		try (network; Workers workers = new Workers(network.lanes())) {
			workers.run(n, (i, worker) -> {
				final BooleanSupplier cancelled = watch.asked("segmenting slice", begun.incrementAndGet(), n);
				results[i] = Slice.of(network.predict(slices.get(i), cancelled), slices.width(), slices.height(), values);
			});
		}
		return List.of(results);
	}

	/** Memory that segmenting takes: a tile's feature maps on each thread, and the images that are under way. */
	private static Launch.Need memory(final Model model, final ImageStackSamples slices, final Engine engine) {
		final long image = 4L * slices.width() * slices.height() * (2 * slices.channels() + 2 * model.graph().outputChannels());
		final long tile = Segmenter.bytes(model.graph(), slices.width(), slices.height(), engine.sizes());
		return new Launch.Need(tile + 2 * image, engine.threads() * tile + 2 * (engine.threads() + 1) * image);
	}

	/** Objects numbered through the whole stack. */
	private static List<int[]> objects(final List<byte[]> classes, final ImagePlus image) {
		final List<int[]> planes = new ArrayList<>();
		int before = 0;
		for (final byte[] plane : classes) {
			final Components objects = Components.of(plane, image.getWidth(), image.getHeight(), 1);
			final int[] labels = objects.labels().clone();
			for (int i = 0; i < labels.length; i++) if (labels[i] > 0) labels[i] += before;
			before += objects.count();
			planes.add(labels);
		}
		return planes;
	}
}
