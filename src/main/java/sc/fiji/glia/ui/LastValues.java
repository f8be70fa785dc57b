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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import ij.IJ;
import ij.ImagePlus;
import sc.fiji.glia.task.OpenImages;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Settings;

/**
 * What a user has entered in the dialog of a task, kept as a property of ImageJ's session: the next dialog shows it again. What says how to do something
 * comes back always; what says on which data, only while the image is the same. Macros and scripts neither get nor change it.
 */
final class LastValues {

	private static final String PROPERTY = "glia.last.";

	private LastValues() {}

	/** Keeps what a user has entered, as text and unchecked. */
	static void keep(final Settings settings, final Map<String, String> entered) {
		IJ.setProperty(PROPERTY + settings.label(), Map.copyOf(entered));
	}

	/** After the task has done its work: what it has written is not to be written over, and of models the one used last, by any task, is proposed. */
	static void done(final Settings settings) {
		final Map<String, String> left = new LinkedHashMap<>(kept(settings));
		for (final Setting s : settings.list()) {
			final boolean isWritten = s.kind() == Setting.Kind.FILE_SAVE || s.key().equals("results");
			if (isWritten || s.kind() == Setting.Kind.FILE_OPEN && s.isRequired()) left.remove(s.key());
		}
		keep(settings, left);
	}

	/**
	 * What a dialog shows again, by key; never an image.
	 *
	 * @param image the image that the dialog is opened for
	 */
	static Map<String, String> of(final Settings settings, final Optional<ImagePlus> image) {
		final Map<String, String> last = kept(settings), again = new LinkedHashMap<>();
		final boolean isSameImage = last.getOrDefault("image", "").equals(image.map(MacroCall::nameOf).orElse(""));
		for (final Setting s : settings.list()) {
			final Optional<String> value = Optional.ofNullable(last.get(s.key()));
			value.filter(v -> switch (s.kind()) {
				case IMAGE -> false;
				case TITLE -> isSameImage && isThere(s, v);
				case TEXT, FILE_OPEN, FILE_SAVE, FOLDER -> isSameImage;
				case CHOICE, WHOLE, DECIMAL, SWITCH -> true;
			}).ifPresent(v -> again.put(s.key(), v));
		}
		return again;
	}

	private static boolean isThere(final Setting s, final String title) {
		return s.choices().contains(title) || OpenImages.titles().contains(title);
	}

	@SuppressWarnings("unchecked") // NB: keep is the only one to set it
	private static Map<String, String> kept(final Settings settings) {
		return IJ.getProperty(PROPERTY + settings.label()) instanceof Map<?, ?> map ? (Map<String, String>) map : Map.of();
	}
}
