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

import java.util.Locale;

/** What the pixel values of a label image mean. */
public enum LabelValues {

	/** Found out from the values, see {@link LabelScan}. */
	AUTO,
	/** 0 background, 1 ... classes. */
	CLASSES,
	/** 0 background, anything above is a number of an object; all objects are foreground, class 1. */
	OBJECTS,
	/** A mask the other way round: 0 is what to find (class 1), anything above is background. */
	INVERTED;

	/** @throws IllegalArgumentException if {@code text} is none of auto, classes, objects, inverted */
	public static LabelValues parse(final String text) {
		for (final LabelValues v : values()) if (v.toString().equals(text.trim().toLowerCase(Locale.ROOT))) return v;
		throw new IllegalArgumentException("values=" + text + ": expected auto, classes, objects or inverted.");
	}

	/** The name as in macros: {@code auto}, {@code classes}, {@code objects}, {@code inverted}. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
