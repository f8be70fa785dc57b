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

import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.io.RoiEncoder;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

/**
 * Predictions as ROIs. Objects: one per connected object (8-connected) per plane, holes left out, named {@code class#number} with the numbers running
 * through the stack, group = class, coloured by class, positioned by slice or, in hyperstacks, by z and t on all channels.
 */
public final class RoiResults {

	/** Property that marks ROIs that Glia has made, and its values for those made here. */
	private static final String MARK = "glia", OBJECT = "object", TEXT = "class";

	private static final double MARGIN = 0.02;

	private RoiResults() {}

	/**
	 * The objects of all planes, plane by plane.
	 *
	 * @param source what was segmented
	 * @param classes class of each pixel for each plane
	 * @param names names of the foreground classes 1, 2 ...
	 */
	public static List<Roi> trace(final ImagePlus source, final List<byte[]> classes, final List<String> names) {
		final List<Roi> rois = new ArrayList<>();
		for (int k = 1; k <= names.size(); k++) trace(source, classes, k, names.get(k - 1), rois);
		rois.sort(Comparator.comparingInt(r -> Math.max(r.getPosition(), r.getTPosition() * source.getNSlices() + r.getZPosition())));
		return rois;
	}

	private static void trace(final ImagePlus source, final List<byte[]> classes, final int k, final String name, final List<Roi> rois) {
		final Roi style = style(k);
		int number = 0;
		for (int p = 0; p < classes.size(); p++) for (final Roi roi : outlines(Components.of(classes.get(p), source.getWidth(), source.getHeight(), k))) {
			roi.copyAttributes(style);
			roi.setName(name + "#" + ++number);
			roi.setProperty(MARK, OBJECT);
			position(roi, p, source);
			rois.add(roi);
		}
	}

	/** Outlines of all components, each from its bounding box. */
	private static List<Roi> outlines(final Components components) {
		final int w = components.width();
		final int[] labels = components.labels();
		final Rectangle[] boxes = new Rectangle[components.count()];
		for (int i = 0; i < labels.length; i++) {
			if (labels[i] == 0) continue;
			final Rectangle pixel = new Rectangle(i % w, i / w, 1, 1), box = boxes[labels[i] - 1];
			if (box == null) boxes[labels[i] - 1] = pixel;
			else if (!box.contains(pixel)) box.add(pixel);
		}
		final List<Roi> rois = new ArrayList<>();
		for (int n = 1; n <= boxes.length; n++) rois.add(outline(components, n, boxes[n - 1]));
		return rois;
	}

	private static Roi outline(final Components components, final int n, final Rectangle box) {
		final FloatProcessor ip = new FloatProcessor(box.width, box.height);
		for (int y = 0; y < box.height; y++) for (int x = 0; x < box.width; x++) if (components.labels()[(box.y + y) * components.width() + box.x + x] == n) ip
			.setf(x, y, 1);
		ip.setThreshold(0.5, 2, ImageProcessor.NO_LUT_UPDATE);
		final Roi roi = new ThresholdToSelection().convert(ip);
		roi.setLocation(box.x + roi.getXBase(), box.y + roi.getYBase());
		return roi;
	}

	/** What the ROIs of class k have in common. NB: setGroup looks for ImageJ's group colours and logs if they are not installed, so once per class. */
	private static Roi style(final int k) {
		final Roi style = new Roi(0, 0, 1, 1);
		style.setGroup(k);
		style.setStrokeColor(LabelColors.of(k));
		return style;
	}

	/** Has a ROI stand on a plane. */
	static void position(final Roi roi, final int plane, final ImagePlus source) {
		final int slices = source.getNSlices();
		if (source.isHyperStack() || source.getNChannels() > 1 || slices > 1 && source.getNFrames() > 1) roi.setPosition(0, plane % slices + 1, plane / slices +
			1);
		else roi.setPosition(plane + 1);
	}

	/** True for ROIs that Glia has made. */
	public static boolean isOurs(final Roi roi) {
		return roi.getProperty(MARK) != null;
	}

