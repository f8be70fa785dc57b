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

import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;

import sc.fiji.glia.engine.exec.ArraySizes;
import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Trainer;

/**
 * The memory that a training takes.
 *
 * @param byBatch bytes by number of patches in a step
 */
record Memory(IntToLongFunction byBatch) {

	/**
	 * Of the plan with the optimizer's state and the copy of the best weights. It hardly grows with the batch where neither loss nor network look at the
	 * whole of it, or with {@link sc.fiji.glia.engine.exec.Thrift}.
	 *
	 * @param settings how to train, with another batch
	 * @param region bytes of a region of the heap, see {@link HeapRegions}
	 */
	static Memory of(final Graph graph, final Trainer.Settings settings, final Kernels kernels, final int threads, final long region) {
		final Set<String> frozen = Set.copyOf(settings.frozen());
		final List<Shape> shapes = graph.shapes(settings.height(), settings.width());
		final ArraySizes weights = new ArraySizes();
		graph.weights().forEach((name, w) -> weights.add(frozen.contains(name) ? 2 : 4, w.length()));
		return new Memory(batch -> new ArraySizes().add(1, weights).add(batch, (shapes.get(shapes.size() - 1).plane() + Float.BYTES - 1) / Float.BYTES).add(1,
			TrainingPlan.arrays(graph, settings.height(), settings.width(), batch, settings.loss().isSumOverImages(), settings.thrift(), frozen, kernels, threads))
			.bytes(region));
	}

	/** Bytes that steps of so many patches take. */
	long bytes(final int batch) {
		return byBatch.applyAsLong(batch);
	}

	/**
	 * The largest batch that takes no more.
	 *
	 * @param most largest batch to consider
	 * @return 0 if none does
	 */
	int fitting(final int most, final long free) {
		int fits = 0, fails = most + 1;
		while (fails - fits > 1) {
			final int middle = (fits + fails) >>> 1;
			if (bytes(middle) <= free) fits = middle;
			else fails = middle;
		}
		return fits;
	}

	/**
	 * Says that there is too little, which is the largest batch that leaves a quarter of it free, and how much ImageJ would have to have for as much.
	 *
	 * @param free bytes that there are
	 * @param used bytes that ImageJ has taken for something else
	 * @param machine bytes of the computer's memory
	 * @param reason what to add, beginning with a full stop
	 */
	IllegalArgumentException tooMuch(final int batch, final long free, final long used, final long machine, final String reason) {
		final long needed = bytes(batch), limit = needed / 3 * 4 + used;
		final int fits = fitting(batch - 1, free / 4 * 3);
		final String less = fits > 0 ? "batch=" + fits + " would fit" : "Close images, or take smaller ones";
		final String more = limit > machine / 4 * 3 ? "; the computer has " + megabytes(machine) + " MB" : "; or let ImageJ use " + megabytes(limit) +
			" MB (Edit>Options>Memory & Threads)";
		return new IllegalArgumentException("batch: this training needs " + megabytes(needed) + " MB, " + (free >> 20) + " MB are free. " + less + more + reason);
	}

	/** Rounded up. */
	private static long megabytes(final long bytes) {
		return bytes + (1 << 20) - 1 >> 20;
	}
}
