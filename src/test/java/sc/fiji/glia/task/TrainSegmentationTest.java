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
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ColorProcessor;

import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.Trainings.News;

/** What trainings leave behind, on stacks that take a second. */
class TrainSegmentationTest {

	private static final int W = 40, H = 24, SLICES = 5;

	@TempDir
	Path folder;

	private Path file() {
		return folder.resolve("model.zip");
	}

	private static ImagePlus image() {
		return Discs.image("image", W, H, SLICES);
	}

	private static ImagePlus mask() {
		return Discs.mask("mask", W, H, SLICES);
	}

	private Model train(final String options, final News news) {
		return Trainings.run(file(), image(), mask(), options, news);
	}

	// -- kinds of data --

	@Test
	void learnsFromAStackAndItsMask() {
		final ImagePlus image = image();
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().pixelHeight = 0.25;
		image.getCalibration().setUnit("mm");
		final News news = new News();
		final Model m = Trainings.run(file(), image, mask(), "epochs=2 seed=7", news);
		assertEquals(List.of("background", "foreground"), m.classes());
		assertEquals(List.of("0.5 0.25 mm", "1", "all"), List.of(m.preprocessing().pixelWidth() + " " + m.preprocessing().pixelHeight() + " " + m
			.preprocessing().unit(), "" + m.preprocessing().channelCount(), m.preprocessing().channels()));
		assertEquals(2, m.training().history().size());
		assertEquals(7, m.training().seed());
		assertEquals("2", m.training().settings().get("epochs"));
		assertEquals(news.macro, m.training().macro());
		assertTrue(m.training().choices().contains(TrainingData.NEIGHBOURS));
		final Set<String> names = new TreeSet<>(m.training().split().train());
		assertEquals(4, names.size());
		assertEquals(1, m.training().split().validation().size());
		names.addAll(m.training().split().validation());
		assertEquals(Set.of("image:1", "image:2", "image:3", "image:4", "image:5"), names);
		assertTrue(m.training().scores().containsKey("validation dice, pooled pixels"), m.training().scores()::toString);
		assertEquals(0.0, m.training().baselines().get("all background: Dice"));
		// the discs are so much brighter than the noise that a threshold finds them
		assertEquals(1, m.training().baselines().get("best threshold: Dice"), 0.05);
		assertEquals(List.of("started image 2", "epoch 1", "preview", "epoch 2", "preview", "ended"), news.events);
		assertEquals(2 * 2, news.steps, "4 images in batches of 2, twice");
	}

	@Test
	void theModelDoesWhatItsScoreSays() {
		final Model m = train("epochs=3 rate=0.05", new News());
		final Values v = SegmentStack.SETTINGS.parse(Map.of("image", "image", "model", file().toString()));
		final ImagePlus found = SegmentStack.run(v, image(), Watch.NONE).output().orElseThrow();
		final int slice = Integer.parseInt(m.training().split().validation().get(0).substring("image:".length()));
		final byte[] predicted = (byte[]) found.getStack().getPixels(slice), truth = (byte[]) mask().getStack().getPixels(slice);
		int tp = 0, sum = 0;
		for (int i = 0; i < truth.length; i++) {
			if (predicted[i] != 0 && truth[i] != 0) tp++;
			sum += (predicted[i] != 0 ? 1 : 0) + (truth[i] != 0 ? 1 : 0);
		}
		assertEquals(2.0 * tp / sum, m.training().scores().get("validation dice, pooled pixels"), 1e-12);
		final EpochRecord best = m.training().history().get(m.training().bestEpoch() - 1);
		assertEquals(2.0 * tp / sum, best.validationScore(), 1e-12, "the score of the epoch that was kept");
	}

	@Test
	void invertedMaskTurnsLabelsRound() {
		final News news = new News();
		Trainings.run(file(), image(), Discs.mask("mask", W, H, SLICES, 255, 0), "values=inverted", news);
		final byte[] label = news.previews.get(0).label();
		final int slice = Integer.parseInt(news.previews.get(0).name().substring("image:".length())) - 1;
		for (int i = 0; i < label.length; i++) assertEquals(Discs.isInside(i % W, i / W, slice, W, H) ? 1 : 0, label[i]);
	}

