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
package sc.fiji.glia.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.engine.train.EpochRecord;

/**
 * How a model came to be: everything needed to repeat its training and to judge it. Maps keep their order.
 *
 * @param settings every setting's key with the value that was used
 * @param choices one line for each setting that was chosen automatically: its value and the reason
 * @param fingerprint what the data were, with hashes
 * @param split names of the groups on each side of the split
 * @param history one record for each epoch
 * @param bestEpoch epoch whose weights the model has, from 1; 0 if there was none
 * @param scores scores by name, as in {@code test dice}; NaN where a score does not exist
 * @param baselines score of each trivial baseline by name, on the data of the report's main score
 * @param versions version of each piece of software that took part, by name
 * @param date when training ended, ISO 8601
 * @param macro the macro line that repeats the training
 * @param seed the seed
 * @param seconds duration of the training, in seconds
 */
public record Training(Map<String, String> settings, List<String> choices, Fingerprint fingerprint, SplitNames split, List<EpochRecord> history,
	int bestEpoch, Map<String, Double> scores, Map<String, Double> baselines, Map<String, String> versions, String date, String macro, long seed,
	double seconds)
{

	public Training {
		settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
		choices = List.copyOf(choices);
		history = List.copyOf(history);
		scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
		baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
		versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
	}
}
