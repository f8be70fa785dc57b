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

import java.io.IOException;
import java.nio.file.Files;

import ij.IJ;
import ij.ImagePlus;

import org.junit.jupiter.api.Test;

/** The committed stacks are what the generator makes, and no threshold segments them. */
class PhantomsTest {

	private static final String[] NAMES = { "phantom-a", "phantom-b" };

	@Test
	void committedFilesAreTheGenerators() throws IOException {
		for (final String name : NAMES) compare(name);
	}

	private static void compare(final String name) throws IOException {
		final Phantoms.Phantom p = Phantoms.make(name);
		for (final ImagePlus made : new ImagePlus[] { p.image(), p.mask() }) {
			final ImagePlus read = IJ.openImage(Phantoms.FOLDER.resolve(made.getTitle()).toString());
			assertEquals(Phantoms.SLICES, read.getNSlices());
			assertEquals("mm", read.getCalibration().getUnit());
			assertEquals(1.6, read.getCalibration().pixelWidth, 1e-9);
			for (int z = 1; z <= Phantoms.SLICES; z++) assertArrayEquals((byte[]) made.getStack().getPixels(z), (byte[]) read.getStack().getPixels(z), made
				.getTitle() + " slice " + z + ": run Phantoms.main and look at the pictures");
			assertTrue(Files.size(Phantoms.FOLDER.resolve(made.getTitle())) < 300_000);
		}
	}

	@Test
	void noThresholdFindsTheLesions() {
		for (final String name : NAMES) threshold(name);
	}

	private static void threshold(final String name) {
		final Phantoms.Phantom p = Phantoms.make(name);
		final long[] inside = new long[257], outside = new long[257];
		int slicesWithout = 0;
		for (int z = 1; z <= Phantoms.SLICES; z++) {
			final byte[] v = (byte[]) p.image().getStack().getPixels(z), m = (byte[]) p.mask().getStack().getPixels(z);
			boolean any = false;
			for (int i = 0; i < v.length; i++) {
				(m[i] != 0 ? inside : outside)[v[i] & 0xff]++;
				any |= m[i] != 0;
			}
			if (!any) slicesWithout++;
		}
		long lesion = 0, hit = 0, wrong = 0;
		for (final long n : inside) lesion += n;
		double best = 0;
		for (int t = 255; t >= 0; t--) {
			hit += inside[t];
			wrong += outside[t];
			best = Math.max(best, 2.0 * hit / (lesion + hit + wrong));
		}
		assertTrue(lesion > 1000, "lesion of " + lesion + " voxels");
		assertTrue(slicesWithout >= 3 && slicesWithout <= 8, slicesWithout + " slices without lesion");
		assertTrue(best < 0.5, "best threshold's Dice " + best);
	}
}
