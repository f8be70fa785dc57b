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
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.data.Watch;
import sc.fiji.glia.task.CheckGradients;
import sc.fiji.glia.task.ClassifyImages;
import sc.fiji.glia.task.SegmentStack;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.task.TrainClassification;
import sc.fiji.glia.task.TrainSegmentation;
import sc.fiji.glia.task.TrainingProgress;

/** Messages that name settings as macros do, in the words of the dialog. */
class DialogWordsTest {

	@TempDir
	private Path folder;

	private static String said(final Settings settings, final String message) {
		return DialogWords.of(settings, message);
	}

	@Test
	void theSettingThatAMessageIsAbout() {
		assertEquals("Learning rate: expected a number from 0 to 10, got 'x'", said(TrainSegmentation.SETTINGS, "rate: expected a number from 0 to 10, got 'x'"));
		assertEquals("Folder of pairs 'C:\\my data': there is no such folder.", said(TrainSegmentation.SETTINGS, "folder=C:\\my data: there is no such folder."));
		assertEquals("Training failed: Batch size: this needs 9 MB", said(TrainSegmentation.SETTINGS, "Training failed: batch: this needs 9 MB"));
	}

	@Test
	void advice() {
		assertEquals("Groups: too few. Take \"Groups\" = slice, or \"Validation fraction\" = 0 to train", said(TrainSegmentation.SETTINGS,
			"groups: too few. Take groups=slice, or validation=0 to train"));
		assertEquals("Image: no image. Open one, or give \"Folder of pairs\"", said(TrainSegmentation.SETTINGS,
			"image: no image. Open one, give image=[title], or give folder=[path]"));
		assertEquals("Choose another name.", said(TrainSegmentation.SETTINGS, "Choose another name, as in model=[path.zip]."));
		assertEquals("Network: made with \"Network\" = CNN 32-64; got 'x'. Leave out \"Start from model\"", said(TrainClassification.SETTINGS,
			"network: made with network=[CNN 32-64]; got 'x'. Leave out start=[path]"));
		assertEquals("Remove it, or set \"Skip unreadable files\" to leave it out.", said(TrainClassification.SETTINGS, "Remove it, or set skip=true to leave it out."));
		assertEquals("Leave out \"Show as overlay\", or more (\"Model file\").", said(SegmentStack.SETTINGS, "Leave out overlay=true, or more (model=[path])."));
	}

	/** NB: titles, paths and sentences may hold what looks like a setting. */
	@Test
	void whatIsNoSettingStays() {
		for (final String message : List.of("There is no model file '/data/seed=3/x.zip'", "The model: too large", "No image called 'labels' of the model is open",
			"groups = a, b", "rater: x", "seeds=3")) assertEquals(message, said(TrainSegmentation.SETTINGS, message));
		assertEquals("rate: x", said(SegmentStack.SETTINGS, "rate: x"), "no setting of this task");
	}

	/** What tasks throw, from the first wrong value to the data. */
	@Test
	void whatTasksSay() {
		assertEquals("Model file to write: missing. Give the file to write", thrown(TrainSegmentation.SETTINGS, () -> TrainSegmentation.SETTINGS.parse(Map.of("image",
			"a"))));
		assertEquals("Stack: no image. Open one, or give \"Folder of images\"", thrown(TrainClassification.SETTINGS, () -> TrainClassification.SETTINGS.parse(Map.of(
			"model", "m.zip"))));
		final Path nowhere = folder.resolve("nowhere"), model = folder.resolve("m.zip");
		assertEquals("Folder of pairs '" + nowhere + "': there is no such folder.", thrown(TrainSegmentation.SETTINGS, () -> TrainSegmentation.run(
			TrainSegmentation.SETTINGS.parse(Map.of("folder", nowhere.toString(), "model", model.toString())), Optional.empty(), new TrainingProgress() {})));
		assertEquals("Freeze the encoder: there is no encoder to freeze, as training starts from nothing. Give \"Start from model\", or leave out \"Freeze the encoder\"",
			thrown(TrainClassification.SETTINGS, () -> TrainClassification.run(TrainClassification.SETTINGS.parse(Map.of("folder", nowhere.toString(), "model", model
				.toString(), "freeze", "true")), Optional.empty(), new TrainingProgress() {})));
		assertEquals("Show as overlay: it is drawn on an open image, but the images of a folder are not open. Leave out \"Show as overlay\", or leave out " +
			"\"Folder of images\" and open the images", thrown(ClassifyImages.SETTINGS, () -> ClassifyImages.run(ClassifyImages.SETTINGS.parse(Map.of("folder", nowhere
				.toString(), "model", model.toString(), "overlay", "true")), Optional.empty(), Watch.NONE)));
		assertEquals("Network: expected a model or a network to check, got both (model 'm.zip', network 'U-Net'). Leave out \"Model file\", or leave \"Network\" = auto",
			thrown(CheckGradients.SETTINGS, () -> CheckGradients.run(CheckGradients.SETTINGS.parse(Map.of("model", "m.zip", "network", "U-Net")), p -> {}, () -> false)));
	}

	private static String thrown(final Settings settings, final org.junit.jupiter.api.function.Executable task) {
		return said(settings, Failure.message(assertThrows(IllegalArgumentException.class, task)));
	}
}
