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

import sc.fiji.glia.model.Model;

/**
 * Everything the results folder of a training tells. The baselines to compare with are those of the model's training.
 *
 * @param title what was trained on, for the heading
 * @param model the trained model; its history, choices, split and versions are told
 * @param scoreName what the main score is, as in {@code Dice of the pooled voxels of the 4 test volumes}
 * @param score the main score, 0 to 1; NaN if there was nothing to judge on
 * @param emptyRule how slices with neither label nor prediction count, as a sentence
 * @param groups scores of each group
 * @param previews validation or test images with their predictions
 * @param notes further sentences the reader should see, such as warnings
 */
public record TrainingReport(String title, Model model, String scoreName, double score, String emptyRule, List<GroupScore> groups,
	List<Preview> previews, List<String> notes)
{

	public TrainingReport {
		groups = List.copyOf(groups);
		previews = List.copyOf(previews);
		notes = List.copyOf(notes);
	}
}
