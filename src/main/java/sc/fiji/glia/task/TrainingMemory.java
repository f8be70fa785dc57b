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

import java.util.Set;

import sc.fiji.glia.compute.Classifier;
import sc.fiji.glia.compute.Segmenter;
import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.worker.Launch;

/**
 * The memory that one training takes where an engine does it.
 *
 * @param graph the network
 * @param settings how it is trained
 * @param images number of images to train on
 * @param pixels pixels of the largest image
 * @param prediction bytes that predictions take at the least
 * @param predictions bytes that they take with all threads at work
 * @param engine where it is done
 */
record TrainingMemory(Graph graph, Trainer.Settings settings, int images, long pixels, long prediction, long predictions, Engine engine) {

	/** Of a segmentation, which predicts tiles of images. */
	static TrainingMemory of(final Recommendation plan, final Fingerprint data, final Engine engine) {
		final int width = data.width().max(), height = data.height().max();
		final long tile = Segmenter.bytes(plan.graph(), width, height, engine.sizes());
		return new TrainingMemory(plan.graph(), plan.settings(true, 0), data.samples(), (long) width * height, tile, engine.threads() * tile, engine);
	}

	/** Of a classification, which has images of one size. */
	static TrainingMemory of(final ClassificationPlan plan, final int images, final Engine engine) {
		// NB: logits, for the loss, and probabilities are predicted by two networks with copies of the weights
		final long predictions = 2 * Classifier.bytes(plan.graph(), plan.width(), plan.height(), engine.sizes(), engine.threads());
		final long averages = plan.averaging() == 0 ? 0 : 8 * plan.graph().weights().values().stream().mapToLong(w -> w.length()).sum();
		return new TrainingMemory(plan.graph(), plan.settings(true, 0), images, (long) plan.width() * plan.height(), predictions + averages, predictions +
			averages, engine);
	}

	/** Bytes of the plan. */
	long bytes() {
		return steps(engine.sizes()).bytes(settings.batch());
	}

	private Memory steps(final Kernels kernels) {
		return Memory.of(graph, settings.height(), settings.width(), settings.loss(), Set.copyOf(settings.frozen()), kernels, engine
			.threads());
	}

	/** Bytes for normalised training images: all of them, if that is no more than a quarter of what there is. */
	long cache() {
		return Math.min(engine.memory() / 4, images * pixels * (4L * graph.inputChannels() + 1));
	}

	/** What training in a worker takes: the plan; normalised images; whole images with their tiles on each thread, when they are predicted. */
	Launch.Need need() {
		final long image = 8 * pixels * (graph.inputChannels() + graph.outputChannels());
		final long least = bytes() + image;
		return new Launch.Need(least + prediction, least + cache() + image + predictions);
	}

	/**
	 * Makes sure that this process has it.
	 *
	 * @throws IllegalArgumentException if not; what is advised is what fits here, or into a worker if that may have more
	 */
	void requireHere() {
		System.gc(); // NB: garbage would count as used
		final Runtime r = Runtime.getRuntime();
		final Memory steps = steps(KernelProvider.best());
		final long beside = need().least() - bytes();
		final Memory here = new Memory(batch -> steps.bytes(batch) + beside);
		final long needed = here.bytes(settings.batch()), used = r.totalMemory() - r.freeMemory(), free = r.maxMemory() - used;
		final long there = engine.wantsWorker() ? engine.memory() : 0;
		if (needed > free) here.require(settings.batch(), Math.max(free, Math.min(there, needed - 1)), used, Launch.machineMemory());
	}
}
