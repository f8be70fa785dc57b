package sc.fiji.glia.ui;

import java.util.List;
import java.util.Optional;

import ij.ImagePlus;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.task.Values;

/** A task whose result is an image that says in its title what the task was given. */
public final class FakeTask {

	/** Takes an image and one value of several kinds. */
	public static final UserTask TASK = new UserTask("fake", new Settings("Fake Task...", "Plugins>Glia", List.of( //
		Setting.image("image", "Image", "Any image."), //
		Setting.whole("seed", 1, 0, 9, "Seed", "A number."), //
		Setting.onOff("overlay", "Overlay", "A switch."), //
		Setting.path("file", Setting.Kind.FILE_OPEN, "File", "A path."))), List.of(), FakeTask::run);

	private FakeTask() {}

	private static Optional<ImagePlus> run(final Values v, final Optional<ImagePlus> image) {
		if (v.whole("seed") == 9) throw new IllegalArgumentException("seed: nine is out");
		if (v.whole("seed") == 8) throw new IllegalStateException("eight is a defect");
		final ImagePlus result = image.orElseThrow().duplicate();
		result.setTitle(image.orElseThrow().getTitle() + " seed=" + v.whole("seed") + " overlay=" + v.isOn("overlay") + " file=" + v.text("file"));
		return Optional.of(result);
	}
}
