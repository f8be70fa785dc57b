package sc.fiji.glia.image;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.RoiEncoder;
import ij.plugin.filter.ThresholdToSelection;
import ij.plugin.frame.RoiManager;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

/**
 * Predicted objects as ROIs: one per connected object (8-connected) per plane, holes left out, named {@code class#number} with the numbers running
 * through the stack, group = class, coloured by class, positioned by slice or, in hyperstacks, by z and t on all channels.
 */
public final class RoiResults {

	/** Property that marks ROIs made here. */
	private static final String MARK = "glia";

	private RoiResults() {}

	/**
	 * The objects of all planes.
	 *
	 * @param source what was segmented
	 * @param classes class of each pixel for each plane
	 * @param names names of the foreground classes 1, 2 ...
	 */
	public static List<Roi> trace(final ImagePlus source, final List<byte[]> classes, final List<String> names) {
		final List<Roi> rois = new ArrayList<>();
		final int[] numbers = new int[names.size() + 1];
		for (int p = 0; p < classes.size(); p++) for (int k = 1; k <= names.size(); k++) {
			final Components components = Components.of(classes.get(p), source.getWidth(), source.getHeight(), k);
			for (int n = 1; n <= components.count(); n++) {
				final Roi roi = trace(components, n);
				roi.setName(names.get(k - 1) + "#" + ++numbers[k]);
				decorate(roi, k);
				position(roi, p, source);
				rois.add(roi);
			}
		}
		return rois;
	}

	/** Outline of component {@code n}, from its bounding box alone. */
	private static Roi trace(final Components components, final int n) {
		final int w = components.width();
		int left = w, right = -1, top = -1, bottom = -1;
		for (int i = 0; i < components.labels().length; i++) if (components.labels()[i] == n) {
			left = Math.min(left, i % w);
			right = Math.max(right, i % w);
			if (top < 0) top = i / w;
			bottom = i / w;
		}
		final FloatProcessor box = new FloatProcessor(right - left + 1, bottom - top + 1);
		for (int y = top; y <= bottom; y++) for (int x = left; x <= right; x++) if (components.labels()[y * w + x] == n) box.setf(x - left, y - top, 1);
		box.setThreshold(0.5, 2, ImageProcessor.NO_LUT_UPDATE);
		final Roi roi = new ThresholdToSelection().convert(box);
		roi.setLocation(left + roi.getXBase(), top + roi.getYBase());
		return roi;
	}

	private static void decorate(final Roi roi, final int k) {
		final Color color = LabelColors.of(k);
		roi.setGroup(k);
		roi.setStrokeColor(color);
		roi.setProperty(MARK, "object");
	}

	private static void position(final Roi roi, final int plane, final ImagePlus source) {
		final int slices = source.getNSlices();
		if (source.isHyperStack() || source.getNChannels() > 1 || slices > 1 && source.getNFrames() > 1) roi.setPosition(0, plane % slices + 1, plane / slices +
			1);
		else roi.setPosition(plane + 1);
	}

	/** True for ROIs made here. */
	public static boolean isOurs(final Roi roi) {
		return roi.getProperty(MARK) != null;
	}

	/** Adds the ROIs to the overlay of {@code image}, in the place of those that were added so before; all others stay. */
	public static void overlay(final ImagePlus image, final List<Roi> rois) {
		final Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
		for (int i = overlay.size() - 1; i >= 0; i--) if (isOurs(overlay.get(i))) overlay.remove(i);
		for (final Roi roi : rois) overlay.add((Roi) roi.clone());
		image.setOverlay(overlay);
	}

	/** Appends the ROIs to the ROI Manager, which opens if need be. Needs a screen; see {@link #write} where there is none. */
	public static void manager(final ImagePlus image, final List<Roi> rois) {
		final RoiManager manager = RoiManager.getRoiManager();
		// NB: the third argument keeps the ROI's name and position
		for (final Roi roi : rois) manager.add(image, (Roi) roi.clone(), -1);
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
