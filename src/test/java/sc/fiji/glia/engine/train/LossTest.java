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
package sc.fiji.glia.engine.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.check.ReferenceLoss;
import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.train.Loss.Statistics;

/** Values and gradients against the reference, with ignored pixels, several images and extreme logits. */
class LossTest {

	private static final List<Loss> LOSSES = List.of(Loss.CROSS_ENTROPY, Loss.DICE, Loss.DICE_CROSS_ENTROPY, new Loss(0.25, 3));

	/** The same with class weights and label smoothing. */
	private static Loss weighted(final Loss loss, final int outputs) {
		return new Loss(loss.crossEntropy(), loss.dice(), IntStream.range(0, Math.max(2, outputs)).mapToObj(c -> c == 1 ? 0.3 : 1 + c * 0.5).toList(), 0.15);
	}

	@Test
	void valuesAndGradients() {
		for (final Loss loss : LOSSES) for (final int outputs : new int[] { 1, 2, 3, 5 }) for (final double scale : new double[] { 1, 8 }) {
			final TestBatch t = TestBatch.textured(3, outputs, 5, 7, Math.max(2, outputs), outputs);
			for (final double[][] image : t.images()) for (final double[] c : image) for (int i = 0; i < c.length; i++) c[i] = (float) (scale * c[i]);
			compare(loss, t.images(), t.labels());
			compare(weighted(loss, outputs), t.images(), t.labels());
		}
	}

	private static void compare(final Loss loss, final double[][][] logits, final byte[][] labels) {
		final ReferenceLoss reference = new ReferenceLoss(loss.crossEntropy(), loss.dice(), loss.classWeights(), loss.smoothing());
		final float[][][] planes = TestBatch.floats(logits);
		Statistics sum = null;
		for (int b = 0; b < logits.length; b++) {
			final Statistics s = loss.statistics(planes[b], labels[b], planes[b]);
			sum = sum == null ? s : sum.plus(s);
		}
		// All sums are in double precision: some hundred roundings of 1e-16
		assertEquals(reference.value(logits, labels), loss.value(sum), 1e-13, loss + ", " + logits[0].length + " outputs");
		for (int b = 0; b < logits.length; b++) {
			loss.gradient(sum, labels[b], planes[b]);
			for (int c = 0; c < logits[b].length; c++) for (int i = 0; i < logits[b][c].length; i++) {
				// The probabilities are kept as floats: 2^-24 of 1, times factors of the loss of about 4 in all (12 with weights up to 3), over the pixels
				assertEquals(derivative(reference, logits, labels, b, c, i), planes[b][c][i], (loss.classWeights().isEmpty() ? 8 : 24) * 0x1p-24 * (loss.crossEntropy() + loss.dice()) / 10 + 2e-10, loss +
					", " + logits[0].length + " outputs, image " + b + ", channel " + c + ", pixel " + i);
			}
		}
	}

	private static double derivative(final ReferenceLoss loss, final double[][][] logits, final byte[][] labels, final int b, final int c, final int i) {
		final double x = logits[b][c][i], h = 1e-5;
		logits[b][c][i] = x + h;
		final double up = loss.value(logits, labels);
		logits[b][c][i] = x - h;
		final double down = loss.value(logits, labels);
		logits[b][c][i] = x;
		return (up - down) / (2 * h);
	}

	@Test
	void extremeLogitsStayFinite() {
		for (final Loss loss : LOSSES) for (int outputs = 1; outputs <= 3; outputs++) {
			final double[][][] x = new double[1][outputs][4];
			for (int i = 0; i < 4; i++) x[0][outputs - 1][i] = i % 2 == 0 ? 1e4 : -1e4;
			final byte[][] labels = { { 1, 1, 0, 0 } };
			final float[][] planes = TestBatch.floats(x)[0];
			final Statistics s = loss.statistics(planes, labels[0], planes);
			final double expected = new ReferenceLoss(loss.crossEntropy(), loss.dice(), loss.classWeights(), loss.smoothing()).value(x, labels);
			assertEquals(expected, loss.value(s), 1e-12 * Math.max(1, expected));
			loss.gradient(s, labels[0], planes);
			for (final float[] plane : planes) for (final float v : plane) assertTrue(Float.isFinite(v));
		}
	}

	@Test
	void ignoredPixelsCountNothing() {
		for (final Loss loss : LOSSES) for (int outputs = 1; outputs <= 3; outputs++) {
			final byte[] none = new byte[6];
			Arrays.fill(none, Loss.IGNORE);
			final float[][] planes = new float[outputs][6];
			for (final float[] p : planes) Arrays.fill(p, 3);
			final Statistics s = loss.statistics(planes, none, planes);
			assertEquals(0, loss.value(s));
			assertTrue(Double.isNaN(s.score()));
			loss.gradient(s, none, planes);
			for (final float[] plane : planes) for (final float v : plane) assertEquals(0, v);
		}
	}

	@Test
	void scoreIsTheDiceOfTheMostProbableClasses() {
		// Predicted 1, 0, 1, 2, 0; reference 1, 1, 2, 2, 0: hits 2 of (3 + 4) / 2
		final float[][] logits = { { 0, 5, 0, 0, 5, 0 }, { 5, 0, 5, 0, 0, 5 }, { 0, 0, 0, 5, 0, 0 } };
		final Statistics s = Loss.CROSS_ENTROPY.statistics(logits, new byte[] { 1, 1, 2, 2, 0, Loss.IGNORE }, new float[3][6]);
		assertEquals(4.0 / 7, s.score(), 1e-15);
		final Statistics one = Loss.CROSS_ENTROPY.statistics(new float[][] { { 1, -1, 1, -1 } }, new byte[] { 1, 1, 0, 0 }, new float[1][4]);
		assertEquals(0.5, one.score(), 1e-15);
	}

