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
import java.awt.HeadlessException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import javax.swing.SwingUtilities;

import ij.IJ;

import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.task.TrainingProgress;
import sc.fiji.glia.task.report.ClassifiedImage;
import sc.fiji.glia.task.report.Preview;

/**
 * Shows a training in a window: live curves, a preview or examples, progress, the choices made; buttons end the training. The window opens when
 * the training starts; until then status messages go to ImageJ's status bar. It stays open after the end until the user closes it. When another
 * training of the same task starts, as the next of a cross-validation, the window begins again; a wish to finish or to cancel holds for it too.
 * <p>
 * All methods return at once and may be called on any thread; the window looks at the news ten times a second.
 */
public final class TrainingWindow implements TrainingProgress {

	private final TrainingNews news = new TrainingNews(System::nanoTime);
	private final AtomicReference<Signal> signal = new AtomicReference<>(Signal.CONTINUE);
	private final AtomicReference<Optional<TrainingFrame>> frame = new AtomicReference<>(Optional.empty());
	private final UnaryOperator<String> words;
	private final Consumer<String> log;
	private volatile boolean started;

	/**
	 * An Esc counts from now on.
	 *
	 * @param words puts the last message into words for whom it is shown to
	 * @param log takes what is left of the training when the window is closed, all at once at the end; nothing of one that has not started
	 * @throws HeadlessException if there is no screen; {@link TrainingText} is for that case
	 */
	public TrainingWindow(final UnaryOperator<String> words, final Consumer<String> log) {
		this.words = words;
		this.log = log;
		if (GraphicsEnvironment.isHeadless()) throw new HeadlessException("The training window needs a screen. Use TrainingText without one.");
		IJ.resetEscape();
	}

	@Override
	public void started(final Start start) {
		final boolean first = !started;
		news.started(start);
		started = true;
		if (!first) return;
		IJ.showStatus(""); // NB: from now on the window says how far it is
		SwingUtilities.invokeLater(this::open);
	}

	@Override
	public void stepEnded(final int epoch, final int step, final int steps, final double loss) {
		news.stepEnded(epoch, step, steps, loss);
	}

	@Override
	public void epochEnded(final EpochRecord epoch) {
		news.epochEnded(epoch);
	}

	@Override
	public void preview(final Preview preview) {
		news.preview(preview);
	}

	@Override
	public void examples(final List<ClassifiedImage> images) {
		news.examples(images);
	}

	@Override
	public void status(final String message) {
		if (!started) IJ.showStatus(message + " (Esc cancels)");
		news.status(message);
	}

	@Override
	public void ended(final String message) {
		final String end = words.apply(message);
		news.ended(end);
		if (started) log.accept(TrainingText.block(news.start(), end));
	}

	/** What the user's buttons say; Esc in this window or in ImageJ says {@link Signal#CANCEL}. The first wish holds, but one may cancel what finishing takes. */
	@Override
	public Signal signal() {
		if (IJ.escapePressed()) signal.set(Signal.CANCEL);
		return signal.get();
	}

	/** Brings the window before others, such as a table just shown. */
	void toFront() {
		SwingUtilities.invokeLater(() -> frame.get().ifPresent(TrainingFrame::toFront));
	}

	/** Closes the window without a question, as at the end of a macro. */
	public void close() {
		SwingUtilities.invokeLater(() -> frame.getAndSet(Optional.empty()).ifPresent(TrainingFrame::dispose));
	}

	private void open() {
		final TrainingFrame opened = new TrainingFrame(news, signal);
		frame.set(Optional.of(opened));
		opened.open();
	}
}
