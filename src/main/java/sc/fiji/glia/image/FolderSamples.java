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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import ij.ImagePlus;

import sc.fiji.glia.data.SameChannels;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.image.FolderPairs.Pair;

/**
 * A folder of images and their masks or label images, see {@link FolderPairs} for how they are found. A file with a stack gives one sample per plane.
 * Files are looked into at once (headers, and some of the label files to learn what their values mean) and read when asked for. Sizes may differ,
 * numbers of channels may not; RGB files count as one channel if all of them are gray.
 * <p>
 * Groups: {@code auto} takes {@code split.csv} in the folder if there is one; else the sub-folder of an image, or its name before a last number
 * ({@code patient_12}); a stack is a group of its own; if all that gives a single group, or as many as files, each file is a group. {@code slice} makes each
 * sample a group. Or the path of a CSV file: a first row of column names, a column {@code file} (or {@code filename}, {@code image}, {@code name},
 * {@code patient}) or {@code group}; then perhaps {@code group} (or {@code patient}) and {@code split} (train, val, test). Entries are file
 * names, with or without extension, folders, or beginnings of file names before an underscore.
 */
public final class FolderSamples implements Samples {

	/** Label files looked into to learn what values mean. */
	private static final int SCANNED = 48;

	private final Path folder;
	private final List<Pair> pairs;
	/** Pair and plane of each sample. */
	private final int[] pairOf, planeOf;
	private final List<Integer> planes;
	private final FolderGroups groups;
	private final LabelScan.Translation translation;
	private final List<String> notes;
	private final int fileChannels;
	private final boolean grayAsRgb;
	private final int[] channels;
	private final PictureCache files = new PictureCache();

	/**
	 * @param folder where the pairs are
	 * @param channels {@code all} or numbers counted from 1, see {@link Channels}
	 * @param groups {@code auto}, {@code slice}, or the path of a CSV file
	 * @param values what the values of label images mean
	 * @throws IllegalArgumentException if there is no pair, if files have different numbers of channels, if all labels are background, or the CSV file fits not
	 * @throws java.io.UncheckedIOException if a file cannot be read
	 */
	public FolderSamples(final Path folder, final String channels, final String groups, final LabelValues values) {
		this(folder, channels, groups, values, Watch.NONE);
	}

	/**
	 * As the other constructor.
	 *
	 * @param watch may end the reading of the files
	 */
	public FolderSamples(final Path folder, final String channels, final String groups, final LabelValues values, final Watch watch) {
		this.folder = folder;
		final FolderPairs found = FolderPairs.of(folder);
		pairs = found.pairs();
		notes = found.notes();
		final List<PictureFile.Header> headers = IntStream.range(0, pairs.size()).mapToObj(p -> {
			watch.at("looking at pair", p + 1, pairs.size());
			return PictureFile.header(pairs.get(p).image());
		}).toList();
		planes = headers.stream().map(PictureFile.Header::planes).toList();
		final int total = planes.stream().mapToInt(n -> n).sum();
		pairOf = new int[total];
		planeOf = new int[total];
		for (int p = 0, i = 0; p < pairs.size(); p++) for (int plane = 0; plane < planes.get(p); plane++, i++) {
			pairOf[i] = p;
			planeOf[i] = plane;
		}
		this.groups = FolderGroups.of(folder, pairs, groups, planes);
		final int most = headers.stream().mapToInt(PictureFile.Header::channels).max().orElse(1);
		grayAsRgb = most == 3 && isAllGray(headers, watch);
		fileChannels = grayAsRgb ? 1 : most;
		if (!grayAsRgb) requireSameChannels(headers);
		this.channels = Channels.parse(channels, fileChannels, folder.toString());
		translation = scan(values, watch);
	}

	private void requireSameChannels(final List<PictureFile.Header> headers) {
		final int expected = headers.get(0).channels();
		for (int p = 1; p < pairs.size(); p++) if (headers.get(p).channels() != expected) throw new IllegalArgumentException("Image '" + pairs.get(p).image() +
			"' has " + channels(headers.get(p).channels()) + ", but '" + pairs.get(0).image() + "' has " + channels(expected) +
			": expected the same number in all files. Convert them, or move them to another folder.");
	}

	private static String channels(final int n) {
		return n == 1 ? "1 channel" : n + " channels";
	}

	/** True if no RGB file has a coloured pixel; stops at the first that has. */
	private boolean isAllGray(final List<PictureFile.Header> headers, final Watch watch) {
		for (int p = 0; p < pairs.size(); p++) {
			watch.at("looking for colours in image", p + 1, pairs.size());
			final int n = headers.get(p).channels();
			if (n != 1 && n != 3) return false;
			if (n == 1) continue;
			final ImagePlus imp = PictureFile.open(pairs.get(p).image(), false);
			if (imp.getType() != ImagePlus.COLOR_RGB) return false;
			final ImagePlanes image = new ImagePlanes(imp, true);
			for (int plane = 0; plane < image.size(); plane++) if (!SameChannels.isGray(image.plane(plane))) return false;
		}
		return true;
	}

