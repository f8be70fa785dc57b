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

import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import ij.IJ;

import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.task.TrainingProgress;

/**
 * The news of a training as lines of text, for headless runs: what was chosen, one line per epoch, the end.
 * <p>
 * Status messages come at most every {@value #STATUS_SECONDS} seconds, steps of a long epoch every {@value #STEP_SECONDS} seconds; the others
 * are dropped. When another training of the same task starts, as the next of a cross-validation, settings are told only if they are not those before.
 * The lines are plain ASCII. With a screen, Esc in ImageJ cancels.
 */
public final class TrainingText implements TrainingProgress {

	private static final int STATUS_SECONDS = 5;
	private static final int STEP_SECONDS = 60;

	private final Consumer<String> lines;
	private final LongSupplier nanoTime;
	private final List<Double> durations = new ArrayList<>();
	private Optional<Start> running = Optional.empty();
	private String score = "Dice";
	private int epochs;
	private long lastStatus;
	private long epochStart;
	private long lastStep;
	private boolean headerWritten;

	/**
	 * An Esc counts from now on.
	 *
	 * @param lines takes each line, as {@code IJ::log} or {@code System.out::println} do
	 */
	public TrainingText(final Consumer<String> lines) {
		this(lines, System::nanoTime);
	}

	TrainingText(final Consumer<String> lines, final LongSupplier nanoTime) {
		this.lines = lines;
		this.nanoTime = nanoTime;
		IJ.resetEscape();
		lastStatus = nanoTime.getAsLong() - seconds(STATUS_SECONDS);
	}

	@Override
	public void started(final Start start) {
		final Optional<Start> before = running;
		running = Optional.of(start);
		score = start.score();
		epochs = start.epochs();
		durations.clear();
		headerWritten = false;
		epochStart = lastStep = nanoTime.getAsLong();
		lines.accept(heading(start));
		if (!before.map(Start::choices).equals(Optional.of(start.choices()))) for (final String choice : start.choices()) lines.accept("  " + choice);
		if (!start.macro().isEmpty() && !before.map(Start::macro).equals(Optional.of(start.macro()))) lines.accept("  " + start.macro());
	}

	private static String heading(final Start start) {
		return String.format(Locale.ROOT, "Glia trains on %s: at most %d epoch%s, %d MB of memory", start.title(), start.epochs(), start.epochs() == 1 ? ""
			: "s", start.megabytes());
	}

	/** What is to be kept of a training, in one block: what was trained, the choices with their reasons, and how it ended. */
	static String block(final Start start, final String end) {
		final StringBuilder block = new StringBuilder(heading(start));
		for (final String choice : start.choices()) block.append("\n  ").append(choice);
		if (!start.macro().isEmpty()) block.append("\n  ").append(start.macro());
		return block.append('\n').append(end).toString();
	}

	@Override
	public void status(final String message) {
		final long now = nanoTime.getAsLong();
		if (now - lastStatus < seconds(STATUS_SECONDS)) return;
		lastStatus = now;
		lines.accept(message);
	}

	@Override
	public void stepEnded(final int epoch, final int step, final int steps, final double loss) {
		final long now = nanoTime.getAsLong();
		if (now - lastStep < seconds(STEP_SECONDS)) return;
		lastStep = now;
		final String left = TimeLeft.seconds(epochs, durations, step, steps, (now - epochStart) / 1e9).stream().mapToObj(TimeLeft::text).findFirst()
			.orElse("-");
		lines.accept(String.format(Locale.ROOT, "epoch %d of %d, step %d of %d, loss %.4f, %s left", epoch, epochs, step, steps, loss, left));
	}

	@Override
	public void epochEnded(final EpochRecord epoch) {
		durations.add(epoch.seconds());
		epochStart = lastStep = nanoTime.getAsLong();
		final int width = score.length() + 2, validationWidth = score.length() + 5;
		if (!headerWritten) lines.accept(String.format(Locale.ROOT, "epoch      loss %" + width + "s   val.loss %" + validationWidth
			+ "s   seconds      left", score, "val." + score));
		headerWritten = true;
		final double left = TimeLeft.seconds(epochs, durations, 0, 0, 0).orElse(0);
		lines.accept(String.format(Locale.ROOT, "%5d %9s %" + width + "s %10s %" + validationWidth + "s %9.1f %9s%s", epoch.epoch(), number(epoch.loss(), 4),
			number(epoch.score(), 3), number(epoch.validationLoss(), 4), number(epoch.validationScore(), 3), epoch.seconds(), TimeLeft.text(left), epoch
				.best() ? " *" : ""));
	}

	/** {@link Signal#CANCEL} if there is a screen and Esc was pressed in ImageJ since this was made. */
	@Override
	public Signal signal() {
		return !GraphicsEnvironment.isHeadless() && IJ.escapePressed() ? Signal.CANCEL : Signal.CONTINUE;
	}

	@Override
	public void ended(final String message) {
		lines.accept(message);
	}

	private static String number(final double value, final int decimals) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
	}

	private static long seconds(final int n) {
		return n * 1_000_000_000L;
	}
}
