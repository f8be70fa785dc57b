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

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.model.SplitNames;
import sc.fiji.glia.model.Training;

/**
 * What is known of any training before its first step, and goes into its model.
 *
 * @param values what was asked for
 * @param used the value used of each setting that was left automatic
 * @param reasons what was chosen, and why
 * @param fingerprint of the training samples
 * @param split names of the groups
 * @param kernels by what it is computed
 * @param began when, as {@link System#nanoTime} says
 */
record TrainingRecord(Values values, Map<String, String> used, List<String> reasons, Fingerprint fingerprint, SplitNames split, String kernels, long began) {

	/**
	 * What a model of now says of its training.
	 *
	 * @param history the epochs that have ended
	 * @param best number of the best of them
	 * @param scores scores by name; empty if it was not judged
	 * @param baselines scores of the baselines by name
	 */
	Training training(final List<EpochRecord> history, final int best, final Map<String, Double> scores, final Map<String, Double> baselines) {
		final Map<String, String> settings = new LinkedHashMap<>(values.asMap());
		settings.putAll(used);
		return new Training(settings, reasons, fingerprint, split, history, best, scores, baselines, AboutGlia.versions(kernels), Instant.now().truncatedTo(
			ChronoUnit.SECONDS).toString(), values.macro(), values.whole("seed"), (System.nanoTime() - began) * 1e-9);
	}
}
