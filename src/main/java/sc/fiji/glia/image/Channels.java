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
package sc.fiji.glia.image;

import java.util.stream.IntStream;

/** Which channels of an image are read: {@code all}, or numbers counted from 1 as in {@code 2} or {@code 1,2}. */
public final class Channels {

	private Channels() {}

	/**
	 * The chosen channels, counted from 0, in the order given.
	 *
	 * @param choice {@code all}, or numbers from 1 separated by commas
	 * @param available number of channels that the image has
	 * @param image name of the image, for messages
	 * @throws IllegalArgumentException if the choice is no such list, names a channel twice or one that the image does not have
	 */
	public static int[] parse(final String choice, final int available, final String image) {
		final String trimmed = choice.trim();
		if (trimmed.isEmpty() || trimmed.equalsIgnoreCase("all")) return IntStream.range(0, available).toArray();
		final String[] parts = trimmed.split("\\s*,\\s*", -1);
		final int[] channels = new int[parts.length];
		for (int i = 0; i < parts.length; i++) {
			channels[i] = number(parts[i], choice) - 1;
			if (channels[i] < 0 || channels[i] >= available) throw new IllegalArgumentException("channels=" + choice + ": image '" + image + "' has " +
				(available == 1 ? "1 channel" : available + " channels") + ", there is no channel " + parts[i] + ". Use all, or numbers from 1 to " +
				available + ".");
			for (int j = 0; j < i; j++) if (channels[j] == channels[i]) throw new IllegalArgumentException("channels=" + choice + ": channel " + parts[i] +
				" is given twice.");
		}
		return channels;
	}

	private static int number(final String text, final String choice) {
		if (!text.matches("\\d{1,6}")) throw new IllegalArgumentException("channels=" + choice +
			": expected all, or channel numbers counted from 1 as in 2 or 1,2.");
		return Integer.parseInt(text);
	}
}
