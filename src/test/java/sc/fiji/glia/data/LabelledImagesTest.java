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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import sc.fiji.glia.data.Split.Part;

class LabelledImagesTest {

	private static LabelledImages images(final List<String> classes, final Map<String, Part> parts, final int... labels) {
		final String[] names = new String[labels.length];
		for (int i = 0; i < names.length; i++) names[i] = "g" + i + ":" + i;
		return new LabelledImages(SampleList.named(names), classes, SampleList.bytes(labels), parts, List.of());
	}

	private static void refused(final Executable what, final String part) {
		final String message = assertThrows(IllegalArgumentException.class, what).getMessage();
		assertTrue(message.contains(part), message);
	}

	@Test
	void trainable() {
		final LabelledImages images = images(List.of("a", "b"), Map.of(), 0, 1, 0, 1);
		assertEquals(images, images.requireTrainable(true));
		refused(() -> images(List.of("a"), Map.of(), 0, 0).requireTrainable(true), "expected at least 2, found 1 ('a', 2 images)");
		refused(() -> images(List.of("a", "b"), Map.of(), 0, 1, 0).requireTrainable(true), "class 'b' has 1 image, expected at least 2");
		assertEquals(3, images(List.of("a", "b"), Map.of(), 0, 1, 0).requireTrainable(false).labels().length);
		refused(() -> images(List.of("a", "b"), Map.of(), 0, 0, 0).requireTrainable(true), "class 'b' has no image, expected at least 2");
	}

	/** A side may be that of an image or of its group, and the image's counts. */
	@Test
	void imagesToTestWithDoNotCount() {
		refused(() -> images(List.of("a", "b"), Map.of("g3:3", Part.TEST), 0, 1, 0, 1).requireTrainable(true), "class 'b' has 1 image outside the test part");
		refused(() -> images(List.of("a", "b"), Map.of("g3", Part.TEST), 0, 1, 0, 1).requireTrainable(true), "class 'b' has 1 image outside the test part");
		assertEquals(4, images(List.of("a", "b"), Map.of("g3", Part.TEST, "g3:3", Part.VALIDATION), 0, 1, 0, 1).requireTrainable(true).labels().length);
	}

	@Test
	void classesOfANetwork() {
		final LabelledImages images = images(List.of("a", "b"), Map.of(), 0, 1, 0);
		final LabelledImages mapped = images.withClasses(List.of("b", "c", "a"));
		assertArrayEquals(new byte[] { 2, 0, 2 }, mapped.labels());
		assertEquals(List.of("b", "c", "a"), mapped.classes());
		refused(() -> images.withClasses(List.of("b", "c")), "class 'a' of 2 images, as 'g0:0', is none of the network's: b, c");
	}
}
