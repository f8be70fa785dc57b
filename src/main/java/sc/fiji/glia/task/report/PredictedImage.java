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
package sc.fiji.glia.task.report;

import java.util.List;
import java.util.stream.IntStream;

import sc.fiji.glia.data.score.ClassificationScores;


/**
 * What a network says of one image: a row of {@code predictions.csv}.
 *
 * @param name name of the sample: a file, a slice
 * @param group its group: a patient, a plate
 * @param part side of the split, as in {@code test}; empty if there is none
 * @param actual its class, an index
 * @param probabilities probability of each class
 */
public record PredictedImage(String name, String group, String part, int actual, float[] probabilities) {

	/**
	 * The images that scores were made of.
	 *
	 * @param names name of each image
	 * @param part side of the split of all of them
	 * @throws IllegalArgumentException if the numbers of names and images differ
	 */
	public static List<PredictedImage> of(final ClassificationScores scores, final List<String> names, final String part) {
		if (names.size() != scores.size()) throw new IllegalArgumentException("Predictions: expected names of " + scores.size() + " images, got " + names
			.size());
		return IntStream.range(0, names.size()).mapToObj(i -> new PredictedImage(names.get(i), scores.groups().get(i), part, scores.labels()[i], scores
			.probabilities()[i])).toList();
	}

	/** The class of the highest probability, the first of several. */
	int predicted() {
		return ClassificationScores.best(probabilities);
	}
}