	/** Adds outlines of objects to the overlay of {@code image}, in the place of those that were added so before; all others stay. */
	public static void overlay(final ImagePlus image, final List<Roi> rois) {
		replace(image, rois, OBJECT);
	}

	/**
	 * Writes a text in a corner of each plane, in the overlay of {@code image}, in the place of those that were written so before; all others stay. The group of
	 * a text is its class, from 1; its background has the colour of that.
	 *
	 * @param texts what to write on each plane
	 * @param classes class of each plane, from 0
	 */
	public static void overlay(final ImagePlus image, final List<String> texts, final int[] classes) {
		final Font font = font(image, texts);
		final Map<Integer, Roi> styles = new HashMap<>();
		final List<Roi> rois = new ArrayList<>();
		for (int p = 0; p < classes.length; p++) {
			final TextRoi roi = new TextRoi(MARGIN * image.getWidth(), MARGIN * image.getHeight(), texts.get(p), font);
			roi.copyAttributes(styles.computeIfAbsent(classes[p] + 1, RoiResults::style));
			final Color color = roi.getStrokeColor();
			roi.setFillColor(color);
			roi.setStrokeColor(isBright(color) ? Color.BLACK : Color.WHITE);
			roi.setAntiAlias(true);
			roi.setName(texts.get(p));
			position(roi, p, image);
			rois.add(roi);
		}
		replace(image, rois, TEXT);
	}

	/** By the weights that the red, green and blue of a screen have for the eye (ITU-R BT.709). */
	private static boolean isBright(final Color c) {
		return 0.2126 * c.getRed() + 0.7152 * c.getGreen() + 0.0722 * c.getBlue() > 128;
	}

	/** As large as is read easily, if the longest text fits into the width: letters are little more than half as wide as high. */
	private static Font font(final ImagePlus image, final List<String> texts) {
		final int longest = texts.stream().mapToInt(String::length).max().orElse(1);
		final double size = Math.min(image.getHeight() / 12.0, 1.5 * image.getWidth() / Math.max(1, longest));
		return new Font(Font.SANS_SERIF, Font.PLAIN, (int) Math.max(4, Math.min(48, size)));
	}

	/** Adds copies to the overlay of {@code image}, marked as of a kind, in the place of those of that kind; all others stay. Pictures come below all others. */
	static void replace(final ImagePlus image, final List<Roi> rois, final String kind) {
		final Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
		final List<Roi> others = Arrays.stream(overlay.toArray()).filter(r -> !kind.equals(r.getProperty(MARK))).toList();
		final List<Roi> copies = rois.stream().map(r -> (Roi) r.clone()).toList();
		for (final Roi copy : copies) copy.setProperty(MARK, kind);
		overlay.clear();
		copies.stream().filter(ImageRoi.class::isInstance).forEach(overlay::add);
		others.forEach(overlay::add);
		copies.stream().filter(r -> !(r instanceof ImageRoi)).forEach(overlay::add);
		image.setOverlay(overlay);
	}

	/**
	 * Writes the ROIs as a RoiSet.zip that the ROI Manager opens. What was at {@code file} is replaced once all is written.
	 *
	 * @throws UncheckedIOException if the file cannot be written
	 */
	public static void write(final List<Roi> rois, final Path file) {
		final Path target = file.toAbsolutePath();
		try {
			final Path part = Files.createTempFile(target.getParent(), "rois", ".part");
			try {
				try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
					int n = 0;
					for (final Roi roi : rois) {
						final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
						new RoiEncoder(bytes).write(roi);
						final String name = roi.getName() == null ? "roi" : roi.getName().replaceAll("[\\\\/:*?\"<>|]", "_");
						zip.putNextEntry(new ZipEntry(String.format("%04d-%s.roi", ++n, name)));
						zip.write(bytes.toByteArray());
						zip.closeEntry();
					}
				}
				move(part, target);
			}
			finally {
				Files.deleteIfExists(part);
			}
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot write the ROIs to '" + target + "': " + e.getMessage() + ". Does the folder exist, and is it writable?", e);
		}
	}

	private static void move(final Path part, final Path target) throws IOException {
		try {
			Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final AtomicMoveNotSupportedException e) {
			Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
		}
	}
}
