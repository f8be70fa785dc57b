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

import java.util.function.BooleanSupplier;

import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.engine.train.TrainingListener;

/** A network in training, wherever that is computed. Its weights are those that the training was made with, and change in place. Not thread-safe. */
public interface NetworkTraining extends AutoCloseable {

	/** Hears how training goes. Called on the thread that called {@link NetworkTraining#run}. */
	interface Listener extends TrainingListener {

		/** Called after {@link #epochEnded}: probabilities of the job's examples by the present weights, {@code [image][output][y * width + x]}. */
		default void predicted(final float[][][] examples) {}
	}

	/**
	 * Trains until it is done or the listener says stop. The weights hold the best ones when an epoch that was the best so far is told, and at the end.
	 *
	 * @throws IllegalArgumentException if the samples cannot be trained on; the message is for the user
	 */
	Trainer.Result run(Listener listener);

	/**
	 * Probabilities of whole samples with the weights that training has come to.
	 *
	 * @param indices numbers of the samples
	 * @param cancelled asked now and then
	 * @return planes {@code [image][output][y * width + x]}
	 * @throws java.util.concurrent.CancellationException if {@code cancelled} says so
	 */
	float[][][] predict(int[] indices, BooleanSupplier cancelled);

	/** Probabilities of one sample, {@code [output][y * width + x]}. */
	default float[][] predict(final int index, final BooleanSupplier cancelled) {
		return predict(new int[] { index }, cancelled)[0];
	}

	/** Ends what is running, and gives back threads and memory. */
	@Override
	void close();
}
