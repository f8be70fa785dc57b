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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import sc.fiji.glia.data.Confusion;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.PatchSource;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.SegmentationScores;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.engine.train.TrainingListener;
import sc.fiji.glia.task.report.Preview;

/** The training proper: patches in, weights out; validation on whole images after every epoch. */
final class SegmentationTraining {

	/** Images with their predictions in a report. */
	private static final int EXAMPLES = 6;

	private final Samples samples;
	private final Split split;
	private final Recommendation plan;
	private final Normalization normalization;
	private final Graph graph;
	private final Weights weights;
	private final long seed;
	private final Segmenter logits, probabilities;

	/** @param weights where training starts and ends */
	SegmentationTraining(final Samples samples, final Split split, final Recommendation plan, final Normalization normalization, final Weights weights,
		final long seed)
	{
		this.samples = samples;
		this.split = split;
		this.plan = plan;
		this.normalization = normalization;
		this.weights = weights;
		this.seed = seed;
		graph = plan.graph();
		logits = new Segmenter(graph.logits(), weights, normalization);
		probabilities = new Segmenter(graph, weights, normalization);
	}

	/** Trains until it is done or {@code listener} says stop; the weights are the best ones then. */
	Trainer.Result run(final Workers workers, final TrainingListener listener) {
		final PatchSource source = new PatchSource(samples, split.train(), normalization, plan.augmentation(), plan.patchWidth(), plan.patchHeight(), plan
			.foregroundShare(), seed);
		final Trainer.Settings settings = new Trainer.Settings(plan.epochs(), plan.steps(), plan.batch(), plan.patchHeight(), plan.patchWidth(), plan.loss(),
			plan.optimizer(), plan.schedule(), plan.rate(), plan.decay(), split.validation().length > 0 ? plan.patience() : 0, seed);
		final Trainer trainer = new Trainer(graph, weights, settings, KernelProvider.best(), workers);
		final Trainer.Validation validation = split.validation().length == 0 ? Trainer.Validation.NONE : w -> judge(w, listener);
		return trainer.train(source::draw, validation, listener);
	}

	private Trainer.Score judge(final Workers workers, final TrainingListener listener) {
		logits.refresh();
		Loss.Statistics total = null;
		for (final int i : split.validation()) {
			if (listener.signal() == Signal.CANCEL) return new Trainer.Score(Double.NaN, Double.NaN);
			final Sample s = samples.get(i);
			final float[][] planes = logits.predict(s, workers, () -> false);
			final Loss.Statistics one = plan.loss().statistics(planes, s.labels(), planes);
			total = total == null ? one : total.plus(one);
		}
		if (total == null) return new Trainer.Score(Double.NaN, Double.NaN);
		final double loss = plan.loss().value(total);
		// NB: logits that are no numbers still have a class, so that diverged weights could look best
		return new Trainer.Score(loss, Double.isFinite(loss) ? total.score() : Double.NaN);
	}

	/** Scores of whole images, foreground against background, with the present weights. */
	SegmentationScores scores(final int[] indices, final Workers workers) {
		probabilities.refresh();
		final List<SegmentationScores.Slice> slices = new ArrayList<>();
		for (final int i : indices) {
			final Sample s = samples.get(i);
			final byte[] predicted = Segmenter.classes(probabilities.predict(s, workers, () -> false), 0.5);
			slices.add(new SegmentationScores.Slice(s.name(), s.group(), Confusion.ofForeground(predicted, s.labels())));
		}
		return new SegmentationScores(slices);
	}

	/** A sample with the present weights' prediction. */
	Preview preview(final int index, final Workers workers) {
		probabilities.refresh();
		final Sample s = samples.get(index);
		final float[][] p = probabilities.predict(s, workers, () -> false);
		return new Preview(s.name(), s.width(), s.height(), normalization.apply(s.channels())[0], s.labels(), Segmenter.anyForeground(p));
	}

	/** The samples to show: up to {@code count} of those with foreground, evenly spread; others only if there are none. */
	int[] examples(final int[] indices, final long[] foreground, final int count) {
		final int[] with = Arrays.stream(indices).filter(i -> foreground[i] > 0).toArray();
		final int[] from = with.length > 0 ? with : indices;
		final int n = Math.min(count, from.length);
		final int[] chosen = new int[n];
		for (int k = 0; k < n; k++) chosen[k] = from[(int) ((k + 0.5) * from.length / n)];
		return chosen;
	}

	/** Some samples with the present weights' predictions, see {@link #examples}. */
	List<Preview> previews(final int[] indices, final long[] foreground, final Workers workers) {
		return Arrays.stream(examples(indices, foreground, EXAMPLES)).mapToObj(i -> preview(i, workers)).toList();
	}
}
