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
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.GraphicsConfiguration;
import java.awt.GridLayout;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSplitPane;
import javax.swing.KeyStroke;
import javax.swing.Timer;

import ij.IJ;
import ij.WindowManager;
import ij.gui.GUI;

import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.task.TrainingProgress;

/** The window of {@link TrainingWindow}: looks at the news ten times a second and draws what changed. Used on the event thread only. */
final class TrainingFrame extends JFrame {

	private static final int MILLISECONDS = 100;
	private static final int STATUS_LINES = 2;
	/** NB: at the end, warnings and baselines must not be hidden. */
	private static final int END_LINES = 12;

	private final TrainingNews news;
	private final AtomicReference<Signal> signal;
	private final Timer timer = new Timer(MILLISECONDS, e -> look());
	private final CurveChart lossChart = new CurveChart("Loss", false);
	private final CurveChart scoreChart;
	private final PreviewPanel preview = new PreviewPanel();
	private final ExamplesPanel examples = new ExamplesPanel();
	private final ChoicesPane choices = new ChoicesPane();
	private final ProgressPanel progress;
	private final JButton macro = button("Show macro", "Shows the macro line that repeats this training");
	private final JLabel status = new JLabel(" ");
	private final JPanel question = new JPanel(new BorderLayout());
	private final JButton finish = button("Finish", "Ends the training now and keeps the best network so far");
	private final JButton cancel = button("Cancel", "Stops the training and what follows it; the best network so far stays on disk (Esc)");
	private final JButton close = button("Close", "Closes this window");
	private long seenChanges = -1;
	private long seenSecond = -1;
	private TrainingProgress.Start seenStart;
	private List<EpochRecord> seenHistory = List.of();
	private Optional<TrainingNews.Shown> seenPreview = Optional.empty();
	private Optional<TrainingNews.Examples> seenExamples = Optional.empty();
	private boolean closeAtEnd;

