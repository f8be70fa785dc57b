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

import java.util.List;

import sc.fiji.glia.engine.train.TrainingListener;
import sc.fiji.glia.task.report.ClassifiedImage;
import sc.fiji.glia.task.report.Preview;

/** Where the news of a training goes: a window, the log, a test. Called on the training thread. */
public interface TrainingProgress extends TrainingListener {

	/**
	 * What a training is.
	 *
	 * @param title what is trained on, for a window's title
	 * @param score what the score of an epoch is: {@code Dice} or {@code Accuracy}
	 * @param epochs number of epochs at the most
	 * @param choices one line for each setting: its value and why it was chosen
	 * @param megabytes memory that the training needs, in MiB; that of the worker process, if there is one
	 * @param macro the macro line that repeats this training
	 */
	record Start(String title, String score, int epochs, List<String> choices, long megabytes, String macro) {

		public Start {
			choices = List.copyOf(choices);
		}
	}

	/** Called before the first step; with several trainings in a row, as those of a cross-validation, before each. */
	default void started(final Start start) {}

	/** A word on what is being done, as in "reading 12 of 40". */
	default void status(final String message) {}

	/** Called after an epoch of a segmentation, with a validation image that has foreground. */
	default void preview(final Preview preview) {}

	/** Called after an epoch of a classification, with some validation images, always the same ones. */
	default void examples(final List<ClassifiedImage> images) {}

	/** Called once, at the end, however it ended; {@code message} says how. */
	default void ended(final String message) {}
}
