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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import sc.fiji.glia.data.ImageSource;
import sc.fiji.glia.data.PatchSource;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.engine.train.TrainingListener;

/** A training in this process: patches or images in, weights out; validation on whole images after every epoch. */
public final class LocalTraining implements NetworkTraining {

	private final TrainingJob job;
	private final Samples samples;
	private final Weights weights;
	private final Workers workers;
	private final ImagePredictor logits, probabilities;

	/** @param weights where training starts and ends */
	public LocalTraining(final TrainingJob job, final Samples samples, final Weights weights) {
		this.job = job;
		this.samples = samples;
		this.weights = weights;
		workers = new Workers(job.threads());
		logits = ImagePredictor.of(job.graph().logits(), weights, job.normalization());
		probabilities = ImagePredictor.of(job.graph(), weights, job.normalization());
	}

	@Override
	public Trainer.Result run(final Listener listener) {
		final Trainer trainer = new Trainer(job.graph(), weights, job.settings(), KernelProvider.best(), workers);
		final Trainer.Validation validation = job.validation().length == 0 ? Trainer.Validation.NONE : w -> judge(listener);
		final Trainer.Source source;
		try {
			source = source((what, item, of) -> {
				if (listener.signal() == Signal.CANCEL) throw new CancellationException();
			});
		}
		catch (final CancellationException e) {
			return new Trainer.Result(List.of(), 0, Trainer.End.CANCELLED);
		}
		final Trainer.Result result = trainer.train(source, validation, new WithExamples(listener));
		probabilities.refresh();
		return result;
	}

	/** @param watch may end the first reading of the samples */
	private Trainer.Source source(final Watch watch) {
		final Trainer.Settings s = job.settings();
		if (job.source() instanceof TrainingJob.Patches p) return new PatchSource(samples, job.train(), job.normalization(), p.augmentation(), s.width(), s
			.height(), p.foregroundShare(), s.seed(), job.cacheBytes(), watch)::draw;
		final TrainingJob.WholeImages w = (TrainingJob.WholeImages) job.source();
		return new ImageSource(samples, w.labels(), job.train(), job.normalization(), w.augmentation(), s.seed(), job.cacheBytes(), watch);
	}

	private Trainer.Score judge(final TrainingListener listener) {
		logits.refresh();
		final Loss l = job.settings().loss();
		Loss.Statistics total = null;
		for (final int[] some : inTurn(job.validation())) {
			if (listener.signal() == Signal.CANCEL) return new Trainer.Score(Double.NaN, Double.NaN);
			final List<Sample> images = Arrays.stream(some).mapToObj(samples::get).toList();
			final float[][][] planes = logits.predict(images, workers, () -> false);
			for (int i = 0; i < some.length; i++) {
				final Loss.Statistics one = l.statistics(planes[i], labels(images.get(i), some[i]), planes[i]);
				total = total == null ? one : total.plus(one);
			}
		}
		final double loss = l.value(total);
		// NB: logits that are no numbers still have a class, so that diverged weights could look best
		return new Trainer.Score(loss, !Double.isFinite(loss) ? Double.NaN : isOfImages() ? total.accuracy() : total.score());
	}

	private boolean isOfImages() {
		return job.source() instanceof TrainingJob.WholeImages;
	}

	private byte[] labels(final Sample s, final int index) {
		return job.source() instanceof TrainingJob.WholeImages w ? new byte[] { (byte) w.labels()[index] } : s.labels();
	}

	private List<int[]> inTurn(final int[] indices) {
		final int atATime = logits.atATime(job.settings().width(), job.settings().height());
		final List<int[]> parts = new ArrayList<>();
		for (int i = 0; i < indices.length; i += atATime) parts.add(Arrays.copyOfRange(indices, i, Math.min(i + atATime, indices.length)));
		return parts;
	}

	@Override
	public float[][][] predict(final int[] indices, final BooleanSupplier cancelled) {
		final float[][][] results = new float[indices.length][][];
		int n = 0;
		for (final int[] some : inTurn(indices)) {
			for (final float[][] r : probabilities.predict(Arrays.stream(some).mapToObj(samples::get).toList(), workers, cancelled)) results[n++] = r;
		}
		return results;
	}

	@Override
	public void close() {
		workers.close();
	}

	/** Adds the examples to the news. */
	private final class WithExamples implements TrainingListener {

		private final Listener listener;

		WithExamples(final Listener listener) {
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
			listener.predicted(predict(job.examples(), () -> false));
		}

		@Override
		public Signal signal() {
			return listener.signal();
		}
	}
}
