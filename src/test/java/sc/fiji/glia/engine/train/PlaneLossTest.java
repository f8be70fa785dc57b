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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.exec.DenseKernels;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Loss.Statistics;

/** Against {@link Loss#statistics}, which is in double precision and itself tested against the reference. */
class PlaneLossTest {

	@Test
	void isTheLossInDoublePrecision() {
		for (final int outputs : new int[] { 1, 2, 3, 5 }) for (final int pixels : new int[] { 1, 15, 1024, 2500 }) {
			compare(new Loss(0.5, 1), outputs, pixels);
			compare(new Loss(1, 0, IntStream.range(0, Math.max(2, outputs)).mapToObj(c -> c == 0 ? 1.7 : 0.4 * c).toList(), 0), outputs, pixels);
			compare(new Loss(1, 0.5, IntStream.range(0, Math.max(2, outputs)).mapToObj(c -> c == 1 ? 0. : 1.3).toList(), 0.2), outputs, pixels);
		}
	}

	private static void compare(final Loss loss, final int outputs, final int pixels) {
		final SplittableRandom random = new SplittableRandom(pixels);
		final float[][] z = new float[outputs][pixels], expectedP = new float[outputs][pixels];
		final byte[] labels = new byte[pixels];
		for (int i = 0; i < pixels; i++) {
			// NB: any label but 0 is foreground of a network with one output
			labels[i] = i % 11 == 4 ? Loss.IGNORE : (byte) random.nextInt(Math.max(3, outputs) - (outputs == 2 ? 1 : 0));
			for (final float[] plane : z) plane[i] = (float) random.nextDouble(-12, 12);
		}
		final Statistics expected = loss.statistics(z, labels, expectedP);
		for (final Kernels kernels : KernelProvider.available()) {
			final PlaneLoss plane = new PlaneLoss(loss, DenseKernels.of(kernels).probabilities());
			final float[][] p = new float[outputs][pixels], inPlace = new float[outputs][];
			for (int c = 0; c < outputs; c++) inPlace[c] = z[c].clone();
			final Statistics actual = plane.statistics(z, labels, p);
			assertEquals(expected.pixels(), actual.pixels());
			assertEquals(expected.weight(), actual.weight());
			assertEquals(expected.correct(), actual.correct());
			assertEquals(expected.hits(), actual.hits());
			assertEquals(expected.positives(), actual.positives());
			// Each cross-entropy to 1e-6 of the sizes of logits, which are up to 24 apart; weights are below 2
			assertEquals(expected.entropy(), actual.entropy(), pixels * 2 * 24e-6);
			assertArrayEquals(expected.reference(), actual.reference());
			assertArrayEquals(expected.predicted(), actual.predicted(), pixels * 1e-6);
			assertArrayEquals(expected.overlap(), actual.overlap(), pixels * 1e-6);
			for (int c = 0; c < outputs; c++) assertArrayEquals(expectedP[c], p[c], 1e-6f);
			assertEquals(actual.entropy(), plane.statistics(inPlace, labels, inPlace).entropy(), kernels.name() + ": in place and from scratch that was used before");
			for (int c = 0; c < outputs; c++) assertArrayEquals(p[c], inPlace[c]);
		}
	}

	@Test
	void extremeLogits() {
		for (final Kernels kernels : KernelProvider.available()) for (int outputs = 1; outputs <= 3; outputs++) {
			final float[][] z = new float[outputs][20], p = new float[outputs][20];
			for (int i = 0; i < 20; i++) z[outputs - 1][i] = i % 2 == 0 ? 1e4f : -1e4f;
			final PlaneLoss plane = new PlaneLoss(Loss.CROSS_ENTROPY, DenseKernels.of(kernels).probabilities());
			final byte[] labels = new byte[20];
			assertEquals(Loss.CROSS_ENTROPY.statistics(z, labels, p).entropy(), plane.statistics(z, labels, p).entropy(), 1e-6 * 1e5);
			for (final float[] q : p) for (final float v : q) assertTrue(v >= 0 && v <= 1, () -> "probability " + v);
			z[0][3] = Float.NaN;
			assertTrue(Double.isNaN(plane.statistics(z, labels, p).entropy()), "a loss in spite of a logit that is no number");
		}
	}

	@Test
	void refusesLabelsWithoutAClass() {
		final PlaneLoss plane = new PlaneLoss(Loss.CROSS_ENTROPY, DenseKernels.PLAIN.probabilities());
		assertThrows(IllegalArgumentException.class, () -> plane.statistics(new float[3][1], new byte[] { 3 }, new float[3][1]));
	}
}
