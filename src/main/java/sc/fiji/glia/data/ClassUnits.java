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
package sc.fiji.glia.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Groups of images weighed by their classes, and what a split needs of them. */
final class ClassUnits {

	private ClassUnits() {}

	/** One unit for each group of these images; weights are numbers of images of each class. */
	static List<Unit> of(final LabelledImages images, final int[] indices) {
		return Unit.groups(images.images(), indices, images.classes().size(), (i, weights) -> weights[images.labels()[i]]++);
	}

	/** @throws IllegalArgumentException if the images are of fewer than two classes, or a class is not among those trained on */
	static void checkClasses(final LabelledImages images, final int[] train) {
		final Set<Byte> all = new TreeSet<>(), trained = new TreeSet<>();
		for (final byte l : images.labels()) all.add(l);
		for (final int i : train) trained.add(images.labels()[i]);
		if (all.size() < 2) throw new IllegalArgumentException("classes: expected images of at least 2 classes, all " + images.labels().length +
			" are of '" + images.classes().get(images.labels()[0]) + "'. Add images of another class");
		if (train.length == 0) throw new IllegalArgumentException("groups: nothing is left to train on, expected at least 1 group. Assign one to train");
		for (final byte l : all) if (!trained.contains(l)) throw new IllegalArgumentException("classes: no image of class '" + images.classes().get(l) +
			"' is left to train on, all are for validation or test. Assign some to train, or leave the class out");
	}

	/** @throws IllegalArgumentException if a class is in one group only, so that it cannot be both trained on and validated on */
	static void checkGroups(final LabelledImages images, final int[] indices, final String without) {
		for (byte l = 0; l < images.classes().size(); l++) {
			final Set<String> groups = new HashSet<>();
			int count = 0, last = 0;
			for (final int i : indices) {
				if (images.labels()[i] != l) continue;
				groups.add(images.images().group(i));
				count++;
				last = i;
			}
			if (groups.size() == 1) throw new IllegalArgumentException("classes: expected each class in at least 2 groups, to train on one and validate on " +
				"another; class '" + images.classes().get(l) + "' has " + (count == 1 ? "a single image, '" + images.images().name(last) + "'"
					: count + " images, all of group '" + images.images().group(last) + "'") + ". Add images of it, leave it out, or take " + without);
		}
	}
}
