package sc.fiji.glia.command;

import java.io.File;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import sc.fiji.glia.ui.UserTask;

/** Compares a segmentation with a reference. */
@Plugin(type = Command.class, menuPath = "Plugins>Glia>Evaluate Segmentation...", headless = true)
public class EvaluateImage extends TaskCommand {

	@Parameter(label = "Segmentation", persist = false, //
		description = "Title of the mask or label image to judge; the active image if left out.")
	private ImagePlus image;

	@Parameter(label = "Reference", persist = false, //
		description = "Title of the open mask or label image that is taken as the truth.")
	private String reference = "";

	@Parameter(label = "CSV file to write", style = "save", required = false, persist = false, //
		description = "File for the table, with columns scope,dice,iou,accuracy,sensitivity,specificity; empty writes none.")
	private File save = new File("");

	@Override
	protected UserTask task() {
		return UserTask.EVALUATE;
	}
}
