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

import java.awt.Rectangle;

import ij.gui.Line;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.process.FloatPolygon;
import ij.process.ImageProcessor;

/** Paints a ROI into a plane of labels: areas are filled (holes left out), lines and points are drawn as wide as their stroke. */
record RoiPainter(byte[] labels, int width, int height) {

	void paint(final Roi roi, final byte value) {
		if (roi.isArea()) fill(roi, value);
		else draw(roi, value);
	}

	/** One point of a point selection. */
	void point(final PointRoi roi, final int index, final byte value) {
		final FloatPolygon p = roi.getFloatPolygon();
		stamp(p.xpoints[index], p.ypoints[index], radius(roi), value);
	}

	private void fill(final Roi roi, final byte value) {
		final Rectangle r = roi.getBounds();
		final ImageProcessor mask = roi.getMask();
		for (int y = Math.max(0, r.y); y < Math.min(height, r.y + r.height); y++) for (int x = Math.max(0, r.x); x < Math.min(width, r.x + r.width); x++)
			if (mask == null || mask.get(x - r.x, y - r.y) != 0) labels[y * width + x] = value;
	}

	private void draw(final Roi roi, final byte value) {
		final FloatPolygon p = outline(roi);
		final double radius = radius(roi);
		for (int i = 0; i < p.npoints; i++) {
			stamp(p.xpoints[i], p.ypoints[i], radius, value);
			if (i == 0) continue;
			final double dx = p.xpoints[i] - p.xpoints[i - 1], dy = p.ypoints[i] - p.ypoints[i - 1];
			final int steps = (int) Math.ceil(4 * Math.hypot(dx, dy));
			for (int s = 1; s < steps; s++) stamp(p.xpoints[i - 1] + dx * s / steps, p.ypoints[i - 1] + dy * s / steps, radius, value);
		}
	}

	private static FloatPolygon outline(final Roi roi) {
		if (roi instanceof Line line) return new FloatPolygon(new float[] { (float) line.x1d, (float) line.x2d }, new float[] { (float) line.y1d,
			(float) line.y2d }, 2);
		if (roi instanceof PolygonRoi polygon && polygon.isSplineFit()) return roi.getInterpolatedPolygon(0.5, false);
		return roi.getFloatPolygon();
	}

	private static double radius(final Roi roi) {
		return Math.max(1, roi.getStrokeWidth()) / 2;
	}

	/** The pixels within {@code radius} of (x, y), at least the nearest. NB: whole coordinates of lines and points are centres of pixels, not corners. */
	private void stamp(final double x, final double y, final double radius, final byte value) {
		set((int) Math.round(x), (int) Math.round(y), value);
		if (radius <= 0.5) return;
		for (int v = (int) Math.floor(y - radius); v <= y + radius; v++) for (int u = (int) Math.floor(x - radius); u <= x + radius; u++)
			if ((u - x) * (u - x) + (v - y) * (v - y) <= radius * radius) set(u, v, value);
	}

	private void set(final int x, final int y, final byte value) {
		if (x >= 0 && x < width && y >= 0 && y < height) labels[y * width + x] = value;
	}
}
