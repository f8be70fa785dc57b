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
package sc.fiji.glia.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import ij.measure.ResultsTable;

/** Numbers worked out by hand. */
class EvaluateSegmentationTest {

	@TempDir
	Path folder;

	/** A stack of 4x2 pixels with one string of digits for each slice. */
	private static ImagePlus stack(final String title, final String type, final String... slices) {
		final ImagePlus imp = IJ.createImage(title, type + " black", 4, 2, slices.length);
		for (int s = 0; s < slices.length; s++) for (int i = 0; i < 8; i++) imp.getStack().getProcessor(s + 1).setf(i, slices[s].charAt(i) - '0');
		return imp;
	}

	/** Slice 1: tp 2, fp 1, fn 1, tn 4. Slice 2: both empty. Slice 3: tp 0, fp 2, fn 0, tn 6. Slice 4: tp 8. */
	private static final String[] FOUND = { "11100000", "00000000", "11000000", "11111111" };
	private static final String[] TRUTH = { "01110000", "00000000", "00000000", "11111111" };

	private static ResultsTable evaluate(final ImagePlus found, final ImagePlus truth, final String... more) {
		Trainings.open(truth);
		final Map<String, String> given = new LinkedHashMap<>(Map.of("image", found.getTitle(), "reference", truth.getTitle()));
		for (int i = 0; i < more.length; i += 2) given.put(more[i], more[i + 1]);
		return EvaluateSegmentation.run(EvaluateSegmentation.SETTINGS.parse(given), found);
	}

	private static void assertRow(final ResultsTable t, final int row, final String scope, final double... expected) {
		assertEquals(scope, t.getStringValue("Scope", row));
		final String[] columns = { "Dice", "IoU", "Accuracy", "Sensitivity", "Specificity" };
		for (int i = 0; i < columns.length; i++) assertEquals(expected[i], t.getValue(columns[i], row), 1e-12, scope + " " + columns[i]);
	}

	private static void assertScores(final ResultsTable t) {
		final double nan = Double.NaN;
		assertEquals(6, t.size());
		assertRow(t, 0, "1", 4 / 6.0, 2 / 4.0, 6 / 8.0, 2 / 3.0, 4 / 5.0);
		assertRow(t, 1, "2", nan, nan, 1, nan, 1);
		assertRow(t, 2, "3", 0, 0, 6 / 8.0, nan, 6 / 8.0);
		assertRow(t, 3, "4", 1, 1, 1, 1, nan);
		assertRow(t, 4, "volume", 20 / 24.0, 10 / 14.0, 28 / 32.0, 10 / 11.0, 18 / 21.0);
		assertRow(t, 5, "labelled slices", 20 / 22.0, 10 / 12.0, 14 / 16.0, 10 / 11.0, 4 / 5.0);
	}

	@Test
	void everySliceTheVolumeAndTheLabelledSlices() {
		assertScores(evaluate(stack("found", "8-bit", FOUND), stack("truth", "8-bit", TRUTH)));
	}

	@Test
	void anyValueAboveZeroIsForeground() {
		final String[] numbered = { "23500000", "00000000", "17000000", "98765432" };
		assertScores(evaluate(stack("found", "16-bit", numbered), stack("truth", "32-bit", TRUTH)));
		assertScores(evaluate(stack("found", "32-bit", FOUND), stack("truth", "16-bit", "05670000", "00000000", "00000000", "12345678")));
	}

	@Test
	void theCsvFile() throws IOException {
		final Path csv = folder.resolve("scores.csv");
		evaluate(stack("found", "8-bit", FOUND), stack("truth", "8-bit", TRUTH), "save", csv.toString());
		final List<String> lines = Files.readAllLines(csv);
		assertEquals("scope,dice,iou,accuracy,sensitivity,specificity", lines.get(0));
		assertEquals(List.of("1", "2", "3", "4", "volume", "labelled slices"), lines.stream().skip(1).map(l -> l.split(",")[0]).toList());
		assertEquals("2,NaN,NaN,1.0,NaN,1.0", lines.get(2));
		assertEquals(20 / 24.0, Double.parseDouble(lines.get(5).split(",")[1]));
	}

	@Test
	void nothingFoundIsZero() {
		final ResultsTable t = evaluate(stack("found", "8-bit", "00000000"), stack("truth", "8-bit", "10000000"));
		assertRow(t, 0, "1", 0, 0, 7 / 8.0, 0, 1);
	}

