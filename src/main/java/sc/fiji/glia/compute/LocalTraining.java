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

import sc.fiji.glia.data.PatchSource;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.engine.train.TrainingListener;

/** A training in this process: patches in, weights out; validation on whole images after every epoch. */
public final class LocalTraining implements NetworkTraining {

	private final TrainingJob job;
	private final Samples samples;
	private final Weights weights;
	private final Workers workers;
	private final Segmenter logits, probabilities;

	/** @param weights where training starts and ends */
	public LocalTraining(final TrainingJob job, final Samples samples, final Weights weights) {
		this.job = job;
		this.samples = samples;
		this.weights = weights;
		workers = new Workers(job.threads());
		logits = new Segmenter(job.graph().logits(), weights, job.normalization());
		probabilities = new Segmenter(job.graph(), weights, job.normalization());
	}

	@Override
	public Trainer.Result run(final Listener listener) {
		final Trainer.Settings s = job.settings();
		final PatchSource source = new PatchSource(samples, job.train(), job.normalization(), job.augmentation(), s.width(), s.height(), job
			.foregroundShare(), s.seed(), job.cacheBytes());
		final Trainer trainer = new Trainer(job.graph(), weights, s, KernelProvider.best(), workers);
		final Trainer.Validation validation = job.validation().length == 0 ? Trainer.Validation.NONE : w -> judge(listener);
		final Trainer.Result result = trainer.train(source::draw, validation, new WithExample(listener));
		probabilities.refresh();
		return result;
	}

	private Trainer.Score judge(final TrainingListener listener) {
		logits.refresh();
		Loss.Statistics total = null;
		for (final int i : job.validation()) {
			if (listener.signal() == Signal.CANCEL) return new Trainer.Score(Double.NaN, Double.NaN);
			final Sample s = samples.get(i);
			final float[][] planes = logits.predict(s, workers, () -> false);
			final Loss.Statistics one = job.settings().loss().statistics(planes, s.labels(), planes);
			total = total == null ? one : total.plus(one);
		}
		final double loss = job.settings().loss().value(total);
		// NB: logits that are no numbers still have a class, so that diverged weights could look best
		return new Trainer.Score(loss, Double.isFinite(loss) ? total.score() : Double.NaN);
	}

	@Override
	public float[][] predict(final int index, final BooleanSupplier cancelled) {
		return probabilities.predict(samples.get(index), workers, cancelled);
	}

	@Override
	public void close() {
		workers.close();
	}

	/** Adds the example to the news. */
	private final class WithExample implements TrainingListener {

		private final Listener listener;

		WithExample(final Listener listener) {
			this.listener = listener;
		}

		@Override
		public void stepEnded(final int epoch, final int step, final int steps, final double loss) {
			listener.stepEnded(epoch, step, steps, loss);
		}

		@Override
		public void epochEnded(final EpochRecord epoch) {
			listener.epochEnded(epoch);
			probabilities.refresh();
			listener.predicted(Segmenter.anyForeground(predict(job.example(), () -> false)));
		}

		@Override
		public Signal signal() {
			return listener.signal();
		}
	}
}
