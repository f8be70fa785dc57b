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

import java.util.List;
import java.util.stream.IntStream;

import sc.fiji.glia.data.Samples;

/**
 * How images are called.
 *
 * @param kind of the source
 * @param names of the samples
 * @param keys what of their names tells neighbours: the path below the folder of the class, else the name
 * @param files as a table names them: paths in the folder (planes of one file have the same), labels of slices
 */
record ImageNames(Kind kind, List<String> names, List<String> keys, List<String> files) {

	/** Where images are, and so how a table can name them. */
	enum Kind {
		/** Pictures in a folder, by their path or name. */
		FILES,
		/** Slices of a stack, by number or label. */
		SLICES,
		/** Images in an array, by number or one after another. */
		ARRAYS
	}

	/** Images that only their names tell. */
	static ImageNames of(final Kind kind, final Samples samples) {
		final List<String> names = IntStream.range(0, samples.size()).mapToObj(samples::name).toList();
		return new ImageNames(kind, names, names, names);
	}

	/** Pictures, with the paths of their files. */
	static ImageNames of(final PictureSamples samples) {
		final ImageNames names = of(Kind.FILES, samples);
		return new ImageNames(Kind.FILES, names.names, names.names, IntStream.range(0, samples.size()).mapToObj(samples::file).toList());
	}

	/** The same images with other keys. */
	ImageNames withKeys(final List<String> other) {
		return new ImageNames(kind, names, other, files);
	}

	int size() {
		return names.size();
	}
}
