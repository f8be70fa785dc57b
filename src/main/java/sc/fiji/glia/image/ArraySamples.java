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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.file.NdArray;

/**
 * The images in arrays, without labels: {@code (N, H, W)}, {@code (N, H, W, C)} or {@code (N, C, H, W)}. Of four dimensions the last is that of channels if it has
 * length 1, 3 or 4, else the second if it has. Each image is a group of its own, called by its array's name and its number from 1.
 */
final class ArraySamples implements Samples {

	private static final byte[] UNLABELLED = {};

	/** @param channel dimension of channels, -1 if there is none */
	private record Section(String prefix, NdArray array, int channel, int rows, int columns) {

		int size() {
			return array.shape()[0];
		}
	}

	private final List<Section> sections = new ArrayList<>();
	private final int size;

	/**
	 * @param prefixes names of the arrays in names of samples
	 * @param where file or folder, for messages
	 * @throws IllegalArgumentException if an array has another shape, no images, or another size than the others
	 */
	ArraySamples(final List<String> prefixes, final List<NdArray> arrays, final String where) {
		for (int k = 0; k < arrays.size(); k++) sections.add(section(prefixes.get(k), arrays.get(k), where));
		long n = 0;
		for (final Section s : sections) {
			if (channels(s) != channels(sections.get(0))) throw new IllegalArgumentException(where + ": array '" + s.array.name() + "' has " + PictureFolder.counted(
				channels(s), "channel") + ", but '" + sections.get(0).array.name() + "' has " + channels(sections.get(0)) + ".");
			n += s.size();
		}
		if (n == 0) throw new IllegalArgumentException(where + ": expected images, found none in the array.");
		size = Math.toIntExact(n);
	}

	private static Section section(final String prefix, final NdArray array, final String where) {
		final int[] shape = array.shape();
		final boolean last = shape.length == 4 && isChannels(shape[3]), second = shape.length == 4 && !last && isChannels(shape[1]);
		if (shape.length != 3 && !last && !second) throw new IllegalArgumentException(where + ": array '" + array.name() +
			"': expected shape (N, H, W), (N, H, W, C) or (N, C, H, W) with 1, 3 or 4 channels C, found " + Arrays.toString(shape).replace('[', '(').replace(']',
				')') + ". Reshape or transpose it.");
		final Section section = new Section(prefix, array, last ? 3 : second ? 1 : -1, second ? 2 : 1, second ? 3 : 2);
		final long height = shape[section.rows], width = shape[section.columns];
		if (height == 0 || width == 0 || height * width > Integer.MAX_VALUE - 16) throw new IllegalArgumentException(where + ": array '" + array.name() +
			"': expected images of 1 to 2^31 pixels, found " + width + "x" + height + ".");
		return section;
	}

	private static boolean isChannels(final int n) {
		return n == 1 || n == 3 || n == 4;
	}

	private static int channels(final Section s) {
		return s.channel < 0 ? 1 : s.array.shape()[s.channel];
	}

	@Override
	public int size() {
		return size;
	}

	/** As in {@code train:12}. */
	@Override
	public String name(final int i) {
		int rest = i;
		for (final Section s : sections) {
			if (rest < s.size()) return s.prefix + ":" + (rest + 1);
			rest -= s.size();
		}
		throw new IndexOutOfBoundsException(i);
	}

	@Override
	public String group(final int i) {
		return name(i);
	}

	/** @throws IllegalArgumentException if a value is NaN or infinite */
	@Override
	public Sample get(final int i) {
		int rest = i;
		for (final Section s : sections) {
			if (rest < s.size()) return get(s, rest, name(i));
			rest -= s.size();
		}
		throw new IndexOutOfBoundsException(i);
	}

	private static Sample get(final Section s, final int i, final String name) {
		final int[] shape = s.array.shape(), index = new int[shape.length];
		index[0] = i;
		final float[][] values = new float[channels(s)][];
		for (int c = 0; c < values.length; c++) {
			if (s.channel >= 0) index[s.channel] = c;
			values[c] = ImageStackSamples.finite(s.array.plane(index, s.rows, s.columns), name, c + 1);
		}
		return new Sample(name, name, shape[s.columns], shape[s.rows], values, UNLABELLED);
	}
}
