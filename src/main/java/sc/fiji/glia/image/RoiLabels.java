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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import ij.ImagePlus;
import ij.gui.Arrow;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;

import sc.fiji.glia.data.Sample;

/**
 * Labels painted as ROIs. Their classes come from group or name, as {@link RoiClasses} says; where ROIs overlap the later one counts, and
 * {@code ignore} always wins. Areas are filled without their holes; lines and points are as wide as their stroke. Text, arrows, pictures, and scale and
 * calibration bars are no labels.
 * <p>
 * A ROI lies on the slice of its position, or on the planes of its c, z and t position, of which 0 means all; the channel counts nothing, for
 * all channels of a plane share its labels. A ROI without position lies on every slice.
 * <p>
 * Unless the ROIs are complete, slices without a ROI are left out and pixels outside of all ROIs are {@link Sample#IGNORE}: background is
 * then what is painted with ROIs named {@code background}. If they are complete, every slice counts and what is not painted is background.
 */
public final class RoiLabels implements Labels {

	private final int width, height;
	private final boolean complete;
	private final List<String> classes;
	private final List<List<Mark>> planes = new ArrayList<>();
	private final int count;

	/** A ROI, or one point of a point selection, on one plane. */
	private record Mark(Roi roi, int point, byte value) {}

	/**
	 * @param image what is labelled
	 * @param rois ROIs, from the overlay, the ROI Manager or elsewhere
	 * @param complete whether pixels without a ROI are background
	 * @throws IllegalArgumentException if there is no ROI of a class, no background, or a ROI on a slice that the image does not have
	 */
	public RoiLabels(final ImagePlus image, final Roi[] rois, final boolean complete) {
		width = image.getWidth();
		height = image.getHeight();
		this.complete = complete;
		final List<Roi> used = Arrays.stream(rois).filter(RoiLabels::isLabel).map(r -> (Roi) r.clone()).toList();
		final RoiClasses roiClasses = new RoiClasses(used);
		classes = roiClasses.names();
		count = used.size();
		for (int p = 0; p < image.getNSlices() * image.getNFrames(); p++) planes.add(new ArrayList<>());
		for (final Roi r : used) place(r, roiClasses.value(r), image);
		for (final List<Mark> marks : planes) marks.sort((a, b) -> Boolean.compare(a.value == Sample.IGNORE, b.value == Sample.IGNORE));
		if (classes.isEmpty()) throw new IllegalArgumentException("Image '" + image.getTitle() + "' has no ROI that says what the network should find" + (used
			.isEmpty() ? "" : " (only background and ignore)") + ". Draw ROIs and add them to the overlay (press b) or to the ROI Manager (press t).");
		if (!complete && !roiClasses.hasBackground()) throw new IllegalArgumentException("The ROIs of image '" + image.getTitle() +
			"' show only foreground, so a network cannot learn what is background. " +
			"Draw some ROIs named background, or say that the ROIs are complete (then all else is background).");
	}

	/** The ROIs of the overlay of {@code image} followed by those of a ROI Manager. */
	public static Roi[] rois(final ImagePlus image, final Roi[] manager) {
		final List<Roi> rois = new ArrayList<>();
		final Overlay overlay = image.getOverlay();
		if (overlay != null) rois.addAll(Arrays.asList(overlay.toArray()));
		rois.addAll(Arrays.asList(manager));
		return rois.toArray(new Roi[0]);
	}

	private static boolean isLabel(final Roi roi) {
		final String name = roi.getName() == null ? "" : roi.getName();
		return !(roi instanceof TextRoi || roi instanceof ImageRoi || roi instanceof Arrow || name.startsWith("|SB|") || name.startsWith("|CB|"));
	}

	private void place(final Roi roi, final byte value, final ImagePlus image) {
		if (roi instanceof PointRoi points) {
			final int n = points.getFloatPolygon().npoints;
			for (int i = 0; i < n; i++) {
				final int own = points.getPointPosition(i);
				if (own > 0) plane(stackPlane(own, roi, image)).add(new Mark(roi, i, value));
				else for (final int p : positions(roi, image)) plane(p).add(new Mark(roi, i, value));
			}
		}
		else for (final int p : positions(roi, image)) plane(p).add(new Mark(roi, -1, value));
	}

	private List<Mark> plane(final int p) {
		return planes.get(p);
	}

	private static List<Integer> positions(final Roi roi, final ImagePlus image) {
		final int slices = image.getNSlices(), frames = image.getNFrames();
		if (!roi.hasHyperStackPosition() && roi.getPosition() > 0) return List.of(stackPlane(roi.getPosition(), roi, image));
		final int z = roi.getZPosition(), t = roi.getTPosition();
		if (roi.hasHyperStackPosition() && (z > slices || t > frames)) throw outside(roi, "z " + z + ", t " + t, image);
		final List<Integer> positions = new ArrayList<>();
		for (int p = 0; p < slices * frames; p++) {
			final boolean here = !roi.hasHyperStackPosition() || (z == 0 || z == p % slices + 1) && (t == 0 || t == p / slices + 1);
			if (here) positions.add(p);
		}
		return positions;
	}

	private static int stackPlane(final int index, final Roi roi, final ImagePlus image) {
		if (index > image.getStackSize()) throw outside(roi, "slice " + index, image);
		return (index - 1) / image.getNChannels();
	}

	private static IllegalArgumentException outside(final Roi roi, final String where, final ImagePlus image) {
		return new IllegalArgumentException("ROI '" + (roi.getName() == null ? "unnamed" : roi.getName()) + "' lies on " + where + ", but image '" + image
			.getTitle() + "' has " + image.getNSlices() + " slices and " + image.getNFrames() + " frames. Remove the ROI, or is it of another image?");
	}

	@Override
	public int size() {
		return planes.size();
	}

	@Override
	public boolean isLabelled(final int plane) {
		return complete || !planes.get(plane).isEmpty();
	}

	@Override
	public byte[] get(final int plane) {
		final byte[] labels = new byte[width * height];
		if (!complete) Arrays.fill(labels, Sample.IGNORE);
		final RoiPainter painter = new RoiPainter(labels, width, height);
		for (final Mark m : planes.get(plane)) {
			// A ROI is not made for several threads: it keeps its mask and its coordinates
			final Roi roi;
			synchronized (m.roi) {
				roi = (Roi) m.roi.clone();
			}
			if (m.point >= 0) painter.point((PointRoi) roi, m.point, m.value);
			else painter.paint(roi, m.value);
		}
		return labels;
	}

	@Override
	public List<String> classes() {
		return classes;
	}

	@Override
	public String description() {
		return "labels: " + count + (count == 1 ? " ROI" : " ROIs") + " of " + String.join(", ", classes) + "; " + (complete ? "all else is background"
			: "pixels outside of them count nothing");
	}
}
