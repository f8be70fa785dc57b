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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.NaturalOrder;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Split;

/**
 * What a source has found, from which {@link LabelledImages} are made.
 *
 * @param samples all images, also those without a class
 * @param classes name of the class of each, "" if it has none and is left out
 * @param parts side of the split by name of an image, as the source itself has it
 * @param notes what the user should read
 */
record LabelledSource(Samples samples, List<String> classes, Map<String, Split.Part> parts, List<String> notes) {

	/** The images that have a class, in these groups; a table of groups says the sides where the source does not. */
	LabelledImages grouped(final ImageGroups groups) {
		final TreeSet<String> distinct = new TreeSet<>(NaturalOrder.INSTANCE);
		distinct.addAll(classes);
		distinct.remove("");
		final List<String> names = List.copyOf(distinct);
		final Map<String, Byte> labelOf = new HashMap<>();
		for (final String name : names) labelOf.put(name, (byte) labelOf.size());
		final int[] chosen = IntStream.range(0, samples.size()).filter(i -> !classes.get(i).isEmpty()).toArray();
		final byte[] labels = new byte[chosen.length];
		final List<String> groupOf = new ArrayList<>();
		for (int k = 0; k < chosen.length; k++) {
			labels[k] = labelOf.get(classes.get(chosen[k]));
			groupOf.add(groups.groups().get(chosen[k]));
		}
		final List<String> all = new ArrayList<>(notes);
		all.addAll(groups.notes());
		return new LabelledImages(new ChosenSamples(samples, chosen, groupOf), names, labels, parts.isEmpty() ? groups.parts() : parts, all);
	}
}
