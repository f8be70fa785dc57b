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
package sc.fiji.glia.task.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import ij.gui.Plot;
import sc.fiji.glia.engine.train.EpochRecord;

/** A quantity of the training over the epochs, on the training and on the validation data; the best epoch is marked. */
enum Curve {
	LOSS("loss_curve.png", "Loss", EpochRecord::loss, EpochRecord::validationLoss),
	DICE("dice_curve.png", "Dice", EpochRecord::score, EpochRecord::validationScore),
	ACCURACY("accuracy_curve.png", "Accuracy", EpochRecord::score, EpochRecord::validationScore);

	private static final int WIDTH = 900, HEIGHT = 500, FONT = 15;
	/** So many epochs get a dot each, since there may be no line between them. */
	private static final int FEW = 10;
	private static final Color TRAINING = new Color(0x1f6fb4), VALIDATION = new Color(0xd9541e), BEST = new Color(0x777777);

	private final String file;
	private final String label;
	private final ToDoubleFunction<EpochRecord> training;
	private final ToDoubleFunction<EpochRecord> validation;

	Curve(final String file, final String label, final ToDoubleFunction<EpochRecord> training, final ToDoubleFunction<EpochRecord> validation) {
		this.file = file;
		this.label = label;
		this.training = training;
		this.validation = validation;
	}

	/**
	 * The curves of a training: its loss and its score.
	 *
	 * @param score what the score of an epoch is: {@code Dice} or {@code Accuracy}
	 * @throws IllegalArgumentException if there is no curve of that name
	 */
	static List<Curve> of(final String score) {
		final Curve second = Stream.of(DICE, ACCURACY).filter(c -> c.label.equals(score)).findFirst().orElseThrow(() -> new IllegalArgumentException(
			"Curve of '" + score + "': expected 'Dice' or 'Accuracy'"));
		return List.of(LOSS, second);
	}

	/** What is drawn. */
	String label() {
		return label;
	}

	/** Name of the file in the results folder. */
	String file() {
		return file;
	}

	/**
	 * Draws the curve; numbers that are not finite leave a gap.
	 *
	 * @param bestEpoch the epoch to mark; 0 for none
	 */
	BufferedImage draw(final List<EpochRecord> history, final int bestEpoch) {
		final double[] epochs = history.stream().mapToDouble(EpochRecord::epoch).toArray();
		final double[] train = history.stream().mapToDouble(training).toArray(), valid = history.stream().mapToDouble(validation).toArray();
		final double bottom = bottom(train, valid), top = top(bottom, train, valid);
		final Plot plot = new Plot("", "Epoch", label, Plot.DEFAULT_FLAGS & ~Plot.X_GRID);
		plot.setBackgroundColor(Color.WHITE);
		plot.setSize(WIDTH, HEIGHT);
		plot.setFont(Font.PLAIN, FONT);
		plot.setAxisLabelFont(Font.PLAIN, FONT + 1);
		line(plot, epochs, train, TRAINING, "training");
		if (finite(valid).findAny().isPresent()) line(plot, epochs, valid, VALIDATION, "validation");
		final int last = history.isEmpty() ? 1 : history.get(history.size() - 1).epoch();
		if (bestEpoch > 0) {
			plot.setColor(BEST);
			plot.setLineWidth(1);
			plot.add("line", new double[] { bestEpoch, bestEpoch }, new double[] { bottom, top });
			plot.setLabel(-1, "best epoch (" + bestEpoch + ")");
		}
		plot.setLimits(last <= FEW ? 0 : 1, Math.max(last, FEW / 2), bottom, top);
		plot.setColor(Color.BLACK);
		plot.setLineWidth(1);
		plot.setLegend("", Plot.AUTO_POSITION);
		return plot.getProcessor().getBufferedImage();
	}

	private static void line(final Plot plot, final double[] x, final double[] y, final Color color, final String name) {
		plot.setColor(color, color);
		plot.setLineWidth(2);
		final double[] shown = DoubleStream.of(y).map(d -> Double.isFinite(d) ? d : Double.NaN).toArray();
		plot.add(x.length <= FEW ? "connected circle" : "line", x, shown);
		plot.setLabel(-1, name);
	}

	/** Accuracies begin where {@link ScoreRange} says, the others at 0. */
	private double bottom(final double[]... values) {
		return this == ACCURACY ? ScoreRange.low(label, Stream.of(values).flatMapToDouble(DoubleStream::of)) : 0;
	}

	/** Dice ends at 1; so do accuracies, with a little room since they often stay there. Losses end a little above the largest. */
	private double top(final double bottom, final double[]... values) {
		final double largest = Stream.of(values).flatMapToDouble(Curve::finite).max().orElse(0);
		return switch (this) {
			case DICE -> 1;
			case ACCURACY -> 1 + 0.02 * (1 - bottom);
			case LOSS -> largest > 0 ? largest * 1.05 : 1;
		};
	}

	private static DoubleStream finite(final double[] values) {
		return DoubleStream.of(values).filter(Double::isFinite);
	}
}
