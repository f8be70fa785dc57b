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

import java.util.concurrent.CancellationException;

import sc.fiji.glia.engine.train.Trainer;

/** How trainings end, in words. */
final class Endings {

	/** Said if the user cancels before there is anything to keep. */
	static final String NOTHING = "Cancelled: no model was written";

	private Endings() {}

	/** @param patience epochs without improvement after which training ends */
	static String sentence(final Trainer.Result result, final int patience) {
		return switch (result.end()) {
			case COMPLETED -> "All " + result.history().size() + " epochs done";
			case STOPPED_EARLY -> "No better epoch for " + patience + " epochs";
			case FINISHED -> "Finished on request";
			case CANCELLED -> "Cancelled";
			case DIVERGED -> "The loss was no number any more: take a smaller rate";
		};
	}

	/**
	 * @param rate learning rate at the start
	 * @throws IllegalArgumentException if the loss was not a number from the start
	 * @throws CancellationException if the user cancelled before there was anything to keep
	 */
	static void requireLearnt(final Trainer.Result result, final double rate) {
		if (result.bestEpoch() == 0 && result.end() == Trainer.End.CANCELLED) throw new CancellationException();
		if (result.bestEpoch() == 0) throw new IllegalArgumentException("rate: the loss was not a number from the start. Take a smaller rate than " + rate);
	}
}
