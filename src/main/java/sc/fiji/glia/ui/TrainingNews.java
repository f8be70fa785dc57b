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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.task.TrainingProgress;
import sc.fiji.glia.task.report.ClassifiedImage;
import sc.fiji.glia.task.report.Preview;

/**
 * What is known of a training so far. Written by the training thread, read by the event thread: each part is immutable and replaced as a whole,
 * so that neither waits for the other.
 */
final class TrainingNews implements TrainingProgress {

	/** Where in an epoch the training is; {@code loss} is the mean over the epoch's steps so far, NaN before the first. */
	record Step(int epoch, int step, int steps, double loss) {}

	/** The last examples and the epoch they belong to. */
	record Examples(List<ClassifiedImage> images, int epoch) {}

	/** The last preview and the epoch it belongs to. */
	record Shown(Preview preview, int epoch) {}

	private final LongSupplier nanoTime;
	private final AtomicLong changes = new AtomicLong();
	private volatile Start start = new Start("", "Dice", 1, List.of(), 0, "");
	private volatile Step step = new Step(1, 0, 0, Double.NaN);
	private volatile List<EpochRecord> history = List.of();
	private volatile Optional<Shown> shown = Optional.empty();
	private volatile Optional<Examples> examples = Optional.empty();
	private volatile String status = "";
	private volatile boolean ended;
	private volatile long startTime;
	private volatile long epochTime;
	private volatile long endTime;

	TrainingNews(final LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		startTime = epochTime = nanoTime.getAsLong();
	}

	/** Forgets the training before this one. */
	@Override
	public void started(final Start what) {
		step = new Step(1, 0, 0, Double.NaN);
		history = List.of();
		shown = Optional.empty();
		examples = Optional.empty();
		startTime = epochTime = nanoTime.getAsLong();
		start = what;
		status = ""; // what was said of the preparations is over
		changes.incrementAndGet();
	}

	@Override
	public void stepEnded(final int epoch, final int number, final int steps, final double loss) {
		final Step before = step;
		final double sum = before.epoch() == epoch && before.step() == number - 1 && number > 1 ? before.loss() * (number - 1) : loss * (number - 1);
		step = new Step(epoch, number, steps, (sum + loss) / number);
		changes.incrementAndGet();
	}

	@Override
	public void epochEnded(final EpochRecord epoch) {
		history = Stream.concat(history.stream(), Stream.of(epoch)).toList();
		epochTime = nanoTime.getAsLong();
		changes.incrementAndGet();
	}

	@Override
	public void preview(final Preview p) {
		// NB: copied, as the trainer may use its arrays again while we draw
		shown = Optional.of(new Shown(new Preview(p.name(), p.width(), p.height(), p.input().clone(), p.label().clone(), p.foreground().clone()), history
			.size()));
		changes.incrementAndGet();
	}

	@Override
	public void examples(final List<ClassifiedImage> images) {
		examples = Optional.of(new Examples(images.stream().limit(ExamplesPanel.MOST).map(i -> new ClassifiedImage(i.name(), i.width(), i.height(), i
			.input().clone(), i.actual(), i.predicted(), i.confidence())).toList(), history.size()));
		changes.incrementAndGet();
	}

	@Override
	public void status(final String message) {
		status = message;
		changes.incrementAndGet();
	}

	@Override
	public void ended(final String message) {
		status = message;
		endTime = nanoTime.getAsLong();
		ended = true;
		changes.incrementAndGet();
	}

	/** Grows with each piece of news. */
	long changes() {
		return changes.get();
	}

	Start start() {
		return start;
	}

	Step step() {
		return step;
	}

	List<EpochRecord> history() {
		return history;
	}

	Optional<Shown> shown() {
		return shown;
	}

	Optional<Examples> examples() {
		return examples;
	}

	String status() {
		return status;
	}

	boolean isEnded() {
		return ended;
	}

	/** The last epoch that was the best so far. */
	Optional<EpochRecord> best() {
		return history.stream().filter(EpochRecord::best).reduce((a, b) -> b);
	}

	/** Seconds since the start; after the end, those of the whole training. */
	double elapsed() {
		return ((ended ? endTime : nanoTime.getAsLong()) - startTime) / 1e9;
	}

	/** Seconds until the last epoch ends, see {@link TimeLeft}; empty after the end. */
	OptionalDouble left() {
		if (ended) return OptionalDouble.empty();
		final List<EpochRecord> past = history;
		final Step now = step;
		final boolean running = now.epoch() > past.size();
		return TimeLeft.seconds(start.epochs(), past.stream().map(EpochRecord::seconds).toList(), running ? now.step() : 0, now.steps(), (nanoTime
			.getAsLong() - epochTime) / 1e9);
	}
}
