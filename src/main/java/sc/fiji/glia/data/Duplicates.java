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
package sc.fiji.glia.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Images that are copies of others. Exact copies have the same pixels, whatever their files are; near copies have thumbnails whose correlation is
 * at least {@code threshold}, whatever their sizes, brightness and contrast are. Copies on both sides of a split make scores too high.
 * <p>
 * Where images are all alike, as those of one well plate, near copies of near copies would join most of them: then the threshold is raised, and
 * {@link #notes} say so.
 *
 * @param pairs pairs of copies, exact ones first, then by descending correlation; of several exact copies, each with the first only, and near
 *          copies of the first stand for those of all
 * @param threshold correlation from which on two images are near copies; above 1 if no threshold tells images apart
 * @param notes sentences on the search itself
 */
public record Duplicates(List<Pair> pairs, double threshold, List<String> notes) {

	/** Correlations tried, the first that does not join too many images is taken. */
	static final double[] THRESHOLDS = { 0.99, 0.995, 0.998, 0.999, 0.9995 };

	/** Largest share of the images that near copies may join to one set, or {@link #SMALL} if that is more. */
	static final double LARGEST_SHARE = 0.2;

	/** Largest share of the images that copies may join to one group, or {@link #SMALL} if that is more. */
	static final double LARGEST_GROUP = 0.1;

	private static final int SMALL = 4, MOST_PAIRS_EACH = 100, NAMED = 3;

	/**
	 * Two images.
	 *
	 * @param first the image with the smaller index
	 * @param second the other one
	 * @param correlation of their thumbnails; 1 if exact
	 * @param exact whether all pixels are the same
	 */
	public record Pair(int first, int second, double correlation, boolean exact) {}

	/** Keeps copies of the lists. */
	public Duplicates {
		pairs = List.copyOf(pairs);
		notes = List.copyOf(notes);
	}

	/** Finds all copies among the images. */
	public static Duplicates of(final Thumbnails thumbnails) {
		return of(thumbnails, Watch.NONE);
	}

	/**
	 * Finds all copies among the images.
	 *
	 * @param watch may end the search
	 */
	public static Duplicates of(final Thumbnails thumbnails, final Watch watch) {
		final List<Pair> exact = new ArrayList<>();
		final Map<ByteBuffer, Integer> first = new LinkedHashMap<>();
		for (int i = 0; i < thumbnails.size(); i++) {
			final Integer before = first.putIfAbsent(thumbnails.image(i).hash(), i);
			if (before != null) exact.add(new Pair(before, i, 1, true));
		}
		final int[] different = first.values().stream().filter(i -> thumbnails.image(i).step() > 0).mapToInt(i -> i).toArray();
		final CoarseSearch search = new CoarseSearch(thumbnails, different, true);
		final int most = Math.max(SMALL, (int) (LARGEST_SHARE * different.length));
		List<Pair> near = List.of();
		boolean complete = false;
		for (final double threshold : THRESHOLDS) {
			if (complete) near = near.stream().filter(p -> p.correlation >= threshold).toList();
			else {
				final Optional<List<Pair>> found = near(thumbnails, search, threshold, watch);
				if (found.isEmpty()) continue;
				near = found.get();
				complete = true;
			}
			if (largest(sets(near)) > most) continue;
			final List<Pair> all = new ArrayList<>(exact);
			all.addAll(near);
			return new Duplicates(all, threshold, threshold == THRESHOLDS[0] ? List.of() : List.of("Images are so alike that near copies with a correlation of " +
				THRESHOLDS[0] + " would join more than " + most + " of them: only those with at least " + threshold + " are taken for near copies."));
		}
		return new Duplicates(exact, 2, List.of("Images are so alike that near copies cannot be told from others: only exact copies were looked for. " +
			"If images come of few patients, animals or plates, say which in groups."));
	}

	/** True if there are none. */
	public boolean isEmpty() {
		return pairs.isEmpty();
	}

	/** Sets of images that are copies of each other, directly or by way of others; indices ascending. */
	public List<int[]> sets() {
		return sets(pairs);
	}

	/** Images that are copies of another one, ascending. */
	public int[] images() {
		return images(pairs);
	}

	/**
	 * The same images, but copies share a group, so that splits keep them on one side. Groups that share copies become one, by the name of the
	 * first of them, the most similar copies first, as long as it has no more than a tenth of the images: larger groups could not be split. What
	 * then is on both sides is for {@link #leaveOut}. Where the source itself puts two groups on different sides they stay apart: see
	 * {@link #warning}.
	 *
	 * @throws IllegalArgumentException if the source's sides cannot be followed, see {@link Split#assigned}
	 */
	public LabelledImages together(final LabelledImages images) {
		final Samples samples = images.images();
		final Map<String, Split.Part> parts = images.parts().isEmpty() ? Map.of() : Split.parts(samples, images.parts());
		final Map<String, Integer> numbers = new LinkedHashMap<>();
		final int[] group = new int[samples.size()];
		for (int i = 0; i < group.length; i++) group[i] = numbers.computeIfAbsent(samples.group(i), name -> numbers.size());
		final String[] names = numbers.keySet().toArray(String[]::new);
		final int[] root = IntStream.range(0, names.length).toArray();
		final int[] size = new int[names.length];
		for (final int g : group) size[g]++;
		final double most = Math.max(SMALL, LARGEST_GROUP * group.length);
		for (final Pair p : pairs) {
			final int a = root(root, group[p.first]), b = root(root, group[p.second]);
			if (a == b || size[a] + size[b] > most || parts.getOrDefault(names[a], Split.Part.TRAIN) != parts.getOrDefault(names[b], Split.Part.TRAIN)) continue;
			join(root, a, b);
			size[Math.min(a, b)] = size[a] + size[b];
		}
		final String[] joined = new String[group.length];
		final Map<String, Split.Part> sides = new LinkedHashMap<>();
		for (int i = 0; i < group.length; i++) {
			joined[i] = names[root(root, group[i])];
			// NB: by the name of each image, which comes first: a group may bear the name of an image of another
			if (!parts.isEmpty()) sides.put(samples.name(i), parts.getOrDefault(names[group[i]], Split.Part.TRAIN));
		}
		return new LabelledImages(new Regrouped(samples, joined), images.classes(), images.labels(), sides, images.notes());
	}

	/**
	 * The same split without the images trained on that are copies of images validated on; but the last images of a class stay. The split is
	 * as it was where the source itself says what to validate on.
	 */
	public Split leaveOut(final LabelledImages images, final Split split) {
		if (images.parts().containsValue(Split.Part.VALIDATION)) return split;
		final Set<Integer> copies = new HashSet<>();
		for (final Pair p : across(split.validation(), split.train())) copies.add(p.second);
		final int[] left = new int[images.classes().size()];
		for (final int i : split.train()) if (!copies.contains(i)) left[images.labels()[i]]++;
		final int[] train = Arrays.stream(split.train()).filter(i -> !copies.contains(i) || left[images.labels()[i]] == 0).toArray();
		return new Split(train, split.validation(), split.test());
	}

	/**
	 * Copies on both sides of a split: for each image to be judged that has copies among those trained on, the pair with the most similar of
	 * them. The image trained on is {@code first}.
	 *
	 * @param train indices of the images trained on
	 * @param judged indices of the images judged: for validation or for testing
	 */
	public List<Pair> across(final int[] train, final int[] judged) {
		final int n = pairs.stream().mapToInt(Pair::second).max().orElse(-1) + 1;
		final boolean[] trained = new boolean[n], asked = new boolean[n];
		for (final int i : train) if (i < n) trained[i] = true;
		for (final int i : judged) if (i < n) asked[i] = true;
		final Map<Integer, List<Integer>> exact = new LinkedHashMap<>();
		for (final Pair p : pairs) if (p.exact) exact.computeIfAbsent(p.first, f -> new ArrayList<>(List.of(f))).add(p.second);
		final Map<Integer, Pair> found = new LinkedHashMap<>();
		for (final List<Integer> same : exact.values()) add(found, same, same, 1, true, trained, asked);
		for (final Pair p : pairs) {
			if (p.exact) continue;
			final List<Integer> a = exact.getOrDefault(p.first, List.of(p.first)), b = exact.getOrDefault(p.second, List.of(p.second));
			add(found, a, b, p.correlation, false, trained, asked);
			add(found, b, a, p.correlation, false, trained, asked);
		}
		return found.values().stream().sorted(Comparator.comparingInt(Pair::second)).toList();
	}

	/** Sentences for the user on the copies there are, which name some; empty if there are none. */
	public List<String> sentences(final Samples samples) {
		final List<String> sentences = new ArrayList<>(notes);
		final List<Pair> exact = pairs.stream().filter(Pair::exact).toList(), near = pairs.stream().filter(p -> !p.exact).toList();
		if (!exact.isEmpty()) sentences.add(images(exact).length + " of " + samples.size() + " images have exact copies: " + named(samples, exact) + ".");
		if (!near.isEmpty()) sentences.add(images(near).length + " of " + samples.size() + " images have near copies (thumbnails correlate by at least " +
			threshold + "): " + named(samples, near) + ".");
		return sentences;
	}

	/**
	 * A sentence for the user on copies on both sides of a split, which names some; empty if there are none.
	 *
	 * @param side what the judged images are called, as in {@code validation}
	 */
	public Optional<String> warning(final Samples samples, final int[] train, final int[] judged, final String side) {
		final List<Pair> across = across(train, judged);
		if (across.isEmpty()) return Optional.empty();
		return Optional.of(across.size() + " of " + judged.length + " " + side +
			" images have copies among the images trained on, and scores may be too high by as much: " + named(samples, across) + ".");
	}

	private static void add(final Map<Integer, Pair> found, final List<Integer> from, final List<Integer> to, final double correlation,
		final boolean exact, final boolean[] trained, final boolean[] asked)
	{
		final Optional<Integer> source = from.stream().filter(i -> trained[i]).findFirst();
		if (source.isEmpty()) return;
		for (final int i : to) if (asked[i]) found.putIfAbsent(i, new Pair(source.get(), i, correlation, exact));
	}

	private static String named(final Samples samples, final List<Pair> pairs) {
		final StringBuilder text = new StringBuilder();
		for (final Pair p : pairs.subList(0, Math.min(NAMED, pairs.size()))) text.append(text.isEmpty() ? "" : ", ").append("'").append(samples.name(p.first))
			.append("' and '").append(samples.name(p.second)).append("'");
		return pairs.size() > NAMED ? text + " and " + (pairs.size() - NAMED) + " more" : text.toString();
	}

	/** All pairs, sorted; nothing if there are too many, when the search ends early. */
	private static Optional<List<Pair>> near(final Thumbnails thumbnails, final CoarseSearch search, final double threshold, final Watch watch) {
		// |a - b|^2 = 2 - 2 r for vectors of length 1
		final double distance = Math.sqrt(2 - 2 * threshold);
		final long most = (long) MOST_PAIRS_EACH * search.size();
		final AtomicLong count = new AtomicLong();
		final AtomicInteger begun = new AtomicInteger();
		final List<List<Pair>> found = IntStream.range(0, search.size()).parallel().mapToObj(place -> {
			watch.at("looking for copies of image", begun.incrementAndGet(), search.size());
			final List<Pair> pairs = new ArrayList<>();
			if (count.get() <= most) search.near(place, distance, other -> {
				final int i = Math.min(search.image(place), search.image(other)), j = Math.max(search.image(place), search.image(other));
				final double r = thumbnails.correlation(i, j);
				if (r < threshold) return true;
				pairs.add(new Pair(i, j, Math.min(1, r), false));
				return count.incrementAndGet() <= most;
			});
			return pairs;
		}).toList();
		if (count.get() > most) return Optional.empty();
		final Comparator<Pair> similar = Comparator.comparingDouble(p -> -p.correlation);
		return Optional.of(found.stream().flatMap(Collection::stream).sorted(similar.thenComparingInt(Pair::first).thenComparingInt(Pair::second)).toList());
	}

	private static int[] images(final List<Pair> pairs) {
		return pairs.stream().flatMapToInt(p -> IntStream.of(p.first, p.second)).sorted().distinct().toArray();
	}

	private static int largest(final List<int[]> sets) {
		return sets.stream().mapToInt(s -> s.length).max().orElse(0);
	}

	private static List<int[]> sets(final List<Pair> pairs) {
		final int[] images = images(pairs);
		if (images.length == 0) return List.of();
		final int[] root = IntStream.rangeClosed(0, images[images.length - 1]).toArray();
		for (final Pair p : pairs) join(root, p.first, p.second);
		final Map<Integer, List<Integer>> sets = new LinkedHashMap<>();
		for (final int i : images) sets.computeIfAbsent(root(root, i), r -> new ArrayList<>()).add(i);
		return sets.values().stream().map(s -> s.stream().mapToInt(i -> i).toArray()).toList();
	}

	/** The smaller root is that of both. */
	private static void join(final int[] root, final int a, final int b) {
		final int p = root(root, a), q = root(root, b);
		root[Math.max(p, q)] = Math.min(p, q);
	}

	private static int root(final int[] root, final int i) {
		int r = i;
		while (root[r] != r) r = root[r] = root[root[r]];
		return r;
	}
}
