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
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.Normalization.Method;
import sc.fiji.glia.data.Normalization.Scope;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Optimizer;
import sc.fiji.glia.engine.train.Schedule;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.engine.train.TrainingListener;

/** Images of one class each: as bytes, as floats and read again for each draw they are the same, and so is what is trained on them. */
class ImageSourceTest {

	private static final int IMAGES = 530, EDGE = 5;

	/** Two channels; {@code half} adds 1/2, so that bytes do not do. */
	private static SampleList samples(final boolean half) {
		final SplittableRandom random = new SplittableRandom(1);
		final List<Sample> list = new ArrayList<>();
		for (int n = 0; n < IMAGES; n++) {
			final float[][] channels = new float[2][EDGE * EDGE];
			// every third image is read as floats all the same
			for (final float[] c : channels) for (int i = 0; i < c.length; i++) c[i] = random.nextInt(256) + (half && n % 3 == 0 ? 0.5f : 0);
			list.add(new Sample("s" + n, "g", EDGE, EDGE, channels, new byte[0]));
		}
		return new SampleList(list);
	}

	private static int[] classes() {
		final SplittableRandom random = new SplittableRandom(2);
		return random.ints(IMAGES, 0, 3).toArray();
	}

	private static ImageSource source(final SampleList samples, final Normalization normalization, final Augmentation augmentation, final long cache) {
		return new ImageSource(samples, classes(), samples.all(), normalization, augmentation, 4, cache, Watch.NONE);
	}

	private static Normalization normalization(final Method method, final SampleList samples) {
		return Normalization.fit(method, Scope.DATASET, false, samples, samples.all());
	}

	@Test
	void whatIsKeptIsWhatIsReadAgain() {
		for (final boolean half : new boolean[] { false, true }) for (final Method method : Method.values()) {
			final SampleList samples = samples(half);
			final Normalization n = normalization(method, samples);
			final ImageSource kept = source(samples, n, Augmentation.NONE, Long.MAX_VALUE), some = source(samples, n, Augmentation.NONE, 10_000), read = source(
				samples, n, Augmentation.NONE, 0);
			for (int i = 0; i < 2 * IMAGES; i += 7) {
				final float[][][] planes = new float[3][2][EDGE * EDGE];
				final byte[] a = new byte[1], b = new byte[1];
				kept.draw(i, planes[0], a);
				some.draw(i, planes[1], b);
				read.draw(i, planes[2], b);
				assertArrayEquals(planes[2], planes[0], method + ", image " + i);
				assertArrayEquals(planes[2], planes[1], method + ", image " + i);
				assertEquals(b[0], a[0]);
				assertEquals(b[0], kept.label(i));
			}
		}
	}

	private static Map<String, float[]> trained(final Trainer.Source source, final Kernels kernels, final int threads) {
		final Graph g = new DenseNetwork(2, EDGE, EDGE, 3, List.of(6), false, 0).graph();
		final Weights weights = Initialization.HE.weights(g, 3);
		try (Workers workers = new Workers(threads)) {
			new Trainer(g, weights, new Trainer.Settings(2, 2, IMAGES, EDGE, EDGE, Loss.CROSS_ENTROPY, new Optimizer.Sgd(0.9f, false), new Schedule.Constant(), 0.1,
				0, 0, 1), kernels, workers).train(source, Trainer.Validation.NONE, new TrainingListener() {});
		}
		return new LinkedHashMap<>(weights.arrays());
	}

	@Test
	void drawnWhereNeededOrAllBeforehandTheWeightsBecomeTheSame() {
		for (final boolean half : new boolean[] { false, true }) for (final Augmentation augmentation : List.of(Augmentation.NONE, Augmentation.MIRROR)) {
			final SampleList samples = samples(half);
			final ImageSource source = source(samples, normalization(Method.RANGE, samples), augmentation, Long.MAX_VALUE);
			for (final Kernels kernels : KernelProvider.available()) {
				// NB: of a method nothing is known but that it draws
				final Map<String, float[]> expected = trained((Trainer.Source) source::draw, kernels, 1);
				for (final int threads : new int[] { 1, 3 }) trained(source, kernels, threads).forEach((name, w) -> assertArrayEquals(expected.get(name), w,
					kernels.name() + ", " + name + ", " + threads + " threads"));
			}
		}
	}

	@Test
	void oneImageOfAnotherSizeIsRefused() {
		final SampleList samples = SampleList.of(samples(false).get(0), new Sample("odd", "g", 1, EDGE * EDGE, new float[2][EDGE * EDGE], new byte[0]));
		assertThrows(IllegalArgumentException.class, () -> new ImageSource(samples, new int[2], samples.all(), normalization(Method.RANGE, samples),
			Augmentation.NONE, 1, 1 << 20, Watch.NONE));
	}
}
