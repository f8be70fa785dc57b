package sc.fiji.glia.task;

import static sc.fiji.glia.task.Setting.image;
import static sc.fiji.glia.task.Setting.path;
import static sc.fiji.glia.task.Setting.title;

import java.util.List;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import sc.fiji.glia.task.Setting.Kind;

/** Compares a segmentation with a reference. */
public final class EvaluateSegmentation {

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Evaluate Segmentation...", "Plugins>Glia", List.of( //
		image("image", "Segmentation", "Title of the mask or label image to judge; the active image if left out."), //
		title("reference", "", List.of(), "Reference", "Title of the open mask or label image that is taken as the truth.").required(), //
		path("save", Kind.FILE_SAVE, "CSV file to write",
			"File for the table, with columns scope,dice,iou,accuracy,sensitivity,specificity; empty writes none.")));

	private EvaluateSegmentation() {}

	/**
	 * Judges every slice, the labelled slices and the whole volume.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param image the segmentation
	 * @return one row per scope, for a table titled {@code Glia Evaluation}
	 * @throws IllegalArgumentException if image and reference differ in size; the message is for the user
	 * @throws java.io.UncheckedIOException if the CSV file cannot be written
	 */
	public static ResultsTable run(final Values values, final ImagePlus image) {
		throw new UnsupportedOperationException("not yet");
	}
}
