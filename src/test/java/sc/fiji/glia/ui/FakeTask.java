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

import java.util.List;
import java.util.Optional;

import ij.ImagePlus;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.task.Values;

/** A task whose result is an image that says in its title what the task was given. */
public final class FakeTask {

	/** Takes an image and one value of several kinds. */
	public static final UserTask TASK = new UserTask("fake", new Settings("Fake Task...", "Plugins>Glia", List.of( //
		Setting.image("image", "Image", "Any image."), //
		Setting.whole("seed", 1, 0, 9, "Number of seeds", "A number."), //
		Setting.onOff("overlay", "Overlay", "A switch."), //
		Setting.path("file", Setting.Kind.FILE_OPEN, "File", "A path."))), List.of(), FakeTask::run);

	private FakeTask() {}

	/** Runs something as if a training were running. */
	public static void whileTraining(final Runnable action) {
		UserTask.exclusively(action);
	}

	private static Optional<ImagePlus> run(final Values v, final Optional<ImagePlus> image) {
		if (v.whole("seed") == 9) throw new IllegalArgumentException("seed: nine is out. Take seed=3");
		if (v.whole("seed") == 8) throw new IllegalStateException("eight is a defect");
		final ImagePlus result = image.orElseThrow().duplicate();
		result.setTitle(image.orElseThrow().getTitle() + " seed=" + v.whole("seed") + " overlay=" + v.isOn("overlay") + " file=" + v.text("file"));
		return Optional.of(result);
	}
}
