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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.measure.ResultsTable;

import sc.fiji.glia.compute.Classifier;
import sc.fiji.glia.compute.GradCam;
import sc.fiji.glia.compute.IntegratedGradients;
import sc.fiji.glia.data.Preparation;
import sc.fiji.glia.data.Resized;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.SameChannels;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Temperature;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.image.HeatMaps;
import sc.fiji.glia.image.ImageStackSamples;
import sc.fiji.glia.image.SegmentationTable;
import sc.fiji.glia.model.Classification;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.Setting.Kind;

/** Shows which pixels of an image spoke for a class. */
public final class ExplainClassification {

	private static final String GRAD_CAM = "grad-cam", INTEGRATED = "integrated-gradients";

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Explain Classification...", "Plugins>Glia", List.of( //
		image("image", "Image", "Title of the image or stack to explain, each slice an image; the active image if left out."), //
		path("model", Kind.FILE_OPEN, "Model file", "Model file that Train Classification Network... has written.").required(), //
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
	 */
	public record Result(Optional<ImagePlus> output, ResultsTable table) {}

	/** An explanation at the size of the network's input; sum and difference as in {@link IntegratedGradients.Result}, NaN for other methods. */
	private record Map(float[] values, double sum, double difference) {}

	/** Explains the output {@code target} for an image of the network's size. */
	@FunctionalInterface
	private interface Method {

		Map explain(float[][] normalised, int target);
	}

	/**
	 * Explains all slices, in this process. Sets the overlay of the image if that is wanted, but shows nothing.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param image the image to explain
	 * @param progress hears the finished share, 0 to 1
	 * @param cancelled asked now and then; if true, the task ends with a {@link CancellationException}
	 * @throws IllegalArgumentException if image, model and settings do not fit; the message is for the user
	 * @throws java.io.UncheckedIOException if the model cannot be read
	 */
	public static Result run(final Values values, final ImagePlus image, final DoubleConsumer progress, final BooleanSupplier cancelled) {
		final Path file = values.path("model").orElseThrow();
		final Model model = ModelFile.read(file);
		final Classification entry = model.classification().orElseThrow(() -> new IllegalArgumentException("model: '" + file.getFileName() +
			"' segments images, expected one that gives whole images a class. Choose a model made by Train Classification Network..."));
		final OptionalInt wanted = target(values.text("target"), model.classes());
		final boolean isSigned = values.choice("method").equals(INTEGRATED);
		final Preparation preparation = Preparation.of(entry.prepare());
		final Samples slices = slices(image, preparation, model.graph().inputChannels());
		final Classifier classifier = new Classifier(model.graph(), model.weights(), model.preprocessing().normalization());
		final List<float[]> maps = new ArrayList<>();
		final List<String> names = new ArrayList<>();
		final ResultsTable table = table();
		try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
			final Method method = method(values.choice("method"), file, model, entry, workers, cancelled);
			for (int i = 0; i < slices.size(); i++) {
				if (cancelled.getAsBoolean()) throw new CancellationException();
				final Sample slice = slices.get(i), sample = Resized.apply(slice, preparation, entry.width(), entry.height());
				final float[][] planes = classifier.predict(List.of(sample), workers, cancelled)[0];
				final float[] p = new Temperature(entry.temperature()).apply(Temperature.logits(Classifier.vector(planes)));
				final int best = Classifier.best(planes), target = wanted.orElse(best);
				final Map map = method.explain(model.preprocessing().normalization().apply(sample.channels()), target);
				maps.add(scaled(map.values, entry, slice));
				names.add(model.classes().get(target));
				add(table, SegmentationTable.label(image, i), model.classes(), p, best, target, map);
				progress.accept((i + 1.0) / slices.size());
			}
		}
		final HeatMaps heat = new HeatMaps(image, maps, isSigned);
		if (values.choice("output").equals("stack")) return new Result(Optional.of(heat.image()), table);
		heat.overlay(names);
		return new Result(Optional.empty(), table);
	}

	/** @throws IllegalArgumentException if there is no such class; the message lists those there are */
	private static OptionalInt target(final String name, final List<String> classes) {
		if (name.isEmpty()) return OptionalInt.empty();
		if (classes.contains(name)) return OptionalInt.of(classes.indexOf(name));
		return OptionalInt.of(IntStream.range(0, classes.size()).filter(c -> classes.get(c).equalsIgnoreCase(name)).findFirst().orElseThrow(
			() -> new IllegalArgumentException("target: the model has no class '" + name + "'" + Nearest.hint(name, classes) + "\nIts classes are: " + String.join(
				", ", classes))));
	}

	/** The slices with the channels that the model takes; a preparation that makes one of all takes any. */
	private static Samples slices(final ImagePlus image, final Preparation preparation, final int channels) {
		final ImageStackSamples all = new ImageStackSamples(image, "all");
		return preparation.channels(all.channels()) == channels ? all : SameChannels.of(all, channels);
	}

	private static Method method(final String name, final Path file, final Model model, final Classification entry, final Workers workers,
		final BooleanSupplier cancelled)
	{
		final int h = entry.height(), w = entry.width();
		if (name.equals(INTEGRATED)) {
			final IntegratedGradients gradients = new IntegratedGradients(model.graph(), model.weights(), workers);
			return (image, target) -> {
				final IntegratedGradients.Result r = gradients.explain(image, h, w, target, IntegratedGradients.black(image), cancelled);
				return new Map(r.pixels(), r.sum(), r.difference());
			};
		}
		if (model.graph().nodes().stream().noneMatch(n -> n.layer() instanceof Conv2D)) throw new IllegalArgumentException("method: the network of '" + file
			.getFileName() + "' has no convolutions, which " + GRAD_CAM + " looks at. Take method=" + INTEGRATED + ", which explains any network");
		final GradCam cam = new GradCam(model.graph(), model.weights(), workers);
		return (image, target) -> new Map(cam.explain(image, h, w, target), Double.NaN, Double.NaN);
	}

	/** A map at the size of the slice. */
	private static float[] scaled(final float[] map, final Classification from, final Sample to) {
		final Sample small = new Sample(to.name(), to.group(), from.width(), from.height(), new float[][] { map }, new byte[0]);
		return Resized.apply(small, Preparation.NONE, to.width(), to.height()).channels()[0];
	}

	private static ResultsTable table() {
		final ResultsTable table = new ResultsTable();
		table.setPrecision(4);
		table.setNaNEmptyCells(true);
		return table;
	}

	private static void add(final ResultsTable table, final String label, final List<String> classes, final float[] p, final int best, final int target,
		final Map map)
	{
		table.incrementCounter();
		table.addValue("Slice", table.size());
		table.addValue("Label", label);
		table.addValue("Class", classes.get(best));
		table.addValue("Confidence", p[best]);
		table.addValue("Target", classes.get(target));
		table.addValue("Target probability", p[target]);
		if (Double.isNaN(map.sum)) return;
		table.addValue("Sum of attributions", map.sum);
		table.addValue("Logit difference", map.difference);
	}
}
