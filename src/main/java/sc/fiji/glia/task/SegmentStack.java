package sc.fiji.glia.task;

import static sc.fiji.glia.task.Setting.choice;
import static sc.fiji.glia.task.Setting.decimal;
import static sc.fiji.glia.task.Setting.image;
import static sc.fiji.glia.task.Setting.onOff;
import static sc.fiji.glia.task.Setting.path;
import static sc.fiji.glia.task.Setting.whole;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import sc.fiji.glia.task.Setting.Kind;

/** Applies a trained network to an image or stack. */
public final class SegmentStack {

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Segment with Network...", "Plugins>Glia", List.of( //
		image("image", "Image", "Title of the image or stack to segment; the active image if left out."), //
		path("model", Kind.FILE_OPEN, "Model file", "Model file that a training has written.").required(), //
		choice("output", List.of("mask", "labels", "probability", "none"), "Output",
			"New image to make: mask (0 and 255), labels (class numbers, or object numbers if there is one class), probability (0 to 1), or none."), //
		decimal("threshold", 0.5, 0, 1, "Threshold", "Probability from which a pixel is foreground."), //
		whole("minimum", 0, 0, Integer.MAX_VALUE, "Smallest object (pixels)", "Objects of fewer pixels are removed."), //
		onOff("overlay", "Show as overlay", "Draws the outlines of the objects on the image, as its overlay."), //
		onOff("manager", "Add to ROI Manager", "Appends the outlines of the objects to the ROI Manager.")));

	private SegmentStack() {}

	/**
	 * What segmentation came to.
	 *
	 * @param output the new image, titled after the input; empty if none is wanted
	 * @param rois outlines of the objects with position and group; empty unless {@code overlay} or {@code manager} is on
	 * @param table one row per slice, for a table titled {@code Glia Segmentation}
	 */
	public record Result(Optional<ImagePlus> output, List<Roi> rois, ResultsTable table) {}

	/**
	 * Segments all slices. Sets the overlay of the image (and of the output) if that is wanted, but shows nothing and leaves the ROI Manager to the
	 * caller.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param image the image to segment
	 * @param progress hears the finished share, 0 to 1
	 * @param cancelled asked between tiles; if true, the task ends with a {@link java.util.concurrent.CancellationException}
	 * @throws IllegalArgumentException if image and model do not fit; the message is for the user
	 * @throws java.io.UncheckedIOException if the model cannot be read
	 */
	public static Result run(final Values values, final ImagePlus image, final DoubleConsumer progress, final BooleanSupplier cancelled) {
		throw new UnsupportedOperationException("not yet");
	}
}
