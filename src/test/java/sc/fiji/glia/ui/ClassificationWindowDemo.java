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
import java.util.stream.IntStream;

import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.task.TrainingProgress;
import sc.fiji.glia.task.report.ClassifiedImage;

/**
 * Opens the training window and feeds it a FAKE cross-validation of a classification: invented curves and pictures, nothing is learned. For looking
 * at the window.
 */
public final class ClassificationWindowDemo {

	static final int FOLDS = 3;
	static final int EPOCHS = 30;
	static final int STEPS = 25;
	private static final List<String> CLASSES = List.of("glioma", "meningioma", "no tumour", "pituitary adenoma");

	private ClassificationWindowDemo() {}

	/** @param args not used */
	public static void main(final String... args) throws InterruptedException {
		final TrainingWindow window = new TrainingWindow(m -> m, l -> {});
		for (int fold = 1; fold <= FOLDS && window.signal() == Signal.CONTINUE; fold++) {
			start(window, fold);
			for (int epoch = 1; epoch <= EPOCHS && window.signal() == Signal.CONTINUE; epoch++) {
				for (int step = 1; step <= STEPS && window.signal() == Signal.CONTINUE; step++) {
					Thread.sleep(50);
					window.stepEnded(epoch, step, STEPS, TrainingWindowDemo.fakeLoss(epoch - 1 + step / (double) STEPS));
				}
				epoch(window, epoch);
			}
		}
		window.ended("Demo ended by " + window.signal());
	}

	/** Tells of the start of a fold with invented settings. */
	static void start(final TrainingProgress progress, final int fold) {
		progress.started(new TrainingProgress.Start("phantom-tumours, fold " + fold + " of " + FOLDS, "Accuracy", EPOCHS, List.of(
			"classes = 4: glioma 240, meningioma 196, no tumour 200, pituitary adenoma 164 images", "size = 96: the smallest image is 96 x 96",
			"network = auto: residual CNN, 4 levels, 32 features; 800 images are too few for more", "batch = 32: an epoch has 25 steps",
			"loss = cross-entropy with label smoothing 0.1", "optimizer = adam, rate = 0.001", "schedule = cosine", "augment = flips, rotation, shifts",
			"folds = " + FOLDS + ": each image is in one test part", "patience = 10", "seed = 1"), 512,
			"run(\"Train Classification Network...\", \"folder=[/home/me/phantom-tumours] folds=3 epochs=30 seed=1 model=[/home/me/tumours.zip]\");"));
	}

	/** Tells of the end of an epoch with invented numbers and examples. */
	static void epoch(final TrainingProgress progress, final int epoch) {
		final Random random = new Random(epoch);
		progress.epochEnded(new EpochRecord(epoch, 1e-3, TrainingWindowDemo.fakeLoss(epoch), Math.min(1, 1 - 0.32 * Math.exp(-epoch / 6.0) + 0.005 * random
			.nextGaussian()), 0.25 + Math.exp(-epoch / 6.0) + 0.02 * random.nextGaussian(), accuracy(epoch), 2, isBest(epoch)));
		progress.examples(examples(epoch, 12, 96, 96));
	}

	private static double accuracy(final int epoch) {
		return Math.min(1, 0.965 - 0.34 * Math.exp(-epoch / 5.0) + 0.008 * new Random(epoch + 50).nextGaussian());
	}

	private static boolean isBest(final int epoch) {
		return IntStream.range(1, epoch).allMatch(before -> accuracy(before) < accuracy(epoch));
	}

	/** Invented slices: an ellipse with a spot whose place tells the class; with the epochs more of them are right. */
	static List<ClassifiedImage> examples(final int epoch, final int count, final int width, final int height) {
		return IntStream.range(0, count).mapToObj(i -> {
			final Random random = new Random(7919L * i + 3);
			final int k = i % CLASSES.size();
			final boolean right = random.nextDouble() < 0.25 + 0.7 * (1 - Math.exp(-epoch / 6.0));
			final double confidence = right ? 1 - 0.6 * Math.exp(-epoch / 4.0) * random.nextDouble() : 0.4 + 0.3 * random.nextDouble();
			return new ClassifiedImage("phantom-tumours/" + CLASSES.get(k) + "/slice-" + (100 + i) + ".tif", width, height, slice(k, width, height, random),
				CLASSES.get(k), CLASSES.get(right ? k : (k + 1 + i % 3) % CLASSES.size()), confidence);
		}).toList();
	}

	/** Invented digits of 28 x 28 pixels, rings with a bar: images and names that are small. */
	static List<ClassifiedImage> digits() {
		return IntStream.range(0, 12).mapToObj(i -> {
			final float[] input = new float[28 * 28];
			for (int p = 0; p < input.length; p++) {
				final double x = p % 28 - 13.5, y = p / 28 - 13.5, ring = Math.abs(Math.hypot(x * 1.4, y) - 8), bar = Math.abs(x - y * (i - 6) / 6.0);
				input[p] = (float) Math.max(Math.max(0, 1.6 - ring * 0.7), i % 3 == 0 && Math.abs(y) < 10 ? 1.6 - bar * 0.7 : 0);
			}
			return new ClassifiedImage("digit " + i, 28, 28, input, "" + i % 10, "" + (i == 5 ? 6 : i % 10), i == 5 ? 0.512 : i % 4 == 0 ? 1 : 0.987);
		}).toList();
	}

	private static float[] slice(final int k, final int width, final int height, final Random random) {
		final float[] input = new float[width * height];
		final double spotX = k == 3 ? 0.5 : 0.35 + 0.1 * random.nextDouble(), spotY = k == 0 ? 0.4 : k == 1 ? 0.22 : 0.72;
		for (int i = 0; i < input.length; i++) {
			final double x = (i % width + 0.5) / width, y = (i / width + 0.5) / height;
			final double brain = Math.hypot((x - 0.5) / 0.38, (y - 0.5) / 0.45), spot = Math.hypot(x - spotX, y - spotY) / (k == 0 ? 0.13 : 0.09);
			final double tissue = brain < 0.9 ? 0.9 + 0.25 * Math.sin(x * 11 + k) * Math.cos(y * 9) : brain < 1 ? 1.6 : 0;
			input[i] = (float) (brain < 1 ? tissue + (k == 2 ? 0 : 0.9 / (1 + Math.exp(9 * (spot - 1)))) + 0.08 * random.nextGaussian() : 0);
		}
		return input;
	}
}
