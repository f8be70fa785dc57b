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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Small versions of images, all of one size, and what else {@link Duplicates}, {@link ClassBaselines} and a {@link Fingerprint} go by: every image
 * is read once. A thumbnail is the mean of the channels, averaged over the areas of {@value #SIDE}x{@value #SIDE} equal rectangles, in 256 steps from its own
 * smallest to its own largest value: 1 kB for each image.
 */
public final class Thumbnails {

	/** Columns and rows of a thumbnail. */
	public static final int SIDE = 32;

	/** Values of a thumbnail. */
	static final int LENGTH = SIDE * SIDE;

	private final Thumbnail[] images;

	private Thumbnails(final Thumbnail[] images) {
		this.images = images;
	}

	/**
	 * One image.
	 *
	 * @param facts what a fingerprint needs
	 * @param mean mean of all its values
	 * @param steps thumbnail, 0 to 255 unsigned
	 * @param low value of step 0
	 * @param step value of a step
	 */
	record Thumbnail(SampleFacts facts, double mean, byte[] steps, double low, double step) {

		int width() {
			return facts.width();
		}

		int height() {
			return facts.height();
		}

		/** Equal for exact copies, and only for these; channels that are all the same count once. */
		ByteBuffer hash() {
			return ByteBuffer.wrap(facts.sha256());
		}
	}

	/** Thumbnails of all images, see {@link #of(Samples, Watch)}. */
	public static Thumbnails of(final Samples samples) {
		return of(samples, Watch.NONE);
	}

	/**
	 * Thumbnails of all images. Several are read at a time.
	 *
	 * @param watch may end the reading
	 * @throws IllegalArgumentException if an image has values that are not finite
	 */
	public static Thumbnails of(final Samples samples, final Watch watch) {
		final Samples watched = watch.over(samples, "reading image", samples.size());
		final Thumbnail[] images = new Thumbnail[samples.size()];
		final AtomicReference<RuntimeException> failure = new AtomicReference<>();
		IntStream.range(0, images.length).parallel().forEach(i -> {
			if (failure.get() != null) return;
			// NB: thrown in another thread, it would arrive wrapped, and the user would read the name of its class
			try {
				images[i] = thumbnail(watched.get(i));
			}
			catch (final RuntimeException e) {
				failure.compareAndSet(null, e);
			}
		});
		if (failure.get() != null) throw failure.get();
		return new Thumbnails(images);
	}

	/** Number of images. */
	public int size() {
		return images.length;
	}

	/** Values of a thumbnail, {@code [y * SIDE + x]}. */
	public float[] values(final int i) {
		final float[] values = new float[LENGTH];
		for (int k = 0; k < LENGTH; k++) values[k] = (float) (images[i].low + images[i].step * (images[i].steps[k] & 0xff));
		return values;
	}

	/** Correlation of two thumbnails, -1 to 1; NaN if one of them is of one value. */
	public double correlation(final int i, final int j) {
		final byte[] a = images[i].steps, b = images[j].steps;
		long sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
		for (int k = 0; k < LENGTH; k++) {
			final int p = a[k] & 0xff, q = b[k] & 0xff;
			sa += p;
			sb += q;
			saa += p * p;
			sbb += q * q;
			sab += p * q;
		}
		final double va = LENGTH * saa - sa * sa, vb = LENGTH * sbb - sb * sb;
		return va == 0 || vb == 0 ? Double.NaN : (LENGTH * sab - sa * sb) / Math.sqrt(va * vb);
	}

	Thumbnail image(final int i) {
		return images[i];
	}

	private static Thumbnail thumbnail(final Sample sample) {
		final SampleFacts facts = SampleFacts.of(sample);
		final int w = sample.width(), h = sample.height();
		final float[] gray = sample.gray(), small = Resampling.areas(w, h, SIDE, SIDE).apply(gray);
		double sum = 0;
		for (final float v : gray) sum += v;
		float low = small[0], high = small[0];
		for (final float v : small) {
			low = Math.min(low, v);
			high = Math.max(high, v);
		}
		final double step = ((double) high - low) / 255;
		final byte[] steps = new byte[LENGTH];
		if (step > 0) for (int k = 0; k < LENGTH; k++) steps[k] = (byte) Math.round(((double) small[k] - low) / step);
		return new Thumbnail(facts, sum / gray.length, steps, low, step);
	}
}
