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

import java.util.ArrayList;
import java.util.List;

import ij.measure.ResultsTable;

/**
 * What a network says of images whose class is not known: a table with columns {@code Name}, {@code Class}, {@code Confidence} and, for each class,
 * {@code Probability CLASS}.
 *
 * @param classes names of the classes
 * @param names name of each image
 * @param probabilities probability of each class, {@code [image][class]}
 */
public record PredictedClasses(List<String> classes, List<String> names, float[][] probabilities) {

	/** @throws IllegalArgumentException if the numbers of images or classes differ */
	public PredictedClasses {
		classes = List.copyOf(classes);
		names = List.copyOf(names);
		if (names.size() != probabilities.length) throw new IllegalArgumentException("Classes: expected probabilities of " + names.size() + " images, got " +
			probabilities.length);
		for (int i = 0; i < probabilities.length; i++) if (probabilities[i].length != classes.size()) throw new IllegalArgumentException("Classes: expected " +
			classes.size() + " probabilities of '" + names.get(i) + "', got " + probabilities[i].length);
	}

	/** The class of the highest probability of image {@code i}, the first of several: an index. */
	public int best(final int i) {
		int best = 0;
		for (int c = 1; c < probabilities[i].length; c++) if (probabilities[i][c] > probabilities[i][best]) best = c;
		return best;
	}

	/** The name of that class. */
	public String name(final int i) {
		return classes.get(best(i));
	}

	/** Probability of that class. */
	public float confidence(final int i) {
		return probabilities[i][best(i)];
	}

	/** As ImageJ shows it. */
	public ResultsTable table() {
		return rows().table();
	}

	/** Comma-separated values with a header. */
	public String csv() {
		return rows().csv();
	}

	private Rows rows() {
		final List<String> header = new ArrayList<>(List.of("Name", "Class", "Confidence"));
		classes.forEach(c -> header.add("Probability " + c));
		final List<List<Object>> rows = new ArrayList<>();
		for (int i = 0; i < names.size(); i++) {
			final List<Object> row = new ArrayList<>(List.of(names.get(i), name(i), confidence(i)));
			for (final float p : probabilities[i]) row.add(p);
			rows.add(row);
		}
		return new Rows(header, rows);
	}
}