	@Test
	void severalClassesOfALabelImage() {
		final ImagePlus labels = Discs.mask("mask", W, H, SLICES, 0, 1);
		for (int z = 1; z <= SLICES; z++) for (int x = 0; x < W; x++) labels.getStack().getProcessor(z).set(x, H - 1, 2);
		final Model m = Trainings.run(file(), image(), labels, "values=classes");
		assertEquals(List.of("background", "class 1", "class 2"), m.classes());
		assertEquals(3, m.graph().outputChannels());
		assertEquals(3, m.training().fingerprint().classes());
	}

	@Test
	void aChosenChannelOfAnRgbStack() {
		final ImagePlus gray = image();
		final ImageStack colours = new ImageStack(W, H);
		for (int z = 1; z <= SLICES; z++) {
			final ColorProcessor c = new ColorProcessor(W, H);
			final byte[] red = new byte[W * H];
			Arrays.fill(red, (byte) 200);
			c.setRGB(red, (byte[]) gray.getStack().getPixels(z), new byte[W * H]);
			colours.addSlice(c);
		}
		final Model colour = Trainings.run(file(), new ImagePlus("image", colours), mask(), "channels=2");
		assertEquals(List.of("2", 1), List.of(colour.preprocessing().channels(), colour.graph().inputChannels()));
		final Model green = Trainings.run(folder.resolve("green.zip"), gray, mask(), "");
		assertArrayEquals(ModelFile.weights(green), ModelFile.weights(colour), "channel 2 is the gray image");
		assertEquals(3, Trainings.run(file(), new ImagePlus("image", colours), mask(), "").graph().inputChannels());
	}

	// -- ROIs --

	private static Roi disc(final int slice) {
		final double r = Discs.radius(W, H);
		final Roi roi = new OvalRoi(Discs.centre(W, slice, r) - r, Discs.centre(H, slice + 7, r) - r, 2 * r, 2 * r);
		roi.setPosition(slice + 1);
		return roi;
	}

	private static ImagePlus painted(final Roi... rois) {
		final ImagePlus image = image();
		final Overlay overlay = new Overlay();
		for (final Roi r : rois) overlay.add(r);
		image.setOverlay(overlay);
		return image;
	}

	@Test
	void completeRoisMakeTheRestBackground() {
		final News news = new News();
		final Model m = Trainings.run(Trainings.values(file(), "complete"), Optional.of(painted(disc(0), disc(1), disc(3))), news);
		assertEquals(SLICES, m.training().fingerprint().samples() + m.training().split().validation().size(), "slices without a ROI count too");
		for (final byte b : news.previews.get(0).label()) assertNotEquals(Sample.IGNORE, b);
	}

	@Test
	void unpaintedPixelsOfIncompleteRoisCountNothing() {
		final List<Roi> rois = new ArrayList<>();
		for (final int z : new int[] { 0, 1, 3 }) {
			final Roi background = new Roi(0, 0, W, 4), ignore = new Roi(0, 0, 5, 4);
			background.setName("background");
			ignore.setName("ignore");
			background.setPosition(z + 1);
			ignore.setPosition(z + 1);
			rois.addAll(List.of(disc(z), background, ignore));
		}
		final News news = new News();
		final Model m = Trainings.run(Trainings.values(file(), ""), Optional.of(painted(rois.toArray(new Roi[0]))), news);
		final Set<String> names = new TreeSet<>(m.training().split().train());
		names.addAll(m.training().split().validation());
		assertEquals(Set.of("image:1", "image:2", "image:4"), names, "only painted slices are learnt from");
		final byte[] label = news.previews.get(0).label();
		assertEquals(Sample.IGNORE, label[0], "painted ignore");
		assertEquals(0, label[3 * W + 6], "painted background");
		assertEquals(Sample.IGNORE, label[H * W - 1], "not painted");
	}

	@Test
	void groupsOfRoisAreClasses() {
		final List<Roi> rois = new ArrayList<>();
		for (int z = 0; z < SLICES; z++) {
			final Roi nucleus = disc(z), edge = new Roi(0, H - 3, W, 3);
			nucleus.setName("nucleus#" + z);
			edge.setName("edge#" + z);
			edge.setPosition(z + 1);
			rois.addAll(List.of(nucleus, edge));
		}
		final Model m = Trainings.run(Trainings.values(file(), "complete"), Optional.of(painted(rois.toArray(new Roi[0]))), new News());
		assertEquals(List.of("background", "nucleus", "edge"), m.classes());
	}

	// -- folders --

