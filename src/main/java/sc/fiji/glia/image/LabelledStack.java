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

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;

/** The labelled planes of an open image: planes that {@link Labels#isLabelled} denies are not in the list. */
public final class LabelledStack implements Samples {

	private final ImageStackSamples image;
	private final Labels labels;
	private final int[] planes;

	/** @throws IllegalArgumentException if the numbers of planes differ or no plane is labelled */
	public LabelledStack(final ImageStackSamples image, final Labels labels) {
		if (image.size() != labels.size()) throw new IllegalArgumentException("Image '" + image.title() + "' has " + image.size() + " slices, its labels have " +
			labels.size() + ".");
		this.image = image;
		this.labels = labels;
		planes = IntStream.range(0, labels.size()).filter(labels::isLabelled).toArray();
		if (planes.length == 0) throw new IllegalArgumentException("No slice of image '" + image.title() + "' has labels.");
	}

	@Override
	public int size() {
		return planes.length;
	}

	@Override
	public String name(final int i) {
		return image.name(planes[i]);
	}

	@Override
	public String group(final int i) {
		return image.group(planes[i]);
	}

	@Override
	public Sample get(final int i) {
		final Sample s = image.get(planes[i]);
		return new Sample(s.name(), s.group(), s.width(), s.height(), s.channels(), labels.get(planes[i]));
	}

	/** Plane of the image that sample {@code i} is, counted from 0. */
	public int plane(final int i) {
		return planes[i];
	}

	/** Number of channels of every sample. */
	public int channels() {
		return image.channels();
	}

	/** Names of the foreground classes, see {@link Labels#classes()}. */
	public List<String> classes() {
		return labels.classes();
	}

	/** What is trained on, in a sentence. */
	public String description() {
		return "image '" + image.title() + "', " + planes.length + " of " + image.size() + " slices labelled; " + labels.description();
	}
}
