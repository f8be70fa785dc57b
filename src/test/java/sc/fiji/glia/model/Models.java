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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Fingerprint.Size;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Normalization.Method;
import sc.fiji.glia.data.Normalization.Scope;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.train.EpochRecord;

/** Small models for tests. */
public final class Models {

	private Models() {}

	/** A U-Net of 2 levels with batch norm and dropout, and every field of the model filled. */
	public static Model small() {
		return of(new UNet(1, 1, 2, 2, 1, true, 0.25f).graph(), List.of("background", "tumour"));
	}

	static Model of(final Graph graph, final List<String> classes) {
		final Optional<Classification> kind = graph.readsWholeImage() ? Optional.of(new Classification("breast", 5, 3, 1.25)) : Optional.empty();
		return new Model(graph, Initialization.HE.weights(graph, 7), new Preprocessing("all", graph.inputChannels(), normalization(graph.inputChannels()), 0.5, 0.25, "mm"),
			classes, training(), kind);
	}

	private static Normalization normalization(final int channels) {
		return new Normalization(Method.ZSCORE, Scope.DATASET, true, Collections.nCopies(channels, 12.5), Collections.nCopies(channels, 0.1));
	}

	static Training training() {
		final Map<String, String> settings = new LinkedHashMap<>();
		settings.put("network", "auto");
		settings.put("epochs", "3");
		settings.put("model", "C:\\models\\tumour \u00b5.zip");
		final Map<String, Double> scores = new LinkedHashMap<>();
		scores.put("validation dice", 0.75);
		scores.put("test dice", Double.NaN);
		final Map<String, Double> baselines = new LinkedHashMap<>();
		baselines.put("all background", 0.0);
		baselines.put("best threshold", 0.1875);
		final Map<String, String> versions = new LinkedHashMap<>();
		versions.put("Glia", "0.1.0");
		versions.put("Java", "17");
		final Fingerprint data = new Fingerprint(6, 4, new Size(32, 33, 64), new Size(16, 17, 18), 1, 2, List.of(9_000_000_000L, 12L), 5, 0.1, 0.5, List.of(
			-1.5), List.of(255.0), List.of(1 / 3.0), List.of(2.0), List.of(0.25), true, 7.5, "00ff");
		return new Training(settings, List.of("network: U-Net of 2 levels, since images are small", "\"quoted\" <b>"), data, new SplitNames(List.of("a",
			"b"), List.of("c"), List.of("d")), List.of(new EpochRecord(1, 0.001, 0.9, 0.125, Double.NaN, Double.NaN, 1.5, false), new EpochRecord(2, 1e-5,
				0.5, 0.5, 0.625, 0.75, 1.25, true), new EpochRecord(3, 1e-5, Double.POSITIVE_INFINITY, 0.5, 0.75, 0.5, 1.25, false)), 2, scores, baselines,
			versions, "2026-01-02T03:04:05Z", "run(\"Train Segmentation Network...\", \"image=[a.tif] epochs=3 seed=1\");", Long.MIN_VALUE + 1, 4.0);
	}
}
