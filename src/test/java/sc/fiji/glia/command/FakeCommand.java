package sc.fiji.glia.command;

import java.io.File;
import java.util.Optional;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import sc.fiji.glia.ui.FakeTask;
import sc.fiji.glia.ui.UserTask;

/** Offers {@link FakeTask}. */
@Plugin(type = Command.class, menuPath = "Plugins>Glia>Fake Task...", headless = true)
public class FakeCommand extends TaskCommand {

	@Parameter(persist = false)
	private ImagePlus image;

	@Parameter(persist = false)
	private int seed = 1;

	@Parameter(persist = false)
	private boolean overlay;

	@Parameter(persist = false, required = false)
	private File file = new File("");

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus result;

	@Override
	protected UserTask task() {
		return FakeTask.TASK;
	}

	@Override
	protected void setResult(final Optional<ImagePlus> image) {
		result = image.orElse(null);
	}
}
