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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import sc.fiji.glia.engine.exec.Placement.Wanted;
import sc.fiji.glia.engine.exec.TrainingPlan.Way;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.kernel.Arena;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.WinogradRule;
import sc.fiji.glia.engine.kernel.plain.PlaneConvolution;

/** The memory of a {@link TrainingPlan}, known before it is made. NB: told where the vector kernels cannot be loaded, too. */
final class PlanBytes {

	private final Placement placement;
	private final Kernels kernels;
	private final int lanes, threads;
	private final ArraySizes arrays = new ArraySizes();
	/** Floats of working memory of a thread of vector kernels: what takes most. */
	private long scratch;
	/** Working memory of plain kernels for each convolution, see {@link PlaneConvolution#scratchByUse}. */
	private final List<long[][]> uses = new ArrayList<>();

	private PlanBytes(final Placement placement, final Kernels kernels, final int lanes, final int threads) {
		this.placement = placement;
		this.kernels = kernels;
		this.lanes = lanes;
		this.threads = threads;
	}

	/** Parameters as of {@link TrainingPlan#arrays}. */
	static ArraySizes of(final Graph graph, final Shape input, final int batch, final boolean steps, final Thrift thrift, final Wanted wanted,
		final Kernels kernels, final int threads)
	{
		final Graph logits = graph.logits();
		final Placement placement = new Placement(logits, input, kernels, true, wanted);
		final Way way = TrainingPlan.way(placement, steps, thrift, batch);
		final PlanBytes p = new PlanBytes(placement, kernels, Math.min(TrainingPlan.LANES, batch), threads);
		final Shape last = placement.shape(placement.count() - 1);
		if (way == Way.BLOCKS) p.arrays.add(Math.min(threads, batch), DrawnRows.floats(TrainingPlan.BLOCK, input.size()));
		else p.arrays.add((wanted.input() ? 2L : 1L) * batch * input.channels(), input.plane());
		if (!placement.endsInVector()) p.arrays.add(2L * batch * last.channels(), last.plane());
		p.maps(logits, TrainingPlan.slots(way, batch, threads, thrift));
		for (int i = 1; i < placement.count(); i++) if (placement.node(i).layer() instanceof final Conv2D c) {
			if (kernels.isVector()) p.blockConvolution(i, c);
			else p.planeConvolution(i, c);
		}
		p.scratch();
		p.rows(way, batch);
		NextBatch.add(p.arrays, placement, batch, input);
		return p.arrays;
	}

	/** Feature maps, of so many images. */
	private void maps(final Graph logits, final int slots) {
		if (kernels.isVector()) {
			if (!placement.isAllVectors()) arrays.add(slots, Math.max(new Arena().bytes() / 4, BlockSteps.floats(logits, placement, kernels.lanes())));
		}
		else for (final BlockPool.Block b : placement.blocks()) if (!b.isVector()) arrays.add(slots, b.shape().plane());
	}

	// -- convolutions --

	private void planeConvolution(final int i, final Conv2D layer) {
		final int in = placement.input(i), inputs = placement.shape(in).channels(), weights = layer.filters() * inputs * layer.kernel() * layer.kernel();
		final PlaneConvolution c = new PlaneConvolution(layer, placement.shape(in), kernels.isExact());
		arrays.add(1, c.factors());
		if (placement.gradient(in).length > 0) arrays.add(1, c.flipped());
		if (placement.hasLearning(i)) arrays.add(1, weights).add((long) lanes * layer.filters(), weights / layer.filters());
		uses.add(c.scratchByUse());
	}

	private void blockConvolution(final int i, final Conv2D layer) {
		final int v = kernels.lanes(), in = placement.input(i), k = layer.kernel(), inputs = placement.shape(in).channels(), outputs = layer.filters();
		final int from = placement.channels(in).length / v, to = placement.channels(i).length / v, weights = outputs * inputs * k * k;
		final boolean hasBackward = placement.gradient(i).length > 0 && placement.gradient(in).length > 0, learns = placement.hasLearning(i);
		final Shape y = placement.shape(i), x = placement.shape(in);
		final boolean forwardTiles = layer.stride() == 1 && isTiled(layer, inputs, y), backwardTiles = isTiled(layer, inputs, x);
		final long packed = packed(to, inputs, k, forwardTiles) + (hasBackward ? packed(from, outputs, k, backwardTiles) : 0);
		arrays.add(1, Math.max(new Arena().bytes() / 4, packed));
		if (learns) arrays.add(1, weights).add(lanes, (long) to * (inputs * k * k + 1) * v);
		final long temporary = 2L * WinogradRule.POINTS * v * (from + to), panels = temporary + Math.max(panels(y, from + to), panels(x, from + to));
		if (forwardTiles) scratch = Math.max(scratch, Math.max(panels, (to * inputs * 9L + WinogradRule.POINTS) * v));
		if (backwardTiles && hasBackward) scratch = Math.max(scratch, Math.max(panels, (from * outputs * 9L + WinogradRule.POINTS) * v));
		if (backwardTiles && learns) scratch = Math.max(scratch, panels + (long) WinogradRule.POINTS * to * inputs * v);
	}

	/** Whether the vector kernels use Winograd's algorithm. */
	private boolean isTiled(final Conv2D layer, final int inputs, final Shape to) {
		return !kernels.isExact() && WinogradRule.suits(layer.kernel(), 1, layer.before(), inputs, layer.filters(), to.height(), to.width());
	}

	/** Floats of packed weights for so many blocks of outputs. */
	private long packed(final int blocks, final int inputs, final int kernel, final boolean isTiled) {
		return (blocks * ((long) inputs * (isTiled ? WinogradRule.POINTS : kernel * kernel) + 1) + 2) * kernels.lanes();
	}

	/** Floats of the panels of tiles of so many blocks. */
	private long panels(final Shape shape, final int blocks) {
		final int v = kernels.lanes(), tiles = WinogradRule.tiles(shape.height()) * WinogradRule.tiles(shape.width());
		return WinogradRule.POINTS * ((long) blocks * v * WinogradRule.panel(tiles, v * blocks) + 2 * v);
	}

	private void scratch() {
		if (placement.isAllVectors()) return;
		arrays.add(threads, Scratch.bytes(scratch) / Float.BYTES);
		if (!uses.isEmpty()) for (int u = 0; u < uses.get(0).length; u++) {
			final int use = u;
			final List<long[]> longest = uses.stream().map(c -> c[use]).sorted(Comparator.comparingLong(a -> -a[1])).toList();
			long rows = 0; // array number r grows to the longest of those that there are more than r of
			for (final long[] a : longest) {
				arrays.add(threads * (a[0] - rows), a[1]);
				rows = Math.max(rows, a[0]);
			}
		}
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

	// -- vectors --

	private void rows(final Way way, final int batch) {
		final boolean blocks = way == Way.BLOCKS;
		final int slots = blocks ? Math.min(threads, batch) : 1, rows = blocks ? TrainingPlan.BLOCK : batch;
		RowSteps.add(arrays, placement, slots, rows);
		for (int i = 1; i < placement.count(); i++) if (placement.node(i).layer() instanceof final Dense d) {
			final int inputs = placement.shape(placement.input(i)).channels();
			if (blocks && placement.hasLearning(i)) arrays.add(1 + lanes, (long) d.units() * inputs);
			arrays.add(threads, kernels.isVector() ? DenseKernels.vectors(d.units(), inputs, rows) : DenseKernels.planes(d.units(), rows));
		}
	}
}
