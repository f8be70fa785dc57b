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
import java.util.stream.IntStream;

import ij.measure.ResultsTable;

import sc.fiji.glia.compute.NetworkTraining;
import sc.fiji.glia.compute.TrainingJob;
import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;

/**
 * Measures how fast trainings are on this computer: begins a typical one where trainings are computed, and derives from the time of its steps how long
 * all of it would take. The images are noise: what they show does not matter for the time.
 */
public final class MeasureSpeed {

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Benchmark Glia...", "Plugins>Glia", List.of( //
		whole("seconds", 20, 1, 600, "Seconds to measure", "About how long to measure, in seconds; a slow computer takes longer.")));

	/** Share of the time that goes to training; segmenting gets the rest. */
	private static final double TRAINING_SHARE = 0.8;

	/**
	 * What measuring came to.
	 *
	 * @param table one row, for a table titled {@code Glia Benchmark}
	 * @param text the same in words, line by line, with what was measured on what, where and why there
	 */
	public record Result(ResultsTable table, List<String> text) {}

	/**
	 * The training whose time is told: an image stack of noise, of which every value above three quarters of its range is foreground.
	 *
	 * @param plan its network and settings
	 * @param data its training images
	 * @param side width and height of its images, in pixels
	 * @param validation number of images to validate on
	 */
	record Typical(Recommendation plan, Fingerprint data, int side, int validation) implements Samples {

		private static final int VALUES = 256;

		/** 100 slices of 256 x 256 pixels with objects of 60 pixels, everything automatic. */
		static Typical on(final Engine engine) {
			return of(100, 256, engine);
		}

		static Typical of(final int slices, final int side, final Engine engine) {
			final int validation = slices / 5;
			final long pixels = (long) (slices - validation) * side * side;
			final Fingerprint.Size size = new Fingerprint.Size(side, side, side);
			final List<Double> zero = List.of(0.0);
			final Fingerprint data = new Fingerprint(slices - validation, 1, size, size, 1, 2, List.of(pixels - pixels / 4, pixels / 4), 0, 0.25, 1, zero, List.of(
				VALUES - 1.0), List.of(VALUES / 2.0), List.of(VALUES / 3.5), zero, false, 60, "");
			final Values values = TrainSegmentation.SETTINGS.parse(Map.of("image", "typical", "model", "typical.zip"));
			return new Typical(Recommendation.of(values, data, 1, engine.memory(), engine.sizes()), data, side, validation);
		}

		@Override
		public int size() {
			return data.samples() + validation;
		}

		@Override
		public String name(final int i) {
			return "noise:" + (i + 1);
		}

		@Override
		public String group(final int i) {
			return "noise";
		}

		@Override
		public Sample get(final int i) {
			final SplittableRandom random = new SplittableRandom(i);
			final float[] values = new float[side * side];
			final byte[] labels = new byte[values.length];
			for (int p = 0; p < values.length; p++) {
				values[p] = random.nextInt(VALUES);
				labels[p] = (byte) (values[p] >= 0.75 * VALUES ? 1 : 0);
			}
			return new Sample(name(i), group(i), side, side, new float[][] { values }, labels);
		}

		TrainingJob job(final long cacheBytes, final int threads) {
			final Split split = new Split(IntStream.range(0, data.samples()).toArray(), IntStream.range(data.samples(), size()).toArray(), new int[0]);
			final Normalization normalization = new Normalization(plan.method(), Normalization.Scope.DATASET, false, data.mean(), List.of(1 / data.deviation()
				.get(0)));
			return plan.job(split, normalization, 0, cacheBytes, threads, 1);
		}

		TrainingMemory memory(final Engine engine) {
			return TrainingMemory.of(plan, data, engine);
		}

		/** Minutes of all epochs. */
		double minutes(final double secondsOfStep, final double imagesPerSecond) {
			return plan.epochs() * (plan.steps() * secondsOfStep + validation / imagesPerSecond) / 60;
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%d slices of %d x %d pixels, %d of them for validation; %d epochs of %d steps of %d patches of %d x %d pixels", //
				size(), side, side, validation, plan.epochs(), plan.steps(), plan.batch(), plan.patchWidth(), plan.patchHeight());
		}
	}

	private final Typical typical;
	private final Engine engine;
	private final double seconds;
	private final DoubleConsumer progress;
	private final BooleanSupplier cancelled;

	private MeasureSpeed(final Typical typical, final Engine engine, final double seconds, final DoubleConsumer progress, final BooleanSupplier cancelled) {
		this.typical = typical;
		this.engine = engine;
		this.seconds = seconds;
		this.progress = progress;
		this.cancelled = cancelled;
	}

	/**
	 * Measures as the user prefers trainings to be computed, with all cores.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param progress hears the finished share, 0 to 1
	 * @param cancelled asked all the time; if true, the task ends with a {@link CancellationException}
	 */
	public static Result run(final Values values, final DoubleConsumer progress, final BooleanSupplier cancelled) {
		final Engine engine = Engine.preferred();
		return run(Typical.on(engine), engine, values.whole("seconds"), progress, cancelled);
	}

	static Result run(final Typical typical, final Engine engine, final double seconds, final DoubleConsumer progress, final BooleanSupplier cancelled) {
		return new MeasureSpeed(typical, engine, seconds, progress, cancelled).run();
	}

	private Result run() {
		final TrainingMemory memory = typical.memory(engine);
		final Engine.Placed<NetworkTraining> network = engine.train(typical.job(memory.cache(), engine.threads()), typical, Initialization.HE.weights(typical
			.plan.graph(), 1), memory, Watch.NONE);
		try (NetworkTraining training = network.by()) {
			final double step = secondsOfStep(training);
			return result(network, step, imagesPerSecond(training));
		}
	}

	private Result result(final Engine.Placed<NetworkTraining> network, final double step, final double images) {
		final Recommendation plan = typical.plan;
		final double gflops = 3e-9 * Recommendation.operations(plan.graph(), plan.patchWidth(), plan.patchHeight()) * plan.batch() / step;
		final double patches = plan.batch() / step, minutes = typical.minutes(step, images);
		final ResultsTable table = new ResultsTable();
		table.setPrecision(1);
		table.incrementCounter();
		table.addValue("Kernels", network.kernels());
		table.addValue("Where", network.isWorker() ? Engine.Where.WORKER.text() : Engine.Where.IN_PROCESS.text());
		table.addValue("Typical training (min)", minutes);
		table.addValue("Training (images/s)", patches);
		table.addValue("Segmentation (images/s)", images);
		table.addValue("Training (GFLOP/s)", gflops);
		return new Result(table, List.of( //
			String.format(Locale.ROOT, "A typical training takes about %.1f minutes on this computer, less if the validation Dice rises no more.", minutes), //
			"typical: " + typical, //
			String.format(Locale.ROOT, "speed: trains on %.1f patches/s (%.0f GFLOP/s), segments %.1f images/s one after the other", patches, gflops, images), //
			network.line(engine.threads()), //
			"memory: " + network.megabytes() + " MB for the training; ImageJ may use " + (Runtime.getRuntime()
				.maxMemory() >> 20) + " MB"));
	}

	/** Median seconds of a step of training. */
	private double secondsOfStep(final NetworkTraining training) {
		final Clock clock = new Clock(seconds * TRAINING_SHARE, 0, TRAINING_SHARE);
		final Trainer.Result result = training.run(clock);
		if (cancelled.getAsBoolean()) throw new CancellationException("Benchmark cancelled");
		// NB: epochs may be done before the time is over, but divergence would be a defect of the kernels
		if (result.end() == Trainer.End.DIVERGED) throw new IllegalStateException("MeasureSpeed: the training ended with " + result.end());
		return clock.median();
	}

	/** Images that are predicted in a second, one after the other. */
	private double imagesPerSecond(final NetworkTraining training) {
		final Clock clock = new Clock(seconds * (1 - TRAINING_SHARE), TRAINING_SHARE, 1);
		for (int i = 0; clock.signal() == Signal.CONTINUE; i++) {
			training.predict(i % typical.size(), cancelled);
			clock.stepEnded(1, i + 1, typical.size(), 0);
		}
		if (cancelled.getAsBoolean()) throw new CancellationException("Benchmark cancelled");
		return 1 / clock.median();
	}

	/** Times steps but the first of each epoch; over when the time has passed and one was timed. */
	private final class Clock implements NetworkTraining.Listener {

		private final double allowed, from, to;
		private final long begin = System.nanoTime();
		private final List<Double> times = new ArrayList<>();
		private boolean isRunning;
		private long last;

		/** @param from finished share of the whole task when this begins, and {@code to} when it ends */
		Clock(final double allowed, final double from, final double to) {
			this.allowed = allowed;
			this.from = from;
			this.to = to;
		}

		@Override
		public void stepEnded(final int epoch, final int step, final int steps, final double loss) {
			final long now = System.nanoTime();
			if (isRunning) times.add((now - last) * 1e-9);
			isRunning = true;
			last = now;
		}

		@Override
		public void epochEnded(final EpochRecord epoch) {
			isRunning = false;
		}

		@Override
		public Signal signal() {
			final double share = (System.nanoTime() - begin) * 1e-9 / allowed;
			progress.accept(from + (to - from) * Math.min(1, share));
			if (cancelled.getAsBoolean()) return Signal.CANCEL;
			return share >= 1 && !times.isEmpty() ? Signal.FINISH : Signal.CONTINUE;
		}

		/** NB: not the mean, as Java compiles its loops in the first second or two. */
		double median() {
			return times.stream().sorted().toList().get(times.size() / 2);
		}
	}
}
