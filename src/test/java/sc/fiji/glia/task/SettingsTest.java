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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class SettingsTest {

	private static final Settings TRAIN = TrainSegmentation.SETTINGS;

	private static Values train(final String options) {
		return TRAIN.parse(MacroOptions.parse("image=a.tif model=m.zip " + options));
	}

	private static String trainError(final String options) {
		return assertThrows(IllegalArgumentException.class, () -> train(options)).getMessage();
	}

	@Test
	void nothingGivenMeansStandardValues() {
		final Values v = train("");
		assertEquals("rois", v.text("labels"));
		assertEquals(1, v.whole("seed"));
		assertEquals(0.2, v.decimal("validation"));
		assertFalse(v.isOn("complete"));
		assertTrue(v.isAutomatic("rate") && v.isAutomatic("epochs") && v.isAutomatic("network"));
		assertFalse(v.isAutomatic("seed"));
		assertEquals(Optional.empty(), v.path("results"));
		assertEquals(TRAIN.keys(), List.copyOf(v.asMap().keySet()));
	}

	@Test
	void readsEveryKind() {
		final Values v = train("epochs=3 rate=1e-3 loss=Dice complete results=[/data/my results]");
		assertEquals(3, v.whole("epochs"));
		assertEquals(0.001, v.decimal("rate"));
		assertEquals("dice", v.choice("loss"));
		assertTrue(v.isOn("complete"));
		assertEquals(Optional.of(Path.of("/data/my results")), v.path("results"));
		assertFalse(v.isAutomatic("rate"));
	}

	@Test
	void badValuesAreNamedWithWhatIsExpected() {
		assertEquals("epochs: expected a whole number from 1 to 100000 (or 0: automatic), got 'abc'", trainError("epochs=abc"));
		assertEquals("epochs: expected a whole number from 1 to 100000 (or 0: automatic), got '2.5'", trainError("epochs=2.5"));
		assertEquals("rate: expected a number from 0.0000001 to 10 (or 0: automatic), got '-1'", trainError("rate=-1"));
		assertEquals("rate: expected a number from 0.0000001 to 10 (or 0: automatic), got 'NaN'", trainError("rate=NaN"));
		assertEquals("seed: expected a whole number from 0 to 2147483647, got '1f'", trainError("seed=1f"));
		assertEquals("loss: expected one of auto, cross-entropy, dice, dice+cross-entropy, got 'dise'; did you mean 'dice'?", trainError("loss=dise"));
		assertEquals("complete: expected true or false, got 'maybe'", trainError("complete=maybe"));
		assertTrue(trainError("epoch=3").startsWith("Unknown key 'epoch' in run(\"Train Segmentation Network...\", ...); did you mean 'epochs'?"));
		assertFalse(trainError("xyzzyplugh=3").contains("did you mean"));
	}

	@Test
	void requiredSettingsAreMissed() {
		assertEquals("image: no image. Open one, give image=[title], or give folder=[path]", assertThrows(IllegalArgumentException.class, () -> TRAIN
			.parse(Map.of("model", "m.zip"))).getMessage());
		assertEquals("model: missing. Give the file to write, as in model=[path.zip]", assertThrows(IllegalArgumentException.class, () -> TRAIN.parse(Map
			.of("image", "a.tif"))).getMessage());
		assertEquals("reference: missing. Give the title of an open image, as in reference=[title]", assertThrows(IllegalArgumentException.class,
			() -> EvaluateSegmentation.SETTINGS.parse(Map.of("image", "a.tif"))).getMessage());
	}

	@Test
	void folderReplacesImage() {
		final Values v = TRAIN.parse(Map.of("image", "a.tif", "folder", "pairs", "model", "m.zip"));
		assertEquals("", v.text("image"));
		assertEquals("run(\"Train Segmentation Network...\", \"folder=pairs model=m.zip\");", v.macro());
	}

	@Test
	void macroLineLeavesStandardValuesOutAndReadsBack() {
		final Values v = train("labels=[my mask.tif] epochs=03 rate=0 seed=1 loss=dice complete=true");
		assertEquals("run(\"Train Segmentation Network...\", " +
			"\"image=a.tif labels=[my mask.tif] complete=true loss=dice epochs=3 model=m.zip\");", v.macro());
		assertEquals(v.asMap(), TRAIN.parse(MacroOptions.parse(v.options())).asMap());
	}

	@Test
	void macroLineEscapesBackslashes() {
		assertEquals("run(\"Segment with Network...\", \"image=a model=C:\\\\nets\\\\x.zip\");", SegmentStack.SETTINGS.parse(Map.of("image", "a", "model",
			"C:\\nets\\x.zip")).macro());
	}

	@Test
	void withChecksTheNewValue() {
		assertEquals(7, train("epochs=3").with("epochs", "7").whole("epochs"));
		assertThrows(IllegalArgumentException.class, () -> train("").with("epochs", "x"));
	}

	@Test
	void keysThatEndOtherKeysAreRejected() {
		final Setting a = Setting.text("rate", "", "Rate", "");
		assertThrows(IllegalArgumentException.class, () -> new Settings("X...", "Plugins", List.of(a, Setting.text("learningrate", "", "R", ""))));
		assertThrows(IllegalArgumentException.class, () -> new Settings("X...", "Plugins", List.of(a, a)));
		assertThrows(IllegalArgumentException.class, () -> Setting.text("patchSize", "", "P", ""));
		assertThrows(IllegalArgumentException.class, () -> Setting.text("patch_size", "", "P", ""));
	}
}
