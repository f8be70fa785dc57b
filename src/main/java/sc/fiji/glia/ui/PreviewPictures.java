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

import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.task.report.Preview;

/**
 * A preview made ready to draw: the gray input alone, tinted by the label's classes, tinted by the probability of foreground.
 *
 * @param width columns of the image
 * @param height rows of the image
 * @param panels input, label, prediction
 */
record PreviewPictures(int width, int height, List<Panel> panels) {

	/**
	 * One of the three pictures.
	 *
	 * @param caption what it shows
	 * @param image the picture
	 * @param borders lines to draw above it
	 */
	record Panel(String caption, Picture image, List<Border> borders) {}

	/**
	 * The border of a class.
	 *
	 * @param color colour to draw it in
	 * @param lines the lines, in pixels of the image
	 */
	record Border(Color color, Path2D lines) {}

	/** Colours of classes 1, 2, ...; then again from the first. Vivid on gray; the first two differ for the colour-blind. */
	private static final Color[] CLASSES = { new Color(0x00D5C8), new Color(0xFFB000), new Color(0xB28DFF), new Color(0x7CE04A), new Color(0xFF6F91),
		new Color(0x5AA9FF) };
	private static final Color PREDICTION = new Color(0xFF4FB0);
	/** More lines than this hide the picture and are slow to draw; the tint alone then marks the class. */
	private static final int MOST_LINES = 30_000;
	private static final double TINT = 0.27;

	/** Prepares a preview. */
	static PreviewPictures of(final Preview p) {
		final int[] gray = p.gray();
		final byte[] label = p.label();
		final int classes = IntStream.range(0, label.length).map(i -> label[i] == Sample.IGNORE ? 0 : label[i] & 0xff).max().orElse(0);
		final List<Border> labelBorders = new ArrayList<>();
		for (int c = 1; c <= classes; c++) {
			final byte k = (byte) c;
			border(p, classColor(c), i -> label[i] == k, labelBorders);
		}
		final List<Border> predictionBorders = new ArrayList<>();
		border(p, PREDICTION, i -> p.foreground()[i] >= 0.5f, predictionBorders);
		final boolean partly = IntStream.range(0, label.length).anyMatch(i -> label[i] == Sample.IGNORE);
		return new PreviewPictures(p.width(), p.height(), List.of(panel("input", p, i -> Picture.rgb(gray[i]), List.of()), panel(partly
			? "label (dark: not counted)" : "label", p, i -> labelled(gray[i], label[i]), labelBorders), panel("prediction", p, i -> predicted(gray[i], p
				.foreground()[i]), predictionBorders)));
	}

	private static Panel panel(final String caption, final Preview p, final IntUnaryOperator rgb, final List<Border> borders) {
		return new Panel(caption, Picture.of(p.width(), p.height(), rgb), List.copyOf(borders));
	}

	private static void border(final Preview p, final Color color, final IntPredicate inside, final List<Border> borders) {
		final Path2D lines = Outline.of(p.width(), p.height(), inside);
		int parts = 0;
		for (final PathIterator i = lines.getPathIterator(null); !i.isDone(); i.next()) parts++;
		if (parts <= 2 * MOST_LINES) borders.add(new Border(color, lines));
	}

	private static int labelled(final int gray, final byte label) {
		if (label == 0) return Picture.rgb(gray);
		if (label == Sample.IGNORE) return Picture.rgb(gray * 2 / 5);
		return Look.blend(new Color(Picture.rgb(gray)), classColor(label & 0xff), TINT).getRGB();
	}

	private static int predicted(final int gray, final float foreground) {
		final double share = Float.isNaN(foreground) ? 0 : Math.max(0, Math.min(1, foreground));
		return Look.blend(new Color(Picture.rgb(gray)), PREDICTION, share * TINT).getRGB();
	}

	private static Color classColor(final int k) {
		return CLASSES[(k - 1) % CLASSES.length];
	}
}
