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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;

import sc.fiji.glia.engine.graph.FoldedNetwork;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.report.ClassifiedImage;

/** What trainings of classification networks leave behind, on stacks that take a second. */
class TrainClassificationTest {

	private static final int SIZE = 24, SLICES = 40;

	@TempDir
	Path folder;

	/** Noise of one mean; every other slice has a frame of bright and dark stripes, standing or lying. */
	private static ImagePlus stack(final int size, final String... classes) {
		final ImageStack stack = new ImageStack(size, size);
		for (int s = 0; s < SLICES; s++) {
			final Random random = new Random(s);
			final int c = s % classes.length;
			final ByteProcessor ip = new ByteProcessor(size, size);
			for (int y = 0; y < size; y++) for (int x = 0; x < size; x++) {
				final int along = c == 0 ? x : c == 1 ? y : x + y;
				ip.set(x, y, 60 + random.nextInt(60) + (along / 3 % 2 == 0 ? 60 : 0));
			}
			stack.addSlice(classes[c], ip);
		}
		return new ImagePlus("stack.tif", stack);
	}

	private Path file() {
		return folder.resolve("model.zip");
	}

	private Values values(final String options) {
		final Map<String, String> all = new LinkedHashMap<>(Map.of("image", "stack.tif", "groups", "none", "model", file().toString()));
		all.putAll(MacroOptions.parse(options));
		return TrainClassification.SETTINGS.parse(all);
	}

	private Trained train(final ImagePlus image, final String options, final News news, final Engine engine) {
		return TrainClassification.run(values(options), Optional.of(image), news, engine);
	}

	private Model train(final ImagePlus image, final String options) {
		return ModelFile.read(train(image, options, new News(), Engine.preferred(2)).model());
	}

	private static class News extends Trainings.News {

		final List<List<ClassifiedImage>> examples = new ArrayList<>();

		@Override
		public void examples(final List<ClassifiedImage> images) {
			events.add("examples");
			examples.add(images);
		}
	}

	@Test
	void learnsFromTheLabelsOfSlices() {
		final News news = new News();
		final Trained r = train(stack(SIZE, "standing", "lying"), "epochs=12 patience=12 seed=3", news, Engine.preferred(2));
		final Model m = ModelFile.read(r.model());
		assertEquals(List.of("lying", "standing"), m.classes());
		assertTrue(m.training().scores().get("validation accuracy") > 0.95, m.training().scores()::toString);
		assertTrue(m.training().baselines().get("majority class: accuracy") <= 0.5, m.training().baselines()::toString);
		assertTrue(r.summary().contains("Baseline, majority class"), r.summary());
		assertTrue(r.summary().contains("\nJudged on the validation images: the best epoch was chosen by these"), r.summary());
		assertEquals(12, m.training().history().size());
		assertEquals("none", m.classification().orElseThrow().prepare());
		assertEquals(m.classification().orElseThrow().width(), m.classification().orElseThrow().height());
		assertTrue(m.classification().orElseThrow().temperature() > 0);
		assertEquals("started stack.tif 12", news.events.get(0));
		assertEquals(12, news.examples.size());
		assertTrue(news.examples.get(11).stream().filter(ClassifiedImage::isRight).count() > 6, "the examples show what the network has learnt");
		final Set<String> both = new TreeSet<>(m.training().split().train());
		both.retainAll(m.training().split().validation());
		assertEquals(Set.of(), both, "no group on both sides");
	}

	@Test
	void theScoreOfTheBestEpochIsThatOfTheModel() {
		final Model m = train(stack(SIZE, "standing", "lying"), "epochs=4");
		final EpochRecord best = m.training().history().get(m.training().bestEpoch() - 1);
		assertEquals(best.validationScore(), m.training().scores().get("validation accuracy"), 1e-12);
	}

	@Test
	void theSameSeedGivesTheSameWeightsHereAndInAWorker() {
		final Engine here = new Engine(Engine.Where.IN_PROCESS, true, Engine.preferred().launch(), 1), worker = new Engine(Engine.Where.WORKER, false, Engine
			.preferred().launch(), 2);
		final ImagePlus image = stack(SIZE, "a", "b", "c");
		final Model one = ModelFile.read(train(image, "epochs=2 loss=weighted", new News(), here).model());
		final Model two = ModelFile.read(train(image, "epochs=2 loss=weighted", new News(), worker).model());
		assumeTrue(one.training().versions().get("kernels").equals(two.training().versions().get("kernels")),
			"the same kernels here and there");
		one.weights().arrays().forEach((name, a) -> assertArrayEquals(a, two.weights().get(name), name));
	}

	@Test
	void presetsTrain() {
		for (final String network : List.of("Dense 512", "CNN 32-64", "CNN 128", "Dense 10")) {
			final Model m = train(stack(SIZE, "standing", "lying"), "network=[" + network + "] size=24 epochs=2 batch=8");
			assertEquals(24, m.classification().orElseThrow().width(), network);
			assertEquals(2, m.training().history().size(), network);
		}
	}

	@Test
	void allImagesMayBeOneBatch() {
		final News news = new News();
		train(stack(SIZE, "standing", "lying"), "network=[Dense 10] size=24 epochs=3 batch=0 validation=0", news, Engine.preferred(2));
		assertEquals(3, news.steps);
		assertTrue(news.choices.stream().anyMatch(c -> c.startsWith("batch: 40 images, all of them")), news.choices::toString);
	}