	private Model trainOn(final Path data, final String options) {
		return Trainings.run(Trainings.values(file(), "folder=[" + data + "] " + options), Optional.empty(), new News());
	}

	@Test
	void pairsAreSplitByGroup() throws IOException {
		final Path data = Files.createDirectory(folder.resolve("my data"));
		for (final String patient : new String[] { "a", "b", "c" }) Discs.savePairs(data, patient, 1, 2);
		final Model m = trainOn(data, "validation=0.3");
		assertEquals(2, m.training().split().train().size());
		assertEquals(1, m.training().split().validation().size());
		assertTrue(List.of("a", "b", "c").containsAll(m.training().split().train()), m.training().split()::toString);
		assertFalse(m.training().choices().contains(TrainingData.NEIGHBOURS));
	}

	@Test
	void imagesAndMasksFolders() throws IOException {
		final Path data = folder.resolve("data"), images = Files.createDirectories(data.resolve("images")), masks = Files.createDirectories(data.resolve(
			"masks"));
		for (int n = 1; n <= 3; n++) {
			Discs.save(Discs.image("x", 24, 24, n + 1), images.resolve("stack" + n + ".tif"));
			Discs.save(Discs.mask("x", 24, 24, n + 1), masks.resolve("stack" + n + ".tif"));
		}
		final Model m = trainOn(data, "");
		final Set<String> names = new TreeSet<>(m.training().split().train());
		names.addAll(m.training().split().validation());
		assertEquals(Set.of("stack1", "stack2", "stack3"), names);
		final Model bySlice = trainOn(data, "groups=slice");
		assertEquals(9, bySlice.training().split().train().size() + bySlice.training().split().validation().size());
	}

	@Test
	void aTableSaysTheSplit() throws IOException {
		final Path data = Files.createDirectory(folder.resolve("data"));
		for (final String patient : new String[] { "a", "b", "c" }) Discs.savePairs(data, patient, 1, 2);
		Files.writeString(data.resolve("split.csv"), "patient,split\na,val\nb,test\nc,train\n");
		final Model m = trainOn(data, "");
		assertEquals(List.of(List.of("c"), List.of("a"), List.of("b")), List.of(m.training().split().train(), m.training().split().validation(), m.training()
			.split().test()));
		assertTrue(m.training().scores().keySet().containsAll(Set.of("test dice, pooled pixels", "validation dice, pooled pixels")), m.training()
			.scores()::toString);
	}

	// -- settings --

	@Test
	void startGoesOnFromAModel() {
		final Path first = folder.resolve("first.zip");
		final Model before = Trainings.run(first, image(), mask(), "");
		final Model after = train("start=[" + first + "] rate=1e-7 seed=5", new News());
		final Model fresh = train("rate=1e-7 seed=5", new News());
		assertEquals(before.preprocessing().normalization(), after.preprocessing().normalization());
		final String name = before.graph().weights().keySet().iterator().next();
		// two steps of a rate of 1e-7 move a weight by no more than gradients of some 100 would
		assertArrayEquals(before.weights().get(name), after.weights().get(name), 1e-4f);
		float most = 0;
		for (int i = 0; i < before.weights().get(name).length; i++) most = Math.max(most, Math.abs(before.weights().get(name)[i] - fresh.weights().get(
			name)[i]));
		assertTrue(most > 1e-2f, "a fresh start is elsewhere");
		assertFalse(Arrays.equals(ModelFile.weights(before), ModelFile.weights(after)), "it did go on");
	}

	@Test
	void startReplacesTheModelItStartsFrom() {
		train("", new News());
		final byte[] before = ModelFile.weights(ModelFile.read(file()));
		train("start=[" + file() + "]", new News());
		assertFalse(Arrays.equals(before, ModelFile.weights(ModelFile.read(file()))));
	}

	@Test
	void validationZeroTrainsOnAll() {
		final News news = new News();
		final Model m = train("validation=0 epochs=3", news);
		assertEquals(SLICES, m.training().split().train().size());
		assertEquals(List.of(), m.training().split().validation());
		assertTrue(m.training().scores().containsKey("training dice, pooled pixels"));
		for (final EpochRecord e : m.training().history()) assertTrue(Double.isNaN(e.validationScore()) && Double.isNaN(e.validationLoss()));
		assertEquals(3, news.previews.size(), "a training image is shown then");
		final EpochRecord kept = m.training().history().get(m.training().bestEpoch() - 1);
		for (final EpochRecord e : m.training().history()) assertTrue(kept.loss() <= e.loss());
	}

