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
package sc.fiji.glia.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.Augmentation;
import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Fingerprint.Size;
import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.SampleList;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.train.Trainer;

/** What is derived for a classification, from numbers of images and their sizes alone: no image is read. */
class ClassificationPlanTest {

	private static ClassificationPlan plan(final int images, final int side, final String... settings) {
		return plan(1L << 40, images, side, settings);
	}

	private static ClassificationPlan plan(final long memory, final int images, final int side, final String... settings) {
		final Samples samples = new Samples() {

			@Override
			public int size() {
				return images;
			}

			@Override
			public String name(final int i) {
				return "image " + i;
			}

			@Override
			public String group(final int i) {
				return name(i);
			}

			@Override
			public Sample get(final int i) {
				throw new UnsupportedOperationException("the plan reads no image");
			}
		};
		final byte[] labels = new byte[images];
		for (int i = 0; i < images; i += 2) labels[i] = 1;
		final Size size = new Size(side, side, side);
		final Fingerprint data = new Fingerprint(images, images, size, size, 1, 1, List.of(1L), 0, 0, 0, List.of(0.0), List.of(255.0), List.of(100.0), List.of(
			50.0), List.of(1.0), false, 0, "");
		return ClassificationPlan.of(TrainClassification.SETTINGS.parse(values(settings)), data, new LabelledImages(samples, List.of("a", "b"), labels, Map.of(),
			List.of()), IntStream.range(0, images).toArray(), memory, KernelProvider.best());
	}

	private static Map<String, String> values(final String... settings) {
		final Map<String, String> values = new HashMap<>(Map.of("model", "x.zip", "folder", "x"));
		for (final String s : settings) values.put(s.substring(0, s.indexOf('=')), s.substring(s.indexOf('=') + 1));
		return values;
	}

	@Test
	void manyImagesTakeFewEpochsAndFewImagesMany() {
		assertEquals(400_000 / 48_000, plan(48_000, 28).epochs(), "400 000 images seen");
		assertEquals(8, plan(100_000, 28).epochs(), "the fewest");
		assertEquals(60, plan(200, 64).epochs(), "the most");
		final int large = plan(2_000, 200).epochs();
		assertTrue(large > 8 && large < 60, "2000 images of 128x128 pixels are what limits time: " + large + " epochs");
		assertEquals(3, plan(200, 64, "epochs=3").epochs());
	}

	@Test
	void theInputIsNoLargerThanNeededAndFitsTheNetwork() {
		for (final int side : new int[] { 9, 28, 50, 100, 127, 300 }) {
			final ClassificationPlan p = plan(100, side);
			assertTrue(p.width() >= Math.min(side, 128) && p.width() <= 128, side + " to " + p.width());
			assertEquals(p.graph().shapes(p.height(), p.width()).get(0).width(), p.width()); // NB: the network refuses sizes that do not fit
		}
	}

	@Test
	void anAutomaticBatchFitsIntoMemory() {
		final long memory = 600L << 20;
		final ClassificationPlan p = plan(memory, 20_000, 128), all = plan(20_000, 128);
		assertEquals(64, all.batch());
		assertTrue(p.batch() > 1 && p.batch() < 64, "batch " + p.batch());
		assertTrue(p.reasons().contains("batch: " + p.batch() + " images (as many as fit into memory)"), p.reasons().toString());
		assertEquals((20_000 + p.batch() - 1) / p.batch(), p.steps());
		assertTrue(bytes(p, p.batch()) <= memory / 3 && bytes(p, p.batch() + 1) > memory / 3, "the largest");
		assertEquals(64, plan(memory, 20_000, 128, "batch=64").batch(), "as the user wishes");
	}

	private static long bytes(final ClassificationPlan p, final int batch) {
		return TrainingPlan.bytes(p.graph(), p.height(), p.width(), batch, true, KernelProvider.best(), 1);
	}

	@Test
	void theSizeIsForeseenByAFewImages() {
		for (final int side : new int[] { 9, 28, 50, 100, 127, 300 }) for (final String[] settings : new String[][] { {}, { "size=40" }, { "network=CNN 128" }, {
			"network=Dense 512", "size=70" } })
		{
			final ClassificationPlan p = plan(100, side, settings);
			final Samples images = SampleList.of(new Sample("a", "a", side, side + 5, new float[1][side * (side + 5)], new byte[0]), new Sample("b", "b", side + 1, side,
				new float[1][side * (side + 1)], new byte[0]), new Sample("c", "c", side, side, new float[1][side * side], new byte[0]));
			assertEquals(new Shape(1, p.height(), p.width()), ClassificationPlan.foreseen(TrainClassification.SETTINGS.parse(values(settings)), Optional.empty(), images, Watch.NONE));
		}
	}

	@Test
	void theAverageSpansATwentiethOfTheTrainingAndPresetsHaveNone() {
		final ClassificationPlan p = plan(320, 64, "epochs=20", "batch=16");
		final Trainer.Settings s = p.settings(true, 1);
		assertEquals(1 - 1 / (0.05 * 20 * 20), s.averaging(), 1e-12);
		assertEquals(0, plan(10, 64, "epochs=1").settings(true, 1).averaging(), "one step has nothing to average");
		for (final String preset : new String[] { "Dense 512", "CNN 32-64", "CNN 128", "Dense 10" }) assertEquals(0, plan(20, 64, "network=" + preset, "size=16")
			.settings(true, 1).averaging(), preset);
	}

	@Test
	void mirrorImagesAreOnlyForThoseWhoAskForThem() {
		assertEquals(Augmentation.UPRIGHT, plan(100, 64).augmentation());
		assertEquals(Augmentation.FLIPS, plan(100, 64, "augment=flips").augmentation());
	}
}
