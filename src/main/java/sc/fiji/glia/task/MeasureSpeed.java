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

import static sc.fiji.glia.task.Setting.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

import ij.measure.ResultsTable;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.engine.exec.Predictor;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.engine.train.TrainingListener;

/**
 * Measures how fast this computer trains and segments with Java's own loops and with the fastest kernels it can run, and derives from that how long a typical training
 * takes. The images are noise: what they show does not matter for the time.
 */
public final class MeasureSpeed {

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Benchmark Glia...", "Plugins>Glia", List.of( //
		whole("seconds", 20, 1, 600, "Seconds to measure", "About how long to measure, in seconds; a slow computer takes longer.")));

	/** Share of the time that goes to training; segmenting gets the rest. */
	private static final double TRAINING_SHARE = 0.7;

	/**
	 * What measuring came to.
	 *
	 * @param table one row for each kind of kernels, for a table titled {@code Glia Benchmark}
	 * @param text the same with what was measured on what, line by line
	 */
	public record Result(ResultsTable table, List<String> text) {}

	/**
	 * The training whose time is told.
	 *
	 * @param plan its network and settings
	 * @param slices number of images, of the size of a patch
	 * @param validation how many of them are kept for validation
	 */
	record Typical(Recommendation plan, int slices, int validation) {

		/** 100 slices of 256 x 256 pixels with objects of 60 pixels, 20 epochs, everything else automatic. */
		static Typical standard() {
			return of(100, 256, 20);
		}

		static Typical of(final int slices, final int side, final int epochs) {
			final int validation = slices / 5;
			final long pixels = (long) (slices - validation) * side * side;
			final Fingerprint.Size size = new Fingerprint.Size(side, side, side);
			final List<Double> zero = List.of(0.0);
			final Fingerprint data = new Fingerprint(slices - validation, 1, size, size, 1, 2, List.of(pixels - pixels / 4, pixels / 4), 0, 0.25, 1, zero, List.of(
				1.0), zero, List.of(1.0), zero, false, 60, "");
			final Values values = TrainSegmentation.SETTINGS.parse(Map.of("image", "typical", "model", "typical.zip", "epochs", String.valueOf(epochs)));
			return new Typical(Recommendation.of(values, data, 1, Runtime.getRuntime().maxMemory(), KernelProvider.best()), slices, validation);
		}

		/** Minutes, without reading the images. */
		double minutes(final double secondsOfStep, final double imagesPerSecond) {
			return plan.epochs() * (plan.steps() * secondsOfStep + validation / imagesPerSecond) / 60;
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%d slices of %d x %d pixels, %d of them for validation; %d epochs of %d steps of %d patches", slices, plan
				.patchWidth(), plan.patchHeight(), validation, plan.epochs(), plan.steps(), plan.batch());
		}
	}

	private final Typical typical;
	private final Workers workers;
	private final DoubleConsumer progress;
	private final BooleanSupplier cancelled;

	private MeasureSpeed(final Typical typical, final Workers workers, final DoubleConsumer progress, final BooleanSupplier cancelled) {
		this.typical = typical;
		this.workers = workers;
		this.progress = progress;
		this.cancelled = cancelled;
	}

	/**
	 * Measures with all cores.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param progress hears the finished share, 0 to 1
	 * @param cancelled asked after each step and image; if true, the task ends with a {@link CancellationException}
	 */
	public static Result run(final Values values, final DoubleConsumer progress, final BooleanSupplier cancelled) {
		return run(Typical.standard(), values.whole("seconds"), progress, cancelled);
	}

	static Result run(final Typical typical, final double seconds, final DoubleConsumer progress, final BooleanSupplier cancelled) {
		final List<Kernels> all = kernels();
		final ResultsTable table = new ResultsTable();
		table.setPrecision(1);
		final List<String> text = new ArrayList<>();
		final int cores = Runtime.getRuntime().availableProcessors();
		text.add("Glia on " + cores + (cores == 1 ? " core" : " cores") + ", Java " + System.getProperty("java.version") + ", ImageJ may use " + (Runtime
			.getRuntime().maxMemory() >> 20) + " MB");
		text.add("A typical training: " + typical);
		try (Workers workers = new Workers(cores)) {
			for (int i = 0; i < all.size(); i++) {
				final double before = (double) i / all.size();
				final MeasureSpeed m = new MeasureSpeed(typical, workers, share -> progress.accept(before + share / all.size()), cancelled);
				m.measure(all.get(i), seconds / all.size(), table, text);
			}
		}
		text.add("Glia trains with '" + KernelProvider.best().name() + "'. " + KernelProvider.reason());
		return new Result(table, List.copyOf(text));
	}

	/** The plain kernels, and those that are used if they are others. */
	static List<Kernels> kernels() {
		return Stream.of(KernelProvider.available().get(0), KernelProvider.best()).distinct().toList();
	}

	private void measure(final Kernels kernels, final double seconds, final ResultsTable table, final List<String> text) {
		final Recommendation plan = typical.plan;
		final Weights weights = Initialization.HE.weights(plan.graph(), 1);
		final double step = secondsOfStep(kernels, weights, seconds * TRAINING_SHARE);
		final double images = imagesPerSecond(kernels, weights, seconds * (1 - TRAINING_SHARE));
		final double gflops = 3e-9 * Recommendation.operations(plan.graph(), plan.patchWidth(), plan.patchHeight()) * plan.batch() / step;
		final double minutes = typical.minutes(step, images);
		table.incrementCounter();
		table.addValue("Kernels", kernels.name());
		table.addValue("Training (GFLOP/s)", gflops);
		table.addValue("Training (images/s)", plan.batch() / step);
		table.addValue("Segmentation (images/s)", images);
		table.addValue("Typical training (min)", minutes);
		text.add(String.format(Locale.ROOT, "%s: trains at %.1f GFLOP/s or %.1f images/s, segments %.1f images/s; a typical training takes about %.1f minutes",
			kernels.name(), gflops, plan.batch() / step, images, minutes));
	}

	/** Mean seconds of a step of training, but for the first one. */
	private double secondsOfStep(final Kernels kernels, final Weights weights, final double seconds) {
		final Recommendation plan = typical.plan;
		final Trainer.Settings settings = new Trainer.Settings(1, Integer.MAX_VALUE, plan.batch(), plan.patchHeight(), plan.patchWidth(), plan.loss(), plan
			.optimizer(), plan.schedule(), plan.rate(), plan.decay(), 0, 1);
		final Clock clock = new Clock(seconds, share -> tell(share * TRAINING_SHARE));
		final Trainer.Result result = new Trainer(plan.graph(), weights, settings, kernels, workers).train(MeasureSpeed::draw, Trainer.Validation.NONE, clock);
		// NB: after one step on noise there is a loss; divergence would be a defect of the kernels
		if (result.end() != Trainer.End.FINISHED) throw new IllegalStateException("MeasureSpeed: the training ended with " + result.end());
		return clock.perStep();
	}

	/** Noise, and a label wherever it is above its mean. */
	private static void draw(final long number, final float[][] planes, final byte[] labels) {
		final SplittableRandom random = new SplittableRandom(number);
		for (final float[] p : planes) for (int i = 0; i < p.length; i++) p[i] = (float) (random.nextDouble() - 0.5);
		for (int i = 0; i < labels.length; i++) labels[i] = (byte) (planes[0][i] > 0 ? 1 : 0);
	}

	private double imagesPerSecond(final Kernels kernels, final Weights weights, final double seconds) {
		final Recommendation plan = typical.plan;
		final Predictor predictor = new Predictor(plan.graph(), weights, kernels);
		final float[][][] images = new float[workers.count()][plan.graph().inputChannels()][plan.patchHeight() * plan.patchWidth()];
		final Clock clock = new Clock(seconds, share -> tell(TRAINING_SHARE + share * (1 - TRAINING_SHARE)));
		do {
			workers.run(images.length, (i, worker) -> predictor.predict(images[i], plan.patchHeight(), plan.patchWidth()));
			clock.stepEnded();
		}
		while (!clock.isOver());
		return images.length / clock.perStep();
	}

	private void tell(final double share) {
		if (cancelled.getAsBoolean()) throw new CancellationException("Benchmark cancelled");
		progress.accept(share);
	}

	/** Times steps but the first, in which memory is taken and code is compiled; over when two are done and the time has passed. */
	private static final class Clock implements TrainingListener {

		private final double seconds;
		private final DoubleConsumer share;
		private final long begin = System.nanoTime();
		private long start, end;
		private int steps = -1;

		Clock(final double seconds, final DoubleConsumer share) {
			this.seconds = seconds;
			this.share = share;
		}

		void stepEnded() {
			end = System.nanoTime();
			if (++steps == 0) start = end;
			share.accept(Math.min(1, 1e-9 * (end - begin) / seconds));
		}

		@Override
		public void stepEnded(final int epoch, final int step, final int of, final double loss) {
			stepEnded();
		}

		boolean isOver() {
			return steps >= 1 && end - begin >= seconds * 1e9;
		}

		@Override
		public Signal signal() {
			return isOver() ? Signal.FINISH : Signal.CONTINUE;
		}

		double perStep() {
			return 1e-9 * (end - start) / steps;
		}
	}
}
