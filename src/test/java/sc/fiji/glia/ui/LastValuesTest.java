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
package sc.fiji.glia.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import ij.IJ;
import ij.ImagePlus;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Settings;

/** What a dialog shows again of what a user entered. */
class LastValuesTest {

	/** NB: each test has a label of its own, as values last as long as ImageJ. */
	private static Settings settings(final String label) {
		return new Settings(label, "Plugins>Glia", List.of( //
			Setting.image("image", "Image", "").unless("folder"), //
			Setting.title("labels", "rois", List.of("rois"), "Labels", ""), //
			Setting.path("folder", Setting.Kind.FOLDER, "Folder", ""), //
			Setting.text("groups", "auto", "Groups", ""), //
			Setting.choice("loss", List.of("auto", "dice"), "Loss", ""), //
			Setting.whole("epochs", 1, 1, 99, "Epochs", ""), //
			Setting.onOff("skip", "Skip", ""), //
			Setting.path("model", Setting.Kind.FILE_SAVE, "Model", "").required(), //
			Setting.path("results", Setting.Kind.FOLDER, "Results", "")));
	}

	private static final Map<String, String> HOW = Map.of("loss", "dice", "epochs", "many", "skip", "true");

	private static Map<String, String> entered(final String image) {
		final Map<String, String> all = new LinkedHashMap<>(HOW);
		all.putAll(Map.of("image", image, "labels", "rois", "folder", "/data", "groups", "slice", "model", "/m.zip", "results", "/r"));
		return all;
	}

	private static Optional<ImagePlus> image(final String title) {
		return Optional.of(IJ.createImage(title, "8-bit black", 2, 2, 1));
	}

	private static Map<String, String> without(final Map<String, String> map, final String... keys) {
		final Map<String, String> left = new LinkedHashMap<>(map);
		for (final String k : keys) left.remove(k);
		return left;
	}

	@Test
	void nothingAtFirst() {
		assertEquals(Map.of(), LastValues.of(settings("First..."), image("a")));
		assertEquals(Map.of(), LastValues.of(settings("First..."), Optional.empty()));
	}

	@Test
	void allOfACallThatFailedOnTheSameImage() {
		final Settings s = settings("Failed...");
		LastValues.keep(s, entered("a"));
		assertEquals(without(entered("a"), "image"), LastValues.of(s, image("a")));
		LastValues.keep(s, entered(""));
		assertEquals(without(entered(""), "image"), LastValues.of(s, Optional.empty()), "a folder, and no image is open");
	}

	@Test
	void whatSaysOnWhichDataEndsWithTheImage() {
		final Settings s = settings("Other...");
		LastValues.keep(s, entered("a"));
		assertEquals(HOW, LastValues.of(s, image("b")));
		assertEquals(HOW, LastValues.of(s, Optional.empty()));
	}

	@Test
	void whatWasWrittenIsNotWrittenOver() {
		final Settings s = settings("Done...");
		LastValues.keep(s, entered("a"));
		LastValues.done(s);
		assertEquals(without(entered("a"), "image", "model", "results"), LastValues.of(s, image("a")));
	}

	@Test
	void labelsThatAreClosedDoNotComeBack() {
		final Settings s = settings("Closed...");
		final Map<String, String> entered = entered("a");
		entered.put("labels", "closed mask");
		LastValues.keep(s, entered);
		assertEquals(without(entered, "image", "labels"), LastValues.of(s, image("a")));
	}

	@Test
	void eachTaskHasItsOwn() {
		LastValues.keep(settings("One..."), entered("a"));
		assertEquals(Map.of(), LastValues.of(settings("Two..."), image("a")));
	}
}
