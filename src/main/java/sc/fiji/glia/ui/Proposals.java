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
package sc.fiji.glia.ui;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import ij.ImagePlus;
import ij.Prefs;
import ij.WindowManager;
import ij.io.FileInfo;
import ij.process.ImageProcessor;
import ij.process.ImageStatistics;
import sc.fiji.glia.task.OpenImages;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Settings;

/**
 * What a dialog shows at first: likely labels, a name for the model, the model used last, and what the user has entered before. Users see it and may
 * change it; macros never get it.
 */
public final class Proposals {

	private static final Pattern MASK_WORDS = Pattern.compile("(?i).*(mask|label|seg|truth|annot).*");
	private static final int SLICES_LOOKED_AT = 12;
	private static final String MODEL_PREFERENCE = "glia.model";
	/** Name of a model that is trained on neither an image nor a folder yet. */
	private static final String NAMELESS = "glia";

	private Proposals() {}

	/**
	 * A value for each setting of a task, by key: as the user had it last, else what is proposed for the image or folder, else the standard value.
	 *
	 * @param image the image that the dialog is opened for; ignored if the task takes none
	 */
	public static Map<String, String> initial(final UserTask task, final Optional<ImagePlus> image) {
		final Settings settings = task.settings();
		final Optional<ImagePlus> taken = image.filter(i -> settings.takeImage());
		final Map<String, String> last = LastValues.of(settings, taken), values = new LinkedHashMap<>();
		for (final Setting s : settings.list()) values.put(s.key(), s.standard());
		values.putAll(of(settings, taken, last.getOrDefault("folder", "")));
		values.putAll(last);
		taken.ifPresent(i -> values.put("image", i.getTitle()));
		if (settings.keys().contains("engine")) values.put("engine", UserTask.presentEngine());
		return values;
	}

	/** The active image; or, if that is the mask of another open image and the task learns from labels, the other. */
	public static Optional<ImagePlus> image(final Settings settings) {
		final Optional<ImagePlus> active = OpenImages.active();
		if (!settings.keys().contains("labels")) return active;
		return active.filter(Proposals::looksLikeLabels).flatMap(mask -> open().stream().filter(i -> !looksLikeLabels(i) && labels(i).filter(l -> l == mask)
			.isPresent()).findFirst()).or(() -> active);
	}

	/**
	 * Proposals by key for the settings for which there is something better than the standard value.
	 *
	 * @param folder what the task takes instead of the image, as a user enters it; "" for none
	 */
	public static Map<String, String> of(final Settings settings, final Optional<ImagePlus> image, final String folder) {
		final Map<String, String> proposals = new TreeMap<>();
		for (final Setting s : settings.list()) {
			final Optional<String> value = switch (s.kind()) {
				case TITLE -> image.flatMap(Proposals::labels).map(ImagePlus::getTitle);
				case FILE_SAVE -> s.isRequired() ? Optional.of(newModel(image, folder).toString()) : Optional.empty();
				case FILE_OPEN -> s.isRequired() ? lastModel() : Optional.empty();
				default -> Optional.empty();
			};
			value.ifPresent(v -> proposals.put(s.key(), v));
		}
		return proposals;
	}

	/** Keeps the path of a model for {@link #lastModel}, also when ImageJ is closed. */
	static void remember(final Path model) {
		Prefs.set(MODEL_PREFERENCE, model.toAbsolutePath().toString());
	}

	/** The model trained or used last, if it is still there. */
	static Optional<String> lastModel() {
		return Optional.of(Prefs.get(MODEL_PREFERENCE, "")).filter(p -> !p.isEmpty() && new File(p).isFile());
	}

	/** The mask or label image that goes with an image: of the same size, and named after it or the only one. */
	static Optional<ImagePlus> labels(final ImagePlus image) {
		final List<ImagePlus> likely = open().stream().filter(i -> i != image && isSameSize(i, image) && looksLikeLabels(i)).toList();
		final String stem = stem(image);
		final List<ImagePlus> named = likely.stream().filter(i -> isNamedAfter(i, stem)).toList();
		return named.size() == 1 ? Optional.of(named.get(0)) : likely.size() == 1 ? Optional.of(likely.get(0)) : Optional.empty();
	}

