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

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

import javax.swing.JPanel;

import sc.fiji.glia.task.report.Preview;

/**
 * A validation image three times: as it is, with its label, with the prediction. The three stand side by side or one above the other, whichever
 * shows them larger.
 * <p>
 * Used on the event thread only.
 */
final class PreviewPanel extends JPanel {

	private Optional<PreviewPictures> pictures = Optional.empty();
	private String name = "";

	PreviewPanel() {
		setPreferredSize(new Dimension(Look.em(48), Look.em(20)));
		setMinimumSize(new Dimension(Look.em(20), Look.em(10)));
		getAccessibleContext().setAccessibleName("Preview");
	}

	/**
	 * Shows an image instead of the one before.
	 *
	 * @param preview the image
	 * @param epoch the epoch after which it was predicted
	 */
	void show(final Preview preview, final int epoch) {
		pictures = Optional.of(PreviewPictures.of(preview));
		name = preview.name() + ", after epoch " + epoch;
		repaint();
	}

	/** Shows no image, as before the first epoch. */
	void clear() {
		pictures = Optional.empty();
		repaint();
	}

	@Override
	protected void paintComponent(final Graphics graphics) {
		final Graphics2D g = Look.smooth((Graphics2D) graphics.create());
		try {
			g.setColor(Look.ground());
			g.fillRect(0, 0, getWidth(), getHeight());
			g.setFont(Look.font(0.9));
			if (pictures.isPresent()) paintPictures(g, pictures.get());
			else centered(g, "The preview comes after the first epoch", 0, getWidth(), getHeight() / 2.0, Look.faintInk());
		}
		finally {
			g.dispose();
		}
	}

	private void paintPictures(final Graphics2D g, final PreviewPictures p) {
		final FontMetrics metrics = g.getFontMetrics();
		final double gap = Look.em(0.8), caption = metrics.getHeight() + Look.em(0.3);
		final double width = getWidth() - 2 * gap, height = getHeight() - gap - caption - Look.em(0.3);
		final double inRow = Math.min((width - 2 * gap) / 3 / p.width(), (height - caption - gap * 0.5) / p.height());
		final double inColumn = Math.min(width / p.width(), ((height - 2 * gap) / 3 - caption) / p.height());
		final boolean row = inRow >= inColumn;
		final double scale = Math.max(inRow, inColumn);
		if (scale * Math.min(p.width(), p.height()) < 4) return;
		final double w = p.width() * scale, h = p.height() * scale;
		final double left = row ? (getWidth() - 3 * w - 2 * gap) / 2 : (getWidth() - w) / 2;
		final double blockHeight = row ? h + caption : 3 * (h + caption) + 2 * gap;
		final double top = gap * 0.5 + Math.max(0, (height - blockHeight) / 2);
		for (int i = 0; i < 3; i++) {
			final double x = left + (row ? i * (w + gap) : 0), y = top + (row ? 0 : i * (h + caption + gap)) + caption;
			centered(g, p.panels().get(i).caption(), x, w, y - Look.em(0.45), Look.ink());
			paintPanel(g, p.panels().get(i), new Rectangle2D.Double(x, y, w, h), scale);
		}
		centered(g, name, 0, getWidth(), top + blockHeight + metrics.getAscent() + Look.em(0.4), Look.faintInk());
	}

	private static void paintPanel(final Graphics2D g, final PreviewPictures.Panel panel, final Rectangle2D area, final double scale) {
		panel.image().draw(g, area);
		final Graphics2D inside = (Graphics2D) g.create();
		inside.clip(area);
		final AffineTransform toScreen = new AffineTransform(scale, 0, 0, scale, area.getX(), area.getY());
		inside.setStroke(new BasicStroke(1.4f));
		for (final PreviewPictures.Border border : panel.borders()) {
			inside.setColor(border.color());
			inside.draw(new Path2D.Double(border.lines(), toScreen));
		}
		inside.dispose();
		g.setColor(Look.frame());
		g.draw(area);
	}

	/** Writes a text in the middle between {@code x} and {@code x + width}. */
	static void centered(final Graphics2D g, final String text, final double x, final double width, final double base, final Color color) {
		g.setColor(color);
		g.drawString(text, (float) (x + (width - g.getFontMetrics().stringWidth(text)) / 2), (float) base);
	}
}
