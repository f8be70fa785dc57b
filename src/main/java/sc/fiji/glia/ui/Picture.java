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

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * An image to draw at any size: enlarged much, its pixels stay sharp; reduced, they are averaged.
 *
 * @param levels the image, then each time at half the size
 */
record Picture(List<BufferedImage> levels) {

	/** So many times enlarged and more, pixels are shown as squares. */
	private static final double SQUARES = 3;
	/** Smaller images are not halved. */
	private static final int SMALL = 64;

	/**
	 * Makes an image from its pixels.
	 *
	 * @param rgb gives the colour, 0xRRGGBB, of pixel {@code y * width + x}
	 */
	static Picture of(final int width, final int height, final IntUnaryOperator rgb) {
		final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) image.setRGB(x, y, rgb.applyAsInt(y * width + x));
		final List<BufferedImage> levels = new ArrayList<>(List.of(image));
		for (BufferedImage last = image; Math.min(last.getWidth(), last.getHeight()) >= SMALL; levels.add(last)) last = half(last);
		return new Picture(List.copyOf(levels));
	}

	/** The colour of a gray value, 0 to 255. */
	static int rgb(final int gray) {
		return gray << 16 | gray << 8 | gray;
	}

	/** The smallest level that is at least {@code pixels} wide, or the image itself. */
	BufferedImage level(final double pixels) {
		return levels.stream().filter(level -> level.getWidth() >= pixels).reduce((a, b) -> b).orElse(levels.get(0));
	}

	/** Draws the image into an area; it is as wide and as high as that afterwards. */
	void draw(final Graphics2D g, final Rectangle2D area) {
		final Graphics2D inside = (Graphics2D) g.create();
		inside.clip(area);
		final boolean squares = area.getWidth() >= SQUARES * levels.get(0).getWidth();
		inside.setRenderingHint(RenderingHints.KEY_INTERPOLATION, squares ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
			: RenderingHints.VALUE_INTERPOLATION_BILINEAR);
		final BufferedImage image = level(area.getWidth() * g.getTransform().getScaleX());
		inside.drawImage(image, new AffineTransform(area.getWidth() / image.getWidth(), 0, 0, area.getHeight() / image.getHeight(), area.getX(), area
			.getY()), null);
		inside.dispose();
	}

	private static BufferedImage half(final BufferedImage image) {
		final int w = (image.getWidth() + 1) / 2, h = (image.getHeight() + 1) / 2;
		final BufferedImage half = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = half.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
		g.drawImage(image, 0, 0, w, h, null);
		g.dispose();
		return half;
	}
}
