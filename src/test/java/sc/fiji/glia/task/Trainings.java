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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import ij.ImagePlus;
import ij.WindowManager;

import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.ModelFile;
import sc.fiji.glia.task.report.Preview;

/** Trainings of a second: the plain U-Net, batches of 2, 1 epoch, unless said otherwise. */
final class Trainings {

	private Trainings() {}

	/** Values for an image titled {@code image}. */
	static Values values(final Path model, final String options) {
		final Map<String, String> all = new LinkedHashMap<>(Map.of("image", "image", "network", "U-Net", "batch", "2", "epochs", "1", "model", model.toString()));
		all.putAll(MacroOptions.parse(options));
		return TrainSegmentation.SETTINGS.parse(all);
	}

	/** Trains on an image with labels that are open under the title {@code mask}. */
	static Model run(final Path model, final ImagePlus image, final ImagePlus mask, final String options) {
		return run(model, image, mask, options, new News());
	}

	static Model run(final Path model, final ImagePlus image, final ImagePlus mask, final String options, final News news) {
		open(mask);
		return run(values(model, "labels=" + mask.getTitle() + " " + options), Optional.of(image), news);
	}

	static Model run(final Values values, final Optional<ImagePlus> image, final News news) {
		return ModelFile.read(TrainSegmentation.run(values, image, news, Engine.preferred(2)).model());
	}

	/** Lets the title of an image be found, though it has no window. */
	static void open(final ImagePlus image) {
		WindowManager.setTempCurrentImage(image);
	}

	/** Keeps what it hears. */
	static class News implements TrainingProgress {

		final List<String> events = new ArrayList<>();
		final List<EpochRecord> epochs = new ArrayList<>();
		final List<Preview> previews = new ArrayList<>();
		List<String> choices = List.of();
		String macro = "", ended = "";
		int steps;

		@Override
		public void started(final Start start) {
			events.add("started " + start.title() + " " + start.epochs());
			choices = start.choices();
			macro = start.macro();
		}

		@Override
		public void stepEnded(final int epoch, final int step, final int most, final double loss) {
			steps++;
		}

		@Override
		public void epochEnded(final EpochRecord epoch) {
			events.add("epoch " + epoch.epoch());
			epochs.add(epoch);
		}

		@Override
		public void preview(final Preview preview) {
			events.add("preview");
			previews.add(preview);
		}

		@Override
		public void ended(final String message) {
			events.add("ended");
			ended = message;
		}

		@Override
		public Signal signal() {
			return Signal.CONTINUE;
		}
	}
}
