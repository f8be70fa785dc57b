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
import java.util.List;
import java.util.Locale;

import sc.fiji.glia.data.ClassBaselines;
import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.data.score.Metric;

/** Scores of a classification in words. */
final class ScoreLines {

	private ScoreLines() {}

	/**
	 * A line for the network, and one for each baseline.
	 *
	 * @param images what the images are called, as in {@code test images}
	 * @param accuracy with its interval, if there is one
	 */
	static List<String> of(final String images, final ClassificationScores scores, final Metric accuracy, final ClassBaselines baselines) {
		final List<String> lines = new ArrayList<>();
		final String interval = Double.isNaN(accuracy.low()) ? "" : String.format(Locale.ROOT, " (95 %% interval %.3f to %.3f)", accuracy.low(), accuracy.high());
		lines.add(String.format(Locale.ROOT, "Accuracy on the %d %s: %.4f%s; balanced accuracy %.4f.", scores.size(), images, accuracy.value(), interval, scores
			.balancedAccuracy()));
		for (final ClassBaselines.Score b : baselines.scores()) lines.add(String.format(Locale.ROOT,
			"Baseline, %s: accuracy %.4f; balanced accuracy %.4f.", b.name(), b.accuracy(), b.balancedAccuracy()));
		return lines;
	}
}
