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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.score.EmptyRule;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.Models;
import sc.fiji.glia.model.SplitNames;
import sc.fiji.glia.model.Training;

/** Made-up reports for tests. */
final class Reports {

	private Reports() {}

	/** A report as a good training of so many epochs makes it. */
	static TrainingReport of(final int epochs, final double score, final double threshold) {
		return new TrainingReport("FLAIR stacks of 12 patients", model(epochs, threshold), "Dice of the pooled pixels of the 2 test volumes", score,
			EmptyRule.TEXT, List.of(new GroupScore("TCGA_CS_4941", "validation", 23, 0.8123, 0.684, 0.99, 0.79, 0.996), new GroupScore("TCGA_DU_5849", "test",
				40, 0.851, 0.7406, 0.992, 0.9, 0.995), new GroupScore("TCGA_DU_5850", "test", 12, Double.NaN, Double.NaN, 1, Double.NaN, 1)), List.of(preview(
					"TCGA_CS_4941.tif:12", 96, 80), preview("b/<c>.tif:3", 300, 200)), List.of("Slices without a label count as background."));
	}

	static Model model(final int epochs, final double threshold) {
		final Model m = Models.small();
		final Training t = m.training();
		final Map<String, String> settings = new LinkedHashMap<>();
		settings.put("image", "flair.tif");
		settings.put("network", "auto");
		settings.put("loss", "auto");
		settings.put("rate", "0.001");
		settings.put("folder", "");
		final Map<String, Double> baselines = new LinkedHashMap<>();
		baselines.put("all background", 0.0);
		baselines.put("all background: pixel accuracy", 0.98);
		baselines.put("best threshold", threshold);
		return new Model(m.graph(), m.weights(), m.preprocessing(), m.classes(), new Training(settings, List.of(
			"network: U-Net of 4 levels, 16 filters, since images are 256 x 256 pixels and objects 40 pixels wide",
			"loss: cross-entropy + Dice, since 2 % of the pixels are foreground", "Two groups were too small to be split."), t.fingerprint(), new SplitNames(
				List.of("TCGA_CS_4942", "TCGA_CS_4943", "TCGA_CS_4944"), List.of("TCGA_CS_4941"), List.of("TCGA_DU_5849", "TCGA_DU_5850")), history(epochs),
			(2 * epochs + 2) / 3, t.scores(), baselines, t.versions(), t.date(), t.macro(), 1, 4000));
	}

	static List<EpochRecord> history(final int epochs) {
		final SplittableRandom random = new SplittableRandom(3);
		final List<EpochRecord> history = new ArrayList<>();
		for (int e = 1; e <= epochs; e++) {
			final double done = Math.exp(-e / 8.0), noise = 0.04 * (random.nextDouble() - 0.5);
			history.add(new EpochRecord(e, 0.001, 0.2 + done, 0.9 - 0.8 * done, 0.3 + done + noise, 0.82 - 0.75 * done - noise, 12.5, e == (2 * epochs + 2) / 3));
		}
		return history;
	}

	static Preview preview(final String name, final int width, final int height) {
		final float[] input = new float[width * height], foreground = new float[input.length];
		final byte[] label = new byte[input.length];
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			final int i = y * width + x;
			input[i] = (float) (Math.sin(x / 9.0) * Math.cos(y / 7.0) + (distance(x - 0.5 * width, y - 0.5 * height) < height / 4.0 ? 1 : 0));
			label[i] = x < 10 ? Sample.IGNORE : (byte) (distance(x - 0.5 * width, y - 0.5 * height) < height / 4.0 ? 1 : 0);
			foreground[i] = distance(x - 0.55 * width, y - 0.5 * height) < height / 4.5 ? 0.9f : 0.1f;
		}
		return new Preview(name, width, height, input, label, foreground);
	}

	private static double distance(final double x, final double y) {
		return Math.sqrt(x * x + y * y);
	}
}