	/** Softmax (1/8, 3/8, 4/8) and (2/4, 1/4, 1/4), labels 2 and 0; what PyTorch's formula gives, written out. */
	@Test
	void classWeightsAndSmoothing() {
		final float[][] logits = { { 0, (float) Math.log(2) }, { (float) Math.log(3), 0 }, { (float) Math.log(4), 0 } };
		final double[] a = { -Math.log(0.125), -Math.log(0.375), -Math.log(0.5) }, b = { -Math.log(0.5), -Math.log(0.25), -Math.log(0.25) };
		final byte[] labels = { 2, 0 };
		// logits rounded to floats
		assertEquals((3 * a[2] + 0.5 * b[0]) / 3.5, value(new Loss(1, 0, List.of(0.5, 2.0, 3.0), 0), logits, labels), 2e-7);
		final double smooth = 0.3 / 3;
		assertEquals((0.7 * (a[2] + b[0]) + smooth * (a[0] + a[1] + a[2] + b[0] + b[1] + b[2])) / 2, value(new Loss(1, 0, List.of(), 0.3), logits, labels), 2e-7);
		final double both = 0.7 * (3 * a[2] + 0.5 * b[0]) + smooth * (0.5 * (a[0] + b[0]) + 2 * (a[1] + b[1]) + 3 * (a[2] + b[2]));
		assertEquals(both / 3.5, value(new Loss(1, 0, List.of(0.5, 2.0, 3.0), 0.3), logits, labels), 2e-7);
		assertEquals(2 * both / 3.5, value(new Loss(2, 0, List.of(0.5, 2.0, 3.0), 0.3), logits, labels), 4e-7);
		assertEquals(0, value(new Loss(1, 0, List.of(0.0, 1.0, 0.0), 0), logits, labels), "no label has a weight");
	}

	private static double value(final Loss loss, final float[][] logits, final byte[] labels) {
		return loss.value(loss.statistics(logits, labels, new float[3][2]));
	}

	@Test
	void oneOutputIsTwoClasses() {
		final Loss loss = new Loss(1, 0, List.of(0.5, 2.0), 0.2);
		final float[][] one = { { 1.5f, -0.3f, 4 } }, two = { new float[3], one[0].clone() };
		final byte[] labels = { 1, 0, 0 };
		final Statistics s = loss.statistics(one, labels, one), t = loss.statistics(two, labels, two);
		assertEquals(loss.value(t), loss.value(s), 1e-15);
		loss.gradient(s, labels, one);
		loss.gradient(t, labels, two);
		for (int i = 0; i < 3; i++) assertEquals(two[1][i], one[0][i], 2 * Math.ulp(1f));
	}

	@Test
	void accuracyCountsEveryClass() {
		// Predicted 1, 0, 1, 2, 0: right the first, the fourth and the fifth
		final float[][] logits = { { 0, 5, 0, 0, 5, 0 }, { 5, 0, 5, 0, 0, 5 }, { 0, 0, 0, 5, 0, 0 } };
		final Statistics s = Loss.CROSS_ENTROPY.statistics(logits, new byte[] { 1, 1, 2, 2, 0, Loss.IGNORE }, new float[3][6]);
		assertEquals(3.0 / 5, s.accuracy());
		assertEquals(3.0 / 5, s.plus(s).accuracy());
		final Statistics one = Loss.CROSS_ENTROPY.statistics(new float[][] { { 1, -1, 1, -1 } }, new byte[] { 1, 1, 0, 0 }, new float[1][4]);
		assertEquals(0.5, one.accuracy());
		assertEquals(Double.NaN, Loss.CROSS_ENTROPY.statistics(new float[2][1], new byte[] { Loss.IGNORE }, new float[2][1]).accuracy());
	}

	@Test
	void whatMakesNoSenseIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> new Loss(1, 0, List.of(1.0, -1.0), 0));
		assertThrows(IllegalArgumentException.class, () -> new Loss(1, 0, List.of(1.0, Double.NaN), 0));
		assertThrows(IllegalArgumentException.class, () -> new Loss(1, 0, List.of(0.0, 0.0), 0));
		assertThrows(IllegalArgumentException.class, () -> new Loss(1, 0, List.of(), 1.1));
		assertEquals("Loss: expected a weight for each of 3 classes, got [1.0, 2.0]", assertThrows(IllegalArgumentException.class, //
			() -> new Loss(1, 0, List.of(1.0, 2.0), 0).statistics(new float[3][1], new byte[1], new float[3][1])).getMessage());
		assertThrows(IllegalArgumentException.class, () -> new Loss(0, 0));
		assertThrows(IllegalArgumentException.class, () -> new Loss(-1, 2));
		assertThrows(IllegalArgumentException.class, () -> new Loss(Double.NaN, 1));
		assertEquals("Loss: expected labels below 2, got 2", assertThrows(IllegalArgumentException.class, //
			() -> Loss.DICE.statistics(new float[2][1], new byte[] { 2 }, new float[2][1])).getMessage());
	}
}
