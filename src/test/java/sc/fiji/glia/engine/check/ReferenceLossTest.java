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
package sc.fiji.glia.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Holds the losses against values worked out by hand. */
class ReferenceLossTest {

	private static final ReferenceLoss CE = new ReferenceLoss(1, 0), DICE = new ReferenceLoss(0, 1);
	private static final double EXACT = 1e-14;
	/** The logit of probability 3/4. */
	private static final double L3 = Math.log(3);

	private static double[][][] logits(final double[]... channels) {
		return new double[][][] { channels };
	}

	private static byte[][] labels(final int... l) {
		final byte[] b = new byte[l.length];
		for (int i = 0; i < b.length; i++) b[i] = (byte) l[i];
		return new byte[][] { b };
	}

	@Test
	void binaryCrossEntropy() {
		// -log(3/4), -log(1 - 3/4), -log(1/2); the ignored pixel counts nothing
		assertEquals((-Math.log(0.75) - Math.log(0.25) - Math.log(0.5)) / 3, CE.value(logits(new double[] { L3, L3, 0, 50 }), labels(1, 0, 1, 255)), EXACT);
		assertEquals(-Math.log(0.75), CE.value(logits(new double[] { L3 }), labels(2)), EXACT, "every label above 0 is foreground");
	}

	@Test
	void binaryCrossEntropyOfHugeLogitsIsFinite() {
		assertEquals(1000, CE.value(logits(new double[] { 1000 }), labels(0)));
		assertEquals(0, CE.value(logits(new double[] { 1000 }), labels(1)));
		assertEquals(1000, CE.value(logits(new double[] { -1000 }), labels(1)));
	}

	@Test
	void crossEntropyOfClasses() {
		// Softmax of (log 1, log 3, log 4) is (1/8, 3/8, 4/8)
		final double[][][] x = logits(new double[] { 0, 0 }, new double[] { L3, L3 }, new double[] { Math.log(4), Math.log(4) });
		assertEquals((-Math.log(0.375) - Math.log(0.5)) / 2, CE.value(x, labels(1, 2)), EXACT);
		assertEquals(1000, CE.value(logits(new double[] { 0 }, new double[] { 1000 }), labels(0)));
	}

	@Test
	void pixelWeights() {
		final double[][][] x = logits(new double[] { L3, L3 });
		assertEquals((2 * -Math.log(0.75) - 0.5 * Math.log(0.25)) / 2.5, CE.value(x, labels(1, 0), new double[][] { { 2, 0.5 } }), EXACT);
		assertEquals(0, CE.value(x, labels(255, 255)), "nothing counts");
		assertEquals(0, DICE.value(x, labels(255, 255)), "nothing counts: Dice is 1");
	}

	@Test
	void diceOfOneOutput() {
		// p = 3/4, 3/4, 1/4; t = 1, 0, 1: (2 * 1 + 1) / (7/4 + 2 + 1)
		assertEquals(1 - 3 / 4.75, DICE.value(logits(new double[] { L3, L3, -L3, 9 }), labels(1, 0, 1, 255)), EXACT);
	}

	@Test
	void diceIsPooledOverTheBatch() {
		final double[][][] x = { { { L3 } }, { { L3 } } };
		final byte[][] l = { { 1 }, { 0 } };
		assertEquals(1 - (2 * 0.75 + 1) / (1.5 + 1 + 1), DICE.value(x, l), EXACT);
	}

	@Test
	void diceOfClassesLeavesTheBackgroundOut() {
		// One pixel of class 1 with softmax (1/8, 3/8, 4/8)
		final double[][][] x = logits(new double[] { 0 }, new double[] { L3 }, new double[] { Math.log(4) });
		final double d1 = (2 * 0.375 + 1) / (0.375 + 1 + 1), d2 = 1 / (0.5 + 1);
		assertEquals(1 - (d1 + d2) / 2, DICE.value(x, labels(1)), EXACT);
	}

	@Test
	void theSumHasItsFactors() {
		final double[][][] x = logits(new double[] { L3, -1 });
		final byte[][] l = labels(1, 1);
		assertEquals(0.25 * CE.value(x, l) + 2 * DICE.value(x, l), new ReferenceLoss(0.25, 2).value(x, l), EXACT);
	}

	@Test
	void labelsWithoutAnOutputAreRefused() {
		assertEquals("Loss: expected labels below 2, or 255, got 2", assertThrows(IllegalArgumentException.class, //
			() -> CE.value(logits(new double[1], new double[1]), labels(2))).getMessage());
		assertEquals("Loss: expected 1 labels for image 0, got 2", assertThrows(IllegalArgumentException.class, //
			() -> CE.value(logits(new double[1]), labels(0, 0))).getMessage());
	}
}
