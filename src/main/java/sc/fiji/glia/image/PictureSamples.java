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

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.SameChannels;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;

/**
 * The pictures of a folder, without labels: each plane of a file is one sample, each a group of its own. Sizes and numbers of channels may differ. Every file is
 * read once at the start, by as many threads as there are processors, to find the unreadable ones and what colors there are; then when asked for.
 */
final class PictureSamples implements Samples {

	private static final byte[] UNLABELLED = {};

	/** What the colors of a picture are, from the least to the most. */
	private enum Color {
		GRAY, TINTED, COLORED
	}

	/** @param failure why it cannot be read, "" if it can */
	private record Picture(String name, Path file, int planes, int channels, Color color, String failure) {}

	private final List<Picture> pictures = new ArrayList<>();
	/** Picture and plane of each sample. */
	private final int[] pictureOf, planeOf;
	private final List<String> notes = new ArrayList<>();
	private final PictureCache files = new PictureCache();

	/**
	 * @param skip whether unreadable files are left out, with a note
	 * @param watch may end the first reading
	 * @throws IllegalArgumentException if a file cannot be read and is not to be left out, or none can be read; names up to five
	 */
	PictureSamples(final PictureFolder folder, final boolean skip, final Watch watch) {
		final AtomicInteger begun = new AtomicInteger();
		final List<Picture> scanned = List.copyOf(folder.pictures().entrySet()).parallelStream().map(file -> {
			watch.at("checking picture", begun.incrementAndGet(), folder.pictures().size());
			return scan(file);
		}).toList();
		final List<String> broken = scanned.stream().filter(p -> !p.failure.isEmpty()).map(p -> p.name + " (" + p.failure + ")").toList();
		scanned.stream().filter(p -> p.failure.isEmpty()).forEach(pictures::add);
		if (!broken.isEmpty() && (!skip || pictures.isEmpty())) throw new IllegalArgumentException("folder=" + folder.folder() + ": " + PictureFolder.counted(broken
			.size(), "picture") + " of " + scanned.size() + " cannot be read: " + PictureFolder.some(broken) + ". Replace or remove " + (broken.size() == 1 ? "it"
				: "them") + (skip ? "." : ", or set skip=true to leave " + (broken.size() == 1 ? "it" : "them") + " out."));
		if (!broken.isEmpty()) notes.add(PictureFolder.counted(broken.size(), "unreadable picture") + " left out: " + PictureFolder.some(broken));
		final int total = pictures.stream().mapToInt(Picture::planes).sum();
		pictureOf = new int[total];
		planeOf = new int[total];
		for (int p = 0, i = 0; p < pictures.size(); p++) for (int plane = 0; plane < pictures.get(p).planes; plane++, i++) {
			pictureOf[i] = p;
			planeOf[i] = plane;
		}
	}

	private static Picture scan(final Map.Entry<String, Path> entry) {
		final Path file = entry.getValue();
		try {
			final ImagePlanes image = new ImagePlanes(PictureFile.open(file, false), true);
			Color color = Color.GRAY;
			for (int plane = 0; plane < image.size() && image.channels == 3 && color != Color.COLORED; plane++) {
				final float[][] rgb = image.plane(plane);
				if (!SameChannels.isGray(rgb)) color = SameChannels.isNearlyGray(rgb) ? Color.TINTED : Color.COLORED;
			}
			return new Picture(entry.getKey(), file, image.size(), image.channels, color, "");
		}
		// NB: readers of damaged files throw whatever they stumble over; it is told with the file's name
		catch (final RuntimeException e) {
			return new Picture(entry.getKey(), file, 0, 0, Color.GRAY, reason(file, e));
		}
	}

	private static String reason(final Path file, final RuntimeException e) {
		if (file.toFile().length() == 0) return "0 bytes";
		final Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
		return cause.getMessage() == null || cause.getMessage().isBlank() ? "damaged: " + cause.getClass().getSimpleName() : cause.getMessage();
	}

	/** Number of channels that all of them are to have: 1 if all are gray, or most are and none is more than tinted; else 3, or what all have. */
	int commonChannels() {
		final Picture first = pictures.get(0);
		for (final Picture p : pictures) if (p.channels != first.channels && (p.channels != 1 && p.channels != 3 || first.channels != 1 && first.channels != 3))
			throw new IllegalArgumentException("Image '" + p.name + "' has " + PictureFolder.counted(p.channels, "channel") + ", but '" + first.name + "' has " +
				PictureFolder.counted(first.channels, "channel") + ": expected the same number in all files. Convert them, or move them to another folder.");
		if (first.channels != 1 && first.channels != 3) return first.channels;
		final int n = pictures.size(), gray = count(Color.GRAY), rgb = (int) pictures.stream().filter(p -> p.channels == 3).count();
		if (gray == n && rgb > 0) notes.add("channels: 1, since in all " + rgb + " RGB pictures red, green and blue are the same");
		if (gray == n) return 1;
		final int colored = count(Color.COLORED);
		if (colored == 0 && 2 * gray >= n) {
			notes.add("channels: 1; " + (n - gray) + " of " + n + " pictures have a tint in a few pixels or a slight one, which is left out");
			return 1;
		}
		notes.add("channels: 3 (red, green, blue)" + (gray == 0 ? "" : "; " + gray + " of " + n + " pictures are gray and have the same in all three"));
		return 3;
	}

	private int count(final Color color) {
		return (int) pictures.stream().filter(p -> p.color == color).count();
	}

	/** What was left out, and why there are so many channels. */
	List<String> notes() {
		return notes;
	}

	/** Path of the file of sample {@code i} in the folder. */
	String file(final int i) {
		return pictures.get(pictureOf[i]).name;
	}

	@Override
	public int size() {
		return pictureOf.length;
	}

	/** Path of the file in the folder, with {@code :slice} if it is a stack. */
	@Override
	public String name(final int i) {
		final Picture p = pictures.get(pictureOf[i]);
		return p.planes > 1 ? p.name + ":" + (planeOf[i] + 1) : p.name;
	}

	@Override
	public String group(final int i) {
		return name(i);
	}

	/** With as many channels as the file has. */
	@Override
	public Sample get(final int i) {
		final Picture p = pictures.get(pictureOf[i]);
		final ImagePlanes image = files.open(p.file, false);
		if (image.size() != p.planes || image.channels != p.channels) throw new IllegalArgumentException("Image '" + p.file + "' has " + image.size() +
			" slices of " + image.channels + " channels, but had " + p.planes + " of " + p.channels + " when the folder was looked into. Start again.");
		final float[][] values = image.plane(planeOf[i]);
		for (int c = 0; c < values.length; c++) ImageStackSamples.finite(values[c], name(i), c + 1);
		return new Sample(name(i), group(i), image.width, image.height, values, UNLABELLED);
	}
}
