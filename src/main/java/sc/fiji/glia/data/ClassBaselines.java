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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * What classification can be had without a network, fitted to the images trained on and judged on the images a network is judged on. A network
 * that is not better has learnt nothing about what is in the images.
 *
 * @param scores of each baseline
 */
public record ClassBaselines(List<Score> scores) {

	/** Images trained on that the nearest neighbour is searched among, at most; more are drawn at random. */
	public static final int MOST_NEIGHBOURS = 20_000;

	/** Images that vote where only size or mean intensity is known; the root of the number of images trained on if that is less. */
	private static final int VOTES = 15;

	/**
	 * One baseline.
	 *
	 * @param name what it goes by
	 * @param accuracy share of judged images that are given their class
	 * @param balancedAccuracy mean recall of the classes that have judged images
	 */
	public record Score(String name, double accuracy, double balancedAccuracy) {}

	/** Keeps a copy of the list. */
	public ClassBaselines {
		scores = List.copyOf(scores);
	}

	/**
	 * The baselines:
	 * <ul>
	 * <li>majority class: the class most trained on;</li>
	 * <li>1-nearest neighbour on 32x32 thumbnails: the class of the image trained on with the smallest sum of squared differences;</li>
	 * <li>image size: the class most frequent among the {@value #VOTES} images trained on with the nearest logarithms of width and height, and
	 * all that are as near as the last of them; left out if all sizes are the same;</li>
	 * <li>mean intensity: likewise, by the mean of all values.</li>
	 * </ul>
	 * Of classes equally frequent, the one more often trained on counts, then the first.
	 *
	 * @param labels class of each image
	 * @param classes number of classes
	 * @param train indices of the images trained on
	 * @param judged indices of the images judged
	 * @param seed draws the images, if there are more than {@value #MOST_NEIGHBOURS} to search for neighbours
	 * @throws IllegalArgumentException if there is nothing to train on or to judge
	 */
	public static ClassBaselines of(final Thumbnails thumbnails, final byte[] labels, final int classes, final int[] train, final int[] judged,
		final long seed)
	{
		return of(thumbnails, labels, classes, train, judged, seed, Watch.NONE);
	}

	/**
	 * As the other method.
	 *
	 * @param watch may end the search for neighbours
	 */
	public static ClassBaselines of(final Thumbnails thumbnails, final byte[] labels, final int classes, final int[] train, final int[] judged,
		final long seed, final Watch watch)
	{
		if (train.length == 0 || judged.length == 0) throw new IllegalArgumentException(
			"Baselines: expected at least 1 image to train on and 1 to judge, got " + train.length + " and " + judged.length);
		final int[] trained = new int[classes];
		for (final int i : train) trained[labels[i]]++;
		final int majority = most(trained, trained);
		final List<Score> scores = new ArrayList<>();
		scores.add(score("majority class", labels, classes, judged, i -> majority));
		final int[] searched = draw(train, seed);
		final AtomicInteger compared = new AtomicInteger();
		final CoarseSearch search = new CoarseSearch(thumbnails, searched, false);
		final String among = searched.length < train.length ? ", " + searched.length + " of " + train.length + " images trained on" : "";
		scores.add(score("1-nearest neighbour (" + Thumbnails.SIDE + "x" + Thumbnails.SIDE + " thumbnails" + among + ")", labels, classes, judged, i -> {
			watch.at("comparing with neighbours image", compared.incrementAndGet(), judged.length);
			return labels[search.nearest(i)];
		}));
		final Map<Size, int[]> sizes = new LinkedHashMap<>();
		for (final int i : train) sizes.computeIfAbsent(Size.of(thumbnails, i), s -> new int[classes])[labels[i]]++;
		if (sizes.size() > 1 || Arrays.stream(judged).anyMatch(i -> !sizes.containsKey(Size.of(thumbnails, i)))) {
			final Map<Size, Integer> known = new HashMap<>();
			for (final int i : judged) known.computeIfAbsent(Size.of(thumbnails, i), s -> bySize(sizes, s, votes(train.length), trained));
			scores.add(score("image size", labels, classes, judged, i -> known.get(Size.of(thumbnails, i))));
		}
		final int[] byMean = Arrays.stream(train).boxed().sorted(Comparator.comparingDouble(i -> thumbnails.image(i).mean())).mapToInt(i -> i).toArray();
		final double[] means = Arrays.stream(byMean).mapToDouble(i -> thumbnails.image(i).mean()).toArray();
		scores.add(score("mean intensity", labels, classes, judged, i -> byMean(means, byMean, labels, thumbnails.image(i).mean(), trained)));
		return new ClassBaselines(scores);
	}

