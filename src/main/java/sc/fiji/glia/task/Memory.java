package sc.fiji.glia.task;

import java.util.function.IntToLongFunction;

import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.graph.Graph;

/**
 * The memory that a training takes.
 *
 * @param byBatch bytes by number of patches in a step
 */
record Memory(IntToLongFunction byBatch) {

	/** Of the plan with the optimizer's state and the copy of the best weights. */
	static Memory of(final Graph graph, final int patchHeight, final int patchWidth) {
		final long weights = graph.weights().values().stream().mapToLong(w -> w.length()).sum();
		return new Memory(batch -> TrainingPlan.bytes(graph, patchHeight, patchWidth, batch) + 16 * weights);
	}

	/** Bytes that steps of so many patches take. */
	long bytes(final int batch) {
		return byBatch.applyAsLong(batch);
	}

	/**
	 * Makes sure that there is enough.
	 *
	 * @param free bytes that there are
	 * @throws IllegalArgumentException if not; the message names the largest batch that leaves a quarter of them free
	 */
	void require(final int batch, final long free) {
		final long needed = bytes(batch);
		if (needed <= free) return;
		int fits = batch - 1;
		while (fits > 0 && bytes(fits) > free / 4 * 3) fits--;
		throw new IllegalArgumentException("batch: this training needs " + (needed + (1 << 20) - 1 >> 20) + " MB, " + (free >> 20) + " MB are free. " + (fits > 0
			? "batch=" + fits + " would fit; or give" : "Close images, take smaller ones, or give") + " ImageJ more memory (Edit>Options>Memory & Threads)");
	}
}
