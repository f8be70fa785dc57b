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

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Fingerprint.Size;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.model.Preprocessing;
import sc.fiji.glia.model.SplitNames;
import sc.fiji.glia.model.Training;

/** Models whose predictions can be worked out by hand: one 1x1 convolution. */
final class Handmade {

	private Handmade() {}

	/** Probability of foreground {@code 1 / (1 + exp(-(v - centre) / 10))} for the value v of the first channel. */
	static Path threshold(final Path file, final int channels, final String choice, final double centre) {
		final float[] weight = new float[channels];
		weight[0] = 0.1f;
		return write(file, graph(channels, 1), choice, weight, new float[] { (float) (-centre / 10) }, List.of("background", "bright"));
	}

	/** Background up to 50, class dim from there to 150, class bright above: logits 0, (v - 50) / 10 and (v - 100) / 5. */
	static Path classes(final Path file) {
		return write(file, graph(1, 3), "all", new float[] { 0, 0.1f, 0.2f }, new float[] { 0, -5, -20 }, List.of("background", "dim", "bright"));
	}

	private static Graph graph(final int channels, final int outputs) {
		final Graph.Builder b = Graph.of(channels);
		b.add("probability", outputs == 1 ? new Sigmoid() : new Softmax(), b.add("out", new Conv2D(outputs, 1), 0));
		return b.build();
	}

	private static Path write(final Path file, final Graph graph, final String choice, final float[] weight, final float[] bias, final List<String> classes) {
		final Map<String, float[]> arrays = new LinkedHashMap<>();
		arrays.put("out.weight", weight);
		arrays.put("out.bias", bias);
		final int n = graph.inputChannels();
		final Normalization none = new Normalization(Normalization.Method.RANGE, Normalization.Scope.DATASET, false, Collections.nCopies(n, 0.0), Collections
			.nCopies(n, 1.0));
		final Fingerprint data = new Fingerprint(1, 1, new Size(8, 8, 8), new Size(8, 8, 8), n, classes.size(), Collections.nCopies(classes.size(), 1L), 0, 0.1,
			1, Collections.nCopies(n, 0.0), Collections.nCopies(n, 255.0), Collections.nCopies(n, 100.0), Collections.nCopies(n, 50.0), Collections.nCopies(n,
				1.0), false, 4, "00");
		final Training training = new Training(Map.of(), List.of(), data, SplitNames.NONE, List.of(), 0, Map.of(), Map.of(), Map.of(),
			"2026-01-02T03:04:05Z", "", 1, 0);
		ModelFile.write(file, new Model(graph, new Weights(graph, arrays), new Preprocessing(choice, n, none, 1, 1, "pixel"), classes, training));
		return file;
	}
}
