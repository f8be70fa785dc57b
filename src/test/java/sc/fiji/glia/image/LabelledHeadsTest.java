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
package sc.fiji.glia.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;

import org.junit.jupiter.api.Test;

/** The committed stack is what the generator makes, and brightness alone does not tell the classes apart. */
class LabelledHeadsTest {

	@Test
	void committedFileIsTheGenerators() {
		final ImagePlus made = LabelledHeads.make(), read = IJ.openImage(Phantoms.FOLDER.resolve(LabelledHeads.TITLE).toString());
		int lesions = 0;
		final double[] means = new double[2];
		for (int i = 1; i <= LabelledHeads.HEADS; i++) {
			assertArrayEquals((byte[]) made.getStack().getPixels(i), (byte[]) read.getStack().getPixels(i), "slice " + i + ": run LabelledHeads.main");
			assertEquals(made.getStack().getSliceLabel(i), read.getStack().getSliceLabel(i));
			final boolean isLesion = read.getStack().getSliceLabel(i).equals("lesion");
			if (isLesion) lesions++;
			means[isLesion ? 1 : 0] += read.getStack().getProcessor(i).getStats().mean;
		}
		assertEquals(LabelledHeads.HEADS / 2, lesions);
		assertTrue(Math.abs(means[0] - means[1]) / lesions < 5, "mean of healthy heads " + means[0] / lesions + ", of others " + means[1] / lesions);
	}
}
