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

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

import org.junit.jupiter.api.Test;

class PictureTest {

	@Test
	void reductionTakesTheSmallestLevelThatIsLargeEnough() {
		final Picture picture = Picture.of(256, 256, i -> 0);
		assertEquals(256, picture.level(1000).getWidth());
		assertEquals(256, picture.level(129).getWidth());
		assertEquals(128, picture.level(128).getWidth());
		assertEquals(32, picture.level(1).getWidth());
	}

	@Test
	void enlargedPixelsAreSquaresInTheirArea() {
		final BufferedImage drawn = draw(Picture.of(2, 1, i -> i == 0 ? 0xff0000 : 0x0000ff), new Rectangle2D.Double(2, 3, 12, 6), 16);
		assertEquals(0xff0000, drawn.getRGB(7, 3) & 0xffffff);
		assertEquals(0x0000ff, drawn.getRGB(8, 8) & 0xffffff);
		assertEquals(0, drawn.getRGB(1, 5) & 0xffffff);
		assertEquals(0, drawn.getRGB(14, 5) & 0xffffff);
		assertEquals(0, drawn.getRGB(5, 9) & 0xffffff);
	}

	@Test
	void reducedPixelsAreAveraged() {
		// black and white squares of one pixel become gray wherever one looks
		final BufferedImage drawn = draw(Picture.of(256, 256, i -> (i % 256 + i / 256) % 2 == 0 ? 0 : 0xffffff), new Rectangle2D.Double(0, 0, 32, 32), 32);
		for (int i = 1; i < 31; i++) assertEquals(127.5, drawn.getRGB(i, i) & 0xff, 2);
	}

	private static BufferedImage draw(final Picture picture, final Rectangle2D area, final int size) {
		final BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		picture.draw(g, area);
		g.dispose();
		return image;
	}
}