	/** Looks into label files spread over the folder; if none has foreground, into more until one has; for classes into all. */
	private LabelScan.Translation scan(final LabelValues values, final Watch watch) {
		final LabelScan scan = new LabelScan(values);
		final int n = pairs.size(), looked = Math.min(n, SCANNED);
		final boolean[] done = new boolean[n];
		for (int i = 0; i < looked; i++) {
			final int p = (int) ((long) i * n / looked);
			done[p] = true;
			watch.at("looking at labels", i + 1, looked);
			scan(scan, p);
		}
		for (int p = 0; p < n && !scan.hasForeground(); p++) {
			watch.at("looking for foreground in labels", p + 1, n);
			if (!done[p]) scan(scan, p);
			done[p] = true;
		}
		final LabelScan.Translation found = scan.finish(folder.toString());
		if (!found.strict()) return found;
		for (int p = 0; p < n; p++) {
			watch.at("looking for classes in labels", p + 1, n);
			if (!done[p]) scan(scan, p);
		}
		return scan.finish(folder.toString());
	}

	private void scan(final LabelScan scan, final int pair) {
		final ImagePlanes labels = labels(pairs.get(pair));
		for (int plane = 0; plane < labels.size(); plane++) scan.add(labelPlane(labels, pair, plane), labels.width, labels.height);
	}

	/** JPEG blurs masks: what is nearer to white is 255, the rest 0. */
	private float[] labelPlane(final ImagePlanes labels, final int pair, final int plane) {
		final boolean lossy = PictureFile.format(pairs.get(pair).labels()) == PictureFile.Format.JPEG;
		final float[] values = lossy ? labels.get(plane, 0) : MaskLabels.plane(labels, plane);
		if (lossy) for (int i = 0; i < values.length; i++) values[i] = values[i] >= 128 ? 255 : 0;
		return values;
	}

	private ImagePlanes image(final Pair pair) {
		return files.open(pair.image(), false);
	}

	private ImagePlanes labels(final Pair pair) {
		return files.open(pair.labels(), true);
	}

	@Override
	public int size() {
		return pairOf.length;
	}

	/** Path of the image in the folder without extension, with {@code :slice} if it is a stack. */
	@Override
	public String name(final int i) {
		final String name = pairs.get(pairOf[i]).name();
		return planes.get(pairOf[i]) > 1 ? name + ":" + (planeOf[i] + 1) : name;
	}

	@Override
	public String group(final int i) {
		final String group = groups.groups().get(pairOf[i]);
		return group.isEmpty() ? name(i) : group;
	}

	/** Group of every sample, in order. */
	public List<String> groups() {
		final List<String> all = new ArrayList<>();
		for (int i = 0; i < size(); i++) all.add(group(i));
		return all;
	}

	/** Side of the split that a CSV file says for sample {@code i}: {@code train}, {@code val}, {@code test}, or "" if none does. */
	public String splitOf(final int i) {
		return groups.splits().get(pairOf[i]);
	}

	@Override
	public Sample get(final int i) {
		final Pair pair = pairs.get(pairOf[i]);
		final ImagePlanes image = image(pair), labels = labels(pair);
		final int available = grayAsRgb ? Math.min(1, image.channels) : image.channels;
		if (image.size() != planes.get(pairOf[i]) || available != fileChannels) throw new IllegalArgumentException("Image '" + pair.image() + "' has " + image
			.size() + " slices of " + channels(available) + ", expected " + planes.get(pairOf[i]) + " of " + channels(fileChannels) + ".");
		if (labels.width != image.width || labels.height != image.height || labels.size() != image.size()) throw new IllegalArgumentException("Labels '" + pair
			.labels() + "' (" + labels.dimensions() + ") do not fit image '" + pair.image() + "' (" + image.dimensions() +
			"): expected the same width, height and number of slices.");
		final float[][] values = new float[channels.length][];
		for (int c = 0; c < values.length; c++) values[c] = ImageStackSamples.finite(image.get(planeOf[i], channels[c]), name(i), channels[c] + 1);
		final byte[] classes = translation.apply(labelPlane(labels, pairOf[i], planeOf[i]), pair.labels().toString());
		return new Sample(name(i), group(i), image.width, image.height, values, classes);
	}

	/** Number of channels of every sample. */
	public int channels() {
		return channels.length;
	}

	/** Names of the foreground classes 1, 2 ...: class {@code k} is {@code classes().get(k - 1)}. */
	public List<String> classes() {
		return translation.names();
	}

	/** What was found and what was left out, for the user. */
	public String description() {
		final String pairsFound = pairs.size() + (pairs.size() == 1 ? " pair" : " pairs") + " in " + folder + " (" + size() + " slices); " + groups.note() +
			"; labels: " + translation.description();
		return notes.isEmpty() ? pairsFound : pairsFound + "; " + String.join("; ", notes);
	}
}