	/** Width and height of an image. */
	private record Size(int width, int height) {

		static Size of(final Thumbnails thumbnails, final int i) {
			return new Size(thumbnails.image(i).width(), thumbnails.image(i).height());
		}

		double distance(final Size other) {
			return Math.hypot(Math.log((double) width / other.width), Math.log((double) height / other.height));
		}
	}

	private static Score score(final String name, final byte[] labels, final int classes, final int[] judged, final IntUnaryOperator prediction) {
		final int[] predicted = Arrays.stream(judged).parallel().map(prediction).toArray();
		final double[] right = new double[classes], count = new double[classes];
		for (int k = 0; k < judged.length; k++) {
			final int label = labels[judged[k]];
			count[label]++;
			if (predicted[k] == label) right[label]++;
		}
		return new Score(name, Arrays.stream(right).sum() / judged.length, IntStream.range(0, classes).filter(c -> count[c] > 0).mapToDouble(c -> right[c] /
			count[c]).average().orElseThrow());
	}

	private static int most(final int[] votes, final int[] trained) {
		int best = 0;
		for (int c = 1; c < votes.length; c++) if (votes[c] > votes[best] || votes[c] == votes[best] && trained[c] > trained[best]) best = c;
		return best;
	}

	private static int votes(final int trained) {
		return Math.min(VOTES, (int) Math.ceil(Math.sqrt(trained)));
	}

	private static int[] draw(final int[] train, final long seed) {
		if (train.length <= MOST_NEIGHBOURS) return train;
		final int[] drawn = train.clone();
		final SplittableRandom random = new SplittableRandom(seed);
		for (int k = 0; k < MOST_NEIGHBOURS; k++) {
			final int other = random.nextInt(k, drawn.length), swap = drawn[k];
			drawn[k] = drawn[other];
			drawn[other] = swap;
		}
		return Arrays.copyOf(drawn, MOST_NEIGHBOURS);
	}

	private static int bySize(final Map<Size, int[]> sizes, final Size size, final int votes, final int[] trained) {
		final List<Size> near = sizes.keySet().stream().sorted(Comparator.comparingDouble(size::distance)).toList();
		final int[] counts = new int[trained.length];
		int count = 0;
		double farthest = 0;
		for (final Size s : near) {
			if (count >= votes && size.distance(s) > farthest) break;
			farthest = size.distance(s);
			for (int c = 0; c < counts.length; c++) {
				counts[c] += sizes.get(s)[c];
				count += sizes.get(s)[c];
			}
		}
		return most(counts, trained);
	}

	private static int byMean(final double[] means, final int[] images, final byte[] labels, final double mean, final int[] trained) {
		final int votes = votes(means.length), found = Arrays.binarySearch(means, mean);
		int up = found < 0 ? -found - 1 : found, down = up - 1, count = 0;
		final int[] counts = new int[trained.length];
		double farthest = 0;
		while (up < means.length || down >= 0) {
			final boolean above = down < 0 || up < means.length && means[up] - mean <= mean - means[down];
			final double distance = Math.abs(means[above ? up : down] - mean);
			if (count >= votes && distance > farthest) break;
			farthest = distance;
			counts[labels[images[above ? up++ : down--]]]++;
			count++;
		}
		return most(counts, trained);
	}
}
