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

import java.util.function.Consumer;

import sc.fiji.glia.compute.NetworkTraining;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;

/** Passes what a training tells on to those who follow it. */
class PassedOn implements NetworkTraining.Listener {

	private final TrainingProgress progress;
	private final Consumer<float[][][]> examples;

	/**
	 * @param progress hears everything but predictions, and is asked whether to go on
	 * @param examples is given the predictions of the job's examples after each epoch
	 */
	PassedOn(final TrainingProgress progress, final Consumer<float[][][]> examples) {
		this.progress = progress;
		this.examples = examples;
	}

	@Override
	public void stepEnded(final int epoch, final int step, final int steps, final double loss) {
		progress.stepEnded(epoch, step, steps, loss);
	}

	@Override
	public void epochEnded(final EpochRecord epoch) {
		progress.epochEnded(epoch);
	}

	@Override
	public void predicted(final float[][][] some) {
		examples.accept(some);
	}

	@Override
	public Signal signal() {
		return progress.signal();
	}
}
