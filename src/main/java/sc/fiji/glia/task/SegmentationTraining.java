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

import sc.fiji.glia.compute.NetworkTraining;
import sc.fiji.glia.compute.Segmenter;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.data.score.Confusion;
import sc.fiji.glia.data.score.SegmentationScores;
import sc.fiji.glia.task.report.Preview;

/** What a network in training makes of the samples. */
final class SegmentationTraining implements AutoCloseable {

	/** Images with their predictions in a report. */
	private static final int EXAMPLES = 6;

	private final Samples samples;
	private final Normalization normalization;
	private final NetworkTraining network;
	private final Sample shown;
	private final float[] input;
	private final Watch watch;

	/**
	 * @param network is closed if the example cannot be read
	 * @param example the sample whose prediction is shown after each epoch
	 * @param watch may end predictions after the training
	 */
	SegmentationTraining(final Samples samples, final Normalization normalization, final NetworkTraining network, final int example,
		final Watch watch)
	{
		this.samples = samples;
		this.normalization = normalization;
		this.network = network;
		this.watch = watch;
		try {
			shown = samples.get(example);
			input = normalization.apply(shown.channels())[0];
		}
		catch (final RuntimeException | Error e) {
			network.close();
			throw e;
		}
	}

	/** The example with its prediction. */
	Preview example(final float[][] probabilities) {
		return preview(shown, input, Segmenter.anyForeground(probabilities));
	}

	/** Scores of whole images, foreground against background, with the present weights. */
	SegmentationScores scores(final int[] indices) {
		final List<SegmentationScores.Slice> slices = new ArrayList<>();
		for (int k = 0; k < indices.length; k++) {
			watch.at("judging image", k + 1, indices.length);
			final Sample s = samples.get(indices[k]);
			final byte[] predicted = Segmenter.classes(network.predict(indices[k], watch.asked("judging image", k + 1, indices.length)), 0.5);
			slices.add(new SegmentationScores.Slice(s.name(), s.group(), Confusion.ofForeground(predicted, s.labels())));
		}
		return new SegmentationScores(slices);
	}

	/** The samples to show: up to {@code count} of those with foreground, evenly spread; others only if there are none. */
	static int[] examples(final int[] indices, final long[] foreground, final int count) {
		final int[] with = Arrays.stream(indices).filter(i -> foreground[i] > 0).toArray();
		final int[] from = with.length > 0 ? with : indices;
		final int n = Math.min(count, from.length);
		final int[] chosen = new int[n];
		for (int k = 0; k < n; k++) chosen[k] = from[(int) ((k + 0.5) * from.length / n)];
		return chosen;
	}

	/** Some samples with the present weights' predictions, see {@link #examples}. */
	List<Preview> previews(final int[] indices, final long[] foreground) {
		final int[] chosen = examples(indices, foreground, EXAMPLES);
		final List<Preview> previews = new ArrayList<>();
		for (int k = 0; k < chosen.length; k++) {
			watch.at("predicting example", k + 1, chosen.length);
			final Sample s = samples.get(chosen[k]);
			final float[][] p = network.predict(chosen[k], watch.asked("predicting example", k + 1, chosen.length));
			previews.add(preview(s, normalization.apply(s.channels())[0], Segmenter.anyForeground(p)));
		}
		return previews;
	}

	private static Preview preview(final Sample s, final float[] input, final float[] foreground) {
		return new Preview(s.name(), s.width(), s.height(), input, s.labels(), foreground);
	}

	@Override
	public void close() {
		network.close();
	}
}
