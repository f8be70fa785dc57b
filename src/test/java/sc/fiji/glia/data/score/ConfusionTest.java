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
package sc.fiji.glia.data.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.SampleList;

class ConfusionTest {

	private static final byte[] REFERENCE = SampleList.bytes(0, 0, 0, 0, 1, 1, 1, 2, 255, 255);
	private static final byte[] PREDICTION = SampleList.bytes(0, 0, 0, 1, 1, 1, 2, 0, 1, 0);

	@Test
	void countsByHand() {
		assertEquals(new Confusion(3, 1, 1, 3), Confusion.ofForeground(PREDICTION, REFERENCE));
		assertEquals(new Confusion(2, 1, 1, 4), Confusion.ofClass(PREDICTION, REFERENCE, 1));
		assertEquals(new Confusion(0, 1, 1, 6), Confusion.ofClass(PREDICTION, REFERENCE, 2));
		assertEquals(new Confusion(3, 1, 1, 3), Confusion.ofClass(PREDICTION, REFERENCE, 0));
		assertEquals(new Confusion(1, 0, 0, 0), Confusion.ofClass(SampleList.bytes(200), SampleList.bytes(200), 200));
	}

	@Test
	void scoresByHand() {
		final Confusion c = new Confusion(6, 2, 3, 9);
		assertEquals(12 / 17.0, c.dice(), 1e-15);
		assertEquals(6 / 11.0, c.iou(), 1e-15);
		assertEquals(15 / 20.0, c.accuracy(), 1e-15);
		assertEquals(6 / 9.0, c.sensitivity(), 1e-15);
		assertEquals(9 / 11.0, c.specificity(), 1e-15);
		assertEquals(6 / 8.0, c.precision(), 1e-15);
		assertEquals(new Confusion(7, 4, 6, 13), c.plus(new Confusion(1, 2, 3, 4)));
	}

	@Test
	void whatIsEmptyIsNotDefined() {
		final Confusion bothEmpty = new Confusion(0, 0, 0, 5), referenceEmpty = new Confusion(0, 2, 0, 3), predictionEmpty = new Confusion(0, 0, 2, 3);
		assertTrue(Double.isNaN(bothEmpty.dice()) && Double.isNaN(bothEmpty.iou()) && Double.isNaN(bothEmpty.sensitivity()));
		assertEquals(1, bothEmpty.accuracy());
		assertEquals(1, bothEmpty.specificity());
		assertEquals(0, referenceEmpty.dice());
		assertTrue(Double.isNaN(referenceEmpty.sensitivity()));
		assertEquals(0, predictionEmpty.dice());
		assertEquals(0, predictionEmpty.sensitivity());
		assertTrue(Double.isNaN(predictionEmpty.precision()));
		assertTrue(Double.isNaN(Confusion.NONE.accuracy()) && Double.isNaN(Confusion.NONE.specificity()));
	}

	@Test
	void predictionsMustHaveAClassForEachPixel() {
		assertThrows(IllegalArgumentException.class, () -> Confusion.ofForeground(SampleList.bytes(255), SampleList.bytes(1)));
		assertThrows(IllegalArgumentException.class, () -> Confusion.ofForeground(new byte[3], new byte[4]));
		assertEquals(Confusion.NONE, Confusion.ofForeground(SampleList.bytes(255), SampleList.bytes(255)));
	}

	@Test
	void slicesVolumesAndPool() {
		final SegmentationScores scores = new SegmentationScores(List.of(
			new SegmentationScores.Slice("a1", "a", new Confusion(1, 1, 1, 7)), // Dice 1/2
			new SegmentationScores.Slice("b1", "b", new Confusion(0, 0, 0, 10)),
			new SegmentationScores.Slice("a2", "a", new Confusion(4, 0, 0, 6)), // Dice 1
			new SegmentationScores.Slice("c1", "c", new Confusion(0, 2, 0, 8)))); // Dice 0, nothing to be found
		assertEquals(List.of("a", "b", "c"), List.copyOf(scores.groups().keySet()));
		assertEquals(new Confusion(5, 1, 1, 13), scores.groups().get("a"));
		assertEquals(new Confusion(5, 3, 1, 31), scores.pooled());
		assertEquals((10 / 12.0 + 0) / 2, scores.meanOfGroups(Confusion::dice), 1e-15, "group b is not defined and left out");
		assertEquals(0.75, scores.meanOfLabelledSlices(Confusion::dice), 1e-15);
		assertEquals(2, scores.labelledSlices().size());
		assertTrue(Double.isNaN(new SegmentationScores(List.of()).meanOfGroups(Confusion::dice)));
	}
}
