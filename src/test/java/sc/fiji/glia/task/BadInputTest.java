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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;

import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.Trainings.News;

/** What users are told: what is wrong, what was expected, what was found, what to do. */
class BadInputTest {

	private static final int W = 24, H = 24, SLICES = 3;

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

	/** Why a training does not start; it must not have begun, and left nothing. */
	private String refused(final ImagePlus image, final ImagePlus mask, final String options) {
		Trainings.open(mask);
		final News news = new News();
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Trainings.run(Trainings.values(file(), options), Optional.of(
			image), news));
		assertEquals(0, news.steps, "trained already");
		assertFalse(Files.exists(file()), "a model was written");
		return e.getMessage();
	}

	private static void assertSays(final String message, final String... words) {
		for (final String w : words) assertTrue(message.contains(w), () -> "'" + w + "' is missing in: " + message);
		assertFalse(message.contains("Exception") || message.contains("null"), message);
	}

	// -- labels --

	@Test
	void labelsOfAnotherSize() {
		assertSays(refused(image(), Discs.mask("mask", W, H + 1, SLICES), "labels=mask"), "'mask' (24x25, 3 slices)", "'image' (24x24, 3 slices)",
			"expected the same width, height and number of slices");
		assertSays(refused(image(), Discs.mask("mask", W, H, 1), "labels=mask"), "'mask' (24x24, 1 slice)", "'image' (24x24, 3 slices)");
	}

	@Test
	void labelsThatAreNotOpen() {
		assertSays(refused(image(), mask(), "labels=maks"), "labels: no open image is called 'maks'");
	}

	@Test
	void theImageItselfIsNoLabel() {
		final ImagePlus image = image();
		assertSays(refused(image, image, "labels=image"), "labels: 'image' is the image itself", "rename one");
	}

	@Test
	void aFileThatIsNoModelIsNotReplaced() throws IOException {
		final Path picture = folder.resolve("brain.tif");
		final byte[] bytes = "II*\0 and pixels".getBytes(StandardCharsets.ISO_8859_1);
		Files.write(picture, bytes);
		Trainings.open(mask());
		final News news = new News();
		final String message = assertThrows(IllegalArgumentException.class, () -> Trainings.run(Trainings.values(picture, "labels=mask"), Optional.of(image()),
			news)).getMessage();
		assertSays(message, "brain.tif' is there already and is no model", "Choose another name");
		assertEquals(0, news.steps, "trained already");
		assertArrayEquals(bytes, Files.readAllBytes(picture));
	}

	@Test
	void noRois() {
		assertSays(refused(image(), mask(), ""), "labels: image 'image' has no ROIs in its overlay or the ROI Manager", "press b to add one to the overlay, t for the ROI Manager",
			"open a mask or label image and name it with labels=[title]");
	}

	@Test
	void onlyForegroundRois() {
		final ImagePlus image = image();
		image.setOverlay(new Overlay(new OvalRoi(3, 3, 8, 8)));
		assertSays(refused(image, mask(), ""), "ROIs of image 'image'", "only foreground", "Draw some ROIs named background", "complete");
	}

	@Test
	void roisBesideTheImage() {
		final ImagePlus image = image();
		image.setOverlay(new Overlay(new Roi(100, 100, 8, 8)));
		assertSays(refused(image, mask(), "complete"), "labels: the labels of 'image' are all background", "any value above 0");
	}

	@Test
	void allBackground() {
		assertSays(refused(image(), IJ.createImage("mask", "8-bit black", W, H, SLICES), "labels=mask"), "labels 'mask' contain no foreground",
			"every pixel is 0", "Paint what the network should find");
		assertSays(refused(image(), IJ.createImage("mask", "8-bit white", W, H, SLICES), "labels=mask values=inverted"), "labels 'mask' contain no foreground",
			"values=inverted");
	}

	@Test
	void allForegroundTrainsOrSaysWhyNot() {
		// NB: nothing to tell apart, but no reason to fail
		Trainings.run(file(), image(), IJ.createImage("mask", "8-bit white", W, H, SLICES), "");
		assertTrue(Files.exists(file()));
	}

	@Test
	void fractionsAsClasses() {
		final ImagePlus mask = IJ.createImage("mask", "32-bit black", W, H, SLICES);
		mask.getProcessor().setf(3, 3, 0.5f);
		assertSays(refused(image(), mask, "labels=mask values=classes"), "expected classes, whole numbers from 0 to 254, found the value 0.5", "values=objects");
	}

	// -- pixels --

	@Test
	void pixelsThatAreNoNumbers() {
		final ImagePlus image = IJ.createImage("image", "32-bit black", W, H, SLICES);
		image.getStack().getProcessor(2).setf(1, 1, Float.NaN);
		assertSays(refused(image, mask(), "labels=mask"), "'image:2'", "1 of 576 pixels are NaN or infinite", "Replace them");
		final Values v = SegmentStack.SETTINGS.parse(Map.of("image", "image", "model", Handmade.threshold(folder.resolve("m.zip"), 1, "all", 100)
			.toString()));
		assertSays(assertThrows(IllegalArgumentException.class, () -> SegmentStack.run(v, image, Watch.NONE)).getMessage(), "'image:2'", "NaN");
	}

	@Test
	void tooSmallToLearnFrom() {
		final ImagePlus image = IJ.createImage("image", "8-bit ramp", 7, 30, 2), mask = IJ.createImage("mask", "8-bit black", 7, 30, 2);
		mask.getProcessor().set(1, 1, 255);
		assertSays(refused(image, mask, "labels=mask"), "image: expected at least 8x8 pixels to learn from, found 7x30", "Take larger images");
	}

	@Test
	void channelsThatAreNotThere() {
		assertSays(refused(image(), mask(), "labels=mask channels=2"), "channels=2: image 'image' has 1 channel", "Use all, or numbers from 1 to 1");
		assertSays(refused(image(), mask(), "labels=mask channels=x"), "channels=x", "expected all, or channel numbers");
	}

	// -- groups --

	private String refusedFolder(final Path data, final String options) {
		return assertThrows(IllegalArgumentException.class, () -> Trainings.run(Trainings.values(file(), "folder=[" + data + "] " + options), Optional.empty(),
			new News())).getMessage();
	}

	@Test
	void oneGroupCannotBeSplit() {
		Discs.save(image(), folder.resolve("brain.tif"));
		Discs.save(mask(), folder.resolve("brain_mask.tif"));
		assertSays(refusedFolder(folder, ""), "groups: expected at least 2", "found 1 ('brain')", "groups=slice", "validation=0");
		Trainings.run(Trainings.values(file(), "folder=[" + folder + "] validation=0"), Optional.empty(), new News());
		assertTrue(Files.exists(file()), "what is advised works");
		Trainings.run(Trainings.values(file(), "folder=[" + folder + "] groups=slice"), Optional.empty(), new News());
	}

	@Test
	void foldersWithoutPairs() throws IOException {
		assertSays(refusedFolder(folder.resolve("nowhere"), ""), "folder=", "nowhere", "there is no such folder");
		Discs.save(image(), folder.resolve("brain.tif"));
		assertSays(refusedFolder(folder, ""), "no pair of image and mask found among 1 pictures", "X.tif with X_mask.tif", "images and masks");
	}

	@Test
	void tablesThatDoNotFit() throws IOException {
		Discs.savePairs(folder, "a", 1, 2);
		assertSays(refusedFolder(folder, "groups=grops.csv"), "groups=grops.csv", "expected auto, slice or the path of a CSV file", "no such file");
		final Path table = Files.writeString(folder.resolve("t.csv"), "file,split\na_1,test\na_2,test\n");
		assertSays(refusedFolder(folder, "groups=[" + table + "]"), "groups: nothing is left to train on", "train");
		assertSays(refused(image(), mask(), "labels=mask groups=[" + table + "]"), "groups: expected auto or slice for an open image");
	}

	@Test
	void sizesThatDoNotFitInAFolder() {
		Discs.savePairs(folder, "a", 1, 3);
		Discs.save(IJ.createImage("x", "8-bit white", 9, 9, 1), folder.resolve("a_2_mask.tif"));
		assertSays(refusedFolder(folder, ""), "a_2_mask.tif' (9x9, 1 slice)", "a_2.tif' (24x24, 1 slice)", "expected the same");
	}

	// -- models --

	private String refusedModel(final Path model) {
		final Values v = SegmentStack.SETTINGS.parse(Map.of("image", "image", "model", model.toString()));
		return assertThrows(IllegalArgumentException.class, () -> SegmentStack.run(v, image(), Watch.NONE)).getMessage();
	}

	@Test
	void noModel() throws IOException {
		assertSays(refusedModel(folder.resolve("none.zip")), "There is no model file", "none.zip", "Check the path, or train a network first");
		assertSays(refusedModel(folder), "is a folder", "Give the path of a model file");
		final Path text = Files.writeString(folder.resolve("text.zip"), "not a zip");
		assertSays(refusedModel(text), "text.zip' is not a Glia model", "Choose a model file that a training wrote");
		final Path model = Handmade.threshold(folder.resolve("m.zip"), 1, "all", 100);
		final byte[] bytes = Files.readAllBytes(model);
		final Path half = Files.write(folder.resolve("half.zip"), Arrays.copyOf(bytes, bytes.length / 2));
		assertSays(refusedModel(half), "half.zip' is not a Glia model, or only part of one", "copy or download it again");
		final Path other = rewritten(model, "other.zip", "model.json", s -> "{}");
		assertSays(refusedModel(other), "Cannot read the model", "other.zip", "Choose a model file that a training wrote");
	}

	@Test
	void aNewerModel() throws IOException {
		final Path model = Handmade.threshold(folder.resolve("m.zip"), 1, "all", 100);
		final Path newer = rewritten(model, "newer.zip", "model.json", s -> s.replaceFirst("\"format\": *\"?1\"?", "\"format\": 99").replaceFirst(
			"\"version\": *1", "\"version\": 99"));
		assertSays(refusedModel(newer), "newer.zip", "99", "Update Glia");
	}

	/** A zip with one entry changed. */
	private Path rewritten(final Path from, final String name, final String entry, final UnaryOperator<String> change) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ZipFile zip = new ZipFile(from.toFile()); ZipOutputStream to = new ZipOutputStream(out)) {
			for (final ZipEntry e : Collections.list(zip.entries())) {
				final byte[] bytes = zip.getInputStream(e).readAllBytes();
				to.putNextEntry(new ZipEntry(e.getName()));
				to.write(e.getName().equals(entry) ? change.apply(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8) : bytes);
				to.closeEntry();
			}
		}
		return Files.write(folder.resolve(name), out.toByteArray());
	}

	@Test
	void startFromAModelOfAnotherKind() {
		final Path three = Handmade.threshold(folder.resolve("three.zip"), 3, "all", 100);
		assertSays(refused(image(), mask(), "labels=mask start=[" + three + "]"), "start: the model takes 3 channels and has 1 output; the data have 1 channel and need 1 output.",
			"leave out start=[path]");
		final Path classes = Handmade.classes(folder.resolve("classes.zip"));
		assertSays(refused(image(), mask(), "labels=mask start=[" + classes + "]"), "has 3 outputs", "need 1 output");
		assertSays(refused(image(), mask(), "labels=mask start=[" + folder.resolve("none.zip") + "]"), "There is no model file");
		final Path other = Handmade.threshold(folder.resolve("other.zip"), 1, "all", 100);
		assertSays(refused(image(), mask(), "labels=mask network=U-Net start=[" + other + "]"), "network: training goes on with the network of the model to start from",
			"network=auto; got 'U-Net'", "leave out start=[path]");
	}

	// -- files to write --

	@Test
	void unwritablePathsAreToldFirst() throws IOException {
		Trainings.open(mask());
		final Path nowhere = folder.resolve("nowhere/model.zip"), blocked = Files.writeString(folder.resolve("file"), "x");
		for (final String[] c : new String[][] { { nowhere.toString(), "", "nowhere' does not exist. Make it first" }, { folder.toString(), "",
			"is a folder. Give the path of a file in it" }, { blocked.resolve("model.zip").toString(), "", "is not a folder. Choose another" }, { file()
				.toString(), "results=[" + blocked + "]", "Cannot make the results folder" } }) {
			final News news = new News();
			final Values v = Trainings.values(Path.of(c[0]), "labels=mask " + c[1]);
			assertSays(assertThrows(IllegalArgumentException.class, () -> Trainings.run(v, Optional.of(image()), news)).getMessage(), c[2]);
			assertEquals(0, news.steps);
		}
		assertArrayEquals("x".getBytes(StandardCharsets.UTF_8), Files.readAllBytes(blocked));
	}

	// -- numbers that lead nowhere --

	private static final String DIVERGING = "labels=mask rate=10 optimizer=sgd loss=cross-entropy epochs=40 ";

	@Test
	void divergedInTheFirstEpoch() {
		Trainings.open(Discs.mask("mask", W, H, 15));
		final Values v = Trainings.values(file(), DIVERGING + "batch=1");
		final String message = assertThrows(IllegalArgumentException.class, () -> TrainSegmentation.run(v, Optional.of(Discs.image("image", W, H, 15)),
			new News())).getMessage();
		assertSays(message, "rate: the loss was not a number", "Take a smaller rate than 10");
		assertFalse(Files.exists(file()));
	}

	@Test
	void divergedLaterTheBestEpochBeforeIsKept() {
		Trainings.open(mask());
		final News news = new News();
		final String summary = TrainSegmentation.run(Trainings.values(file(), DIVERGING), Optional.of(image()), news).summary();
		assertSays(summary, "The loss was no number any more: take a smaller rate. Kept the best epoch");
		assertTrue(ModelFile.read(file()).training().bestEpoch() >= 1);
		for (final EpochRecord e : news.epochs) assertEquals(Double.isFinite(e.validationLoss()), Double.isFinite(e.validationScore()), e::toString);
		assertFalse(Double.isFinite(news.epochs.get(news.epochs.size() - 1).validationLoss()), "weights that are no numbers were judged");
	}

	@Test
	void failuresEndTheNews() {
		final News news = new News();
		assertThrows(IllegalArgumentException.class, () -> Trainings.run(Trainings.values(file(), ""), Optional.of(image()), news));
		assertEquals(1, news.events.stream().filter("ended"::equals).count());
		assertTrue(news.ended.startsWith("Training failed: labels: "), news.ended);
	}
}
