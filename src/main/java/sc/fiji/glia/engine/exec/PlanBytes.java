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
package sc.fiji.glia.engine.exec;

import java.util.List;

import sc.fiji.glia.engine.exec.Placement.Wanted;
import sc.fiji.glia.engine.exec.TrainingPlan.Way;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.WeightSpec;
import sc.fiji.glia.engine.kernel.Arena;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.kernel.Scratch;

/** The memory of a {@link TrainingPlan}, known before it is made. */
final class PlanBytes {

	private PlanBytes() {}

	/** Parameters as of {@link TrainingPlan#bytes(Graph, int, int, int, boolean, Kernels, int)}. */
	static long of(final Graph graph, final Shape input, final int batch, final boolean steps, final Wanted wanted, final Kernels kernels, final int threads) {
		final Graph logits = graph.logits();
		final Placement placement = new Placement(logits, input, kernels, true, wanted);
		final Way way = TrainingPlan.way(placement, steps, batch);
		final boolean blocks = kernels.isVector();
		final long image = blocks ? BlockSteps.bytes(logits, placement, kernels.lanes()) : PlaneSteps.bytes(placement);
		final long output = placement.endsInVector() ? 0 : placement.shape(placement.count() - 1).size(), inputs = wanted.input() ? 2 : 1;
		final long rows = RowSteps.floats(placement, way == Way.BLOCKS ? (long) TrainingPlan.BLOCK * threads : batch);
		return TrainingPlan.slots(way, batch, threads) * image + (blocks ? 0 : threads * PlaneSteps.scratch(placement)) + 4 * (batch * (inputs * input.size() + 2 *
			output) + rows + weights(placement, way, Math.min(TrainingPlan.LANES, batch), kernels));
	}

	/** Bytes of the working memory of a thread that packs weights of convolutions for kernels of so many lanes. */
	static long packing(final Graph graph, final Shape input, final int lanes) {
		final List<Shape> shapes = graph.shapes(input);
		long most = 0;
		for (final Node n : graph.nodes()) {
			if (!(n.layer() instanceof final Conv2D c)) continue;
			final int blocks = (c.filters() + lanes - 1) / lanes;
			most = Math.max(most, (long) blocks * lanes * shapes.get(n.inputs().get(0)).channels() * c.kernel() * c.kernel());
		}
		return Scratch.bytes(most + 36L * lanes); // with a tile of 6x6 points
	}

	/** Floats of packed weights, gradients and sums by lane. */
	private static long weights(final Placement placement, final Way way, final int lanes, final Kernels kernels) {
		final boolean blocks = kernels.isVector();
		long convolved = 0, packed = 0, dense = 0;
		for (int i = 1; i < placement.count(); i++) {
			final int in = placement.input(i);
			long n = 0;
			for (final WeightSpec w : placement.node(i).layer().weights(placement.shape(in).channels())) n += w.length();
			if (placement.hasLearning(i)) {
				if (placement.node(i).layer() instanceof Dense) dense += n;
				else convolved += n;
			}
			// for one direction or both; Winograd's are four times as many, and blocks have an array for each convolution
			final int copies = (blocks && kernels.isExact() ? 1 : 4) * (placement.gradient(in).length > 0 ? 2 : 1);
			if (placement.node(i).layer() instanceof Conv2D) packed += blocks ? Math.max(new Arena().bytes() / 4, copies * n) : copies * n;
		}
		return packed + convolved * (1 + lanes) + (way == Way.BLOCKS ? dense * (1 + lanes) : 0);
	}
}
