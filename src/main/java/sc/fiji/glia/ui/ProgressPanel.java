package sc.fiji.glia.ui;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.util.List;
import java.util.Optional;

import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;

import sc.fiji.glia.engine.train.EpochRecord;

/** Bars of the epochs and of the steps, and below them the numbers: time, loss, Dice, memory. Used on the event thread only. */
final class ProgressPanel extends JPanel {

	private static final long MEBI = 1L << 20;

	private final JProgressBar epochBar = bar("epochs");
	private final JProgressBar stepBar = bar("steps");
	private final JLabel epochText = new JLabel();
	private final JLabel stepText = new JLabel();
	private final Fact elapsed = new Fact("Elapsed", "Time since the training started");
	private final Fact left = new Fact("Time left", "For all epochs; early stopping may end sooner");
	private final Fact loss = new Fact("Loss", "Mean training loss of the running epoch; below, the loss of the best epoch");
	private final Fact dice = new Fact("Dice", "Dice of the last epoch; below, that of the best epoch");
	private final Fact memory = new Fact("Memory", "Memory in use by ImageJ; below, what the training was expected to need and what Java may use");

	ProgressPanel() {
		super(new BorderLayout(0, Look.em(0.6)));
		setBorder(BorderFactory.createEmptyBorder(Look.em(0.4), 0, 0, 0));
		final JPanel bars = new JPanel(new GridBagLayout());
		addRow(bars, 0, epochText, epochBar);
		addRow(bars, 1, stepText, stepBar);
		add(bars, BorderLayout.NORTH);
		final JPanel facts = new JPanel(new GridBagLayout());
		final List<Fact> all = List.of(elapsed, left, loss, dice, memory);
		for (int i = 0; i < all.size(); i++) facts.add(all.get(i), new GridBagConstraints(i, 0, 1, 1, i < 2 ? 0.6 : 1, 0, GridBagConstraints.WEST,
			GridBagConstraints.HORIZONTAL, new Insets(0, 0, 0, Look.em(1)), 0, 0));
		add(facts, BorderLayout.CENTER);
	}

	/** Shows the news as they are now. */
	void show(final TrainingNews news) {
		final int epochs = news.start().epochs(), done = news.history().size();
		final TrainingNews.Step step = news.step();
		final int running = news.isEnded() ? done : Math.min(epochs, done + 1);
		epochText.setText("epoch " + running + " of " + epochs);
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
		showScores(news, inEpoch ? step.loss() : Double.NaN);
		final Runtime java = Runtime.getRuntime();
		final long megabytes = news.start().megabytes();
		memory.show((java.totalMemory() - java.freeMemory()) / MEBI + " MB used", (megabytes > 0 ? "needs " + megabytes + ", " : "") + "at most " + java
			.maxMemory() / MEBI);
	}

	private void showScores(final TrainingNews news, final double runningLoss) {
		final List<EpochRecord> history = news.history();
		final Optional<EpochRecord> last = history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
		final Optional<EpochRecord> best = news.best();
		final double now = Double.isNaN(runningLoss) ? last.map(EpochRecord::loss).orElse(Double.NaN) : runningLoss;
		final boolean validated = last.isPresent() && !Double.isNaN(last.get().validationScore());
		loss.show(Look.number(now, 4), best.map(b -> "best " + Look.number(validated ? b.validationLoss() : b.loss(), 4) + at(b, validated)).orElse(""));
		dice.show(last.map(e -> Look.number(score(e, validated), 3)).orElse(Look.NONE), best.map(b -> "best " + Look.number(score(b, validated), 3) + at(
			b, validated)).orElse(""));
	}

	private static double score(final EpochRecord e, final boolean validated) {
		return validated ? e.validationScore() : e.score();
	}

	private static String at(final EpochRecord best, final boolean validated) {
		return " (" + (validated ? "validation" : "training") + ", epoch " + best.epoch() + ")";
	}

	private static void addRow(final JPanel panel, final int row, final JLabel text, final JProgressBar bar) {
		text.setFont(Look.font(1));
		text.setPreferredSize(new Dimension(Look.em(9.5), text.getFontMetrics(text.getFont()).getHeight()));
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

		Fact(final String caption, final String help) {
			super(new BorderLayout());
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

		/** NB: a preferred width that does not follow the text, lest the columns jump. */
		@Override
		public Dimension getPreferredSize() {
			return new Dimension(Look.em(8), super.getPreferredSize().height);
		}

		private static JLabel small(final String text) {
			return Look.styled(new JLabel(text), Look.font(0.88), Look.faintLabel());
		}
	}
}
