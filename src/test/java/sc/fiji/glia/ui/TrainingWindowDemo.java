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
package sc.fiji.glia.ui;

import java.util.List;
import java.util.Random;

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.task.TrainingProgress;
import sc.fiji.glia.task.report.Preview;

/**
 * Opens the training window and feeds it a FAKE training: invented curves and pictures, nothing is learned. For looking at the window.
 */
public final class TrainingWindowDemo {

	static final int EPOCHS = 50;
	static final int STEPS = 40;

	private TrainingWindowDemo() {}

	/** @param args not used */
	public static void main(final String... args) throws InterruptedException {
		final TrainingWindow window = new TrainingWindow(m -> m, l -> {});
		start(window);
		int epoch = 0;
		while (epoch < EPOCHS && window.signal() == Signal.CONTINUE) {
			epoch++;
			for (int step = 1; step <= STEPS && window.signal() == Signal.CONTINUE; step++) {
				Thread.sleep(50);
				window.stepEnded(epoch, step, STEPS, fakeLoss(epoch - 1 + step / (double) STEPS));
			}
			epoch(window, epoch, true, 2);
		}
		window.ended("Demo ended by " + window.signal() + " after " + epoch + " epochs");
	}

	/** Tells of a start with invented settings. */
	static void start(final TrainingProgress progress) {
		progress.started(new TrainingProgress.Start("phantom-brain.tif", "Dice", EPOCHS, List.of("network = unet: 4 levels, 16 features; 20 slices of 128 x 128 pixels leave 16 x 16 at the"
			+ " bottom", "channels = all: the image has 1 channel", "patch = 128 x 128: whole slices fit into memory",
			"batch = 4: the largest for which the training stays below 1 GB", "normalisation = z-score: the background is zero, so only non-zero pixels count",
			"loss = dice + bce: foreground is 2.3 % of the pixels", "optimizer = adam, rate = 0.001", "schedule = cosine",
			"augment = flips, rotation, scaling, intensity", "validation = 0.2: 4 of 20 groups", "patience = 15",
			"seed = 1"), 742,
			"run(\"Train Segmentation Network...\", \"image=[phantom-brain.tif] labels=[phantom-mask.tif] epochs=50 seed=1 model=[/home/me/brain.zip]\");"));
	}

	/** Tells of the end of an epoch with invented numbers and a preview. */
	static void epoch(final TrainingProgress progress, final int epoch, final boolean validated, final double seconds) {
		final double none = Double.NaN;
		progress.epochEnded(new EpochRecord(epoch, 1e-3, fakeLoss(epoch), fakeDice(epoch), validated ? fakeValidationLoss(epoch) : none, validated
			? fakeValidationDice(epoch) : none, seconds, isBest(epoch, validated)));
		progress.preview(preview(epoch));
	}

	static double fakeLoss(final double epoch) {
		return 0.08 + 1.1 * Math.exp(-epoch / 6) + 0.015 * new Random((long) (epoch * 100)).nextGaussian();
	}

	private static double fakeDice(final int epoch) {
		return 0.93 * (1 - Math.exp(-epoch / 7.0)) + 0.01 * new Random(epoch).nextGaussian();
	}

	private static double fakeValidationLoss(final int epoch) {
		return 0.16 + 1.0 * Math.exp(-epoch / 6.0) + 0.004 * Math.max(0, epoch - 20) + 0.03 * new Random(epoch + 77).nextGaussian();
	}

	private static double fakeValidationDice(final int epoch) {
		return Math.max(0, 0.84 * (1 - Math.exp(-epoch / 6.0)) - 0.003 * Math.max(0, epoch - 20) + 0.025 * new Random(epoch + 99).nextGaussian());
	}

	private static boolean isBest(final int epoch, final boolean validated) {
		for (int before = 1; before < epoch; before++) {
			if (validated ? fakeValidationDice(before) >= fakeValidationDice(epoch) : fakeDice(before) >= fakeDice(epoch)) return false;
		}
		return true;
	}

	/** An invented slice: an ellipse with two spots of which one is labelled; the prediction comes closer with the epochs. */
	static Preview preview(final int epoch) {
		final int size = 128;
		final float[] input = new float[size * size], foreground = new float[size * size];
		final byte[] label = new byte[size * size];
		final Random random = new Random(5);
		final double learned = 1 - Math.exp(-epoch / 8.0);
		for (int y = 0; y < size; y++) for (int x = 0; x < size; x++) {
			final int i = y * size + x;
			final double brain = Math.hypot((x - 64) / 48.0, (y - 64) / 57.0);
			final double angle = Math.atan2(y - 50, x - 82);
			final double spot = Math.hypot(x - 82, y - 50) / (13 + 2.5 * Math.sin(3 * angle)), other = Math.hypot(x - 45, y - 82) / 8;
			final double tissue = brain < 0.9 ? 0.9 + 0.25 * Math.sin(x / 9.0) * Math.cos(y / 11.0) : brain < 1 ? 1.6 : 0;
			input[i] = (float) (brain < 1 ? tissue + 0.9 / (1 + Math.exp(9 * (spot - 1))) + 0.8 / (1 + Math.exp(9 * (other - 1))) + 0.08 * random
				.nextGaussian() : 0);
			label[i] = (byte) (spot < 1 ? 1 : 0);
			final double logit = 9 * (1 - Math.hypot(x - 82 + 5 * (1 - learned), y - 50) / (13 + 2.5 * learned * Math.sin(3 * angle)));
			foreground[i] = (float) (learned / (1 + Math.exp(-logit)) + (1 - learned) * 0.8 / (1 + Math.exp(-9 * (1 - other))));
		}
		return new Preview("phantom-brain.tif:12", size, size, input, label, foreground);
	}

	/** The same slice with two classes and pixels that do not count. */
	static Preview partlyLabelled() {
		final Preview p = preview(30);
		final byte[] label = p.label().clone();
		for (int i = 0; i < label.length; i++) {
			final int x = i % p.width(), y = i / p.width();
			if (Math.hypot(x - 45, y - 82) < 8) label[i] = 2;
			else if (label[i] == 0 && Math.hypot(x - 64, y - 64) > 40) label[i] = Sample.IGNORE;
		}
		return new Preview(p.name(), p.width(), p.height(), p.input(), label, p.foreground());
	}
}
