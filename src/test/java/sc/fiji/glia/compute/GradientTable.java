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
package sc.fiji.glia.compute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.ResidualNetwork;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/** Prints what {@link GradientChecking} finds for each preset and all kernels: {@code [name] [seeds] [images] [verbose]}. */
public final class GradientTable {

	private GradientTable() {}

	/** The presets' layers on small images. */
	static Map<String, Graph> presets(final int edge) {
		final Map<String, Graph> all = new LinkedHashMap<>();
		all.put("dense512", new DenseNetwork(1, edge, edge, 2, List.of(512), true, 0.2f).graph());
		all.put("cnn32x64", Cnn.cnn32x64(1, edge, edge, 2).graph());
		all.put("cnn128", new Cnn(1, edge, edge, 3, List.of(128), List.of(512)).graph());
		all.put("dense10", new DenseNetwork(1, edge, edge, 10, List.of(10), false, 0).graph());
		all.put("residual", new ResidualNetwork(1, 3, 16, 3, 1, 0.2f).graph());
		all.put("unet", new UNet(1, 1, 16, 3, 2, true, 0.1f).graph());
		all.put("unet-plain", UNet.plain(1, 1).graph());
		return all;
	}

	public static void main(final String... args) {
		final String only = args.length > 0 ? args[0] : "";
		final int seeds = args.length > 1 ? Integer.parseInt(args[1]) : 1, images = args.length > 2 ? Integer.parseInt(args[2]) : 4;
		presets(16).forEach((name, graph) -> {
			if (!name.startsWith(only)) return;
			for (final Kernels kernels : KernelProvider.available()) for (int seed = 1; seed <= seeds; seed++) {
				final long start = System.nanoTime();
				final List<GradientChecking.Row> rows = GradientChecking.check(graph, GradientChecking.weights(graph, seed), 16, 16, images, seed, kernels);
				System.out.printf(Locale.ROOT, "%-11s %-11s seed %d: worst entry %.2g, error %.2g, failed %d of %d, %d entries, %d corners, %.1f s%n", name, kernels.name(), seed, rows.stream()
					.mapToDouble(GradientChecking.Row::worstEntry).max().orElse(0), rows.stream().mapToDouble(GradientChecking.Row::error).max().orElse(0), rows
						.stream().filter(r -> !r.ok()).count(), rows.size(), rows.stream().mapToInt(GradientChecking.Row::checked).sum(), rows.stream().mapToInt(GradientChecking.Row::corners).sum(), (System.nanoTime() - start) * 1e-9);
				if (args.length > 3) for (final GradientChecking.Row r : rows) System.out.printf(Locale.ROOT, "  %-30s %4d %2d  %.2g  %.2g  %.2g %s%n", r.array(), r.checked(), r
					.corners(), r.largest(), r.worstEntry(), r.error(), r.ok() ? "" : "FAILED");
			}
		});
	}
}
