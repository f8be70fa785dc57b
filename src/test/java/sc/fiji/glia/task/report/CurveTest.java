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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.engine.train.EpochRecord;

/** What a classification leaves behind in place of Dice; that of a segmentation is in {@link ResultsFolderTest}. */
class CurveTest {

	private static final int TRAINING = 0x1f6fb4, VALIDATION = 0xd9541e;

	@Test
	void theHistoryOfAClassificationTellsAccuracies(@TempDir final Path folder) throws IOException {
		HistoryCsv.write(folder, List.of(new EpochRecord(1, 0.5, 1.5, 0.25, 2, 0.75, 3, true)), 1, "Accuracy");
		assertEquals("""
			epoch,rate,loss,accuracy,validation_loss,validation_accuracy,seconds,best
			1,0.5,1.5,0.25,2.0,0.75,3.0,true
			""", Files.readString(folder.resolve("history.csv")));
	}

	@Test
	void eachKindOfNetworkHasItsCurves() {
		assertEquals(List.of("loss_curve.png", "dice_curve.png"), Curve.of("Dice").stream().map(Curve::file).toList());
		assertEquals(List.of("loss_curve.png", "accuracy_curve.png"), Curve.of("Accuracy").stream().map(Curve::file).toList());
		assertEquals("Accuracy", Curve.ACCURACY.label());
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Curve.of("IoU")).getMessage().contains("'IoU'"));
	}

	@Test
	void theAxisOfAccuraciesBeginsBelowTheSmallest() {
		assertEquals(0, low(0.1, 0.99));
		assertEquals(0, low(0.5), "a point on the axis would hardly be seen");
		assertEquals(0.5, low(0.51, 1));
		assertEquals(0.8, low(0.9, 0.95));
		assertEquals(0.95, low(Double.NaN, 0.9799));
		assertEquals(0.99, low(1, 1));
		assertEquals(0, low());
		assertEquals(0, low(Double.NaN));
		assertEquals(0, ScoreRange.low("Dice", DoubleStream.of(0.97)));
	}

	@Test
	void accuraciesNearOneFillThePlot() {
		// 0.82 to 0.99 is 0.85 of an axis from 0.8 to 1 and 0.17 of one from 0 to 1
		final double[] scores = { 0.82, 0.9, 0.95, 0.99 };
		final int[] accuracy = rows(Curve.ACCURACY.draw(history(scores), 0), TRAINING), dice = rows(Curve.DICE.draw(history(scores), 0), TRAINING);
		assertTrue(accuracy[1] - accuracy[0] > 3 * (dice[1] - dice[0]), accuracy[1] - accuracy[0] + " rows, as Dice " + (dice[1] - dice[0]));
	}

	@Test
	void anAccuracyOfOneLiesBelowTheFrame() {
		final BufferedImage image = Curve.ACCURACY.draw(history(1, 1, 1, 1), 0);
		final int frame = rows(image, 0)[0], line = rows(image, TRAINING)[0];
		assertTrue(line > frame, "the line's circles begin in row " + line + ", the frame is in row " + frame);
	}

	@Test
	void oddHistoriesOfAccuracies() {
		assertEquals(-1, rows(Curve.ACCURACY.draw(List.of(), 0), VALIDATION)[1]);
		assertEquals(-1, rows(Curve.ACCURACY.draw(history(0.9, 0.95), 0), VALIDATION)[1]);
	}

	private static double low(final double... values) {
		return ScoreRange.low("Accuracy", DoubleStream.of(values));
	}

	private static List<EpochRecord> history(final double... scores) {
		return IntStream.range(0, scores.length).mapToObj(i -> new EpochRecord(i + 1, 0.1, 1, scores[i], Double.NaN, Double.NaN, 1, false))
			.toList();
	}

	/** First and last row that have a colour between the first and the fourth of five epochs, where no legend is; -1 for the last if none has. */
	private static int[] rows(final BufferedImage image, final int rgb) {
		final int[] rows = { image.getHeight(), -1 };
		for (int y = 0; y < image.getHeight(); y++) for (int x = 240; x < 720; x++) if ((image.getRGB(x, y) & 0xffffff) == rgb) {
			rows[0] = Math.min(rows[0], y);
			rows[1] = y;
		}
		return rows;
	}
}
