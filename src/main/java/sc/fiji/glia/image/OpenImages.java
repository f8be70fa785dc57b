package sc.fiji.glia.image;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.WindowManager;

/** The images that are open in ImageJ, also those of batch mode and of a headless macro. */
public final class OpenImages {

	private OpenImages() {}

	/**
	 * The open image of this title.
	 *
	 * @param title exact title
	 * @throws IllegalArgumentException if none bears it, naming those that are open, or if several do
	 */
	public static ImagePlus find(final String title) {
		return find(title, open());
	}

	/** The image of this title among {@code images}, see {@link #find(String)}. */
	static ImagePlus find(final String title, final List<ImagePlus> images) {
		final List<ImagePlus> found = images.stream().filter(i -> title.equals(i.getTitle())).toList();
		if (found.size() == 1) return found.get(0);
		if (found.size() > 1) throw new IllegalArgumentException(found.size() + " open images are titled '" + title + "'. Rename one (Image > Rename...).");
		final List<String> titles = images.stream().map(i -> "'" + i.getTitle() + "'").toList();
		throw new IllegalArgumentException("No open image is titled '" + title + "'. " + (titles.isEmpty() ? "No image is open." : "Open: " + String.join(", ",
			titles) + "."));
	}

	/** All open images, in the order they were opened; the current temporary image of a macro is one of them. */
	public static List<ImagePlus> open() {
		final List<ImagePlus> images = new ArrayList<>();
		final int[] ids = WindowManager.getIDList();
		if (ids != null) for (final int id : ids) {
			final ImagePlus imp = WindowManager.getImage(id);
			if (imp != null) images.add(imp);
		}
		final ImagePlus current = WindowManager.getTempCurrentImage();
		if (current != null && !images.contains(current)) images.add(current);
		return images;
	}
}