	@Test
	void aSingleImageTrainsWithoutValidation() {
		final Model m = Trainings.run(file(), Discs.image("image", W, H, 1), Discs.mask("mask", W, H, 1), "");
		assertEquals(List.of(List.of("image:1"), List.of()), List.of(m.training().split().train(), m.training().split().validation()));
	}

	@Test
	void negativePixelSizesDoNoHarm() {
		final ImagePlus image = image();
		image.getCalibration().pixelHeight = -0.5;
		image.getCalibration().pixelWidth = 0;
		image.getCalibration().setUnit("mm");
		final Model m = Trainings.run(file(), image, mask(), "");
		assertEquals(0.5, m.preprocessing().pixelHeight());
		assertEquals(1, m.preprocessing().pixelWidth());
	}

	// -- the file, and stopping --

	@Test
	void afterEachEpochTheBestModelIsOnDisk() {
		final List<Integer> best = new ArrayList<>(), onDisk = new ArrayList<>();
		final int[] last = new int[1];
		train("epochs=3", new News() {

			@Override
			public void epochEnded(final EpochRecord epoch) {
				super.epochEnded(epoch);
				if (epoch.best()) last[0] = epoch.epoch();
				best.add(last[0]);
				onDisk.add(ModelFile.read(file()).training().bestEpoch());
			}
		});
		assertEquals(3, best.size());
		assertEquals(best, onDisk);
	}

	/** Says a word once so many steps are done, or so many epochs. */
	private static News stopping(final Signal word, final int step, final int epoch) {
		return new News() {

			@Override
			public Signal signal() {
				return steps >= step && epochs.size() >= epoch ? word : Signal.CONTINUE;
			}
		};
	}

	@ParameterizedTest
	@CsvSource({ "CANCEL,1,0,1", "CANCEL,2,0,1", "CANCEL,3,0,1", "CANCEL,0,1,1", "CANCEL,0,2,2", "FINISH,0,0,1", "FINISH,1,0,1",
		"FINISH,3,0,1", "FINISH,0,1,1", "FINISH,0,2,2" })
	void stoppedAtAnyTimeThereIsAModel(final Signal word, final int step, final int epoch, final int rows) {
		final News news = stopping(word, step, epoch);
		final Model m = train("epochs=4 results=[" + folder.resolve("results") + "]", news);
		assertEquals(rows, m.training().history().size());
		assertTrue(news.ended.startsWith(word == Signal.CANCEL ? "Cancelled" : "Finished on request"), news.ended);
		assertEquals("ended", news.events.get(news.events.size() - 1));
		assertTrue(Files.exists(folder.resolve("results/report.html")));
		final Values v = SegmentStack.SETTINGS.parse(Map.of("image", "image", "model", file().toString()));
		final ImagePlus found = SegmentStack.run(v, image(), Watch.NONE).output().orElseThrow();
		assertEquals(SLICES, found.getStackSize());
	}

	@ParameterizedTest
	@CsvSource({ "CANCEL,1,0,true", "CANCEL,2,0,true", "CANCEL,3,0,false", "CANCEL,0,1,false", "FINISH,1,0,false" })
	void aModelThatWasThereBeforeSurvivesACancelledFirstEpoch(final Signal word, final int step, final int epoch, final boolean survives) throws IOException {
		train("seed=2", new News());
		final byte[] before = Files.readAllBytes(file());
		final News news = stopping(word, step, epoch);
		train("epochs=4 results=[" + folder.resolve("results") + "]", news);
		assertEquals(survives, Arrays.equals(before, Files.readAllBytes(file())));
		assertEquals(!survives, Files.exists(folder.resolve("results/report.html")));
		assertEquals(survives, news.ended.equals("Cancelled in the first epoch. '" + file() + "' holds the model that was there before"), news.ended);
		assertEquals("ended", news.events.get(news.events.size() - 1));
	}

	@Test
	void cancelledInALaterEpochItIsTheBestBefore() {
		final byte[] first = ModelFile.weights(train("", new News()));
		final Model cancelled = train("epochs=4", stopping(Signal.CANCEL, 3, 0));
		assertArrayEquals(first, ModelFile.weights(cancelled), "the step into the second epoch is dropped");
		assertEquals(1, cancelled.training().bestEpoch());
	}

