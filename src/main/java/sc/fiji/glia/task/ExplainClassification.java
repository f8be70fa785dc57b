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
import static sc.fiji.glia.task.Setting.image;
import static sc.fiji.glia.task.Setting.path;
import static sc.fiji.glia.task.Setting.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.measure.ResultsTable;

import sc.fiji.glia.compute.Classifier;
import sc.fiji.glia.compute.Explanation;
import sc.fiji.glia.compute.Explanation.Method;
import sc.fiji.glia.compute.Inference;
import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.data.Resampling;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.SameChannels;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.image.HeatMaps;
import sc.fiji.glia.image.ImageStackSamples;
import sc.fiji.glia.image.SegmentationTable;
import sc.fiji.glia.task.Setting.Kind;

/** Shows which pixels of an image spoke for a class. */
public final class ExplainClassification {

	private static final String GRAD_CAM = "grad-cam", INTEGRATED = "integrated-gradients";

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Explain Classification...", "Plugins>Glia", List.of( //
		image("image", "Image", "Title of the image or stack to explain, each slice an image; the active image if left out."), //
		path("model", Kind.FILE_OPEN, "Model file", "Model file that the training of a classification has written.").required(), //
		choice("method", List.of(GRAD_CAM, INTEGRATED), "Method",
			"How to explain: grad-cam shows where a convolutional network found what speaks for the class, integrated-gradients what each pixel added to or took from it, with any network."), //
		text("target", "", "Class to explain", "Name of the class to explain; empty explains the class that the network gives each image."), //
		choice("output", List.of("overlay", "stack"), "Output",
			"What to make: overlay draws transparent colours on the image, stack makes a new 32-bit image of the values.")));

	private ExplainClassification() {}

	/**
	 * What explaining came to.
	 *
	 * @param output the new image, titled after the input; empty if the overlay is wanted
	 * @param table one row per slice, for a table titled {@code Glia Explanation}
	 * @param notes sentences that the user should read, as on values of another range than those trained on
	 * @param kernels by what it was computed, where and why
	 */
	public record Result(Optional<ImagePlus> output, ResultsTable table, List<String> notes, String kernels) {

		public Result {
			notes = List.copyOf(notes);
		}
	}

	/**
	 * Explains all slices. Sets the overlay of the image if that is wanted, but shows nothing.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param image the image to explain
	 * @param watch hears how far it is and may end it, see {@link Told}
	 * @throws IllegalArgumentException if image, model and settings do not fit; the message is for the user
	 * @throws java.io.UncheckedIOException if the model cannot be read
	 */
	public static Result run(final Values values, final ImagePlus image, final Watch watch) {
		return run(values, image, watch, Engine.preferred());
	}

	/** As {@link #run(Values, ImagePlus, Watch)} on an engine. */
	static Result run(final Values values, final ImagePlus image, final Watch watch, final Engine engine) {
		final AppliedClassifier network = AppliedClassifier.read("model", values.path("model").orElseThrow());
		final List<String> classes = network.classes();
		final OptionalInt wanted = target(values.text("target"), classes);
		final boolean isOverlay = values.choice("output").equals("overlay"), isIntegrated = values.choice("method").equals(INTEGRATED);
		if (!isIntegrated) requireConvolutions(network);
		final Method method = isIntegrated ? Method.INTEGRATED_GRADIENTS : Method.GRAD_CAM;
		final Samples slices = SameChannels.of(new ImageStackSamples(image, "all"), network.channels()), inputs = network.inputs(slices);
		final List<float[]> maps = new ArrayList<>();
		final List<String> names = new ArrayList<>();
		final ResultsTable table = table();
		ValueRange range = ValueRange.NONE;
		final Engine.Placed<Inference> placed = network.explaining(method, slices.size(), engine);
		try (Inference by = placed.by()) {
			for (int i = 0; i < slices.size(); i++) {
				final BooleanSupplier cancelled = watch.asked("explaining slice", i + 1, slices.size());
				final Sample input = inputs.get(i);
				range = range.with(input);
				final float[] output = Classifier.vector(by.predict(input, cancelled)), p = network.calibrated(new float[][] { output })[0];
				final int best = ClassificationScores.best(output), target = wanted.orElse(best);
				final Explanation e = by.explain(method, input, target, cancelled);
				maps.add(scaled(isOverlay && isIntegrated ? HeatMaps.smooth(e.values(), input.width()) : e.values(), input, image));
				names.add(classes.get(target));
				add(table, SegmentationTable.label(image, i), classes, p, best, target, e);
			}
		}
		final String kernels = placed.kernels() + ". " + placed.reason();
		final List<String> notes = network.doubt(range).stream().toList();
		final HeatMaps heat = new HeatMaps(image, maps, isIntegrated);
		if (!isOverlay) return new Result(Optional.of(heat.image()), table, notes, kernels);
		heat.overlay(names);
		return new Result(Optional.empty(), table, notes, kernels);
	}

	/** @throws IllegalArgumentException if there is no such class; the message lists those there are */
	private static OptionalInt target(final String name, final List<String> classes) {
		if (name.isEmpty()) return OptionalInt.empty();
		if (classes.contains(name)) return OptionalInt.of(classes.indexOf(name));
		return OptionalInt.of(IntStream.range(0, classes.size()).filter(c -> classes.get(c).equalsIgnoreCase(name)).findFirst().orElseThrow(
			() -> new IllegalArgumentException("target: the model has no class '" + name + "'" + Nearest.hint(name, classes) + "\nIts classes are: " + String.join(
				", ", classes))));
	}

	private static void requireConvolutions(final AppliedClassifier network) {
		if (network.model().graph().nodes().stream().noneMatch(n -> n.layer() instanceof Conv2D)) throw new IllegalArgumentException("method: the network of '" +
			network.file() + "' has no convolutions, which " + GRAD_CAM + " looks at. Take method=" + INTEGRATED + ", which explains any network");
	}

	/** A map at the size of the image. */
	private static float[] scaled(final float[] map, final Sample from, final ImagePlus to) {
		return Resampling.to(from.width(), from.height(), to.getWidth(), to.getHeight()).apply(map);
	}

	private static ResultsTable table() {
		final ResultsTable table = new ResultsTable();
		table.setPrecision(4);
		table.setNaNEmptyCells(true);
		return table;
	}

	private static void add(final ResultsTable table, final String label, final List<String> classes, final float[] p, final int best, final int target,
		final Explanation e)
	{
		table.incrementCounter();
		table.addValue("Slice", table.size());
		table.addValue("Label", label);
		table.addValue("Class", classes.get(best));
		table.addValue("Confidence", p[best]);
		table.addValue("Target", classes.get(target));
		table.addValue("Target probability", p[target]);
		if (Double.isNaN(e.sum())) return;
		table.addValue("Sum of attributions", e.sum());
		table.addValue("Logit difference", e.difference());
	}
}
