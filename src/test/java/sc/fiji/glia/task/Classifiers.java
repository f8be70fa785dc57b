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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Fingerprint.Size;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.GlobalAveragePool2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.model.Classification;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.model.Preprocessing;
import sc.fiji.glia.model.SplitNames;
import sc.fiji.glia.model.Training;

/** Classification networks whose predictions can be worked out by hand, and images for them. */
public final class Classifiers {

	private Classifiers() {}

	/** As {@link #brightness(Path, int, Classification)}, for gray images resized to 4x4 pixels, at temperature 1. */
	public static Path brightness(final Path file) {
		return brightness(file, 1, new Classification("none", 4, 4, 1));
	}

	/** Classes bright and dark: the probability of bright is {@code 1 / (1 + exp(-(m - 100) / 10 / t))} for the mean m of the first channel. */
	static Path brightness(final Path file, final int channels, final Classification how) {
		final Graph.Builder b = Graph.of(how.prepare().equals("breast") ? 1 : channels);
		b.add("probability", new Softmax(), b.add("classes", new Dense(2), b.add("mean", new GlobalAveragePool2D(), b.add("first", new Conv2D(1, 1), 0))));
		final Graph graph = b.build();
		final Map<String, float[]> arrays = new LinkedHashMap<>();
		final float[] first = new float[graph.inputChannels()];
		first[0] = 1;
		arrays.put("first.weight", first);
		arrays.put("first.bias", new float[1]);
		arrays.put("classes.weight", new float[] { 0.1f, 0 });
		arrays.put("classes.bias", new float[] { -10, 0 });
		return write(file, graph, new Weights(graph, arrays), channels, List.of("bright", "dark"), how, 1);
	}

	/** Any network; values are multiplied with {@code scale} first. */
	static Path write(final Path file, final Graph graph, final Weights weights, final int channels, final List<String> classes, final Classification how,
		final double scale)
	{
		final int n = graph.inputChannels();
		final Normalization none = new Normalization(Normalization.Method.RANGE, Normalization.Scope.DATASET, false, Collections.nCopies(n, 0.0), Collections
			.nCopies(n, scale));
		final Fingerprint data = new Fingerprint(1, 1, new Size(8, 8, 8), new Size(8, 8, 8), channels, 1, List.of(64L), 0, 0, 0, Collections.nCopies(channels, 0.0),
			Collections.nCopies(channels, 255.0), Collections.nCopies(channels, 100.0), Collections.nCopies(channels, 50.0), Collections.nCopies(channels, 1.0), false,
			0, "00");
		final Training training = new Training(Map.of(), List.of(), data, SplitNames.NONE, List.of(), 0, Map.of(), Map.of("majority class: accuracy", 0.625), Map.of(),
			"2026-01-02T03:04:05Z", "", 1, 0);
		ModelFile.write(file, new Model(graph, weights, new Preprocessing("all", n, none, 1, 1, "pixel"), classes, training, Optional.of(how)));
		return file;
	}

	/** Probability of bright for a mean. */
	static double bright(final double mean) {
		return 1 / (1 + Math.exp(-(mean - 100) / 10));
	}

	/** A stack whose slices have one value each; a label for each where given. */
	public static ImagePlus stack(final String title, final int[] values, final String... labels) {
		final ImageStack stack = new ImageStack(12, 9);
		for (int i = 0; i < values.length; i++) stack.addSlice(labels.length > 0 ? labels[i] : null, gray(12, 9, values[i]));
		return new ImagePlus(title, stack);
	}

	/** An image of one value. */
	public static ByteProcessor gray(final int width, final int height, final int value) {
		final ByteProcessor ip = new ByteProcessor(width, height);
		ip.set(value);
		return ip;
	}

	/** Writes an image of one value as PNG. */
	public static void save(final Path folder, final String name, final int width, final int height, final int value) {
		final Path file = folder.resolve(name);
		file.getParent().toFile().mkdirs();
		IJ.saveAs(new ImagePlus(name, gray(width, height, value)), "png", file.toString());
	}
}
