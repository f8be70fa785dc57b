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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.function.IntPredicate;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.task.report.Preview;

class PreviewPicturesTest {

	@Test
	void classesAreTintedIgnoredPixelsDarkened() {
		final Preview p = new Preview("a", 4, 1, new float[] { 0, 1, 1, 1 }, new byte[] { 0, 0, 1, Sample.IGNORE }, new float[] { 0, 0, 1, 0 });
		final PreviewPictures pictures = PreviewPictures.of(p);
		final BufferedImage input = pictures.panels().get(0).image().level(4), label = pictures.panels().get(1).image().level(4), prediction = pictures.panels().get(2)
			.image().level(4);
		assertEquals(0xFF000000, input.getRGB(0, 0));
		assertEquals(0xFFFFFFFF, input.getRGB(1, 0));
		assertEquals(input.getRGB(1, 0), label.getRGB(1, 0));
		assertNotEquals(input.getRGB(2, 0), label.getRGB(2, 0));
		assertEquals(0xFF666666, label.getRGB(3, 0));
		assertEquals(input.getRGB(3, 0), prediction.getRGB(3, 0));
		assertNotEquals(input.getRGB(2, 0), prediction.getRGB(2, 0));
		assertEquals(0, pictures.panels().get(0).borders().size());
		assertEquals(1, pictures.panels().get(1).borders().size());
	}

	@Test
	void theOutlineOfARectangleIsItsFourSides() {
		final IntPredicate inside = i -> i % 6 >= 2 && i % 6 < 5 && i / 6 >= 1 && i / 6 < 3;
		assertEquals(new Rectangle2D.Float(2, 1, 3, 2), Outline.of(6, 5, inside).getBounds2D());
		assertEquals(2 * 3 + 2 * 2, length(6, 5, inside), 0);
	}

	@Test
	void theOutlineFollowsTheImageBorderAndHoles() {
		assertEquals(4 * 3, length(3, 3, i -> true), 0);
		assertEquals(4 * 3 + 4, length(3, 3, i -> i != 4), 0);
		assertEquals(0, length(3, 3, i -> false), 0);
	}

	@Test
	void tooManyLinesAreLeftOut() {
		final Random random = new Random(1);
		final float[] noise = new float[512 * 512];
		for (int i = 0; i < noise.length; i++) noise[i] = random.nextFloat();
		final PreviewPictures pictures = PreviewPictures.of(new Preview("a", 512, 512, noise, new byte[noise.length], noise));
		assertTrue(pictures.panels().get(2).borders().isEmpty());
	}

	private static double length(final int width, final int height, final IntPredicate inside) {
		double length = 0;
		final double[] from = new double[6], to = new double[6];
		for (final PathIterator i = Outline.of(width, height, inside).getPathIterator(null); !i.isDone(); i.next()) {
			if (i.currentSegment(to) == PathIterator.SEG_LINETO) length += Math.hypot(to[0] - from[0], to[1] - from[1]);
			System.arraycopy(to, 0, from, 0, 6);
		}
		return length;
	}
}
