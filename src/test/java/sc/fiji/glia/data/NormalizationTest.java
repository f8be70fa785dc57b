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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.Normalization.Method;
import sc.fiji.glia.data.Normalization.Scope;

class NormalizationTest {

	/** Results are rounded to float once; they are below 4 here. */
	private static final double ROUNDING = 4 * Math.ulp(1f);

	@Test
	void zScoreOfTheDataSetByHand() {
		final SampleList samples = SampleList.of(row(1, 3), row(5, 7));
		final Normalization n = Normalization.fit(Method.ZSCORE, Scope.DATASET, false, samples, samples.all());
		assertEquals(4, n.offset().get(0), 1e-12);
		assertEquals(1 / Math.sqrt(5), n.scale().get(0), 1e-12);
		assertArrayEquals(new float[] { (float) (-3 / Math.sqrt(5)), 0 }, n.apply(new float[][] { { 1, 4 } })[0], (float) ROUNDING);
	}

	@Test
	void onlyTheGivenSamplesAreFittedTo() {
		final SampleList samples = SampleList.of(row(1, 3), row(5, 7), row(1000, -1000));
		assertEquals(4, Normalization.fit(Method.ZSCORE, Scope.DATASET, false, samples, new int[] { 0, 1 }).offset().get(0), 1e-12);
	}

	@Test
	void eightBitRangeIsFixed() {
		assertEquals(new Normalization(Method.RANGE, Scope.DATASET, false, List.of(0.0), List.of(1 / 255.0)), range(row(20, 200)));
		assertEquals(new Normalization(Method.RANGE, Scope.DATASET, false, List.of(20.0), List.of(1 / 180.5)), range(row(20, 200.5f)));
		assertEquals(new Normalization(Method.RANGE, Scope.DATASET, false, List.of(20.0), List.of(1 / 4000.0)), range(row(20, 4020)));
		assertEquals(new Normalization(Method.RANGE, Scope.DATASET, false, List.of(0.0), List.of(1.0)), range(row(0, 1)));
	}

	@Test
	void percentilesIgnoreRareOutliers() {
		final float[] values = new float[1001];
		for (int i = 0; i < values.length; i++) values[i] = (i * 7 + 3) % 1001;
		for (final Scope scope : Scope.values()) {
			final SampleList samples = SampleList.of(row(values));
			final Normalization n = Normalization.fit(Method.PERCENTILE, scope, false, samples, samples.all());
			final float[] clean = n.apply(new float[][] { values })[0];
			for (int i = 0; i < values.length; i++) assertEquals((values[i] - 10) / 980, clean[i], ROUNDING);
		}
		values[500] = 1e9f;
		final SampleList samples = SampleList.of(row(values));
		final Normalization n = Normalization.fit(Method.PERCENTILE, Scope.DATASET, false, samples, samples.all());
		assertEquals(980, 1 / n.scale().get(0), 2); // one value moved to the end shifts ranks by at most one
	}

	@Test
	void percentilesOfManyImagesAreThoseOfAll() {
		final SplittableRandom random = new SplittableRandom(1);
		final Sample[] samples = new Sample[40];
		for (int i = 0; i < samples.length; i++) {
			final float[] v = new float[200_000];
			for (int p = 0; p < v.length; p++) v[p] = (float) random.nextDouble();
			samples[i] = row(v);
		}
		final SampleList list = SampleList.of(samples);
		final Normalization n = Normalization.fit(Method.PERCENTILE, Scope.DATASET, false, list, list.all());
		// 4 million draws: the standard deviation of a percentile at 0.01 is sqrt(0.01 * 0.99 / 4e6) = 5e-5
		assertEquals(0.01, n.offset().get(0), 3e-4);
		assertEquals(0.98, 1 / n.scale().get(0), 5e-4);
	}

	@Test
	void nonZeroLeavesBackgroundAtZeroAndOutOfTheStatistics() {
		for (final Method method : Method.values()) {
			for (final Scope scope : Scope.values()) {
				final SampleList with = SampleList.of(row(0, 0, 0, 0, 0, 40, 50, 60)), without = SampleList.of(row(40, 50, 60));
				final float[] expected = Normalization.fit(method, scope, false, without, without.all()).apply(without.get(0).channels())[0];
				final float[] got = Normalization.fit(method, scope, true, with, with.all()).apply(with.get(0).channels())[0];
				assertArrayEquals(new float[5], Arrays.copyOf(got, 5), method + " " + scope);
				assertArrayEquals(expected, Arrays.copyOfRange(got, 5, 8), (float) ROUNDING, method + " " + scope);
			}
		}
	}

	@Test
	void constantAndEmptyImagesAreFinite() {
		for (final Method method : Method.values()) {
			for (final Scope scope : Scope.values()) {
				for (final boolean nonZero : new boolean[] { false, true }) {
					for (final float value : new float[] { 0, 0.1f, -3e7f, 255 }) {
						final float[] constant = new float[1013];
						Arrays.fill(constant, value);
						final SampleList samples = SampleList.of(row(constant));
						final float[] got = Normalization.fit(method, scope, nonZero, samples, samples.all()).apply(samples.get(0).channels())[0];
						final boolean eightBit = method == Method.RANGE && scope == Scope.DATASET && value == 255;
						for (final float v : got) assertEquals(eightBit ? 1 : 0, v, 1e-5, method + " " + scope + " " + nonZero + " " + value);
					}
				}
			}
		}
	}