	@Test
	void eachImageIsJudgedOnceInACrossValidation() throws IOException {
		final Path results = folder.resolve("results");
		final News news = new News();
		train(stack(SIZE, "standing", "lying"), "epochs=1 folds=4 results=[" + results + "]", news, Engine.preferred(2));
		assertEquals(5, news.events.stream().filter(e -> e.startsWith("started")).count());
		assertTrue(news.events.contains("started stack.tif, fold 4 of 4 1"), news.events::toString);
		final List<String> rows = Files.readAllLines(results.resolve("predictions.csv"));
		assertEquals(SLICES, rows.size() - 1);
		assertEquals(SLICES, rows.stream().skip(1).map(row -> row.split(",")[0]).distinct().count());
		assertTrue(Files.readString(results.resolve("metrics.csv")).startsWith("name,value,low,high\naccuracy,"));
	}

	@Test
	void finishingAFoldKeepsItsNetwork() {
		final News finishes = new News() {

			@Override
			public Signal signal() {
				return epochs.isEmpty() ? Signal.CONTINUE : Signal.FINISH;
			}
		};
		final Trained r = train(stack(SIZE, "standing", "lying"), "epochs=3 folds=4", finishes, Engine.preferred(2));
		assertTrue(r.summary().contains("Finished in fold 1 of 4"), r.summary());
		final Model m = ModelFile.read(r.model());
		assertEquals(1, m.training().history().size());
		assertTrue(m.training().scores().containsKey("test accuracy"), m.training().scores()::toString);
	}

	@Test
	void aModelGoesOnOrGivesItsEncoder() {
		final Path first = folder.resolve("first.zip");
		final ImagePlus two = stack(SIZE, "standing", "lying"), three = stack(SIZE, "standing", "lying", "slanted");
		final Model old = train(two, "epochs=2");
		ModelFile.write(first, old);
		final Model on = train(two, "epochs=1 start=[" + first + "]");
		assertEquals(old.graph(), on.graph());
		final Model frozen = train(three, "epochs=1 freeze start=[" + first + "]");
		assertEquals(3, frozen.graph().outputChannels());
		final Weights folded = FoldedNetwork.of(old.graph(), old.weights()).weights();
		frozen.weights().arrays().forEach((name, a) -> {
			if (!name.startsWith("out.")) assertArrayEquals(folded.get(name), a, name);
		});
		final Model free = train(three, "epochs=1 start=[" + first + "]");
		assertFalse(Arrays.equals(old.weights().get("stem.conv.weight"), free.weights().get("stem.conv.weight")));
	}

	/** NB: a choice that is not heeded is worse than an error. */
	@Test
	void theModelToStartFromDecidesOnNetworkAndSize() {
		final Path first = folder.resolve("first.zip");
		final ImagePlus two = stack(SIZE, "standing", "lying");
		ModelFile.write(first, train(two, "network=[Dense 10] size=16 epochs=1"));
		final String start = "epochs=1 start=[" + first + "] ";
		assertEquals("network: training goes on with the network of the model to start from, made with network=[Dense 10]; got 'CNN 128'. " +
			"Take network=auto, or leave out start=[path]", refusal(two, start + "network=[CNN 128]"));
		assertEquals("size: the model to start from takes images of 16x16 pixels, got 24. Take size=0, which means the model's own, or leave out start=[path]",
			refusal(two, start + "size=24"));
		train(two, start + "network=[Dense 10] size=16"); // what is so anyway may be said
		final News news = new News();
		train(two, start, news, Engine.preferred(2));
		assertEquals("size: 16x16 pixels, as the model that training starts from takes them", news.choices.stream().filter(c -> c.startsWith("size")).findFirst()
			.orElse("none"));
	}

	private String refusal(final ImagePlus image, final String options) {
		return assertThrows(IllegalArgumentException.class, () -> train(image, options)).getMessage();
	}

	@Test
	void aSegmentationModelGivesItsEncoder() {
		final Path first = folder.resolve("segmentation.zip");
		final Model old = Trainings.run(first, Discs.image("image", 32, 32, 3), Discs.mask("mask", 32, 32, 3), "");
		final Model m = train(stack(32, "standing", "lying"), "epochs=1 freeze start=[" + first + "]");
		assertEquals(2, m.graph().outputChannels());
		assertArrayEquals(old.weights().get("enc1.conv1.weight"), m.weights().get("enc1.conv1.weight"));
		assertEquals(old.preprocessing().normalization(), m.preprocessing().normalization());
	}

	@Test
	void anOlderModelOutlivesACancelledFirstEpoch() throws IOException {
		train(stack(SIZE, "standing", "lying"), "epochs=1");
		final byte[] before = Files.readAllBytes(file());
		final News cancels = new News() {

			@Override
			public Signal signal() {
				return steps > 0 ? Signal.CANCEL : Signal.CONTINUE;
			}
		};
		final Trained r = train(stack(SIZE, "standing", "lying"), "epochs=5", cancels, Engine.preferred(2));
		assertTrue(r.summary().contains("holds the model that was there before"), r.summary());
		assertArrayEquals(before, Files.readAllBytes(file()));
	}

	private void refused(final ImagePlus image, final String options, final String part) {
		final String message = assertThrows(IllegalArgumentException.class, () -> train(image, options)).getMessage();
		assertTrue(message.contains(part), message);
		assertFalse(Files.exists(file()), "nothing is written");
	}

	@Test
	void whatCannotBeLearntIsSaid() {
		refused(stack(SIZE, "one"), "", "expected at least 2, found 1");
		final ImagePlus alone = stack(SIZE, "standing", "standing");
		alone.getStack().setSliceLabel("alone", 3);
		refused(alone, "", "class 'alone' has 1 image");
		refused(stack(SIZE, "standing", "lying"), "batch=many", "batch: expected auto, or a whole number from 0");
		refused(stack(SIZE, "standing", "lying"), "classes=diagnosis", "diagnosis");
		refused(stack(SIZE, "standing", "lying"), "freeze", "freeze: there is no encoder to freeze");
	}
}
