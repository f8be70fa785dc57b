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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import ij.ImagePlus;
import ij.WindowManager;

/** The images that are open in ImageJ, those of a macro's batch mode included. */
public final class OpenImages {

	private OpenImages() {}

	/**
	 * The open image with a title.
	 *
	 * @param key setting that names it, for the message
	 * @throws IllegalArgumentException if there is none; the message lists the open ones
	 */
	public static ImagePlus titled(final String key, final String title) {
		final List<String> titles = titles();
		return Optional.ofNullable(WindowManager.getImage(title)).or(() -> active().filter(i -> i.getTitle().equals(title))).orElseThrow(
			() -> new IllegalArgumentException(key + ": no open image is called '" + title + "'" + Nearest.hint(title, titles) + (titles.isEmpty()
				? "\nNo image is open" : "\nOpen are: " + String.join(", ", titles))));
	}

	/**
	 * The open image with a title, as {@link #titled}, which must not be {@code image} itself: two images of one title cannot be told apart, and an
	 * image is no label of its own.
	 *
	 * @throws IllegalArgumentException if there is none but {@code image}
	 */
	static ImagePlus other(final String key, final String title, final ImagePlus image) {
		final ImagePlus found = titled(key, title);
		if (found == image) throw new IllegalArgumentException(key + ": '" + title +
			"' is the image itself. Give the title of another image; if both have this title, rename one (Image > Rename...)");
		return found;
	}

	/** The active image, if any. */
	public static Optional<ImagePlus> active() {
		return Optional.ofNullable(WindowManager.getCurrentImage()).filter(i -> i.getStackSize() > 0 && i.getWidth() > 0);
	}

	/** Titles of all open images, in the order they were opened. */
	public static List<String> titles() {
		final List<String> titles = new ArrayList<>();
		final int[] ids = WindowManager.getIDList();
		if (ids != null) for (final int id : ids) {
			final ImagePlus image = WindowManager.getImage(id);
			if (image != null) titles.add(image.getTitle());
		}
		return titles;
	}
}
