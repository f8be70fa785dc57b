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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.task.report.ClassifiedImage;

class ExamplesPanelTest {

	@Test
	void rightAndWrongHaveFramesOfTheirColours() {
		final BufferedImage both = draw(panel(example("a", "a", 1), example("a", "b", 0.5)), 400, 200);
		assertTrue(count(both, Look.right().getRGB()) > 100, "right");
		assertTrue(count(both, Look.wrong().getRGB()) > 100, "wrong");
		assertEquals(0, count(draw(panel(example("a", "a", 1), example("b", "b", 0.5)), 400, 200), Look.wrong().getRGB()));
		assertEquals(0, count(draw(panel(example("a", "b", 1)), 400, 200), Look.right().getRGB()));
	}

	@Test
	void theMarksDifferEvenWithoutColours() {
		// the same prediction, once right and once wrong, in black and white: in the line above the one that tells the actual class
		final BufferedImage right = draw(panel(example("a", "a", 0.75)), 300, 200), wrong = draw(panel(example("b", "a", 0.75)), 300, 200);
		final int height = new ExamplesPanel().getFontMetrics(Look.font(0.9)).getHeight(), end = 200 - Look.em(0.8) - Look.em(0.3) - 2 * height;
		int different = 0;
		for (int y = end - height; y < end - 1; y++) for (int x = 0; x < 300; x++) if (isInk(right.getRGB(x, y)) != isInk(wrong.getRGB(x, y))) different++;
		assertTrue(different > 10, different + " pixels differ");
	}

	@Test
	void theImageUnderTheMouseIsNamed() {
		final ExamplesPanel panel = panel(example("a", "a", 1), example("b", "a", 0.625));
		draw(panel, 400, 200);
		assertEquals("b of a: a, probability 0.625; is b", tip(panel, 300, 90).replace("0.63", "0.625"));
		assertEquals("a of a: a, probability 1.000", tip(panel, 100, 90));
		assertNull(panel.getToolTipText(at(panel, 399, 199)));
		panel.clear();
		assertNull(panel.getToolTipText(at(panel, 100, 90)));
	}

	@Test
	void atMostTwelveAreShown() {
		final ExamplesPanel panel = new ExamplesPanel();
		panel.show(Collections.nCopies(13, example("a", "a", 1)), 3);
		assertEquals("validation images after epoch 3: 12 of 12 right", panel.getAccessibleContext().getAccessibleDescription());
	}

	@Test
	void aChangedImageIsDrawnAnew() {
		final ExamplesPanel panel = panel(example("a", "a", 1));
		final BufferedImage before = draw(panel, 300, 200);
		panel.show(List.of(new ClassifiedImage("x", 2, 2, new float[] { 1, 0, 0, 1 }, "a", "a", 1)), 1);
		final BufferedImage after = draw(panel, 300, 200);
		assertNotEquals(before.getRGB(140, 60), after.getRGB(140, 60));
		panel.show(List.of(new ClassifiedImage("x", 4, 1, new float[] { 1, 0, 0, 1 }, "a", "a", 1)), 1);
		assertNotEquals(0, count(draw(panel, 300, 200), 0xFFFFFFFF));
	}

	@Test
	void anySizeAndShapeCanBeDrawn() {
		final Random random = new Random(1);
		final ExamplesPanel panel = new ExamplesPanel();
		for (int i = 0; i < 100; i++) {
			final int w = 1 + random.nextInt(40), h = 1 + random.nextInt(40);
			panel.show(Collections.nCopies(random.nextInt(13), new ClassifiedImage("x", w, h, new float[w * h], "a", "b", Double.NaN)), i);
			draw(panel, 1 + random.nextInt(700), 1 + random.nextInt(500));
		}
	}

	@Test
	void probabilitiesStandBelowLongNamesOnly() {
		final int line = new ExamplesPanel().getFontMetrics(Look.font(0.9)).getHeight();
		// one square, whose size the height limits: a third line of text makes it smaller by the height of a line
		final ExamplesPanel longNames = panel(example("a".repeat(60), "a", 1)), shortNames = panel(example("a", "a".repeat(60), 1));
		assertEquals(line, frameHeight(draw(shortNames, 200, 150), Look.wrong().getRGB()) - frameHeight(draw(longNames, 200, 150), Look.wrong().getRGB()), 2);
	}

	@Test
	void onlyCertaintyIsHundredPercent() {
		assertEquals(List.of("100 %", ">99 %", "99 %", "3 %", "0 %", Look.NONE), Arrays.stream(new double[] { 1, 0.9999, 0.99, 0.025, 0, Double.NaN })
			.mapToObj(ExamplesPanel::percent).toList());
	}

	@Test
	void longNamesAreCut() {
		final FontMetrics metrics = new ExamplesPanel().getFontMetrics(Look.font(1));
		final String name = "pituitary adenoma";
		assertEquals(name, ExamplesPanel.fitting(name, metrics, metrics.stringWidth(name)));
		final String cut = ExamplesPanel.fitting(name, metrics, metrics.stringWidth(name) - 1);
		assertTrue(cut.endsWith("\u2026") && metrics.stringWidth(cut) < metrics.stringWidth(name), cut);
		assertEquals("p\u2026", ExamplesPanel.fitting(name, metrics, 0));
	}

	/** A checkerboard of 2 x 2. */
	private static ClassifiedImage example(final String actual, final String predicted, final double confidence) {
		return new ClassifiedImage(actual + " of " + predicted, 2, 2, new float[] { 0, 1, 1, 0 }, actual, predicted, confidence);
	}

	private static ExamplesPanel panel(final ClassifiedImage... images) {
		final ExamplesPanel panel = new ExamplesPanel();
		panel.show(List.of(images), 1);
		return panel;
	}

	private static BufferedImage draw(final ExamplesPanel panel, final int width, final int height) {
		panel.setSize(width, height);
		final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
		final Graphics2D g = image.createGraphics();
		panel.paint(g);
		g.dispose();
		return image;
	}

	private static String tip(final ExamplesPanel panel, final int x, final int y) {
		return panel.getToolTipText(at(panel, x, y));
	}

	private static MouseEvent at(final ExamplesPanel panel, final int x, final int y) {
		return new MouseEvent(panel, MouseEvent.MOUSE_MOVED, 0, 0, x, y, 0, false);
	}

	private static int count(final BufferedImage image, final int argb) {
		return (int) Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())).filter(c -> c == argb).count();
	}

	/** Height of the column that has the most pixels of a colour. */
	private static int frameHeight(final BufferedImage image, final int argb) {
		return IntStream.range(0, image.getWidth()).map(x -> (int) IntStream.range(0, image.getHeight()).filter(y -> image.getRGB(x, y) == argb).count())
			.max().orElseThrow();
	}

	private static boolean isInk(final int rgb) {
		return (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff) < 600;
	}
}
