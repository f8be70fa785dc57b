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
import static sc.fiji.glia.task.Setting.path;
import static sc.fiji.glia.task.Setting.whole;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

import ij.measure.ResultsTable;

import sc.fiji.glia.compute.GradientChecking;
import sc.fiji.glia.compute.GradientChecking.Row;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Preparation;
import sc.fiji.glia.data.Resized;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.FieldOfView;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.ResidualNetwork;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.image.ImageSources;
import sc.fiji.glia.model.Classification;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.Setting.Kind;

/** Holds the gradients that training computes against differences of the loss. */
public final class CheckGradients {

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Check Gradients...", "Plugins>Glia", List.of( //
		path("model", Kind.FILE_OPEN, "Model file", "Model file whose network and weights are checked; empty checks the network below with drawn weights."), //
		choice("network", List.of("auto", "Dense 512", "CNN 32-64", "CNN 128", "Dense 10", "U-Net", "U-Net auto"), "Network",
			"Network to check where no model is given, made for small images: auto and the next four classify, the last two segment."), //
		path("folder", Kind.FOLDER, "Folder of images", "Folder of images to check with, up to four of them; empty draws random ones."), //
		whole("seed", 1, 0, Integer.MAX_VALUE, "Seed", "Start of the random numbers for weights, images and the entries that are compared.")));

	/** Images that are checked with, at the most. */
	private static final int IMAGES = 4;
	/** Rows and columns of an image where the network leaves that open, and of the presets' images. */
	private static final int EDGE = 16;

	private CheckGradients() {}

	/**
	 * What the check came to.
	 *
	 * @param table one row per array of weights, for a table titled {@code Glia Gradients}
	 * @param failure what is wrong, naming the worst array; empty if all is well
	 * @param summary what was checked, on what and with which kernels, in a sentence
	 */
	public record Result(ResultsTable table, Optional<String> failure, String summary) {

		/** @throws IllegalStateException if an array is not ok */
		public void requireOk() {
			failure.ifPresent(f -> {
				throw new IllegalStateException(f);
			});
		}
	}

	/**
	 * Compares the gradient of every array of weights. In this process, with the kernels that it has.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param progress hears the finished share, 0 to 1
	 * @param cancelled asked now and then; if true, the task ends with a {@link java.util.concurrent.CancellationException}
	 * @throws IllegalArgumentException if the images do not fit the network, or if both a model and a network are given; the message is for the user
	 * @throws java.io.UncheckedIOException if a file cannot be read
	 */
	public static Result run(final Values values, final DoubleConsumer progress, final BooleanSupplier cancelled) {
		final long seed = values.whole("seed");
		final Optional<Path> file = values.path("model"), folder = values.path("folder");
		if (file.isPresent() && !values.isStandard("network")) throw new IllegalArgumentException("network: expected a model or a network to check, got both (model '" +
			file.get() + "', network '" + values.choice("network") + "'). Leave out model=[path], or leave network=" + values.settings().get("network").standard());
		final Optional<Model> model = file.map(ModelFile::read);
		final String name = file.map(f -> "model " + f.getFileName()).orElseGet(() -> values.choice("network"));
		final Graph graph = model.map(Model::graph).orElseGet(() -> preset(values.choice("network")));
		final Weights weights = model.map(Model::weights).orElseGet(() -> GradientChecking.weights(graph, seed));
		final Shape size = size(graph);
		final float[][][] images = folder.map(f -> images(f, graph, size, model)).orElse(new float[0][][]);
		final int count = images.length > 0 ? images.length : IMAGES;
		final List<Row> rows = GradientChecking.check(graph, weights, size.height(), size.width(), images, GradientChecking.labels(graph, size.height(), size
			.width(), count), seed, KernelProvider.best(), progress, cancelled);
		progress.accept(1);
		return result(rows, name + ", " + count + (folder.isPresent() ? " images of the folder" : " random images") + " of " + size.width() + "x" + size.height() +
			" pixels, kernels " + KernelProvider.best().name());
	}

	/** The layers of a network that can be chosen for training, for three classes (segmentations: one) and images of one channel and {@value #EDGE} pixels a side. */
	private static Graph preset(final String network) {
		return switch (network) {
			case "Dense 512" -> new DenseNetwork(1, EDGE, EDGE, 3, List.of(512), true, 0.2f).graph();
			case "CNN 32-64" -> Cnn.cnn32x64(1, EDGE, EDGE, 3).graph();
			case "CNN 128" -> new Cnn(1, EDGE, EDGE, 3, List.of(128), List.of(512)).graph();
			case "Dense 10" -> new DenseNetwork(1, EDGE, EDGE, 10, List.of(10), false, 0).graph();
			case "U-Net" -> UNet.plain(1, 1).graph();
			case "U-Net auto" -> new UNet(1, 1, 16, 3, 2, true, 0).graph();
			default -> new ResidualNetwork(1, 3, 16, 3, 1, 0.2f).graph();
		};
	}

	/** The size of image that the network takes; where it takes several, one that is small and leaves feature maps of at least 2x2 pixels. */
	private static Shape size(final Graph graph) {
		final int multiple = FieldOfView.multiple(graph), edge = (Math.max(EDGE, 2 * multiple) + multiple - 1) / multiple * multiple;
		return graph.imageSize().orElseGet(() -> new Shape(graph.inputChannels(), edge, edge));
	}

	/** Some images, spread over the folder, as they enter the network; without a model, each from 0 to 1. */
	private static float[][][] images(final Path folder, final Graph graph, final Shape size, final Optional<Model> model) {
		final Preparation preparation = Preparation.of(model.flatMap(Model::classification).map(Classification::prepare).orElse(Preparation.NONE.key()));
		final Normalization normalization = model.map(m -> m.preprocessing().normalization()).orElseGet(() -> new Normalization(Normalization.Method.RANGE,
			Normalization.Scope.IMAGE, false, List.of(), List.of()));
		final Samples all = ImageSources.unlabelled(Optional.empty(), Optional.of(folder), graph.inputChannels(), false);
		final int n = Math.min(IMAGES, all.size());
		final float[][][] images = new float[n][][];
		for (int k = 0; k < n; k++) images[k] = normalization.apply(Resized.apply(all.get((int) ((long) k * all.size() / n)), preparation, size.width(), size
			.height()).channels());
		return images;
	}

	/** Table and verdict. */
	static Result result(final List<Row> rows, final String what) {
		final ResultsTable table = new ResultsTable();
		table.setPrecision(9);
		for (final Row r : rows) {
			table.incrementCounter();
			table.addValue("Array", r.array());
			table.addValue("Entries checked", r.checked());
			table.addValue("Largest gradient", r.largest());
			table.addValue("Relative error", r.error());
			table.addValue("OK", r.ok() ? "yes" : "no");
		}
		final List<Row> wrong = rows.stream().filter(r -> !r.ok()).toList();
		final Optional<Row> worst = wrong.stream().max(Comparator.comparingDouble(Row::error));
		final Optional<String> failure = worst.map(r -> String.format(Locale.ROOT,
			"The gradients of %d of %d arrays are wrong (%s). The worst is '%s': relative error %.3g, expected at most %.0g; largest gradient %.3g", wrong.size(), rows
				.size(), what, r.array(), r.error(), GradientChecking.TOLERANCE, r.largest()));
		return new Result(table, failure, String.format(Locale.ROOT, "The gradients of all %d arrays are right (%s); the greatest relative error is %.2g", rows
			.size(), what, rows.stream().mapToDouble(Row::error).max().orElse(0)));
	}
}