	TrainingFrame(final TrainingNews news, final AtomicReference<Signal> signal) {
		this.news = news;
		this.signal = signal;
		seenStart = news.start();
		scoreChart = new CurveChart(seenStart.score(), true);
		progress = new ProgressPanel(seenStart.score());
		setName("glia-training");
		setDefaultCloseOperation(DO_NOTHING_ON_CLOSE);
		addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosing(final WindowEvent e) {
				closeAsked();
			}
		});
		final JPanel content = new JPanel(new BorderLayout(0, Look.em(0.5)));
		content.setBorder(BorderFactory.createEmptyBorder(Look.em(0.7), Look.em(0.9), Look.em(0.7), Look.em(0.9)));
		content.add(question(), BorderLayout.NORTH);
		content.add(pictures(), BorderLayout.CENTER);
		final JPanel south = new JPanel(new BorderLayout(0, Look.em(0.5)));
		south.add(progress, BorderLayout.CENTER);
		south.add(buttons(), BorderLayout.SOUTH);
		content.add(south, BorderLayout.SOUTH);
		content.setFocusable(true); // NB: has the focus at first, so that a space typed too much presses no button
		setContentPane(content);
		final int menu = Toolkit.getDefaultToolkit().getMenuShortcutKeyMaskEx();
		onKey(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), this::escape);
		onKey(KeyStroke.getKeyStroke(KeyEvent.VK_W, menu), this::closeAsked);
		begin();
	}

	/** Shows what the training is, without any news of it yet. */
	private void begin() {
		setTitle("Glia training: " + seenStart.title());
		choices.show(seenStart.choices());
		macro.setEnabled(!seenStart.macro().isEmpty());
		showCurves(List.of());
	}

	/** Begins again with another training. NB: ImageJ finds a window by the title that it had when it was added. */
	private void beginAgain(final TrainingProgress.Start start) {
		if (IJ.getInstance() != null) WindowManager.removeWindow(this);
		seenStart = start;
		begin();
		if (IJ.getInstance() != null) WindowManager.addWindow(this);
	}

	/** Shows the window and begins to look at the news. */
	void open() {
		pack();
		setMinimumSize(new Dimension(Look.em(64), Look.em(42)));
		final GraphicsConfiguration screen = getGraphicsConfiguration();
		final Rectangle bounds = screen.getBounds();
		setSize(new Dimension(Math.min(getWidth(), bounds.width * 95 / 100), Math.min(getHeight(), bounds.height * 88 / 100)));
		GUI.centerOnImageJScreen(this);
		look();
		if (IJ.getInstance() != null) WindowManager.addWindow(this);
		setVisible(true);
		getContentPane().requestFocusInWindow();
		timer.start();
	}

	@Override
	public void dispose() {
		timer.stop();
		if (IJ.getInstance() != null) WindowManager.removeWindow(this);
		super.dispose();
	}

	private void look() {
		final long changes = news.changes(), second = (long) news.elapsed();
		if (changes == seenChanges && second == seenSecond) return;
		seenChanges = changes;
		seenSecond = second;
		if (news.start() != seenStart) beginAgain(news.start());
		progress.show(news);
		final boolean running = !news.isEnded();
		final Signal wanted = signal.get();
		finish.setVisible(running);
		cancel.setVisible(running);
		close.setVisible(!running);
		finish.setEnabled(wanted == Signal.CONTINUE);
		cancel.setEnabled(wanted != Signal.CANCEL);
		if (!running) question.setVisible(false);
		final String text = running ? runningStatus(wanted) : news.status();
		status.setText(running ? lines(text, STATUS_LINES) : lines(Failure.wrapped(text), END_LINES));
		status.setToolTipText(text.isBlank() ? null : lines(text, Integer.MAX_VALUE));
		if (news.history() != seenHistory) showCurves(news.history());
		showPictures(news.shown(), news.examples());
		if (!running && closeAtEnd) dispose();
	}

	private void showPictures(final Optional<TrainingNews.Shown> shown, final Optional<TrainingNews.Examples> classified) {
		if (!shown.equals(seenPreview)) shown.ifPresentOrElse(p -> preview.show(p.preview(), p.epoch()), preview::clear);
		if (!classified.equals(seenExamples)) classified.ifPresentOrElse(c -> examples.show(c.images(), c.epoch()), examples::clear);
		seenPreview = shown;
		seenExamples = classified;
	}

	/** The first lines of a text; several in the only way in which a label shows them. */
	private static String lines(final String text, final int count) {
		final List<String> lines = text.lines().limit(count).map(l -> l.replace("&", "&amp;").replace("<", "&lt;")).toList();
		return lines.size() < 2 && !text.startsWith("<html>") ? text : "<html>" + String.join("<br>", lines) + "</html>";
	}

	private String runningStatus(final Signal wanted) {
		return switch (wanted) {
			case FINISH -> "Finishing: the best network so far is kept" + (news.status().isEmpty() ? "" : "\n" + news.status());
			case CANCEL -> seenHistory.isEmpty() ? "Cancelling: there is no whole epoch to keep yet" : "Cancelling: the best network so far stays on disk";
			case CONTINUE -> news.status().isEmpty() ? "Training on " + seenStart.title() : news.status();
		};
	}

	private void showCurves(final List<EpochRecord> history) {
		seenHistory = history;
		final int best = news.best().map(EpochRecord::epoch).orElse(0);
		show(lossChart, history, EpochRecord::loss, EpochRecord::validationLoss, best);
		show(scoreChart, history, EpochRecord::score, EpochRecord::validationScore, best);
	}

	private void show(final CurveChart chart, final List<EpochRecord> history, final ToDoubleFunction<EpochRecord> training,
		final ToDoubleFunction<EpochRecord> validation, final int best)
	{
		chart.show(List.of(new CurveChart.Curve("training", Look.training(), history.stream().mapToDouble(training).toArray()), new CurveChart.Curve(
			"validation", Look.validation(), history.stream().mapToDouble(validation).toArray())), seenStart.epochs(), best);
	}

	private void want(final Signal wish) {
		if (wish == Signal.CANCEL) signal.set(wish);
		else signal.compareAndSet(Signal.CONTINUE, wish);
		question.setVisible(false);
		seenChanges = -1;
		look();
	}

	/** While the question stands, Esc takes it back; otherwise Esc cancels the training. */
	private void escape() {
		if (question.isVisible()) question.setVisible(false);
		else if (!news.isEnded()) want(Signal.CANCEL);
	}

	private void closeAsked() {
		if (news.isEnded()) dispose();
		else if (signal.get() == Signal.CONTINUE) question.setVisible(true);
		else closeAtEnd = true;
	}

	private JComponent question() {
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.RIGHT, Look.em(0.5), 0));
		buttons.setOpaque(false);
		buttons.add(answer("Finish and keep the best so far", "answer-finish", () -> closeWith(Signal.FINISH)));
		buttons.add(answer("Cancel training", "answer-cancel", () -> closeWith(Signal.CANCEL)));
		buttons.add(answer("Go on", "answer-go-on", () -> question.setVisible(false)));
		question.setName("question");
		question.setBackground(Look.blend(Look.ground(), Look.validation(), 0.18));
		question.setBorder(BorderFactory.createCompoundBorder(BorderFactory.createLineBorder(Look.validation()), BorderFactory.createEmptyBorder(Look.em(
			0.5), Look.em(0.8), Look.em(0.5), Look.em(0.3))));
		question.add(Look.styled(new JLabel("The training is still running."), Look.font(1, Font.BOLD), Look.ink()), BorderLayout.CENTER);
		question.add(buttons, BorderLayout.EAST);
		question.setVisible(false);
		return question;
	}

	private JButton answer(final String text, final String name, final Runnable action) {
		final JButton button = new JButton(text);
		button.setName(name);
		button.addActionListener(e -> action.run());
		return button;
	}

	private void closeWith(final Signal wish) {
		closeAtEnd = true;
		want(wish);
	}

	private JComponent pictures() {
		final JPanel charts = new JPanel(new GridLayout(2, 1, 0, Look.em(0.6)));
		charts.add(framed(lossChart));
		charts.add(framed(scoreChart));
		final JSplitPane right = split(JSplitPane.VERTICAL_SPLIT, framed(seenStart.score().equals("Dice") ? preview : examples), choices, 0.6);
		return split(JSplitPane.HORIZONTAL_SPLIT, charts, right, 0.45);
	}

	private static JSplitPane split(final int orientation, final Component first, final Component second, final double weight) {
		final JSplitPane split = new JSplitPane(orientation, true, first, second);
		split.setResizeWeight(weight);
		split.setBorder(BorderFactory.createEmptyBorder());
		split.setDividerSize(Look.em(0.7));
		return split;
	}

	private static JComponent framed(final JComponent inner) {
		inner.setBorder(BorderFactory.createEmptyBorder());
		final JPanel frame = new JPanel(new BorderLayout());
		frame.setBorder(BorderFactory.createLineBorder(Look.frame()));
		frame.add(inner);
		return frame;
	}

	private JComponent buttons() {
		macro.addActionListener(e -> {
			final TextWindow window = new TextWindow("macro", "Macro of " + seenStart.title(), "This line in a macro repeats the training:", seenStart.macro(),
				6);
			window.setLocationRelativeTo(this);
			window.setVisible(true);
		});
		finish.addActionListener(e -> want(Signal.FINISH));
		cancel.addActionListener(e -> want(Signal.CANCEL));
		close.addActionListener(e -> dispose());
		status.setFont(Look.font(1));
		status.setName("status");
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.RIGHT, Look.em(0.5), 0));
		for (final JButton button : List.of(macro, finish, cancel, close)) buttons.add(button);
		final JPanel row = new JPanel(new BorderLayout(Look.em(0.5), 0));
		row.add(status, BorderLayout.CENTER);
		row.add(buttons, BorderLayout.EAST);
		return row;
	}

	private static JButton button(final String text, final String help) {
		final JButton button = new JButton(text);
		button.setName(text);
		button.setToolTipText(help);
		return button;
	}

	private void onKey(final KeyStroke key, final Runnable action) {
		getRootPane().registerKeyboardAction(e -> action.run(), key, JComponent.WHEN_IN_FOCUSED_WINDOW);
	}
}
