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

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;

import sc.fiji.glia.engine.train.EpochRecord;

/** Bars of the epochs and of the steps, and below them the numbers: time, loss, score, memory. Used on the event thread only. */
final class ProgressPanel extends JPanel {

	private static final long MEBI = 1L << 20;

	private final JProgressBar epochBar = bar("epochs");
	private final JProgressBar stepBar = bar("steps");
	private final JLabel epochText = new JLabel();
	private final JLabel stepText = new JLabel();
	private final Fact elapsed = new Fact("Elapsed", 5, "Time since this training started");
	private final Fact left = new Fact("Time left", 5, "For all epochs; early stopping may end sooner");
	private final Fact loss = new Fact("Training loss", 7, "Mean over the running epoch; below, that of the epoch with the best network");
	private final Fact validationLoss = new Fact("Validation loss", 7, "After the last epoch; below, that of the epoch with the best network");
	private final Fact trainingScore;
	private final Fact validationScore;
	private final Fact memory = new Fact("Memory of ImageJ", 12, //
		"In use by ImageJ, and what it may use (Edit > Options > Memory & Threads); below, what the training needs, in ImageJ or in a process of its own");

	/** @param score what the score of an epoch is: {@code Dice} or {@code Accuracy} */
	ProgressPanel(final String score) {
		super(new BorderLayout(0, Look.em(0.6)));
		final String name = score.equals("Dice") ? score : score.toLowerCase(Locale.ROOT);
		final int ems = 5 + (name.length() + 1) / 2;
		trainingScore = new Fact("Training " + name, ems, "Mean over the last epoch; below, that of the epoch with the best network");
		validationScore = new Fact("Validation " + name, ems, "After the last epoch; below, that of the epoch with the best network");
		setBorder(BorderFactory.createEmptyBorder(Look.em(0.4), 0, 0, 0));
		final JPanel bars = new JPanel(new GridBagLayout());
		addRow(bars, 0, epochText, epochBar);
		addRow(bars, 1, stepText, stepBar);
		add(bars, BorderLayout.NORTH);
		final JPanel facts = new JPanel(new GridBagLayout());
		final List<Fact> all = List.of(elapsed, left, loss, validationLoss, trainingScore, validationScore, memory);
		for (int i = 0; i < all.size(); i++) facts.add(all.get(i), new GridBagConstraints(i, 0, 1, 1, 1, 0, GridBagConstraints.WEST,
			GridBagConstraints.HORIZONTAL, new Insets(0, 0, 0, Look.em(0.7)), 0, 0));
		add(facts, BorderLayout.CENTER);
	}

	/** Shows the news as they are now. */
	void show(final TrainingNews news) {
		final int epochs = news.start().epochs(), done = news.history().size();
		final TrainingNews.Step step = news.step();
		final int running = news.isEnded() ? done : Math.min(epochs, done + 1);
		epochText.setText("epoch " + running + " of " + epochs + news.best().map(e -> ", best " + e.epoch()).orElse(""));
		final boolean inEpoch = step.epoch() > done;
		final int ended = inEpoch || news.isEnded() ? step.step() : 0;
		final double part = !news.isEnded() && step.steps() > 0 ? (double) ended / step.steps() : 0;
		epochBar.setMaximum(epochs * 1000);
		epochBar.setValue((int) ((done + part) * 1000));
		stepText.setText(step.steps() > 0 ? "step " + ended + " of " + step.steps() : "step " + Look.NONE);
		stepBar.setMaximum(Math.max(1, step.steps()));
		stepBar.setValue(ended);
		elapsed.show(TimeLeft.text(news.elapsed()), "");
		left.show(news.isEnded() ? Look.NONE : news.left().stream().mapToObj(TimeLeft::text).findFirst().orElse(Look.NONE), "");
		showScores(news, inEpoch && !news.isEnded() ? step.loss() : Double.NaN);
		final Runtime java = Runtime.getRuntime();
		final long megabytes = news.start().megabytes();
		// NB: the training may need more than ImageJ has, in a worker process
		memory.show((java.totalMemory() - java.freeMemory()) / MEBI + " of " + java.maxMemory() / MEBI + " MB", //
			megabytes > 0 ? "training needs " + megabytes + " MB" : "");
	}

	private void showScores(final TrainingNews news, final double runningLoss) {
		final List<EpochRecord> history = news.history();
		final Optional<EpochRecord> last = history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
		show(loss, last, news.best(), EpochRecord::loss, 4);
		show(validationLoss, last, news.best(), EpochRecord::validationLoss, 4);
		show(trainingScore, last, news.best(), EpochRecord::score, 3);
		show(validationScore, last, news.best(), EpochRecord::validationScore, 3);
		if (!Double.isNaN(runningLoss)) loss.showNow(Look.number(runningLoss, 4));
	}

	private static void show(final Fact fact, final Optional<EpochRecord> last, final Optional<EpochRecord> best,
		final ToDoubleFunction<EpochRecord> value, final int decimals)
	{
		final String now = last.map(e -> Look.number(value.applyAsDouble(e), decimals)).orElse(Look.NONE);
		fact.show(now, now.equals(Look.NONE) ? "" : best.map(e -> "best " + Look.number(value.applyAsDouble(e), decimals))
			.orElse(""));
	}

	private static void addRow(final JPanel panel, final int row, final JLabel text, final JProgressBar bar) {
		text.setFont(Look.font(1));
		text.setPreferredSize(new Dimension(Look.em(14), text.getFontMetrics(text.getFont()).getHeight()));
		panel.add(text, new GridBagConstraints(0, row, 1, 1, 0, 0, GridBagConstraints.WEST, GridBagConstraints.NONE, new Insets(0, 0, Look.em(0.25), 0), 0,
			0));
		panel.add(bar, new GridBagConstraints(1, row, 1, 1, 1, 0, GridBagConstraints.CENTER, GridBagConstraints.HORIZONTAL, new Insets(0, 0, Look.em(0.25),
			0), 0, 0));
	}

	private static JProgressBar bar(final String name) {
		final JProgressBar bar = new JProgressBar();
		bar.setName(name);
		bar.getAccessibleContext().setAccessibleName(name);
		return bar;
	}

	/** A number with its caption above it and a remark below. */
	private static final class Fact extends JPanel {

		private final JLabel value = Look.styled(new JLabel(Look.NONE), Look.font(1.15, Font.BOLD), Look.label());
		private final JLabel remark = small(" ");

		private final int ems;

		Fact(final String caption, final int ems, final String help) {
			super(new BorderLayout());
			this.ems = ems;
			add(small(caption), BorderLayout.NORTH);
			add(value, BorderLayout.CENTER);
			add(remark, BorderLayout.SOUTH);
			for (final Component c : getComponents()) ((JLabel) c).setToolTipText(help);
			setToolTipText(help);
		}

		void show(final String text, final String below) {
			value.setText(text);
			remark.setText(below.isEmpty() ? " " : below);
		}

		void showNow(final String text) {
			value.setText(text);
		}

		/** NB: a width that does not follow the text, lest the columns jump. */
		@Override
		public Dimension getPreferredSize() {
			return new Dimension(Look.em(ems), super.getPreferredSize().height);
		}

		@Override
		public Dimension getMinimumSize() {
			return getPreferredSize();
		}

		private static JLabel small(final String text) {
			return Look.styled(new JLabel(text), Look.font(0.88), Look.faintLabel());
		}
	}
}
