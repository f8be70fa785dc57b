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

import sc.fiji.glia.compute.Segmenter;
import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.worker.Launch;

/**
 * The memory that one training takes where an engine does it.
 *
 * @param plan its network and settings
 * @param data the images that are trained on
 * @param engine where it is done
 */
record TrainingMemory(Recommendation plan, Fingerprint data, Engine engine) {

	/** Bytes of the plan. */
	long bytes() {
		return steps(engine.sizes()).bytes(plan.batch());
	}

	private Memory steps(final Kernels kernels) {
		return Memory.of(plan.graph(), plan.patchHeight(), plan.patchWidth(), plan.loss(), kernels, engine.threads());
	}

	/** Bytes for normalised training images: all of them, if that is no more than a quarter of what there is. */
	long cache() {
		return Math.min(engine.memory() / 4, data.samples() * largestImage() * (4L * data.channels() + 1));
	}

	private long largestImage() {
		return (long) data.width().max() * data.height().max();
	}

	/** What training in a worker takes: the plan; normalised images; whole images with their tiles on each thread, when they are predicted. */
	Launch.Need need() {
		final long tile = Segmenter.bytes(plan.graph(), data.width().max(), data.height().max(), engine.sizes());
		final long image = 8 * largestImage() * (data.channels() + plan.graph().outputChannels());
		final long least = bytes() + image;
		return new Launch.Need(least + tile, least + cache() + image + engine.threads() * tile);
	}

	/**
	 * Makes sure that this process has it.
	 *
	 * @throws IllegalArgumentException if not; what is advised is what fits here, or into a worker if that may have more
	 */
	void requireHere() {
		System.gc(); // NB: garbage would count as used
		final Runtime r = Runtime.getRuntime();
		final Memory here = steps(KernelProvider.best());
		final long needed = here.bytes(plan.batch()), used = r.totalMemory() - r.freeMemory(), free = r.maxMemory() - used;
		final long there = engine.wantsWorker() ? engine.memory() - (need().least() - bytes()) : 0;
		if (needed > free) here.require(plan.batch(), Math.max(free, Math.min(there, needed - 1)), used, Launch.machineMemory());
	}
}