	@Test
	void roundingIsNotMadeToAPicture() {
		for (final Method method : Method.values()) {
			final float[] got = new Normalization(method, Scope.IMAGE, false, List.of(), List.of()).apply(new float[][] { { 1000, Math.nextUp(1000f) } })[0];
			assertArrayEquals(new float[2], got, 1e-3f, method.toString());
		}
	}

	@Test
	void channelsAreFittedOneByOne() {
		final Sample s = new Sample("s", "s", 2, 1, new float[][] { { 0, 10 }, { 100, 300 } }, new byte[0]);
		final SampleList samples = SampleList.of(s);
		final Normalization n = Normalization.fit(Method.RANGE, Scope.DATASET, false, samples, samples.all());
		assertArrayEquals(new float[] { 0, 1 }, n.apply(s.channels())[0], (float) ROUNDING);
		assertArrayEquals(new float[] { 0, 1 }, n.apply(s.channels())[1], (float) ROUNDING);
		assertEquals(300, s.channels()[1][1], "input must stay as it was");
		final String message = assertThrows(IllegalArgumentException.class, () -> n.apply(new float[1][2])).getMessage();
		assertTrue(message.contains("expected 2 channels, got 1"), message);
	}

	@Test
	void imageScopeDoesNotDependOnOtherImages() {
		final float[] slice = { 1, 5, 9, 2 };
		for (final Method method : Method.values()) {
			final SampleList alone = SampleList.of(row(slice)), stack = SampleList.of(row(1e6f, 3), row(slice), row(-5, -6));
			final Normalization a = Normalization.fit(method, Scope.IMAGE, false, alone, alone.all());
			final Normalization b = Normalization.fit(method, Scope.IMAGE, false, stack, stack.all());
			b.apply(stack.get(0).channels());
			assertArrayEquals(a.apply(new float[][] { slice })[0], b.apply(stack.get(1).channels())[0]);
		}
	}

	@Test
	void valuesThatAreNoNumbersAreNamed() {
		for (final float bad : new float[] { Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY }) {
			final Sample s = new Sample("brain.tif:3", "g", 3, 2, new float[][] { new float[6], { 0, 0, 0, 0, 0, bad } }, new byte[0]);
			final String message = assertThrows(IllegalArgumentException.class, () -> Normalization.check(s)).getMessage();
			assertTrue(message.contains("'brain.tif:3'") && message.contains("channel 2 at x=2, y=1"), message);
			final SampleList samples = SampleList.of(s);
			assertThrows(IllegalArgumentException.class, () -> Normalization.fit(Method.ZSCORE, Scope.DATASET, false, samples, samples.all()));
		}
	}

	@Test
	void zeroBackgroundIsToldFromDarkImages() {
		final Sample masked = square(20, 5, 0), dark = square(20, 5, 1), full = square(20, 0, 0), filled = square(20, 1, 0);
		assertTrue(Normalization.hasZeroBackground(SampleList.of(masked, masked, dark), new int[] { 0, 1, 2 }));
		assertFalse(Normalization.hasZeroBackground(SampleList.of(masked, dark), new int[] { 0, 1 }), "half of the images are not most");
		assertFalse(Normalization.hasZeroBackground(SampleList.of(full), new int[] { 0 }));
		assertFalse(Normalization.hasZeroBackground(SampleList.of(filled), new int[] { 0 }), "zeros are 19 % only");
	}

	@Test
	void constantsMustFitTheScope() {
		assertThrows(IllegalArgumentException.class, () -> new Normalization(Method.RANGE, Scope.DATASET, false, List.of(), List.of()));
		assertThrows(IllegalArgumentException.class, () -> new Normalization(Method.RANGE, Scope.IMAGE, false, List.of(0.0), List.of(1.0)));
		assertThrows(IllegalArgumentException.class, () -> new Normalization(Method.RANGE, Scope.DATASET, false, List.of(0.0), List.of(Double.NaN)));
	}

	/** Values of 7 with a margin of another value. */
	private static Sample square(final int size, final int margin, final float outside) {
		final float[] v = new float[size * size];
		for (int y = 0; y < size; y++) for (int x = 0; x < size; x++) {
			final int edge = Math.min(Math.min(x, y), Math.min(size - 1 - x, size - 1 - y));
			v[y * size + x] = edge < margin ? outside : 7;
		}
		return new Sample("s", "s", size, size, new float[][] { v }, new byte[0]);
	}

	private static Normalization range(final Sample sample) {
		return Normalization.fit(Method.RANGE, Scope.DATASET, false, SampleList.of(sample), new int[] { 0 });
	}

	private static Sample row(final float... values) {
		return new Sample("s", "s", values.length, 1, new float[][] { values }, new byte[0]);
	}
}
