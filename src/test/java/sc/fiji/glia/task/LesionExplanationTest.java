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

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import ij.ImagePlus;
import ij.ImageStack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.data.Watch;
import sc.fiji.glia.image.Phantoms;
import sc.fiji.glia.image.Phantoms.Phantom;

/** A network that was only told which slices of drawn heads have a lesion looks at the lesion: that is what its explanations must show. */
class LesionExplanationTest {

	/** Slices with fewer pixels of lesion, but some, are left out. */
	private static final int CLEAR = 40;
	private static final int HEADS = 24;

	@Test
	void gradCamCountsMoreInsideLesionsThanOutside(@TempDir final Path folder) {
		final Path model = folder.resolve("lesion.zip");
		final Map<String, String> training = Map.of("image", "slices", "groups", "blocks:12", "skip", "true", "epochs", "4", "model", model.toString());
		TrainClassification.run(TrainClassification.SETTINGS.parse(training), Optional.of(slices()), new Trainings.News(), Engine.preferred(2));
		final Map<String, String> explanation = Map.of("image", "phantom", "model", model.toString(), "target", "lesion", "output", "stack");
		for (final String name : new String[] { "phantom-a", "phantom-b" }) {
			final Phantom p = Phantoms.make(name);
			final ImagePlus map = ExplainClassification.run(ExplainClassification.SETTINGS.parse(explanation), p.image(), Watch.NONE).output()
				.orElseThrow();
			double in = 0, out = 0;
			for (int z = 1; z <= map.getStackSize(); z++) if (lesion(p, z) >= CLEAR) {
				in += mean(p, map, z, true);
				out += mean(p, map, z, false);
			}
			assertTrue(in > 2 * out, name + ": inside " + in + ", outside " + out);
		}
	}

	/** Slices of drawn heads in one stack; labels of slices are classes. */
	private static ImagePlus slices() {
		final ImageStack stack = new ImageStack(Phantoms.SIZE, Phantoms.SIZE);
		for (int n = 0; n < HEADS; n++) {
			final Phantom p = Phantoms.any(n);
			for (int z = 1; z <= p.image().getStackSize(); z++) {
				final int pixels = lesion(p, z);
				stack.addSlice(pixels == 0 ? "none" : pixels < CLEAR ? "" : "lesion", p.image().getStack().getProcessor(z));
			}
		}
		return new ImagePlus("slices", stack);
	}

	/** Pixels of lesion in a slice. */
	private static int lesion(final Phantom p, final int slice) {
		int n = 0;
		for (final byte b : (byte[]) p.mask().getStack().getPixels(slice)) if (b != 0) n++;
		return n;
	}

	/** Mean of a map inside or outside of the lesion of a slice. */
	private static double mean(final Phantom p, final ImagePlus map, final int slice, final boolean inside) {
		final byte[] mask = (byte[]) p.mask().getStack().getPixels(slice);
		final float[] v = (float[]) map.getStack().getPixels(slice);
		double sum = 0;
		int n = 0;
		for (int i = 0; i < mask.length; i++) if (mask[i] != 0 == inside) {
			sum += v[i];
			n++;
		}
		return sum / n;
	}
}