	/** NB: the mask of "cell 10" is not that of "cell 1". */
	private static boolean isNamedAfter(final ImagePlus image, final String stem) {
		final String title = image.getTitle();
		return title.startsWith(stem) && (title.length() == stem.length() || !Character.isLetterOrDigit(title.charAt(stem.length())));
	}

	private static List<ImagePlus> open() {
		return OpenImages.titles().stream().distinct().map(WindowManager::getImage).filter(i -> i != null && i.getWidth() > 0).toList();
	}

	private static boolean isSameSize(final ImagePlus a, final ImagePlus b) {
		return a.getWidth() == b.getWidth() && a.getHeight() == b.getHeight() && a.getNSlices() * a.getNFrames() == b.getNSlices() * b.getNFrames();
	}

	/** One channel of 8 or 16 bits, and titled like a mask or with two values at most. */
	static boolean looksLikeLabels(final ImagePlus image) {
		if (image.getNChannels() > 1 || image.getBitDepth() > 16) return false;
		return MASK_WORDS.matcher(image.getTitle()).matches() || hasTwoValues(image);
	}

	/** NB: looks at some slices only, as a virtual stack may be long. */
	private static boolean hasTwoValues(final ImagePlus image) {
		final int n = image.getStackSize(), step = Math.max(1, n / SLICES_LOOKED_AT);
		double high = 0;
		for (int slice = 1; slice <= n; slice += step) {
			final ImageProcessor pixels = image.getStack().getProcessor(slice);
			final double max = ImageStatistics.getStatistics(pixels, ImageStatistics.MIN_MAX, null).max;
			if (max > 0 && high > 0 && max != high) return false;
			high = Math.max(high, max);
			for (int i = 0; i < pixels.getPixelCount(); i++) if (pixels.getf(i) != 0 && pixels.getf(i) != max) return false;
		}
		return high > 0;
	}

	/** The title without what file formats and results add to it. */
	static String stem(final ImagePlus image) {
		return image.getTitle().replaceFirst("-(mask|labels|probability)$", "").replaceFirst("\\.[A-Za-z0-9]{1,4}$", "");
	}

	/** A file for a model that is not there yet, beside what is learnt from if that can be, else in the user's home. */
	private static Path newModel(final Optional<ImagePlus> image, final String folder) {
		final Optional<Path> source = path(folder).filter(Files::exists);
		if (source.isPresent()) return newFile(writable(Optional.ofNullable(source.get().toAbsolutePath().getParent())), String.valueOf(source.get()
			.getFileName()).replaceFirst("\\.[A-Za-z0-9]{1,4}$", ""));
		return newFile(image.map(i -> writable(folder(i))).orElseGet(Proposals::home), image.map(Proposals::stem).orElse(NAMELESS));
	}

	private static Path newFile(final Path folder, final String stem) {
		final String name = stem.replaceAll("[\\\\/:*?\"<>|\\[\\]']", "_").trim() + "-model";
		Path file = folder.resolve(name + ".zip");
		for (int i = 2; Files.exists(file); i++) file = folder.resolve(name + "-" + i + ".zip");
		return file;
	}

	private static Optional<Path> path(final String text) {
		try {
			return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.trim()));
		}
		catch (final InvalidPathException e) {
			return Optional.empty(); // NB: it is being typed
		}
	}

	private static Optional<Path> folder(final ImagePlus image) {
		final FileInfo info = image.getOriginalFileInfo();
		// NB: an empty path is no folder on Java 17, but the current one on Java 25
		return info == null || info.directory == null || info.directory.isEmpty() ? Optional.empty() : path(info.directory);
	}

	private static Path writable(final Optional<Path> folder) {
		return folder.filter(f -> Files.isDirectory(f) && Files.isWritable(f)).orElseGet(Proposals::home);
	}

	private static Path home() {
		return Path.of(System.getProperty("user.home"));
	}
}
