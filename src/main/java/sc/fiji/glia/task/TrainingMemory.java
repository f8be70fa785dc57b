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

import sc.fiji.glia.compute.Classifier;
import sc.fiji.glia.compute.Segmenter;
import sc.fiji.glia.compute.TrainingJob;
import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.engine.exec.Thrift;
import sc.fiji.glia.engine.graph.BatchNorm;
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
 * @param predictions bytes that predictions take
 * @param engine where it is done
 */
record TrainingMemory(Graph graph, Trainer.Settings settings, int images, long pixels, long predictions, Engine engine) {

	/**
	 * A training that has its memory.
	 *
	 * @param settings how it is trained: as thriftily as it has to be
	 * @param need what it takes
	 * @param cache bytes of that for normalised images that are kept
	 * @param notes what the user should know
	 */
	record Fitted(Trainer.Settings settings, Launch.Need need, long cache, List<String> notes) {

		/** A job with just that memory. */
		TrainingJob job(final TrainingJob job) {
			return job.with(settings, cache);
		}
	}

	/** Of a segmentation, which predicts tiles of images. */
	static TrainingMemory of(final Recommendation plan, final Fingerprint data, final Engine engine) {
		final int width = data.width().max(), height = data.height().max();
		final boolean isOneSize = data.width().min() == width && data.height().min() == height;
		final long predictions = Segmenter.bytes(plan.graph(), width, height, isOneSize, engine.sizes(), engine.threads());
		return new TrainingMemory(plan.graph(), plan.settings(true, 0), data.samples(), (long) width * height, predictions, engine);
	}

	/** Of a classification, which has images of one size. */
	static TrainingMemory of(final ClassificationPlan plan, final int images, final Engine engine) {
		// NB: logits, for the loss, and probabilities are predicted by two networks with copies of the weights
		final long predictions = 2 * Classifier.bytes(plan.graph(), plan.width(), plan.height(), engine.sizes(), engine.threads());
		final long averages = plan.averaging() == 0 ? 0 : 8 * plan.graph().weights().values().stream().mapToLong(w -> w.length()).sum();
		return new TrainingMemory(plan.graph(), plan.settings(true, 0), images, (long) plan.width() * plan.height(), predictions + averages, engine);
	}

	private TrainingMemory with(final Thrift thrift) {
		return new TrainingMemory(graph, settings.with(thrift), images, pixels, predictions, engine);
	}

	/** Bytes of the plan. */
	long bytes() {
		return steps(engine.sizes(), 0).bytes(settings.batch());
	}

	private Memory steps(final Kernels kernels, final long region) {
		return Memory.of(graph, settings, kernels, engine.threads(), region);
	}

	/** Bytes for normalised training images: all of them, if that is no more than a quarter of what there is. */
	long cache() {
		return Math.min(engine.memory() / 4, images * pixels * (4L * graph.inputChannels() + 1));
	}

	/** What is taken beside the plan: whole images with their tiles, when they are predicted. */
	private long beside() {
		return predictions + 8 * pixels * (graph.inputChannels() + graph.outputChannels());
	}

	/** What training in a worker takes: at the least the plan and predictions; better with normalised images. */
	Launch.Need need() {
		final long least = bytes() + beside();
		return new Launch.Need(least, least + cache());
	}

	/** In a worker, with the least thrift that makes it fit; with the greatest if it does not fit at all. */
	Fitted in(final Launch launch) {
		TrainingMemory m = this;
		for (final Thrift t : Thrift.values()) if (launch.fits((m = with(t)).need())) break;
		final Launch.Need need = m.need();
		return m.fitted(need, launch.memory() - need.least());
	}

	/** @param free bytes for images */
	private Fitted fitted(final Launch.Need need, final long free) {
		return new Fitted(settings, need, Math.max(0, Math.min(cache(), free)), switch (settings.thrift()) {
			case NONE -> List.of();
			case FEW -> List.of(note("few images", "up to a fifth more time"));
			case ONE -> List.of(note("one image", "up to two and a half times the time"));
		});
	}

	private static String note(final String images, final String time) {
		return "batch: to fit into memory it is worked off " + images + " at a time, which takes " + time + "; the network is the same bit for bit";
	}

	/**
	 * In this process, with the least thrift that makes it fit.
	 *
	 * @throws IllegalArgumentException if it does not; what is advised is what fits here, or into a worker if that may have more
	 */
	Fitted here() {
		System.gc(); // NB: garbage would count as used
		final Runtime r = Runtime.getRuntime();
		final long used = r.totalMemory() - r.freeMemory(), free = r.maxMemory() - used, beside = beside(), region = HeapRegions.bytes();
		for (final Thrift t : Thrift.values()) {
			final TrainingMemory m = with(t);
			final long least = m.steps(KernelProvider.best(), region).bytes(settings.batch()) + beside;
			if (least <= free) return m.fitted(new Launch.Need(least, least + cache()), free - least);
		}
		final Memory steps = with(Thrift.ONE).steps(KernelProvider.best(), region);
		final Memory here = new Memory(batch -> steps.bytes(batch) + beside);
		final long there = engine.wantsWorker() ? engine.memory() : 0;
		throw here.tooMuch(settings.batch(), Math.max(free, Math.min(there, here.bytes(settings.batch()) - 1)), used, Launch.machineMemory(), isNormalised()
			? ". Batch norm looks at all images of a batch at once, so that it cannot be worked off in parts" : "");
	}

	private boolean isNormalised() {
		return graph.nodes().stream().anyMatch(n -> n.layer() instanceof BatchNorm);
	}
}