	@Test
	void closingTheImageDoesNoHarm() {
		final ImagePlus image = image(), mask = mask();
		Trainings.run(file(), image, mask, "epochs=2", new News() {

			@Override
			public void epochEnded(final EpochRecord epoch) {
				super.epochEnded(epoch);
				image.flush();
				image.close();
				mask.flush();
			}
		});
		final byte[] closed = ModelFile.weights(ModelFile.read(file()));
		assertArrayEquals(ModelFile.weights(train("epochs=2", new News())), closed);
	}

	@Test
	void resultsFolder() throws IOException {
		final Path results = folder.resolve("a/b");
		final Model m = train("epochs=2 results=[" + results + "]", new News());
		final List<String> lines = Files.readAllLines(results.resolve("history.csv"));
		assertEquals("epoch,rate,loss,dice,validation_loss,validation_dice,seconds,best", lines.get(0));
		assertEquals(1 + 2, lines.size());
		for (int e = 1; e <= 2; e++) {
			final String[] cells = lines.get(e).split(",");
			assertEquals(e, Integer.parseInt(cells[0]));
			assertEquals(m.training().history().get(e - 1).validationScore(), Double.parseDouble(cells[5]));
			assertEquals(m.training().bestEpoch() == e, Boolean.parseBoolean(cells[7]));
		}
		final Set<String> files = new TreeSet<>();
		try (Stream<Path> all = Files.walk(results)) {
			all.filter(Files::isRegularFile).forEach(f -> files.add(results.relativize(f).toString().replace('\\', '/')));
		}
		final String prediction = files.stream().filter(f -> f.startsWith("sample_predictions/01_image_") && f.endsWith(".png")).findFirst().orElse("none");
		assertEquals(Set.of("history.csv", "loss_curve.png", "dice_curve.png", "report.html", prediction), files);
	}

	@Test
	void theTableHasARowForEachEpoch() {
		Trainings.open(mask());
		final Trained r = TrainSegmentation.run(Trainings.values(file(), "labels=mask epochs=2"), Optional.of(image()), new News(), Engine.preferred(1));
		assertEquals(2, r.history().size());
		assertEquals(2, r.history().getValue("Epoch", 1));
		final Model m = ModelFile.read(r.model());
		assertEquals(m.training().history().get(1).validationScore(), r.history().getValue("Validation Dice", 1));
		assertEquals("best", r.history().getStringValue("Best", m.training().bestEpoch() - 1));
	}

	// -- the same again --

	@Test
	void seedAloneDecides() {
		final String options = "network=auto epochs=2 seed=3";
		final ImagePlus image = Discs.image("image", 24, 24, 3), mask = Discs.mask("mask", 24, 24, 3);
		final List<byte[]> weights = new ArrayList<>();
		for (final int threads : new int[] { 1, 2, 3 }) {
			Trainings.open(mask);
			TrainSegmentation.run(Trainings.values(file(), "labels=mask " + options), Optional.of(image), new News(), Engine.preferred(threads));
			weights.add(ModelFile.weights(ModelFile.read(file())));
		}
		assertArrayEquals(weights.get(0), weights.get(1), "1 and 2 threads");
		assertArrayEquals(weights.get(0), weights.get(2), "1 and 3 threads");
		final String line = ModelFile.read(file()).training().macro();
		final String prefix = "run(\"Train Segmentation Network...\", \"";
		assertTrue(line.startsWith(prefix) && line.endsWith("\");"), line);
		final Values again = TrainSegmentation.SETTINGS.parse(MacroOptions.parse(line.substring(prefix.length(), line.length() - 3).replace("\\\\", "\\")));
		Trainings.open(mask);
		assertArrayEquals(weights.get(0), ModelFile.weights(Trainings.run(again, Optional.of(image), new News())), "the macro line");
		assertFalse(Arrays.equals(weights.get(0), ModelFile.weights(Trainings.run(file(), image, mask, options.replace("seed=3", "seed=4")))), "another seed");
	}

	// -- learning --

	@ParameterizedTest
	@CsvSource({ "1", "4" })
	void learnsDiscs(final int seed) {
		final Model m = Trainings.run(file(), Discs.image("image", 24, 24, 10), Discs.mask("mask", 24, 24, 10), "network=auto batch=4 epochs=6 seed=" + seed);
		final double dice = m.training().scores().get("validation dice, pooled pixels");
		assertTrue(dice > 0.9, () -> "Dice " + dice + " " + m.training().history());
	}
}
