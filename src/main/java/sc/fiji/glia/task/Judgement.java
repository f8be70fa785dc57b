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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import sc.fiji.glia.data.Baselines;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.data.score.Confusion;
import sc.fiji.glia.data.score.EmptyRule;
import sc.fiji.glia.data.score.SegmentationScores;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.task.report.GroupScore;
import sc.fiji.glia.task.report.Preview;
import sc.fiji.glia.task.report.TrainingReport;

/**
 * How well a trained network did: its scores on the images that were kept for that, and those of the trivial baselines on the same images.
 *
 * @param part side of the split that was judged: {@code test} if there is one, else {@code validation}, else {@code training}
 * @param judged indices of the images judged
 * @param slices scores of each image, group and all
 * @param scores scores by name, those of the validation images too
 * @param baselines scores of the baselines by name
 */
record Judgement(String part, int[] judged, SegmentationScores slices, Map<String, Double> scores, Map<String, Double> baselines) {

	private static final String ALL_BACKGROUND = "all background: Dice", ACCURACY = "all background: pixel accuracy", THRESHOLD = "best threshold: Dice";

	/** No judgement: who cancels does not want to wait for one. */
	static final Judgement NONE = new Judgement("judged", new int[0], new SegmentationScores(List.of()), Map.of(), Map.of());

	/**
	 * Judges the present weights of {@code training}.
	 *
	 * @param watch may end the reading of the samples for the baselines
	 */
	static Judgement of(final TrainingData data, final Split split, final SegmentationTraining training, final Watch watch) {
		final int[] judged = split.test().length > 0 ? split.test() : split.validation().length > 0 ? split.validation() : split.train();
		final String part = judged == split.test() ? "test" : judged == split.validation() ? "validation" : "training";
		final SegmentationScores slices = training.scores(judged);
		final Map<String, Double> scores = new LinkedHashMap<>(), baselines = new LinkedHashMap<>();
		put(scores, part, slices);
		if (part.equals("test") && split.validation().length > 0) put(scores, "validation", training.scores(split.validation()));
		final Confusion background = Baselines.allBackground(watch.over(data.samples(), "counting background of image", judged.length), judged).pooled();
		baselines.put(ALL_BACKGROUND, background.dice());
		baselines.put(ACCURACY, background.accuracy());
		final Baselines.Threshold threshold = Baselines.bestThreshold(watch.over(data.samples(), "finding the best threshold, image", 2 * split.train().length), split
			.train());
		baselines.put(THRESHOLD, threshold.score(watch.over(data.samples(), "applying the best threshold to image", judged.length), judged).pooled().dice());
		return new Judgement(part, judged, slices, scores, baselines);
	}

	private static void put(final Map<String, Double> all, final String of, final SegmentationScores s) {
		all.put(of + " dice, pooled pixels", s.pooled().dice());
		all.put(of + " iou, pooled pixels", s.pooled().iou());
		all.put(of + " pixel accuracy", s.pooled().accuracy());
		all.put(of + " sensitivity", s.pooled().sensitivity());
		all.put(of + " specificity", s.pooled().specificity());
		all.put(of + " dice, mean of groups", s.meanOfGroups(Confusion::dice));
		all.put(of + " dice, mean of slices with foreground", s.meanOfLabelledSlices(Confusion::dice));
	}

	/** How it ended and the score beside the baselines, in a few lines. */
	String summary(final Trainer.Result result, final int patience) {
		final String how = Endings.sentence(result, patience);
		if (judged.length == 0) return how + ". Kept the best epoch, " + result.bestEpoch() + "; it was not judged.";
		return String.format(Locale.ROOT, "%s. Kept the best epoch, %d.%nDice of the pooled %s pixels: %.3f (all background: %.3f, best threshold: %.3f).%n%s",
			how, result.bestEpoch(), part, slices.pooled().dice(), baselines.get(ALL_BACKGROUND), baselines.get(THRESHOLD), EmptyRule.TEXT);
	}

	/** What the results folder tells. */
	TrainingReport report(final TrainingData data, final List<Preview> previews, final Model model) {
		final List<GroupScore> groups = new ArrayList<>();
		slices.groups().forEach((name, c) -> groups.add(new GroupScore(name, part, (int) slices.slices().stream().filter(s -> s.group().equals(name)).count(), c
			.dice(), c.iou(), c.accuracy(), c.sensitivity(), c.specificity())));
		return new TrainingReport(data.title(), model, "Dice of the pooled " + part + " pixels", slices.pooled().dice(), EmptyRule.TEXT, groups, previews, data
			.notes());
	}
}
