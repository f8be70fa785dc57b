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

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Exact search for near vectors among many: thumbnails, or thumbnails of mean 0 and length 1.
 * <p>
 * Sums over 16x16 squares and their cosine transform are coordinates along orthogonal directions of length 1, so that a distance in some of
 * them is never larger than that of the vectors. The {@value #LENGTH} that vary most are kept. Vectors are sorted by the first of them; where the
 * others show that two are farther apart than asked for, no more is computed.
 */
final class CoarseSearch {

	private static final int EDGE = 16, ALL = EDGE * EDGE, LENGTH = 128, HEAD = 8;
	/** Images that tell which coordinates vary most. */
	private static final int LOOKED_AT = 1000;
	private static final double[][] COSINES = cosines();

	private final Thumbnails thumbnails;
	private final boolean normalized;
	/** Images searched, by ascending first coordinate; all coordinates of each, those that vary most first. */
	private final int[] images;
	private final float[] head, tail;
	private final int[] order;
	/** Mean of each coordinate. NB: values far from 0 would leave little of differences in single precision. */
	private final double[] center = new double[ALL];

	/**
	 * Prepares a search.
	 *
	 * @param searched images among which is searched
	 * @param normalized whether vectors have mean 0 and length 1; images of one value have length 0
	 */
	CoarseSearch(final Thumbnails thumbnails, final int[] searched, final boolean normalized) {
		this.thumbnails = thumbnails;
		this.normalized = normalized;
		final int every = Math.max(1, searched.length / LOOKED_AT);
		order = byVariance(IntStream.range(0, searched.length).filter(i -> i % every == 0).mapToObj(i -> transform(vector(searched[i]))).toList());
		final float[][] coordinates = Arrays.stream(searched).parallel().mapToObj(this::coordinates).toArray(float[][]::new);
		final int[] places = IntStream.range(0, searched.length).boxed().sorted(Comparator.comparingDouble(i -> coordinates[i][0])).mapToInt(i -> i).toArray();
		images = Arrays.stream(places).map(p -> searched[p]).toArray();
		head = new float[images.length * HEAD];
		tail = new float[images.length * (LENGTH - HEAD)];
		for (int p = 0; p < places.length; p++) {
			System.arraycopy(coordinates[places[p]], 0, head, p * HEAD, HEAD);
			System.arraycopy(coordinates[places[p]], HEAD, tail, p * (LENGTH - HEAD), LENGTH - HEAD);
		}
	}

	/** Number of images searched. */
	int size() {
		return images.length;
	}

	/** Image at a place. */
	int image(final int place) {
		return images[place];
	}

	/**
	 * Tells the places after this one whose vectors may be as near as this, and none that are not by their coordinates.
	 *
	 * @param candidate told each place; false ends the search
	 */
	void near(final int place, final double distance, final IntPredicate candidate) {
		final float square = (float) (distance * distance * 1.001 + 1e-9), first = head[place * HEAD];
		for (int p = place + 1; p < images.length; p++) {
			final float d = head[p * HEAD] - first;
			if (d * d > square) return;
			if (isNear(p, head, place * HEAD, tail, place * (LENGTH - HEAD), square) && !candidate.test(p)) return;
		}
	}

	/** The image of those searched whose thumbnail is nearest; the first of equal ones by place. Not for normalized vectors. */
	int nearest(final int image) {
		if (normalized) throw new IllegalStateException("CoarseSearch: nearest is for vectors as they are");
		final float[] front = coordinates(image), back = Arrays.copyOfRange(front, HEAD, LENGTH);
		int up = firstNotBelow(front[0]), down = up - 1, best = -1;
		double lowest = Double.POSITIVE_INFINITY;
		while (up < images.length || down >= 0) {
			final boolean above = down < 0 || up < images.length && head[up * HEAD] - front[0] <= front[0] - head[down * HEAD];
			final int p = above ? up++ : down--;
			final float d = head[p * HEAD] - front[0];
			final double bound = lowest * 1.001;
			if ((double) d * d > bound) break;
			if (!isNear(p, front, 0, back, 0, (float) bound)) continue;
			final double square = square(image, images[p]);
			if (square < lowest) {
				lowest = square;
				best = images[p];
			}
		}
		return best;
	}

	private int firstNotBelow(final float value) {
		int from = 0, to = images.length;
		while (from < to) {
			final int middle = (from + to) >>> 1;
			if (head[middle * HEAD] < value) from = middle + 1;
			else to = middle;
		}
		return from;
	}

	/** False if the coordinates show that the square of the distance to others, of which the first ones are given apart, is above the bound. */
	private boolean isNear(final int place, final float[] first, final int at, final float[] rest, final int atRest, final float bound) {
		float sum = 0;
		for (int k = 0; k < HEAD; k++) {
			final float d = head[place * HEAD + k] - first[at + k];
			sum += d * d;
		}
		for (int from = 0; from < LENGTH - HEAD && sum <= bound; from += HEAD) {
			for (int k = from; k < from + HEAD; k++) {
				final float d = tail[place * (LENGTH - HEAD) + k] - rest[atRest + k];
				sum += d * d;
			}
		}
		return sum <= bound;
	}

	private double square(final int i, final int j) {
		final Thumbnails.Thumbnail a = thumbnails.image(i), b = thumbnails.image(j);
		final double low = a.low() - b.low(), p = a.step(), q = b.step();
		double sum = 0;
		for (int k = 0; k < Thumbnails.LENGTH; k++) {
			final double d = low + p * (a.steps()[k] & 0xff) - q * (b.steps()[k] & 0xff);
			sum += d * d;
		}
		return sum;
	}

	private float[] coordinates(final int image) {
		final double[] all = transform(vector(image));
		final float[] kept = new float[LENGTH];
		for (int k = 0; k < LENGTH; k++) kept[k] = (float) (all[order[k]] - center[order[k]]);
		return kept;
	}

	/** Sums over squares, times the length that makes the directions ones of length 1. */
	private double[] vector(final int image) {
		final Thumbnails.Thumbnail t = thumbnails.image(image);
		double offset = t.low(), factor = t.step();
		if (normalized) {
			double sum = 0, squares = 0;
			for (final byte b : t.steps()) {
				sum += b & 0xff;
				squares += (b & 0xff) * (b & 0xff);
			}
			final double square = squares - sum * sum / Thumbnails.LENGTH;
			factor = square > 0 ? 1 / Math.sqrt(square) : 0;
			offset = -factor * sum / Thumbnails.LENGTH;
		}
		final int block = Thumbnails.SIDE / EDGE;
		final double[] sums = new double[ALL];
		for (int y = 0; y < Thumbnails.SIDE; y++) for (int x = 0; x < Thumbnails.SIDE; x++) {
			sums[y / block * EDGE + x / block] += (offset + factor * (t.steps()[y * Thumbnails.SIDE + x] & 0xff)) / block;
		}
		return sums;
	}

	/** Cosine transform of rows, then of columns. */
	private static double[] transform(final double[] values) {
		final double[] rows = new double[ALL], out = new double[ALL];
		for (int y = 0; y < EDGE; y++) for (int u = 0; u < EDGE; u++) for (int x = 0; x < EDGE; x++) {
			rows[y * EDGE + u] += COSINES[u][x] * values[y * EDGE + x];
		}
		for (int v = 0; v < EDGE; v++) for (int u = 0; u < EDGE; u++) {
			double sum = 0;
			for (int y = 0; y < EDGE; y++) sum += COSINES[v][y] * rows[y * EDGE + u];
			out[v * EDGE + u] = sum;
		}
		return out;
	}

	private static double[][] cosines() {
		final double[][] c = new double[EDGE][EDGE];
		for (int u = 0; u < EDGE; u++) for (int x = 0; x < EDGE; x++) {
			c[u][x] = Math.sqrt((u == 0 ? 1.0 : 2.0) / EDGE) * Math.cos(Math.PI * (x + 0.5) * u / EDGE);
		}
		return c;
	}

	/** Fills in the means, too. */
	private int[] byVariance(final List<double[]> coordinates) {
		final double[] variance = new double[ALL];
		for (int k = 0; k < ALL; k++) {
			for (final double[] c : coordinates) center[k] += c[k] / coordinates.size();
			for (final double[] c : coordinates) variance[k] += (c[k] - center[k]) * (c[k] - center[k]);
		}
		return IntStream.range(0, ALL).boxed().sorted(Comparator.comparingDouble(k -> -variance[k])).mapToInt(k -> k).toArray();
	}
}
