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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import ij.gui.Plot;

import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.data.score.Reliability;

class ClassificationPicturesTest {

	private static final int CHANCE = 0, FIRST_CURVE = 1;

	/** The points that are left out lie on straight lines, so that the area under the curve drawn is the AUC. */
	@Test
	void theCurveDrawnHasTheAreaThatItsLabelTells() {
		final SplittableRandom random = new SplittableRandom(1);
		final int[] labels = IntStream.range(0, 2000).map(i -> i % 2).toArray();
		final double[] no = IntStream.range(0, 2000).mapToDouble(i -> Math.round(64 * (0.7 * random.nextDouble() + (labels[i] == 0 ? 0.3 : 0))) / 64.0).toArray();
		final double[] fine = IntStream.range(0, 2000).mapToDouble(i -> 0.7 * random.nextDouble() + (labels[i] == 0 ? 0.3 : 0)).toArray();
		for (final double[] p : List.of(no, fine)) {
			final ClassificationScores s = ClassificationResultsTest.scores(labels, p);
			final Plot plot = ClassificationPlots.roc(s);
			final float[][] curve = plot.getDataObjectArrays(FIRST_CURVE);
			double area = 0;
			for (int i = 1; i < curve[0].length; i++) area += (curve[0][i] - curve[0][i - 1]) * (curve[1][i] + curve[1][i - 1]) / 2;
			assertEquals(s.roc(1).auc(), area, 1e-5, "points are stored as float");
			assertTrue(curve[0].length < 1500, curve[0].length + " of 2001 points");
			assertArrayEquals(new float[] { 0, 1 }, plot.getDataObjectArrays(CHANCE)[0]);
		}
	}

	@Test
	void twoClassesHaveOneCurveAndManyHaveTen() {
		assertEquals(2, curvesAndChance(scores(2)));
		assertEquals(4, curvesAndChance(scores(3)));
		assertEquals(11, curvesAndChance(scores(10)));
		assertEquals(11, curvesAndChance(scores(30)));
	}

	@Test
	void reliabilityShowsBinsThatHaveImages() {
		final Reliability r = Reliability.of(new double[] { 0.9, 0.9, 0.5 }, new boolean[] { true, false, true });
		final Plot plot = ClassificationPlots.reliability(r, Optional.empty());
		final float[][] bins = plot.getDataObjectArrays(plot.getNumPlotObjects() - 1);
		assertArrayEquals(new float[] { 0.5f, 0.9f }, bins[0], 1e-6f);
		assertArrayEquals(new float[] { 1, 0.5f }, bins[1], 1e-6f);
		assertEquals(plot.getNumPlotObjects() + 1, ClassificationPlots.reliability(r, Optional.of(r)).getNumPlotObjects());
	}

	/** Cells are 120 pixels wide; the rows end 12 pixels before the lower right corner. */
	@Test
	void confusionIsShadedByShareOfTheRow() {
		final BufferedImage image = ConfusionPicture.draw(List.of("a", "b"), new long[][] { { 5, 0 }, { 9, 1 } });
		assertEquals(ConfusionPicture.RIGHT, cell(image, 0, 0), "the whole row");
		assertEquals(Color.WHITE, cell(image, 0, 1), "none");
		final Color most = cell(image, 1, 0), few = cell(image, 1, 1);
		assertTrue(most.getRed() > most.getBlue() && few.getBlue() > few.getRed(), "mistakes are orange, what is right is blue");
		assertTrue(few.getRed() > 200, "a tenth is light");
	}

	@Test
	void confusionOfOddClasses() {
		final int most = 127;
		final BufferedImage many = ConfusionPicture.draw(Collections.nCopies(most, "a name that is as long as the name of a class can be expected to be"),
			new long[most][most]);
		assertTrue(many.getWidth() < 1500 && many.getHeight() < 1500, many.getWidth() + "x" + many.getHeight());
		ConfusionPicture.draw(List.of("", "\u03b2"), new long[][] { { Long.MAX_VALUE / 2, 0 }, { 0, 0 } });
		ConfusionPicture.draw(List.of("one"), new long[][] { { 3 } });
	}

	@Test
	void montageShowsTheImagesWithinTheirTiles() {
		final ClassifiedImage wide = new ClassifiedImage("wide", 4, 2, new float[] { 0, 0, 1, 1, 0, 0, 1, 1 }, "a", "b", 0.9);
		final BufferedImage montage = MistakesMontage.draw(List.of(wide, wide));
		assertEquals(2 * 200 + 18, montage.getWidth());
		assertEquals(Color.BLACK, new Color(montage.getRGB(50, 100)));
		assertEquals(Color.WHITE, new Color(montage.getRGB(150, 100)));
		assertEquals(new Color(0xeef1f3), new Color(montage.getRGB(100, 20)), "above a wide image");
		assertEquals(Color.WHITE, new Color(montage.getRGB(209, 100)), "between two");
		final int full = MistakesMontage.draw(Collections.nCopies(24, wide)).getHeight();
		assertEquals(full, MistakesMontage.draw(Collections.nCopies(100, wide)).getHeight());
		MistakesMontage.draw(List.of(new ClassifiedImage("nan", 1, 3000, new float[3000], "", "", Double.NaN)));
	}

	@Test
	void textFits() {
		final FontMetrics m = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
		final String name = "folder/of/many/files/image_0001.png";
		final String end = Fitted.end(m, name, 100), beginning = Fitted.beginning(m, name, 100);
		assertTrue(end.startsWith("\u2026") && name.endsWith(end.substring(1)) && m.stringWidth(end) <= 100, end);
		assertTrue(beginning.endsWith("\u2026") && name.startsWith(beginning.substring(0, beginning.length() - 1)) && m.stringWidth(beginning) <= 100,
			beginning);
		assertEquals(name, Fitted.end(m, name, 1000));
		assertEquals("\u2026", Fitted.beginning(m, name, 1));
		assertEquals(List.of("benign", "without", "callback"), Fitted.lines(m, "benign without callback", m.stringWidth("callback")));
		assertEquals(List.of(""), Fitted.lines(m, "", 10));
	}

	private static int curvesAndChance(final ClassificationScores s) {
		return ClassificationPlots.roc(s).getNumPlotObjects();
	}

	private static ClassificationScores scores(final int classes) {
		return ClassificationReports.of(IntStream.range(0, classes).mapToObj(i -> "c" + i).toList(), 4 * classes, 2, 0.5, ClassificationReport.JudgedOn.TEST)
			.scores();
	}

	/** Colour near a corner of a cell of a matrix of two classes, where there is no number. */
	private static Color cell(final BufferedImage image, final int row, final int column) {
		final int right = image.getWidth() - 13, bottom = image.getHeight() - 13;
		return new Color(image.getRGB(right - (2 - column) * 120 + 8, bottom - (2 - row) * 120 + 8));
	}
}