	@Test
	void anEmptyReferenceIsJudgedToo() {
		final double nan = Double.NaN;
		final ResultsTable t = evaluate(stack("found", "8-bit", "10000000"), stack("truth", "8-bit", "00000000"));
		assertRow(t, 0, "1", 0, 0, 7 / 8.0, nan, 7 / 8.0);
		assertRow(t, 1, "volume", 0, 0, 7 / 8.0, nan, 7 / 8.0);
		assertRow(t, 2, "labelled slices", nan, nan, nan, nan, nan);
	}

	@Test
	void twoValuesWithoutZeroAreBothForeground() {
		final ResultsTable t = evaluate(stack("found", "8-bit", "11111111"), stack("truth", "8-bit", "12121212"));
		assertRow(t, 0, "1", 1, 1, 1, 1, Double.NaN);
	}

	@Test
	void rawValuesCountWhateverTheCalibration() {
		final ImagePlus found = stack("found", "8-bit", FOUND);
		found.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { 1, -1 }, "inverted");
		assertScores(evaluate(found, stack("truth", "8-bit", TRUTH)));
	}

	@Test
	void anotherSizeIsRefused() {
		final ImagePlus found = stack("found", "8-bit", FOUND);
		final String slices = assertThrows(IllegalArgumentException.class, () -> evaluate(found, stack("truth", "8-bit", "10000000"))).getMessage();
		assertEquals("reference: 'truth' (4x2, 1 slice) does not fit image 'found' (4x2, 4 slices): expected the same width, height and number of slices. " +
			"Choose the reference that belongs to the image", slices);
		final ImagePlus wide = IJ.createImage("wide", "8-bit black", 5, 2, 4);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> evaluate(found, wide)).getMessage().contains("'wide' (5x2, 4 slices)"));
	}

	@Test
	void aGrayRgbImageIsAMask() {
		final ImagePlus white = IJ.createImage("white", "rgb white", 4, 2, 1);
		assertRow(evaluate(white, stack("truth", "8-bit", "11110000")), 0, "1", 8 / 12.0, 0.5, 0.5, 1, 0);
	}

	@Test
	void aPictureIsNoMask() {
		final ImagePlus colour = IJ.createImage("colour", "rgb white", 4, 2, 4);
		colour.getStack().getProcessor(3).set(1, 1, 0xff0000);
		final String message = assertThrows(IllegalArgumentException.class, () -> evaluate(colour, stack("truth", "8-bit", TRUTH))).getMessage();
		assertEquals("Labels 'colour:3' are an RGB image with colours. Use a mask (0 and 255) or a label image (8-, 16- or 32-bit).", message);
		final ImagePlus channels = IJ.createHyperStack("channels", 4, 2, 2, 4, 1, 8);
		assertEquals("image: expected a mask or label image of one channel, 'channels' has 2. Keep the channel with the labels (Image > Duplicate...)",
			assertThrows(IllegalArgumentException.class, () -> evaluate(channels, stack("truth", "8-bit", TRUTH))).getMessage());
	}

	@Test
	void anUnwritableFileIsToldAtOnce() {
		final Path csv = folder.resolve("no such folder/scores.csv");
		final String message = assertThrows(IllegalArgumentException.class, () -> evaluate(stack("found", "8-bit", FOUND), stack("truth", "8-bit", TRUTH), "save",
			csv.toString())).getMessage();
		assertTrue(message.contains("no such folder' does not exist. Make it first"), message);
	}

	@Test
	void theImageItselfIsNoReference() {
		final ImagePlus found = stack("found", "8-bit", FOUND);
		final String message = assertThrows(IllegalArgumentException.class, () -> evaluate(found, found)).getMessage();
		assertTrue(message.startsWith("reference: 'found' is the image itself"), message);
	}

	@Test
	void aTitleThatIsNotOpen() {
		Trainings.open(stack("truth.tif", "8-bit", TRUTH));
		final Values v = EvaluateSegmentation.SETTINGS.parse(Map.of("image", "found", "reference", "trut.tif"));
		final String message = assertThrows(IllegalArgumentException.class, () -> EvaluateSegmentation.run(v, stack("found", "8-bit", FOUND))).getMessage();
		assertTrue(message.startsWith("reference: no open image is called 'trut.tif'"), message);
	}
}
