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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import sc.fiji.glia.compute.NetworkTraining;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.worker.WorkerLostException;

/**
 * Has the best network so far on disk while training goes on. A model that was there before stays until the first epoch has ended, and for good if
 * training is cancelled before: it is worth more than one of an epoch that was cut short.
 */
final class ModelKeeper {

	/** Makes a model of the present weights. */
	@FunctionalInterface
	interface Maker {

		Model model(List<EpochRecord> history, int bestEpoch);
	}

	private final Path file;
	private final TrainingProgress progress;
	private final Maker maker;
	private final boolean replaces;
	/** Epoch of the last model written; 0 for none. */
	private int written;

	ModelKeeper(final Path file, final TrainingProgress progress, final Maker maker) {
		this.file = file;
		this.progress = progress;
		this.maker = maker;
		replaces = Files.isRegularFile(file);
	}

	/**
	 * Trains, and tells how it goes.
	 *
	 * @param examples is given the predictions of the job's examples after each epoch
	 * @throws WorkerLostException if the worker was lost; the message says what there is all the same
	 */
	Trainer.Result train(final NetworkTraining network, final Consumer<float[][][]> examples) {
		try {
			return network.run(new Kept(examples));
		}
		catch (final WorkerLostException e) {
			throw e.with(written == 0 ? "No epoch had ended, so that no model was written" : "The best network so far, of epoch " + written + ", is in '" + file +
				"'; training can go on from there (start=[path])");
		}
	}

	/** What to tell the user if the model that was there before stays. */
	Optional<String> older(final Trainer.Result result) {
		return keepsOlder(result.end() == Trainer.End.CANCELLED) ? Optional.of("Cancelled in the first epoch. '" + file +
			"' holds the model that was there before") : Optional.empty();
	}

	private boolean keepsOlder(final boolean isCancelled) {
		return isCancelled && replaces && written == 0;
	}

	/** Writes the model before others hear that the epoch was the best. */
	private final class Kept extends PassedOn {

		private final List<EpochRecord> history = new ArrayList<>();

		Kept(final Consumer<float[][][]> examples) {
			super(progress, examples);
		}

		@Override
		public void epochEnded(final EpochRecord epoch) {
			history.add(epoch);
			if (epoch.best() && !keepsOlder(signal() == Signal.CANCEL)) {
				ModelFile.write(file, maker.model(List.copyOf(history), epoch.epoch()));
				written = epoch.epoch();
			}
			super.epochEnded(epoch);
		}
	}
}
