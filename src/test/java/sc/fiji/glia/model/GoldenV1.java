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
package sc.fiji.glia.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Fingerprint.Size;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Normalization.Method;
import sc.fiji.glia.data.Normalization.Scope;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Upsample2D;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.train.EpochRecord;

/**
 * Made the file of format 1 that every later version must read: a small U-Net of 2 levels with every layer of format 1 in it. It shows
 * how the file came to be; the file itself is never made again, and {@link GoldenModelTest} checks what is in it.
 */
public final class GoldenV1 {

	private GoldenV1() {}

	/** Run from the project's root. Refuses to replace the file. */
	public static void main(final String[] args) {
		final Path file = Path.of("src/test/resources/sc/fiji/glia/model/golden-v1.zip");
		if (Files.exists(file)) throw new IllegalStateException("'" + file + "' is there. It is never edited: a new format gets a new file.");
		ModelFile.write(file, model());
	}

	private static Model model() {
		final Graph graph = graph();
		final Weights weights = Initialization.HE.weights(graph, 20261120);
		for (final String name : List.of("running_mean", "running_var", "bias")) {
			final float[] a = weights.get("enc1.norm1." + name);
			for (int i = 0; i < a.length; i++) a[i] += 0.25f * (i + 1);
		}
		return new Model(graph, weights, new Preprocessing("1,3", 2, new Normalization(Method.ZSCORE, Scope.DATASET, true, List.of(12.5, -0.75), List.of(
			0.1, 3.0)), 0.5, 0.25, "mm"), List.of("background", "core", "edema \u00b5"), training());
	}

	private static Graph graph() {
		final Graph.Builder b = Graph.of(2);
		b.add("enc1.conv1", new Conv2D(2, 3, 1, Padding.SAME, false));
		b.add("enc1.norm1", new BatchNorm());
		final int skip = b.add("enc1.relu1", new ReLU());
		b.add("pool1", new MaxPool2D(2));
		b.add("enc2.conv1", new Conv2D(4, 3));
		b.add("enc2.relu1", new LeakyReLU(0.01f));
		b.add("dropout", new Dropout(0.3f));
		final int up = b.add("up1", new Upsample2D(2));
		b.add("concat1", new Concat(), up, skip);
		b.add("dec1.conv1", new Conv2D(2, 3));
		b.add("dec1.gate1", new Sigmoid());
		b.add("out", new Conv2D(3, 1, 1, Padding.VALID, true));
		b.add("probability", new Softmax());
		return b.build();
	}

	private static Training training() {
		final Map<String, String> settings = new LinkedHashMap<>();
		settings.put("image", "flair.tif");
		settings.put("epochs", "2");
		settings.put("results", "");
		final Map<String, Double> scores = new LinkedHashMap<>();
		scores.put("validation dice", 0.75);
		scores.put("test dice", Double.NaN);
		final Map<String, Double> baselines = new LinkedHashMap<>();
		baselines.put("all background", 0.0);
		baselines.put("best threshold", 0.1875);
		final Map<String, String> versions = new LinkedHashMap<>();
		versions.put("Glia", "0.1.0");
		versions.put("Java", "17.0.1");
		final Fingerprint data = new Fingerprint(6, 4, new Size(32, 33, 64), new Size(16, 17, 18), 2, 3, List.of(9_000_000_000L, 12L, 34L), 5, 0.125, 0.5,
			List.of(-1.5, 0.0), List.of(255.0, 1.0), List.of(1 / 3.0, 0.5), List.of(2.0, 0.25), List.of(0.25, 0.0), true, 7.5, "00ff".repeat(16));
		return new Training(settings, List.of("network: U-Net of 2 levels, since images are small", "\"quoted\" <b> \\"), data, new SplitNames(List.of("a",
			"b"), List.of("c"), List.of("d")), List.of(new EpochRecord(1, 0.001, 0.9, 0.125, Double.NaN, Double.NEGATIVE_INFINITY, 1.5, false),
				new EpochRecord(2, 1e-5, 0.5, 0.5, 0.625, 0.75, 1.25, true)), 2, scores, baselines, versions, "2026-11-20T21:00:00Z",
			"run(\"Train Segmentation Network...\", \"image=[flair.tif] epochs=2 seed=7\");", 9_007_199_254_740_993L, 2.75);
	}
}
